"""Tell whether two mentions are of one paper."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from papers.formats.core import identifiers, people
from papers.formats.core.identity import signs, venues
from papers.formats.core.text.repair import mended

# Fits a unique index of every database.
LONGEST_IDENTITY = 255
_IN_BOOK_OR_JOURNAL = {"article-journal", "article-magazine", "article-newspaper", "chapter"}
# Titles are alike that share so much of their letters, or of which one holds the other.
_ALIKE = 0.85
_SHORTEST_PART = 12
_SIGN = re.compile(r"[+=%]|\d\.\d")
_NO_WORD = re.compile(r"\W+")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)


# Two works of one title are the same where their years are no further apart.
YEARS_APART = 2
# fmt: off
# Titles of parts of many books and journals, as titles are compared.
_OF_PARTS = frozenset({
    "abstract", "abstracts", "acknowledgements", "acknowledgments", "addendum", "afterword",
    "announcement", "appendix", "background", "backmatter", "bibliography", "bookreview",
    "bookreviews", "comment", "commentary", "comments", "conclusion", "conclusions", "contents",
    "correction", "corrections", "correspondence", "corrigenda", "corrigendum", "coverpage",
    "discussion", "editorial", "editorialnote", "editorsintroduction", "editorsnote", "epilogue",
    "errata", "erratum", "finalremarks", "foreword", "frontmatter", "futurework",
    "generaldiscussion", "generalintroduction", "glossary", "guesteditorial", "index",
    "inmemoriam", "inthisissue", "intro", "introduction", "introductoryremarks", "letter",
    "letters", "lettertotheeditor",
    "letterstotheeditor", "methods", "news", "notes", "obituary", "openproblems", "outlook",
    "overview", "perspective", "perspectives", "postscript", "preamble", "preface", "preliminaries",
    "prologue", "references", "rejoinder", "relatedwork", "reply", "response", "results",
    "retraction", "review", "reviews", "specialissue", "summary", "tableofcontents", "titlepage",
    "viewpoint", "whatsnew",
    "einführung", "einleitung", "fazit", "nachruf", "nachwort", "schluss", "vorwort",
    "zusammenfassung", "avantpropos", "conclusiongénérale", "introductiongénérale", "préface",
    "sommaire", "résumé", "conclusión", "conclusiones", "introducción", "prefacio", "prólogo",
    "introdução", "conclusão", "introduzione", "conclusioni", "prefazione", "voorwoord",
    "inleiding", "wstęp", "введение", "заключение", "предисловие", "序", "序言", "前言", "引言",
    "绪论", "緒論", "结论", "はじめに", "まえがき", "序論", "서론", "머리말", "결론",
    "مقدمة", "מבוא",
})
# fmt: on


class Work(Protocol):
    """The details of a work that identify it, in a list or in a group."""

    @property
    def title(self) -> str: ...
    @property
    def authors(self) -> str: ...
    @property
    def editors(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def venue(self) -> str: ...
    @property
    def volume(self) -> str: ...
    @property
    def issue(self) -> str: ...
    @property
    def pages(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def published(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def doi(self) -> str: ...
    @property
    def arxiv(self) -> str: ...
    @property
    def isbn(self) -> str: ...
    @property
    def issn(self) -> str: ...
    @property
    def pmid(self) -> str: ...
    @property
    def openalex(self) -> str: ...
    @property
    def semantic_scholar(self) -> str: ...


def identity(work: Work) -> str:
    """Return the paper's identity: `doi:…`, else `arxiv:…`, else `title:…` with all that may tell
    it from another work of this title.

    Raises ValueError for a paper with no title, DOI or arXiv ID.
    """
    number = doi_key(work) or arxiv_key(work)
    if number:
        return _bounded(number)
    title = title_key(work.title)
    if not title:
        raise ValueError("A paper needs a title, a DOI or an arXiv ID.")
    parts = [people.first_surname(work.authors), str(work.year or ""), work.volume, work.isbn]
    if is_of_a_part(work.title):
        parts += [comparable_title(work.venue), work.issue, work.pages]
    elif is_in_book_or_journal(work):
        parts.append(comparable_title(work.venue))
    return _bounded("|".join([f"title:{comparable_title(work.title)}", *parts]).rstrip("|"))


def identities(work: Work) -> tuple[str, ...]:
    """All that a work may be found by, the strongest first."""
    keys = (doi_key(work), arxiv_key(work), page_key(work.url), title_key(work.title))
    found = tuple(dict.fromkeys(_bounded(key) for key in keys if key))
    if not found:
        raise ValueError("A paper needs a title, a DOI or an arXiv ID.")
    return found


def doi_key(work: Work) -> str:
    number = identifiers.doi(work.doi)
    return f"doi:{number}" if number else ""


def arxiv_key(work: Work) -> str:
    number = identifiers.arxiv(work.arxiv) or identifiers.arxiv(work.doi)
    return f"arxiv:{number}" if number else ""


def page_key(url: str) -> str:
    """Return a key for the paper at the address: its identifier, else its page; else empty."""
    if not url:
        return ""
    if number := identifiers.arxiv_of(url):
        return f"arxiv:{number}"
    if number := identifiers.doi_of(url):
        return _bounded(f"doi:{number}")
    page = identifiers.page_of(url)
    return _bounded(f"page:{page}") if page else ""


def title_key(title: str) -> str:
    """Return the key that works of one title share; empty without a title."""
    key = comparable_title(title)
    return _bounded(f"title:{key}") if key else ""


def are_one(key: str, one: Work, other: Work) -> bool:
    """Return whether two works that share what they may be found by are one.

    A DOI that both state decides. So does an arXiv ID, but not where DOI and title are both
    others: some programs put a number into entries that it does not belong to. An address decides
    only where the titles do not speak against it: many a link was copied from the line above, or
    leads to the book. Works of one title must not contradict.
    """
    if key.startswith("title:"):
        return not contradict(one, other)
    is_stated_by_both = all(key in map(_bounded, _numbers(work)) for work in (one, other))
    if key.startswith("doi:") and is_stated_by_both:
        return True
    if _differ(doi_key(one), doi_key(other)) and comparable_title(one.title) != comparable_title(
        other.title
    ):
        return False
    return is_stated_by_both or _may_be_called_alike(one, other)


def _numbers(work: Work) -> tuple[str, str]:
    return doi_key(work), arxiv_key(work)


def _may_be_called_alike(one: Work, other: Work) -> bool:
    """Return whether two titles may be those of one work; one that is but its number or address
    may.
    """
    titles = sorted((comparable_title(one.title), comparable_title(other.title)), key=len)
    if titles[0] == titles[1]:
        return not contradict(one, other)
    if any(map(_is_no_title, (one, other))):
        return True
    if len(titles[0]) >= _SHORTEST_PART and titles[0] in titles[1]:
        return True
    return Levenshtein.normalized_similarity(*titles) >= _ALIKE


def _is_no_title(work: Work) -> bool:
    title = comparable_title(work.title)
    numbers = (comparable_title(number) for number in (work.doi, work.arxiv) if number)
    return title in comparable_title(work.url) or any(number in title for number in numbers)


def contradict(one: Work, other: Work) -> bool:
    """Return whether two works of one title differ in their other details.

    They are where both state a number or a volume, and not the same, where their years lie more
    than two apart, where their first authors differ, or where they appeared in two books or
    journals. Where one of them lacks a detail, it does not count. A preprint and what was published
    of it are one, and so is what was shown at a meeting and appeared elsewhere.

    An introduction, an editorial and the like differ by any detail.
    """
    dois = doi_key(one), doi_key(other)
    if _differ(*dois) and not _is_published(*dois):
        return True
    if _differ(arxiv_key(one), arxiv_key(other)):
        return True
    is_preprint = venues.is_not_yet(one.venue) or venues.is_not_yet(other.venue)
    if _differ(one.volume, other.volume) and not is_preprint:
        return True
    if one.isbn and other.isbn and not set(one.isbn.split()) & set(other.isbn.split()):
        return True
    apart = abs(one.year - other.year) if one.year and other.year else 0
    if apart > YEARS_APART or not people.may_be_of_the_same(one.authors, other.authors):
        return True
    if is_of_a_part(one.title):
        are_apart = apart > 0 or _differ(one.issue, other.issue) or _differ(one.pages, other.pages)
        return are_apart or venues.are_others(one.venue, other.venue)
    return are_in_two_places(one, other)


def are_in_two_places(one: Work, other: Work) -> bool:
    """Return whether two works of one title are in two books or journals."""
    are_both = is_in_book_or_journal(one) and is_in_book_or_journal(other)
    return are_both and venues.are_others(one.venue, other.venue)


def is_in_book_or_journal(work: Work) -> bool:
    """Return whether a work appeared there, as far as its kind or the name of its venue tells."""
    return work.kind in _IN_BOOK_OR_JOURNAL or venues.is_book_or_journal(work.venue)


def is_of_a_part(title: str) -> bool:
    """Return whether it is a title of parts of many books or issues: Introduction, Editorial."""
    return comparable_title(title) in _OF_PARTS


def _is_published(one: str, other: str) -> bool:
    """Return whether just one of two DOIs is of a preprint."""
    return len({identifiers.is_of_preprint(doi.removeprefix("doi:")) for doi in (one, other)}) == 2


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one.casefold() != other.casefold())


@lru_cache(maxsize=50_000)
def comparable_title(title: str) -> str:
    """Return the title without case, spelling variants of a letter, blanks and punctuation.

    Marks stay with their letters: in many scripts they are the vowels. Signs that tell titles apart
    stay as well, see `signs`. A title of punctuation alone is compared by its punctuation.
    Comparing what is compared changes nothing.
    """
    found = _compared_once(title)
    # Where signs stay, what was between two of them is gone, so that they may be another one now.
    return found if found == title or found.isalnum() else comparable_title(found)


def _compared_once(title: str) -> str:
    if "&" in title:
        title = _ENTITY.sub(lambda found: html.unescape(found[0]), title)
    title = mended(title.replace("™", "") or title)
    if not title.isascii():
        title = unicodedata.normalize("NFKC", title)
    folded = unicodedata.normalize("NFKC", (signs.with_signs(title) or title).casefold())
    if folded.isascii() and not _SIGN.search(folded):  # nearly all
        return _NO_WORD.sub("", folded) or "".join(folded.split())
    return "".join(_telling(folded)) or "".join(folded.split())


def _telling(folded: str) -> Iterator[str]:
    for place, character in enumerate(folded):
        if character.isalnum() or character == "_":
            yield character
        elif character == ".":
            around = folded[max(0, place - 1) : place + 2]
            if len(around) == 3 and around[0].isdigit() and around[2].isdigit():
                yield character
        else:
            category = unicodedata.category(character)
            if category[0] == "M" or signs.counts(character, category):
                yield character


def told_apart(known_by: str, by: str) -> str:
    """Return an identity beside another one that would be the same."""
    return _bounded(f"{known_by}|apart:{by}")


def _bounded(identity: str) -> str:
    if len(identity) <= LONGEST_IDENTITY:
        return identity
    kind = identity.partition(":")[0]
    return f"{kind}:sha256:{hashlib.sha256(identity.encode()).hexdigest()}"
