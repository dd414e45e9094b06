"""Markdown in lines and blocks, before it is known which of them name papers."""
