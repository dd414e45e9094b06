"""Papers as rows of tables."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import lines, links, prose, styles, words
from bench.grammar.page import Page, cell, presenter
from bench.grammar.records import Record
from bench.grammar.sheet import Run, Span, joined, of_paper, plain

_NAMES = {"T": "title", "A": "authors", "V": "venue", "Y": "year", "P": "venue"}
# Columns beside those of the order. The number goes first, the others anywhere.
_EXTRAS = (
    "number",
    "link",
    "code",
    "notes",
    "done",
    "topic",
    "rating",
    "proposer",
    "presenters",
    "date",
)


def table(page: Page, papers: Sequence[Record]) -> None:
    """A column for each detail."""
    columns = _columns(page)
    names = [page.column(_NAMES.get(column, column)) for column in columns]
    _head(page, names)
    topic = page.sheet.topic or ""
    for number, one in enumerate(papers):
        if number % 3 == 0:
            topic = words.topic(page.random, page.language)
        _row(page, one, columns, topic)
    page.sheet.blank()


def cell_with_prose(page: Page, papers: Sequence[Record]) -> None:
    """The title and what the paper shows in one cell, the links in another."""
    _head(
        page,
        [f"**{page.column('title')}**", f"**{page.pick('links', 'Links', 'Resources', 'Link')}**"],
    )
    form = page.pick("form", "{}) ", "", "{}. ")
    joint = page.pick("joint", " - ", ": ", " – ", "<br>", " - ")
    for number, one in enumerate(papers, start=1):
        paper, tick, style = page.begin(one)
        style = replace(style, title_mark="bold", link="label")
        run = plain(form.format(number)) + tick + lines.title(page.random, one, style)
        run += plain(joint + prose.paragraph(page.random, page.language))
        _put(
            page,
            [
                of_paper(run, paper),
                of_paper(links.labelled(page.random, one, style, page.chance(0.6)), paper),
            ],
        )
    page.sheet.blank()


def cell_of_lines(page: Page, papers: Sequence[Record]) -> None:
    """All details in one cell, parted by `<br>`, beside other columns."""
    others = page.random.sample(
        ("notes", "code", "rating", "done", "number"), k=page.random.randint(1, 2)
    )
    at = page.random.randint(0, len(others))
    _head(page, [page.column(name) for name in (*others[:at], "title", *others[at:])])
    for one in papers:
        paper, tick, style = page.begin(one)
        parts = dict(lines.details(page.random, one, style))
        runs = [parts[slot] for slot in style.order.split() if slot in parts]
        run = tick + joined(runs, page.pick("break", "<br>", " <br> ", "<br/>"))
        if style.link in {"label", "labels"}:
            run += plain("<br>") + links.labelled(page.random, one, style, style.link == "labels")
        if page.pick("badge in cell", "yes", "no", "no") == "yes":
            run = plain(page.random.choice(words.BADGES).format(one.slug) + " <br> ") + run
        cells: list[Run] = [_extra(page, name, one, style) for name in others]
        cells.insert(at, run)
        _put(page, [of_paper(each, paper) for each in cells])
    page.sheet.blank()


def cell_with_citation(page: Page, papers: Sequence[Record]) -> None:
    """The whole line of a paper in one cell of a table with other columns."""
    others = page.random.sample(
        ("notes", "number", "topic", "rating", "proposer"), k=page.random.randint(1, 2)
    )
    at = page.random.randint(0, len(others))
    _head(page, [page.column(name) for name in (*others[:at], "title", *others[at:])])
    for one in papers:
        paper, tick, style = page.begin(one)
        cells: list[Run] = [_extra(page, name, one, style) for name in others]
        cells.insert(at, tick + page.line(one, replace(style, tail="none")))
        _put(page, [of_paper(each, paper) for each in cells])
    page.sheet.blank()


def _columns(page: Page) -> list[str]:
    columns = page.style.order.split()
    if page.style.link not in {"none", "title", "citation", "html", "wiki"} and page.chance(0.8):
        columns.insert(page.random.randint(1, len(columns)), "link")
    for extra in page.random.sample(_EXTRAS, k=page.random.choice((0, 1, 1, 2, 3))):
        if extra not in columns:
            columns.insert(0 if extra == "number" else page.random.randint(0, len(columns)), extra)
    return columns


def _row(page: Page, one: Record, columns: Sequence[str], topic: str) -> None:
    paper, tick, style = page.begin(one)
    style = replace(style, order=page.style.order, title_mark=_plainer(style.title_mark))
    parts = dict(lines.details(page.random, one, style))
    cells = []
    for column in columns:
        if column == "T":
            run = tick + parts["T"]
        elif column in _NAMES:
            run = _bare(parts.get(column, ()))
        elif column == "topic":
            run = (Span(topic, "topic"),)
        else:
            run = _extra(page, column, one, style)
        cells.append(of_paper(run, paper))
    _put(page, cells)


def _extra(page: Page, column: str, one: Record, style: styles.Style) -> Run:
    random = page.random
    if column == "link":
        return (
            links.labelled(random, one, style)
            if page.pick("cell of link", "labelled", "bare") == "labelled"
            else links.address_run(random, one, style)
        )
    if column == "presenters":
        return presenter(page)
    if column == "date":
        return (Span(page.day(), "date"),)
    if column == "topic":
        return (Span(words.topic(random, page.language), "topic"),)
    if column == "proposer":
        return (Span(words.first_name(random), "proposer"),)
    if column == "done":
        is_done = random.random() < 0.5
        done, open_ = (
            page.pick("done", "✓ ", "x|", "yes|no", "✅|", "Done|To read", "[x]|[ ]")
            .replace("✓ ", "✓|")
            .split("|")
        )
        return (
            (Span(done if is_done else open_, "checked", is_done),)
            if (done if is_done else open_)
            else ()
        )
    texts = {
        "number": str(page.count), "rating": str(random.randint(1, 5)), "notes": random.choice(("", prose.note(random, page.language))),
        "code": random.choice((f"[Code](https://github.com/nordlab/{one.slug})", "No", "[GitHub](https://github.com/nordlab)", "-", "")),
    }  # fmt: skip
    return plain(texts[column])


def _bare(run: Run) -> Run:
    """A detail without the brackets that it has in a line."""
    has_them = len(run) > 2 and run[0].text in {"(", "["} and run[-1].text in {")", "]"}
    return run[1:-1] if has_them else run


def _plainer(mark: str) -> str:
    return mark if mark in {"plain", "bold", "italic", "quoted", "struck"} else "plain"


def _head(page: Page, names: Sequence[str]) -> None:
    outer = page.pick("outer", "| ", "| ", "| ", "")
    rule = page.pick("rule", "---", ":---:", "-----", ":--")
    page.sheet.add(outer + " | ".join(names) + (" |" if outer else ""))
    page.sheet.add((outer or "") + " | ".join(rule for _ in names) + (" |" if outer else ""))


def _put(page: Page, cells: Sequence[Run]) -> None:
    outer = page.pick("outer", "| ", "| ", "| ", "")
    run = plain(outer)
    for number, each in enumerate(cells):
        run += (plain(" | ") if number else ()) + cell(each)
    page.sheet.add(run + plain(" |" if outer else ""), "paper")


CONTAINERS = {
    "table": table, "table with prose": cell_with_prose, "table of lines": cell_of_lines,
    "table of citations": cell_with_citation,
}  # fmt: skip
