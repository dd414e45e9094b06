"""A group's list on its way out."""

from groups.models import Group, User
from papers.formats import markdown
from papers.formats.reading_list import Entry, ReadingList
from papers.formats.reading_list import Topic as Heading
from papers.models import Paper, Placement, Topic
from papers.models.reading import State


def reading_list(group: Group, reader: User | None = None) -> ReadingList:
    """The list as plain data; the boxes ticked are the reader's, or none."""
    topics = Topic.objects.in_group(group).outline()
    paths = {topic.pk: topic.path for topic in topics}
    papers = Paper.objects.in_group(group).with_state_of(reader).in_bulk()
    placements = Placement.objects.in_group(group).in_order()
    places = [(papers[place.paper_id], paths[place.topic_id]) for place in placements]
    return ReadingList(
        title=group.name,
        topics=tuple(Heading(topic.path) for topic in topics),
        entries=tuple(
            Entry(
                title=paper.title,
                topic=path,
                authors=paper.authors,
                venue=paper.venue,
                year=paper.year,
                url=paper.url,
                doi=paper.doi,
                arxiv=paper.arxiv,
                checked=paper.state == State.READ,
            )
            for paper, path in places
        ),
    )


def as_markdown(group: Group, reader: User | None = None) -> str:
    return markdown.write(reading_list(group, reader))
