"""Export a whole group for one of its members.

It contains the list with the member's own statuses and the discussions, and no one else's statuses.
"""

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from groups.models import Group, User
from papers.archives.personal_archive import ABOUT_THE_GROUP, quoted
from papers.discussion.comment_tree import as_read
from papers.exports.reading_list import as_markdown
from papers.exports.source_text import Source
from papers.formats.core.commonmark.inline import escaped
from papers.formats.core.reading_list.details import DETAILS
from papers.models import Comment, Paper, Placement, Reaction, ReadingStatus, Thread, Topic
from papers.models.reading_statuses import Status

NAMELESS = "Somebody who left"
NO_STATUS = {"status": Status.TO_READ, "set_at": None, "finished_at": None}
PAPER_COLUMNS = ["id", *DETAILS]


def as_zip(group: Group, reader: User, source: Source | None = None) -> bytes:
    """Return the archive; `source` is the text that the list came in, where that is known
    already.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        in_markdown = as_markdown(group, reader, source)
        file.writestr("list.md", in_markdown.text)
        if in_markdown.warning:
            file.writestr("not-in-list.md.txt", f"{in_markdown.warning}\n")
        file.writestr("discussion.md", discussion_as_markdown(group))
        file.writestr("list.json", as_json(group, reader))
    return packed.getvalue()


def as_json(group: Group, reader: User) -> str:
    statuses = {
        own.paper_id: {
            "status": own.status,
            "set_at": own.set_at,
            "finished_at": own.finished_at,
        }
        for own in ReadingStatus.objects.of(reader).in_group(group)
    }
    papers = Paper.objects.in_group(group).order_by("pk").values(*PAPER_COLUMNS)
    topics = Topic.objects.in_group(group).in_order().values("id", "name", "parent_id")
    places = Placement.objects.in_group(group).in_order().values("topic_id", "paper_id")
    data = {
        "group": group.name,
        "about": group.about,
        "written_at": timezone.now(),
        "topics": [
            {"id": topic["id"], "name": topic["name"], "under": topic["parent_id"]}
            for topic in topics
        ],
        "papers": [
            {**paper, "my_status": statuses.get(paper["id"], NO_STATUS)} for paper in papers
        ],
        "placements": [
            {"topic": place["topic_id"], "paper": place["paper_id"]} for place in places
        ],
    }
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def discussion_as_markdown(group: Group) -> str:
    """Return all threads by paper, with authors and times. Replies are quoted deeper."""
    said: dict[int, list[Comment]] = defaultdict(list)
    for comment in Comment.objects.in_group(group).for_reading():
        said[comment.thread_id].append(comment)
    blocks = [f"# {escaped(group.name)}: the discussions"]
    reacted: dict[int, list[str]] = defaultdict(list)
    reactions = Reaction.objects.in_group(group).with_people()
    for reaction in reactions:
        said_by = f"{reaction.get_name_display()}: {_name(reaction.user)}"
        reacted[reaction.comment_id].append(said_by)
    threads = Thread.objects.in_group(group).for_export()
    for paper, about in groupby(threads, key=lambda thread: thread.paper):
        blocks.append(f"## {escaped(paper.title if paper else ABOUT_THE_GROUP)}")
        for thread in about:
            blocks += _thread(thread, as_read(said[thread.pk]), reacted)
    return "\n\n".join(blocks) + "\n"


def _thread(
    thread: Thread, comment_tree: list[Comment], reacted: Mapping[int, list[str]]
) -> list[str]:
    where = f", page {thread.page}" if thread.page else ""
    said = "".join(f" ({tag.word.lower()})" for tag in thread.tags)
    blocks = [f"### {escaped(thread.title)}{where}{said}"]
    if thread.quotation:
        blocks.append(f"On:\n\n{quoted(thread.quotation)}")
    for comment in comment_tree:
        quote = "> " * comment.depth
        head = f"**{_name(comment.author)}** · {comment.created_at:%Y-%m-%d %H:%M} UTC"
        text = comment.source if comment.deleted_at is None else _gone(comment)
        blocks.append(f"{quote}{head}\n{quote.rstrip()}\n{quoted(text, comment.depth + 1)}")
        if reactions := reacted.get(comment.pk):
            blocks.append(f"{quote}({'; '.join(reactions)})")
    return blocks


def _gone(comment: Comment) -> str:
    if not comment.is_removed:
        return "This comment was deleted."
    why = f": {escaped(comment.removal_reason)}" if comment.removal_reason else "."
    return f"Removed by an organizer{why}"


def _name(author: User | None) -> str:
    return escaped(author.name) if author else NAMELESS
