"""Addresses of papers on lines of their own, below the titles."""

import re

from papers.formats.markdown import features
from papers.formats.markdown.features import COLUMNS, Page
from papers.formats.markdown.lines import Line

_LINES_BELOW = 4
_LABEL = re.compile(r"[*_]{0,2}([^\W\d_][\w ()]{1,20}?)[*_]{0,2}\s?[:：]")


def is_above_paper(page: Page, number: int) -> bool:
    """Return whether the line is a heading, and below it is the address of a paper, or a line that
    names its authors: `**Authors:** …`."""
    below = _below(page, number)
    return below is not None and (is_one(page, below.number - 1) or names_authors(below))


def is_above_address(page: Page, number: int) -> bool:
    """Return whether the line is a heading, and below it is the address of a paper."""
    below = _below(page, number)
    return below is not None and is_one(page, below.number - 1)


def _below(page: Page, number: int) -> Line | None:
    """Return the line below the heading, if it is one."""
    if page.lines[number].kind != "heading":
        return None
    below = page.lines[number + 1 : number + _LINES_BELOW]
    return next((line for line in below if line.kind != "blank"), None)


def is_one(page: Page, number: int) -> bool:
    """Return whether the line begins with the address of a paper, and has no other words than a
    remark in brackets."""
    if number >= len(page.lines):
        return False
    own = page.pieces[number]
    if page.lines[number].kind != "text" or not own or own[0].kind != "url":
        return False
    is_of_paper = features.leads_to_paper(own[0].text)
    return is_of_paper and all(piece.bracket for piece in own[1:])


def names_authors(line: Line) -> bool:
    """Return whether it begins with a label that says that people follow: `**Authors:** …`."""
    found = _LABEL.match(line.content)
    return found is not None and found[1].casefold() in COLUMNS["authors"]
