"""The queries of the list, which is what people open most: their SQL is made once."""

from collections.abc import Iterable

from groups.models import Group, Membership
from groups.models.prepared import Prepared
from papers.models import Assignment, Paper, Placement, Thread, Topic
from papers.models.reading_statuses import Reader, ReadingStatus, Status

NEWS_SHOWN = 5
NEWS_ON_HOME = 10
READING_ON_HOME = 20
READERS_SHOWN = 30
THREADS_ON_A_PAGE = 10

# The id of none, for what is asked of some papers and of something besides.
NO_PAPER = 0

# The list

TOPICS = Prepared(
    lambda member: Topic.objects.in_group(member.group).with_progress_of(member.user).in_order(),
)
COUNTS = Prepared(lambda member: Paper.objects.counts_for(member))
ASSIGNMENTS = Prepared(
    lambda member, keys: (
        Assignment.objects.in_group(member.group)
        .of_papers_or_member(keys, member)
        .not_done(member.user)
        .for_list()
    ),
)
NEWS = Prepared(
    lambda member: Thread.objects.in_group(member.group).with_news_for(member.user)[:NEWS_SHOWN],
)
PAPERS = Prepared(lambda member, keys: Paper.objects.filter(pk__in=keys).for_list(member))
# What a status changes in the rows of its paper.
PRESSED_PAPER = Prepared(
    lambda member, keys: (
        Paper.objects.in_group(member.group)
        .filter(pk__in=keys)
        .with_status_of(member.user)
        .only("title", "group")
    )
)
PRESSED_TOPICS = Prepared(
    lambda member, keys: (
        Topic.objects.in_group(member.group).filter(pk__in=keys).with_progress_of(member.user)
    )
)
PRESSED_PLACEMENTS = Prepared(
    lambda member, keys: Placement.objects.in_group(member.group).of_papers(keys).in_order()
)
READERS = Prepared(
    lambda member, keys: ReadingStatus.objects.filter(paper__in=keys).last_readers(member.group),
)

# A paper
PAPER = Prepared(
    lambda member, keys: (
        Paper.objects.in_group(member.group)
        .filter(pk__in=keys)
        .with_status_of(member.user)
        .with_reader_count(member.group)
        .select_related("lookup")
    )
)
PAPER_ASSIGNMENTS = Prepared(
    lambda member, keys: Assignment.objects.filter(paper__in=keys).for_list(member.user)
)
PAPER_READERS = Prepared(
    lambda member, keys: (
        ReadingStatus.objects.filter(paper__in=keys)
        .shown_by_name(member.group)
        .begun()
        .with_people()[:READERS_SHOWN]
    )
)
FIRST_THREADS = Prepared(
    lambda member, keys: (
        Thread.objects.filter(paper__in=keys)
        .with_comment_counts_for(member)
        .pinned_first()[: THREADS_ON_A_PAGE + 1]
    )
)

# Home
MY_ASSIGNMENTS = Prepared(
    lambda user: Assignment.objects.of(user).at_work().not_done(user).for_home()
)
MY_GROUPS = Prepared(
    lambda user: (
        Group.objects.of(user)
        .annotate(paper_count=Paper.objects.counted_per_group())
        .only("name", "slug", "archived_at")
    )
)
MY_NEWS = Prepared(lambda user: Thread.objects.with_news_for(user)[:NEWS_ON_HOME])
MY_PROGRESS = Prepared(lambda user: ReadingStatus.objects.of(user).counted_by_group())
MY_READING = Prepared(lambda user: Paper.objects.being_read_by(user)[: READING_ON_HOME + 1])


def counts_of(membership: Membership) -> dict[str, int]:
    """Return how many topics and papers there are, papers in each status, assigned to the member,
    and read by anybody."""
    (counts,) = COUNTS.fetch(member=membership)
    others = sum(counts[status] for status in Status if status != Status.TO_READ)
    return {**counts, Status.TO_READ.value: counts["papers"] - others}


def papers_of_rows(membership: Membership, keys: Iterable[int]) -> dict[int, Paper]:
    """Return by their keys the papers that are on the list, with all that a row shows of them."""
    return _with_readers(PAPERS.fetch(member=membership, keys=keys), membership)


def pressed_paper(membership: Membership, key: int) -> Paper | None:
    """Return the paper with what a status changes in its rows, if it is on the list."""
    found = _with_readers(PRESSED_PAPER.fetch(member=membership, keys=[key]), membership)
    return found.get(key)


def _with_readers(found: Iterable[Paper], membership: Membership) -> dict[int, Paper]:
    papers = {paper.pk: paper for paper in found}
    for paper in papers.values():
        paper.readers, paper.reader_count = [], 0
    for values in READERS.fetch(member=membership, keys=papers):
        reader = Reader(*values)
        papers[reader.paper_id].reader_count = reader.reader_count
        if reader.is_shown:
            papers[reader.paper_id].readers.append(reader)
    return papers
