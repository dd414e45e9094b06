"""The schedule of a group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_readers
from groups.models import Group, Membership
from papers.assignments.schedule import Schedule


def schedule_read(request: HttpRequest, group: Group) -> HttpResponse:
    schedule = Schedule(group, asked=request.GET)
    return render(request, "papers/assignments/schedule_detail.html", schedule.context())


@require_safe
@for_readers(schedule_read)
@even_frozen
def schedule_detail(request: Request, membership: Membership) -> HttpResponse:
    schedule = Schedule(membership.group, membership, asked=request.GET)
    return render(request, "papers/assignments/schedule_detail.html", schedule.context())
