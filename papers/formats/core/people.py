"""People's names: the one text that a paper keeps of them, and its parts.

Where a source parts names itself, they are kept as `Family, Given; Family, Given`, and what cannot
be parted (an organisation) is one piece; `et al.` at the end says that there are more. A
list in Markdown keeps what someone wrote, such as `Han et al.`, which is parted by its look.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_MORE = re.compile(
    r"[\s,;]*(?:\bet[.\s]*al\b\.*|\b(?:and|und|et|y) others\b|\.\.\.|…|\bu\. ?a\.|等)[\s,;.]*$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:;|\s(?:and|und|&)\s|\s*&\s*)\s*")
_COMMA = re.compile(r"\s*,\s*(?:and\s+|&\s*)?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]*){1,4}")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?", re.IGNORECASE)
# fmt: off
_PARTICLES = frozenset({
    "al", "af", "av", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos",
    "du", "el", "ibn", "la", "le", "ten", "ter", "van", "vom", "von", "zu", "zur",
})
_OF_ORGANISATIONS = frozenset({
    "agency", "association", "board", "center", "centre", "collaboration", "college", "commission",
    "committee", "community", "company", "consortium", "contributors", "corporation", "council",
    "department", "developers", "foundation", "group", "inc", "initiative", "institut",
    "institute", "laboratory", "labs", "ministry", "network", "office", "organisation",
    "organization", "program", "programme", "project", "research", "school", "service", "society",
    "team", "the", "university",
})
# fmt: on


# What is found in the place of people but names none: a footnote, a class of arXiv.
_NO_PERSON = re.compile(
    r"\[?\s*(?:\^[^\[\]\s]{1,40}|(?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)"
    r"|math(?:-ph)?|nlin|nucl-(?:ex|th)|physics|q-bio|q-fin|quant-ph|stat)(?:\.[A-Za-z-]{2,20})?)"
    r"\s*\]?"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or in `family` alone an organisation or a name of one piece."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class People:
    names: tuple[Name, ...] = ()
    # Whether there are more than those named: "et al."
    has_more: bool = False

    def __str__(self) -> str:
        """Return the text that a paper keeps. Read again it gives the same people."""
        return "; ".join([*map(str, self.names), *(["et al."] if self.has_more else [])])


def is_no_person(text: str) -> bool:
    """Return whether the text, in brackets or without, is a footnote or a class of arXiv."""
    return bool(_NO_PERSON.fullmatch(text))


def parted(text: str) -> People:
    """Return the people of a text in any of the ways in which they are written."""
    shorter = _MORE.sub("", text)
    has_more = shorter != text
    pieces = [piece for piece in _pieces(" ".join(shorter.split())) if piece]
    return People(tuple(_name(piece) for piece in pieces), has_more)


@lru_cache(maxsize=20_000)
def first_surname(text: str) -> str:
    """Return the surname that the text names first, as it is compared; empty where it names
    none.
    """
    people = parted(text)
    return comparable_name(people.names[0].family) if people.names else ""


def may_be_of_the_same(one: str, other: str) -> bool:
    """Return whether two texts may name the same people: each has the first surname of the other,
    or one of them names none.
    """
    first, second = first_surname(one), first_surname(other)
    if not first or not second:
        return True
    return first in comparable_name(other) or second in comparable_name(one)


def comparable_name(name: str) -> str:
    """Return the name without case, accents, blanks and punctuation."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, bare))


def _pieces(text: str) -> Iterable[str]:
    if ";" in text:
        return [piece.strip(" ,") for piece in text.split(";")]
    parts = [piece.strip(" ,") for piece in _AND.split(text)]
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        return parts  # Author, Ann and Other, Bo
    return [name for part in parts for name in _split_at_commas(part)]


def _split_at_commas(text: str) -> list[str]:
    """`A. Author, B. Author` is two names, `Author, A.` one, `Author, Ann Bea` one, too, and
    `Author, A., Other, B.` two."""
    parts = _COMMA.split(text)
    if len(parts) == 1:
        return parts
    is_one = len(parts) == 2 and _is_one_word(parts[0]) and not _SUFFIX.fullmatch(parts[1])
    is_reversed = len(parts) % 2 == 0 and all(map(_may_be_given, parts[1::2]))
    if is_one or (is_reversed and not all(" " in part for part in parts)):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return _with_suffixes(parts)


def _is_one_word(part: str) -> bool:
    """`Muster`, or `van den Muster`: a surname to which what follows a comma belongs."""
    return len([word for word in part.split() if word.casefold() not in _PARTICLES]) == 1


def _may_be_given(part: str) -> bool:
    return bool(_INITIALS.fullmatch(part)) or " " not in part


def _with_suffixes(parts: list[str]) -> list[str]:
    names: list[str] = []
    for part in parts:
        if names and _SUFFIX.fullmatch(part):
            names[-1] = f"{names[-1]} {part}"
        else:
            names.append(part)
    return names


def _name(piece: str) -> Name:
    family, comma, given = piece.partition(",")
    if comma and given.strip():
        return Name(family.strip(), given.strip())
    words = piece.rstrip(",").split()
    if len(words) < 2 or {word.casefold().strip(".") for word in words} & _OF_ORGANISATIONS:
        return Name(" ".join(words))
    if _INITIALS.fullmatch(words[-1]) and len(words[-1].strip(".")) <= 3 and words[-1].isupper():
        return Name(" ".join(words[:-1]), words[-1])  # Wang M.
    at = len(words) - 1
    if _SUFFIX.fullmatch(words[at]) and at > 1:
        at -= 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at]))
