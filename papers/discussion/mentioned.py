"""Links in comments to the members and papers that they name, under their names of today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.urls import reverse

from groups.models import Group, Membership
from papers.models import Comment, Mention, PaperMention
from papers.models.mentions import has_mentions, names_papers, with_mentions, with_papers_named


class NamedIn(NamedTuple):
    """The paths of a group below which its papers are, and of its members; the latter is empty for
    those who may not see them."""

    group: str
    members: str

    @classmethod
    def of(cls, group: Group, membership: Membership | None) -> "NamedIn":
        path = reverse("papers:list_detail", args=[group.slug])
        return cls(path, members_path_for(membership))


def members_path_for(membership: Membership | None) -> str:
    """Return where one sees who is meant by a handle; empty for those who may not."""
    return reverse("groups:membership_list", args=[membership.group.slug]) if membership else ""


def show_mentions(comments: Iterable[Comment], where: NamedIn | Mapping[int, NamedIn]) -> None:
    """Let `@handle` lead to the member and `[[title]]` to the paper that is meant.

    Of comments of several groups, `where` has the paths for each thread, by id.
    """
    shown = {comment.pk: comment for comment in comments}
    paths = {
        pk: where if isinstance(where, NamedIn) else where[comment.thread_id]
        for pk, comment in shown.items()
    }
    if calling := [pk for pk, comment in shown.items() if has_mentions(comment.html)]:
        people: dict[int, dict[str, str]] = defaultdict(dict)
        for mention in Mention.objects.in_comments(calling):
            link = mention.shown(paths[mention.comment_id].members)
            people[mention.comment_id][mention.handle] = link
        for pk in calling:
            shown[pk].with_links = with_mentions(shown[pk].html, people[pk])
    if naming := [pk for pk, comment in shown.items() if names_papers(comment.html)]:
        papers: dict[int, dict[str, str]] = defaultdict(dict)
        for named in PaperMention.objects.in_comments(naming):
            link = named.shown(paths[named.comment_id].group)
            papers[named.comment_id][named.title_key] = link
        for pk in naming:
            html = shown[pk].with_links or shown[pk].html
            shown[pk].with_links = with_papers_named(html, papers[pk])
