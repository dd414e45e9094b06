"""People as BibTeX has them, `Family, Given and …`, and as a paper keeps them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from papers.formats.bibtex.latex import plain_text, tidied_latex, written
from papers.formats.bibtex.symbols import ACCENTS, symbol
from papers.formats.core import people
from papers.formats.core.people import Name, People
from papers.formats.core.text.repair import one_line

_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|V|Esq|Ph\.? ?D)\.?", re.IGNORECASE)
_MORE = re.compile(r"(?:others|et\.? ?al\.?|\.\.\.|…)", re.IGNORECASE)
# DBLP tells namesakes apart by a number.
_NUMBER_OF_NAMESAKE = re.compile(r"(?<=\w)\s+\d{4}$")
_MORE_AT_THE_END = re.compile(r"[\s,]+et\.? ?al\.?$", re.IGNORECASE)
_PART = re.compile(r"[{}]|\s+and(?=\s)|[\s~]+|,|;", re.IGNORECASE)
_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_NAMED_PART = re.compile(r"\s*(family|given|prefix|suffix)(?:-i)?\s*=\s*(.*)", re.DOTALL)
# The blank behind a letter's command, as in `Sv\\aa rd`, belongs to the command.
_LETTER = re.compile(r"\\([A-Za-z]+)[ \t]+(?=[^\W\d_])")
_PLAIN = re.compile(r"[^\\{}~;$]*+")
# What BibTeX would read as something else than a letter of a name.
_PARTING = re.compile(r"\band\b|[,;]", re.IGNORECASE)


def read_names(latex: str) -> People:
    """Return the people of a field such as author or editor."""
    names: list[Name] = []
    has_more = False
    latex = _LETTER.sub(_with_braces, tidied_latex(latex))
    for one in _parted(latex, "and"):
        if _MORE.fullmatch(one.strip()):
            has_more = True
            continue
        shorter = _MORE_AT_THE_END.sub("", one)
        has_more = has_more or shorter != one
        names += [name for name in _names(shorter) if name.family]
    return People(tuple(names), has_more)


def write_names(text: str) -> str:
    """Return the field such that reading it gives the people of the text, though not always the
    text.
    """
    named = people.parted(text)
    if not named.names:
        return _braced(text)
    names = [_written_name(name) for name in named.names]
    return " and ".join([*names, *(["others"] if named.has_more else [])])


def _with_braces(found: re.Match[str]) -> str:
    is_letter = found[1] not in ACCENTS and bool((symbol(found[1]) or "").strip())
    return f"\\{found[1]}{{}}" if is_letter else found[0]


@lru_cache(maxsize=20_000)
def _names(latex: str) -> tuple[Name, ...]:
    """Return the name; or several, where they are separated in another way."""
    return tuple(_found(_NUMBER_OF_NAMESAKE.sub("", latex.strip())))


def _found(latex: str) -> Iterator[Name]:
    if _is_braced(latex):
        yield Name(_one_piece(plain_text(latex)))
        return
    pieces = [piece.strip() for piece in _parted(latex, ",")]
    if len(list(_parted(latex, ";"))) > 1 or _is_a_list(pieces):
        yield from people.parted(one_line(plain_text(latex))).names
    elif any(map(_NAMED_PART.match, pieces)):
        yield _named(pieces)
    elif len([piece for piece in pieces if piece]) > 1:
        yield _reversed([piece for piece in pieces if piece])
    else:
        yield _in_order(pieces[0] or "".join(pieces))


def _is_a_list(pieces: list[str]) -> bool:
    """`A. Author, B. Author, C. Author`, which would else be one name with much in it."""
    return len(pieces) > 3 or (
        len(pieces) == 3
        and not any(map(_is_suffix, pieces))
        and all(" " in piece for piece in pieces)
    )


def _is_suffix(piece: str) -> bool:
    return bool(_SUFFIX.fullmatch(one_line(plain_text(piece))))


def _reversed(pieces: list[str]) -> Name:
    """`Family, Given` or `Family, Jr, Given`; some write the `Jr` last."""
    family, *others = [_one_piece(plain_text(piece)) for piece in pieces]
    suffixes = [other for other in others if _SUFFIX.fullmatch(other)]
    given = [other for other in others if other not in suffixes]
    if not suffixes:
        given.reverse()
    return Name(family, ", ".join(filter(None, [" ".join(given), *suffixes])))


def _named(pieces: list[str]) -> Name:
    """`family=…, given=…`, as biblatex has it too."""
    found = [one for one in map(_NAMED_PART.match, pieces) if one]
    parts = {one[1]: _one_piece(plain_text(one[2].strip('" '))) for one in found}
    family = " ".join(filter(None, [parts.get("prefix"), parts.get("family")]))
    return Name(family, ", ".join(filter(None, [parts.get("given"), parts.get("suffix")])))


def _in_order(latex: str) -> Name:
    """`Given von Family`: the family begins with the first small word, or is the last word."""
    if _PLAIN.fullmatch(latex):
        return _by_its_look(one_line(latex))
    words = [word for word in _parted(latex, " ") if word]
    texts = [_one_piece(plain_text(word)) for word in words]
    if len(words) < 2:
        return Name(" ".join(texts))
    small = [number for number, word in enumerate(words[1:-1], 1) if _is_small(word)]
    at = small[0] if small else len(words) - 1
    return Name(" ".join(texts[at:]), " ".join(texts[:at]))


def _by_its_look(text: str) -> Name:
    words = text.split()
    small = [number for number, word in enumerate(words[1:-1], 1) if _is_small(word)]
    named = people.parted(text).names
    if len(named) == 1 and (not named[0].given or not small):
        return named[0]
    at = small[0] if small else len(words) - 1
    return Name(" ".join(words[at:]), " ".join(words[:at]))


def _is_small(word: str) -> bool:
    """Return whether a word is a `von`; one in braces is not, unless the braces are an accent's."""
    return (
        not (word.startswith("{") and not word.startswith("{\\")) and plain_text(word)[:1].islower()
    )


