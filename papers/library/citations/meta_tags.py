"""The `citation_…` meta tags by which search engines and reference managers know a paper's page."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from papers.formats.core import people
from papers.formats.core.identity import Work
from papers.formats.core.reading_list.details import plain_details
from papers.library.citations.cited import address_of_work

# What a venue is called, by the kind of work.
_VENUES = {
    "paper-conference": "citation_conference_title",
    "chapter": "citation_inbook_title",
    "entry": "citation_inbook_title",
    "book": "citation_series_title",
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}


def citation_tags(work: Work) -> list[tuple[str, str]]:
    """Pairs of a name and a content, which a page still has to escape."""
    first, _, last = work.pages.partition("-")
    said = [
        ("citation_title", work.title),
        *(("citation_author", str(name)) for name in people.parted(work.authors).names),
        *(("citation_editor", str(name)) for name in people.parted(work.editors).names),
        ("citation_publication_date", work.published.replace("-", "/") or str(work.year or "")),
        (_VENUES.get(work.kind, "citation_journal_title"), work.venue),
        ("citation_publisher", work.publisher),
        ("citation_volume", work.volume),
        ("citation_issue", work.issue),
        ("citation_firstpage", first.strip()),
        ("citation_lastpage", last.strip()),
        ("citation_language", work.language),
        *_numbers(work),
        *((one.meta_tag, text) for one, text in plain_details(work) if one.meta_tag),
        *_addresses(work),
    ]
    return [(name, content) for name, content in said if content]


def _numbers(work: Work) -> Iterator[tuple[str, str]]:
    yield "citation_doi", work.doi
    yield "citation_arxiv_id", work.arxiv
    yield "citation_pmid", work.pmid
    yield from (("citation_isbn", number) for number in work.isbn.split())
    yield from (("citation_issn", f"{number[:4]}-{number[4:]}") for number in work.issn.split())


def _addresses(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the tags for the PDF, if the link is one, and for the paper's page."""
    is_file = urlsplit(work.url).path.casefold().endswith(".pdf") if work.url else False
    page = address_of_work(work) if is_file else work.url or address_of_work(work)
    yield "citation_pdf_url", work.url if is_file else ""
    yield "citation_abstract_html_url", page if page != work.url or not is_file else ""
