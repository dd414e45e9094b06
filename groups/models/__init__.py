"""Who is in the room and who holds the key."""

from groups.models.groups import Group
from groups.models.invitations import Invitation, InvitationOver
from groups.models.memberships import LastOrganizer, Membership
from groups.models.people import User
from groups.models.request_keys import RequestKey

__all__ = [
    "Group",
    "Invitation",
    "InvitationOver",
    "LastOrganizer",
    "Membership",
    "RequestKey",
    "User",
]