def _is_braced(latex: str) -> bool:
    """Return whether one pair of braces holds the whole name."""
    if not latex.startswith("{") or latex.startswith("{\\"):
        return False
    depth = 0
    for found in re.finditer(r"[{}]", latex):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.end() == len(latex)
    return False


def _one_piece(text: str) -> str:
    """Return the text in one line, without what would part it from others."""
    return one_line(text.replace(";", ",")).strip(", ")


def _parted(latex: str, by: str) -> Iterator[str]:
    """Yield the parts between `and`, a comma, a semicolon or blanks that no brace encloses."""
    if "{" not in latex and by != " ":
        yield from _AND.split(latex) if by == "and" else latex.split(by)
        return
    depth = begin = 0
    for found in _PART.finditer(latex):
        mark = found[0].casefold()
        if mark in {"{", "}"}:
            depth += 1 if mark == "{" else -1
        elif depth <= 0 and (mark.replace("~", " ").strip() or " ") == by:
            yield latex[begin : found.start()]
            begin = found.end()
    yield latex[begin:]


def _written_name(name: Name) -> str:
    if not name.given:
        is_a_word = name.family.isalnum() and not _MORE.fullmatch(name.family)
        return written(name.family) if is_a_word else _braced(name.family)
    given, comma, suffix = name.given.rpartition(", ")
    if comma and given and _SUFFIX.fullmatch(suffix):
        return ", ".join(map(_written_part, (name.family, suffix, given)))
    return ", ".join(map(_written_part, (name.family, name.given)))


def _written_part(text: str) -> str:
    return _braced(text) if _PARTING.search(text) or "=" in text else written(text)


def _braced(text: str) -> str:
    return "{" + written(text) + "}"
