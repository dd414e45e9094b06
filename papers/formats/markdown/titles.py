"""The title as it is shown, out of a stretch of a line."""

import re

from papers.formats.commonmark import inline
from papers.formats.text.repair import mended

_EDGES = " \t,;:|/–—·・，。；：、~"
_MARKS = " *_`~"
_QUOTES = '"“”„«»'
_OPENING = '"“„«'
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"))
# Which come in pairs, and are written alike at both ends.
_TWINS = "$―"
_END_MARK = re.compile(r"[?!？！]+|…")
_BREAK = re.compile(r"\s*<br ?/?>\s*")
_NUMBER = re.compile(r"^\s*(?:\[\d+\]|\(\d+\)|\d+[.)]|\*\*\[\d+\]\*\*)\s*")
_SHORTEST_NUMBERED = 6
_MARKED_BEFORE_A_DASH = re.compile(
    r"((?:\*\*|__)?[^*_\[\]\"“”]{3,300}(?:\*\*|__|\]\([^()]*\)|[\"“”])+)\s+[-–—]{1,3}\s+\S"
)


def of(text: str, start: int, end: int) -> tuple[str, str]:
    """The title that is between the two places of the line, and how it is written there."""
    tail = _END_MARK.match(text, end)
    source = _balanced(text, start, tail.end() if tail else end)
    shown = inline.plain(unmarked(source)).strip(_EDGES)
    shown = _BREAK.sub(" ", shown)
    shown = _NUMBER.sub("", shown) if len(shown) > _SHORTEST_NUMBERED else shown
    return mended(_without_quotes(shown.strip(_MARKS))), source


def marked_before_a_dash(source: str) -> str:
    """What is in bold, in a link or in quotation marks at the beginning, if a dash is behind it;
    empty otherwise."""
    found = _MARKED_BEFORE_A_DASH.match(source)
    return inline.plain(unmarked(found[1])).strip(_EDGES + _MARKS + _QUOTES) if found else ""


def unmarked(source: str) -> str:
    """Without marks that open or close outside of it."""
    for mark in ("**", "__", "~~", "`"):
        if source.count(mark) % 2:
            source = source.replace(mark, "")
    if source.count("[") != source.count("]"):
        source = source.replace("[", "").replace("]", "")
    return source


def _without_quotes(shown: str) -> str:
    is_open = shown[:1] and shown[0] in _OPENING
    if is_open and not any(sign in shown[1:-1] for sign in '"”“»'):
        shown = shown.strip(_QUOTES)
    if shown.count("“") != shown.count("”"):
        return shown.strip('"“”„«»')
    return shown.rstrip("„«").lstrip("”»")


def _balanced(text: str, start: int, end: int) -> str:
    """The stretch with the sign that closes behind it what opened within it."""
    source, behind, before = text[start:end], text[end : end + 5], text[start - 1 : start]
    for opening, closing in _PAIRS:
        found = re.match(r"[^\w]{0,3}" + re.escape(closing), behind)
        if found and source.count(opening) > source.count(closing):
            return source + found[0]
    for sign in _TWINS:
        found = re.match(r"[^\w\s]{0,3}?" + re.escape(sign), behind)
        if found and source.count(sign) % 2:
            return source + found[0]
    return _with_quote(source, before, behind)


def _with_quote(source: str, before: str, behind: str) -> str:
    if source.count('"') % 2 and '"' in {before, behind[:1]}:
        return f'{source}"' if behind[:1] == '"' else f'"{source}'
    is_open = source.count("”") > source.count("“")
    return f"“{source}" if is_open and before == "“" else source
