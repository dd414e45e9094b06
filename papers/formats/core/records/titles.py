"""Titles of records, as they are kept and as they were written."""

from papers.formats.core.identity import comparable_title
from papers.formats.core.records import values
from papers.formats.core.text.repair import mended, one_line


def title_and_original(text: str) -> tuple[str, str]:
    """Return the title as it was meant, and as it was written where that is not the same.

    Both are empty where it is none that a paper could be known by.
    """
    written = values.without_html(text)
    spelt = (mended(written), written, one_line(text))
    meant = next(filter(comparable_title, spelt), "")
    return meant, "" if meant == written or not meant else written
