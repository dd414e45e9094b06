"""Reading lists in Markdown, read and written."""
