"""Invented works: what a list may say of one, by chance but the same for the same seed."""

import re
from dataclasses import dataclass, replace
from random import Random

from bench.grammar import people, titles, venues
from bench.grammar.people import Person
from bench.grammar.venues import Venue

# fmt: off
_HOSTS = (
    "https://example.org/papers/{slug}.pdf", "http://example.edu/~{name}/{slug}.pdf", "https://example.com/{number}",
    "https://openreview.net/forum?id={code}", "https://openreview.net/pdf?id={code}", "https://aclanthology.org/20{two}.acl-long.{small}/",
    "https://papers.nips.cc/paper/{number}-{slug}.pdf", "https://www.usenix.org/system/files/{code}.pdf",
    "https://www.sciencedirect.com/science/article/pii/S00{number}3000807?via%3Dihub", "https://proceedings.mlr.press/v{small}/{name}{two}a.html",
    "https://openaccess.thecvf.com/content_CVPR_2019/papers/{Name}_{Slug}_CVPR_2019_paper.pdf", "https://hal.science/hal-0{number}",
    "https://www.nature.com/articles/s41586-0{two}-0{small}-1", "https://ieeexplore.ieee.org/document/{number}",
    "https://blog.example.org/{slug}", "https://engineering.example.com/{two}/{slug}", "https://{name}.example.net/posts/{number}-{slug}.html", "https://www.youtube.com/watch?v={code}",
    "https://ssrn.com/abstract={number}", "https://www.semanticscholar.org/paper/{code}", "https://dl.acm.org/citation.cfm?id={number}",
    "papers/{slug}.pdf", "./{slug}.md", "{slug}.pdf", "./{name}/{title}.md", "<./{name}/{title}.md>", "notes/{name}/{slug}.md", "https://github.com/{name}/papers/blob/master/{slug}.pdf", "https://en.example.org/wiki/{Slug}_(model)",
)
_LOCAL = ("papers/{slug}.pdf", "./{slug}.md", "{slug}.pdf", "./{name}/{title}.md", "<./{name}/{title}.md>", "notes/{name}/{slug}.md", "{slug}/", "./{name}/{slug}/README.md", "{name}_study/{slug}/", "../pdf/{slug}.pdf", "https://github.com/{name}/reading/blob/master/{slug}.md", "https://github.com/{name}/{name}/blob/main/{Slug}/notes.md#{slug}")
_ARXIV = (
    "https://arxiv.org/abs/{}", "https://arxiv.org/abs/{}", "https://arxiv.org/pdf/{}", "https://arxiv.org/pdf/{}.pdf",
    "http://arxiv.org/pdf/{}v2.pdf", "https://arxiv.org/abs/{}v1", "https://www.arxiv.org/abs/{}", "https://arxiv.org/html/{}",
)
_DOI = ("https://doi.org/{}", "https://doi.org/{}", "http://dx.doi.org/{}", "https://dl.acm.org/doi/{}", "https://dl.acm.org/doi/pdf/{}")
_PREFIXES = ("10.1145/{}.{}", "10.1016/j.bees.20{}.{}", "10.1038/s41586-0{}-{}", "10.1103/PhysRevX.{}.{}", "10.1016/0010-{}(94){}-1")
# fmt: on


@dataclass(frozen=True, slots=True)
class Address:
    """Where a work is found, and the identifiers that the address says."""

    url: str
    states: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    title: str
    authors: tuple[Person, ...]
    venue: Venue
    year: int
    address: Address
    arxiv: str
    doi: str
    language: str

    @property
    def slug(self) -> str:
        return slug(self.title)


def record(random: Random, language: str, case: str = "") -> Record:
    """A work in that language. `case` is how a list writes the titles in English."""
    arxiv = f"{random.randint(10, 24):02}{random.randint(1, 12):02}.{random.randint(10000, 19999)}"
    if random.random() < 0.05:
        arxiv = f"{random.choice(('cs', 'hep-ph', 'math', 'cs.CL', 'quant-ph'))}/{random.randint(9501000, 9912999)}"
    doi = random.choice(_PREFIXES).format(random.randint(10, 24), random.randint(1000, 99999))
    title = titles.title(random, language, case)
    return Record(
        title=title,
        authors=people.people(random, language),
        venue=venues.venue(random, language),
        year=random.choice((random.randint(1948, 2025), *(random.randint(2004, 2025),) * 4)),
        address=_address(random, title, arxiv, doi),
        arxiv=arxiv,
        doi=doi,
        language=language,
    )


def records(random: Random, count: int, language: str, case: str = "") -> list[Record]:
    """So many works, no two of one title."""
    found: dict[str, Record] = {}
    while len(found) < count:
        one = record(random, language, case)
        found.setdefault(re.sub(r"\W+", "", one.title).casefold(), one)
    return list(found.values())


def of_one_host(random: Random, found: list[Record]) -> list[Record]:
    """The works, all at one kind of address, as in a list whose papers are files beside it."""
    form = random.choice((*_LOCAL, *_LOCAL, *_HOSTS, *_ARXIV))
    return [
        replace(one, address=Address(_filled(random, form, one.title)))
        if form not in _ARXIV
        else replace(one, address=Address(form.format(one.arxiv), (("arxiv", one.arxiv),)))
        for one in found
    ]


def arxiv_address(random: Random, one: Record) -> Address:
    return Address(random.choice(_ARXIV).format(one.arxiv), (("arxiv", one.arxiv),))


def doi_address(random: Random, one: Record) -> Address:
    return Address(random.choice(_DOI).format(one.doi), (("doi", one.doi),))


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:40].strip("-") or "paper"


def _address(random: Random, title: str, arxiv: str, doi: str) -> Address:
    chance = random.random()
    if chance < 0.4:
        return Address(random.choice(_ARXIV).format(arxiv), (("arxiv", arxiv),))
    if chance < 0.55:
        return Address(random.choice(_DOI).format(doi), (("doi", doi),))
    return Address(_filled(random, random.choice(_HOSTS), title))


def _filled(random: Random, form: str, title: str) -> str:
    name = random.choice(("marsh", "li", "roe", "novak"))
    return form.format(
        slug=slug(title), title=re.sub(r"[^\w :-]", "", title), Slug=slug(title).replace("-", "_").title(), name=name, Name=name.title(),
        number=random.randint(100000, 9999999), small=random.randint(10, 999), two=random.randint(10, 24),
        code="".join(random.choices("abcdefghkmnprstuvwxyzABCDEFGH123456789", k=10)),
    )  # fmt: skip
