"""What records say, in the one spelling that an entry has of each detail."""

import re
from collections.abc import Iterable
from html import unescape

from papers.formats.repair import one_line

# What programs write where they know nothing.
_NOTHING = {"na", "n/a", "nan", "null", "none", "undefined", "#n/a"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_BREAKS = re.compile(r"[^\S\r\n]*[\r\n]+\s*")
_BREAKING_TAG = re.compile(r"<(?:br|/p|/div|/h\d|/li|/tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)")
_DAY_IN_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_PAGES = re.compile(r"([^\s-]+)\s*-+\s*([^\s-]+)")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_DIGITS = re.compile(r"[\dXx][\dXx\s‐‑–-]*")


def cleaned(text: str) -> str:
    """The text without what cannot be stored, and empty where it stands for nothing."""
    text = _CONTROLS.sub("", text).strip()
    return "" if text.casefold() in _NOTHING else text


def storable(text: str) -> str:
    return _CONTROLS.sub("", text)


def in_one_line(text: str) -> str:
    """The text without line breaks, its blanks as they are."""
    return _LINE_BREAKS.sub(" ", text) if "\n" in text or "\r" in text else text


def text_of_html(source: str) -> str:
    """What a reader sees of the HTML, its paragraphs on lines of their own."""
    if "<" in source:
        source = _TAG.sub("", _BREAKING_TAG.sub("\n", source))
    return unescape(source).strip()


def paragraphs(text: str) -> str:
    """Plain text; blank lines part its paragraphs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def published(text: str) -> str:
    """The day or month as 2021-04-21 or 2021-04, where the text states more than a year."""
    found = _DAY.search(text)
    in_chinese = _DAY_IN_CHINESE.search(text)
    year, month, day = found.group(1, 3, 4) if found else ("", "", "")
    if in_chinese:
        year, month, day = in_chinese.groups()
    if not month or not 1 <= int(month) <= 12:
        return ""
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}"


def pages(text: str) -> str:
    return _PAGES.sub(r"\1-\2", one_line(text.translate(_DASHES)))


def page_range(first: str, last: str) -> str:
    return pages(f"{first}-{last}" if first and last and first != last else first or last)


def book_numbers(text: str) -> tuple[str, str]:
    """The ISBNs and the ISSNs of a text, whichever it was called."""
    found: dict[int, list[str]] = {8: [], 10: [], 13: []}
    for number in _DIGITS.findall(text):
        for piece in _numbers(number):
            found[len(piece)].append(piece)
    books = [*found[13], *found[10]] if found[13] else found[10]
    return " ".join(dict.fromkeys(books)), " ".join(dict.fromkeys(found[8]))


def _numbers(text: str) -> Iterable[str]:
    """The numbers of a run of digits: one, parted by hyphens or blanks, or several by blanks."""
    whole = _bare(text)
    pieces = [whole] if len(whole) in {8, 10, 13} else [_bare(piece) for piece in text.split()]
    return [piece for piece in pieces if len(piece) in {8, 10, 13} and "X" not in piece[:-1]]


def _bare(text: str) -> str:
    return re.sub(r"[^\dX]", "", text.upper())


def keywords(texts: Iterable[str]) -> str:
    """The words of all texts, each once, parted by `; `."""
    found: dict[str, str] = {}
    for text in texts:
        parts = re.split(r"\s*[;|\n]\s*", text)
        if len(parts) == 1:
            parts = text.split(",")
        for part in filter(None, map(one_line, parts)):
            found.setdefault(part.casefold(), part)
    return "; ".join(found.values())
