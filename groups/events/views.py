"""The history of a group, for its organizers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_organizers
from groups.events.history import History
from groups.models import Membership
from groups.web.csv_tables import csv_table
from groups.web.throttling import limited


@require_safe
@for_organizers
@even_frozen
def event_list(request: Request, membership: Membership) -> HttpResponse:
    history = History(membership.group, request.GET)
    context = {
        "history": history,
        "page": history.page(),
        "zone": timezone.get_current_timezone_name(),
        "section": "members",
    }
    return render(request, "groups/event_list.html", context)


@limited("export")
@require_safe
@for_organizers
@even_frozen
def event_export(request: Request, membership: Membership) -> HttpResponse:
    """Download all lines of the filtered history as CSV."""
    name = content_disposition_header(True, f"{membership.group.slug}-history.csv")
    return HttpResponse(
        csv_table(History(membership.group, request.GET).table()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": name or ""},
    )
