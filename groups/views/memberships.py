"""Members of a group: list, roles, removal, leaving."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_members, for_organizers
from groups.forms.memberships import RoleForm
from groups.models import Invitation, JoinRequest, LastOrganizer, Membership
from groups.web.responses import confirm_page, page_before, problem

SHOWN = {
    Membership.StatusShown.BY_NAME: "The other members see your name beside what you have read.",
    Membership.StatusShown.COUNTED: "What you have read is counted, without your name.",
    Membership.StatusShown.HIDDEN: "No one else sees what you have read.",
}
LONGEST_TYPED = 80
LAST_TO_LEAVE = (
    "A group needs an organizer who can sign in. Name another one first, or have the group "
    "deleted; nothing was changed."
)
LAST_ORGANIZER = (
    "A group needs an organizer who can sign in. Name another one first; nothing was changed."
)


class StatusShownForm(forms.Form):
    shown = forms.ChoiceField(choices=Membership.StatusShown.choices)


@require_safe
@for_members
@even_frozen
def membership_list(request: Request, membership: Membership) -> HttpResponse:
    return _page(request, membership)


@require_safe
@for_members
@even_frozen
def mentionable_list(request: Request, membership: Membership) -> HttpResponse:
    """Answer with the piece that is offered below an `@`: the members whom one may mean."""
    members = Membership.objects.in_group(membership.group)
    typed = request.GET.get("typed", "")[:LONGEST_TYPED]
    people = members.mentionable(by=membership.user, typed=typed)
    return render(request, "groups/_mentionable.html", {"people": people})


@require_POST
@for_organizers
def membership_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    other = get_object_or_404(Membership.objects.in_group(membership.group).with_people(), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, "There is no such role. Nothing was changed.", 422)
    try:
        other.change_role(form.cleaned_data["role"], by=membership.user)
    except LastOrganizer:
        return _page(request, membership, LAST_ORGANIZER, 409)
    except Membership.DoesNotExist:
        return _page(request, membership, f"{other.user.name} is not in the group any more.", 409)
    messages.success(request, f"{other.user.name} is {other.get_role_display().lower()} now.")
    return redirect("groups:membership_list", membership.group.slug)


@for_organizers
def membership_delete(request: Request, membership: Membership, pk: int) -> HttpResponse:
    other = get_object_or_404(Membership.objects.in_group(membership.group).with_people(), pk=pk)
    if request.method != "POST":
        return _confirm_page(
            request,
            membership,
            f"Remove {other.user.name} from the group?",
            "Their comments stay. Assignments that they have not done become open slots.",
            "Remove",
        )
    try:
        other.remove(by=membership.user)
    except LastOrganizer:
        return _page(request, membership, LAST_ORGANIZER, 409)
    messages.success(request, f"{other.user.name} is not in the group any more.")
    return redirect("groups:membership_list", membership.group.slug)


@require_POST
@for_members
@even_frozen
def membership_show(request: Request, membership: Membership) -> HttpResponse:
    """Say how the others see what one has read; also where nothing else can be changed."""
    form = StatusShownForm(request.POST)
    if not form.is_valid():
        return problem(request, "There is no such choice. Nothing was changed.")
    try:
        membership.show_status(form.cleaned_data["shown"])
    except Membership.DoesNotExist:
        raise Http404 from None
    if request.htmx:
        return render(request, "groups/_status_shown.html")
    messages.success(request, SHOWN[Membership.StatusShown(membership.status_shown)])
    return redirect(page_before(request, otherwise=_list_of(membership)))


@for_members
@even_frozen
def membership_leave(request: Request, membership: Membership) -> HttpResponse:
    if request.method != "POST":
        return _confirm_page(
            request,
            membership,
            f"Leave {membership.group.name}?",
            "Your comments stay. Assignments that you have not done become open slots.",
            "Leave the group",
        )
    try:
        membership.leave()
    except LastOrganizer:
        return _page(request, membership, LAST_TO_LEAVE, 409)
    messages.success(request, f"You have left {membership.group.name}.")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _list_of(membership: Membership) -> str:
    return reverse("groups:membership_list", args=[membership.group.slug])


def _confirm_page(
    request: Request, membership: Membership, heading: str, sentence: str, action: str
) -> HttpResponse:
    back = _list_of(membership)
    return confirm_page(
        request, heading=heading, sentence=sentence, action=action, back=back, section="members"
    )


def _page(
    request: Request, membership: Membership, error: str = "", status: int = 200
) -> HttpResponse:
    group = membership.group
    context: dict[str, object] = {
        "members": Membership.objects.in_group(group).with_people(),
        "error": error,
        "section": "members",
    }
    if membership.is_organizer:
        context["invitations"] = Invitation.objects.in_group(group).usable().for_list()
        context["join_requests"] = JoinRequest.objects.in_group(group).open().for_list()
    return render(request, "groups/membership_list.html", context, status=status)
