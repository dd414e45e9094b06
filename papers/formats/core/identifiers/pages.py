"""Pages of papers: the work that an address belongs to, and the DOI that it implies.

A publisher has several addresses for one work (its page, its PDF, an older site), and they differ
in what does not matter. A row of `SITES` tells what does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from papers.formats.core.identifiers.addresses import is_at, split_address
from papers.formats.core.identifiers.indexes import pmcid_of


@dataclass(frozen=True, slots=True)
class Site:
    """One kind of address, recognised by its path or by path and query; the anchor does not matter.

    `page` is the address by which the work is known, and `doi` the number that follows from it;
    both are filled from the groups of the pattern. One of the two is enough.
    """

    hosts: tuple[str, ...]
    pattern: re.Pattern[str]
    page: str = ""
    doi: str = ""


def _site(hosts: str, pattern: str, *, page: str = "", doi: str = "") -> Site:
    return Site(tuple(hosts.split()), re.compile(pattern, re.IGNORECASE), page, doi)


_ACL = "aclanthology.org aclanthology.info aclweb.org aclanthology.coli.uni-saarland.de"
_NEURIPS = "neurips.cc nips.cc"
_ID = r"(?P<id>[\w-]+)"
_PDF = r"(?:\.pdf)?/?$"
_PII = r"(?P<a>[SB])(?P<b>\d{4})-?(?P<c>\d{3}[\dX])\(?(?P<d>\d\d)\)?(?P<e>\d{5})-?(?P<f>[\dX])"

SITES = (
    # Machine learning and computing
    _site(
        "openreview.net",
        r"^/(?:forum|pdf|attachment)/?\?(?:.*&)?id=" + _ID,
        page="openreview.net/forum?id={id}",
    ),
    _site(
        _ACL,
        r"/(?P<id>(?:[PD]1[6-9]|N1[689]|E17|K1[6-9]|S1[6-9])-\d{4}"
        r"|20\d\d\.(?:acl|naacl|emnlp|eacl|conll|semeval|starsem)-[a-z0-9]+\.\d+"
        r"|20\d\d\.findings-(?:acl|naacl|emnlp|eacl)\.\d+)(?:v\d+)?(?:\.pdf|\.bib)?/?$",
        doi="10.18653/v1/{id}",
    ),
    _site(
        _ACL,
        r"/(?P<id>[A-Z]\d\d-\d{4,5}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)(?:v\d+)?(?:\.pdf|\.bib)?/?$",
        page="aclanthology.org/{id}",
    ),
    _site(
        _NEURIPS,
        r"^/(?:paper_files/)?paper/(?P<year>\d{4})/(?:hash|file)/(?P<id>[0-9a-f]{32})\b",
        page="proceedings.neurips.cc/paper_files/paper/{year}/hash/{id}",
    ),
    _site(_NEURIPS, r"^/(?:paper|book)/(?P<id>\d{1,5})-", page="papers.nips.cc/paper/{id}"),
    _site(
        "mlr.press",
        r"^/(?P<volume>[vr]\d+)/(?P<id>[\w-]+?)(?:\.html|\.pdf|/(?P=id)(?:-supp)?\.pdf)?/?$",
        page="proceedings.mlr.press/{volume}/{id}",
    ),
    _site(
        "jmlr.org jmlr.csail.mit.edu",
        r"^/proceedings/papers/(?P<volume>v\d+)/(?P<id>[\w-]+?)(?:/(?P=id))?\.(?:html|pdf)$",
        page="proceedings.mlr.press/{volume}/{id}",
    ),
    _site(
        "jmlr.org jmlr.csail.mit.edu",
        r"^/(?:beta/)?papers/(?:v|volume)(?P<volume>\d+)/(?P<id>[\w-]+?)"
        r"(?:\.html|(?:/(?P=id))?\.pdf)?/?$",
        page="jmlr.org/papers/v{volume}/{id}",
    ),
    _site(
        "thecvf.com cv-foundation.org",
        r"/(?:html|papers|supplemental)/(?P<id>[^/]+?)(?:_paper|_supplemental)?\.(?:html|pdf)$",
        page="openaccess.thecvf.com/{id}",
    ),
    _site(
        "ojs.aaai.org",
        r"/(?P<part>[\w-]+)/article/(?:view|download|viewFile|viewPaper)/(?P<id>\d+)(?:/\d+)*/?$",
        page="ojs.aaai.org/{part}/article/{id}",
    ),
    _site(
        "aaai.org",
        r"/ocs/index\.php/\w+/(?P<part>\w+)/paper/\w+/(?P<id>\d+)(?:/\d+)*/?$",
        page="aaai.org/ocs/{part}/paper/{id}",
    ),
    _site(
        "ijcai.org",
        r"^/proceedings/(?P<year>201[7-9]|20[2-9]\d)/0*(?P<id>[1-9]\d*)" + _PDF,
        doi="10.24963/ijcai.{year}/{id}",
    ),
    _site(
        "ieeexplore.ieee.org",
        r"(?:/document/|[?&](?:ar|ArN)number=|^/(?:iel\w+|ielx?\d+)/\d+/\d+/)0*(?P<id>[1-9]\d{3,})\b",
        page="ieeexplore.ieee.org/document/{id}",
    ),
    _site(
        "dl.acm.org portal.acm.org",
        r"/citation\.cfm\?(?:.*&)?(?:id|doid)=(?P<id>\d{3,}\.\d{3,})\b",
        doi="10.1145/{id}",
    ),
    _site(
        "dl.acm.org portal.acm.org",
        r"/citation\.cfm\?(?:.*&)?id=(?P<id>\d{3,})(?![\d.])",
        page="dl.acm.org/citation.cfm?id={id}",
    ),
    _site(
        "usenix.org",
        r"^/(?:legacy/)?conference/(?P<at>[a-z-]+\d\d)/(?:technical-sessions/)?presentation/" + _ID,
        page="usenix.org/{at}/{id}",
    ),
    _site(
        "usenix.org",
        r"^/system/files/(?:conference/[\w-]+/)?(?:sec(?P<sec>\d\d)|(?P<at>[a-z]+\d\d))"
        r"[-_](?:paper[-_])?(?P<id>[a-z-]+?)(?:_\d+)?\.pdf$",
        page="usenix.org/{at}/{id}",
    ),
    _site(
        "eprint.iacr.org",
        r"^/(?:archive/)?(?P<year>\d{4})/0*(?P<id>[1-9]\d{0,4})(?:\.pdf|\.ps|/.*)?/?$",
        page="eprint.iacr.org/{year}/{id}",
    ),
    _site("distill.pub", r"^/(?P<id>\d{4}/[\w-]+)/?", page="distill.pub/{id}"),
    _site("vldb.org", r"^/pvldb/(?P<id>.+?)(?:\.pdf)?$", page="vldb.org/pvldb/{id}"),
    _site(
        "isca-archive.org isca-speech.org",
        r"/(?:archive/)?(?P<at>\w+)/(?:pdfs/|abstracts/)?(?P<id>[\w-]+)\.(?:html|pdf)$",
        page="isca-archive.org/{at}/{id}",
    ),
    _site(
        "rfc-editor.org ietf.org",
        r"/(?:rfc|info|html|txt|pdf)/(?:pdfrfc/)?rfc0*(?P<id>[1-9]\d{0,4})\b",
        doi="10.17487/rfc{id}",
    ),
    # Preprints
    _site(
        "biorxiv.org medrxiv.org",
        r"/early/\d{4}/\d\d/\d\d/(?P<id>\d{6}|\d{4}\.\d\d\.\d\d\.\d{6,8})(?!\d)",
        doi="10.1101/{id}",
    ),
    _site(
        "ssrn.com",
        r"(?:[?&](?:abstract|abstract_?id)=|^/abstract[=/])0*(?P<id>[1-9]\d{3,8})\b",
        doi="10.2139/ssrn.{id}",
    ),
    _site("zenodo.org", r"^/(?:api/)?records?/(?P<id>\d{3,9})\b", doi="10.5281/zenodo.{id}"),
    _site(
        "figshare.com",
        r"^/articles/(?:.+/)?(?P<id>\d{5,9})(?:/\d+)?/?$",
        doi="10.6084/m9.figshare.{id}",
    ),
    _site("psyarxiv.com", r"^/(?P<id>[a-z0-9]{5})(?![a-z0-9])", doi="10.31234/osf.io/{id}"),
    _site(
        "osf.io",
        r"^/preprints/psyarxiv/(?P<id>[a-z0-9]{5})(?![a-z0-9])",
        doi="10.31234/osf.io/{id}",
    ),
    _site(
        "osf.io",
        r"^/preprints/socarxiv/(?P<id>[a-z0-9]{5})(?![a-z0-9])",
        doi="10.31235/osf.io/{id}",
    ),
    _site(
        "osf.io",
        r"^/preprints/(?:osf/)?(?P<id>[a-z0-9]{5})(?![a-z0-9])",
        doi="10.31219/osf.io/{id}",
    ),
    _site(
        "preprints.org",
        r"^/manuscript/(?P<id>\d{6}\.\d{4})/(?P<version>v\d+)\b",
        doi="10.20944/preprints{id}.{version}",
    ),
    _site(
        "researchsquare.com",
        r"^/article/rs-(?P<id>\d+)/(?P<version>v\d+)\b",
        doi="10.21203/rs.3.rs-{id}/{version}",
    ),
    _site(
        "nber.org",
        r"^/(?:system/files/working_papers/\w+/|papers/)(?P<id>[wt]\d{1,6})\b",
        doi="10.3386/{id}",
    ),
    _site(
        "hal.science archives-ouvertes.fr hal.inria.fr hal.fr",
        r"^/(?P<id>[a-z]{2,12}-\d{6,9})(?:v\d+)?(?:/.*)?$",
        page="hal.science/{id}",
    ),
    # Journals
    _site(
        "nature.com",
        r"^/(?:articles|[a-z]+/journal/v\w+/n\w+/(?:full|abs|pdf|fp))/"
        r"(?P<id>(?=[a-z0-9.-]*\d)[a-z0-9-]+(?:\.[a-z0-9-]*\d[a-z0-9-]*)*?)"
        r"(?:_reference)?(?:\.pdf|\.html|/.*)?/?$",
        doi="10.1038/{id}",
    ),
    _site(
        "elifesciences.org",
        r"^/(?:articles|content/\d+)/e?(?P<id>\d{5,6})(?!\d)",
        doi="10.7554/elife.{id}",
    ),
    _site("peerj.com", r"^/articles/cs-(?P<id>\d+)" + _PDF, doi="10.7717/peerj-cs.{id}"),
    _site("peerj.com", r"^/articles/(?P<id>\d+)" + _PDF, doi="10.7717/peerj.{id}"),
    _site(
        "hindawi.com",
        r"^/journals/\w+/(?P<year>\d{4})/(?P<id>\d{5,8})(?:[/.]|$)",
        doi="10.1155/{year}/{id}",
    ),
    _site(
        "sciencedirect.com elsevier.com cell.com thelancet.com",
        r"/(?:(?:abs/)?pii/|PII|fulltext/|abstract/|pdf/)" + _PII + r"\b",
        page="sciencedirect.com/science/article/pii/{a}{b}{c}{d}{e}{f}",
    ),
    _site(
        "jstor.org",
        r"^/(?:stable|discover)/(?:pdf/|info/)?(?P<id>\d{4,9})(?:[./]|$)",
        page="jstor.org/stable/{id}",
    ),
    _site("mdpi.com", r"^/(?P<id>\d{4}-\d{3}[\dX]/\d+/\w+/\w+)(?:/.*)?$", page="mdpi.com/{id}"),
    # Indexes
    _site(
        "researchgate.net",
        r"^/publication/(?P<id>\d{5,12})(?!\d)",
        page="researchgate.net/publication/{id}",
    ),
    _site("paperswithcode.com", r"^/paper/" + _ID, page="paperswithcode.com/paper/{id}"),
)
# Nearly all addresses are of none of these.
_ANY_HOST = re.compile(
    "|".join(sorted({re.escape(host) for site in SITES for host in site.hosts} | {"ncbi", "pmc"})),
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)  # a link is asked for it many times
def page_of(url: str) -> str:
    """Return a key for the address of a paper's page, the same for its page and its PDF.

    Empty for other addresses, and for those that give a DOI. The key need not be a valid address.
    """
    if number := pmcid_of(url):
        return f"pmc.ncbi.nlm.nih.gov/articles/{number}"
    site, found = next(found_at(url), (None, None))
    return _filled(site.page, found) if site and found and site.page else ""


@lru_cache(maxsize=4_096)
def doi_at(url: str) -> str:
    """The DOI that an address gives away without saying it; else empty."""
    site, found = next(found_at(url), (None, None))
    return _filled(site.doi, found).casefold() if site and found and site.doi else ""


def found_at(url: str) -> Iterator[tuple[Site, re.Match[str]]]:
    """Yield the rows that an address is of, the first one decides."""
    if not _ANY_HOST.search(url):
        return
    parts = split_address(url.replace("&amp;", "&"))
    path = unquote(parts.path)
    for site in SITES:
        if not is_at(parts.netloc, *site.hosts):
            continue
        found = site.pattern.search(path)
        if not found and parts.query:
            found = site.pattern.search(f"{path}?{parts.query}")
        if found:
            yield site, found


def _filled(template: str, found: re.Match[str]) -> str:
    said = found.groupdict(default="")
    if said.get("sec"):
        said["at"] = f"usenixsecurity{said['sec']}"
    # Only OpenReview tells large letters from small ones.
    is_exact = template.startswith("openreview.net")
    return template.format(**{k: v if is_exact else v.casefold() for k, v in said.items()})
