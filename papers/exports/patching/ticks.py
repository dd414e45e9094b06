"""Ticks in the lines of a paper, and how the lines change when a tick does.

Lists tick boxes, put a sign before the title, strike the title out, or have a column of a table for
it. Some mark what is read and leave the rest bare.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from papers.exports.patching.passages import Kind, Passage, SourceText, bullet_of
from papers.exports.patching.rows import Tables
from papers.exports.patching.shapes import box_of, boxed
from papers.exports.patching.spans import title_span, with_link
from papers.formats.core.reading_list import Entry
from papers.formats.markdown.marks import counterpart, is_done, is_left

_SIGN = re.compile(
    r"\[[ xX]\](?![(\[])|[☐☑☒✅✔✓⬜❌❎⬛◻◽🔲🔳]\ufe0f?"
    r"|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|white_large_square|x):"
)
_STRUCK = re.compile(r"~~(?=[^~\s])((?:(?!~~).)+)~~|<(s|del|strike)>(.*?)</\2>", re.DOTALL)
# So far before the title a sign may be.
_FARTHEST = 24
# Where the cell or line begins.
_BORDER = re.compile(r".*(?:\n|(?<!\\)\||<t[dh]\b[^>]*>)", re.DOTALL | re.IGNORECASE)
_MOST_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Tick:
    """A sign in the lines, or the stroke through a title, and whether it says that it is read."""

    start: int
    stop: int
    is_read: bool
    # What is struck out; None where it is a sign.
    struck: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """The way papers of one kind, or of one table, are ticked: the signs, and whether titles are
    struck out, with or without their link.
    """

    done: str = ""
    left: str = ""
    strikes: bool = False
    strikes_links: bool = False
    has_bare: bool = False

    @property
    def marks_bare_ones(self) -> bool:
        """Return whether papers that are not read have no sign, so that one may get one. What has
        no box in a list with boxes is nothing to be ticked.
        """
        return self.strikes or bool(self.done and not self.left and self.done[0] != "[")


@dataclass(frozen=True, slots=True)
class Ticked:
    """A paper on its lines: as it is called there, and whether it is to be ticked. `said` is what
    was read there."""

    entry: Entry
    is_read: bool
    said: bool | None


class Ticks:
    def __init__(self, source: SourceText, tables: Tables) -> None:
        self.source, self.tables = source, tables
        self._styles: dict[object, Style] = {}

    def differ(self, passage: Passage, papers: Sequence[Ticked]) -> bool:
        """Return whether the lines do not say what they should, though lines like them could."""
        if all(one.is_read == (one.said is True) for one in papers):
            return False
        return any(one.said is not None for one in papers) or self._can_tick(passage)

    def says(self, passage: Passage, lines: Sequence[str], entry: Entry) -> bool:
        """Return whether there is a tick on the lines, or a place for one."""
        if passage.kind is Kind.ITEM and box_of(lines[0]) is not None:
            return True
        if self._has_column(passage):
            return self.tables.of(passage).may_tick(list(lines))
        return self._found(passage, "\n".join(lines), entry) is not None

    def ways(
        self, passage: Passage, lines: Sequence[str], papers: Sequence[Ticked]
    ) -> Iterator[list[str]]:
        """Yield the lines with the ticks as they are to be; none where they cannot be shown."""
        for new in self._ways(passage, lines, papers):
            if new != [*lines]:
                yield new

    def _ways(
        self, passage: Passage, lines: Sequence[str], papers: Sequence[Ticked]
    ) -> Iterator[list[str]]:
        is_read = all(one.is_read for one in papers)
        if passage.kind is Kind.ITEM and box_of(lines[0]) is not None:
            yield [boxed(lines[0], is_read), *lines[1:]]
            return
        if self._has_column(passage):
            table = self.tables.of(passage)
            if table.may_tick(list(lines)):
                yield table.ticked(list(lines), is_read)
        if len(papers) == 1:
            yield from self._of_one(passage, "\n".join(lines), papers[0])
        else:
            yield from self._of_several(passage, "\n".join(lines), papers)

    def _has_column(self, passage: Passage) -> bool:
        is_row = passage.kind in {Kind.ROW, Kind.HTML_ROW}
        return is_row and "read" in self.tables.of(passage).roles

    def _can_tick(self, passage: Passage) -> bool:
        return self._has_column(passage) or self.style(passage).marks_bare_ones

    def _of_several(
        self, passage: Passage, text: str, papers: Sequence[Ticked]
    ) -> Iterator[list[str]]:
        """Each in the first way that there is for it."""
        for one in papers:
            found = next(self._of_one(passage, text, one), None)
            if found is None:
                return
            text = "\n".join(found)
        yield text.split("\n")

    def _of_one(self, passage: Passage, text: str, paper: Ticked) -> Iterator[list[str]]:
        tick = self._found(passage, text, paper.entry)
        style = self.style(passage)
        if tick and tick.is_read == paper.is_read:
            yield text.split("\n")
        elif tick and tick.struck is not None:
            yield _with(text, tick.start, tick.stop, tick.struck)
        elif tick:
            yield from self._turned(text, tick, style)
        elif not paper.is_read and not paper.said:
            yield text.split("\n")
        elif style.marks_bare_ones:
            yield from self._marked(passage, text, paper.entry, style)

    def _turned(self, text: str, tick: Tick, style: Style) -> Iterator[list[str]]:
        """Yield the text with another sign, or without one where the list has none for such
        papers.
        """
        sign = text[tick.start : tick.stop]
        known = style.left if tick.is_read else style.done
        if known:
            yield _with(text, tick.start, tick.stop, known)
        without = text[tick.stop :].lstrip(" ")
        if tick.is_read and style.has_bare:
            yield (text[: tick.start] + without).split("\n")
        if other := counterpart(sign):
            yield _with(text, tick.start, tick.stop, other)
        if tick.is_read:
            yield (text[: tick.start] + without).split("\n")

    def _marked(
        self, passage: Passage, text: str, entry: Entry, style: Style
    ) -> Iterator[list[str]]:
        """Yield the text with a mark where there was none, as others of the list have it."""
        title = title_span(text, entry)
        if title is None:
            return
        whole = with_link(text, title)
        if style.strikes:
            spans = [whole, title] if style.strikes_links else [title, whole]
            for span in spans:
                yield _with(text, span.start, span.stop, f"~~{text[span.start : span.stop]}~~")
        elif style.done:
            bullet = bullet_of(text) if passage.kind is Kind.ITEM else None
            if bullet:
                yield _with(text, bullet.width, bullet.width, f"{style.done} ")
            yield _with(text, whole.start, whole.start, f"{style.done} ")

    def _found(self, passage: Passage, text: str, entry: Entry) -> Tick | None:
        """Return the tick of the paper on its lines, whether or not the box before an item is
        one.
        """
        bullet = bullet_of(text) if passage.kind is Kind.ITEM else None
        if bullet and (sign := _SIGN.match(text, bullet.width)):
            return _of_sign(sign)
        if not _SIGN.search(text) and not _STRUCK.search(text):
            return None
        title = title_span(text, entry)
        if title is None:
            return None
        for struck in _STRUCK.finditer(text):
            if struck.start() < title.stop and title.start < struck.end():
                return Tick(struck.start(), struck.end(), True, struck[1] or struck[3])
        border = _BORDER.match(text, 0, title.start)
        begin = max(border.end() if border else 0, title.start - _FARTHEST)
        signs = list(_SIGN.finditer(text, begin, title.start))
        return _of_sign(signs[-1]) if signs else None

    def style(self, passage: Passage) -> Style:
        """Return the way papers of the same table or kind are ticked."""
        key = self.tables.number(passage) or passage.kind
        if key not in self._styles:
            alike = (
                one for one in self.source.passages if (self.tables.number(one) or one.kind) == key
            )
            self._styles[key] = self._style(islice(alike, _MOST_LOOKED_AT))
        return self._styles[key]

    def _style(self, passages: Iterator[Passage]) -> Style:
        done: Counter[str] = Counter()
        left: Counter[str] = Counter()
        struck: Counter[bool] = Counter()
        bare = 0
        for passage in passages:
            text = "\n".join(self.source.texts(passage.lines))
            for entry in self.source.entries(passage):
                tick = self._found(passage, text, entry) if entry.checked is not None else None
                if tick is None:
                    bare += 1
                elif tick.struck is not None:
                    struck["](" in tick.struck] += 1
                else:
                    (done if tick.is_read else left)[text[tick.start : tick.stop]] += 1
        sign = _most(done)
        return Style(
            done=sign,
            left=_most(left),
            strikes=struck.total() > done.total(),
            strikes_links=struck[True] > struck[False],
            has_bare=bool(bare),
        )


def _of_sign(found: re.Match[str]) -> Tick:
    return Tick(found.start(), found.end(), not is_left(found[0]) and is_done(found[0]))


def _most(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0] if counted else ""


def _with(text: str, start: int, stop: int, new: str) -> list[str]:
    return (text[:start] + new + text[stop:]).split("\n")
