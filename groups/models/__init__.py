"""Who is in the room and who holds the key."""

from groups.models.events import Event, Kind
from groups.models.groups import Group, GroupFull
from groups.models.idempotency_keys import RequestKey
from groups.models.invitations import AddressedElsewhere, Invitation, InvitationOver
from groups.models.join_requests import (
    AlreadyDecided,
    CannotAnswer,
    CannotAsk,
    JoinRequest,
    TooManyRequests,
)
from groups.models.memberships import CannotAppoint, LastOrganizer, Membership
from groups.models.outgoing_emails import Letter
from groups.models.overtaken import Overtaken
from groups.models.people import User
from groups.models.policy import Policy
from groups.models.tallies import Tally

__all__ = [
    "AddressedElsewhere",
    "AlreadyDecided",
    "CannotAnswer",
    "CannotAppoint",
    "CannotAsk",
    "Event",
    "Group",
    "GroupFull",
    "Invitation",
    "InvitationOver",
    "JoinRequest",
    "Kind",
    "LastOrganizer",
    "Letter",
    "Membership",
    "Overtaken",
    "Policy",
    "RequestKey",
    "Tally",
    "TooManyRequests",
    "User",
]
