"""Find the spans of details in the lines of a paper: titles with markup, addresses, years."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from papers.formats.core import identifiers
from papers.formats.core.commonmark.inline import escaped, escaped_target
from papers.formats.core.reading_list import Entry

NUMBERED = {"doi": identifiers.doi_of, "arxiv": identifiers.arxiv_of}
# What may be between two words of a title besides blanks: marks, and tags of HTML.
_GAP = r"(?:[\s*_~`\\{}\[\]]|</?\w[^<>]*>)*"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = re.compile(r"[*_~`]+")
_ADDRESS = re.compile(r"\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)|<https?:[^<>]*>|https?://\S+")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text, and what it is to be replaced by."""

    start: int
    stop: int
    new: str = ""


def title_span(text: str, entry: Entry) -> Span | None:
    return next(occurrences(text, titles(entry)), None)


def titles(entry: Entry) -> list[str]:
    return [*filter(None, [entry.title, entry.original]), escaped(entry.title)]


def values(text: str, name: str, old: str) -> Iterator[Span]:
    """Yield the spans of the text that say the detail; the last year is the most likely one."""
    if not old:
        return
    spellings = [old, escaped(old), escaped_target(old), escape(old)]
    if name in {"authors", "venue"}:
        yield from occurrences(text, spellings)
        return
    found = []
    addresses = [one.span() for one in _ADDRESS.finditer(text)] if name == "year" else []
    for spelling in dict.fromkeys(spellings):
        flags = re.IGNORECASE if name in NUMBERED else 0
        found += [
            Span(one.start(), one.end())
            for one in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", text, flags)
        ]
    found.sort(key=lambda one: one.start, reverse=name == "year")
    found.sort(key=lambda one: any(a <= one.start < b for a, b in addresses))
    seen: set[int] = set()
    for span in found:
        if span.start not in seen:
            seen.add(span.start)
            yield span


def occurrences(text: str, spellings: Sequence[str]) -> Iterator[Span]:
    """Yield the spans of the words, with any marks between them; those in addresses come last."""
    addresses = [one.span() for one in _ADDRESS.finditer(text)]
    found: dict[int, Span] = {}
    for spelling in dict.fromkeys(filter(None, spellings)):
        exact = r"\s+".join(map(re.escape, spelling.split()))
        tokens = _GAP.join(rf"\\?{re.escape(token)}" for token in _TOKEN.findall(spelling))
        tokens = tokens.replace("&", "&(?:amp;)?").replace(r"\\&", "&")
        for pattern in (exact, tokens):
            for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
                span = _balanced(text, Span(one.start(), one.end()), spelling)
                found.setdefault(span.start, span)
    # Links in the text of links are rare, and words in an address are no title.
    yield from sorted(
        found.values(), key=lambda span: any(a <= span.start < b for a, b in addresses)
    )


def changed_part(written: str, old: str, new: str) -> tuple[int, int, str, str] | None:
    """Return start, end, words and new words of the piece of a title with marks that changes.

    The words with which both titles begin and end stay, and with them their marks.
    """
    before, after = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    if " ".join(written.split()) == old or not before or not after:
        return None
    where, at = [], 0
    for token in before:
        at = written.find(token[0], at)
        if at < 0:
            return None
        where.append((at, at + len(token[0])))
        at += len(token[0])
    pairs = list(zip(before, after, strict=False))
    head = next((n for n, (a, b) in enumerate(pairs) if a[0] != b[0]), len(pairs))
    most = len(pairs) - head
    pairs = list(zip(reversed(before), reversed(after), strict=False))[:most]
    tail = next((n for n, (a, b) in enumerate(pairs) if a[0] != b[0]), len(pairs))
    gone, came = where[head : len(where) - tail], after[head : len(after) - tail]
    said = before[head : len(before) - tail]
    if gone and came:
        words = old[said[0].start() : said[-1].end()]
        return gone[0][0], gone[-1][1], words, new[came[0].start() : came[-1].end()]
    if not head:
        words = old[: before[len(gone)].start()]
        return where[0][0], where[len(gone)][0], words, new[: after[len(came)].start()]
    first, last = after[head - 1].end(), came[-1].end() if came else 0
    words = old[before[head - 1].end() : said[-1].end()] if said else ""
    stop = gone[-1][1] if gone else where[head - 1][1]
    return where[head - 1][1], stop, words, new[first:last]


def with_marks(text: str, piece: Span, old: str, words: str) -> str:
    """Return the words with marks that the piece they replace has only the end, or the beginning,
    of. Signs of the old words, such as those of a formula, are no marks.
    """
    line = text[: piece.start].rpartition("\n")[2]
    before = Counter(_MARKS.findall(line))
    inside = Counter(_MARKS.findall(text[piece.start : piece.stop]))
    inside -= Counter(_MARKS.findall(old))
    for mark in inside:
        if inside[mark] % 2:
            words = f"{words}{mark}" if before[mark] % 2 else f"{mark}{words}"
    return words


def _balanced(text: str, span: Span, words: str) -> Span:
    """Return the span of the words with the marks around it that belong to marks inside of it."""
    inside = Counter("".join(_MARKS.findall(text[span.start : span.stop])))
    inside -= Counter("".join(_MARKS.findall(words)))
    if all(count % 2 == 0 for count in inside.values()):
        return span
    if behind := _MARKS.match(text, span.stop):
        return Span(span.start, behind.end())
    before = len(text[: span.start]) - len(text[: span.start].rstrip("*_~`"))
    return Span(span.start - before, span.stop)


def replaced(text: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], span.new]
        at = span.stop
    return "".join([*pieces, text[at:]])


def with_link(text: str, span: Span) -> Span:
    """Return the span with the link, and the marks, that it is the text of."""
    start, stop = span.start, span.stop
    while True:
        marks = _MARKS.match(text, stop)
        if marks and text[:start].endswith(marks[0]):
            start, stop = start - len(marks[0]), marks.end()
            continue
        target = _ADDRESS.match(text, stop)
        if target and text[start - 1 : start] == "[" and text[stop] == "]":
            start, stop = start - 1, target.end()
            continue
        return Span(start, stop)
