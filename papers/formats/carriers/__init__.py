"""The blocks that carry papers: items, rows of tables, paragraphs and headings."""
