"""Lists of many shapes with text between that is no paper: for tests of what is written back."""

import re
from collections.abc import Callable

from hypothesis import strategies as st

from papers.formats.core.reading_list import ReadingList
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.formats.markdown import document, reading
from papers.formats.markdown.links import is_label

WORDS = ["Lamps", "Gears", "Looms", "Kites", "Wells", "Clocks", "Mills", "Bells"]
PEOPLE = ["Ode and Ash", "Weaver et al.", "Ann Miller"]
VENUES = ["ICML", "ACL", "NeurIPS"]

# Where any may be a paper that a group knows.
_LISTED = {"item", "number", "row", "html"}
_LEAST = 0.085
# What is in bold or in quotation marks, or is the text of a link and more than a label.
_MARKED = re.compile(
    r"\*\*((?:\\.|.)+?)\*\*(?!\*)|(?<!!)\[([^\[\]\n]{7,})\]\(|\"([^\"]{5,}?)[.,]?\""
)
_ESCAPE = re.compile(r"\\(.)")
_IN_BOLD = re.compile(r"[*_(]+[^*]+[*_)]+")

Lines = list[str]
Draw = st.DrawFn


def read(text: str) -> ReadingList:
    """The list, of whose papers none is doubtful: a group that edits them knows that they are."""
    parsed = document.parse_document(text)
    found = reading.read(text)
    known = [one.title for one in found.entries if not (is_placeholder(one) or is_label(one.title))]
    for one in found.doubtful:
        line = parsed.lines[one.lines[0] - 1]
        may_be_known = line.kind in _LISTED and not line.is_quoted and one.confidence > _LEAST
        if may_be_known and not one.title.islower():
            known.append(one.title)
    for line in parsed.lines:
        if line.kind in {"text", "html", "row"} and not _IN_BOLD.fullmatch(line.text.strip()):
            marked = [title for titles in _MARKED.findall(line.text) for title in titles]
            known += [_ESCAPE.sub(r"\1", title).strip("“”") for title in marked if title]
        elif line.box is not None and not line.is_quoted and not set("[*~") & set(line.content):
            known.append(line.content)
    return reading.read(text, known)


def _title(draw: Draw, number: int) -> str:
    word = draw(st.sampled_from(WORDS))
    forms = [
        f"Of {word} and Rope {number}",
        f"{word}: a Study, Part {number}",
        f"Why {word}? {number}",
    ]
    return draw(st.sampled_from(forms))


def _url(number: int) -> str:
    return f"https://example.org/{number}.pdf"


def _cited(draw: Draw) -> str:
    people, venue = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(VENUES))
    return draw(st.sampled_from(["", f" [{people}, {venue} {draw(st.integers(1990, 2025))}]"]))


def bullets(draw: Draw, numbers: range) -> Lines:
    mark, blank = draw(st.sampled_from("-*+")), draw(st.sampled_from([" ", "   ", "\t"]))
    lines = []
    for number in numbers:
        lines.append(f"{mark}{blank}[{_title(draw, number)}]({_url(number)}){_cited(draw)}")
        lines += draw(st.sampled_from([[], [], [f"  {mark} a remark"], [""]]))
    return lines


def counted(draw: Draw, numbers: range) -> Lines:
    sign = draw(st.sampled_from([".", ")"]))
    first = draw(st.sampled_from([1, 7]))
    return [
        f"{first + at}{sign} [{_title(draw, number)}]({_url(number)}){_cited(draw)}"
        for at, number in enumerate(numbers)
    ]


def boxes(draw: Draw, numbers: range) -> Lines:
    return [f"- [{draw(st.sampled_from(' xX'))}] {_title(draw, n)}{_cited(draw)}" for n in numbers]


def nested_boxes(draw: Draw, numbers: range) -> Lines:
    lines, depth = [], 0
    for number in numbers:
        lines.append(f"{'  ' * depth}- [{draw(st.sampled_from(' x'))}] {_title(draw, number)}")
        depth = draw(st.integers(0, depth + 1))
    return lines


