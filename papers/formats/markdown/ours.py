"""What this program wrote itself is read as it was written, whatever else it looks like."""

from collections.abc import Sequence

from papers.formats.core.reading_list import Entry
from papers.formats.markdown.rules.lines import item
from papers.formats.markdown.rules.lines.candidate import Candidate

_MARK = "- "


def is_line(text: str, entry: Entry) -> bool:
    """Whether the line is the entry as it is written here, with more than a title."""
    return _says_more(entry) and _is_written(text, entry)


def is_whole(texts: Sequence[str], candidates: Sequence[Candidate]) -> bool:
    """Whether the text consists of headings and of entries as they are written here, some of which
    say more than a title."""
    if not any(_says_more(one.entry) for one in candidates):
        return False
    items = {at for at, text in enumerate(texts, start=1) if text.startswith(_MARK)}
    if {one.entry.lines for one in candidates} != {(at,) for at in items}:
        return False
    rest = (text for text in texts if text.strip() and not text.startswith(_MARK))
    if not all(text.startswith("#") for text in rest):
        return False
    return all(_is_written(texts[one.entry.lines[0] - 1], one.entry) for one in candidates)


def _is_written(text: str, entry: Entry) -> bool:
    is_item = text.startswith(_MARK)
    return is_item and item.is_written(text.removeprefix(_MARK), entry)


def _says_more(entry: Entry) -> bool:
    return bool(entry.year or entry.doi or entry.arxiv)
