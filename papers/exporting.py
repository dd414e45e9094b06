"""A group's list on its way out."""

from groups.models import Group, User
from papers.formats import markdown
from papers.formats.reading_list import Entry, ReadingList
from papers.formats.reading_list import Topic as Heading
from papers.models import Paper, Placement, Topic
from papers.models.reading import State


def reading_list(group: Group, reader: User | None = None) -> ReadingList:
    """The list as plain data; the boxes ticked are the reader's, or none."""
    return with_papers(group, reader)[0]


def with_papers(group: Group, reader: User | None = None) -> tuple[ReadingList, list[int]]:
    """The same, and for each of its entries which paper it is.

    What comes or goes between the questions to the database is left out.
    """
    topics = Topic.objects.in_group(group).outline()
    paths = {topic.pk: topic.path for topic in topics}
    papers = {paper.pk: paper for paper in Paper.objects.in_group(group).with_state_of(reader)}
    placed = [
        (paths[place.topic_id], papers[place.paper_id])
        for place in Placement.objects.in_group(group).in_order()
        if place.topic_id in paths and place.paper_id in papers
    ]
    entries = tuple(
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
        for path, paper in placed
    )
    headings = tuple(Heading(topic.path) for topic in topics)
    return ReadingList(group.name, headings, entries), [paper.pk for _, paper in placed]


def as_markdown(group: Group, reader: User | None = None) -> str:
    return markdown.write(reading_list(group, reader))
