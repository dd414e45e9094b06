"""Today's rules as a second witness: what they read, beside what the models read."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bench.trained.assembly import Found
from papers.formats import markdown
from papers.formats.reading_list import Entry, ReadingList


@dataclass(slots=True)
class Witness:
    reading: ReadingList
    by_title: dict[str, list[Entry]]
    by_line: dict[int, list[Entry]]

    @classmethod
    def of(cls, text: str) -> "Witness":
        reading = markdown.read(text)
        by_title: dict[str, list[Entry]] = {}
        by_line: dict[int, list[Entry]] = {}
        for entry in reading.entries:
            by_title.setdefault(letters(entry.title), []).append(entry)
            for line in entry.lines[:1]:
                by_line.setdefault(line, []).append(entry)
        return cls(reading, by_title, by_line)

    def same(self, one: Found) -> Entry | None:
        """The entry of the rules that has the title, on the nearest line."""
        known = self.by_title.get(letters(one.title), [])
        return min(known, key=lambda entry: abs(entry.lines[0] - one.number - 1), default=None)

    def note(self, found: Sequence[Found]) -> None:
        for one in found:
            same = self.same(one)
            one.sure["rules"] = float(same is not None and abs(same.lines[0] - one.number - 1) <= 2)
            one.sure["rules line"] = float(one.number + 1 in self.by_line and not one.sure["rules"])

    def alone(self, found: Sequence[Found]) -> list[Entry]:
        """What the rules read on lines from which the models read nothing."""
        titles = {letters(one.title) for one in found}
        lines = {number + 1 for one in found for number in one.lines}
        return [
            entry
            for entry in self.reading.entries
            if letters(entry.title) not in titles and not lines & set(entry.lines)
        ]

    def topic(self, line: int, taken: set[int], labels: dict[int, str]) -> str | None:
        best: tuple[int, str] | None = None
        for topic in self.reading.topics:
            for at in topic.lines:
                if at <= line and at not in taken and (best is None or at > best[0]):
                    best = (at, topic.name)
        own = max((at for at in labels if at < line and at not in taken), default=0)
        if own > (best[0] if best else 0):
            return labels[own]
        return best[1] if best else self.reading.title or None


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "").casefold())
