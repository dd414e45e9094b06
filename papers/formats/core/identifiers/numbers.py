"""Numbers of a work anywhere in a text; `identifiers` has the spelling of each."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from papers.formats.core import identifiers
from papers.formats.core.identifiers.arxiv_numbers import ARCHIVES

# A number is near the beginning of what names it, or it is none of the work's.
_LONGEST_NOTE = 20_000
_LONGEST_ADDRESS = 2_000
# A DOI may contain a comma or a blank, but not before another one.
_BETWEEN_DOIS = re.compile(
    r"(?<![\s,;|])(?:[,;|]|\s|\band\b)++(?=(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/)",
    re.IGNORECASE,
)

IdentifierReader = tuple[str, Callable[[str], str]]


@dataclass(frozen=True, slots=True)
class IdentifierSpelling:
    """A way in which numbers are written in a text.

    `readers` make the number of what the pattern finds, the first that can. One that is `sure` is
    a number in any sentence; another may be anything there, and is read only from what someone
    pasted because it holds numbers.
    """

    pattern: re.Pattern[str]
    readers: tuple[IdentifierReader, ...]
    is_sure: bool = True

    def read(self, text: str) -> tuple[str, str] | None:
        """Return the kind of number and the number."""
        found = ((name, read(text)) for name, read in self.readers)
        return next(((name, number) for name, number in found if number), None)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its position in a text."""

    start: int
    end: int
    name: str
    number: str


# fmt: off
_NEXT = r"[,;](?:https?:|doi:|10\.\d|arxiv:|\d{4}\.\d{4,5}\b|pmid)"
# In an old DOI pages and title are in angle brackets, `<446:EOTOFR>`: a tag has no colon.
IN_ANGLES = r"<[^<>\s/]{0,60}:[^<>\s/]{0,60}>"
_NEW = r"\d{4}\.\d{4,5}"
_CLASS = r"(?:\.[a-z]{2,4}(?:-[a-z]{2,4})?)?"
_OLD = rf"(?:{'|'.join(ARCHIVES)}){_CLASS}/\d{{7}}"
# Without its name, a number is one of arXiv only where it can be: month and length say so.
_MONTHLY = (
    r"(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})"
    r"(?:v\d+)?"
)
_ARXIV = (
    r"(?:arxiv(?:\.org/(?:abs|pdf|html)/|[:\s.]\s{0,3}|\s{0,3}(?:id|e-?prints?|preprint)[\s:]{1,4})"
    r"{1,3}|corr\s+abs/)"
)
_HYPHEN = "[ ‐‑–-]?"


def _bare_arxiv(text: str) -> str:
    """Return the arXiv ID in the text without the words around it; empty if there is none."""
    found = re.search(rf"(?:{_NEW}|[a-z-]{{2,12}}{_CLASS}/\d{{7}})(?:v\d+)?", text, re.IGNORECASE)
    return identifiers.arxiv(found[0]) if found else ""


def _spelling(pattern: str, *readers: IdentifierReader, is_sure: bool = True) -> IdentifierSpelling:
    return IdentifierSpelling(re.compile(pattern, re.IGNORECASE | re.ASCII), readers, is_sure)


