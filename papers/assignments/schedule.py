"""The schedule: the assignments that have a date, day by day.

Only the dates decide where an assignment is shown. Members see whether it is done as far as they
may know; an entry that disappeared once a paper is read would show who has read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import QueryDict

from groups.models import Group, Membership
from groups.web.pagination import PageOfItems, page_number
from papers.library.rows import AssignmentRow
from papers.models import Assignment, Paper

EARLIER_ON_A_PAGE = 50
DAYS_TO_COUNT = 14


@dataclass(slots=True)
class ScheduleEntry:
    """The assignments for one paper on one day."""

    day: date
    today: date
    paper: Paper
    assignments: list[AssignmentRow]

    @property
    def waits_for_me(self) -> bool:
        return self.day >= self.today and any(one.is_mine for one in self.assignments)

    @property
    def is_of_another_year(self) -> bool:
        return self.day.year != self.today.year

    @property
    def when(self) -> str:
        """Return how far off the day is, in words, for the next two weeks."""
        days = (self.day - self.today).days
        if days in (0, 1):
            return "tomorrow" if days else "today"
        return f"in {days} days" if 1 < days <= DAYS_TO_COUNT else ""


class Schedule:
    """The schedule as a member sees it or, without a membership, as the public does."""

    def __init__(
        self, group: Group, membership: Membership | None = None, *, asked: QueryDict
    ) -> None:
        self.group = group
        self.membership = membership
        self.today = group.today()
        self.number = page_number(asked)
        assignments = Assignment.objects.in_group(group).with_people()
        viewer = membership.user if membership else None
        self.assignments = assignments.with_reading_told_to(viewer)

    def coming_up(self) -> list[ScheduleEntry]:
        return self._entries(self.assignments.coming_up(self.today))

    def earlier(self) -> PageOfItems[Assignment]:
        page: PageOfItems[Assignment] = PageOfItems(self.number, EARLIER_ON_A_PAGE)
        return page.fill(self.assignments.earlier(self.today)[page.wanted])

    def context(self) -> dict[str, object]:
        page = self.earlier()
        return {
            "coming_up": [] if page.has_previous else self.coming_up(),
            "earlier": self._entries(page.items),
            "page": page,
            "section": "schedule",
        }

    def _entries(self, assignments: Iterable[Assignment]) -> list[ScheduleEntry]:
        """Group assignments, which come ordered by day and paper, into entries."""
        entries = []
        for (day, _), found in groupby(assignments, lambda one: (one.due_on, one.paper_id)):
            rows = [AssignmentRow.of(one, self.membership, self.today) for one in found]
            if day:
                entries.append(ScheduleEntry(day, self.today, rows[0].paper, rows))
        return entries
