"""Papers as the references of a bibliography, in one of its styles."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import lines, links, styles
from bench.grammar.page import Page
from bench.grammar.records import Record
from bench.grammar.sheet import Run, Span, plain, wrapped

# Where books are printed.
_PLACES = (
    "Berlin",
    "München",
    "Frankfurt am Main",
    "Paris",
    "London",
    "New York",
    "Cambridge",
    "Oxford",
    "Wien",
    "Zürich",
    "Leiden",
    "Madrid",
    "Torino",
    "Chicago",
)


def references(page: Page, papers: Sequence[Record]) -> None:
    """Whole references as bibliographies print them, one style throughout."""
    known = _YEAR_FIRST if page.style.order == "A Y T V" else _YEAR_LAST
    usual = [name for name in known if name not in _RARE]
    from_style = page.pick("reference", *usual, *usual, *usual, *known)
    mark = page.pick("mark", "- ", "", "", "{}. ", "[{}] ", "Text: ")
    for one in papers:
        paper, tick, style = page.begin(one)
        number = mark.format(page.count)
        run = known[from_style](page, one, style)
        page.put(
            paper, plain(number) + (tick if number else ()) + run + (_tail_link(page, one, style))
        )
        if not number or page.gaps:
            page.sheet.blank()


def _tail_link(page: Page, one: Record, style: styles.Style) -> Run:
    if style.link in {"label", "labels"}:
        return plain(" ") + links.labelled(page.random, one, style, style.link == "labels")
    return (
        plain(" ") + links.address_run(page.random, one, style)
        if style.link in {"bare", "doi", "line"}
        else ()
    )


def _who(page: Page, one: Record, style: styles.Style, way: str) -> Run:
    return lines.authors(
        page.random, one, replace(style, people=way, authors_mark="plain", link="none")
    )


def _where(one: Record) -> Run:
    return (Span(one.venue.name, "venue"),)


def _when(one: Record) -> Run:
    return (Span(str(one.year), "year", str(one.year)),)


def _what(one: Record) -> Run:
    return (Span(lines.escaped(one.title), "title", one.title),)


def _apa(page: Page, one: Record, style: styles.Style) -> Run:
    volume = f", {page.random.randint(1, 90)}({page.random.randint(1, 9)}), {page.random.randint(1, 400)}-{page.random.randint(401, 900)}."
    italic = page.pick("italic", "*", "_", "")
    stop = "" if one.title[-1] in ".?!？" else "."
    return (
        *_who(page, one, style, "apa"), Span(" ("), *_when(one), Span("). "), *_what(one), Span(f"{stop} "),
        *wrapped(_where(one), italic, italic), Span(volume if one.venue.kind == "journal" else "."),
    )  # fmt: skip


def _mla(page: Page, one: Record, style: styles.Style) -> Run:
    bold = page.pick("bold", "**", "")
    behind = (
        f" {page.random.randint(1, 600)}.{page.random.randint(1, 9)} ("
        if one.venue.kind == "journal"
        else " ("
    )
    return (
        *_who(page, one, style, page.pick("way", "mla", "reversed et al")), Span(f'. "{bold}'), *_what(one), Span(f'{bold}." '),
        *_where(one), Span(behind), *_when(one), Span(").")
    )  # fmt: skip


def _ieee(page: Page, one: Record, style: styles.Style) -> Run:
    return (
        *_who(page, one, style, "initials first, and"),
        Span(', "'),
        *_what(one),
        Span(',"'),
        Span(" in "),
        *_where(one),
        Span(", "),
        *_when(one),
        Span("."),
    )


def _chicago(page: Page, one: Record, style: styles.Style) -> Run:
    return (
        *_who(page, one, style, "mla"),
        Span(". "),
        *_when(one),
        Span('. "'),
        *_what(one),
        Span('." *'),
        *_where(one),
        Span("*."),
    )


def _vancouver(page: Page, one: Record, style: styles.Style) -> Run:
    return (
        *_who(page, one, style, "vancouver"),
        Span(". "),
        *_what(one),
        Span(". "),
        *_where(one),
        Span(". "),
        *_when(one),
        Span(
            f";{page.random.randint(1, 90)}:{page.random.randint(1, 99)}-{page.random.randint(100, 200)}."
        ),
    )


def _iso690(page: Page, one: Record, style: styles.Style) -> Run:
    return (
        *_who(page, one, style, "capitals"),
        Span(". "),
        *_what(one),
        Span(". *"),
        *_where(one),
        Span("*, "),
        *_when(one),
        Span(
            f", {page.random.randint(1, 90)}, {page.random.randint(1, 99)}–{page.random.randint(100, 200)}."
        ),
    )


def _gb7714(page: Page, one: Record, style: styles.Style) -> Run:
    kind = "[J]" if one.venue.kind == "journal" else "[C]"
    return (
        *_who(page, one, style, "in full, commas"),
        Span(". "),
        *_what(one),
        Span(f"{kind}. " if kind == "[J]" else f"{kind}// "),
        *_where(one),
        Span(", "),
        *_when(one),
        Span(": 1-12."),
    )


def _harvard(page: Page, one: Record, style: styles.Style) -> Run:
    return (
        *_who(page, one, style, "harvard"),
        Span(", "),
        *_when(one),
        Span(". "),
        *_what(one),
        Span(". In *"),
        *_where(one),
        Span("*."),
    )


def _short_reference(page: Page, one: Record, style: styles.Style) -> Run:
    return (
        *_who(page, one, style, page.pick("way", "surname et al", "surnames")),
        Span(". "),
        *_what(one),
        Span(". "),
        *_where(one),
        Span(" "),
        *_when(one),
        Span("."),
    )


def _crossref(page: Page, one: Record, style: styles.Style) -> Run:
    return (
        *_who(page, one, style, "in full, commas"),
        Span(": "),
        *_what(one),
        Span(". "),
        *_where(one),
        Span(" "),
        *_when(one),
        Span(f": {page.random.randint(1, 99)}-{page.random.randint(100, 200)}"),
    )


def _cited_text(page: Page, one: Record, style: styles.Style) -> Run:
    """As the humanities cite: `Family, Given: Title, Place Year, S. 3-9.`"""
    pages = page.pick("pages", ", S. {}-{}.", ", S. {}–{}.", ".", ", pp. {}-{}.", ", p. {}")
    first = page.random.randint(1, 300)
    return (
        *_who(page, one, style, page.pick("way", "bibtex", "slashes", "mla")),
        Span(". " if len(one.authors) == 1 and one.authors[0].is_organisation else ": "),
        *_what(one),
        Span(page.pick("before place", ", ", ". ")),
        *(() if page.chance(0.2) else _where(one) if page.chance(0.5) else plain(_place(page))),
        Span(" "),
        *_when(one),
        Span(pages.format(first, first + 20)),
    )


def _place(page: Page) -> str:
    return page.random.choice(_PLACES)


def _of_a_lab(page: Page, one: Record, style: styles.Style) -> Run:
    """`Family G., Family G. Title. Venue, Year.`"""
    return (
        *_who(page, one, style, page.pick("way", "initials behind", "vancouver", "initials first")),
        Span(page.pick("behind people", ". ", ", ", ". ")),
        *_what(one),
        Span("" if one.title[-1] in ".?!？" else "."),
        Span(" "),
        *_where(one),
        Span(page.pick("before year", ", ", " ")),
        *_when(one),
        Span("."),
    )


def _apa_linked_venue(page: Page, one: Record, style: styles.Style) -> Run:
    """APA in which the journal, with its volume or without, is the link."""
    volume = f", {page.random.randint(1, 90)}({page.random.randint(1, 9)})"
    where = (
        Span("["),
        *_where(one),
        Span(page.pick("volume", volume, "", ", ")),
        Span("]("),
        *links.address_run(page.random, one, style),
        Span(")"),
    )
    return (
        *_who(page, one, style, "apa"), Span(" ("), *_when(one), Span("). "), *_what(one), Span("" if one.title[-1] in ".?!？" else "."),
        Span(" "), *where, Span("."),
    )  # fmt: skip


def _quoted_before_venue(page: Page, one: Record, style: styles.Style) -> Run:
    """`Family, "Title", Venue, Year`, as people note what an examination asks for."""
    return (
        *_who(page, one, style, page.pick("way", "surnames", "surnames, ampersand", "in full")),
        Span(', "'),
        *_what(one),
        Span(page.pick("quote ends", '", ', '." ')),
        *(_where(one) if page.pick("has venue", True, False) else ()),
        *(plain(", ") if page.pick("has venue", True, False) else ()),
        *_when(one),
    )


# By name, after where the year is.
_YEAR_FIRST = {
    "apa": _apa,
    "apa with linked venue": _apa_linked_venue,
    "harvard": _harvard,
    "chicago": _chicago,
}
_YEAR_LAST = {
    "mla": _mla, "ieee": _ieee, "vancouver": _vancouver, "iso 690": _iso690, "gb/t 7714": _gb7714,
    "short": _short_reference, "dblp": _crossref, "cited text": _cited_text, "of a lab": _of_a_lab,
    "quoted": _quoted_before_venue,
}  # fmt: skip
# People before a colon, which few lists have.
_RARE = {"cited text"}
CONTAINERS = {"references": references}