_AS_DOI = (("doi", identifiers.doi), ("arxiv", identifiers.arxiv))
_AS_ARXIV = ("arxiv", _bare_arxiv)
_AS_SCHOLAR = ("semantic_scholar", identifiers.semantic_scholar)
_AS_ISBN = ("isbn", identifiers.isbn)
# The stricter come first: what one has found, the next does not see.
SPELLINGS = (
    _spelling(
        rf"(?<![\w./-])(?:doi\s?[:=]?\s?){{0,3}}(?<![\w./-])(?<!ı:)10\.\d{{4,9}}(?:\.\d+)*/"
        rf"(?:(?!{_NEXT}|\]\()[^\s\"“”|<>]|{IN_ANGLES})+", *_AS_DOI,
    ),
    _spelling(r"(?<![\w./-])doi:\s*10/[a-z0-9]{3,10}\b", *_AS_DOI),
    _spelling(
        rf"(?<![\w./-]){_ARXIV}(?:{_NEW}|[a-z-]{{2,12}}{_CLASS}/\d{{7}})(?:v\d+)?\b(?!\.\d)"
        rf"(?:\s?\[[a-z-]{{2,8}}{_CLASS}\])?", _AS_ARXIV,
    ),
    _spelling(
        r"(?<!\w)(?:pmid|pubmed(?: ?id)?)(?:\s?[:=]\s{0,3}|\s)[1-9][0-9]{0,8}(?![\w.]\d|\w)",
        ("pmid", identifiers.pmid),
    ),
    _spelling(r"(?<!\w)(?:pmcid[:\s]\s*)?pmc[0-9]{3,9}(?!\w)", ("pmcid", identifiers.pmcid)),
    _spelling(r"(?<!\w)openalex[:\s]\s*w[0-9]{1,18}(?!\w)", ("openalex", identifiers.openalex)),
    _spelling(
        r"(?<!\w)(?:semantic scholar[:\s]\s*)?corpus ?id[:\s]\s*[0-9]{1,12}(?!\w)", _AS_SCHOLAR
    ),
    _spelling(
        rf"(?<![\w-])(?:e-?)?isbn(?:-1[03])?[:\s]\s*(?:97[89]{_HYPHEN})?(?:[0-9]{_HYPHEN}){{9}}"
        r"[0-9x](?![\w-])", _AS_ISBN,
    ),
    _spelling(rf"(?<![\w./-]){_OLD}(?:v\d+)?(?!\w)", _AS_ARXIV),
    _spelling(rf"(?<=\[){_MONTHLY}(?=\](?!\())", _AS_ARXIV),
    # What may be anything in a sentence.
    _spelling(r"(?<!\w)w[0-9]{6,18}(?!\w)", ("openalex", identifiers.openalex), is_sure=False),
    _spelling(
        r"(?<!\w)(?:semantic scholar[:\s]\s*)?[0-9a-f]{40}(?!\w)", _AS_SCHOLAR, is_sure=False
    ),
    _spelling(
        rf"(?<![\w-])(?:97[89](?:{_HYPHEN}[0-9]){{10}}|[0-9]{{9}}[0-9x]"
        r"|[0-9]{1,5}[‐‑–-][0-9]{1,7}[‐‑–-][0-9]{1,7}[‐‑–-][0-9x])(?![\w-])",
        _AS_ISBN, is_sure=False,
    ),
    _spelling(rf"(?<![\w./$€£-]){_MONTHLY}(?![\w%]|\.\d)", _AS_ARXIV, is_sure=False),
)
# fmt: on
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
# Replaces what is cut out until the text is tidied up.
_GONE = "\ue000"
_AT_THE_END = re.compile(r"[.,;:!?'’*_]+$")


def found_in(text: str, *, is_sure: bool = False) -> tuple[str, list[Number]]:
    """Return the text with blanks in the place of its numbers, and these in no order.

    `is_sure` leaves out what may be anything in a sentence.
    """
    found: list[Number] = []
    for spelling in SPELLINGS:
        if is_sure and not spelling.is_sure:
            continue
        for match in spelling.pattern.finditer(text):
            written = trimmed(match[0])
            if read := spelling.read(_BACKSLASH.sub(r"\1", written)):
                end = match.start() + len(written)
                found.append(Number(match.start(), end, *read))
                text = f"{text[: match.start()]}{' ' * len(written)}{text[end:]}"
    return text, found


# What no sentence says: code, where a link leads, what it is called by, an address.
_LABEL = r"\[(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*\]"
_NO_SENTENCE = re.compile(
    rf"`[^`]*`|{_LABEL}\((?:<[^<>]*>|(?:\\.|[^()\s\\]|\([^()\s]*\))*)|<[a-z][^<>]*>|https?://\S+",
    re.IGNORECASE,
)
# Nearly all lines hold none.
_MAY_HOLD_ONE = re.compile(r"10\.\d{4}|\d{4}\.\d{4}|/\d{7}|p(?:mid|ubmed)\b", re.IGNORECASE)
# The signs within them, but for those that a backslash guards already.
_OF_NUMBERS = re.compile(r"(?<!\\)[.:/]")
_IN_BRACKETS = re.compile(r"\[[^\[\]]{4,80}\]\s*$")
# What was around a number and goes with it; `_GONE` is in its place.
_AROUND = tuple(
    (re.compile(pattern.replace("G", "\ue000")), left)
    for pattern, left in (
        (r"\s*[(\[][\s,;:.]*G[\s,;:.G]*[)\]]", ""),
        (r"(?<=[(\[])\s*G\s*[,;:]?\s*", ""),
        (r"\s*[,;:]?\s*G(?=\s*[)\]])", ""),
        (r"([,;])\s*G\s*[,;](?=\s|$)", r"\1"),
        (r"^G[\s.,:;–—-]*", ""),
        (r"[\s,;:–—-]*G[\s.,;:]*$", ""),
        (r"\s*G\s*", " "),
    )
)
_BLANKS = re.compile(r"[ \t]{2,}")
_KEPT = ("doi", "arxiv", "pmid")