def rows(draw: Draw, numbers: range) -> Lines:
    mark = draw(st.sampled_from(["✅", "yes", "x"]))
    lines = ["| Year | Paper | Authors | Done |", "|-----:|:------|---------|:----:|"]
    for number in numbers:
        title = f"[{_title(draw, number)}]({_url(number)})"
        people, tick = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from([mark, "    "]))
        lines.append(f"| {draw(st.integers(1990, 2025))} | {title} | {people} | {tick} |")
    return lines


def html_rows(draw: Draw, numbers: range) -> Lines:
    is_long = draw(st.booleans())
    lines = ["<table>", "<tr><th>Year</th><th>Paper</th></tr>"]
    for number in numbers:
        year, title = draw(st.integers(1990, 2025)), _title(draw, number)
        cells = [f"<td>{year}</td>", f'<td><a href="{_url(number)}">{title}</a></td>']
        lines += ["<tr>", *cells, "</tr>"] if is_long else [f"<tr>{''.join(cells)}</tr>"]
    return [*lines, "</table>"]


def paragraphs(draw: Draw, numbers: range) -> Lines:
    lines = []
    for number in numbers:
        lines += [f"**{_title(draw, number)}** [[pdf]]({_url(number)}){_cited(draw)}", ""]
    return lines[:-1]


def headed(draw: Draw, numbers: range) -> Lines:
    lines = []
    for number in numbers:
        lines += [f"### {_title(draw, number)}", "", f"https://arxiv.org/abs/{2100 + number}.01234"]
        lines += draw(st.sampled_from([[""], ["", "> What it is about.", ""]]))
    return lines[:-1]


SHAPES: tuple[Callable[[Draw, range], Lines], ...] = (
    *(bullets, counted, boxes, nested_boxes, rows, html_rows, paragraphs, headed),
)
# Text that is no paper, wherever it is.
OTHER_TEXT: tuple[Lines, ...] = (
    [],
    ["Some words about the next ones, in two", "lines of prose."],
    ["```", "- [ ] Title [Authors, Venue Year]", "```"],
    ["<!-- - [ ] Not yet -->"],
    ["![a picture](picture.png)"],
    ["> A quotation.", ">", "> It has two parts."],
    ["* * *"],
    ["    - [ ] indented as code"],
    ["<details><summary>More</summary>", "", "folded words", "", "</details>"],
)
BEGINNINGS: tuple[Lines, ...] = (
    [],
    ["# Our list", ""],
    ["---", "layout: page", "title: Ours", "---", "", "# Our list", "", "Add to it below.", ""],
    ["<!-- kept by hand -->", "", "# Our list", ""],
)


@st.composite
def lists(draw: Draw) -> str:
    lines = list(draw(st.sampled_from(BEGINNINGS)))
    first_shape = draw(st.sampled_from(SHAPES))
    is_mixed = draw(st.booleans())
    number = 1
    for name in WORDS[: draw(st.integers(1, 3))]:
        shape = draw(st.sampled_from(SHAPES)) if is_mixed else first_shape
        size = draw(st.integers(1, 4))
        heading = draw(st.sampled_from([[f"## {name}"], [f"## {name} ##"], [name, "-----"]]))
        lines += [*heading, *draw(st.sampled_from([[], [""]]))]
        for other in draw(st.lists(st.sampled_from(OTHER_TEXT), max_size=1)):
            lines += [*other, ""] if other else []
        lines += [*shape(draw, range(number, number + size)), ""]
        for other in draw(st.lists(st.sampled_from(OTHER_TEXT), max_size=1)):
            lines += [*other, ""] if other else []
        number += size
    end = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    mark, last = draw(st.sampled_from(["", "\ufeff"])), draw(st.sampled_from(["", end]))
    return mark + end.join(lines) + last
