"""The table of reasons: how each is said on the page and in an email, and how soon it is mailed.

A new reason is a member of `Reason` and a row here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from groups.web.humanize import day
from papers.models import Assignment, Frequency, Notification, Reason

SOMEBODY = "Somebody who left"


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """`sentence` has `{who}`, `{role}`, `{due}` and `{title}`; `because` ends "You are told …"."""

    label: str
    sentence: str
    because: str
    frequency: Frequency = Frequency.AT_ONCE

    def said_of(self, notification: Notification) -> str:
        """Return the sentence, without the title of the paper or thread, which is below it."""
        details: Mapping[str, str] = notification.details
        role = Assignment.Role(details["role"]) if details.get("role") else None
        due = date.fromisoformat(details["due_on"]) if details.get("due_on") else None
        return self.sentence.format(
            who=notification.actor.name if notification.actor else SOMEBODY,
            verb=role.verb if role else "",
            role=role.label.lower() if role else "",
            due=f" by {day(due)} {due.year}" if due else "",
        )


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
}
