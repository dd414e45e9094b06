"""The people whom a comment calls on by `@handle`."""

import re
from collections.abc import Iterable, Mapping
from typing import Self

from django.db import models
from django.utils.html import escape

from groups.models import Group, Membership, User
from papers.models.discussion import Comment

# As the renderer writes it, see `papers.rendering.mentions`.
_WRITTEN = re.compile(r'<span class="mention">@([^<]{1,60})</span>')


def handles_in(html: str) -> list[str]:
    """Return the handles that a rendered comment calls on, each once, in small letters."""
    return list(dict.fromkeys(handle.lower() for handle in _WRITTEN.findall(html)))


def has_mentions(html: str) -> bool:
    return '<span class="mention">' in html


def with_mentions(html: str, shown: Mapping[str, str]) -> str:
    """Replace each `@handle` of a rendered comment by what is shown for it, by the handle; one of
    no member is text."""
    return _WRITTEN.sub(lambda found: shown.get(found[1].lower(), f"@{found[1]}"), html)


class MentionQuerySet(models.QuerySet["Mention"]):
    def in_comments(self, comments: Iterable[int]) -> Self:
        return self.filter(comment__in=list(comments)).select_related("user")


class MentionManager(models.Manager.from_queryset(MentionQuerySet)):  # type: ignore[misc]
    def note(self, comment: Comment, group: Group) -> list[User]:
        """Keep whom the comment calls on now; return those whom it did not call on before.

        A handle that is no member's is text.
        """
        handles = handles_in(comment.html)
        before = set(comment.mentions.values_list("user", flat=True))
        if not handles and not before:
            return []
        members = Membership.objects.in_group(group).filter(user__handle__in=handles)
        called = {found.user.handle: found.user for found in members.select_related("user")}
        comment.mentions.exclude(user__in=[user.pk for user in called.values()]).delete()
        new = [user for user in called.values() if user.pk not in before]
        self.bulk_create(
            [Mention(comment=comment, user=user, handle=user.handle) for user in new],
            ignore_conflicts=True,
        )
        return new


class Mention(models.Model):
    """One member called on in one comment. The handle is as it was written: it may change."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, models.CASCADE, related_name="mentions")
    handle = models.CharField(max_length=40)

    objects = MentionManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "user"], name="one_mention_per_comment_and_person"
            ),
        ]

    def __str__(self) -> str:
        return f"@{self.handle}"

    def shown(self, members_path: str) -> str:
        """Return the HTML for it: today's handle, which leads to the person among the members
        where these may be seen."""
        handle = escape(self.user.handle)
        if not members_path:
            return f'<span class="mention">@{handle}</span>'
        where = f"{escape(members_path)}#member-{self.user_id}"
        return f'<a class="mention" href="{where}">@{handle}</a>'