def cut_numbers(text: str) -> tuple[str, dict[str, str]]:
    """Return a line of Markdown without the numbers that it names, and the first of each kind.

    A line that is nothing but numbers stays as it is.
    """
    if not _MAY_HOLD_ONE.search(text):
        return text, {}
    sentence = _NO_SENTENCE.sub(_blank, text)
    if not _MAY_HOLD_ONE.search(sentence) and "10/" not in sentence:
        return text, {}
    _, found = found_in(sentence, is_sure=True)
    numbers: dict[str, str] = {}
    rest = text
    for number in sorted(found, key=lambda number: number.start, reverse=True):
        if number.name in _KEPT:
            numbers[number.name] = number.number
            rest = f"{rest[: number.start]}{_GONE}{rest[number.end :]}"
    # Otherwise each run of blanks is searched from each of them.
    rest = _BLANKS.sub(" ", rest) if numbers else rest
    for pattern, left in _AROUND if numbers else ():
        rest = pattern.sub(left, rest)
    return (rest, numbers) if any(map(str.isalnum, rest)) else (text, {})


def cut_bracket(text: str) -> tuple[str, dict[str, str]]:
    """Return a line without a last bracket that holds only a number, and that number."""
    bracket = _IN_BRACKETS.search(text) if text.rstrip().endswith("]") else None
    rest, numbers = cut_numbers(f"x {bracket[0]}") if bracket else ("", {})
    return (text[: bracket.start()], numbers) if bracket and numbers and rest == "x" else (text, {})


def guarded_numbers(markdown: str) -> str:
    """The Markdown with backslashes in what would be taken for a number in it."""
    if not _MAY_HOLD_ONE.search(markdown) or not found_in(markdown, is_sure=True)[1]:
        return markdown
    return _OF_NUMBERS.sub(r"\\\g<0>", markdown)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def trimmed(text: str) -> str:
    """Without what ends the sentence, or closes the bracket, around a number or an address."""
    while True:
        shorter = _without_bracket(_AT_THE_END.sub("", text))
        if shorter == text:
            return text
        text = shorter


def _without_bracket(text: str) -> str:
    for opening, closing in ("()", "[]", "{}", "<>"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            return text[:-1]
    return text


# What the fields of a record say

_IN_NOTES = {
    "arxiv": re.compile(rf"\b{_ARXIV}({_NEW}|[a-z-]{{2,12}}{_CLASS}/\d{{7}})(?!\d)", re.IGNORECASE),
    "pmid": re.compile(
        r"(?:\bpmid\s*[:=]?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})\b",
        re.IGNORECASE,
    ),
    "openalex": re.compile(r"\bopenalex\.org/(?:works/)?(W\d{4,12})\b", re.IGNORECASE),
    "semantic_scholar": re.compile(
        r"\bsemanticscholar\.org/paper/(?:[^/\s]{1,300}/)?([0-9a-f]{40})\b", re.IGNORECASE
    ),
}


def stated_doi(text: str) -> str:
    """The DOI that the text is or holds, the first where it holds several."""
    text = identifiers.unescaped(text[:_LONGEST_ADDRESS])
    found = (match[0] for spelling in SPELLINGS[:2] for match in spelling.pattern.finditer(text))
    stated = next(filter(None, map(identifiers.doi, map(trimmed, found))), "")
    return stated or identifiers.doi(text) or identifiers.doi_of(text)


def dois(texts: Iterable[str]) -> list[str]:
    """The DOIs of the texts, each of which is one or names several; each once, in their order."""
    return _each(texts, stated_doi)


def arxiv_dois(texts: Iterable[str]) -> list[str]:
    """Return the arXiv IDs among the same, whose DOIs are of arXiv's making."""
    return _each(texts, identifiers.arxiv)


def _each(texts: Iterable[str], spelt: Callable[[str], str]) -> list[str]:
    shortened = (text[:_LONGEST_NOTE].strip() for text in texts)
    pieces = (piece for text in shortened for piece in _BETWEEN_DOIS.split(text))
    return list(dict.fromkeys(filter(None, map(spelt, pieces))))


def doi_of_address(address: str) -> str:
    return identifiers.doi_of(address) if len(address) <= _LONGEST_ADDRESS else ""


def first_arxiv(texts: Iterable[str]) -> str:
    """Return the arXiv ID that is named as one in the texts."""
    return _first("arxiv", texts, identifiers.arxiv)


def arxiv_of_address(address: str) -> str:
    return identifiers.arxiv_of(address) if len(address) <= _LONGEST_ADDRESS else ""


def first_pmid(texts: Iterable[str]) -> str:
    return _first("pmid", texts, identifiers.pmid)


def first_openalex(texts: Iterable[str]) -> str:
    return _first("openalex", texts, identifiers.openalex)


def first_semantic_scholar(texts: Iterable[str]) -> str:
    return _first("semantic_scholar", texts, identifiers.semantic_scholar)


def _first(name: str, texts: Iterable[str], spelt: Callable[[str], str]) -> str:
    found = (_IN_NOTES[name].search(text[:_LONGEST_NOTE]) for text in texts)
    return next((spelt(one[1]) for one in found if one), "")
