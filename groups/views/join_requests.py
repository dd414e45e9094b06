"""Asking to join a group that is listed, and being answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, for_organizers, for_outsiders
from groups.forms.join_requests import AnswerForm, JoinRequestForm
from groups.mail.joining_mail import answer, ask_to_join
from groups.models import (
    AlreadyDecided,
    CannotAnswer,
    CannotAsk,
    Group,
    GroupFull,
    JoinRequest,
    Membership,
    TooManyRequests,
)
from groups.web.responses import form_page, problem
from groups.web.throttling import limited

MOST_SHOWN = 100
ENOUGH = (
    "You have asked to join enough groups for today. Nothing was sent; try again tomorrow, "
    "or ask an organizer for a link."
)
CANNOT_ASK = (
    "This group accepted you or stopped taking requests a moment ago. Nothing was sent; your "
    "groups are on the home page."
)
CANNOT_ANSWER = (
    "This group was archived, or you stopped being its organizer, a moment ago. "
    "Nothing was changed; another organizer can answer."
)


@require_safe
def group_list(request: Request) -> HttpResponse:
    """Show the directory: the groups that anyone may ask to join."""
    words = request.GET.get("q", "")[:80]
    groups = Group.objects.in_directory().matching(words).for_directory(request.user)
    context = {"groups": groups[:MOST_SHOWN], "words": words, "section": "groups"}
    return render(request, "groups/group_list.html", context)


@limited("ask")
@for_outsiders
def join_request_create(request: Request, group: Group) -> HttpResponse:
    form = JoinRequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_to_join(group, request.user, form.cleaned_data["note"])
        except TooManyRequests:
            return problem(request, ENOUGH, status=429)
        except CannotAsk:
            return problem(request, CANNOT_ASK, status=409)
        messages.success(request, f"{group.name} has your request. The answer comes by email.")
        return redirect("groups:group_list")
    return form_page(
        request,
        form,
        "groups/join_request_create.html",
        asked=group,
        open_request=JoinRequest.objects.in_group(group).of(request.user).open().first(),
        section="groups",
    )


@require_POST
def join_request_delete(request: Request, slug: str) -> HttpResponse:
    """Take one's request back; that goes also when the group is not listed any more."""
    mine = JoinRequest.objects.of(request.user).open().to_group(slug)
    join_request = get_object_or_404(mine.for_list())
    try:
        join_request.withdraw()
    except AlreadyDecided:
        return problem(request, "It was answered a moment ago. Nothing was changed.", status=409)
    messages.success(request, "You have withdrawn your request.")
    return redirect("groups:group_list")


@for_organizers
def join_request_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Show the page on which a request is accepted or declined."""
    requests = JoinRequest.objects.in_group(membership.group).for_list()
    join_request = get_object_or_404(requests, pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            words = form.cleaned_data["answer"]
            answer(join_request, membership.user, words, accept=form.accepts)
        except AlreadyDecided:
            return problem(request, "It was answered a moment ago. Nothing was changed.", 409)
        except CannotAnswer:
            return problem(request, CANNOT_ANSWER, status=409)
        except GroupFull as full:
            return problem(request, f"{full} Make room in its settings first.", status=409)
        messages.success(request, _message(join_request, is_in=form.accepts))
        return redirect("groups:membership_list", membership.group.slug)
    return form_page(
        request,
        form,
        "groups/join_request_update.html",
        join_request=join_request,
        section="members",
    )


def _message(join_request: JoinRequest, *, is_in: bool) -> str:
    name = join_request.user.name
    done = f"{name} has joined the group" if is_in else "The request was declined"
    return f"{done}. {name} gets an email about it."
