"""The entries of a BibTeX file as they stand there: type, key, and fields in LaTeX.

Written for files that people keep by hand: text between the entries, entries in parentheses, lines
commented out with `%`, forgotten commas. What cannot be read costs itself alone: no value reaches
beyond the next line on which an entry begins.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# Abbreviations of abbreviations grow fast.
LONGEST_VALUE = 20_000

_START = re.compile(r"(?<![\w\\])@[ \t]*+([^\W\d][\w-]*+)\s*+([{(])")
_LINE_OF_ENTRY = re.compile(
    r"^[ \t]*+@[ \t]*+(?:"
    r"(?i:comment|preamble|string)\s*+[{(]"
    r"|[^\W\d][\w-]*+\s*+\{[^{}\",=\n@]{0,200}+[,=}\n]"
    r"|[^\W\d][\w-]*+\s*+\(\s*+[^\s(){}\",=@]{0,200}+\s*+[,=]"
    r")",
    re.MULTILINE,
)
_KEY = re.compile(r"\s*+([^\s,={}\"]*+(?:[ \t]++[^\s,={}\"]++)*+)[ \t]*+(?:\s*+,|(?=\s*+[})])|\n)")
_BETWEEN = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_BLANKS = re.compile(r"\s*+")
_NAME = re.compile(r"([^\s=,{}\"#%()]++)\s*+=\s*+")
_BARE = re.compile(r"[^\s,{}\"#=%)][^,{}\"#\n]*+")
_BARE_IN_PARENTHESES = re.compile(r"[^\s,{}\"#=%)][^,{}\"#\n)]*+")
_ABBREVIATION = re.compile(r"[^\W\d][\w:+.'-]*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}]|(?<!\\)\"|\\\"(?![\w{\\])")

_UNCLOSED = "It has no closing brace, so it was left out. Add the brace, then import it again."


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its value in LaTeX. A name that comes twice is two fields."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """An entry; or, where there is a reason, what began like one and cannot be understood."""

    line: int
    first_line: str
    type: str
    key: str = ""
    fields: tuple[Field, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class File:
    blocks: tuple[Block, ...]
    # What stands in @comment: programs keep their own things there.
    comments: tuple[str, ...]


def split(text: str) -> File:
    """The entries of the text, in their order."""
    return _Splitter(text).file()


class _Broken(ValueError):
    """An entry that cannot be read. The message is a sentence for whoever brought it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    is_abbreviation: bool = False


