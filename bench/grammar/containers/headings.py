"""Papers as headings, with what is said of them below."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import lines, links, prose, styles, titles, words
from bench.grammar.page import Page, presenter
from bench.grammar.records import Record
from bench.grammar.sheet import MORE, Run, Span, joined, plain


def with_link_line(page: Page, papers: Sequence[Record]) -> None:
    """A heading, a bare link and a few words."""
    for one in papers:
        paper, style = _heading(page, one)
        if style.link != "title":
            page.more(paper, links.address_run(page.random, one, style))
        if page.chance(0.1):
            _companion(page, paper)
        if page.chance(0.5):
            page.gap()
            page.note(paper, prose.note(page.random, page.language))
        _notes(page, paper)
        page.sheet.blank()


def _companion(page: Page, paper: int) -> None:
    """What somebody may read beside it, which is no paper of the list."""
    lead = page.random.choice(
        ("perhaps with: ", "see also: ", "cf. ", "maybe together with ", "related: ")
    )
    page.note(paper, f"- {lead}{titles.title(page.random, 'en', page.style.case)}")
    if page.chance(0.6):
        page.note(paper, f"http://example.org/{page.random.randint(100, 999)}.pdf")


def with_labels(page: Page, papers: Sequence[Record]) -> None:
    """`**Author:** …`, `**Link:** …` below the heading."""
    form = page.pick("form", "**{}:** ", "**{}**: ", "{}: ", "- **{}:** ", "- {}: ", "*{}*: ")
    names = {"A": "authors", "V": "venue", "Y": "year", "P": "venue"}
    for one in papers:
        paper, style = _heading(page, one)
        for slot, run in lines.details(page.random, one, style):
            if slot != "T":
                page.more(paper, plain(form.format(page.name(names[slot]))) + run)
                page.gap()
        page.more(
            paper,
            plain(form.format(page.label("link"))) + links.address_run(page.random, one, style),
        )
        if page.chance(0.7):
            page.gap()
            page.note(
                paper, form.format(page.label("note")) + prose.paragraph(page.random, page.language)
            )
        _notes(page, paper)
        page.sheet.blank()


def with_lines(page: Page, papers: Sequence[Record]) -> None:
    """The details in lines below the heading, then an abstract or a quotation of one."""
    for one in papers:
        paper, style = _heading(page, one)
        page.gap()
        parts = [run for slot, run in lines.details(page.random, one, style) if slot != "T"]
        if parts:
            page.more(paper, joined(parts, page.pick("rest", ", ", ". ", " - ", "  \n")))
        if style.link in {"label", "labels", "line of labels"}:
            page.more(paper, links.labelled(page.random, one, style, style.link != "label"))
        elif style.link != "title":
            page.more(paper, links.address_run(page.random, one, style))
        if page.chance(0.7):
            page.sheet.blank()
            page.note(
                paper,
                page.pick("quote", "> ", "", "- ", "**Abstract.** ")
                + prose.paragraph(page.random, page.language),
            )
        if page.chance(0.3):
            page.sheet.blank()
            page.note(
                paper,
                page.pick("comment", "__Comments:__ ", "**Comment**: ", "")
                + prose.note(page.random, page.language),
            )
        page.sheet.blank()


def whole_in_heading(page: Page, papers: Sequence[Record]) -> None:
    """All details in the heading itself, and notes below."""
    for one in papers:
        paper, tick, style = page.begin(one)
        style = replace(
            style,
            joint=style.joint if style.joint not in {"line", "break"} else "comma",
            tail="none",
        )
        style = replace(
            style, link=style.link if style.link not in {"line", "line of labels"} else "title"
        )
        page.put(paper, plain(_mark(page)) + tick + page.line(one, style))
        page.gap()
        for _ in range(page.random.randint(1, 3)):
            page.note(
                paper,
                page.pick("note", "- ", "* ", "", "> ") + prose.note(page.random, page.language),
            )
        page.sheet.blank()


def sessions(page: Page, papers: Sequence[Record]) -> None:
    """A heading for each day, and below it who presents what, each after its label."""
    form = page.pick("form", "**{}**: ", "**{}:** ", "{}: ", "- {}: ", "- **{}**: ", "* {} - ")
    order = page.random.sample(("presenters", "paper", "notes"), k=3)
    mark = "#" * min(6, page.sheet.level + 1) + " "
    for one in papers:
        day = page.day()
        page.sheet.head(f"{mark}{day}", day)
        page.gap()
        paper, tick, style = page.begin(one)
        for what in order:
            label = plain(form.format(page.name("title" if what == "paper" else what)))
            if what == "paper":
                page.put(
                    paper, label + tick + _one_line(page.line(one, replace(style, lead="none")))
                )
            elif what == "presenters":
                page.put(paper, label + presenter(page), MORE)
            elif page.pick("has slides", True, False, False):
                page.put(paper, label + plain(f"[pdf](slides/{page.count}.pdf)"), MORE)
        page.sheet.blank()


def _one_line(run: Run) -> Run:
    return tuple(span._replace(text=span.text.replace("\n", " ")) for span in run)


def _heading(page: Page, one: Record) -> tuple[int, styles.Style]:
    paper, tick, style = page.begin(one)
    marks = style.title_mark if style.title_mark in {"plain", "bold", "quoted"} else "plain"
    style = replace(style, title_mark=marks)
    run: Run = lines.title(page.random, one, style)
    if page.pick("proposer in heading", "yes", "no", "no", "no") == "yes" and page.chance(0.5):
        run += plain(f" - {words.first_name(page.random)}, {page.random.randint(1, 12)}")
    number = page.pick("numbered", "", "", "", "{}. ").format(page.count)
    if between := page.pick("day before", "", "", "", "", " - ", ": ", " "):
        run = (Span(page.day(), "date"), Span(between), *run)
    page.put(paper, plain(_mark(page) + number) + tick + run)
    if page.pick("presenter below", *("",) * 7, "Presenter: ", "**Presenter:** ", "Speaker: "):
        page.more(paper, plain(page.picked["presenter below"]) + presenter(page))
    return paper, style


def _mark(page: Page) -> str:
    """The marks of a heading below that of the topic; the blank behind them is left out by some."""
    below = page.pick("levels below", 1, 1, 1, 1, 1, 2, 0, 0)
    if page.chance(page.pick("levels differ", 0, 0, 0, 0.3)):
        below = page.random.choice((0, 1, 1, 2))
    return "#" * min(6, max(1, page.sheet.level + below)) + page.pick("glue", *((" ",) * 15), "")


def _notes(page: Page, paper: int) -> None:
    """What someone wrote down while reading: items, some below others, and paragraphs."""
    form = page.pick("notes", "items", "items", "paragraphs", "none", "none")
    if form == "none":
        return
    page.sheet.blank()
    for number in range(page.random.randint(1, 6)):
        if form == "items":
            depth = page.random.choice((0, 0, 1)) if number else 0
            page.note(
                paper,
                "  " * depth
                + page.pick("note mark", "- ", "* ", "1. ")
                + prose.note(page.random, page.language),
            )
        else:
            page.note(paper, prose.paragraph(page.random, page.language))
            page.sheet.blank()


CONTAINERS = {
    "headings with links": with_link_line, "headings with labels": with_labels,
    "headings with lines": with_lines, "whole headings": whole_in_heading, "sessions": sessions,
}  # fmt: skip
