"""The people whom a comment calls on by `@handle`, and the papers that it names by `[[title]]`."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Self

from django.db import models
from django.utils.html import escape

from groups.models import Group, Membership, User
from papers.formats.core.identity import title_key
from papers.models.discussion import Comment
from papers.models.on_list import on_a_list
from papers.models.papers import Paper

# As the renderer writes it, see `papers.rendering.mentions`.
_WRITTEN = re.compile(r'<span class="mention">@([^<]{1,60})</span>')
_WRITTEN_TITLE = re.compile(r'<span class="paper-mention">\[\[(.{1,2000}?)\]\]</span>')


def handles_in(html: str) -> list[str]:
    """Return the handles that a rendered comment calls on, each once, in small letters."""
    return list(dict.fromkeys(handle.lower() for handle in _WRITTEN.findall(html)))


def has_mentions(html: str) -> bool:
    return '<span class="mention">' in html


def titles_in(html: str) -> list[str]:
    """Return the keys of the titles that a rendered comment names, each once."""
    found = [title_key(unescape(title)) for title in _WRITTEN_TITLE.findall(html)]
    return list(dict.fromkeys(filter(None, found)))


def names_papers(html: str) -> bool:
    return '<span class="paper-mention">' in html


def with_papers_named(html: str, shown: Mapping[str, str]) -> str:
    """Replace each `[[title]]` of a rendered comment by what is shown for it, by the key of the
    title; one of no paper is text."""

    def replaced(found: re.Match[str]) -> str:
        return shown.get(title_key(unescape(found[1])), f"[[{found[1]}]]")

    return _WRITTEN_TITLE.sub(replaced, html)


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


class PaperMentionQuerySet(models.QuerySet["PaperMention"]):
    def in_comments(self, comments: Iterable[int]) -> Self:
        """Those of papers that are on the list, with these."""
        found = self.filter(on_a_list(), comment__in=list(comments)).select_related("paper")
        return found.only("comment", "title_key", "paper__title", "paper__group")

    def of_paper(self, paper: Paper) -> Self:
        """Those that can be read, the newest first, each with its comment, author and thread."""
        readable = self.filter(on_a_list("comment__thread__paper"), comment__deleted_at=None)
        named = readable.filter(paper=paper, comment__thread__group=paper.group_id)
        return named.select_related("comment__author", "comment__thread__group").order_by(
            "-comment"
        )


class PaperMentionManager(models.Manager.from_queryset(PaperMentionQuerySet)):  # type: ignore[misc]
    def note(self, comment: Comment, group: Group) -> None:
        """Keep which papers the comment names now. A title that it named before stays with its
        paper, whatever that is called by now; one of no paper is text.
        """
        keys = titles_in(comment.html)
        named = comment.paper_mentions.all()
        if not keys and not named.exists():
            return
        named.exclude(title_key__in=keys).delete()
        new = set(keys) - set(named.values_list("title_key", flat=True))
        papers = Paper.objects.in_group(group).filter(title_key__in=new).order_by("-pk")
        first = {paper.title_key: paper for paper in papers.only("title_key")}
        self.bulk_create(
            [PaperMention(comment=comment, paper=first[key], title_key=key) for key in first],
            ignore_conflicts=True,
        )


class PaperMention(models.Model):
    """One paper named in one comment. The key is of the title as it was written: it may change."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="paper_mentions")
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="mentions")
    title_key = models.CharField(max_length=255)

    objects = PaperMentionManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "title_key"], name="one_paper_per_comment_and_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title_key

    def shown(self, base: str) -> str:
        """Return the link to the paper under its title of today; `base` leads to the group."""
        where = f"{escape(base)}papers/{self.paper_id}/"
        return f'<a class="paper-mention" href="{where}">{escape(self.paper.title)}</a>'
