"""A list while it is being written: the sheet, the style of its lines, and its small habits."""

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeVar

from bench.grammar import lines, people, words
from bench.grammar.records import Record
from bench.grammar.sheet import MORE, NOTE, PAPER, Run, Sheet, Span, of_paper, plain, text_of
from bench.grammar.styles import Style

# How what was read is told from what was not.
TICKS = ("none", "box", "emoji", "ballot", "struck", "check behind")


# In how many tables a column has a name that does not say what is in it.
_ODD_TITLES, _ODD = 0.25, 0.08

T = TypeVar("T")


@dataclass(slots=True)
class Page:
    sheet: Sheet
    random: Random
    style: Style
    # Another way to write papers, in which one line of so many is.
    odd_style: Style
    odd: float
    language: str  # of the surroundings
    ticks: str
    gaps: bool
    # Names of columns and labels, the same throughout the list.
    names: dict[str, str] = field(default_factory=dict)
    picked: dict[str, Any] = field(default_factory=dict)
    day_form: int = 0
    count: int = 0
    # That of the heading above, where the papers state none.
    year: int | None = None
    # The cells of the row above, where rows may leave out what is the same.
    last: dict[str, Run] = field(default_factory=dict)
    # Of all papers of the list: news may be about one.
    titles: list[str] = field(default_factory=list)

    def name(self, what: str) -> str:
        if what not in self.names:
            self.names[what] = words.name(self.random, what, self.language)
        return self.names[what]

    def column(self, what: str) -> str:
        """What a column is called: in some lists by a word that does not say what is in it."""
        if f"{what} column" not in self.names:
            is_odd = self.chance(_ODD_TITLES if what == "title" else _ODD)
            odd = words.odd_column(self.random, self.language)
            self.names[f"{what} column"] = odd if is_odd else self.name(what)
        return self.names[f"{what} column"]

    def label(self, what: str) -> str:
        """What a line below a paper is called."""
        if f"{what} below" not in self.names:
            self.names[f"{what} below"] = words.label_below(self.random, what)
        return self.names[f"{what} below"]

    def day(self) -> str:
        return words.day(self.random, self.day_form)

    def chance(self, of: float) -> bool:
        return self.random.random() < of

    def pick(self, name: str, *choices: T) -> T:
        """One of the choices, the same one throughout the list."""
        if name not in self.picked:
            self.picked[name] = self.random.choice(choices)
        picked: T = self.picked[name]
        return picked

    def begin(self, one: Record) -> tuple[int, Run, Style]:
        """A new paper: its number on the sheet, its tick, and the style of its line."""
        self.count += 1
        style = self.odd_style if self.chance(self.odd) else self.style
        is_done = self.chance(0.35)
        tick, checked, style = self._tick(is_done, style)
        surnames = [person.surname for person in one.authors]
        year = str(self.year) if self.year else None
        return self.sheet.begin(surnames=surnames, checked=checked, year=year), plain(tick), style

    def line(self, one: Record, style: Style) -> Run:
        return lines.written(self.random, one, style, self.count)

    def put(self, paper: int, run: Run, role: str = PAPER) -> None:
        self.sheet.add(of_paper(run, paper), role)

    def note(self, paper: int, text: str) -> None:
        self.put(paper, plain(text), NOTE)

    def more(self, paper: int, run: Run) -> None:
        self.put(paper, run, MORE)

    def gap(self) -> None:
        if self.gaps:
            self.sheet.blank()

    def _tick(self, is_done: bool, style: Style) -> tuple[str, bool | None, Style]:
        if self.ticks == "box":
            return ("[x] " if is_done else "[ ] "), is_done, style
        if self.ticks == "emoji":
            return (
                (f"{self.pick('tick', '✅', '✔️', ':heavy_check_mark:', '☑️')} ", True, style)
                if is_done
                else ("", None, style)
            )
        if self.ticks == "ballot":
            return ("☑ " if is_done else "☐ "), is_done, style
        if self.ticks == "struck" and is_done:
            return "", True, replace(style, title_mark="struck")
        return "", None, style


def indented(run: Run, indent: str) -> Run:
    """The run with its later lines indented."""
    return tuple(span._replace(text=span.text.replace("\n", "\n" + indent)) for span in run)


def cell(run: Run) -> Run:
    """The run as the text of a cell: in one line, without bars."""
    return tuple(
        span._replace(text=span.text.replace("\n", "<br>").replace(" | ", ", ").replace("|", r"\|"))
        for span in run
    )


def presenter(page: Page) -> Run:
    """Who presents: one person, or a few."""
    names = [
        people.first_name(page.random, page.language)
        for _ in range(page.random.choice((1, 1, 1, 2, 3)))
    ]
    return (Span(page.pick("presenters", ", ", ", ", " & ").join(names), "presenters"),)


def is_blank(run: Run) -> bool:
    return not text_of(run).strip()
