"""Records without a title: each is called by an identifier, or becomes no paper."""

from collections.abc import Iterable
from dataclasses import replace

from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.placeholders import placeholder_of

NO_TITLE = (
    "This record has no title and no identifier, so it was skipped. "
    "Add one of them, then import it again."
)
CALLED_BY_NUMBER = (
    "This record has no title. It is called by its identifier until someone gives it one."
)


def titled(entry: Entry) -> Entry:
    """Return the entry, called by an identifier if it has no title. Without either it still has
    none.
    """
    return entry if entry.title.strip() else replace(entry, title=placeholder_of(entry))


def kept(said: Iterable[Entry]) -> tuple[list[Entry], str]:
    """Return the entries of a record that have a title, or gain one; and what is to be said of
    it.
    """
    entries = list(said)
    found = [entry for entry in map(titled, entries) if entry.title]
    if not found:
        return [], NO_TITLE
    return found, "" if found == entries else CALLED_BY_NUMBER
