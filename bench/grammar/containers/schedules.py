"""Papers as what is read on a day: schedules of groups, pages of courses, front matter."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import lines, links, words
from bench.grammar.containers.tables import _head, _put
from bench.grammar.page import Page, indented, presenter
from bench.grammar.records import Record
from bench.grammar.sheet import NOISE, Run, Span, of_paper, plain

_ROOMS = ("Room 2", "Room 314", "Hall B", "Main Library", "online", "Zoom", "E 1.12", "Café")


def schedule(page: Page, papers: Sequence[Record]) -> None:
    """A table of dates, with the paper's line in one cell, and rows on which nothing is read."""
    columns = ["date", "paper"]
    for extra in page.random.sample(
        ("presenters", "notes", "topic", "number", "room"), k=page.random.randint(1, 3)
    ):
        columns.insert(page.random.randint(0, len(columns)), extra)
    if "presenters" not in columns and page.chance(0.7):
        columns.append("presenters")
    _head(page, [page.column("title" if column == "paper" else column) for column in columns])
    waiting = list(papers)
    page.last.clear()
    if page.chance(0.3):
        _empty_row(page, columns)
    while waiting:
        if page.chance(0.15):
            page.last.clear()
            _empty_row(page, columns)
        several = 2 if page.chance(0.12) and len(waiting) > 1 else 1
        _row(page, columns, [waiting.pop(0) for _ in range(several)])
    page.sheet.blank()


def dated_items(page: Page, papers: Sequence[Record]) -> None:
    """`- 2024-05-03 (Ada): …`"""
    mark = page.pick("bullet", "- ", "* ", "", "- ")
    form = page.pick(
        "form", "{}: ", "**{}**: ", "**{}** ", "[{}] ", "{} - ", "`{}` ", "({}) ", "{} ", "{} "
    )
    has_presenter = page.pick("presenter", "yes", "no") == "yes"
    for one in papers:
        paper, tick, style = page.begin(one)
        before, _, after = form.partition("{}")
        run: Run = (Span(mark + before), Span(page.day(), "date"), Span(after))
        if has_presenter:
            before, after = page.pick(
                "around presenters", ("(", "): "), ("(", ") "), ("[", "]: "), ("[", "] ")
            )
            run += (Span(before), *presenter(page), Span(after))
        page.put(paper, run + tick + indented(page.line(one, replace(style, lead="none")), "  "))
        if not mark:
            page.sheet.blank()
        page.gap()


def course(page: Page, papers: Sequence[Record]) -> None:
    """Weeks, each with what is to be read, what may be read, slides and homework."""
    waiting = list(papers)
    number = 0
    while waiting:
        number += 1
        week = words.week(number, page.language)
        subject = words.topic(page.random, page.language)
        heading = page.pick(
            "week", "{week}: {subject}", "{week}", "{subject}", "{week} ({day}): {subject}"
        ).format(week=week, subject=subject, day=page.day())
        page.sheet.head(page.pick("level", "## ", "### ", "#### ") + heading, heading)
        page.gap()
        for label in page.random.sample(
            ("Readings:", "**Required**", "Optional:", "*Reading*"), k=1
        ):
            page.sheet.add(label)
            page.gap()
        for _ in range(min(len(waiting), page.random.randint(1, 3))):
            one = waiting.pop(0)
            paper, tick, style = page.begin(one)
            page.put(paper, plain("- ") + tick + indented(page.line(one, style), "  "))
        for _ in range(page.random.choice(page.pick("no papers", (0,), (0, 1, 1, 2)))):
            said = words.placeholder(page.random, page.language)
            behind = page.random.choice(
                ("", f" [slides](l{number}.pdf)", f" ([pdf](l{number}.pdf))")
            )
            page.sheet.add(f"- {said}{behind}", NOISE)
        if page.chance(0.5):
            page.sheet.add("")
            page.sheet.add(
                page.random.choice(
                    (
                        f"Slides: [pdf](slides/{number}.pdf)",
                        f"Homework {number} is due on Friday.",
                        f"[Notes](notes/{number}.md) | [Video](https://www.youtube.com/watch?v=bees{number})",
                    )
                ),
                NOISE,
            )
        page.sheet.blank()


