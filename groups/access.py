"""The doors: who may do what, decided once.

Every page is for signed-in people unless it says otherwise (`login_not_required`). A page of a
group stands behind one of the two doors below. A door turns the slug in the address into the
visitor's membership, which the view is given in its place:

- an outsider gets 404, as for a group that does not exist: they may not learn that it does;
- a member without the key gets 403, with a sentence that says whose it is.

Rows are then only ever fetched through `membership.group`, so a row of another group is 404 too.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from groups.models import Membership, User


class Request(HttpRequest):
    """A request as a view behind the sign-in gets it."""

    user: User
    htmx: HtmxDetails
    membership: Membership


View = Callable[..., HttpResponse]
MembersView = Callable[Concatenate[Request, Membership, ...], HttpResponse]


def for_members(view: MembersView) -> View:
    """The door of everybody in the group."""

    @wraps(view)
    def door(request: Request, slug: str, **rest: Any) -> HttpResponse:
        return view(request, _enter(request, slug), **rest)

    return door


def for_organizers(view: MembersView) -> View:
    """The door of the group's organizers."""

    @wraps(view)
    def door(request: Request, slug: str, **rest: Any) -> HttpResponse:
        membership = _enter(request, slug)
        require(membership.is_organizer, "Only an organizer of the group can do this.")
        return view(request, membership, **rest)

    return door


def require(allowed: bool, sentence: str) -> None:
    """Turn away a member who may look but not touch; the sentence says who may."""
    if not allowed:
        raise PermissionDenied(sentence)


def visitor(request: HttpRequest) -> dict[str, Any]:
    """Templates know the membership that a door found, and its group."""
    membership = getattr(request, "membership", None)
    return {"membership": membership, "group": membership.group} if membership else {}


def _enter(request: Request, slug: str) -> Membership:
    memberships = Membership.objects.of(request.user).select_related("group")
    membership = get_object_or_404(memberships, group__slug=slug)
    membership.user = request.user
    request.membership = membership
    return membership
