"""Delete a group: tell all members, and send them what is in it first."""

from dataclasses import replace
from itertools import chain, zip_longest

from django.db import transaction

from groups.audience import readers
from groups.mail.outbox import write_email
from groups.models import Audience, Group, User
from papers.archives.group_archive import discussion_as_markdown
from papers.exports.reading_list import with_papers
from papers.formats.core.reading_list import Entry
from papers.formats.markdown import item, writing
from papers.formats.markdown.checklist import said_in_markdown
from papers.models import ReadingStatus

# Longer discussions are not attached.
LONGEST_ATTACHED = 200_000  # bytes
MARKDOWN = "text/markdown"
GAP = "\0"  # is in no text that the site accepts


@transaction.atomic
def ask_deletion(group: Group, by: User) -> bool:
    """Ask for a group to be deleted and tell all members; return whether this was the first ask.

    The emails name no one: they may outlive the account of the person who asked.
    """
    if not group.ask_deletion(by):
        return False
    lists = Lists(group)
    discussion = discussion_as_markdown(group)
    is_short = len(discussion.encode()) <= LONGEST_ATTACHED
    for member in readers(group, Audience.MEMBERS):
        attached = [("list.md", lists.of(member), MARKDOWN)]
        attached += [("discussion.md", discussion, MARKDOWN)] if is_short else []
        write_email(
            member,
            "papers/archives/mail/deletion_asked.txt",
            {"group": group, "person": member, "discussion_is_attached": is_short},
            audience=Audience.MEMBERS,
            group=group,
            attachments=attached,
        )
    return True


@transaction.atomic
def withdraw_deletion(group: Group, by: User) -> bool:
    """Keep the group after all and tell all members; return whether this was the first ask."""
    if not group.withdraw_deletion(by):
        return False
    for member in readers(group, Audience.MEMBERS):
        write_email(
            member,
            "papers/archives/mail/deletion_withdrawn.txt",
            {"group": group, "person": member},
            audience=Audience.MEMBERS,
            group=group,
        )
    return True


class Lists:
    """The list of one group for all its members, each with their own ticks.

    It is written once, with a gap for each entry, and each entry once ticked and once not, for any
    number of members.
    """

    def __init__(self, group: Group) -> None:
        whole, papers = with_papers(group)
        reading_list = said_in_markdown(whole)
        paper_of = {id(entry): pk for entry, pk in zip(reading_list.entries, papers, strict=True)}
        self.items: list[tuple[int, str, str]] = []

        def leave_gap(entry: Entry) -> str:
            ticked, open_ = (item.write(replace(entry, checked=read)) for read in (True, False))
            self.items.append((paper_of[id(entry)], ticked, open_))
            return GAP

        self.frame = writing.write(reading_list, leave_gap).split(GAP)
        self.read: dict[int, set[int]] = {}
        read = ReadingStatus.objects.in_group(group).read().values_list("user_id", "paper_id")
        for user, paper in read:
            self.read.setdefault(user, set()).add(paper)

    def of(self, reader: User) -> str:
        read = self.read.get(reader.pk, set())
        items = [ticked if paper in read else open_ for paper, ticked, open_ in self.items]
        return "".join(chain.from_iterable(zip_longest(self.frame, items, fillvalue="")))
