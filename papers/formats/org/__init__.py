"""Lists in Org-mode, which are read only."""

from papers.formats.org.reader import is_one, is_surely_one, read

__all__ = ["is_one", "is_surely_one", "read"]
