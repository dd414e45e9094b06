"""A group's list on its way out."""

from groups.models import Group, User
from papers.formats import markdown
from papers.formats.reading_list import Entry, ReadingList
from papers.formats.reading_list import Topic as Heading
from papers.models import Paper, Placement, Topic
from papers.models.reading import State


def reading_list(group: Group, reader: User | None = None) -> ReadingList:
    """The list as plain data; the boxes ticked are the reader's, or none.

    What comes or goes between the questions to the database is left out.
    """
    topics = Topic.objects.in_group(group).outline()
    paths = {topic.pk: topic.path for topic in topics}
    places = list(Placement.objects.in_group(group).in_order())
    papers = {paper.pk: paper for paper in Paper.objects.in_group(group).with_state_of(reader)}
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
            for place in places
            if (paper := papers.get(place.paper_id)) and (path := paths.get(place.topic_id))
        ),
    )


def as_markdown(group: Group, reader: User | None = None) -> str:
    return markdown.write(reading_list(group, reader))
