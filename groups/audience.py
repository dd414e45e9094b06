"""The audience of a group: who may be told of something in it at this moment.

Anything that writes to people about a group asks here: when it is written, and again when it is
sent, since a membership, a role or an account may have ended in between. Someone who left or was
removed, an outsider, or the owner of a closed account is told nothing.
"""

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from groups.models import Audience, Group, Invitation, JoinRequest, Membership, User


def readers(group: Group, audience: Audience) -> QuerySet[User]:
    """Return the people of an audience as it is now, in the order of their names."""
    people = User.objects.filter(is_active=True)
    memberships = Membership.objects.in_group(group)
    match audience:
        case Audience.MEMBERS:
            people = people.filter(pk__in=memberships.values("user"))
        case Audience.ORGANIZERS:
            people = people.filter(pk__in=memberships.organizers().values("user"))
        case Audience.APPLICANTS:
            asked = JoinRequest.objects.in_group(group).not_accepted().values("user")
            people = people.filter(pk__in=asked).exclude(pk__in=memberships.values("user"))
        case _:
            people = people.none()
    return people.order_by(Lower("name"), "pk")


def told_now(audience: Audience, user: str = "user", group: str = "group") -> Q:
    """Match rows whose person may be told at this moment what is for an audience of their group.

    `user` and `group` lead from a row to these.
    """
    is_open = Q((f"{user}__is_active", True))
    person, of_group = OuterRef(user), OuterRef(group)
    memberships = Membership.objects.filter(user=person, group=of_group)
    match audience:
        case Audience.MEMBERS:
            return is_open & Q(Exists(memberships))
        case Audience.ORGANIZERS:
            return is_open & Q(Exists(memberships.organizers()))
        case Audience.APPLICANTS:
            asked = JoinRequest.objects.not_accepted().filter(user=person, group=of_group)
            return is_open & Q(Exists(asked)) & ~Q(Exists(memberships))
        case Audience.INVITED:
            address = OuterRef(f"{user}__email")
            invited = Invitation.objects.usable().filter(group=of_group, email=Lower(address))
            shown = EmailAddress.objects.filter(user=person, verified=True, email__iexact=address)
            is_invited = Q(Exists(invited)) & Q(Exists(shown))
            return is_open & is_invited & ~Q(Exists(memberships))
    return Q(pk=None)


def may_be_told(audience: str, group: Group | None, to: User | str) -> bool:
    """Return whether a person, or the owner of an address, may be told what is for an audience.

    Mail about an account goes to its owner whatever they are in. An unknown audience, as a later
    release may have written it, is told nothing.
    """
    if audience == Audience.ACCOUNT:
        return group is None
    if group is None or audience not in Audience:
        return False
    if audience == Audience.INVITED:
        return isinstance(to, str) and _is_invited(group, to)
    return isinstance(to, User) and readers(group, Audience(audience)).filter(pk=to.pk).exists()


def _is_invited(group: Group, address: str) -> bool:
    """Return whether an invitation to the address still works, and its owner could use it."""
    if User.objects.filter(email__iexact=address, is_active=False).exists():
        return False
    return Invitation.objects.in_group(group).usable().mailed_to(address).exists()
