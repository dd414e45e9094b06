"""A group's list, or a part of it, on its way out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from groups.models import Group, User
from papers.exports.source_text import Source
from papers.formats.core.format import Format
from papers.formats.core.reading_list import ListedTopic, ReadingList
from papers.formats.registry import MARKDOWN
from papers.library.list_page import ListPage
from papers.models import ListImport, Paper, Placement, Topic
from papers.models.details import entry_of_paper
from papers.models.reading_statuses import Status


def of_list_page(list_page: ListPage, written: Format, reader: User | None) -> str | bytes:
    """Return the part of the list that the page shows as a file. `reader`'s ticks are in it."""
    if is_whole_markdown(list_page, written):
        return as_markdown(list_page.group, reader).data
    places, topics = list_page.placements.in_order(), list_page.chosen_topics
    part, _ = part_of(list_page.group, places, topics, reader)
    if list_page.show:
        part = replace(part, topics=())  # topics without any of its papers would be empty headings
    return written.write(part)


def is_whole_markdown(list_page: ListPage, written: Format) -> bool:
    """Return whether it is the text that the list came in."""
    return written is MARKDOWN and not list_page.show and not list_page.topic


def reading_list(group: Group, reader: User | None = None) -> ReadingList:
    """Return the list as plain data; the boxes ticked are the reader's, or none."""
    return with_papers(group, reader)[0]


def with_papers(group: Group, reader: User | None = None) -> tuple[ReadingList, list[int]]:
    """Return the reading list, and for each of its entries the key of its paper."""
    topics = Topic.objects.in_group(group).outline()
    placements = Placement.objects.in_group(group)
    return part_of(group, placements.in_order(), topics, reader)


def part_of(
    group: Group,
    placements: Iterable[Placement],
    topics: Sequence[Topic],
    reader: User | None,
) -> tuple[ReadingList, list[int]]:
    """Return the papers at these placements under these topics, and the paper of each entry.

    What comes or goes between the questions to the database is left out.
    """
    paths = {topic.pk: topic.path for topic in topics}
    papers = {paper.pk: paper for paper in Paper.objects.in_group(group).with_status_of(reader)}
    placed = [
        (paths[place.topic_id], papers[place.paper_id])
        for place in placements
        if place.topic_id in paths and place.paper_id in papers
    ]
    entries = tuple(
        entry_of_paper(paper, topic=path, checked=paper.status == Status.READ)
        for path, paper in placed
    )
    headings = tuple(ListedTopic(topic.path) for topic in topics)
    return ReadingList(group.name, headings, entries), [paper.pk for _, paper in placed]


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    text: str
    # In the encoding of the file that the list came in.
    data: bytes
    # A sentence on the edits that the text could not be made to show; mostly empty.
    warning: str = ""


def as_markdown(
    group: Group, reader: User | None = None, source: Source | None = None
) -> MarkdownFile:
    """Return the list in the text that it came in, if there is one; the boxes are the reader's
    ticks.
    """
    if source := source or source_of(group, reader):
        return MarkdownFile(source.text(), source.as_bytes(), source.warning)
    text = MARKDOWN.write(reading_list(group, reader))
    return MarkdownFile(text, text.encode())


def source_of(group: Group, reader: User | None) -> Source | None:
    """Return the text that the list came in, if it came in Markdown."""
    leading = ListImport.objects.leading(group)
    return Source(leading, reader) if leading else None
