"""Emails about joining a group, each written together with the action that it tells of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from groups.audience import readers
from groups.mail import outbox
from groups.models import (
    Audience,
    Group,
    Invitation,
    JoinRequest,
    Membership,
    OutgoingEmail,
    User,
)
from groups.models.outgoing_emails import SECRET, new_message_id, secret_of

# Mail to strangers is what a site is blocked for, so there is not much of it.
MOST_INVITATIONS_A_DAY = 20  # by one organizer
MOST_TO_AN_ADDRESS_A_DAY = 3  # by anyone


class TooManyInvitations(Exception):
    """Today's share of invitations is sent; the message says whose."""


@transaction.atomic
def invite(
    group: Group,
    by: User,
    emails: Iterable[str],
    *,
    role: str,
    expires_at: datetime,
    note: str = "",
) -> list[Invitation]:
    """Send each address an invitation of its own, which ends the earlier ones to that address.

    Raises TooManyInvitations, and then none is sent.
    """
    wanted = list(dict.fromkeys(email.lower() for email in emails))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    _keep_within_limits(by, wanted)
    return [
        _invite_one(group, by, email, role=role, expires_at=expires_at, note=note)
        for email in wanted
    ]


def _keep_within_limits(by: User, wanted: list[str]) -> None:
    lately = Invitation.objects.mailed_since(timezone.now() - timedelta(days=1))
    left = MOST_INVITATIONS_A_DAY - lately.made_by(by).count()
    if len(wanted) > left:
        raise TooManyInvitations(
            f"You can send {MOST_INVITATIONS_A_DAY} invitations a day; {max(left, 0)} are left "
            "today. A link can be given to as many people as you like."
        )
    for email in wanted:
        if lately.mailed_to(email).count() >= MOST_TO_AN_ADDRESS_A_DAY:
            raise TooManyInvitations(
                f"{email} has had {MOST_TO_AN_ADDRESS_A_DAY} invitations today. "
                "Send a link in another way, or wait until tomorrow."
            )


def _invite_one(
    group: Group, by: User, email: str, *, role: str, expires_at: datetime, note: str
) -> Invitation:
    for earlier in Invitation.objects.in_group(group).usable().mailed_to(email):
        earlier.revoke(by)
    OutgoingEmail.objects.withdraw_invitations(group, email)
    message_id = new_message_id()
    invitation, _ = Invitation.objects.issue(
        group,
        by,
        role=role,
        expires_at=expires_at,
        note=note,
        email=email,
        secret=secret_of(message_id),
    )
    outbox.write_email(
        email,
        "groups/mail/invitation.txt",
        {
            "group": group,
            "by": by,
            "role": Membership.Role(role).label.lower(),
            "note": note,
            "expires_at": expires_at,
            "link": settings.SITE_URL + reverse("groups:membership_create", args=[SECRET]),
        },
        audience=Audience.INVITED,
        group=group,
        about=by,
        message_id=message_id,
    )
    return invitation


@transaction.atomic
def ask_to_join(group: Group, user: User, note: str) -> JoinRequest:
    """Put a request before the group's organizers; the first time each of them hears of it.

    Raises TooManyRequests and CannotAsk.
    """
    request, is_new = JoinRequest.objects.ask(group, user, note)
    if is_new:
        address = reverse("groups:join_request_update", args=[group.slug, request.pk])
        context = {"request": request, "link": settings.SITE_URL + address}
        for organizer in readers(group, Audience.ORGANIZERS):
            outbox.write_email(
                organizer,
                "groups/mail/join_request.txt",
                context | {"to": organizer},
                audience=Audience.ORGANIZERS,
                group=group,
                about=user,
            )
    return request


@transaction.atomic
def answer(request: JoinRequest, by: User, words: str, *, accept: bool) -> None:
    """Decide a request and tell the person.

    Raises AlreadyDecided, CannotAnswer and GroupFull.
    """
    if accept:
        request.accept(by, words)
    else:
        request.decline(by, words)
    link = settings.SITE_URL + (
        request.group.get_absolute_url() if accept else reverse("groups:group_list")
    )
    context = {"request": request, "by": by, "link": link}
    outbox.write_email(
        request.user,
        "groups/mail/join_answer.txt",
        context,
        audience=Audience.MEMBERS if accept else Audience.APPLICANTS,
        group=request.group,
        about=by,
    )
