"""The page of one paper: all that is shown about it."""

from functools import cached_property

from django.conf import settings
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from groups.models import Group, Membership
from groups.web.pagination import PageOfItems, page_number
from groups.web.responses import first_or_404
from papers.discussion.pages import DiscussionPage
from papers.library import queries
from papers.library.citations import citations_of, meta_tags
from papers.library.metadata import metadata_of
from papers.library.rows import assignment_rows_of
from papers.matching.duplicate_candidates import similar_to
from papers.models import Paper, PaperMention, ReadingStatus, Thread
from papers.models.reading_statuses import Status
from papers.notifications.choice import choice_for

MENTIONS_SHOWN = 10


class PaperPage:
    def __init__(self, membership: Membership, pk: int, asked: QueryDict) -> None:
        self.membership = membership
        self.group = membership.group
        self.paper: Paper = first_or_404(queries.PAPER.fetch(member=membership, keys=[pk]))
        self.number = page_number(asked)

    @cached_property
    def page(self) -> PageOfItems[Thread]:
        """The threads, latest comment first."""
        page: PageOfItems[Thread] = PageOfItems(self.number, queries.THREADS_ON_A_PAGE)
        if not page.has_previous:
            first = queries.FIRST_THREADS.fetch(member=self.membership, keys=[self.paper.pk])
            return page.fill(first)
        threads = Thread.objects.of_paper(self.paper).with_comment_counts_for(self.membership)
        return page.fill(threads.pinned_first()[page.wanted])

    @cached_property
    def discussion(self) -> DiscussionPage:
        return DiscussionPage(self.page.items, self.group, self.membership)

    def context(self) -> dict[str, object]:
        placements = self.paper.placements.in_order().select_related("topic")
        return self.status_context() | {
            "placements": placements,
            "metadata": metadata_of(self.paper),
            "meta_tags": meta_tags.citation_tags(self.paper),
            "citations": citations_of(self.paper),
            "threads": self.discussion.threads,
            "new_comment_count": self.discussion.new_comment_count,
            "page": self.page,
            "mentions": PaperMention.objects.of_paper(self.paper)[:MENTIONS_SHOWN],
            "similar": [] if self.group.is_frozen else similar_to(self.paper),
            "looks_up": settings.LOOKUP,
            "follow": choice_for(self.membership, self.paper, self.follow_path),
            "section": "list",
        }

    @property
    def follow_path(self) -> str:
        return reverse("papers:paper_follow", args=[self.group.slug, self.paper.pk])

    def status_context(self) -> dict[str, object]:
        """Return what the pieces need that show the statuses of the member and of others."""
        return {
            "paper": self.paper,
            "row": self.paper,
            "statuses": Status.choices,
            "status_label": Status(self.paper.status).label,
            "readers": self.readers,
            "more_readers": self.more_readers,
            "assignments": assignment_rows_of(self.paper, self.membership),
        }

    @cached_property
    def readers(self) -> list[ReadingStatus]:
        """The statuses shown by name, the latest to have read it first."""
        return queries.PAPER_READERS.fetch(member=self.membership, keys=[self.paper.pk])

    @property
    def more_readers(self) -> int:
        """The number of those who have read it without being named."""
        return self.paper.reader_count - sum(
            status.status == Status.READ for status in self.readers
        )


class PublicPaperPage:
    """The page of one paper as the public sees it; with its threads if the group shows them."""

    def __init__(self, group: Group, pk: int, asked: QueryDict) -> None:
        self.group = group
        self.paper = get_object_or_404(Paper.objects.for_public(group), pk=pk)
        self.number = page_number(asked)

    @property
    def page(self) -> PageOfItems[Thread]:
        page: PageOfItems[Thread] = PageOfItems(self.number, queries.THREADS_ON_A_PAGE)
        threads = Thread.objects.of_paper(self.paper).with_size().pinned_first()
        return page.fill(threads[page.wanted])

    def context(self) -> dict[str, object]:
        context: dict[str, object] = {
            "paper": self.paper,
            "metadata": metadata_of(self.paper),
            "meta_tags": meta_tags.citation_tags(self.paper),
            "placements": self.paper.placements.in_order().select_related("topic"),
            "section": "list",
        }
        if self.group.shows_threads:
            page = self.page
            context |= {"threads": DiscussionPage(page.items, self.group).threads, "page": page}
        return context
