"""What a line of the table means: for every method, visitor and state of the group.

All that is derived is derived here.
"""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from django.utils import timezone

from tests.access.table import TABLE

COLUMNS = ["stranger", "outsider", "member", "author", "organizer"]
# The others are told apart in the table only where a line says so.
STANDS_FOR = {
    "foreign": "outsider",  # an organizer of another group
    "former": "outsider",  # was a member
    "invited": "outsider",  # has an invitation by mail, and has not accepted it
    "asked": "outsider",  # has asked to join, and has no answer yet
    "staff": "outsider",  # operates the site, and is in no group
    "deactivated": "stranger",  # a member who had signed in before
}
VISITORS = [*COLUMNS, *STANDS_FOR]

REFUSED = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
METHODS = ["GET", "HEAD", "POST", *REFUSED]

# The states of a group: the values of its row.
STATES: dict[str, dict[str, Any]] = {
    "private": {},
    "listed": {"visibility": "listed"},
    "public": {"visibility": "public"},
    "open": {"visibility": "public", "opens_threads": True},
    "archived": {"archived_at": timezone.now()},
    "leaving": {"deletion_asked_at": timezone.now()},
    "closed": {"visibility": "public", "opens_threads": True, "archived_at": timezone.now()},
}
FROZEN = {"archived", "leaving", "closed"}
LISTED = {"listed", "public", "open"}
PUBLIC = {"public", "open", "closed"}
TALKING = {"open", "closed"}

Answers = frozenset[int]


@dataclass(frozen=True)
class Exceptional:
    """A line of the table that is set in."""

    states: frozenset[str]
    method: str
    visitors: frozenset[str]
    answers: Answers


@dataclass
class Line:
    address: str
    row: str
    marks: frozenset[str]
    cells: dict[tuple[str, str], Answers]
    exceptions: list[Exceptional] = field(default_factory=list)

    # Whether it is of one group, see fillers.Route.
    is_of_a_group: bool = False

    def expected(
        self, method: str, visitor: str, state: str = "private", *, htmx: bool = False
    ) -> Answers:
        if method in REFUSED:
            return frozenset({405})
        column = "POST" if method == "POST" else "GET"
        answers = self._exception(column, visitor, state) or self._by_rule(column, visitor, state)
        return self._for_htmx(column, visitor, answers) if htmx else answers

    def _exception(self, column: str, visitor: str, state: str) -> Answers | None:
        """What is said of the visitor, or else of whom they stand for."""
        for name in (visitor, STANDS_FOR.get(visitor)):
            for said in self.exceptions:
                if said.method == column and name in said.visitors and state in said.states:
                    return said.answers
        return None

    def _by_rule(self, column: str, visitor: str, state: str) -> Answers:
        role = STANDS_FOR.get(visitor, visitor)
        answers = self.cells[column, role]
        if answers == {405}:
            return answers
        if role in ("stranger", "outsider"):
            return self._opened(column, role, state) or answers
        return self._frozen(column, role, state) or answers

    def _opened(self, column: str, role: str, state: str) -> Answers | None:
        """What a listed or a public group lets those see who are not in it."""
        is_read = "r" in self.marks and state in PUBLIC
        is_talk = "t" in self.marks and state in TALKING
        is_learnt_of = "l" in self.marks and state in LISTED and role == "outsider"
        if column == "GET" and (is_read or is_talk or is_learnt_of):
            return frozenset({200})
        if column == "GET" and "t" in self.marks and state in PUBLIC:
            return frozenset({404})  # the group is there for all to see, its threads are not
        if column == "POST" and "a" in self.marks and is_learnt_of:
            return frozenset({302})
        return None

    def _frozen(self, column: str, role: str, state: str) -> Answers | None:
        """A group that can only be read answers 409, but to those whom the door turns away."""
        if state not in FROZEN or "f" in self.marks or not self.is_of_a_group:
            return None
        members = self.cells[column, "member"] | self.cells[column, "author"]
        is_for_organizers = members == {403}
        if is_for_organizers and role != "organizer":
            return None
        return frozenset({409})

    def _for_htmx(self, column: str, visitor: str, answers: Answers) -> Answers:
        """A press is told to sign in instead of led there; an action may answer by a piece."""
        if STANDS_FOR.get(visitor, visitor) == "stranger" and self.asks_to_sign_in:
            return frozenset(401 if column == "GET" and a == 302 else a for a in answers)
        if column == "POST" and 302 in answers:
            return answers | {200}
        return answers

    @property
    def asks_to_sign_in(self) -> bool:
        sends_back = 401 in self.cells["POST", "stranger"] or self.marks & {"r", "t"}
        return bool(302 in self.cells["GET", "stranger"] and sends_back)

    @property
    def is_posted(self) -> bool:
        return any(is_done(self.cells["POST", visitor]) for visitor in COLUMNS)

    @property
    def methods(self) -> list[str]:
        return [m for m in ("GET", "POST") if self.cells[m, "organizer"] != {405}]


def is_done(answers: Answers) -> bool:
    return bool(answers & {200, 302})


def read_table(table: str) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    line = None
    for text in table.splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        if text.startswith(" "):
            assert line, "a line that is set in belongs to the one above"
            line.exceptions.append(_exceptional(text))
        else:
            line = _line(text)
            assert line.address not in lines, f"{line.address} is there twice"
            lines[line.address] = line
    return lines


def _line(text: str) -> Line:
    address, row, marks, *numbers = text.split()
    assert len(numbers) == 2 * len(COLUMNS), text
    assert set(marks) <= set("-larft"), text
    heads = [(method, visitor) for method in ("GET", "POST") for visitor in COLUMNS]
    cells = {head: _answers(said) for head, said in zip(heads, numbers, strict=True)}
    return Line(address, row, frozenset(marks) - {"-"}, cells)


def _exceptional(text: str) -> Exceptional:
    words = text.split()
    states = set(STATES)
    if words[0] == "in":
        states = set(words[1].split(","))
        words = words[2:]
    method, answers, _, visitors = words
    assert states <= set(STATES), text
    assert method in ("GET", "POST"), text
    assert set(visitors.split(",")) <= set(VISITORS), text
    return Exceptional(frozenset(states), method, frozenset(visitors.split(",")), _answers(answers))


def _answers(text: str) -> Answers:
    return frozenset(int(number) for number in text.split("/"))


LINES = read_table(TABLE)


def line_of(address: str) -> Line | None:
    """The address's own line, or else the one for all of its kind."""
    if address in LINES:
        return LINES[address]
    kinds = [name for name in LINES if "*" in name and fnmatchcase(address, name)]
    return LINES[max(kinds, key=len)] if kinds else None
