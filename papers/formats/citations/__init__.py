"""Citations of a paper, in one line and in the metadata of its page."""
