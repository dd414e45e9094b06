"""Numbers of papers: finding them in a text or an address, and one spelling for each.

Each kind has a pair of questions. `doi(text)` is the number that the text is, `doi_of(url)` the one
in the address of a paper's page; both are empty where there is none.
"""

from papers.formats.core.identifiers.addresses import web_address
from papers.formats.core.identifiers.arxiv_numbers import arxiv, arxiv_of
from papers.formats.core.identifiers.books import isbn, isbns, issns
from papers.formats.core.identifiers.dois import doi, doi_address, doi_of, is_of_preprint, unescaped
from papers.formats.core.identifiers.indexes import (
    openalex,
    openalex_of,
    pmcid,
    pmcid_of,
    pmid,
    pmid_of,
    semantic_scholar,
    semantic_scholar_of,
)
from papers.formats.core.identifiers.pages import page_of

__all__ = [
    "arxiv",
    "arxiv_of",
    "doi",
    "doi_address",
    "doi_of",
    "is_of_preprint",
    "isbn",
    "isbns",
    "issns",
    "openalex",
    "openalex_of",
    "page_of",
    "pmcid",
    "pmcid_of",
    "pmid",
    "pmid_of",
    "semantic_scholar",
    "semantic_scholar_of",
    "unescaped",
    "web_address",
]
