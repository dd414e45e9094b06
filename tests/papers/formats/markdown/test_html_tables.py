"""Tables in HTML between the lines of Markdown: what their rows say of the papers in them."""

import pytest

from papers.formats.markdown import html_tables, lines, reading

BEES = '<a href="https://arxiv.org/abs/2301.00001">Counting Bees from the Air</a>'
HIVES = '<a href="https://arxiv.org/abs/2301.00002">Hives That Learn to Listen</a>'
NAMES = "<tr><th>Date</th><th>Presenter</th><th>Paper</th></tr>"

# fmt: off
ROWS: dict[str, tuple[str, list[list[str]]]] = {
    "names and cells": (
        "<table><tr><th>Day<th>Paper</tr>\n<tr><td>1<td>Bees</tr></table>",
        [["1", "Bees"]],
    ),
    "known names that are no names": (
        "<table><tr><td>Date<td>Paper</tr>\n<tr><td>1<td>Bees</tr></table>",
        [["1", "Bees"]],
    ),
    "no names": (
        "<table><tr><td>1<td>Bees</tr>\n<tr><td>2<td>Hives</tr></table>",
        [["1", "Bees"], ["2", "Hives"]],
    ),
    "a cell in two rows": (
        "<table><tr><th>Day<th>Who\n<tr><td rowspan=2>1<td>Bo\n<tr><td>Al\n<tr><td>2<td>Cy</table>",
        [["1", "Bo"], ["1", "Al"], ["2", "Cy"]],
    ),
    "a cell in two columns": (
        "<table><tr><th>Day<th>Who<th>Paper\n<tr><td colspan='2'>1<td>Bees</table>",
        [["1", "", "Bees"]],
    ),
    "a cell in two rows and columns": (
        "<table><tr><th>A<th>B<th>C\n<tr><td rowspan=2 colspan=2>1<td>Bees\n<tr><td>Hives</table>",
        [["1", "", "Bees"], ["1", "", "Hives"]],
    ),
    "cells over lines": (
        "<table>\n<tr>\n<th>Day</th>\n<th>Paper</th>\n</tr>\n\n<tr>\n<td>\n1\n</td>\n<td>Counting\nBees</td>\n</tr>\n</table>",
        [["1", "Counting Bees"]],
    ),
    "marks and signs": (
        "<table><tr><th>Day<th>Paper\n<tr><td>**1**<td><b>Bees</b> &amp; <i>Hives</i></table>",
        [["1", "Bees & Hives"]],
    ),
    "a table in a cell": (
        "<table><tr><th>Day<th>Paper\n<tr><td>1<td><table><tr><td>Bees<td>and</table>\n<tr><td>2<td>Hives</table>",
        [["1", "Bees and"], ["2", "Hives"]],
    ),
    "never closed": ("<table><tr><th>Day<th>Paper\n<tr><td>1<td>Bees", [["1", "Bees"]]),
    "cells without a row": ("<table><td>1<td>Bees</table>", [["1", "Bees"]]),
    "spans beyond measure": (
        "<table><tr><th>Day<th>Paper\n<tr><td rowspan=99999 colspan=0>1<td>Bees</table>",
        [["1", "Bees"]],
    ),
    "blank rows": (
        "<table><tr><th>Day<th>Paper\n<tr><td><td>\n<tr><td>1<td>Bees</table>",
        [["1", "Bees"]],
    ),
    "in code": ("```\n<table><tr><td>1<td>Bees</table>\n```", []),
    "two tables": (
        "<table><tr><td>1<td>Bees</table>\n\n<table><tr><td>2<td>Hives</table>",
        [["1", "Bees"], ["2", "Hives"]],
    ),
}
# fmt: on


@pytest.mark.parametrize(("text", "rows"), ROWS.values(), ids=ROWS)
def test_rows(text: str, rows: list[list[str]]) -> None:
    tables = html_tables.tables(lines.parse_lines(text.split("\n")))
    assert [list(row.cells) for table in tables for row in table.rows] == rows


def said(text: str) -> list[tuple[str, str, str]]:
    found = reading.read(text)
    return [(one.title, one.date, one.presenters) for one in found.entries]


def over_lines(text: str) -> str:
    return text.replace("<td", "\n  <td").replace("</tr>", "\n</tr>")


@pytest.mark.parametrize("write", [str, over_lines], ids=["rows in lines", "rows over lines"])
def test_day_and_presenter_reach_every_row_of_their_cell(write) -> None:
    text = (
        f"<table>\n{NAMES}\n<tr><td rowspan='2'>Jan 7, 2024</td><td rowspan='2'>Ana Lima</td>"
        f"<td>{BEES}</td></tr>\n<tr><td>{HIVES}</td></tr>\n</table>\n"
    )
    assert said(write(text)) == [
        ("Counting Bees from the Air", "Jan 7, 2024", "Ana Lima"),
        ("Hives That Learn to Listen", "Jan 7, 2024", "Ana Lima"),
    ]


def test_a_wide_row_in_bold_is_the_topic_of_those_below() -> None:
    found = reading.read(
        f"# Bees\n<table>\n{NAMES}\n<tr><td>Jan 7</td><td>Ana</td><td>{BEES}</td></tr>\n"
        "<tr><td colspan=3><b>Hearing</b></td></tr>\n"
        f"<tr><td>Jan 14</td><td>Bo</td><td>{HIVES}</td></tr>\n"
        "<tr><td colspan=3>No meeting</td></tr>\n</table>\n"
    )
    assert [one.topic[1:] for one in found.entries] == [(), ("Hearing",)]


def test_rows_of_one_line_keep_what_is_said_of_each() -> None:
    text = (
        f"<table>{NAMES}<tr><td>Jan 7</td><td>Ana</td><td>{BEES}</td></tr>"
        f"<tr><td>Jan 14</td><td>Bo</td><td>{HIVES}</td></tr></table>\n"
    )
    days = {title: (day, who) for title, day, who in said(text)}
    of_rows = {
        "Counting Bees from the Air": ("Jan 7", "Ana"),
        "Hives That Learn to Listen": ("Jan 14", "Bo"),
    }
    assert days
    assert days.items() <= of_rows.items()
