"""Venues: whether two names can be those of one journal, book or meeting."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# fmt: off
# Where works are before, or beside, their being published; and what says nothing of where.
_NOT_YET = re.compile(
    r"\b(?:arxiv|corr|(?:bio|med|chem|psy|soc|eco|tech|eng)rxiv|psyarxiv|socarxiv|ssrn|hal|zenodo"
    r"|osf|e-?prints?|preprints?|openreview|research ?square|submitted|submission|under review"
    r"|to appear|in press|forthcoming|accepted|unpublished|manuscript|draft|working papers?"
    r"|tech(?:nical)?\.? rep(?:ort)?s?|lecture notes|lncs|lnai|blog|n/a|unknown)\b",
    re.IGNORECASE,
)
# Words that a name may have or not.
_SELDOM_TELLS = frozenset({
    "abstracts", "acm", "advances", "aip", "and", "annual", "aps", "at", "conf", "conference",
    "congress", "der", "des", "die", "du", "ed", "edition", "elsevier", "et", "fifth", "first",
    "for", "forum", "fourth", "ieee", "in", "int", "inter", "international", "intl", "la", "le",
    "long", "main", "meeting", "nd", "of", "on", "online", "oral", "papers", "part",
    "poster", "press", "print", "proc", "proceedings", "rd", "second", "selected",
    "series", "short", "siam", "sons", "spotlight", "springer", "st", "symp", "symposium", "th",
    "the", "third", "track", "und", "usa", "usenix", "verlag", "vol", "volume", "wiley", "workshop",
    "workshops", "y",
})
_OF_MEETINGS = frozenset({
    "conf", "conference", "congress", "meeting", "proc", "proceedings", "symp", "symposium",
    "tagung", "workshop", "workshops",
})
# Journals that go by letters alone, as meetings do.
_JOURNALS = frozenset({
    "aij", "aoas", "apl", "bmj", "cacm", "csur", "cviu", "ijcv", "ijrr", "jacm",
    "jacs", "jair", "jama", "jasa", "jbc", "jcb", "jcp", "jcs", "jfm", "jfp", "jfr",
    "jhep", "jmlr", "jrssb", "jsac", "lmcs", "mnras", "nejm", "nar", "pami", "pnas", "pra", "prb",
    "prc", "prd", "pre", "prl", "prx", "ral", "rmp", "sicomp", "taco", "tacl",
    "talg", "tase", "tbme", "tcad", "tcbb", "tcs", "tcsvt", "tcyb", "tdsc", "tecs", "tgrs",
    "tifs", "tip", "tist", "tit", "tkde", "tkdd", "tmc", "tmi", "tmis", "tmlr", "tmm", "tnn",
    "tnnls", "tochi", "tocl", "tocs", "toct", "tods", "tog", "tois", "tomacs", "tomm", "toms",
    "ton", "topc", "toplas", "tops", "tosem", "tosn", "tpami", "tpds", "tro", "tse", "tsp",
    "tvcg", "vldbj",
})
# fmt: on
_SHORT = 4
# A name of so many telling words is seldom the beginning of another one's.
_LONG = 3
_USA = re.compile(r"\bU\.?\s?S\.?\s?A\b\.?")
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Za-z]{2,12}(?:[-@ ][A-Z]+)?")


@lru_cache(maxsize=20_000)
def are_others(one: str, other: str) -> bool:
    """Return whether two names are for certain of two places.

    They are not where one of them says too little, is of a server of preprints, or may be the
    other's abbreviation.
    """
    if not one or not other or _NOT_YET.search(one) or _NOT_YET.search(other):
        return False
    first, second = _words(one), _words(other)
    short, long = sorted((_telling(first), _telling(second)), key=len)
    if not short or short == long or _are_near(short, long):
        return False
    if len(short) >= _LONG and long[: len(short)] == short:
        return False  # a series, a section or a subtitle
    if _abbreviates(first, second) or _abbreviates(second, first):
        return False
    return not (_is_acronym_of(one, second) or _is_acronym_of(other, first))


@lru_cache(maxsize=20_000)
def is_book_or_journal(name: str) -> bool:
    """Return whether a work that is there is nowhere else: not so at a meeting, or before it
    appears.
    """
    words = _words(name)
    acronym = (_acronym(name) or "").casefold()
    is_meeting = _OF_MEETINGS & set(words) or (acronym and acronym not in _JOURNALS)
    return bool(_telling(words)) and not is_meeting and not _NOT_YET.search(name)


def is_not_yet(name: str) -> bool:
    """Return whether the name is of a server of preprints, or says that the work is to appear."""
    return bool(_NOT_YET.search(name))


def _words(name: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", _USA.sub("USA", name))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _WORD.findall(bare.casefold().replace("'", ""))


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if word not in _SELDOM_TELLS]


def _are_near(one: list[str], other: list[str]) -> bool:
    """Return whether they differ in slips of the pen: one letter of a long word."""
    return len(one) == len(other) and all(
        Levenshtein.distance(*two, score_cutoff=1) <= (1 if len(two[0]) > _SHORT else 0)
        for two in zip(one, other, strict=True)
    )


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """`J. Mach. Learn. Res.`: each word of one shortens a word of the other, in their order."""
    mine = [word for word in short if word not in {"of", "the", "and", "in", "on", "for"}]
    left = [word for word in long if word not in {"of", "the", "and", "in", "on", "for"}]
    over: list[str] = []
    for word in mine:
        while left and not _shortens(word, left[0]):
            over.append(left.pop(0))
        if left:
            left.pop(0)
        else:
            over.append(word)
    return not _telling(over + left)


def _shortens(short: str, long: str) -> bool:
    """`natl` shortens `national`: its letters are there, in their order, the first one first."""
    if not long.startswith(short[0]):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def _acronym(name: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", name)
    telling = [word for word in words if word.casefold() not in _SELDOM_TELLS]
    return telling[0] if len(telling) == 1 and _ACRONYM.fullmatch(telling[0]) else None


def _is_acronym_of(name: str, words: list[str]) -> bool:
    """Return whether a name such as NeurIPS may be made of the words.

    Its letters are theirs in their order, from the beginning of a word on: no rule tells which. Two
    acronyms are two places, unless one shortens the other.
    """
    acronym = (_acronym(name) or "").casefold()
    if not acronym:
        return False
    telling = _telling(words)
    if len(telling) == 1:
        return _shortens(acronym, telling[0]) or _shortens(telling[0], acronym)
    return acronym in words or any(
        _shortens(acronym, "".join(words[place:])) for place in range(len(words))
    )
