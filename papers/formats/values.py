"""What a record says, in the one spelling that an entry has of each detail."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape

from papers.formats.repair import one_line

# What programs write where they know nothing.
_NOTHING = {"na", "n/a", "nan", "null", "none", "undefined", "-", "[no abstract available]"}
# Control characters except the tab and the line break, and halves of a character.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_BREAK = re.compile(r"\r\n|\r|\u2028|\u2029")
_TAG = re.compile(
    r"</?(?:i|b|u|a|p|em|strong|sub|sup|span|div|br|scp|sc|inf|bold|italic|title|sec|list"
    r"|list-item|label|ul|ol|li|h\d|(?:jats|mml|mrow|xref)(?::[\w-]+)?)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_PARTING_TAG = re.compile(
    r"<(?:/p|/div|/h\d|/li|br|/jats:p|/jats:title|/jats:sec)\s*/?>", re.IGNORECASE
)
# An abstract with a longer line was not cut into lines by a program.
_LONGEST_CUT = 100

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})?(?:[-/.](\d{1,2})?)?)?(?![\d])")
_EIGHT_DIGITS = re.compile(r"(1\d{3}|20\d\d)(\d\d)(\d\d)")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|mär|mai|okt|dez|ene|abr|ago|dic|fév|avr|juin|juil|aoû|déc)[^\W\d_]*",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan ene", "feb fév", "mar mär", "apr abr avr", "may mai", "jun juin"),
            *("jul juil", "aug ago aoû", "sep", "oct okt", "nov", "dec dez dic déc"),
        ),
        start=1,
    )
    for name in names.split()
}
_DAY = re.compile(r"(?<![\d-])([0-3]?\d)(?!\d)")

_DASHES = re.compile(r"\s*[‐‑‒–—−]+\s*|--+")
_SERIAL = re.compile(r"[\dX][\dX‐‑–-]*[\dX]", re.IGNORECASE)
_VOLUME = re.compile(r"^(?:(?:v|vol|volume|no|nr|issue|iss)\b\.?:?\s*)+(?=\w)", re.IGNORECASE)


def storable(text: str) -> str:
    """The text without what no database takes; every line break is one line feed."""
    return _UNSTORABLE.sub("", _LINE_BREAK.sub("\n", text))


def is_nothing(text: str) -> bool:
    return not text.strip() or text.strip().casefold() in _NOTHING


def plain(text: str) -> str:
    """A text in one line, without the tags and entities of HTML; others such as `<0.5` stay."""
    bare = _TAG.sub("", text) if "<" in text else text
    if "&" in bare:
        bare = storable(unescape(bare))
    return one_line(bare) or one_line(text)


def paragraphs(text: str) -> str:
    """Plain text; blank lines part its paragraphs.

    A line break alone parts paragraphs too, unless every line is so short that a program may have
    cut them.
    """
    if "<" in text:
        text = _PARTING_TAG.sub("\n\n", text)
    lines = text.split("\n")
    is_cut = all(len(line) <= _LONGEST_CUT for line in lines)
    blocks = re.split(r"\n\s*\n", text) if is_cut else lines
    return "\n\n".join(plain(block) for block in blocks if block.strip())


def year_and_day(text: str) -> tuple[int | None, str]:
    """The year, and the day or month as `2021-04-21` or `2021-04` where the text states them."""
    text = text.strip()
    found = _EIGHT_DIGITS.fullmatch(text) or _ISO.match(text)
    if found:
        year, month, day = (int(part or 0) for part in found.groups())
        rest = text[found.end() :]
        if not month and rest.strip(" /"):
            month, day = _named_month(rest)
        return _checked(year, month, day)
    years = _YEAR.findall(text)
    if not years:
        return None, ""
    return _checked(int(years[0]), *_named_month(text.replace(years[0], " ", 1)))


def _named_month(text: str) -> tuple[int, int]:
    """The month and day of `18 May` or `May 18`; neither where two months or years are named."""
    months = {_MONTHS[_key_of_month(found)] for found in _MONTH.findall(text)}
    if len(months) != 1 or _YEAR.search(text):
        return 0, 0
    days = _DAY.findall(text)
    return months.pop(), int(days[0]) if len(days) == 1 else 0


def _key_of_month(name: str) -> str:
    return name.casefold()


def _checked(year: int, month: int, day: int) -> tuple[int | None, str]:
    if not 1000 <= year <= 2999:
        return None, ""
    try:
        date(year, month, day or 1)
    except ValueError:
        return year, f"{year}-{month:02}" if 1 <= month <= 12 else ""
    return year, f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def pages(first: str, last: str = "") -> str:
    """`12-34`."""
    first, last = (_DASHES.sub("-", one_line(text)) for text in (first, last))
    if not last or last == first or "-" in first:
        return first or last
    return f"{first}-{last}" if first else last


def volume(text: str) -> str:
    """The number of a volume or issue without `v.`, `Vol.` or `no.`"""
    return _VOLUME.sub("", one_line(text))


def isbns(texts: Iterable[str]) -> str:
    return _serials(texts, {10, 13})


def issns(texts: Iterable[str]) -> str:
    return _serials(texts, {8})


def _serials(texts: Iterable[str], lengths: set[int]) -> str:
    found = (re.sub(r"[^\dX]", "", one.upper()) for text in texts for one in _serials_of(text))
    return " ".join(dict.fromkeys(one for one in found if _is_serial(one, lengths)))


def _serials_of(text: str) -> Iterator[str]:
    """The numbers of a text, blanks inside one of 13 digits among them."""
    whole = re.sub(r"[\s‐‑–-]", "", text)
    if len(whole) == 13 and whole.isdigit():
        yield whole
    else:
        yield from _SERIAL.findall(text)


def _is_serial(number: str, lengths: set[int]) -> bool:
    return len(number) in lengths and "X" not in number[:-1]


def keywords(texts: Iterable[str]) -> str:
    """Each keyword once, parted by `; `, as are those of one text."""
    words = (plain(word) for text in texts for word in re.split(r"[;\n]", text))
    return "; ".join(dict.fromkeys(word for word in words if not is_nothing(word)))
