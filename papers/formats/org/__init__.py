"""Lists in Org-mode, which are read only."""

from papers.formats.core.format import Format
from papers.formats.core.text import LARGEST_TEXT
from papers.formats.markdown import writing
from papers.formats.org.reader import is_one, read

__all__ = ["FORMAT", "is_one", "read"]

FORMAT = Format(
    "org",
    "Org-mode",
    reads=read,
    is_one=lambda sample: is_one(sample.text),
    turn=7,
    suffixes=("org",),
    decisive_suffixes=("org", "org_archive"),
    largest=LARGEST_TEXT,
    refuses_long=writing.refuse_too_long,
    is_kept_by_hand=True,
)
