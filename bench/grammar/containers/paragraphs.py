"""Papers as paragraphs and as lines of text."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import lines, links, prose, styles
from bench.grammar.page import Page
from bench.grammar.records import Record
from bench.grammar.sheet import Run, broken, joined, plain


def paragraphs(page: Page, papers: Sequence[Record]) -> None:
    for one in papers:
        paper, tick, style = page.begin(one)
        page.put(paper, tick + page.line(one, style))
        page.sheet.blank()


def bare_lines(page: Page, papers: Sequence[Record]) -> None:
    """A paper a line, without marks: in Markdown's eyes one paragraph."""
    ending = page.pick("ending", "", "  ", "<br>", "\\")
    form = page.pick("number", "", "", "{}. ", "({}) ", "[{}] ")
    for one in papers:
        paper, tick, style = page.begin(one)
        page.put(
            paper,
            tick
            + plain(form.format(page.count))
            + _one_line(page.line(one, style))
            + plain(ending),
        )
    page.sheet.blank()


def quoted_lines(page: Page, papers: Sequence[Record]) -> None:
    for one in papers:
        paper, tick, style = page.begin(one)
        page.put(
            paper,
            plain("> " + page.pick("bullet", "", "- ")) + tick + _one_line(page.line(one, style)),
        )
        if page.gaps:
            page.sheet.add(">", "blank")
    page.sheet.blank()


def stacked(page: Page, papers: Sequence[Record]) -> None:
    """Each detail in a line of its own, as it comes from a page of search results."""
    ending = page.pick("ending", "", "", "  ", "<br>")
    for one in papers:
        paper, tick, style = page.begin(one)
        parts = dict(lines.details(page.random, one, style))
        runs = [parts[slot] for slot in style.order.split() if slot in parts]
        if style.link not in {"none", "title", "citation", "authors", "html", "wiki"}:
            runs.append(_link_line(page, one, style))
        for number, run in enumerate(runs):
            run = (
                (tick if not number else ()) + run + plain(ending if number < len(runs) - 1 else "")
            )
            page.put(
                paper,
                run,
                "paper"
                if parts["T"][0] in run or (not number and style.order[0] == "T")
                else "more",
            )
        page.sheet.blank()


def title_and_link_lines(page: Page, papers: Sequence[Record]) -> None:
    """A line with the title and below it one with the link; notes after some."""
    apart = page.pick("apart", "yes", "no") == "yes"
    ending = "" if apart else page.pick("ending", "", "", "<br>", "  ")
    number = page.pick("number", "", "", "", "[{}] ", "{}. ")
    for one in papers:
        paper, tick, style = page.begin(one)
        run = tick + plain(number.format(page.count))
        run += _one_line(page.line(one, replace(style, link="none"))) + plain(ending)
        page.put(paper, run)
        if apart:
            page.sheet.blank()
        page.more(paper, _link_line(page, one, style) + plain(ending * 2))
        if page.chance(0.35):
            if page.chance(0.7):
                page.sheet.blank()
            notes(page, paper)
        page.sheet.blank()


def papers_with_notes(page: Page, papers: Sequence[Record]) -> None:
    """A paragraph or an item for the paper, and items below it with what somebody thought of it."""
    mark = page.pick("mark", "", "", "- ", "* ")
    label = page.pick("said before", "Presented paper:", "Discussed papers:", "**Paper**", "Main:")
    for one in papers:
        if page.chance(0.15):
            page.sheet.add(label)
        paper, tick, style = page.begin(one)
        page.put(paper, plain(mark) + tick + _one_line(page.line(one, style)))
        if page.chance(0.8):
            notes(page, paper, indent=page.pick("indent", "  ", "    ") if mark else "")
        if not mark or page.gaps:
            page.sheet.blank()


def notes(page: Page, paper: int, indent: str = "") -> None:
    """Items that belong to a paper, some below others."""
    mark = page.pick("note", "- ", "- ", "* ", "-   ", *(("", "> ") if not indent else ()))
    for number in range(page.random.choice((1, 2, 3, 5, 9))):
        depth = "  " if number and mark and page.chance(0.15) else ""
        is_empty = mark.strip() in {"-", "*"} and page.chance(0.03)
        said = "" if is_empty else prose.note(page.random, page.language)
        page.note(paper, f"{indent}{depth}{mark}{said}")


def wrapped_references(page: Page, papers: Sequence[Record]) -> None:
    """Whole references, broken into lines as an editor or a PDF does."""
    mark = page.pick("mark", "", "", "- ", "[{}] ")
    width = page.pick("width", 60, 72, 80, 95)
    style = replace(page.style, tail="none", lead="none")
    for one in papers:
        paper, tick, _ = page.begin(one)
        run = plain(mark.format(page.count)) + tick + _one_line(page.line(one, style))
        has_title = False
        for line in broken(run, page.pick("hanging", "", "  "), width):
            begins = not has_title and any(span.field == "title" for span in line)
            page.put(paper, line, "paper" if begins else "more")
            has_title |= begins
        page.sheet.blank()


