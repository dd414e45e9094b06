"""The title as it is shown, out of a stretch of a line."""

import re
import unicodedata
from functools import lru_cache

from papers.formats.core.commonmark import inline
from papers.formats.core.text.repair import mended

_EDGES = " \t,;:|/–—·・，。；：、~"
_MARKS = " *_`~"
_QUOTES = '"“”„«»'
_OPENING = '"“„«'
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"))
# Which come in pairs, and are written alike at both ends.
_TWINS = "$―*"
_END_MARK = re.compile(r"[?!？！]+|…")
_BREAK = re.compile(r"(?:(?<!\s)\s+)?<br ?/?>\s*")
_PLACEHOLDER = re.compile(
    r"tb[ad]|n\.?/?a\.?|none|cancell?ed|skipped|entfällt"
    r"|no (?:class|meeting|paper|reading|session)s?"
    r"|(?:spring |fall |winter |summer )?break|holidays?|[-–—?. ]+"
    # a measure: `< 6 months`, `+60 citations`
    r"|[<>≤≥+~]\s?\d.*"
    # the list itself
    r"|(?:.{0,40}\s)?(?:reading|paper) lists?|(?:list|collection) of (?:\w+ ){0,3}papers"
    r"|.{0,40}(?:论文|論文|文献).{0,6}(?:合集|列表|清单|汇总|整理|一覧|まとめ)",
    re.IGNORECASE,
)
# A link that leads to more of the same.
_PART = re.compile(r"(?:part|pt\.?|vol\.?|teil|partie|parte|часть)\s*[\divx]+", re.IGNORECASE)
_REST_OF_BRACKETS = re.compile(r"[^()\[\]|*]{0,60}\)")
_NUMBER = re.compile(r"^\s*(?:\[\d+\]|\(\d+\)|\d+[.)]|\*\*\[\d+\]\*\*)\s*")
_SHORTEST_NUMBERED = 6
_NO_LETTERS = re.compile(r"[\W_]+")


def shown_title(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the title that is between the two places of the line, and how it is written there."""
    tail = _END_MARK.match(text, end)
    source = _balanced(text, start, tail.end() if tail else end)
    shown = inline.plain(unmarked(source)).strip(_EDGES)
    shown = _BREAK.sub(" ", shown)
    shown = _NUMBER.sub("", shown) if len(shown) > _SHORTEST_NUMBERED else shown
    return mended(_without_quotes(shown.strip(_MARKS))), source


@lru_cache(maxsize=4096)  # each title is asked for several times
def letters(title: str) -> str:
    """Return what of a title is compared: letters and digits, whatever their case and width."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", title).casefold()) or title


def is_no_title(title: str) -> bool:
    """Return whether it says that nothing is known or read, or which list or part of something it
    is: `TBD`, `No class`, `Reading list`, `Part 2`."""
    return bool(_PLACEHOLDER.fullmatch(title)) or is_part(title)


def is_part(words: str) -> bool:
    """Return whether they say but which part of something it is: `Part 2`."""
    return bool(_PART.fullmatch(words))


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
    """Return the stretch with the sign that closes behind it what opened within it."""
    source, behind, before = text[start:end], text[end : end + 5], text[start - 1 : start]
    is_open = source.count("(") > source.count(")")
    if is_open and (rest := _REST_OF_BRACKETS.match(text, end)):
        return source + rest[0]
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
