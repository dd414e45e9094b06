"""The rules by which lists in Markdown are read: blocks, layouts, lines, topics."""