_Pieces = tuple[_Piece, ...]


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An entry of which the abbreviations are not yet looked up: they may stand further down."""

    block: Block
    fields: tuple[tuple[str, _Pieces], ...] = ()


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
        parsed = list(self._parsed())
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
        """Behind the closing brace, whatever stands before it. Only one comment may look for its
        brace to the end of the file."""
        start, opening = found.start(), found.end() - 1
        limit = self._next_entry(start) if self.has_open_comment else len(self.text)
        end = _closing(self.text, opening, limit) if found[2] == "{" else -1
        if end < 0:
            self.has_open_comment = self.has_open_comment or found[2] == "{"
            return self._end_of_line(start)
        self.comments.append(self.text[opening + 1 : end])
        return end + 1

    def _after_preamble(self, found: re.Match[str]) -> int:
        limit = self._next_entry(found.start())
        end = _closing(self.text, found.end() - 1, limit) if found[2] == "{" else -1
        return limit if end < 0 else end + 1

    def _after_abbreviation(self, found: re.Match[str]) -> int:
        limit = self._next_entry(found.start())
        reader = _Reader(self.text, found.end(), limit, found[2])
        try:
            for name, pieces in reader.fields():
                self.abbreviations.define(name, pieces)
        except _Broken:
            return limit
        return reader.at

    def _entry(self, found: re.Match[str]) -> tuple[_Parsed, int]:
        start = found.start()
        self.line += self.text.count("\n", self.counted, start)
        self.counted = start
        limit = self._next_entry(start)
        first_line = self.text[start : min(self._end_of_line(start), limit, start + 200)]
        block = Block(self.line, first_line.strip(), found[1].casefold())
        reader = _Reader(self.text, found.end(), limit, found[2])
        try:
            key = reader.key()
            fields = tuple(reader.fields())
        except _Broken as broken:
            return _Parsed(_not_understood(block, broken)), limit
        return _Parsed(Block(block.line, block.first_line, block.type, key), fields), reader.at

    def _resolved(self, parsed: _Parsed) -> Block:
        block = parsed.block
        try:
            fields = tuple(
                Field(name, self.abbreviations.joined(name, pieces))
                for name, pieces in parsed.fields
            )
        except _Broken as broken:
            return _not_understood(block, broken)
        return Block(block.line, block.first_line, block.type, block.key, fields, block.reason)


class _Abbreviations:
    """What `@string` says, by name. An unknown abbreviation stands for itself."""

    def __init__(self) -> None:
        self.values: dict[str, str | None] = {}

    def define(self, name: str, pieces: _Pieces) -> None:
        try:
            self.values[name.casefold()] = self.joined(name, pieces)
        except _Broken:
            self.values[name.casefold()] = None

    def joined(self, name: str, pieces: _Pieces) -> str:
        if len(pieces) == 1 and not pieces[0].is_abbreviation:
            return pieces[0].text
        texts, length = [], 0
        for piece in pieces:
            text = self._looked_up(piece)
            length += LONGEST_VALUE + 1 if text is None else len(text)
            if text is None or length > LONGEST_VALUE:
                raise _Broken(
                    f"With its abbreviations written out, `{name[:50]}` is longer than "
                    f"{LONGEST_VALUE:,} characters, so the entry was left out. Shorten it, then "
                    "import it again."
                )
            texts.append(text)
        return "".join(texts)

    def _looked_up(self, piece: _Piece) -> str | None:
        if not piece.is_abbreviation:
            return piece.text
        return self.values.get(piece.text.casefold(), piece.text)


class _Reader:
    """One entry, from behind its opening brace."""

    def __init__(self, text: str, at: int, limit: int, opening: str) -> None:
        self.text, self.at, self.limit = text, at, limit
        self.closing = "}" if opening == "{" else ")"
        self.bare = _BARE if opening == "{" else _BARE_IN_PARENTHESES

    def key(self) -> str:
        """The key, which some entries have forgotten."""
        found = _KEY.match(self.text, self.at, self.limit)
        if not found:
            return ""
        key, comma, rest = found[1].partition(self.closing)
        if comma and self.closing == ")":
            self.at += found.start(1) - self.at + len(key)
            return key.strip()
        self.at = found.end()
        return key + comma + rest

    def fields(self) -> Iterator[tuple[str, _Pieces]]:
        while not self._is_at_the_end():
            found = _NAME.match(self.text, self.at, self.limit)
            if not found:
                raise _Broken(self._what_is_wrong())
            self.at = found.end()
            yield found[1], tuple(self._pieces())
        self.at += 1

    def _is_at_the_end(self) -> bool:
        self._skip(_BETWEEN)
        if self.at >= self.limit:
            raise _Broken(_UNCLOSED)
        return self.text[self.at] == self.closing

    def _what_is_wrong(self) -> str:
        end = min(self.limit, self.at + 40)
        found = " ".join(self.text[self.at : end].split())
        return (
            f"A field should begin at `{found}`, but there is none, so the entry was left out. "
            "Look for a brace too many or too few, then import it again."
        )

    def _pieces(self) -> Iterator[_Piece]:
        """The parts of a value, which are joined with `#`. A value may be missing."""
        while True:
            piece = self._piece()
            if piece:
                yield piece
            self._skip(_BLANKS)
            if not self.text.startswith("#", self.at, self.limit):
                return
            self.at += 1
            self._skip(_BLANKS)

    def _piece(self) -> _Piece | None:
        start = self.at
        if self.text.startswith("{", start, self.limit):
            return self._enclosed(start, _closing(self.text, start, self.limit))
        if self.text.startswith('"', start, self.limit):
            return self._enclosed(start, _closing_quote(self.text, start, self.limit))
        found = self.bare.match(self.text, start, self.limit)
        if not found:
            return None
        self.at = found.end()
        text = found[0].strip()
        return _Piece(text, bool(_ABBREVIATION.fullmatch(text)))

    def _enclosed(self, start: int, end: int) -> _Piece:
        if end < 0:
            raise _Broken(_UNCLOSED)
        self.at = end + 1
        return _Piece(self.text[start + 1 : end])

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self.text, self.at, self.limit)
        if found:
            self.at = found.end()


def _not_understood(block: Block, broken: _Broken) -> Block:
    return Block(block.line, block.first_line, block.type, reason=str(broken))


def _closing(text: str, opening: int, limit: int) -> int:
    """Where the brace closes that opens there, or -1. A backslash hides no brace from BibTeX."""
    end = text.find("}", opening, limit)
    if end < 0 or text.find("{", opening + 1, end) < 0:
        return end
    depth = 0
    for found in _BRACE.finditer(text, opening, limit):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.start()
    return -1


def _closing_quote(text: str, opening: int, limit: int) -> int:
    """Where the quotes close, or -1. Within braces, and before an accent's letter, none do."""
    depth = 0
    for found in _BRACE_OR_QUOTE.finditer(text, opening + 1, limit):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth <= 0:
            return found.end() - 1
    return -1
