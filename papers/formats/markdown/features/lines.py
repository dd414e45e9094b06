"""Features of lines."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from papers.formats.markdown.features.page import Page
from papers.formats.markdown.features.texts import HELD, Features, Text, encoded, few, size
from papers.formats.markdown.lexicon import words
from papers.formats.markdown.pieces import Piece

_WORD = re.compile(r"\w+")
_ENDS = set(":.?!)]|>")


def of_lines(page: Page, first: int = 0, stop: int | None = None) -> list[Features]:
    """Return per line that is asked about what it is like, and what the lines around it are like.

    Of the lines of `page.numbers` from the first to before the stop.
    """
    numbers = page.numbers[max(0, first - 2) : None if stop is None else stop + 2]
    own = [_of_line(page, number) for number in numbers]
    begin = min(2, first)
    end = len(numbers) if stop is None else begin + min(stop, len(page.numbers)) - first
    found = []
    for at in range(begin, end):
        features = own[at][0].copy()
        for name, other in (("-", at - 1), ("+", at + 1), ("--", at - 2), ("++", at + 2)):
            if not 0 <= other < len(numbers):
                features.append(encoded(f"{name}none"))
                continue
            line = page.lines[numbers[other]]
            features.append(_beside(name, line.kind, line.level, line.tag, line.indent, line.mark))
            if len(name) == 1:
                features += _prefixed(name, own[other][1])
                is_same = page.groups[numbers[other]] == page.groups[numbers[at]]
                features.append(encoded(f"{name}same{is_same}"))
        found.append(features)
    return found


@lru_cache(maxsize=4096)
def _beside(name: str, kind: str, level: int, tag: str, indent: int, mark: str) -> bytes:
    return encoded(f"{name}{kind}{level}{tag}{min(indent, 4)}{mark[:1]}")


@lru_cache(maxsize=4096)
def _prefixed(name: str, shared: tuple[str, ...]) -> Features:
    return [encoded(name + each) for each in shared]


def _of_line(page: Page, number: int) -> tuple[Features, tuple[str, ...]]:
    """Return what the line is like, and what of that is seen of it beside another line."""
    line, own, texts = page.lines[number], page.pieces[number], page.texts[number]
    lengths = [text.length for text in texts]
    count, most = few(len(own), 6), size(max(lengths, default=0))
    hosts = tuple(f"H:{name}" for name in sorted({*page.hosts[number]} - {""})) or ("H:none",)
    of_kind = _of_kind(
        *(line.kind, line.level, line.tag, line.mark[:1], min(line.indent, 4), line.box),
        *(line.is_quoted, line.is_after_blank, line.is_before_blank),
    )
    said = [
        *(f"n:{count}", f"W:{size(sum(lengths))}", f"L:{most}"),
        *(f"g{size(page.sizes[page.groups[number]])}", f"a{size(page.alike[page.forms[number]])}"),
        f"k{line.kind}|L:{most}|n:{few(len(own))}",
        *hosts,
    ]
    shared = (f"n:{count}", f"L:{most}", *hosts)
    found = [*of_kind, *map(encoded, said)]
    if own:
        longest = max(range(len(own)), key=lengths.__getitem__)
        marks = f"M:{own[longest].marks}"
        found += (*texts[0].first, *texts[longest].longest, encoded(marks))
        host = page.hosts[number][longest]
        found += map(encoded, _of_its_pieces(own, texts, lengths, longest, host))
        shared = (*shared, marks)
    text = line.text.rstrip(" *_`")
    found.append(encoded(f"end{text[-1:] if text[-1:] in _ENDS else ''}"))
    found += _of_section(line.heading)
    if line.kind == "heading" and _names_others(line.content):
        found.append(b"noisyself")
    return [*found, *page.context[number]], shared


@lru_cache(maxsize=4096)
def _of_kind(
    kind: str,
    level: int,
    tag: str,
    mark: str,
    indent: int,
    box: bool | None,
    is_quoted: bool,
    is_after_blank: bool,
    is_before_blank: bool,
) -> Features:
    said = (
        *(f"k{kind}{level}", f"kt{tag}", f"km{mark}", f"i{indent}", f"box{box}", f"q{is_quoted}"),
        *(f"ab{is_after_blank}", f"bb{is_before_blank}"),
    )
    return [*map(encoded, said)]


def _of_its_pieces(
    own: Sequence[Piece],
    texts: Sequence[Text],
    lengths: Sequence[int],
    longest: int,
    host: str,
) -> Iterator[str]:
    """Yield what is seen of the pieces together. `host` is where the longest one leads."""
    yield f"xat{few(longest)}"
    if own[longest].link:
        yield f"xlink{host}"
    held = set(chain.from_iterable(text.held for text in texts))
    for name in HELD if held else ():
        if name in held:
            yield f"has{name}"
    kinds = {piece.kind for piece in own}
    for name in ("year", "etal"):
        if name in kinds:
            yield f"has{name}"
    yield f"people{few(sum(text.may_be_names for text in texts))}"
    if own[0].after[:1] == ":" and lengths[0] <= 3:
        yield "labelled"
        if "label" in texts[0].held:
            yield "labelledknown"


@lru_cache(maxsize=1024)
def _of_section(heading: str) -> Features:
    section = {word.casefold() for word in _WORD.findall(heading[:200])[:4]}
    noisy = [b"noisy"] if section & words.BESIDE_PAPERS else []
    return noisy if heading else [*noisy, b"unheaded"]


def _names_others(heading: str) -> bool:
    own = {word.casefold() for word in _WORD.findall(heading[:200])}
    return not own.isdisjoint(words.BESIDE_PAPERS)