def title_above_bullets(page: Page, papers: Sequence[Record]) -> None:
    """The title as a paragraph, with bullets of `Paper:`, `Code:` and their kin below it."""
    colon = page.pick("colon", ": ", ":", "：", "  ", ": ")
    mark = page.pick("bullet", "- ", "* ")
    for one in papers:
        paper, tick, style = page.begin(one)
        page.put(paper, tick + _one_line(page.line(one, replace(style, link="none", tail="none"))))
        page.gap()
        for run in _labels(page, one, style, colon):
            page.more(paper, plain(mark) + run)
        page.sheet.blank()


def title_above_bullet_of_links(page: Page, papers: Sequence[Record]) -> None:
    """`[Title]` above a bullet with all links, and the venue behind them."""
    for one in papers:
        paper, tick, style = page.begin(one)
        style = replace(
            style,
            link="none",
            title_mark=page.pick("mark", "brackets", "bold", "plain"),
            tail="none",
        )
        parts = dict(lines.details(page.random, one, style))
        page.put(paper, tick + parts["T"])
        rest = joined(
            (parts[slot] for slot in style.order.split() if slot != "T" and slot in parts), ", "
        )
        run = links.labelled(page.random, one, style, with_further=True)
        page.more(paper, plain("- ") + run + (plain("(") + rest + plain(")") if rest else ()))
        page.sheet.blank()


def definitions(page: Page, papers: Sequence[Record]) -> None:
    """Definition lists: the title as the term, the rest as its definition."""
    for one in papers:
        paper, tick, style = page.begin(one)
        parts = dict(lines.details(page.random, one, style))
        page.put(paper, tick + parts["T"])
        rest = joined(
            (parts[slot] for slot in style.order.split() if slot != "T" and slot in parts), ", "
        )
        page.more(paper, plain(": ") + (rest or _link_line(page, one, style)))
        page.sheet.blank()


def labelled_lines(page: Page, papers: Sequence[Record]) -> None:
    """`Title: …`, `Authors: …`, a line each."""
    form = page.pick("form", "{}: ", "**{}**: ", "**{}:** ", "{}：")
    names = {"A": "authors", "V": "venue", "Y": "year", "P": "venue", "T": "title"}
    for one in papers:
        paper, _, style = page.begin(one)
        parts = dict(lines.details(page.random, one, replace(style, title_mark="plain")))
        for slot in style.order.split():
            if slot in parts:
                run = plain(form.format(page.name(names[slot]))) + parts[slot]
                page.put(
                    paper,
                    run + plain(page.pick("ending", "", "  ")),
                    "paper" if slot == "T" else "more",
                )
        if style.link not in {"none", "title", "html"}:
            page.more(
                paper,
                plain(form.format(page.label("link"))) + links.address_run(page.random, one, style),
            )
        page.sheet.blank()


def with_prose(page: Page, papers: Sequence[Record]) -> None:
    """A paragraph for the paper and one that says what it is about."""
    for one in papers:
        paper, tick, style = page.begin(one)
        page.put(paper, tick + _one_line(page.line(one, replace(style, tail="none"))))
        page.sheet.blank()
        if page.pick("below", "prose", "prose", "prose", "bibtex") == "bibtex":
            for line in _bibtex(one):
                page.note(paper, line)
            page.sheet.blank()
        elif page.chance(0.8):
            page.note(
                paper,
                page.pick("quote", "", "", "> ", "  ")
                + prose.paragraph(page.random, page.language),
            )
            page.sheet.blank()


def _bibtex(one: Record) -> list[str]:
    """The record that some lists fold away below a paper."""
    names = " and ".join(person.full for person in one.authors)
    return [
        f"<details><summary>Bibtex</summary><pre><code>@article{{{one.slug},", f"  title = {{{one.title}}},",
        f'  author = "{names}",', f'  year = "{one.year}"', "}</code></pre></details>",
    ]  # fmt: skip


def _one_line(run: Run) -> Run:
    return tuple(span._replace(text=span.text.replace("\n", " ")) for span in run)


def _link_line(page: Page, one: Record, style: styles.Style) -> Run:
    if style.link in {"label", "labels", "line of labels"}:
        return links.labelled(page.random, one, style, style.link != "label")
    return links.address_run(page.random, one, style)


def _labels(page: Page, one: Record, style: styles.Style, colon: str) -> list[Run]:
    forms = page.pick("autolink", "{}", "<{}>")
    before, _, after = forms.partition("{}")
    address = links.address_run(page.random, one, style)
    found: list[Run] = []
    if page.chance(0.3):
        found.append(
            plain(
                f"{page.label('project')}{colon}{forms.format(f'https://{one.slug}.example.io/')}"
            )
        )
    found.append(plain(f"{page.label('link')}{colon}{before}") + address + plain(after))
    if page.chance(0.6):
        found.append(
            plain(
                f"{page.label('code')}{colon}"
                + page.random.choice(
                    (forms.format(f"https://github.com/nordlab/{one.slug}"), "None")
                )
            )
        )
    return found


CONTAINERS = {
    "paragraphs": paragraphs, "lines": bare_lines, "quoted lines": quoted_lines, "stacked lines": stacked,
    "title line, link line": title_and_link_lines, "title above bullets": title_above_bullets,
    "title above a bullet of links": title_above_bullet_of_links, "definitions": definitions,
    "labelled lines": labelled_lines, "paragraphs with prose": with_prose, "papers with notes": papers_with_notes,
    "wrapped references": wrapped_references,
}  # fmt: skip
