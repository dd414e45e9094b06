"""The admin of accounts and groups: find rows and see their state.

Nearly all of it is to be looked at: what happens in a group is its people's to do, by the actions
that keep its rules. No page shows a secret, be it a password's hash, the content of an email or
the arguments of a task; nor can one be guessed at by asking for rows that begin with a letter.
"""

import json
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tasks_db.models import DBTaskResult

from groups.accounts.account_deletion import StillNeeded
from groups.accounts.signing_out import close_account, open_account, sign_out_everywhere
from groups.models import (
    CannotAppoint,
    Event,
    Group,
    IncomingEmail,
    Invitation,
    JoinRequest,
    Membership,
    OutgoingEmail,
    Policy,
    User,
)

# What Django makes of it is no word; of no concern to the database, so no migration says it.
Policy._meta.verbose_name_plural = "policies"
LAST_OPERATOR = "No one else operates this site. The account stays open."
LEFT_ALONE = (
    "{} ({}) has no organizer who can sign in any more. In the list of memberships choose one of "
    "its members and “Make organizers”."
)
# By what a list can be narrowed: a filter of it, compared in one of these ways.
COMPARED = {"", "exact", "gte", "lt", "isempty", "isnull"}


def operator(request: HttpRequest) -> User:
    """Return the person who asks: an operator."""
    return cast(User, request.user)


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows to be looked at. `fields` names all that is shown of one."""

    list_per_page = 50
    show_full_result_count = False
    view_on_site = False
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what a filter of the list offers; Django would take any column, hashes too."""
        column, _, compared = lookup.partition("__")
        filters: Any = self.list_filter
        offered = {item if isinstance(item, str) else item[0] for item in filters}
        return column in offered and compared in COMPARED

    # Django's log keeps the name of each row for ever; ours keeps its number.

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> LogEntry:
        return self._log(request, obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> LogEntry:
        return self._log(request, obj, CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[LogEntry]:
        return [self._log(request, obj, DELETION, "") for obj in queryset]

    def _log(self, request: HttpRequest, obj: models.Model, flag: int, message: Any) -> LogEntry:
        return LogEntry.objects.create(
            user=operator(request),
            content_type=get_content_type_for_model(obj),
            object_id=str(obj.pk),
            object_repr=f"{obj._meta.verbose_name} {obj.pk}",
            action_flag=flag,
            change_message=json.dumps(message) if isinstance(message, list) else message,
        )


class UserAdmin(ReadOnlyAdmin):
    list_display = ("name", "handle", "email", "is_active", "is_staff", "is_demo", "joined_at")
    list_filter = (
        "is_active",
        "is_staff",
        "is_demo",
        ("refused_at", admin.EmptyFieldListFilter),
        "joined_at",
        "last_login",
    )
    search_fields = ("name", "handle", "email")
    search_help_text = "By name, handle or email"
    fields = (
        "name", "handle", "email", "time_zone", "language", "chosen_colour", "is_active",
        "is_staff", "is_superuser", "is_demo", "joined_at", "last_login", "refused_email",
        "refused_status", "refused_at",
    )  # fmt: skip
    actions = ("close_accounts", "open_accounts", "sign_out")

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("groups.change_user"))

    @admin.action(description="Close the accounts", permissions=["operate"])
    def close_accounts(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Not one's own, or no one might be left to open it again."""
        closed = 0
        for user in self._in_reach(request, people.exclude(pk=operator(request).pk)):
            try:
                left = close_account(user)
            except StillNeeded:
                self.message_user(request, f"{user}: {LAST_OPERATOR}", messages.WARNING)
                continue
            closed += 1
            self.log_change(request, user, "Closed the account.")
            for group in left:
                self.message_user(
                    request, LEFT_ALONE.format(group.name, group.slug), messages.WARNING
                )
        self._say(request, closed, "closed. No one can sign in with it any more")

    @admin.action(description="Open the accounts again", permissions=["operate"])
    def open_accounts(self, request: HttpRequest, people: QuerySet[User]) -> None:
        others = self._in_reach(request, people)
        for user in others:
            open_account(user)
            self.log_change(request, user, "Opened the account.")
        self._say(request, len(others), "open")

    @admin.action(description="Sign them out everywhere", permissions=["operate"])
    def sign_out(self, request: HttpRequest, people: QuerySet[User]) -> None:
        others = self._in_reach(request, people)
        for user in others:
            sign_out_everywhere(user)
            self.log_change(request, user, "Signed the person out everywhere.")
        self._say(request, len(others), "signed out in every browser")

    def _in_reach(self, request: HttpRequest, people: QuerySet[User]) -> list[User]:
        """Only superusers may change superusers."""
        if not operator(request).is_superuser:
            people = people.filter(is_superuser=False)
        return list(people)

    def _say(self, request: HttpRequest, number: int, done: str) -> None:
        level = messages.SUCCESS if number else messages.WARNING
        accounts = "1 account is" if number == 1 else f"{number} accounts are"
        self.message_user(request, f"{accounts} {done}.", level)


class GroupAdmin(ReadOnlyAdmin):
    list_display = (
        "name", "slug", "visibility", "member_count", "organizer_count", "created_at",
        "archived_at", "deletion_asked_at",
    )  # fmt: skip
    list_filter = (
        "visibility",
        ("archived_at", admin.EmptyFieldListFilter),
        ("deletion_asked_at", admin.EmptyFieldListFilter),
        "created_at",
    )
    search_fields = ("name", "slug", "about")
    search_help_text = "By name, slug or description"
    fields = (
        "name", "slug", "about", "time_zone", "visibility", "opens_threads", "may_be_indexed",
        "emails_without_text",
        "seats", "created_at", "archived_at", "deletion_asked_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return Group.objects.with_member_count()

    @admin.display(description="members", ordering="member_count")
    def member_count(self, group: Any) -> int:
        return int(group.member_count)

    @admin.display(description="organizers who can sign in", ordering="organizer_count")
    def organizer_count(self, group: Any) -> int:
        return int(group.organizer_count)


class MembershipAdmin(ReadOnlyAdmin):
    list_display = ("user", "group", "role", "joined_at")
    list_select_related = ("user", "group")
    list_filter = ("role", "joined_at")
    search_fields = ("user__name", "user__handle", "user__email", "group__name", "group__slug")
    search_help_text = "By person or group"
    fields = ("user", "group", "role", "joined_at", "invitation")
    actions = ("make_organizers",)

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("groups.change_membership"))

    @admin.action(description="Make organizers", permissions=["operate"])
    def make_organizers(self, request: HttpRequest, memberships: QuerySet[Membership]) -> None:
        """Only where a group has none who can sign in: otherwise it is their own to decide."""
        for membership in memberships.select_related("user", "group"):
            try:
                membership.appoint()
            except (CannotAppoint, Membership.DoesNotExist) as refused:
                self.message_user(request, f"{refused} Nothing was changed.", messages.WARNING)
                continue
            self.log_change(request, membership, "Made the member an organizer.")
            said = f"{membership.user} is an organizer of {membership.group} now."
            self.message_user(request, said, messages.SUCCESS)


class InvitationAdmin(ReadOnlyAdmin):
    list_display = (
        "id", "group", "role", "email", "uses", "uses_allowed", "expires_at", "revoked_at",
        "created_by",
    )  # fmt: skip
    list_select_related = ("group", "created_by")
    list_filter = ("role", "expires_at", ("revoked_at", admin.EmptyFieldListFilter))
    search_fields = ("group__name", "group__slug", "email", "created_by__name")
    search_help_text = "By group, email or who made it"
    fields = (
        "group", "role", "note", "email", "uses", "uses_allowed", "expires_at", "revoked_at",
        "created_by", "created_at",
    )  # fmt: skip


class JoinRequestAdmin(ReadOnlyAdmin):
    list_display = ("user", "group", "created_at", "decided_at", "is_accepted", "decided_by")
    list_select_related = ("user", "group", "decided_by")
    list_filter = ("is_accepted", ("decided_at", admin.EmptyFieldListFilter), "created_at")
    search_fields = ("user__name", "user__handle", "user__email", "group__name", "group__slug")
    search_help_text = "By person or group"
    fields = (
        "user", "group", "note", "created_at", "decided_at", "is_accepted", "decided_by", "answer",
    )  # fmt: skip


class EventAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "group", "kind", "actor", "person")
    list_display_links = ("created_at",)
    list_select_related = ("group", "actor", "person")
    list_filter = ("kind", "created_at")
    search_fields = ("group__name", "group__slug", "actor__name", "person__name")
    search_help_text = "By group or person"
    fields = ("created_at", "group", "kind", "actor", "person", "invitation", "details")


class OutgoingEmailAdmin(ReadOnlyAdmin):
    """The state of outgoing emails; never their content."""

    list_display = ("id", "recipient", "created_at", "tries", "next_try_at", "sent_at")
    list_filter = (
        ("sent_at", admin.EmptyFieldListFilter),
        ("next_try_at", admin.EmptyFieldListFilter),
        "created_at",
    )
    search_fields = ("recipient",)
    search_help_text = "By email"
    fields = ("recipient", "about", "created_at", "tries", "next_try_at", "sent_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("sealed")


class IncomingEmailAdmin(ReadOnlyAdmin):
    """The outcomes of emails that came in, of which no words are kept."""

    list_display = ("id", "read_at", "outcome", "reason", "user")
    list_select_related = ("user",)
    list_filter = ("outcome", "reason", "read_at")
    search_fields = ("user__email",)
    search_help_text = "By email"
    fields = ("read_at", "outcome", "reason", "user")


class PolicyAdmin(ReadOnlyAdmin):
    """The one row there is, which is the operators' to change."""

    list_display = ("sign_up",)
    fields = ("sign_up",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request) and not Policy.objects.exists()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        obj.pk = Policy.ONLY
        super().save_model(request, obj, form, change)


class TaskAdmin(ReadOnlyAdmin):
    """The state of the worker's tasks; never their arguments or results."""

    list_display = ("id", "task_path", "status", "enqueued_at", "started_at", "finished_at")
    list_filter = ("status", "enqueued_at")
    search_fields = ("task_path",)
    search_help_text = "By what is done"
    ordering = ("-enqueued_at",)
    fields = (
        "task_path", "status", "priority", "queue_name", "enqueued_at", "started_at",
        "finished_at", "exception_class_path",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("args_kwargs", "return_value", "traceback")


SHOWN: dict[type[models.Model], type[ReadOnlyAdmin]] = {
    User: UserAdmin,
    Group: GroupAdmin,
    Membership: MembershipAdmin,
    Invitation: InvitationAdmin,
    JoinRequest: JoinRequestAdmin,
    Event: EventAdmin,
    OutgoingEmail: OutgoingEmailAdmin,
    IncomingEmail: IncomingEmailAdmin,
    Policy: PolicyAdmin,
    DBTaskResult: TaskAdmin,
}
