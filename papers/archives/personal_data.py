"""Everything stored about one person, by kind.

Each part is a query for one kind of row, with the columns exported. No one else is named in it
but where the person wrote a name. What refers to a person and is not exported has its reason below.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import F, Model, QuerySet

from groups.models import Event, Invitation, JoinRequest, Membership, User
from papers.models import (
    Assignment,
    Comment,
    DiscussionDraft,
    EmailChoice,
    Follow,
    ListImport,
    Lookup,
    Mention,
    NotDuplicate,
    Notification,
    NotificationSettings,
    Paper,
    PaperMerge,
    Reaction,
    ReadingStatus,
    Thread,
    Visit,
)

PersonalDataRow = dict[str, Any]
PROFILE = [
    "name",
    "handle",
    "email",
    "time_zone",
    "language",
    "chosen_colour",
    "is_active",
    "is_staff",
    "is_demo",
    "joined_at",
    "last_login",
    "refused_email",
    "refused_status",
    "refused_at",
]
# Columns of a person that are not exported: secrets, and what follows from the others.
NOT_IN_PROFILE = {
    "id": "an ID of ours",
    "password": "a secret, kept as a hash",
    "handle_shape": "follows from the handle",
    "is_superuser": "the same as is_staff",
}
# Relations to a person that are not exported.
LEFT_OUT = {
    "groups.OutgoingEmail.about": "mail to somebody else; its words go when it is sent",
    "groups.OutgoingEmail.reader": "mail to the person, which they have; its words go when sent",
    "groups.IncomingEmail.user": "that an email was read, kept so that none is read twice",
    "groups.IdempotencyKey.user": "answers to forms, kept for a week so that none is done twice",
    "admin.LogEntry.user": "what an operator did to the site",
}


@dataclass(frozen=True)
class PersonalDataKind:
    """One kind of row: its label, the person's rows, and the columns exported."""

    label: str
    refers: str
    rows: Callable[[User], QuerySet[Any]]
    columns: Mapping[str, str]

    # What of the accounts the site may have or not.
    app: str = ""

    @property
    def is_kept(self) -> bool:
        return not self.app or apps.is_installed(self.app)

    def of(self, user: User) -> list[PersonalDataRow]:
        rows = self.rows(user).values_list(*self.columns.values())
        return [dict(zip(self.columns, row, strict=True)) for row in rows]


def owned_rows(label: str) -> Callable[[User], QuerySet[Any]]:
    """Rows of a part of the accounts that the site may have or not."""

    def rows(user: User) -> QuerySet[Any]:
        model: type[Model] = apps.get_model(label)
        return model._default_manager.filter(user=user).order_by("pk")

    return rows


