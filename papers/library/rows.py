"""A row of the reading list, with all that the page shows of it made once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from groups.models import Group, Membership, User
from papers.library.citations import coins
from papers.library.queries import PAPER_ASSIGNMENTS
from papers.models import Assignment, Paper, Placement
from papers.models.discussion import counted_to_99
from papers.models.reading_statuses import Status

AnyRow = TypeVar("AnyRow", bound="PublicRow")


@dataclass(slots=True)
class AssignmentRow:
    """An assignment as one member sees it, or the public, who see who has it and no more."""

    assignment: Assignment
    is_mine: bool
    is_overdue: bool

    @classmethod
    def of(
        cls, assignment: Assignment, membership: Membership | None, today: date
    ) -> "AssignmentRow":
        if membership is None:
            return cls(assignment, is_mine=False, is_overdue=False)
        return cls(assignment, assignment.member_id == membership.pk, assignment.is_overdue(today))

    @property
    def pk(self) -> int:
        return self.assignment.pk

    @property
    def verb(self) -> str:
        return self.assignment.verb

    @property
    def is_done(self) -> bool:
        return self.assignment.is_done

    @property
    def group(self) -> Group:
        return self.assignment.paper.group

    @property
    def role_label(self) -> str:
        return self.assignment.get_role_display()

    @property
    def person(self) -> User | None:
        return self.assignment.member.user if self.assignment.member else None

    @property
    def tag_style(self) -> str:
        """Return the suffix of the CSS class of its tag on the list."""
        if self.is_overdue:
            return " tag--late"
        if self.is_mine:
            return " tag--mine"
        return "" if self.person else " tag--open"

    @property
    def due_on(self) -> date | None:
        return self.assignment.due_on

    @property
    def paper(self) -> Paper:
        return self.assignment.paper


def assignment_rows_of(paper: Paper, membership: Membership) -> list[AssignmentRow]:
    """Return all assignments of a paper, those that are done among them."""
    today = membership.group.today()
    assignments = PAPER_ASSIGNMENTS.fetch(member=membership, keys=[paper.pk])
    return [AssignmentRow.of(assignment, membership, today) for assignment in assignments]


class _ListRow:
    """A placement and its paper. `key` is the placement's, as text.

    Rows are shown by the hundred, and in a template each address, each number and each choice of
    a word costs. Addresses are relative to that of the list.
    """

    def __init__(self, placement: Placement, paper: Paper) -> None:
        self.key = str(placement.pk)
        self.topic_id = placement.topic_id
        self.title = paper.title
        self.path = f"papers/{paper.pk}/"


class PublicRow(_ListRow):
    """A row as the public sees it. The paper comes from `for_public`."""

    # The public reads of assignments in the schedule, and nothing is new to them.
    assignments: Sequence[AssignmentRow] = ()
    has_news = False

    def __init__(self, placement: Placement, paper: Paper) -> None:
        super().__init__(placement, paper)
        self.authors = paper.authors
        self.source = paper.source
        self.links = paper.links
        self.coins = coins.context_object(paper)
        self.reader_count = paper.reader_count
        self._show_comments(paper.comment_count)

    def _show_comments(self, count: int | None) -> None:
        self.comment_count = "" if count is None else str(count)
        self.comment_noun = "comment" if count == 1 else "comments"


class StatusRow(_ListRow):
    """The part of a row that a status changes. The paper comes from `queries.pressed_paper`.

    `query` is the query string of the list.
    """

    def __init__(
        self,
        placement: Placement,
        paper: Paper,
        assignments: Sequence[AssignmentRow],
        query: str = "",
    ) -> None:
        super().__init__(placement, paper)
        self.assignments = assignments
        self.status_path = f"{self.path}status/{query and f'?{query}'}"
        self._show_status(Status(paper.status))
        self.readers = paper.readers
        self.more_readers = paper.reader_count - len(self.readers)
        self.read_by = self._who_read_it()

    def _who_read_it(self) -> str:
        names = [person.name for person in self.readers]
        if self.more_readers:
            names.append(f"{self.more_readers} more")
        if len(names) < 2:
            return f"{names[0]} has read it" if names else ""
        return f"{', '.join(names[:-1])} and {names[-1]} have read it"

    def _show_status(self, status: Status) -> None:
        self.status = status.value
        self.status_label = status.label
        self.next_status = status.next.value
        self.next_label = status.next.label.lower()


class MemberRow(StatusRow, PublicRow):
    """A row as a member sees it, with statuses and assignments. The paper comes from `for_list`."""

    def __init__(
        self,
        placement: Placement,
        paper: Paper,
        assignments: Sequence[AssignmentRow],
        query: str = "",
    ) -> None:
        super().__init__(placement, paper, assignments, query)
        self.move_path = f"placements/{self.key}/move/"
        self.has_news = paper.new_comment_count > 0
        self._show_comments(paper.new_comment_count or paper.comment_count)
        if self.has_news:
            self.comment_count = f"{counted_to_99(paper.new_comment_count)} new"


def with_coins_once(rows: Iterable[AnyRow]) -> list[AnyRow]:
    """Leave the record for reference managers to the first row of each paper."""
    found, seen = list(rows), set()
    for row in found:
        if row.path in seen:
            row.coins = ""
        seen.add(row.path)
    return found
