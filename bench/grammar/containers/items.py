"""Papers as items of lists."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import lines, prose, records, words
from bench.grammar.page import Page, indented
from bench.grammar.records import Record
from bench.grammar.sheet import Run, Span, broken, joined, plain, wrapped

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


def bullets(page: Page, papers: Sequence[Record]) -> None:
    mark = page.pick("bullet", "- ", "- ", "* ", "* ", "+ ", "-   ", "*   ")
    for one in papers:
        _item(page, one, mark)


def numbers(page: Page, papers: Sequence[Record]) -> None:
    form = page.pick("number", "{}. ", "{}. ", "{}) ", "1. ")
    for number, one in enumerate(papers, start=1):
        _item(page, one, form.format(number))


def bracketed_bullets(page: Page, papers: Sequence[Record]) -> None:
    """`- [12] …`, a number of the list and not of Markdown."""
    for one in papers:
        _item(page, one, f"- [{page.count + 1}] ")


def glued_boxes(page: Page, papers: Sequence[Record]) -> None:
    """Boxes that lack a blank, which people write and Markdown does not know."""
    for number, one in enumerate(papers):
        form = ("-[{}] ", "- [{}]", "* [{}] ", "- [{}] ")[number % 4]
        page.ticks = "box"
        paper, tick, style = page.begin(one)
        mark = form.format(tick[0].text[1])
        page.put(paper, plain(mark) + indented(page.line(one, style), "  "))


def wrapped_items(page: Page, papers: Sequence[Record]) -> None:
    """Items broken into lines of some eighty letters, as an editor does."""
    for one in papers:
        paper, tick, style = page.begin(one)
        run = plain("- ") + tick + _one_line(page.line(one, style))
        first, *others = broken(run, "  ", page.random.choice((60, 72, 80)))
        if not any(span.field == "title" for span in first):  # it would be no line of a paper
            first, others = run, []
        page.put(paper, first)
        for line in others:
            page.more(paper, line)
        page.gap()


def nested_items(page: Page, papers: Sequence[Record]) -> None:
    """The title as an item, the rest of the details as items below it."""
    mark, inner = page.pick("bullet", "- ", "* ", "1. "), page.pick("inner", "- ", "* ", "+ ")
    for one in papers:
        paper, tick, style = page.begin(one)
        page.put(paper, plain(mark) + tick + _title_line(page, one, style))
        rest = _rest(page, one, style)
        if rest:
            page.more(paper, plain(" " * len(mark) + inner) + rest)
        if style.link in {"label", "labels", "line", "line of labels"}:
            page.more(
                paper,
                plain(" " * len(mark) + inner) + lines.labelled(page.random, one, style, True),
            )
        if page.chance(0.2):
            page.note(paper, " " * len(mark) + inner + prose.note(page.random, page.language))
        page.gap()


def continued_items(page: Page, papers: Sequence[Record]) -> None:
    """The title as an item, the rest in lines or a paragraph of the same item."""
    mark = page.pick("bullet", "- ", "* ", "1. ", "+ ")
    indent = page.pick("indent", " " * len(mark), " " * len(mark), "    ")
    ending = page.pick("ending", "", "", "  ", "\\", "<br>")
    apart = page.pick("apart", "yes", "no", "no") == "yes"
    for one in papers:
        paper, tick, style = page.begin(one)
        page.put(
            paper,
            plain(mark) + tick + _title_line(page, one, style) + plain("" if apart else ending),
        )
        for run in _lines_below(page, one, style):
            if apart:
                page.sheet.blank()
            page.more(paper, plain(indent) + run)
        page.gap()


def labelled_items(page: Page, papers: Sequence[Record]) -> None:
    """`- **Title**: …` and below it `- **Authors**: …`, or all labels on one level of items."""
    form = page.pick("form", "**{}**: ", "{}: ", "*{}:* ", "**{}:** ", "__{}__: ")
    has_label = page.pick("labelled title", "yes", "no") == "yes"
    mark = page.pick("labelled mark", "- ", "- ", "{}. ", "* ")
    inner = page.pick("labels below", "  - ", "  - ", "  ", "   ", "    - ")
    for one in papers:
        paper, tick, style = page.begin(one)
        label = form.format(page.name("title")) if has_label else ""
        page.put(
            paper,
            plain(mark.format(page.count))
            + tick
            + plain(label)
            + lines.title(page.random, one, style),
        )
        for name, run in _fields(page, one, style):
            page.more(paper, plain(inner + form.format(name)) + run)
        page.gap()


def under_topic_items(page: Page, papers: Sequence[Record]) -> None:
    """Topics as items, papers as the items below them."""
    for start in range(0, len(papers), 3):
        topic = words.topic(page.random, page.language)
        slug = records.slug(topic)
        form = page.pick(
            "topic item", "- {}", "- **{}**", "* {}:", "* {}", "- [{}]({}/)", "- [{}](#{})："
        )
        page.sheet.head(form.format(topic, slug), topic)
        for one in papers[start : start + 3]:
            _item(page, one, "    - " if page.pick("depth", "2", "4") == "4" else "  - ")


def two_in_one(page: Page, papers: Sequence[Record]) -> None:
    """Items that hold two linked papers now and then."""
    waiting = list(papers)
    while waiting:
        first = waiting.pop(0)
        style = replace(
            page.style,
            link="title",
            title_mark="plain",
            order="T Y",
            year_mark="parentheses",
            tail="none",
            lead="none",
        )
        paper, tick, _ = page.begin(first)
        run = plain("- ") + tick + _of(page, first, style, paper)
        if waiting and page.chance(0.4):
            second = waiting.pop(0)
            other, _, _ = page.begin(second)
            run += plain(page.pick("and", " and ", ", ", " & ", "; ")) + _of(
                page, second, style, other
            )
        page.sheet.add(run, "paper")


def folded(page: Page, papers: Sequence[Record]) -> None:
    """Items between `<details>` and `</details>`."""
    page.sheet.add("<details>")
    page.sheet.add(f"<summary>{page.random.choice(('More', 'Show', 'Older papers'))}</summary>")
    page.sheet.blank()
    for one in papers:
        _item(page, one, "- ")
    page.sheet.blank()
    page.sheet.add("</details>")


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


def _item(page: Page, one: Record, mark: str) -> None:
    paper, tick, style = page.begin(one)
    page.put(paper, plain(mark) + tick + indented(page.line(one, style), " " * len(mark)))
    if page.pick("badges below", "yes", *(("no",) * 12)) == "yes":
        for badge in page.random.sample(words.BADGES, k=page.random.randint(1, 3)):
            page.note(paper, " " * len(mark) + badge.format(one.slug))
    if page.chance(page.pick("how many notes", 0.04, 0.04, 0.04, 0.5)):
        _note(page, paper, " " * len(mark))
    page.gap()


def _note(page: Page, paper: int, indent: str) -> None:
    """What is said below an item: in items, in a paragraph, or folded away."""
    form = page.pick("form of notes", "- {}", "- {}", "* {}", "> {}", "{}", "folded")
    if form == "folded":
        page.note(paper, f"{indent}<details><summary>Abstract</summary>")
        page.note(paper, indent + prose.paragraph(page.random, page.language))
        page.note(paper, f"{indent}</details>")
        return
    for _ in range(page.random.choice((1, 1, 2, 3))):
        page.note(paper, indent + form.format(prose.note(page.random, page.language)))


def _of(page: Page, one: Record, style: lines.Style, paper: int) -> Run:
    run = page.line(one, style)
    return tuple(span._replace(paper=paper) if span.field else span for span in run)


def _one_line(run: Run) -> Run:
    return tuple(span._replace(text=span.text.replace("\n", " ")) for span in run)


def _title_line(page: Page, one: Record, style: lines.Style) -> Run:
    """The title with what has to be beside it."""
    run = lines.lead(page.random, style, page.count) + lines.title(page.random, one, style)
    if (
        style.order in {"T Y", "T P", "T Y A", "T V Y A", "T P A"}
        and page.pick("year beside", "yes", "no") == "yes"
    ):
        parts = dict(lines.details(page.random, one, style))
        beside = parts.get("Y") or parts.get("P") or ()
        if beside and style.whole and style.title_mark in {"bold", "italic", "bold italic"}:
            mark = run[-1].text
            return (*run[:-1], *plain(" ("), *lines.bare_of(beside), *plain(f"){mark}"))
        run += (
            plain(" " if style.year_mark in {"parentheses", "brackets"} else ". ") + beside
            if beside
            else ()
        )
    return run


def _rest(page: Page, one: Record, style: lines.Style) -> Run:
    """All details but the title, in one line."""
    parts = [run for name, run in lines.details(page.random, one, style) if name != "T"]
    if page.pick("year beside", "yes", "no") == "yes" and "A" in style.order and len(parts) > 1:
        parts = parts[:1]
    return joined(parts, page.pick("rest", ". ", ", ", " - ", "; "))


def _lines_below(page: Page, one: Record, style: lines.Style) -> list[Run]:
    parts = [run for name, run in lines.details(page.random, one, style) if name != "T"]
    together = page.pick("below", "together", "each") == "together"
    found = [joined(parts, page.pick("rest", ". ", ", ", " - "))] if together else parts
    if style.link in {"label", "labels", "line of labels"}:
        found.append(lines.labelled(page.random, one, style, style.link != "label"))
    elif style.link in {"line", "bare", "autolink"}:
        found.append(lines.address_run(page.random, one, style))
    return [run for run in found if run]


def _fields(page: Page, one: Record, style: lines.Style) -> list[tuple[str, Run]]:
    names = {"A": "authors", "V": "venue", "Y": "year", "P": "venue"}
    found = [
        (page.name(names[key]), run)
        for key, run in lines.details(page.random, one, style)
        if key != "T"
    ]
    if style.link != "none":
        found.append((page.label("link"), lines.address_run(page.random, one, style)))
    if page.chance(0.3):
        found.append((page.label("code"), plain(f"https://github.com/nordlab/{one.slug}")))
    if page.chance(0.3):
        found.append((page.label("note"), plain(prose.note(page.random, page.language))))
    return found


def _tail_link(page: Page, one: Record, style: lines.Style) -> Run:
    if style.link in {"label", "labels"}:
        return plain(" ") + lines.labelled(page.random, one, style, style.link == "labels")
    return (
        plain(" ") + lines.address_run(page.random, one, style)
        if style.link in {"bare", "doi", "line"}
        else ()
    )


def _who(page: Page, one: Record, style: lines.Style, way: str) -> Run:
    return lines.authors(
        page.random, one, replace(style, people=way, authors_mark="plain", link="none")
    )


def _where(one: Record) -> Run:
    return (Span(one.venue.name, "venue"),)


def _when(one: Record) -> Run:
    return (Span(str(one.year), "year", str(one.year)),)


def _what(one: Record) -> Run:
    return (Span(lines.escaped(one.title), "title", one.title),)


def _apa(page: Page, one: Record, style: lines.Style) -> Run:
    volume = f", {page.random.randint(1, 90)}({page.random.randint(1, 9)}), {page.random.randint(1, 400)}-{page.random.randint(401, 900)}."
    italic = page.pick("italic", "*", "_", "")
    stop = "" if one.title[-1] in ".?!？" else "."
    return (
        *_who(page, one, style, "apa"), Span(" ("), *_when(one), Span("). "), *_what(one), Span(f"{stop} "),
        *wrapped(_where(one), italic, italic), Span(volume if one.venue.kind == "journal" else "."),
    )  # fmt: skip


def _mla(page: Page, one: Record, style: lines.Style) -> Run:
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


def _ieee(page: Page, one: Record, style: lines.Style) -> Run:
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


def _chicago(page: Page, one: Record, style: lines.Style) -> Run:
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


def _vancouver(page: Page, one: Record, style: lines.Style) -> Run:
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


def _iso690(page: Page, one: Record, style: lines.Style) -> Run:
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


def _gb7714(page: Page, one: Record, style: lines.Style) -> Run:
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


def _harvard(page: Page, one: Record, style: lines.Style) -> Run:
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


def _short_reference(page: Page, one: Record, style: lines.Style) -> Run:
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


def _crossref(page: Page, one: Record, style: lines.Style) -> Run:
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


def _cited_text(page: Page, one: Record, style: lines.Style) -> Run:
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


def _of_a_lab(page: Page, one: Record, style: lines.Style) -> Run:
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


def _apa_linked_venue(page: Page, one: Record, style: lines.Style) -> Run:
    """APA in which the journal, with its volume or without, is the link."""
    volume = f", {page.random.randint(1, 90)}({page.random.randint(1, 9)})"
    where = (
        Span("["),
        *_where(one),
        Span(page.pick("volume", volume, "", ", ")),
        Span("]("),
        *lines.address_run(page.random, one, style),
        Span(")"),
    )
    return (
        *_who(page, one, style, "apa"), Span(" ("), *_when(one), Span("). "), *_what(one), Span("" if one.title[-1] in ".?!？" else "."),
        Span(" "), *where, Span("."),
    )  # fmt: skip


def _quoted_before_venue(page: Page, one: Record, style: lines.Style) -> Run:
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
CONTAINERS = {
    "bullets": bullets, "numbers": numbers, "bracketed numbers": bracketed_bullets, "glued boxes": glued_boxes,
    "wrapped items": wrapped_items, "nested items": nested_items, "continued items": continued_items,
    "labelled items": labelled_items, "items of topics": under_topic_items, "two in one item": two_in_one,
    "folded items": folded, "references": references,
}  # fmt: skip