_PAPER = {"group": "paper__group__name", "paper": "paper__title"}
_THREAD = {
    "group": "thread__group__name",
    "paper": "thread__paper__title",
    "thread": "thread__title",
}
PARTS = {
    "addresses": PersonalDataKind(
        "email addresses",
        "account.EmailAddress.user",
        lambda user: EmailAddress.objects.filter(user=user).order_by("pk"),
        {"address": "email", "is_first": "primary", "is_confirmed": "verified"},
    ),
    "memberships": PersonalDataKind(
        "groups you are in",
        "groups.Membership.user",
        lambda user: Membership.objects.of(user).order_by("pk"),
        {
            "group": "group__name",
            "role": "role",
            "marks_are_shown": "status_shown",
            "joined_at": "joined_at",
        },
    ),
    "statuses": PersonalDataKind(
        "reading statuses",
        "papers.ReadingStatus.user",
        lambda user: ReadingStatus.objects.of(user).order_by("paper__group", "paper"),
        _PAPER | {"status": "status", "set_at": "set_at", "finished_at": "finished_at"},
    ),
    "assignments": PersonalDataKind(
        "assignments",
        "groups.Membership.user",
        lambda user: Assignment.objects.of(user).order_by("pk"),
        _PAPER | {"role": "role", "due_on": "due_on", "done_at": "done_at"},
    ),
    "threads": PersonalDataKind(
        "threads you started",
        "papers.Thread.author",
        lambda user: Thread.objects.filter(author=user).order_by("pk"),
        {
            "group": "group__name",
            "paper": "paper__title",
            "title": "title",
            "page": "page",
            "quotation": "quotation",
            "kind": "kind",
            "created_at": "created_at",
        },
    ),
    "threads_closed": PersonalDataKind(
        "threads you closed",
        "papers.Thread.closed_by",
        lambda user: Thread.objects.filter(closed_by=user).order_by("pk"),
        {"group": "group__name", "paper": "paper__title", "closed_at": "closed_at"},
    ),
    "comments": PersonalDataKind(
        "comments",
        "papers.Comment.author",
        lambda user: Comment.objects.filter(author=user).order_by(
            "thread__group", F("thread__paper").asc(nulls_first=True), "thread", "pk"
        ),
        _THREAD
        | {
            "source": "source",
            "created_at": "created_at",
            "edited_at": "edited_at",
            "deleted_at": "deleted_at",
            "removed_by_another": "is_removed",
            "removal_reason": "removal_reason",
        },
    ),
    "drafts": PersonalDataKind(
        "drafts",
        "papers.DiscussionDraft.user",
        lambda user: DiscussionDraft.objects.of(user).order_by("pk"),
        {
            "group": "group__name",
            "form": "kind",
            "about": "target",
            "words": "words",
            "saved_at": "saved_at",
        },
    ),
    "reactions": PersonalDataKind(
        "reactions to comments",
        "papers.Reaction.user",
        lambda user: Reaction.objects.filter(user=user).order_by("pk"),
        {
            "group": "comment__thread__group__name",
            "thread": "comment__thread__title",
            "comment": "comment",
            "reaction": "name",
            "created_at": "created_at",
        },
    ),
    "visits": PersonalDataKind(
        "threads you have read",
        "papers.Visit.user",
        lambda user: Visit.objects.of(user).order_by("pk"),
        _THREAD | {"seen_up_to_comment": "seen_comment_id", "and_comments": "also_seen"},
    ),
    "mentions": PersonalDataKind(
        "comments that mention you",
        "papers.Mention.user",
        lambda user: Mention.objects.filter(user=user).order_by("pk"),
        {"thread": "comment__thread__title", "comment": "comment", "handle": "handle"},
    ),
    "notifications": PersonalDataKind(
        "notifications",
        "papers.Notification.user",
        lambda user: Notification.objects.of(user).order_by("pk"),
        {
            "group": "group__name",
            "reason": "reason",
            "paper": "paper__title",
            "thread": "thread__title",
            "created_at": "created_at",
            "seen_at": "seen_at",
            "done_at": "done_at",
            "later_until": "later_until",
        },
    ),
    "follows": PersonalDataKind(
        "what you follow",
        "papers.Follow.user",
        lambda user: Follow.objects.of(user).order_by("pk"),
        {
            "group": "group__name",
            "topic": "topic__name",
            "paper": "paper__title",
            "thread": "thread__title",
            "level": "level",
            "by_taking_part": "is_automatic",
        },
    ),
    "email_choices": PersonalDataKind(
        "emails you chose",
        "papers.EmailChoice.user",
        lambda user: EmailChoice.objects.filter(user=user).order_by("reason"),
        {"reason": "reason", "frequency": "frequency"},
    ),
    "quiet_hours": PersonalDataKind(
        "your quiet hours",
        "papers.NotificationSettings.user",
        lambda user: NotificationSettings.objects.filter(user=user),
        {"from": "quiet_from", "until": "quiet_until"},
    ),
    "papers_added": PersonalDataKind(
        "papers you added",
        "papers.Paper.added_by",
        lambda user: Paper.objects.filter(added_by=user).order_by("pk"),
        {"group": "group__name", "paper": "title", "added_at": "added_at"},
    ),
    "merges": PersonalDataKind(
        "papers you merged",
        "papers.PaperMerge.merged_by",
        lambda user: PaperMerge.objects.filter(merged_by=user).order_by("pk"),
        {
            "group": "group__name",
            "paper": "merged__title",
            "into": "survivor__title",
            "merged_at": "merged_at",
            "undone_at": "undone_at",
        },
    ),
    "not_duplicates": PersonalDataKind(
        "papers you said are not the same",
        "papers.NotDuplicate.said_by",
        lambda user: NotDuplicate.objects.of(user).order_by("pk"),
        {
            "group": "first__group__name",
            "paper": "first__title",
            "other": "second__title",
            "said_at": "said_at",
        },
    ),
    "lookups": PersonalDataKind(
        "papers you searched details for",
        "papers.Lookup.asked_by",
        lambda user: Lookup.objects.filter(asked_by=user).order_by("pk"),
        _PAPER | {"state": "state", "asked_at": "asked_at"},
    ),
    "imports": PersonalDataKind(
        "lists you imported",
        "papers.ListImport.imported_by",
        lambda user: ListImport.objects.filter(imported_by=user).order_by("pk"),
        {
            "group": "group__name",
            "name": "name",
            "text": "text",
            "created_at": "created_at",
            "applied_at": "applied_at",
            "undone_at": "undone_at",
        },
    ),
    "invitations": PersonalDataKind(
        "invitations you created",
        "groups.Invitation.created_by",
        lambda user: Invitation.objects.filter(created_by=user).order_by("pk"),
        {
            "group": "group__name",
            "role": "role",
            "note": "note",
            "sent_to": "email",
            "uses": "uses",
            "uses_allowed": "uses_allowed",
            "created_at": "created_at",
            "expires_at": "expires_at",
            "revoked_at": "revoked_at",
        },
    ),
    "requests": PersonalDataKind(
        "requests to join",
        "groups.JoinRequest.user",
        lambda user: JoinRequest.objects.of(user).order_by("pk"),
        {
            "group": "group__name",
            "note": "note",
            "created_at": "created_at",
            "decided_at": "decided_at",
            "is_accepted": "is_accepted",
            "answer": "answer",
        },
    ),
    "decisions": PersonalDataKind(
        "requests to join you answered",
        "groups.JoinRequest.decided_by",
        lambda user: JoinRequest.objects.filter(decided_by=user).order_by("pk"),
        {
            "group": "group__name",
            "decided_at": "decided_at",
            "is_accepted": "is_accepted",
            "answer": "answer",
        },
    ),
    "actions": PersonalDataKind(
        "lines of history about what you did",
        "groups.Event.actor",
        lambda user: Event.objects.filter(actor=user).order_by("pk"),
        {"group": "group__name", "kind": "kind", "details": "details", "at": "created_at"},
    ),
    "history": PersonalDataKind(
        "lines of history about you",
        "groups.Event.person",
        lambda user: Event.objects.filter(person=user).order_by("pk"),
        {"group": "group__name", "kind": "kind", "details": "details", "at": "created_at"},
    ),
    "sessions": PersonalDataKind(
        "places where you are signed in",
        "usersessions.UserSession.user",
        owned_rows("usersessions.UserSession"),
        {
            "browser": "user_agent",
            "ip": "ip",
            "since": "created_at",
            "last_seen_at": "last_seen_at",
        },
        "allauth.usersessions",
    ),
    "devices": PersonalDataKind(
        "second factors",
        "mfa.Authenticator.user",
        owned_rows("mfa.Authenticator"),
        {
            "kind": "type",
            "name": "data__name",
            "created_at": "created_at",
            "last_used_at": "last_used_at",
        },
        "allauth.mfa",
    ),
    "connected_accounts": PersonalDataKind(
        "connected accounts",
        "socialaccount.SocialAccount.user",
        owned_rows("socialaccount.SocialAccount"),
        {
            "provider": "provider",
            "number": "uid",
            "says": "extra_data",
            "connected_at": "date_joined",
            "last_login": "last_login",
        },
        "allauth.socialaccount",
    ),
}
