"""Features of lines and of pieces: what the models see of each, as short texts.

A model weighs each such text by itself, so what is meant together is said in one. What they mean is
part of the models: after a change here these have to be trained anew.
"""

from papers.formats.markdown.features.lines import of_lines
from papers.formats.markdown.features.page import Page
from papers.formats.markdown.features.pieces import of_pieces
from papers.formats.markdown.features.texts import (
    COLUMNS,
    FAMILIES,
    NAMES,
    VENUES,
    Features,
    column,
    encoded,
    few,
    host,
    leads_to_paper,
    length,
    script,
)

__all__ = [
    "COLUMNS",
    "FAMILIES",
    "NAMES",
    "VENUES",
    "Features",
    "Page",
    "column",
    "encoded",
    "few",
    "host",
    "leads_to_paper",
    "length",
    "of_lines",
    "of_pieces",
    "script",
]
