"""The home page: what one person has to do and what is new, over all their groups."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from groups.access import Request
from groups.models import Group, JoinRequest, User
from papers.discussion.pages import with_moments
from papers.library import queries
from papers.library.rows import AssignmentRow
from papers.models.reading_statuses import Status


@require_safe
def home(request: Request) -> HttpResponse:
    user = request.user
    reading = queries.MY_READING.fetch(user=user)
    context = {
        "groups": group_lines(user),
        "assignments": [
            AssignmentRow.of(a, a.member, a.paper.group.today())
            for a in queries.MY_ASSIGNMENTS.fetch(user=user)
            if a.member
        ],
        "reading": reading[: queries.READING_ON_HOME],
        "reads_more": len(reading) > queries.READING_ON_HOME,
        "join_requests": JoinRequest.objects.waiting_for(user).for_list(),
        "new_comments": with_moments(queries.MY_NEWS.fetch(user=user)),
        "section": "home",
    }
    return render(request, "papers/library/home.html", context)


def group_lines(user: User) -> list[tuple[Group, str, int, int]]:
    """Return the groups of a person with their paths, and how many papers the person has read
    and is reading in each.

    The paths differ in the slug alone: making each by itself costs more than all else of a line.
    """
    before, after = reverse("papers:list_detail", args=["-"]).rsplit("-", 1)
    counted = {
        (row["group"], row["status"]): row["n"] for row in queries.MY_PROGRESS.fetch(user=user)
    }
    return [
        (
            group,
            f"{before}{group.slug}{after}",
            counted.get((group.pk, Status.READ), 0),
            counted.get((group.pk, Status.READING), 0),
        )
        for group in queries.MY_GROUPS.fetch(user=user)
    ]
