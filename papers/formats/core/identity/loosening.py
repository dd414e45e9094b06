"""Titles without what one and the same work is often called with or without.

What is left is no identity: `likeness` suggests such works, and a person decides.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from papers.formats.core import identity
from papers.formats.core.identity import signs

# fmt: off
_ARTICLES = frozenset({
    "a", "an", "the", "das", "der", "die", "ein", "eine", "la", "le", "les", "un", "une", "el",
    "los", "las", "una", "il", "lo", "gli", "o", "os", "um", "uma", "de", "het", "een", "ett", "et",
})
_AND = frozenset({"&", "and", "und", "et", "y", "e", "en", "og", "och", "και", "и", "ve"})
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}
# fmt: on
_GREEK_LETTER = re.compile(f"[{''.join(_GREEK)}]")
_LETTERS = {name: letter for letter, name in _GREEK.items() if letter != "ς"}
_LETTER_NAMED = re.compile(rf"(?<![a-z])(?:{'|'.join(_LETTERS)})(?![a-z])")
_AND_WORD = re.compile(r"\b(?:and|und|et)\b", re.IGNORECASE)
_NAMED = re.compile(rf"\\({'|'.join(_GREEK.values())})(?![a-z])")
_SUBTITLE = re.compile(r"\s*(?:[:：?？!！|]|\.(?=\s)|[–—―]|(?<=\s)--?(?=\s)|\s\()")
# Parts, and versions; and the signs that tell as much as a number does.
_NUMBER = re.compile(r"\d+|\b(?:i{1,3}|iv|vi{0,3}|ix)\b|[+♯⁎∸≠=∘]")


def _plain(title: str) -> str:
    return unicodedata.normalize("NFKC", title).casefold()


def without_article(title: str) -> str:
    first, blank, rest = title.strip().partition(" ")
    return rest if blank and first.casefold() in _ARTICLES else title


def with_and(title: str) -> str:
    words = html.unescape(title).replace("&", " & ").split()
    return " ".join("&and" if word.casefold() in _AND else word for word in words)


def with_named_letters(title: str) -> str:
    """Greek letters by their names, unless the title itself is Greek."""
    plain = _NAMED.sub(r"\1", _plain(title))
    greek = _GREEK_LETTER.findall(plain)
    if 2 * len(greek) > sum(map(str.isalpha, plain)) and len(greek) > 1:
        return title
    return _GREEK_LETTER.sub(lambda found: _GREEK[found[0]], plain)


# How titles of one work differ, in the words of a sentence, and what makes them equal.
LOOSENINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("a leading article", without_article),
    ("“&” and “and”", with_and),
    ("the name of a Greek letter", with_named_letters),
)


@lru_cache(maxsize=20_000)
def loosened(title: str) -> str:
    for _, loosen in LOOSENINGS:
        title = loosen(title)
    return identity.comparable_title(title)


def variants(title: str) -> set[str]:
    """Other spellings that loosen to the same, as far as they follow from the title."""
    bare = without_article(title)
    bases = {title, bare, *(f"{article} {bare}" for article in ("the", "a", "an"))}
    bases |= {title[: found.start()] for found in [_SUBTITLE.search(title, 1)] if found}
    named = {with_named_letters(base) for base in bases}
    lettered = {_LETTER_NAMED.sub(lambda found: _LETTERS[found[0]], base) for base in named}
    every = bases | named | lettered
    anded = {base.replace("&", " and ") for base in every}
    return every | anded | {_AND_WORD.sub("&", base) for base in anded}


def difference(one: str, other: str) -> str:
    """In what two titles differ that are loosened the same."""
    for words, loosen in LOOSENINGS:
        if identity.comparable_title(loosen(one)) == identity.comparable_title(loosen(other)):
            return words
    return "how they are spelt"


@lru_cache(maxsize=20_000)
def head(title: str) -> str:
    """Return the title without its subtitle, loosened; empty where it has none."""
    found = _SUBTITLE.search(title, 1)
    behind = title[found.end() :] if found else ""
    return loosened(title[: found.start()]) if found and any(map(str.isalnum, behind)) else ""


@lru_cache(maxsize=20_000)
def comparable_words(title: str) -> tuple[str, ...]:
    """Return the words as they are compared, each loosened."""
    for _, loosen in LOOSENINGS:
        title = loosen(title)
    words = re.split(r"[\s‐‑–—-]+", title)
    return tuple(filter(any, map(identity.comparable_title, words)))


@lru_cache(maxsize=20_000)
def numbers_in(title: str) -> tuple[str, ...]:
    """Return the numbers in a title, which tell parts and versions of a work apart."""
    return tuple(_NUMBER.findall(signs.with_signs(title).casefold()))
