"""A stranger's way from an invitation through signing up, or in, to its group.

A person who presses *Join* without being signed in wants to: their browser's session
remembers the invitation while they sign up, and the last step of that lets them in. It is
remembered for a while only, so that no one joins by what someone else pressed on this computer.
"""

import time

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from groups.models import AddressedElsewhere, Group, GroupFull, Invitation, InvitationOver, User

KEPT_AS = "joining"
SECONDS_KEPT = 60 * 60


def remember(request: HttpRequest, invitation: Invitation) -> None:
    request.session[KEPT_AS] = [invitation.pk, int(time.time())]


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT_AS, None)


def remembered(request: HttpRequest) -> Invitation | None:
    """Return the invitation that this browser is on its way with, if it still lets someone in."""
    pk, since = request.session.get(KEPT_AS, (0, 0))
    if time.time() - since > SECONDS_KEPT:
        return None
    return Invitation.objects.usable().select_related("group").filter(pk=pk).first()


def arrive(request: HttpRequest, user: User) -> Group | None:
    """Let someone who has just signed in into the group they were on the way to."""
    invitation = remembered(request)
    forget(request)
    if invitation is None:
        return None
    try:
        invitation.accept(user)
    except (InvitationOver, AddressedElsewhere, GroupFull) as refused:
        messages.error(request, joining_refusal(invitation, refused))
        return None
    messages.success(request, f"Welcome to {invitation.group.name}.")
    return invitation.group


def joining_refusal(invitation: Invitation, refused: Exception) -> str:
    """Return the sentence that says why an invitation was refused, and what to do."""
    host = invitation.whom_to_ask
    ask = f"Ask {host.name if host else 'the person who sent it'}"
    match refused:
        case AddressedElsewhere():
            return (
                f"The invitation to {invitation.group.name} was sent to {veiled(invitation.email)}."
                f" Sign in with that email address, or ask for an invitation to yours."
            )
        case GroupFull():
            return f"{refused} {ask} to make room. The invitation still counts."
        case _:
            return f"The invitation to {invitation.group.name} {refused}. {ask} for a new one."


def veiled(email: str) -> str:
    """Return an address as far as its owner knows it again: a•••@example.org."""
    name, _, host = email.partition("@")
    return f"{name[:1]}•••@{host}"


def joining_context(request: HttpRequest) -> dict[str, object]:
    """For templates: `joining`, the invitation that this browser is on its way with."""
    return {"joining": SimpleLazyObject(lambda: remembered(request))}
