"""Drafts of what a member is writing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from groups.access import Request, for_members
from groups.models import Membership
from groups.web.idempotency import writes_nothing
from groups.web.responses import page_before, problem
from groups.web.throttling import limited
from papers.discussion.drafts import DraftForm, DraftPlace, discard_draft, keep_draft


@limited("draft")
@writes_nothing
@require_POST
@for_members
def draft_save(request: Request, membership: Membership) -> HttpResponse:
    """Keep what is in a form. A page with scripts says it while somebody types.

    The key of the form is not taken: the form itself is still to be sent.
    """
    place = _place(request, membership)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return problem(request, "This is too long to be kept as a draft. Shorten it, or copy it.")
    keep_draft(membership, place, form)
    if request.htmx:
        return HttpResponse()
    messages.success(request, "Your draft is kept for 30 days, on all your devices.")
    return redirect(page_before(request, otherwise=membership.group.get_absolute_url()))


@limited("draft")
@writes_nothing
@require_POST
@for_members
def draft_delete(request: Request, membership: Membership) -> HttpResponse:
    discard_draft(membership, _place(request, membership))
    messages.success(request, "The draft is deleted.")
    return redirect(page_before(request, otherwise=membership.group.get_absolute_url()))


def _place(request: Request, membership: Membership) -> DraftPlace:
    place = DraftPlace.read(request.POST.get("draft", ""), membership)
    if place is None:
        raise Http404
    return place
