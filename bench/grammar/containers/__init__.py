"""The blocks in which lists hold papers. `CONTAINERS` has them by name, `HABITS` those drawn apart.

A container writes the papers of one section onto the page. It says of each line what it is, of each
span what it states, and of each paper what its place says: so the truth is told by the same step
that writes the text.
"""

from collections.abc import Callable, Sequence

from bench.grammar.containers import (
    habits,
    headings,
    html,
    items,
    paragraphs,
    references,
    schedules,
    tables,
)
from bench.grammar.page import Page
from bench.grammar.records import Record

Container = Callable[[Page, Sequence[Record]], None]

CONTAINERS: dict[str, Container] = {
    **items.CONTAINERS,
    **references.CONTAINERS,
    **paragraphs.CONTAINERS,
    **headings.CONTAINERS,
    **tables.CONTAINERS,
    **schedules.CONTAINERS,
    **html.CONTAINERS,
}
HABITS: dict[str, Container] = {**habits.CONTAINERS}
