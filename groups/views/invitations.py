"""Links that let people in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_organizers
from groups.accounts import joining
from groups.forms.invitations import InvitationForm, MailedInvitationForm
from groups.models import (
    AddressedElsewhere,
    GroupFull,
    Invitation,
    InvitationOver,
    Membership,
    User,
)
from groups.web.idempotency import shows_secret
from groups.web.rate_limits import too_many_tries, within_limit
from groups.web.responses import form_page, problem
from groups.web.throttling import limited

NOT_SHOWN_AGAIN = (
    "A link is shown for an hour after it was made. It still works; if you have lost it, make a "
    "new one and revoke this one."
)


@require_safe
@for_organizers
@even_frozen
def invitation_list(request: Request, membership: Membership) -> HttpResponse:
    """All there ever were, with those who came by each."""
    invitations = Invitation.objects.in_group(membership.group).for_list()
    context = {"invitations": invitations, "section": "members"}
    return render(request, "groups/invitation_list.html", context)


@limited("invite")
@for_organizers
def invitation_create(request: Request, membership: Membership) -> HttpResponse:
    """Make a link and lead to the page that shows it."""
    form = InvitationForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, form, "groups/invitation_form.html", section="members")
    invitation, _ = form.issue(membership.group, membership.user)
    return redirect("groups:invitation_detail", membership.group.slug, invitation.pk)


@require_safe
@for_organizers
@shows_secret
def invitation_detail(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Show a link to the organizer who made it, for an hour: only a hash of it is kept."""
    links = Invitation.objects.in_group(membership.group).links().made_by(membership.user)
    invitation = get_object_or_404(links, pk=pk)
    if over := invitation.over_because:
        return problem(request, f"This link {over}. Make a new one.", status=410)
    if not (secret := invitation.secret):
        return problem(request, NOT_SHOWN_AGAIN, status=410)
    link = settings.SITE_URL + reverse("groups:membership_create", args=[secret])
    context = {"invitation": invitation, "link": link, "section": "members"}
    return render(request, "groups/invitation_detail.html", context)


@limited("invite")
@for_organizers
def invitation_send(request: Request, membership: Membership) -> HttpResponse:
    """Mail a link of their own to some people."""
    form = MailedInvitationForm(request.POST or None)
    if form.is_valid() and (sent := form.send(membership.group, membership.user)):
        count = "One invitation is" if len(sent) == 1 else f"{len(sent)} invitations are"
        messages.success(request, f"{count} on the way.")
        return redirect("groups:invitation_list", membership.group.slug)
    return form_page(request, form, "groups/invitation_form.html", section="members", mails=True)


@require_POST
@for_organizers
@even_frozen
def invitation_revoke(request: Request, membership: Membership, pk: int) -> HttpResponse:
    invitations = Invitation.objects.in_group(membership.group).for_list()
    invitation = get_object_or_404(invitations, pk=pk)
    invitation.revoke(by=membership.user)
    if request.htmx:
        return render(request, "groups/_invitation.html", {"invitation": invitation})
    messages.success(request, "The invitation was revoked.")
    return redirect("groups:membership_list", membership.group.slug)


@login_not_required
@shows_secret
def membership_create(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an invitation; opening the link lets no one in, pressing *Join* does.

    A stranger who presses it signs up, or in, and is then in the group without a further question.
    """
    invitation = with_secret(secret).first()
    if invitation is None:
        return _unknown(request)
    user = request.user
    if request.method != "POST" or invitation.over_because:
        return _page(request, invitation)
    if not isinstance(user, User):
        joining.remember(request, invitation)
        return redirect("account_login" if "sign_in" in request.POST else _sign_up(invitation))
    return _accept(request, user, invitation)


@limited("invite")
def invitation_accept(request: Request, pk: int) -> HttpResponse:
    """Show an invitation to the person to whose address it was mailed, and let them in.

    They need no secret: they have shown already that the address is theirs.
    """
    received = Invitation.objects.received_by(request.user)
    invitation = get_object_or_404(received.select_related("group", "created_by"), pk=pk)
    if request.method != "POST" or invitation.over_because:
        return _page(request, invitation)
    return _accept(request, request.user, invitation)


def _accept(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    try:
        membership = invitation.accept(user)
    except (InvitationOver, AddressedElsewhere):
        fresh = Invitation.objects.select_related("group", "created_by")
        return _page(request, get_object_or_404(fresh, pk=invitation.pk))
    except GroupFull as full:
        return problem(request, joining.joining_refusal(invitation, full), status=409)
    messages.success(request, f"Welcome to {membership.group.name}.")
    return redirect(membership.group)


def _unknown(request: HttpRequest) -> HttpResponse:
    """Answer an unknown secret: it may be a guess, and guesses are counted."""
    if not within_limit(request, "join"):
        return too_many_tries(request)
    raise Http404


def with_secret(secret: str) -> QuerySet[Invitation]:
    return Invitation.objects.with_secret(secret).select_related("group", "created_by")


def _sign_up(invitation: Invitation) -> str:
    """Return the address of sign-up, with the email filled in for an invitation by mail."""
    query = {"email": invitation.email} if invitation.email else None
    return reverse("account_signup", query=query)


def _page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Return the invitation: 410 where it is over, 403 where it is another person's."""
    user = request.user if isinstance(request.user, User) else None
    if user and Membership.objects.in_group(invitation.group).of(user).exists():
        return redirect(invitation.group)
    is_elsewhere = bool(user and not invitation.is_for(user))
    context = {
        "invitation": invitation,
        "sent_to": joining.veiled(invitation.email) if is_elsewhere else "",
    }
    status = 410 if invitation.over_because else 403 if is_elsewhere else 200
    return render(request, "groups/membership_create.html", context, status=status)
