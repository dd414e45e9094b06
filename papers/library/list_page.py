"""The list page: the part of the list that a query string asks for, and all that it shows."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse

from groups.models import Group, Membership
from groups.web.pagination import PageOfItems, page_number
from papers.discussion.pages import with_moments
from papers.library import queries
from papers.library.rows import (
    AssignmentRow,
    MemberRow,
    PublicRow,
    StatusRow,
    assignment_rows_of,
    with_coins_once,
)
from papers.models import Paper, Placement, Thread, Topic
from papers.models.on_list import NOT_IN_LISTS
from papers.models.placements import PlacementQuerySet
from papers.models.reading_statuses import Status
from papers.models.topics import with_paths
from papers.notifications.choice import FollowChoice, choice_for

ROWS_ON_A_PAGE = 200
# What a link to another topic leaves out of the query string.
_OF_A_PAGE = ("topic", "page")
FILTERS = [*Status.choices, ("assigned", "Assigned to me")]


class ListFilterForm(forms.Form):
    """The query string of the list; values that are not valid are ignored."""

    show = forms.ChoiceField(choices=FILTERS)
    topic = forms.IntegerField(min_value=1, max_value=2**62)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        self.is_valid()


class PublicListPage:
    """The list as the public sees it, or the part of it that a query string asks for."""

    def __init__(self, group: Group, asked: QueryDict) -> None:
        self.group = group
        self.asked = asked
        wanted = ListFilterForm(asked).cleaned_data
        self.show: str = wanted.get("show", "")
        self.topic = self._topic(wanted["topic"]) if "topic" in wanted else None
        self.number = page_number(asked)
        self.query = asked.urlencode()

    def _topic(self, pk: int) -> Topic | None:
        return next((topic for topic in self.topics if topic.pk == pk), None)

    @cached_property
    def topics(self) -> list[Topic]:
        return Topic.objects.in_group(self.group).with_paper_count().outline()

    @cached_property
    def chosen_topics(self) -> list[Topic]:
        """The topic of the page with its subtopics, or all topics."""
        if self.topic is None:
            return self.topics
        path = self.topic.path
        return [topic for topic in self.topics if topic.path[: len(path)] == path]

    @property
    def chosen(self) -> set[int]:
        return {topic.pk for topic in self.chosen_topics}

    @cached_property
    def counts(self) -> dict[str, int]:
        papers = Paper.objects.in_group(self.group).count()
        return {"papers": papers, "topics": len(self.topics)}

    @property
    def placements(self) -> PlacementQuerySet:
        placements = Placement.objects.in_group(self.group)
        return placements.under(self.chosen_topics) if self.topic else placements

    @cached_property
    def page(self) -> PageOfItems[PublicRow]:
        page: PageOfItems[PublicRow] = PageOfItems(self.number, ROWS_ON_A_PAGE)
        return page.fill(self.rows)

    @cached_property
    def places(self) -> list[Placement]:
        """The placements of the page, and one more if there is another page."""
        wanted = PageOfItems[PublicRow](self.number, ROWS_ON_A_PAGE).wanted
        return list(self.placements.in_order()[wanted])

    @property
    def rows(self) -> Sequence[PublicRow]:
        """A row for each placement, except of papers that were just removed."""
        found = Paper.objects.for_public(self.group).defer(*NOT_IN_LISTS)
        papers = found.in_bulk({place.paper_id for place in self.places})
        return with_coins_once(
            PublicRow(place, papers[place.paper_id])
            for place in self.places
            if place.paper_id in papers
        )

    @property
    def is_whole(self) -> bool:
        """Return whether the page shows the whole of its topics."""
        return not self.page.has_other_pages

    @property
    def sections(self) -> list[tuple[Topic, list[PublicRow]]]:
        """The rows by topic; topics without papers are included if the page is the whole."""
        found = {topic_id: list(rows) for topic_id, rows in groupby(self.page.items, _topic_of)}
        return [
            (topic, found.get(topic.pk, []))
            for topic in self.chosen_topics
            if topic.pk in found or self.is_whole
        ]

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        """Value, label and number of papers of each filter."""
        return []

    @property
    def topic_query(self) -> str:
        """The query string of the page of a topic, to be ended by the id of the topic."""
        rest = [(name, value) for name, value in self.asked.items() if name not in _OF_A_PAGE]
        return urlencode([*rest, ("topic", "")])

    def context(self) -> dict[str, object]:
        """Return what is around the rows."""
        return {
            **self.counts_context(),
            "topics": self.topics,
            "topic": self.topic,
            "section": "list",
        }

    def counts_context(self) -> dict[str, object]:
        """Return the counts and the filters that are above the rows."""
        return {"counts": self.counts, "filters": self.filters, "show": self.show}


class ListPage(PublicListPage):
    """The list as one member sees it through a filter. Each part asks the database once."""

    def __init__(self, membership: Membership, asked: QueryDict) -> None:
        self.membership = membership
        super().__init__(membership.group, asked)

    @cached_property
    def topics(self) -> list[Topic]:
        return with_paths(queries.TOPICS.fetch(member=self.membership))

    @cached_property
    def counts(self) -> dict[str, int]:
        return queries.counts_of(self.membership)

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        return [(value, label, self.counts[value]) for value, label in FILTERS]

    @cached_property
    def assignment_rows(self) -> list[AssignmentRow]:
        """Return the open assignments of the page's papers, and the member's own, the most urgent
        first.
        """
        today = self.group.today()
        keys = {place.paper_id for place in self.places} or {queries.NO_PAPER}
        found = queries.ASSIGNMENTS.fetch(member=self.membership, keys=keys)
        return [AssignmentRow.of(one, self.membership, today) for one in found]

    @property
    def my_assignments(self) -> list[AssignmentRow]:
        return [row for row in self.assignment_rows if row.is_mine]

    @cached_property
    def new_comments(self) -> list[Thread]:
        return with_moments(queries.NEWS.fetch(member=self.membership))

    @property
    def follow(self) -> FollowChoice | None:
        """Return how much the member is told of the topic; None on the page of the whole list."""
        if self.topic is None:
            return None
        self.topic.group = self.group
        path = reverse("papers:topic_follow", args=[self.group.slug, self.topic.pk])
        return choice_for(self.membership, self.topic, path)

    @property
    def placements(self) -> PlacementQuerySet:
        if not self.show:
            return super().placements
        papers = Paper.objects.in_group(self.group).shown(self.show, self.membership)
        return super().placements.of_papers(papers)

    @property
    def is_whole(self) -> bool:
        return not self.show and super().is_whole

    def part(self) -> dict[str, object]:
        """Return the part of the list that is shown, and the parts that can be chosen."""
        return {
            "topics": self.topics,
            "topic": self.topic,
            "shows": FILTERS,
            "show": self.show,
            "paper_count": self.placements.paper_count(),
        }

    def rows_of_paper(self, pk: int) -> list[StatusRow]:
        """Return what a status changes in the rows of a paper."""
        paper = queries.pressed_paper(self.membership, pk)
        if paper is None:
            return []
        paper.group = self.group
        todo = [one for one in assignment_rows_of(paper, self.membership) if not one.is_done]
        return [
            StatusRow(place, paper, todo, self.query)
            for place in queries.PRESSED_PLACEMENTS.fetch(member=self.membership, keys=[pk])
        ]

    @property
    def rows(self) -> list[MemberRow]:
        papers = queries.papers_of_rows(self.membership, {place.paper_id for place in self.places})
        assignments: dict[int, list[AssignmentRow]] = defaultdict(list)
        for row in self.assignment_rows:
            assignments[row.assignment.paper_id].append(row)
        return with_coins_once(
            MemberRow(place, papers[place.paper_id], assignments[place.paper_id], self.query)
            for place in self.places
            if place.paper_id in papers
        )


def _topic_of(row: PublicRow) -> int:
    return row.topic_id
