"""The table of reasons: how each is said on the page and in an email, and how soon it is mailed.

A new reason is a member of `Reason` and a row here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from groups.web.humanize import day
from papers.models import Assignment, Frequency, Notification, Reason

SOMEBODY = "Somebody who left"


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """`sentence` has `{who}`, `{role}`, `{what}` and `{due}`; `because` ends "You are told …".

    One that `is_emailed` has a frequency that people choose. Of the others, either the action
    itself sends an email or none is wanted. `path` is where it leads, if not to what it is about.
    """

    label: str
    sentence: str
    because: str
    frequency: Frequency = Frequency.AT_ONCE
    is_emailed: bool = True
    path: Callable[[Notification], str] | None = None

    def said_of(self, notification: Notification) -> str:
        """Return the sentence, without the title of the paper or thread, which is below it."""
        details: Mapping[str, str] = notification.details
        role = Assignment.Role(details["role"]) if details.get("role") else None
        due = date.fromisoformat(details["due_on"]) if details.get("due_on") else None
        return self.sentence.format(
            who=notification.actor.name if notification.actor else SOMEBODY,
            verb=role.verb if role else "",
            role=role.label.lower() if role else "",
            what=details.get("what", ""),
            due=f" by {day(due)} {due.year}" if due else "",
        )

    def path_of(self, notification: Notification) -> str:
        """Return where it leads: to its comment, its thread or paper, or else its group."""
        if self.path:
            return self.path(notification)
        about = notification.comment or notification.thread or notification.paper
        return (about or notification.group).get_absolute_url()


def _to_members(notification: Notification) -> str:
    return reverse("groups:membership_list", args=[notification.group.slug])


def _to_directory(notification: Notification) -> str:
    return reverse("groups:group_list")


def _to_invitation(notification: Notification) -> str:
    return reverse("groups:invitation_accept", args=[notification.details["invitation"]])


def words_besides(notification: Notification) -> str:
    """Return what people wrote that is told beside the sentence: a title that is gone, and why."""
    details: Mapping[str, str] = notification.details
    return ": ".join(filter(None, [details.get("title"), details.get("why")]))


REASONS: dict[str, ReasonRow] = {
    Reason.MENTIONED: ReasonRow(
        "Mentions of you", "{who} mentioned you", "because you are mentioned"
    ),
    Reason.REPLIED: ReasonRow(
        "Replies to you", "{who} replied to you", "because you wrote what this replies to"
    ),
    Reason.FOLLOWED: ReasonRow(
        "Comments in what you follow", "{who} commented", "because you follow this"
    ),
    Reason.REMOVED: ReasonRow(
        "What you wrote is removed", "{who} removed your {what}", "because you wrote it"
    ),
    Reason.ASSIGNED: ReasonRow(
        "New assignments", "Your turn to {verb}{due}", "because you are assigned"
    ),
    Reason.REASSIGNED: ReasonRow(
        "Changes to your assignments",
        "Your assignment changed: {verb}{due}",
        "because you are assigned",
    ),
    Reason.UNASSIGNED: ReasonRow(
        "Assignments taken back",
        "You no longer have to {verb}",
        "because you were assigned",
    ),
    Reason.SLOT: ReasonRow(
        "Open slots in what you follow",
        "A slot is open: {role}{due}",
        "because you follow this",
        Frequency.DAILY,
    ),
    Reason.PAPER: ReasonRow(
        "New papers in what you follow",
        "{who} added a paper",
        "because you follow this",
        Frequency.DAILY,
    ),
    Reason.ASKED: ReasonRow(
        "Requests to join",
        "{who} asked to join",
        "because you are an organizer",
        Frequency.NEVER,
        is_emailed=False,
        path=_to_members,
    ),
    Reason.ACCEPTED: ReasonRow(
        "Requests that are accepted",
        "{who} let you in",
        "because you asked to join",
        Frequency.NEVER,
        is_emailed=False,
    ),
    Reason.DECLINED: ReasonRow(
        "Requests that are declined",
        "{who} declined your request to join",
        "because you asked to join",
        Frequency.NEVER,
        is_emailed=False,
        path=_to_directory,
    ),
    Reason.INVITED: ReasonRow(
        "Invitations",
        "{who} invites you to join",
        "because you are invited",
        Frequency.NEVER,
        is_emailed=False,
        path=_to_invitation,
    ),
    Reason.ARCHIVED: ReasonRow(
        "Groups that are archived", "{who} archived the group", "because you are a member"
    ),
    Reason.REOPENED: ReasonRow(
        "Groups that are open again",
        "{who} opened the group again",
        "because you are a member",
        Frequency.DAILY,
    ),
    Reason.DELETION: ReasonRow(
        "Groups that are to be deleted",
        "{who} asked to delete the group, with all that is in it",
        "because you are a member",
        Frequency.NEVER,
        is_emailed=False,
    ),
    Reason.KEPT: ReasonRow(
        "Groups that are kept after all",
        "{who} decided to keep the group",
        "because you are a member",
        Frequency.NEVER,
        is_emailed=False,
    ),
}
CHOSEN = {reason: row for reason, row in REASONS.items() if row.is_emailed}