def front_matter(page: Page, papers: Sequence[Record]) -> None:
    """Sessions as YAML above a page, which is why this container is always first and alone."""
    names = {"A": "authors", "V": "venue", "Y": "year", "P": "venue"}
    quote = page.pick("quote", '"', "", "'")
    page.sheet.add(page.pick("key", "papers:", "sessions:", "readings:", "schedule:"))
    for one in papers:
        paper, _, style = page.begin(one)
        style = replace(
            style,
            link="none",
            title_mark="plain",
            authors_mark="plain",
            venue_mark="plain",
            year_mark="plain",
        )
        needs_quotes = quote == '"' or any(sign in one.title for sign in ":#'\"[]{}!&*@`%|>")
        sign = '"' if needs_quotes else quote
        title = one.title.replace('"', r"\"") if sign == '"' else one.title
        run: Run = (Span("  - title: " + sign), Span(title, "title", one.title), Span(sign))
        first = page.pick("first", "title", "date")
        day: Run = (Span("date: "), Span(page.day(), "date"))
        if first == "date":
            page.put(paper, (Span("  - "), *day), "more")
            run = (Span("    title: " + sign), *run[1:])
        page.put(paper, run)
        for slot, part in lines.details(page.random, one, style):
            if slot != "T":
                page.more(paper, plain(f"    {names[slot]}: {sign}") + part + plain(sign))
        if page.style.link != "none":
            page.more(
                paper,
                plain(f"    {page.pick('url', 'link', 'url', 'pdf')}: ")
                + links.address_run(page.random, one, page.style),
            )
        if page.pick("presenter", "yes", "no") == "yes":
            page.more(paper, (Span("    presenter: "), *presenter(page)))


def _row(page: Page, columns: Sequence[str], papers: Sequence[Record]) -> None:
    numbers: list[int] = []
    run: Run = ()
    for one in papers:
        paper, tick, style = page.begin(one)
        style = replace(
            style, lead="none", tail="none" if style.tail == "presenter" else style.tail
        )
        if len(papers) > 1:
            style = replace(style, link="title", order="T", tail="none")
        run += plain(page.pick("several", "<br>", ", ", " & ") if numbers else "") + of_paper(
            tick + page.line(one, style), paper
        )
        numbers.append(paper)
    goes_on = page.last and page.pick("rows go on", "yes", "no", "no") == "yes" and page.chance(0.3)
    cells = []
    for column in columns:
        if column == "paper":
            cells.append(run)
        elif goes_on and column in page.last:  # a blank cell means that of the row above
            cells.append(_of_all(_unwritten(page.last[column]), numbers))
        else:
            each = _cell(page, column)
            page.last[column] = each
            cells.append(_of_all(each, numbers))
    _put(page, cells)


def _unwritten(run: Run) -> Run:
    return tuple(span._replace(text="", value=span.meaning) for span in run if span.field)


def _of_all(run: Run, papers: Sequence[int]) -> Run:
    """What is said of all papers of the row: it is written once and noted for each."""
    found: Run = ()
    for span in run:
        found += (span._replace(paper=papers[0]),) if span.field else (span,)
        for other in papers[1:] if span.field else ():
            found += (Span("", span.field, span.meaning, (), other),)
    return found


def _cell(page: Page, column: str) -> Run:
    if column == "date":
        return (Span(page.day(), "date"),)
    if column == "presenters":
        return presenter(page)
    if column == "topic":
        return (Span(words.topic(page.random, page.language), "topic"),)
    if column == "number":
        return plain(str(page.count))
    if column == "room":
        return plain(
            page.pick("room", "Room 2", "Hall B", "Zoom", "2.14", "{}").format(
                page.random.choice(_ROOMS)
            )
        )
    return plain(
        page.random.choice(
            ("[Summary](notes/a.md)", "", "Room 2", "[slides](s.pdf), [Code](c.ipynb)", "online")
        )
    )


def _empty_row(page: Page, columns: Sequence[str]) -> None:
    said = page.random.choice(("TBD", "TBA", "NA", "-", "...")) if page.chance(0.25) else ""
    cells = [
        plain(said)
        if said and column != "number"
        else plain(words.placeholder(page.random, page.language))
        if column == "paper"
        else plain(page.day())
        if column == "date"
        else ()
        for column in columns
    ]
    _put(page, cells)
    page.sheet.lines[-1].role = NOISE


CONTAINERS = {
    "schedule": schedule,
    "dated items": dated_items,
    "course": course,
    "front matter": front_matter,
}
