"""Reading lists in BibTeX and biblatex, read and written."""

import re

from papers.formats.bibtex.reader import LARGEST_TEXT, read
from papers.formats.bibtex.writer import cite, is_made, write
from papers.formats.core.format import Format, Sample
from papers.formats.core.records.tagged_lines import has_tagged_records

__all__ = ["FORMAT", "LARGEST_TEXT", "cite", "is_made", "read", "write"]

_BEGINS = re.compile(r' {0,3}@[A-Za-z][\w-]*\s*(?:\{|\(\s*[^\s,()"]+\s*[,=])')
_ENTRY = re.compile(
    r' {0,3}@(?!(?i:comment|preamble|string)\b)[A-Za-z][\w-]*\s*(?:\{|\(\s*[^\s,()"]+\s*[,=])'
)


def is_one(sample: Sample) -> bool:
    """Return whether an entry comes first, or there are more of them than of all that Markdown has.

    People write what they like between entries, and may cite themselves below a list; and an
    abstract in RIS may quote an entry.
    """
    if _BEGINS.match(sample.first):
        return True
    return sample.count(_ENTRY) > sample.markdown and not has_tagged_records(sample)


FORMAT = Format(
    "bibtex",
    "BibTeX",
    reads=read,
    is_one=is_one,
    turn=3,
    suffixes=("bib", "bibtex"),
    writes=write,
    use="for LaTeX, JabRef and Zotero",
    extension="bib",
    media_type="application/x-bibtex; charset=utf-8",
    cites=cite,
)
