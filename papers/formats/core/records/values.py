"""Values of records, normalized to the one spelling that an entry has of each detail.

Fields of text, as in RIS, are written by programs. Tables and Zotero's RDF hold what people wrote,
and no program cut it into lines: where that asks for another rule, it is beside the first.
"""

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date
from html import unescape

from papers.formats.core.text.markup import without_markup
from papers.formats.core.text.repair import one_line

# What programs write where they know nothing.
_NOTHING = {"na", "n/a", "nan", "null", "none", "undefined"}
_NOTHING_IN_FIELDS = _NOTHING | {"-", "[no abstract available]"}
# In a table a dash may be someone's mark.
_NOTHING_IN_CELLS = _NOTHING | {"#n/a"}
# Control characters except the tab and the line break, and halves of a character.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_BREAK = re.compile(r"\r\n|\r|\u2028|\u2029")
_PARTING_TAG = re.compile(
    r"<(?:/p|/div|/h\d|/li|br|/jats:p|/jats:title|/jats:sec)\s*/?>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_ANY_PARTING_TAG = re.compile(r"<(?:br|/p|/div|/h\d|/li|/tr)\b[^<>]*>", re.IGNORECASE)
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
_DAY_IN_DIGITS = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)")
_DAY_IN_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")

_DASHES = re.compile(r"\s*[‐‑‒–—−]+\s*|--+")
_RANGE = re.compile(r"([^\s-]+)\s*-+\s*([^\s-]+)")
_SERIAL = re.compile(r"[\dX][\dX‐‑–-]*[\dX]", re.IGNORECASE)
_DIGITS = re.compile(r"[\dXx][\dXx\s‐‑–-]*")
_VOLUME = re.compile(r"^(?:(?:v|vol|volume|no|nr|issue|iss)\b\.?:?\s*)+(?=\w)", re.IGNORECASE)


def storable(text: str) -> str:
    """Return the text without what no database takes; every line break is one line feed."""
    return _UNSTORABLE.sub("", _LINE_BREAK.sub("\n", text))


def without_controls(text: str) -> str:
    """Return the text to the letter, but for what no cell can hold; its line breaks stay."""
    return _CONTROLS.sub("", text)


def is_nothing(text: str) -> bool:
    return not text.strip() or text.strip().casefold() in _NOTHING_IN_FIELDS


def cleaned_cell(cell: str) -> str:
    """Return the text without what cannot be stored, and empty if it means nothing."""
    text = without_controls(cell).strip()
    return "" if text.casefold() in _NOTHING_IN_CELLS else text


def without_html(text: str) -> str:
    """Return a text in one line, without the tags and entities of HTML; others such as `<0.5`
    stay.
    """
    if "<" not in text and "&" not in text:
        return one_line(text)
    return one_line(storable(without_markup(text))) or one_line(text)


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
    return "\n\n".join(without_html(block) for block in blocks if block.strip())


def text_of_html(sources: Iterable[str]) -> str:
    """Return notes in HTML as a reader sees them, in one line; all tags are removed."""
    source = "\n".join(sources)
    if "<" in source:
        source = _ANY_TAG.sub("", _ANY_PARTING_TAG.sub("\n", source))
    return one_line(unescape(source))


def paragraphs_of_lines(text: str) -> str:
    """Plain text whose lines stay lines, as someone broke them; blank ones part paragraphs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(map(one_line, text.split("\n")))).strip()


def year_and_day(text: str) -> tuple[int | None, str]:
    """Return the year, and the day or month as `2021-04-21` or `2021-04` where the text states
    them.
    """
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
    """Return the month and day of `18 May` or `May 18`; neither where two months or years are
    named.
    """
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


def year(text: str) -> int | None:
    """Return the first year in a cell, among anything else."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def published(text: str) -> str:
    """Return the day or month in a cell, in digits, since its language is unknown."""
    found = _DAY_IN_DIGITS.search(text)
    in_chinese = _DAY_IN_CHINESE.search(text)
    year, month, day = found.group(1, 3, 4) if found else ("", "", "")
    if in_chinese:
        year, month, day = in_chinese.groups()
    if not month or not 1 <= int(month) <= 12:
        return ""
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def pages(first: str, last: str = "") -> str:
    """`12-34`."""
    first, last = (_DASHES.sub("-", one_line(text)) for text in (first, last))
    if not last or last == first or "-" in first:
        return first or last
    return f"{first}-{last}" if first else last


def page_range(first: str, last: str = "") -> str:
    """Return the pages that people wrote: blanks around a hyphen are none of them."""
    return _RANGE.sub(r"\1-\2", pages(first, last))


def volume(text: str) -> str:
    """Return the number of a volume or issue without `v.`, `Vol.` or `no.`"""
    return _VOLUME.sub("", one_line(text))


def isbns_in(texts: Iterable[str]) -> str:
    return _serials(texts, {10, 13})


def issns_in(texts: Iterable[str]) -> str:
    return _serials(texts, {8})


def _serials(texts: Iterable[str], lengths: set[int]) -> str:
    found = (_bare(one) for text in texts for one in _serials_of(text))
    return " ".join(dict.fromkeys(one for one in found if _is_serial(one, lengths)))


def _serials_of(text: str) -> Iterator[str]:
    """Yield the numbers of a text, blanks inside one of 13 digits among them."""
    whole = re.sub(r"[\s‐‑–-]", "", text)
    if len(whole) == 13 and whole.isdigit():
        yield whole
    else:
        yield from _SERIAL.findall(text)


def book_numbers(text: str) -> tuple[str, str]:
    """The ISBNs and the ISSNs of a text, whichever it was called; of ISBNs the long ones first.

    People write the groups of a number apart, or several numbers after another.
    """
    found: dict[int, list[str]] = {8: [], 10: [], 13: []}
    for digits in _DIGITS.findall(text):
        pieces = [digits] if len(_bare(digits)) in found else digits.split()
        for number in map(_bare, pieces):
            if _is_serial(number, found):
                found[len(number)].append(number)
    return " ".join(dict.fromkeys(found[13] + found[10])), " ".join(dict.fromkeys(found[8]))


def _bare(text: str) -> str:
    return re.sub(r"[^\dX]", "", text.upper())


def _is_serial(number: str, lengths: Container[int]) -> bool:
    return len(number) in lengths and "X" not in number[:-1]


def keywords(texts: Iterable[str]) -> str:
    """Each keyword once, parted by `; `, as are those of one text."""
    bare = map(without_markup, texts)
    words = (without_html(word) for text in bare for word in re.split(r"[;\n]", text))
    return "; ".join(dict.fromkeys(word for word in words if not is_nothing(word)))


def tags(texts: Iterable[str]) -> str:
    """Each tag once, whatever its case. People part them by commas and strokes too."""
    found: dict[str, str] = {}
    for text in texts:
        parts = re.split(r"\s*[;|\n]\s*", text)
        if len(parts) == 1:
            parts = text.split(",")
        for part in filter(None, map(one_line, parts)):
            found.setdefault(part.casefold(), part)
    return "; ".join(found.values())
