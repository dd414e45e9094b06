"""The queries of the list, which is what people open most: their SQL is made once."""

from collections.abc import Iterable

from groups.models import Membership
from groups.models.prepared import Prepared
from papers.models import Assignment, Paper, Thread, Topic
from papers.models.reading_statuses import ReadingStatus, Status

NEWS_SHOWN = 5

TOPICS = Prepared(
    lambda member: Topic.objects.in_group(member.group).with_progress_of(member.user).in_order(),
)
COUNTS = Prepared(lambda member: Paper.objects.counts_for(member))
ASSIGNMENTS = Prepared(
    lambda member: (
        Assignment.objects.in_group(member.group).not_done(member.user).for_list(member.user)
    ),
)
NEWS = Prepared(
    lambda member: Thread.objects.in_group(member.group).with_news_for(member.user)[:NEWS_SHOWN],
)
PAPERS = Prepared(lambda member, keys: Paper.objects.filter(pk__in=keys).for_list(member))
READERS = Prepared(
    lambda member, keys: ReadingStatus.objects.filter(paper__in=keys).last_readers(member.group),
)


def counts_of(membership: Membership) -> dict[str, int]:
    """Return how many papers there are, in each status, assigned to the member, read by anybody."""
    names = ("papers", "group_read", "assigned", *Status.values)
    (counted,) = COUNTS.fetch(membership) or [dict.fromkeys(names, 0)]
    return {name: counted[name] for name in names}


def papers_of_rows(membership: Membership, keys: Iterable[int]) -> dict[int, Paper]:
    """Return by their keys the papers that are on the list, with all that a row shows of them."""
    papers = {paper.pk: paper for paper in PAPERS.fetch_by_keys(membership, keys)}
    for paper in papers.values():
        paper.read_by = []
    for status in READERS.fetch_by_keys(membership, papers):
        papers[status.paper_id].read_by.append(status)
    return papers
