"""A group is to be deleted: everybody is told, and handed what is in it first."""

from dataclasses import replace
from functools import cache

from django.db import transaction

from groups.mail import write
from groups.models import Group, Membership, User
from papers.exporting import with_papers
from papers.formats import item, markdown
from papers.models import ReadingStatus
from papers.whole_group import talk_as_markdown

# Talk that is longer is fetched from its page.
LONGEST_ATTACHED = 200_000  # bytes
MARKDOWN = "text/markdown"


@transaction.atomic
def ask_deletion(group: Group, by: User) -> bool:
    """Have a group deleted and tell all its members, once; True for the one who asked first.

    Nobody is named in the letters: they may outlive the account of whoever asked.
    """
    if not group.ask_deletion(by):
        return False
    lists = Lists(group)
    talk = talk_as_markdown(group)
    is_short = len(talk.encode()) <= LONGEST_ATTACHED
    for member in Membership.objects.in_group(group).with_people():
        attached = [("list.md", lists.of(member.user), MARKDOWN)]
        attached += [("talk.md", talk, MARKDOWN)] if is_short else []
        context = {"group": group, "person": member.user, "talk_is_attached": is_short}
        write(member.user.email, "papers/mail/deletion_asked.txt", context, attachments=attached)
    return True


@transaction.atomic
def withdraw_deletion(group: Group, by: User) -> bool:
    """Keep the group after all and tell all its members, once."""
    if not group.withdraw_deletion(by):
        return False
    for member in Membership.objects.in_group(group).with_people():
        told: dict[str, object] = {"group": group, "person": member.user}
        write(member.user.email, "papers/mail/deletion_withdrawn.txt", told)
    return True


class Lists:
    """The list of one group for all its members, each with their own ticks.

    An entry is written once ticked and once not, however many read it.
    """

    def __init__(self, group: Group) -> None:
        self.list, self.papers = with_papers(group)
        self.read: dict[int, set[int]] = {}
        marks = ReadingStatus.objects.in_group(group).read().values_list("user_id", "paper_id")
        for user, paper in marks:
            self.read.setdefault(user, set()).add(paper)
        self.written = cache(item.write)

    def of(self, reader: User) -> str:
        read = self.read.get(reader.pk, set())
        entries = tuple(
            replace(entry, checked=paper in read)
            for entry, paper in zip(self.list.entries, self.papers, strict=True)
        )
        return markdown.write(replace(self.list, entries=entries), self.written)
