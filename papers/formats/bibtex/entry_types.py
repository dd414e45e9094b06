"""Types of entries, in BibTeX and biblatex and as programs make them up, and kinds of papers."""

import re

from papers.formats.bibtex.entries import BibtexField
from papers.formats.core.reading_list.kinds import KINDS

# The kind of a paper whose entry does not name it, but looks like one of a certain kind.
NO_KIND = "none"
# Types that are no works: sets of other entries, and what several entries share.
NO_WORKS = frozenset({"set", "xdata"})

_KINDS = {
    "article-journal": "article journal_article suppperiodical",
    "paper-conference": "inproceedings conference conference_paper conference_proceedings",
    "article": "preprint eprint arxiv",
    "chapter": "incollection inbook bookinbook suppbook suppcollection book_section bookchapter",
    "book": "book mvbook collection mvcollection proceedings mvproceedings booklet manual "
    "reference mvreference periodical ebook edited_book",
    "thesis": "phdthesis thesis mastersthesis bathesis",
    "report": "techreport report working_paper standard",
    "article-magazine": "magazine_article",
    "article-newspaper": "newspaper_article newspaper",
    "webpage": "online web_page webpage www electronic internet",
    "post-weblog": "blog blogpost blog_post",
    "entry": "inreference encyclopedia_article dictionary_entry",
    "speech": "speech talk presentation lecture",
    "motion_picture": "video movie film television_broadcast",
    "dataset": "dataset data",
    "software": "software computer_program softwareversion softwaremodule",
    "patent": "patent",
    "legislation": "legislation legal jurisdiction statute bill case hearing commentary",
    "manuscript": "unpublished manuscript letter",
    "document": "document artwork image audio music performance review",
}
_KIND_OF_TYPE = {one: kind for kind, types in _KINDS.items() for one in types.split()}
# What every style of BibTeX knows, or biblatex where BibTeX knows nothing of the kind.
_WRITTEN = {
    "article-magazine": "article",
    "article-newspaper": "article",
    "article": "misc",
    "document": "misc",
    "speech": "misc",
    "post-weblog": "online",
    "": "misc",
}
_MAY_BE_PREPRINTS = frozenset({"article", "misc", "online", "unpublished", "electronic"})
_SERVER_OF_PREPRINTS = re.compile(r"(?:arxiv|e-?prints?|corr)\b|.*\barxiv\b", re.IGNORECASE)
_PERIODICALS = frozenset({"article-journal", "article-magazine", "article-newspaper", "article"})

# Where each kind has its venue, the first that says something.
_VENUES = {
    "thesis": ("school", "institution", "university"),
    "report": ("institution", "organization"),
}
# The field of what is no journal, book, school or institution.
ANYHOW = "howpublished"
_ANY_VENUE = ("journaltitle", "journal", "booktitle", "issuetitle")


def kind_of(type_: str, venue: str = "", arxiv: str = "") -> str:
    """Return the kind of an entry, or "" if its type says nothing. A venue shows a preprint."""
    if type_ in _MAY_BE_PREPRINTS and arxiv and (_SERVER_OF_PREPRINTS.match(venue) or not venue):
        return "article"
    return _KIND_OF_TYPE.get(type_, "")


def with_what_it_implies(type_: str, fields: tuple[BibtexField, ...]) -> tuple[BibtexField, ...]:
    """Return the fields and what the type says beyond the kind, where no field says otherwise."""
    if type_ != "mastersthesis" or any(field.name.casefold() == "type" for field in fields):
        return fields
    return (*fields, BibtexField("type", "Master's thesis"))


def type_of(kind: str) -> str:
    """Return the type that an entry of the kind is written with."""
    return _WRITTEN.get(kind) or _KINDS.get(kind, "misc").split()[0]


def names_of_venue(type_: str) -> tuple[str, ...]:
    """Return the fields that may hold the venue of an entry of the type, the likeliest first."""
    special = _VENUES.get(_KIND_OF_TYPE.get(type_, ""), ())
    return (*special, *_ANY_VENUE, ANYHOW)


def name_of_venue(type_: str) -> str:
    """Return the field that the venue of an entry of the type is written in."""
    kind = _KIND_OF_TYPE.get(type_, "")
    if kind in _VENUES:
        return _VENUES[kind][0]
    if kind in _PERIODICALS:
        return "journal"
    return "booktitle" if kind in {"paper-conference", "chapter", "entry", "book"} else ANYHOW


def names_of_issue(type_: str) -> tuple[str, ...]:
    """Outside periodicals a number is one in a series, or a report's."""
    is_periodical = _KIND_OF_TYPE.get(type_, "article") in {*_PERIODICALS, "paper-conference"}
    return ("number", "issue") if is_periodical else ("issue",)


def is_kind(text: str) -> bool:
    return text in KINDS
