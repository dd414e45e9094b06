"""The home page: what one person has to do and what is new, over all their groups."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.access import Request
from groups.models import Group, JoinRequest
from papers.discussion.pages import with_moments
from papers.library.rows import AssignmentRow
from papers.models import Assignment, Paper, Thread

NEWS_SHOWN = 10


@require_safe
def home(request: Request) -> HttpResponse:
    user = request.user
    assignments = Assignment.objects.of(user).at_work().not_done(user).for_home(user)
    progress = Paper.objects.progress_of(user)
    context = {
        "groups": [(group, progress.get(group.pk)) for group in Group.objects.of(user)],
        "assignments": [
            AssignmentRow.of(a, a.member, a.paper.group.today()) for a in assignments if a.member
        ],
        "reading": Paper.objects.being_read_by(user),
        "join_requests": JoinRequest.objects.waiting_for(user).for_list(),
        "new_comments": with_moments(Thread.objects.with_news_for(user)[:NEWS_SHOWN]),
        "section": "home",
    }
    return render(request, "papers/library/home.html", context)
