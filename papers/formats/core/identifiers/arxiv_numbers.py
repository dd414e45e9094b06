"""arXiv IDs, new ones such as 1706.03762 and old ones such as hep-ph/0123456."""

import re
from functools import lru_cache
from urllib.parse import unquote

from papers.formats.core.identifiers.addresses import is_at, split_address
from papers.formats.core.identifiers.dois import DOI_OF_ARXIV, DOI_PREFIX

# fmt: off
# The archives of the old numbers; each may have a class of its subject behind it: math.GT.
ARCHIVES = (
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con",
)
# fmt: on
# What comes before a number, and what may come after it: a version, its file, its class.
_NAME = (
    r"(?:arxiv(?:[:.]\s*|\s+)(?:(?:e-?prints?|preprint)[:\s]\s*)?(?:arxiv[:\s]\s*)?"
    r"|(?:corr\s+)?abs/)"
)
_NEW = r"\d{4}\.\d{4,5}"
_CLASS = r"(?:\.[a-z]{2,4}(?:-[a-z]{2,4})?)?"
_ARXIV = re.compile(
    rf"(?:{_NAME})?(?:({_NEW})|([a-z-]{{2,12}}){_CLASS}/(\d{{7}}))(?:v\d+)?(?:\.pdf)?"
    rf"(?:\s*[\[(][a-z-]{{2,8}}{_CLASS}[\])])?",
    re.IGNORECASE,
)
_PAGE = re.compile(r"/(?:abs|pdf|html|format|e-print|ps|src)/(.+?)/?$")
# Where others show what is at arXiv, under its number.
_MIRRORS = ("arxiv.org", "xxx.lanl.gov", "128.84.21.199")
_PAGES_ELSEWHERE = {
    "alphaxiv.org": re.compile(r"/(?:abs|pdf|html|overview)/(.+?)/?$"),
    "ar5iv.org": re.compile(r"/(?:abs|html)/(.+?)/?$"),
    "ar5iv.labs.arxiv.org": re.compile(r"/(?:abs|html)/(.+?)/?$"),
    "arxiv-vanity.com": re.compile(r"/papers/(.+?)/?$"),
    "huggingface.co": re.compile(r"/papers/(.+?)/?$"),
    "hf.co": re.compile(r"/papers/(.+?)/?$"),
    "scirate.com": re.compile(r"/arxiv/(.+?)/?$"),
    "semanticscholar.org": re.compile(r"/(arxiv:.+?)/?$", re.IGNORECASE),
}
# Nearly all addresses are of none of these.
_ANY_HOST = re.compile(
    "|".join(map(re.escape, ["doi.org", *_MIRRORS, *_PAGES_ELSEWHERE])), re.IGNORECASE
)


def arxiv(text: str) -> str:
    """Return the arXiv ID that the text is, without version; else empty. So is a DOI made by
    arXiv.

    An old number is written without the class of its subject: `math.GT/0309136` is `math/0309136`.
    """
    bare = DOI_PREFIX.sub("", text.strip())
    if bare.casefold().startswith(DOI_OF_ARXIV):
        bare = bare[len(DOI_OF_ARXIV) :]
    found = _ARXIV.fullmatch(bare)
    if not found:
        return ""
    return found[1] or f"{found[2]}/{found[3]}".casefold()


@lru_cache(maxsize=4_096)  # a link is asked for it many times
def arxiv_of(url: str) -> str:
    """Return the arXiv ID in the address of a paper's page, at arXiv or a mirror of it; else
    empty.
    """
    if not _ANY_HOST.search(url):
        return ""
    parts = split_address(url)
    path = unquote(parts.path)
    if is_at(parts.netloc, "doi.org"):
        return arxiv(path.lstrip("/"))
    if is_at(parts.netloc, *_MIRRORS) and (found := _PAGE.search(path)):
        return arxiv(found[1])
    pages = (page for host, page in _PAGES_ELSEWHERE.items() if is_at(parts.netloc, host))
    return next((arxiv(found[1]) for page in pages if (found := page.search(path))), "")
