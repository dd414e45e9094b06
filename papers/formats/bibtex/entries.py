"""The entries of a BibTeX file as written: type, key, and fields in LaTeX.

Written for files that people keep by hand: text between the entries, entries in parentheses, lines
commented out with `%`, forgotten commas. What cannot be read costs itself alone: no value reaches
beyond the next line on which an entry begins.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from papers.formats.bibtex.syntax import Broken, EntryReader, Pieces, ValuePart, closing
from papers.formats.core.text import MOST_ENTRIES, too_many_entries

# Abbreviations of abbreviations grow fast.
LONGEST_VALUE = 20_000

_START = re.compile(r"(?<![\w\\])@[ \t]*+([^\W\d][\w-]*+)\s*+([{(])")
_ESCAPED_BRACE = re.compile(r"\\[{}]")
_LINE_OF_ENTRY = re.compile(
    r"^[ \t]*+@[ \t]*+(?:"
    r"(?i:comment|preamble|string)\s*+[{(]"
    r"|[^\W\d][\w-]*+\s*+\{[^{}\",=\n@]{0,200}+[,=}\n]"
    r"|[^\W\d][\w-]*+\s*+\(\s*+[^\s(){}\",=@]{0,200}+\s*+[,=]"
    r")",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class BibtexField:
    """A field with its value in LaTeX. A name that comes twice is two fields."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class BibtexBlock:
    """An entry; or, where there is a reason, what began like one and cannot be understood."""

    line: int
    first_line: str
    type: str
    key: str = ""
    fields: tuple[BibtexField, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class File:
    blocks: tuple[BibtexBlock, ...]
    # The contents of @comment, where programs keep their own data.
    comments: tuple[str, ...]


def split_entries(text: str) -> File:
    """Return the entries of the text, in their order. Raises TooLarge for more than a list may
    hold.
    """
    return _Splitter(text).file()


_Fields = tuple[tuple[str, Pieces], ...]


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An entry whose abbreviations are not yet looked up: they may be defined further down."""

    block: BibtexBlock
    fields: _Fields = ()


class _Splitter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.entry_lines = [found.start() for found in _LINE_OF_ENTRY.finditer(text)]
        self.abbreviations = _Abbreviations()
        self.comments: list[str] = []
        self.has_open_comment = False
        # Up to where lines are counted.
        self.counted, self.line = 0, 1

    def file(self) -> File:
        parsed = list(islice(self._parsed(), MOST_ENTRIES + 1))
        if len(parsed) > MOST_ENTRIES:
            raise too_many_entries("entries")
        return File(tuple(map(self._resolved, parsed)), tuple(self.comments))

    def _parsed(self) -> Iterator[_Parsed]:
        at = 0
        while found := _START.search(self.text, at):
            if self._is_commented_out(at, found.start()):
                at = self._end_of_line(found.start())
                continue
            kind = found[1].casefold()
            if kind == "comment":
                at = self._after_comment(found)
            elif kind == "preamble":
                at = self._after_preamble(found)
            elif kind == "string":
                at = self._after_abbreviation(found)
            else:
                entry, at = self._entry(found)
                yield entry

    def _is_commented_out(self, after: int, start: int) -> bool:
        begin = max(after, self.text.rfind("\n", after, start) + 1)
        return "%" in self.text[begin:start]

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _next_entry(self, start: int) -> int:
        index = bisect_right(self.entry_lines, start)
        return self.entry_lines[index] if index < len(self.entry_lines) else len(self.text)

    def _after_comment(self, found: re.Match[str]) -> int:
        """Skip past the closing brace, whatever comes before it. Only one comment may look for its
        brace to the end of the file."""
        start, opening = found.start(), found.end() - 1
        limit = self._next_entry(start) if self.has_open_comment else len(self.text)
        end = closing(self.text, opening, limit) if found[2] == "{" else -1
        if end < 0:
            self.has_open_comment = self.has_open_comment or found[2] == "{"
            return self._end_of_line(start)
        self.comments.append(self.text[opening + 1 : end])
        return end + 1

    def _after_preamble(self, found: re.Match[str]) -> int:
        limit = self._next_entry(found.start())
        end = closing(self.text, found.end() - 1, limit) if found[2] == "{" else -1
        return limit if end < 0 else end + 1

    def _after_abbreviation(self, found: re.Match[str]) -> int:
        limit = self._next_entry(found.start())
        reader = EntryReader(self.text, found.end(), limit, found[2])
        try:
            for name, pieces in reader.fields():
                self.abbreviations.define(name, pieces)
        except Broken:
            return limit
        return reader.at

    def _entry(self, found: re.Match[str]) -> tuple[_Parsed, int]:
        start = found.start()
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        limit = self._next_entry(start)
        first_line = self.text[start : min(self._end_of_line(start), limit, start + 200)]
        block = BibtexBlock(self.line, first_line.strip(), found[1].casefold())
        try:
            key, fields, end = self._read(found, limit)
        except Broken as broken:
            return _Parsed(_not_understood(block, broken)), limit
        return _Parsed(BibtexBlock(block.line, block.first_line, block.type, key), fields), end

    def _read(self, found: re.Match[str], limit: int) -> tuple[str, _Fields, int]:
        """Return the key and the fields, and where they end. Where braces are wrong as BibTeX
        counts them, they are counted again without those after a backslash.
        """
        reader = EntryReader(self.text, found.end(), limit, found[2])
        try:
            return reader.key(), tuple(reader.fields()), reader.at
        except Broken:
            if not _ESCAPED_BRACE.search(self.text, found.end(), limit):
                raise
            hiding = EntryReader(self.text, found.end(), limit, found[2], hides=True)
            with suppress(Broken):
                return hiding.key(), tuple(hiding.fields()), hiding.at
            raise

    def _resolved(self, parsed: _Parsed) -> BibtexBlock:
        block = parsed.block
        try:
            fields = tuple(
                BibtexField(name, self.abbreviations.joined(name, pieces))
                for name, pieces in parsed.fields
            )
        except Broken as broken:
            return _not_understood(block, broken)
        return BibtexBlock(
            block.line, block.first_line, block.type, block.key, fields, block.reason
        )


class _Abbreviations:
    """Return the value of each `@string` by name. An unknown abbreviation is its own value."""

    def __init__(self) -> None:
        self.values: dict[str, str | None] = {}

    def define(self, name: str, pieces: Pieces) -> None:
        try:
            self.values[name.casefold()] = self.joined(name, pieces)
        except Broken:
            self.values[name.casefold()] = None

    def joined(self, name: str, pieces: Pieces) -> str:
        if len(pieces) == 1 and not pieces[0].is_abbreviation:
            return pieces[0].text
        texts, length = [], 0
        for piece in pieces:
            text = self._looked_up(piece)
            length += LONGEST_VALUE + 1 if text is None else len(text)
            if text is None or length > LONGEST_VALUE:
                raise Broken(
                    f"With its abbreviations written out, `{name[:50]}` is longer than "
                    f"{LONGEST_VALUE:,} characters, so the entry was left out. Shorten it, then "
                    "import it again."
                )
            texts.append(text)
        return "".join(texts)

    def _looked_up(self, piece: ValuePart) -> str | None:
        if not piece.is_abbreviation:
            return piece.text
        return self.values.get(piece.text.casefold(), piece.text)


def _not_understood(block: BibtexBlock, broken: Broken) -> BibtexBlock:
    return BibtexBlock(block.line, block.first_line, block.type, reason=str(broken))
