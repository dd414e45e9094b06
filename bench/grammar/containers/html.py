"""Papers in HTML within Markdown, or pasted from a page."""

from collections.abc import Sequence
from dataclasses import replace

from bench.grammar import lines, words
from bench.grammar.containers.tables import _NAMES
from bench.grammar.page import Page
from bench.grammar.records import Record
from bench.grammar.sheet import Run, joined, plain
from bench.grammar.styles import Style

_MARKS = {"plain", "tags", "underlined", "quoted", "curly quotes"}
_OTHER_MARKS = {"plain", "tags", "parentheses", "brackets"}
_JOINTS = {
    "comma",
    "stop",
    "dash",
    "en dash",
    "em dash",
    "colon",
    "semicolon",
    "bracket",
    "parentheses",
    "break",
}


def items(page: Page, papers: Sequence[Record]) -> None:
    tag = page.pick("tag", "ul", "ol")
    page.sheet.add(f"<{tag}>")
    for one in papers:
        paper, tick, style = _begin(page, one)
        page.put(
            paper,
            plain("<li>")
            + tick
            + page.line(one, style)
            + plain(page.pick("end", "</li>", "</li>", "")),
        )
    page.sheet.add(f"</{tag}>")
    page.sheet.blank()


def items_over_lines(page: Page, papers: Sequence[Record]) -> None:
    page.sheet.add("<ul>")
    for one in papers:
        paper, _, style = _begin(page, one)
        parts = dict(lines.details(page.random, one, style))
        page.more(paper, plain("  <li>"))
        runs = [parts[slot] for slot in style.order.split() if slot in parts]
        for number, run in enumerate(runs):
            is_title = any(span.field == "title" for span in run)
            page.put(
                paper,
                plain("    ") + run + plain("<br>" if number < len(runs) - 1 else ""),
                "paper" if is_title else "more",
            )
        page.more(paper, plain("  </li>"))
    page.sheet.add("</ul>")
    page.sheet.blank()


def table(page: Page, papers: Sequence[Record]) -> None:
    columns = page.style.order.split()
    over_lines = page.pick("rows", "one line", "many lines") == "many lines"
    page.sheet.add("<table>")
    names = [page.column(_NAMES[column]) for column in columns]
    page.sheet.add("<tr>" + "".join(f"<th>{name}</th>" for name in names) + "</tr>")
    for one in papers:
        paper, _, style = _begin(page, one)
        parts = dict(lines.details(page.random, one, replace(style, order=page.style.order)))
        if page.chance(page.pick("rows of no paper", 0, 0, 0.2)):
            _row_of_no_paper(page, columns)
        cells = [plain("<td>") + parts.get(column, ()) + plain("</td>") for column in columns]
        if not over_lines:
            page.put(paper, plain("<tr>") + joined(cells, "") + plain("</tr>"))
            continue
        page.sheet.add("<tr>")
        for run in cells:
            page.put(
                paper,
                plain("  ") + run,
                "paper" if any(span.field == "title" for span in run) else "more",
            )
        page.sheet.add("</tr>")
    page.sheet.add("</table>")
    page.sheet.blank()


def _row_of_no_paper(page: Page, columns: Sequence[str]) -> None:
    said = words.placeholder(page.random, page.language)
    cells = (f"<td>{said if column == 'T' else ''}</td>" for column in columns)
    page.sheet.add(f"<tr>{''.join(cells)}</tr>")


def definitions(page: Page, papers: Sequence[Record]) -> None:
    page.sheet.add("<dl>")
    for one in papers:
        paper, _, style = _begin(page, one)
        parts = dict(lines.details(page.random, one, style))
        page.put(paper, plain("<dt>") + parts["T"] + plain("</dt>"))
        rest = joined(
            (parts[slot] for slot in style.order.split() if slot != "T" and slot in parts), ", "
        )
        if rest:
            page.more(paper, plain("<dd>") + rest + plain("</dd>"))
    page.sheet.add("</dl>")
    page.sheet.blank()


def paragraphs(page: Page, papers: Sequence[Record]) -> None:
    for one in papers:
        paper, tick, style = _begin(page, one)
        page.put(paper, plain("<p>") + tick + page.line(one, style) + plain("</p>"))
        page.gap()
    page.sheet.blank()


def _begin(page: Page, one: Record) -> tuple[int, Run, Style]:
    paper, tick, style = page.begin(one)
    style = replace(
        style,
        title_mark=style.title_mark
        if style.title_mark in _MARKS
        else page.pick("marks", "plain", "tags"),
        authors_mark=style.authors_mark if style.authors_mark in _OTHER_MARKS else "tags",
        venue_mark=style.venue_mark if style.venue_mark in _OTHER_MARKS else "tags",
        year_mark=style.year_mark if style.year_mark in _OTHER_MARKS else "plain",
        joint=style.joint if style.joint in _JOINTS else "comma",
        link="html" if style.link not in {"none", "bare", "arxiv", "doi"} else style.link,
        lead="none",
        tail=style.tail if style.tail in {"none", "note", "optional", "pages", "prose"} else "none",
    )
    return paper, tick if style.title_mark != "struck" else (), style


CONTAINERS = {
    "html items": items, "html items over lines": items_over_lines, "html table": table,
    "html definitions": definitions, "html paragraphs": paragraphs,
}  # fmt: skip
