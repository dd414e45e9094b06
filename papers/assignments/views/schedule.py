"""What is coming up in a group, and by when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_readers
from groups.models import Membership
from papers.assignments.schedule import Schedule
from papers.library.views.public import schedule_read


@require_safe
@for_readers(schedule_read)
@even_frozen
def schedule_detail(request: Request, membership: Membership) -> HttpResponse:
    schedule = Schedule(membership.group, membership, asked=request.GET)
    return render(request, "papers/schedule_detail.html", schedule.context())
