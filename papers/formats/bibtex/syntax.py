"""One entry, from behind its opening brace: key, names, and values in their pieces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# No entry in use has more.
_MOST_FIELDS = 1_000
_MOST_PIECES = 1_000

_KEY = re.compile(r"\s*+([^\s,={}\"]*+(?:[ \t]++[^\s,={}\"]++)*+)[ \t]*+(?:\s*+,|(?=\s*+[})])|\n)")
_BETWEEN = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_BLANKS = re.compile(r"\s*+")
# Web of Science has names of several words: `Early Access Date`.
_NAME = re.compile(r"([^\s=,{}\"#%()]++(?:[ \t]++[^\s=,{}\"#%]++)*+)\s*+=\s*+")
_BARE = re.compile(r"[^\s,{}\"#=%)][^,{}\"#\n]*+")
_BARE_IN_PARENTHESES = re.compile(r"[^\s,{}\"#=%)][^,{}\"#\n)]*+")
_ABBREVIATION = re.compile(r"[^\W\d][\w:+.'-]*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}]|(?<!\\)\"|\\\"(?![\w{\\])")
# Those that someone escaped, as in `file = {a\{b.pdf}`, are text and no delimiters.
_UNESCAPED_BRACE = re.compile(r"(?<!\\)[{}]")
_UNESCAPED_BRACE_OR_QUOTE = re.compile(r"(?<!\\)[{}]|(?<!\\)\"|\\\"(?![\w{\\])")

_UNCLOSED = "It has no closing brace, so it was left out. Add the brace, then import it again."
_TOO_MUCH = (
    f"It has more than {_MOST_FIELDS:,} fields, or parts of a field, so it was left out. Shorten "
    "it, then import it again."
)


class Broken(ValueError):
    """An entry that cannot be read. The message is a sentence for the importer."""


@dataclass(frozen=True, slots=True)
class ValuePart:
    text: str
    is_abbreviation: bool = False


Pieces = tuple[ValuePart, ...]


class EntryReader:
    """One entry, from behind its opening brace.

    `hides` is whether a backslash hides a brace, which it does not for BibTeX.
    """

    def __init__(
        self, text: str, at: int, limit: int, opening: str, *, hides: bool = False
    ) -> None:
        self.text, self.at, self.limit, self.hides = text, at, limit, hides
        self.closing = "}" if opening == "{" else ")"
        self.bare = _BARE if opening == "{" else _BARE_IN_PARENTHESES

    def key(self) -> str:
        """Return the key, which some entries have forgotten."""
        found = _KEY.match(self.text, self.at, self.limit)
        if not found:
            return ""
        key, comma, rest = found[1].partition(self.closing)
        if comma and self.closing == ")":
            self.at = found.start(1) + len(key)
            return key.strip()
        self.at = found.end()
        return key + comma + rest

    def fields(self) -> Iterator[tuple[str, Pieces]]:
        seen = 0
        while not self._is_at_the_end():
            seen += 1
            if seen > _MOST_FIELDS:
                raise Broken(_TOO_MUCH)
            found = _NAME.match(self.text, self.at, self.limit)
            if not found:
                raise Broken(self._what_is_wrong())
            self.at = found.end()
            yield found[1], tuple(self._pieces())
        self.at += 1

    def _is_at_the_end(self) -> bool:
        self._skip(_BETWEEN)
        if self.at >= self.limit:
            raise Broken(_UNCLOSED)
        return self.text[self.at] == self.closing

    def _what_is_wrong(self) -> str:
        end = min(self.limit, self.at + 40)
        found = " ".join(self.text[self.at : end].split())
        return (
            f"A field should begin at `{found}`, but there is none, so the entry was left out. "
            "Look for a brace too many or too few, then import it again."
        )

    def _pieces(self) -> Iterator[ValuePart]:
        """Yield the parts of a value, which are joined with `#`. A value may be missing."""
        for _ in range(_MOST_PIECES):
            piece = self._piece()
            if piece:
                yield piece
            self._skip(_BLANKS)
            if not self.text.startswith("#", self.at, self.limit):
                return
            self.at += 1
            self._skip(_BLANKS)
        raise Broken(_TOO_MUCH)

    def _piece(self) -> ValuePart | None:
        start = self.at
        if self.text.startswith("{", start, self.limit):
            return self._enclosed(start, self._closing(start))
        if self.text.startswith('"', start, self.limit):
            return self._enclosed(start, self._closing_quote(start))
        found = self.bare.match(self.text, start, self.limit)
        if not found:
            return None
        self.at = found.end()
        text = found[0].strip()
        return ValuePart(text, bool(_ABBREVIATION.fullmatch(text)))

    def _enclosed(self, start: int, end: int) -> ValuePart:
        if end < 0:
            raise Broken(_UNCLOSED)
        self.at = end + 1
        return ValuePart(self.text[start + 1 : end])

    def _closing(self, opening: int) -> int:
        if not self.hides:
            return closing(self.text, opening, self.limit)
        return _closing(self.text, opening, self.limit, _UNESCAPED_BRACE)

    def _closing_quote(self, opening: int) -> int:
        marks = _UNESCAPED_BRACE_OR_QUOTE if self.hides else _BRACE_OR_QUOTE
        return _closing_quote(self.text, opening, self.limit, marks)

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self.text, self.at, self.limit)
        if found:
            self.at = found.end()


def closing(text: str, opening: int, limit: int) -> int:
    """Return the index of the brace that closes the one at `opening`, or -1.

    A backslash does not escape a brace in BibTeX.
    """
    end = text.find("}", opening, limit)
    if end < 0 or text.find("{", opening + 1, end) < 0:
        return end
    return _closing(text, opening, limit, _BRACE)


def _closing(text: str, opening: int, limit: int, braces: re.Pattern[str]) -> int:
    depth = 0
    for found in braces.finditer(text, opening, limit):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.start()
    return -1


def _closing_quote(text: str, opening: int, limit: int, marks: re.Pattern[str]) -> int:
    """Return the index of the closing quote, or -1; quotes in braces or before a letter's accent
    are passed over.
    """
    depth = 0
    for found in marks.finditer(text, opening + 1, limit):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth <= 0:
            return found.end() - 1
    return -1
