"""The home page: what one person has to do and what is new, over all their groups."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.access import Request
from groups.models import JoinRequest
from papers.discussion.pages import with_moments
from papers.library import queries
from papers.library.rows import AssignmentRow


@require_safe
def home(request: Request) -> HttpResponse:
    user = request.user
    progress = {
        (row["group"], row["status"]): row["n"] for row in queries.MY_PROGRESS.fetch(user=user)
    }
    reading = queries.MY_READING.fetch(user=user)
    context = {
        "groups": [
            (group, *(progress.get((group.pk, status), 0) for status in ("read", "reading")))
            for group in queries.MY_GROUPS.fetch(user=user)
        ],
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
