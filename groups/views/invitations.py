"""Links that let people in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.http import require_POST

from groups.access import Request, even_frozen, for_organizers
from groups.forms.invitations import InvitationForm
from groups.models import Invitation, InvitationOver, Membership
from groups.pages import form_page


@for_organizers
def invitation_create(request: Request, membership: Membership) -> HttpResponse:
    """Make a link and show it, this once: only a hash of it is kept."""
    form = InvitationForm(request.POST or None)
    if not form.is_valid():
        return form_page(
            request,
            form,
            heading="Invite people",
            sentence="Whoever has the link can join, until it expires or is used up.",
            action="Make a link",
            back=reverse("groups:membership_list", args=[membership.group.slug]),
            section="members",
        )
    invitation, secret = form.issue(membership.group, membership.user)
    link = request.build_absolute_uri(reverse("groups:membership_create", args=[secret]))
    context = {"invitation": invitation, "link": link, "section": "members"}
    return render(request, "groups/invitation_created.html", context)


@require_POST
@for_organizers
@even_frozen
def invitation_revoke(request: Request, membership: Membership, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.in_group(membership.group), pk=pk)
    invitation.revoke(by=membership.user)
    if request.htmx:
        return render(request, "groups/_invitation.html", {"invitation": invitation})
    messages.success(request, "The link lets nobody in any more.")
    return redirect("groups:membership_list", membership.group.slug)


@login_not_required
def membership_create(request: HttpRequest, secret: str) -> HttpResponse:
    """What an invited person sees; opening the link does not let them in, pressing *Join* does."""
    invitations = Invitation.objects.with_secret(secret).select_related("group", "created_by")
    invitation = get_object_or_404(invitations)
    if request.method != "POST":
        return _page(request, invitation, secret)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, resolve_url("account_signup"))
    try:
        membership = invitation.accept(request.user)
    except InvitationOver:
        return _page(request, get_object_or_404(invitations), secret)
    messages.success(request, f"Welcome to {membership.group.name}.")
    return redirect(membership.group)


def _page(request: HttpRequest, invitation: Invitation, secret: str) -> HttpResponse:
    members = Membership.objects.in_group(invitation.group)
    if request.user.is_authenticated and members.of(request.user).exists():
        return redirect(invitation.group)
    return render(
        request,
        "groups/invitation_detail.html",
        {"invitation": invitation, "secret": secret},
        status=410 if invitation.over_because else 200,
    )
