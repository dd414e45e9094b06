"""Numbers of books and journals, whose last digit proves the others."""

import re
from collections.abc import Callable

_HYPHENS = re.compile(r"[\s‐‑‒–—-]+")
_ISBN_PREFIX = re.compile(r"^\s*(?:e-?)?isbn(?:-1[03])?:?\s*", re.IGNORECASE)
_ISSN_PREFIX = re.compile(r"^\s*(?:e-?)?issn(?:-l)?:?\s*", re.IGNORECASE)


def isbn(text: str) -> str:
    """The ISBN that the text is, with or without hyphens, as the thirteen digits; else empty."""
    bare = _HYPHENS.sub("", _ISBN_PREFIX.sub("", text)).upper()
    if re.fullmatch(r"97[89]\d{10}", bare, re.ASCII):
        return bare if bare[-1] == _last_of_thirteen(bare[:-1]) else ""
    if re.fullmatch(r"\d{9}[\dX]", bare, re.ASCII) and bare[-1] == _last_of_ten(bare[:-1]):
        return f"978{bare[:-1]}{_last_of_thirteen('978' + bare[:-1])}"
    return ""


def isbns(text: str) -> str:
    """Several of them, each once, parted by blanks; empty where one of them is none."""
    return isbn(text) or _several(_ISBN_PREFIX.sub("", text), isbn)


def issns(text: str) -> str:
    """The ISSNs that the text is, as eight digits each, parted by blanks; empty if one is none."""
    return _issn(text) or _several(_ISSN_PREFIX.sub("", text), _issn)


def _issn(text: str) -> str:
    bare = _HYPHENS.sub("", _ISSN_PREFIX.sub("", text)).upper()
    if not re.fullmatch(r"\d{7}[\dX]", bare, re.ASCII):
        return ""
    total = sum(int(digit) * weight for digit, weight in zip(bare, range(8, 1, -1), strict=False))
    return bare if bare[-1] == _modulo_eleven(total) else ""


def _several(text: str, read: Callable[[str], str]) -> str:
    pieces = [piece for piece in re.split(r"[,;/\s]+", text) if piece]
    found = [read(piece) for piece in pieces]
    return " ".join(dict.fromkeys(found)) if all(found) else ""


def _last_of_ten(nine: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    return _modulo_eleven(total)


def _last_of_thirteen(twelve: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return str(-total % 10)


def _modulo_eleven(total: int) -> str:
    rest = -total % 11
    return "X" if rest == 10 else str(rest)
