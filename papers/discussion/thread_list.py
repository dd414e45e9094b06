"""The discussions of a group: all its threads, in pages, the liveliest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from groups.models import Group, Membership
from groups.web.humanize import time_tag
from groups.web.pagination import PageOfItems, page_number
from papers.discussion import queries
from papers.models import Thread
from papers.models.discussion import ThreadQuerySet, counted_to_99

THREADS_IN_LIST = 30


@dataclass(frozen=True)
class ThreadFilter:
    """One choice of threads: its name in the address, its label, and what is said of none."""

    name: str
    label: str
    nothing: str

    narrow: Callable[[ThreadQuerySet], ThreadQuerySet] = ThreadQuerySet.all


FILTERS = (
    ThreadFilter("", "All", "No discussions yet."),
    ThreadFilter(
        "questions", "Open questions", "No open questions.", ThreadQuerySet.open_questions
    ),
    ThreadFilter(
        "group",
        "About the group",
        "Nothing was said about the group itself yet.",
        ThreadQuerySet.about_the_group,
    ),
)


@dataclass(frozen=True)
class ThreadLine:
    """One thread as the list shows it."""

    thread: Thread
    when: SafeString
    news: str


class ThreadListPage:
    """Threads of a group for a member, or for the public, to whom nothing is new."""

    def __init__(self, group: Group, asked: QueryDict, membership: Membership | None = None):
        self.group, self.membership = group, membership
        self.chosen = next((one for one in FILTERS if one.name == asked.get("show")), FILTERS[0])
        self.page: PageOfItems[int] = PageOfItems(page_number(asked), THREADS_IN_LIST)
        threads = self.chosen.narrow(Thread.objects.in_group(group)).pinned_first()
        self.page.fill(threads.values_list("pk", flat=True)[self.page.wanted])

    def _threads(self) -> Sequence[Thread]:
        keys = self.page.items
        if self.membership:
            found = queries.THREAD_LINES.fetch(member=self.membership, keys=keys) if keys else []
        else:
            found = list(Thread.objects.filter(pk__in=keys).with_last_author().with_place())
        by_key = {thread.pk: thread for thread in found}
        return [by_key[pk] for pk in keys if pk in by_key]

    @property
    def lines(self) -> list[ThreadLine]:
        now = timezone.now()
        return [
            ThreadLine(
                thread,
                time_tag(thread.last_comment_at or thread.created_at, now),
                _news(thread) if self.membership else "",
            )
            for thread in self._threads()
        ]

    def context(self) -> dict[str, object]:
        path = reverse("papers:thread_list", args=[self.group.slug])
        return {
            "lines": self.lines,
            "page": self.page,
            "filters": FILTERS,
            "chosen": self.chosen,
            "path": path,
            "section": "discussions",
        }


def _news(thread: Thread) -> str:
    number = thread.new_comment_count
    return f"{counted_to_99(number)} new" if number else ""
