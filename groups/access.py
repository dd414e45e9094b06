"""The doors: who may do what, decided once.

Every page is for signed-in people unless it says otherwise (`login_not_required`). A page of a
group is behind one of the doors below. A door turns the slug in the address into the visitor's
membership, which the view is given in its place:

- an outsider gets 404, as for a group that does not exist: they may not learn that it does;
- a member without the key gets 403, with a sentence that says whose it is;
- in a group that is archived, or about to be deleted, only what is `@even_frozen` is done.

One asks to be let in at the door of outsiders, which only a listed group has. What a public group
opens to everyone has a door with two views, one for members and one for
guests, who are given the group. Rows are only ever fetched through the group that a door gave, so
a row of another group is 404 too.

Each door can be asked without going in: `door.admit(request, slug)` raises what it would answer.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django_htmx.middleware import HtmxDetails

from groups.accounts.signing_in import ask_to_sign_in
from groups.models import Group, Membership, User
from groups.models.prepared import Prepared
from groups.web.responses import problem

MEMBERSHIPS = Prepared(
    lambda user, slug: Membership.objects.of(user).filter(group__slug=slug).select_related("group")
)
FROZEN = (
    "This group is archived: it can be read, and nothing in it changes. "
    "An organizer can open it again. Nothing was changed."
)


class Request(HttpRequest):
    """A request as a view behind the sign-in gets it."""

    user: User
    htmx: HtmxDetails
    membership: Membership


View = Callable[..., HttpResponse]
MembersView = Callable[Concatenate[Request, Membership, ...], HttpResponse]
GuestsView = Callable[Concatenate[HttpRequest, Group, ...], HttpResponse]
AskersView = Callable[Concatenate[Request, Group, ...], HttpResponse]


DOOMED = (
    "This group is about to be deleted: until then it can be read, and nothing in it changes. "
    "An organizer can still keep it. Nothing was changed."
)


def even_frozen(view: MembersView) -> MembersView:
    """Allow a view in a group that can only be read: it writes nothing, or it lets people go."""
    view.even_frozen = True  # type: ignore[attr-defined]
    return view


def for_members(view: MembersView) -> View:
    """Restrict a view to members of the group."""
    return _door(view, _admit_member)


def for_organizers(view: MembersView) -> View:
    """Restrict a view to organizers of the group."""
    return _door(view, _admit_organizer)


def for_readers(guests_view: GuestsView) -> Callable[[MembersView], View]:
    """Let members see the decorated view, and all other readers of a public group the given one.

    Of a group that is not public the others learn nothing: strangers are asked to sign in, as for a
    group that does not exist, and outsiders get 404.
    """

    def with_two_views(view: MembersView) -> View:
        @login_not_required
        @wraps(view)
        def door(request: Any, slug: str, **rest: Any) -> HttpResponse:
            if membership := _enter(request, slug):
                return _show(view, request, membership, **rest)
            group = Group.objects.public().filter(slug=slug).first()
            if group is None and not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if group is None or request.method not in ("GET", "HEAD"):
                raise Http404
            request.group = group
            response = guests_view(request, group, **rest)
            if group.may_be_indexed:
                response["X-Robots-Tag"] = "all"
            return response

        door.admit = _admit_member  # type: ignore[attr-defined]
        return door

    return with_two_views


def for_outsiders(view: AskersView) -> View:
    """Restrict a view to people who may ask to join: the group is in the directory.

    Members are led into the group; a group that is not listed is not found.
    """

    def admit(request: Request, slug: str, **_rest: Any) -> Group:
        return get_object_or_404(Group.objects.in_directory(), slug=slug)

    @wraps(view)
    def door(request: Request, slug: str, **rest: Any) -> HttpResponse:
        if membership := _enter(request, slug):
            return redirect(membership.group)
        return view(request, admit(request, slug), **rest)

    door.admit = admit  # type: ignore[attr-defined]
    return door


def require(allowed: bool, sentence: str) -> None:
    """Turn away a member who may look but not touch; the sentence says who may."""
    if not allowed:
        raise PermissionDenied(sentence)


def visitor(request: HttpRequest) -> dict[str, Any]:
    """Templates know the membership that a door found, and the group; a guest has the latter.

    `may_write` tells whether to offer what changes something; whether it is done, the door decides.
    """
    if membership := getattr(request, "membership", None):
        group = membership.group
        return {"membership": membership, "group": group, "may_write": not group.is_frozen}
    group = getattr(request, "group", None)
    return {"group": group} if group else {}


def _door(view: MembersView, admit: Callable[..., Membership]) -> View:
    @wraps(view)
    def door(request: Request, slug: str, **rest: Any) -> HttpResponse:
        return _show(view, request, admit(request, slug), **rest)

    door.admit = admit  # type: ignore[attr-defined]
    return door


def _admit_member(request: Request, slug: str, **_rest: Any) -> Membership:
    membership = _enter(request, slug)
    if membership is None:
        raise Http404
    return membership


def _admit_organizer(request: Request, slug: str, **_rest: Any) -> Membership:
    membership = _admit_member(request, slug)
    require(membership.is_organizer, "Only an organizer of the group can do this.")
    return membership


def _enter(request: Request, slug: str) -> Membership | None:
    user: User | AnonymousUser = request.user
    if not isinstance(user, User):
        return None
    membership = next(iter(MEMBERSHIPS.fetch(user=user, slug=slug)), None)
    if membership:
        membership.user = user
        request.membership = membership
    return membership


def _show(view: MembersView, request: Request, membership: Membership, **rest: Any) -> HttpResponse:
    if membership.group.is_frozen and not hasattr(view, "even_frozen"):
        doomed = membership.group.deletion_asked_at
        return problem(request, DOOMED if doomed else FROZEN, status=409)
    return view(request, membership, **rest)
