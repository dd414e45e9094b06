"""Papers as items of lists."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import leads_and_tails, lines, links, prose, records, styles, words
from bench.grammar.page import Page, indented
from bench.grammar.records import Record
from bench.grammar.sheet import Run, broken, joined, plain


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
                plain(" " * len(mark) + inner) + links.labelled(page.random, one, style, True),
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


def _of(page: Page, one: Record, style: styles.Style, paper: int) -> Run:
    run = page.line(one, style)
    return tuple(span._replace(paper=paper) if span.field else span for span in run)


def _one_line(run: Run) -> Run:
    return tuple(span._replace(text=span.text.replace("\n", " ")) for span in run)


def _title_line(page: Page, one: Record, style: styles.Style) -> Run:
    """The title with what has to be beside it."""
    run = leads_and_tails.lead(page.random, style, page.count) + lines.title(
        page.random, one, style
    )
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


def _rest(page: Page, one: Record, style: styles.Style) -> Run:
    """All details but the title, in one line."""
    parts = [run for name, run in lines.details(page.random, one, style) if name != "T"]
    if page.pick("year beside", "yes", "no") == "yes" and "A" in style.order and len(parts) > 1:
        parts = parts[:1]
    return joined(parts, page.pick("rest", ". ", ", ", " - ", "; "))


def _lines_below(page: Page, one: Record, style: styles.Style) -> list[Run]:
    parts = [run for name, run in lines.details(page.random, one, style) if name != "T"]
    together = page.pick("below", "together", "each") == "together"
    found = [joined(parts, page.pick("rest", ". ", ", ", " - "))] if together else parts
    if style.link in {"label", "labels", "line of labels"}:
        found.append(links.labelled(page.random, one, style, style.link != "label"))
    elif style.link in {"line", "bare", "autolink"}:
        found.append(links.address_run(page.random, one, style))
    return [run for run in found if run]


def _fields(page: Page, one: Record, style: styles.Style) -> list[tuple[str, Run]]:
    names = {"A": "authors", "V": "venue", "Y": "year", "P": "venue"}
    found = [
        (page.name(names[key]), run)
        for key, run in lines.details(page.random, one, style)
        if key != "T"
    ]
    if style.link != "none":
        found.append((page.label("link"), links.address_run(page.random, one, style)))
    if page.chance(0.3):
        found.append((page.label("code"), plain(f"https://github.com/nordlab/{one.slug}")))
    if page.chance(0.3):
        found.append((page.label("note"), plain(prose.note(page.random, page.language))))
    return found


CONTAINERS = {
    "bullets": bullets, "numbers": numbers, "bracketed numbers": bracketed_bullets, "glued boxes": glued_boxes,
    "wrapped items": wrapped_items, "nested items": nested_items, "continued items": continued_items,
    "labelled items": labelled_items, "items of topics": under_topic_items, "two in one item": two_in_one,
    "folded items": folded,
}  # fmt: skip
