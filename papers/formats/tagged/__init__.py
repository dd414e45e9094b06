"""Files of records whose lines begin with a tag, such as RIS: what they have in common."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from papers.formats.core.people import is_no_person
from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList, ReportedLine, outline
from papers.formats.core.reading_list.details import Further
from papers.formats.core.records import values
from papers.formats.core.records.untitled import kept
from papers.formats.core.text import refuse_large, refuse_many
from papers.formats.core.text.repair import one_line

T = TypeVar("T")
_AND = re.compile(r"\s+(?:and|&)\s+")
NO_END = "The end of this record is missing. It was read all the same: check it."


@dataclass(slots=True)
class TaggedField:
    """A tag with its lines of text."""

    tag: str
    lines: list[str]

    @property
    def text(self) -> str:
        return one_line(" ".join(self.lines))


@dataclass(slots=True)
class TaggedRecord:
    # The number and text of the line that it begins on.
    number: int
    line: str
    fields: list[TaggedField] = field(default_factory=list)
    is_closed: bool = False


class Reading:
    """A record while its fields are taken out of it; the others are left over."""

    def __init__(self, record: TaggedRecord) -> None:
        self._fields = record.fields
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(record.fields):
            self._numbers[one.tag].append(number)
        self._taken: set[int] = set()

    def all(self, *tags: str) -> list[TaggedField]:
        """Every field with one of the tags, in the order of the tags. They are taken."""
        found = [number for tag in tags for number in self._left(tag)]
        self._taken.update(found)
        return [self._fields[number] for number in found]

    def texts(self, *tags: str) -> list[str]:
        return [one.text for one in self.all(*tags) if not values.is_nothing(one.text)]

    def lines(self, *tags: str) -> list[str]:
        return [line for one in self.all(*tags) for line in one.lines]

    def matching(self, tag: str, meant: Callable[[str], T | None]) -> list[T]:
        """Take the fields that `meant` understands, and return what it made of them."""
        found = []
        for number in self._left(tag):
            if meaning := meant(self._fields[number].text):
                self._taken.add(number)
                found.append(meaning)
        return found

    def first(self, tags: Iterable[str], meant: Callable[[str], str] = one_line) -> str:
        """Take the first field that `meant` understands, and return what it made of it."""
        for tag in tags:
            for number in self._left(tag):
                text = self._fields[number].text
                found = "" if values.is_nothing(text) else meant(text)
                if found:
                    self._taken.add(number)
                    return found
        return ""

    def seen(self, *tags: str) -> list[str]:
        """Return the texts of the fields, which are not taken."""
        return [self._fields[number].text for tag in tags for number in self._left(tag)]

    def rest(self, names: Mapping[str, str], said: Iterable[str]) -> Further:
        """Return the fields that were not taken and say more than what was."""
        left = [one for number, one in enumerate(self._fields) if number not in self._taken]
        known = {text.casefold() for text in said}
        pairs = ((names.get(one.tag, one.tag), one.text) for one in left)
        return tuple(
            (name, text)
            for name, text in dict.fromkeys(pairs)
            if not values.is_nothing(text) and text.casefold() not in known
        )

    def _left(self, tag: str) -> list[int]:
        return [number for number in self._numbers.get(tag, []) if number not in self._taken]


def read_records(
    text: str,
    records_of: Callable[[str], list[TaggedRecord]],
    entries_of: Callable[[TaggedRecord], list[Entry]],
) -> ReadingList:
    """Return the list that the file holds. Raises TooLarge for more than one may be, nothing
    else.
    """
    refuse_large(len(text.encode(errors="surrogatepass")))
    return listed(records_of(values.storable(text)), entries_of)


def listed(
    records: list[TaggedRecord],
    entries_of: Callable[[TaggedRecord], list[Entry]],
    remarks: Iterable[ReportedLine] = (),
) -> ReadingList:
    """Return the list of the records, each of which is a paper or reported as not understood."""
    refuse_many(len(records), "papers")
    entries: list[Entry] = []
    not_understood: list[ReportedLine] = []
    remarked = list(remarks)
    for record in records:
        found, reason = kept(entries_of(record))
        entries += found
        if reason:
            left = remarked if found else not_understood
            left.append(ReportedLine(record.number, record.line, reason))
        if found and not record.is_closed:
            remarked.append(ReportedLine(record.number, record.line, NO_END))
    topics = tuple(ListedTopic(path) for path in outline(entry.topic for entry in entries))
    return ReadingList(
        topics=topics,
        entries=tuple(entries),
        not_understood=tuple(not_understood),
        remarks=tuple(sorted(remarked, key=lambda line: line.number)),
    )


def with_the_rest(
    entry: Entry, reading: Reading, names: Mapping[str, str], dropped: Iterable[str]
) -> Entry:
    """Return the entry with the fields left over, except tags that say nothing of the work."""
    reading.all(*dropped)
    said = (entry.title, entry.original, entry.venue, entry.doi)
    return replace(entry, further=(*entry.further, *reading.rest(names, said)))


def joined_people(names: Iterable[str]) -> str:
    """Return the people of the texts, of which one may name several."""
    texts = map(values.without_html, names)
    pieces = (name.strip(" ,") for text in texts for name in _each(text))
    named = (name for name in pieces if not values.is_nothing(name) and not is_no_person(name))
    return "; ".join(named)


def _each(text: str) -> list[str]:
    if ";" in text:
        return text.split(";")
    pieces = _AND.split(text)
    is_several = len(pieces) > 1 and all(piece.count(",") == 1 for piece in pieces)
    return pieces if is_several else [text]
