"""ContextObjects in Spans: what the browser button of a reference manager reads in a page.

An OpenURL in key-encoded values (ANSI/NISO Z39.88-2004), of which people see nothing.
"""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from papers.formats.core import people
from papers.formats.core.identity import Work
from papers.library.citations.cited import address_of_work

_FORMAT = "info:ofi/fmt:kev:mtx:"
# By the kind of work: the format, the genre in it, and what the title and the venue are there.
_JOURNAL = ("journal", "article", "atitle", "jtitle")
_BOOK_ITEM = ("book", "bookitem", "atitle", "btitle")
_SHAPES = {
    "article-journal": _JOURNAL,
    "article-magazine": _JOURNAL,
    "article-newspaper": _JOURNAL,
    "paper-conference": ("journal", "proceeding", "atitle", "jtitle"),
    "article": ("journal", "preprint", "atitle", "jtitle"),
    "chapter": _BOOK_ITEM,
    "entry": _BOOK_ITEM,
    "book": ("book", "book", "btitle", "series"),
    "report": ("book", "report", "btitle", "series"),
    "thesis": ("dissertation", "", "title", "inst"),
    "patent": ("patent", "", "title", "assignee"),
}
# Dublin Core, for what is no publication: the kind is its type.
_OF_OTHERS = ("dc", "", "title", "source")


def context_object(work: Work) -> str:
    """Return the value of the span's title, which a page still has to escape."""
    written = "&".join([f"{name}={quote(value, safe='')}" for name, value in _pairs(work)])
    return f"ctx_ver=Z39.88-2004&{written}{_people(work.authors)}"


def _pairs(work: Work) -> Iterator[tuple[str, str]]:
    form, genre, title, venue = shape(work)
    said = {
        "genre": genre,
        "type": _type(work) if form == "dc" else "",
        title: work.title,
        venue: work.venue,
        "date": work.published or str(work.year or ""),
        "volume": work.volume,
        "issue": work.issue,
        "pub": work.publisher,
        "language": work.language,
        **_pages(work.pages),
    }
    yield "rft_val_fmt", f"{_FORMAT}{form}"
    for name, value in said.items():
        if value:
            yield f"rft.{name}", value
    yield from (("rft.isbn", number) for number in work.isbn.split())
    yield from (("rft.issn", number) for number in work.issn.split())
    yield from (("rft_id", number) for number in _numbers(work))


def shape(work: Work) -> tuple[str, str, str, str]:
    """Guess the kind of a work without one from its other details."""
    if work.kind:
        return _SHAPES.get(work.kind, _OF_OTHERS)
    if work.isbn and not work.venue:
        return _SHAPES["book"]
    return _SHAPES["article"] if work.arxiv and not work.venue else _JOURNAL


def _type(work: Work) -> str:
    known = {"webpage": "webpage", "post-weblog": "blogPost", "motion_picture": "videoRecording"}
    return known.get(work.kind, work.kind)


def _pages(pages: str) -> dict[str, str]:
    first, dash, last = pages.partition("-")
    if not dash or "-" in last or "," in pages:
        return {"pages": pages}
    return {"spage": first.strip(), "epage": last.strip(), "pages": pages}


def _numbers(work: Work) -> Iterator[str]:
    if work.doi:
        yield f"info:doi/{work.doi}"
    if work.pmid:
        yield f"info:pmid/{work.pmid}"
    if work.arxiv:
        yield f"info:arxiv/{work.arxiv}"
    if where := work.url or address_of_work(work):
        yield where


@lru_cache(maxsize=20_000)
def _people(authors: str) -> str:
    """Rows are written by the hundred, and to part names is dear."""
    names = people.parted(authors).names
    return "".join(f"&rft.au={quote(str(name), safe='')}" for name in names)
