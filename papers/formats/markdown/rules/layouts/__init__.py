"""Layouts that hold papers: items, rows of tables, paragraphs and headings."""
