"""People, groups and memberships, and what each may do."""

from groups.models.events import Event
from groups.models.groups import Group, GroupFull
from groups.models.idempotency_keys import IdempotencyKey
from groups.models.incoming_emails import IncomingEmail
from groups.models.invitations import AddressedElsewhere, Invitation, InvitationOver
from groups.models.join_requests import (
    AlreadyDecided,
    CannotAnswer,
    CannotAsk,
    JoinRequest,
    TooManyRequests,
)
from groups.models.memberships import CannotAppoint, LastOrganizer, Membership
from groups.models.outgoing_emails import Audience, OutgoingEmail
from groups.models.overtaken import Overtaken
from groups.models.people import User
from groups.models.policy import Policy
from groups.models.tallies import Tally

__all__ = [
    "AddressedElsewhere",
    "AlreadyDecided",
    "Audience",
    "CannotAnswer",
    "CannotAppoint",
    "CannotAsk",
    "Event",
    "Group",
    "GroupFull",
    "IdempotencyKey",
    "IncomingEmail",
    "Invitation",
    "InvitationOver",
    "JoinRequest",
    "LastOrganizer",
    "Membership",
    "OutgoingEmail",
    "Overtaken",
    "Policy",
    "Tally",
    "TooManyRequests",
    "User",
]
