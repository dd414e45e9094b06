"""Short lists as people keep them by habit: each of these ways is too special for a style.

They are drawn apart from the other containers, so that the lists of a seed stay the same ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from bench.grammar import lines, words
from bench.grammar.page import Page
from bench.grammar.records import Address, Record, arxiv_address
from bench.grammar.sheet import Run, Span, plain

_NO_STOP = ".?!？"
# Where the papers of some lists are, all of them.
_HOSTS_OF_FILES = (
    *("",) * 5,
    "https://example.org/{}.pdf",
    "https://www.example.edu/reading/{}.pdf",
    "http://example.com/papers/{}",
    "https://example.net/~marsh/{}.pdf",
)
# The years that are written by their last two digits.
_RECENT = range(1980, 2026)


def topics_above_addresses(page: Page, papers: Sequence[Record]) -> None:
    """Topics as items, and below each its papers: a title and the address behind it."""
    form = page.pick("topic", "- {}", "- {}", "* {}", "- **{}**", "- {}:", "1. {}", "+ {}")
    mark = page.pick("indent", "  ", "    ", "\t", "  ") + page.pick("inner", "- ", "- ", "* ")
    before, after = _around_address(page)
    size = page.pick("topic size", 2, 3, 4, 6)
    for start in range(0, len(papers), size):
        topic = words.topic(page.random, page.language)
        page.sheet.head(form.format(topic), topic)
        for one in papers[start : start + size]:
            paper, tick, _ = page.begin(one)
            page.put(paper, (*plain(mark), *tick, *_with_address(page, one, before, after)))


def addresses_behind(page: Page, papers: Sequence[Record]) -> None:
    """Titles as items, each with its address behind a comma, a dash or a blank."""
    mark = page.pick("mark", "- ", "- ", "* ", "{}. ", "{}) ", "")
    before, after = _around_address(page)
    for one in papers:
        paper, tick, _ = page.begin(one)
        run = _with_address(page, one, before, after)
        page.put(paper, (*plain(mark.format(page.count)), *(tick if mark else ()), *run))


def linked_titles(page: Page, papers: Sequence[Record]) -> None:
    """Titles that are links, and nothing else."""
    mark = page.pick("mark", "{}. ", "{}. ", "- ", "* ", "- ", "{}) ")
    for one in papers:
        paper, tick, _ = page.begin(one)
        short = " ".join(one.title.split()[: page.pick("words", 2, 3, 4, 30, 30)])
        title = Span(lines.escaped(short), "title", short)
        run = (Span("["), title, Span("]("), _address(page, one), Span(")"))
        page.put(paper, (*plain(mark.format(page.count)), *tick, *run))


def medicine(page: Page, papers: Sequence[Record]) -> None:
    """`Marsh AB, Li C. Title. Venue. 2019;39(10):44-52.`, as journals of medicine cite."""
    mark = page.pick("mark", "{}. ", "{}. ", "- ", "", "[{}] ", "* ")
    order = page.pick("places", "Y;N(N):P", "Y;N(N):P", "Y;N:P", "Y", "Y May;N(N):P")
    end = page.pick("end", "", "", " doi:{}", " https://doi.org/{}")
    for one in papers:
        paper, tick, _ = page.begin(one)
        places = order.replace(
            "P", f"{page.random.randint(1, 400)}-{page.random.randint(401, 900)}"
        )
        while "N" in places:
            places = places.replace("N", str(page.random.randint(1, 390)), 1)
        year, _, rest = places.partition(";")
        run = (
            *_people(page, one, "vancouver"),
            *(Span(". "), _title(one), Span(_stop(one))),
            *(Span(one.venue.name, "venue"), Span(". "), _year(one)),
            *plain(f"{year[1:]}{';' if rest else ''}{rest}."),
            *_doi(one, end),
        )
        page.put(paper, (*plain(mark.format(page.count)), *(tick if mark else ()), *run))
        if not mark:
            page.sheet.blank()


def gost(page: Page, papers: Sequence[Record]) -> None:
    """`Иванов И. И. Название // Журнал. 2018. Т. 12. № 3. С. 45–52.`, as Russian libraries cite."""
    mark = page.pick("mark", "{}. ", "{}. ", "- ", "{}) ", "* ")
    volume = page.pick("volume", ". Т. {}. № {}. С. {}–{}.", ". № {}. С. {}-{}.", ".", "")
    way = page.pick("way", "initials behind", "gost", "gost")
    before = page.pick("before venue", " // ", " // ", "// ")
    before_year = page.pick("before year", ". ", ", ", ". — ", " – ")
    for one in papers:
        paper, tick, _ = page.begin(one)
        numbers = (page.random.randint(1, 90) for _ in range(volume.count("{}")))
        run = (
            *(*_people(page, one, way), Span(". "), _title(one), Span(before)),
            *(Span(one.venue.name, "venue"), Span(before_year), _year(one)),
            *plain(volume.format(*numbers)),
        )
        page.put(paper, (*plain(mark.format(page.count)), *tick, *run))


def cited_in_short(page: Page, papers: Sequence[Record]) -> None:
    """`Title (Marsh, Reed 84)`: surnames and the year in one bracket behind the title."""
    mark = page.pick("mark", "- ", "- ", "* ", "{}. ", "")
    opening, closing = page.pick("brackets", ("(", ")"), ("(", ")"), ("[", "]"))
    between = page.pick("between", ", ", " & ", " and ", "/")
    before = page.pick("before year", " ", ", ", " '", ", '")
    for one in papers:
        paper, tick, _ = page.begin(one)
        run = (
            *(_title(one), Span(f" {opening}"), *_surnames(page, one, between), Span(before)),
            *(_year(one, is_short="'" in before or page.pick("years", False, False, True)),),
            Span(closing),
        )
        page.put(paper, (*plain(mark.format(page.count)), *(tick if mark else ()), *run))
        if not mark:
            page.sheet.blank()


def dashes(page: Page, papers: Sequence[Record]) -> None:
    """`Title - Marsh & Li - ICML 15`: what is said of a paper, all between dashes."""
    mark = page.pick("mark", "- ", "* ", "{}. ", "")
    dash = page.pick("dash", " - ", " - ", " – ", " — ", " | ")
    between = page.pick("between", ", ", " & ", " and ")
    is_short = page.pick("years", False, True)
    for one in papers:
        paper, tick, _ = page.begin(one)
        venue = (Span(one.venue.name, "venue"), Span(" "), _year(one, is_short=is_short))
        run = (_title(one), Span(dash), *_surnames(page, one, between), Span(dash), *venue)
        page.put(paper, (*plain(mark.format(page.count)), *(tick if mark else ()), *run))
        if not mark:
            page.sheet.blank()


def ideographic_numbers(page: Page, papers: Sequence[Record]) -> None:
    """`1、Title，venue 2020`, as lists are numbered in Chinese and Japanese."""
    form = page.pick("number", "{}、", "{}、", "{}．", "{}. ")
    comma = page.pick("comma", "，", "，", ", ", "。")
    has_people = page.pick("people", False, False, True)
    for one in papers:
        paper, tick, _ = page.begin(one)
        who = (*_people(page, one, "in full, commas"), Span(comma)) if has_people else ()
        run = (_title(one), Span(comma), *who, Span(one.venue.name, "venue"), Span(" "), _year(one))
        page.put(paper, (*plain(form.format(page.count)), *tick, *run))


def _around_address(page: Page) -> tuple[str, str]:
    return page.pick(
        "around", (", ", ""), (", ", ""), (" - ", ""), (": ", ""), (" ", ""), (" (", ")"),
        (" – ", ""), (" -> ", ""), (" | ", ""), ("; ", ""), (" <", ">"),
    )  # fmt: skip


def _with_address(page: Page, one: Record, before: str, after: str) -> Run:
    return (_title(one), Span(before), _address(page, one), *plain(after))


def _address(page: Page, one: Record) -> Span:
    """Where it is on the web: a path alone is none behind a comma."""
    where = one.address
    if form := page.pick("host", *_HOSTS_OF_FILES):
        name = page.random.choice((one.slug, one.slug.partition("-")[0], one.slug[:1]))
        where = Address(form.format(name))
    elif not where.url.startswith("http"):
        where = arxiv_address(Random(one.arxiv), one)
    return Span(where.url, "url", where.url, where.states)


def _title(one: Record) -> Span:
    return Span(lines.escaped(one.title), "title", one.title)


def _stop(one: Record) -> str:
    return " " if one.title[-1] in _NO_STOP else ". "


def _year(one: Record, is_short: bool = False) -> Span:
    is_clear = is_short and one.year in _RECENT
    return Span(str(one.year)[2:] if is_clear else str(one.year), "year", str(one.year))


def _doi(one: Record, form: str) -> Run:
    before, has, after = form.partition("{}")
    return (
        (Span(before), Span(one.doi, "doi", one.doi, (("doi", one.doi),)), Span(after))
        if has
        else ()
    )


def _people(page: Page, one: Record, way: str) -> Run:
    style = replace(page.style, people=way, authors_mark="plain", link="none", affiliated=False)
    run = lines.authors(page.random, one, style)
    # The sentence ends in a stop of its own.
    return tuple(span._replace(text=span.text.removesuffix(".")) for span in run)


def _surnames(page: Page, one: Record, between: str) -> Run:
    """Of one to three; of more the first, and that there are others."""
    names = [person.surname for person in one.authors]
    said = between.join(names) if len(names) <= page.pick("most", 2, 3) else f"{names[0]} et al."
    return (Span(said, "authors", said),)


CONTAINERS = {
    "topics above addresses": topics_above_addresses,
    "addresses behind": addresses_behind,
    "linked titles": linked_titles,
    "medicine": medicine,
    "gost": gost,
    "cited in short": cited_in_short,
    "dashes": dashes,
    "ideographic numbers": ideographic_numbers,
}
