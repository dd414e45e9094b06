"""Tell by the look whether words are people's names."""

import re
from functools import lru_cache

# The same words are looked at from several sides while a line is read.
_remembered = lru_cache(maxsize=4_096)

_MORE = re.compile(
    r",?\s*(?:\bet[.\s]*al\b\.*|\band others\b|\bu\. ?a\.|\.\.\.|…|等)[.,]*\s*", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?(?:[,;&、，]|\b(?:and|und|et|y|e)\b)\s*")
_FOOTNOTE = re.compile(r"[*†‡§¶#⋆¹²³⁴⁵]|\\\*")
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.|(?<=\s)[^\W\d_a-z]{1,2}(?=\s*(?:,|;|$| and ))")
_TWO = re.compile(r"\s(?:and|&|und|et)\s")
# fmt: off
_PARTICLES = frozenset({
    "al", "af", "av", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos",
    "du", "el", "ibn", "la", "le", "st", "ten", "ter", "van", "vom", "von", "zu", "zur",
})
_NO_NAMES = frozenset({
    "and", "appendix", "book", "by", "chapter", "chapters", "ed", "edition", "episode", "figure",
    "in", "lecture", "lemma", "month", "no", "page", "pages", "part", "section", "session",
    "step", "table", "the", "theorem", "unit", "version", "vol", "volume", "week", "year",
})
# fmt: on
# "Sequence-to-sequence" is a word, "Jean-Pierre" a name.
_COMPOUND = re.compile(r"-[a-z]+(?:-|$)")
_IN_NAMES = dict.fromkeys(map(ord, ".'’`´‐-"))


# In no name: a figure, or a longer word in small letters.
_OF_NO_NAME = re.compile(r"[0-9]|(?<!\S)(?!others\b|etal\b|della\b)[a-z]{4,}(?!\S)")


@_remembered
def are_names(text: str) -> bool:
    """Return whether the text can be the names of people and nothing else."""
    if _OF_NO_NAME.search(text):
        return False
    bare = _MORE.sub(" ", _FOOTNOTE.sub("", text)).strip(" .,;:&")
    parts = [part for part in _BETWEEN.split(bare) if part]
    return bool(parts) and all(map(_is_name, parts))


@_remembered
def are_surely_names(text: str) -> bool:
    """Return whether names cannot be a title: with initials, `et al.`, or several of them in
    full."""
    if not are_names(text):
        return False
    if _MORE.search(text) or _INITIAL.search(text) or _TWO.search(text):
        return True
    return len([part for part in _BETWEEN.split(text) if " " in part.strip()]) > 1


@_remembered
def are_told(text: str) -> bool:
    """Names that cannot be anything else: with initials, `et al.`, or three of them and more."""
    if not are_names(text):
        return False
    parts = [part for part in _BETWEEN.split(text) if " " in part.strip()]
    return bool(_MORE.search(text) or _INITIAL.search(text)) or len(parts) > 2


def _is_name(part: str) -> bool:
    words = part.replace(".", ". ").split()
    if not 0 < len(words) <= 5:
        return False
    capital = [word for word in words if _is_capital(word)]
    is_article = words[0] in {"An", "A"} and len(words) > 1  # else an initial
    if is_article or any(word.casefold() in _NO_NAMES for word in words):
        return False
    if not capital:
        return False
    return all(word in capital or word.casefold() in _PARTICLES for word in words)


@_remembered
def _is_capital(word: str) -> bool:
    letters = word.translate(_IN_NAMES)
    return letters.isalpha() and not letters[0].islower() and not _COMPOUND.search(word)
