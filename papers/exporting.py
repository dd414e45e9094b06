"""A group's list on its way out."""

from groups.models import Group, User
from papers.formats import markdown
from papers.formats.reading_list import Entry, ReadingList
from papers.formats.reading_list import Topic as Heading
from papers.models import Placement, Topic
from papers.models.reading import State


def reading_list(group: Group, reader: User | None = None) -> ReadingList:
    """The list as plain data; the boxes ticked are the reader's, or none."""
    topics = Topic.objects.in_group(group).outline()
    paths = {topic.pk: topic.path for topic in topics}
    return ReadingList(
        title=group.name,
        topics=tuple(Heading(topic.path) for topic in topics),
        entries=tuple(
            Entry(
                title=placement.paper.title,
                topic=paths[placement.topic_id],
                authors=placement.paper.authors,
                venue=placement.paper.venue,
                year=placement.paper.year,
                url=placement.paper.url,
                doi=placement.paper.doi,
                arxiv=placement.paper.arxiv,
                checked=placement.paper.state == State.READ,
            )
            for placement in Placement.objects.in_group(group).for_export(reader)
        ),
    )


def as_markdown(group: Group, reader: User | None = None) -> str:
    return markdown.write(reading_list(group, reader))
