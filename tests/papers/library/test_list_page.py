"""The list page: filters, topics with those below them, pages."""

import re

import pytest

from papers.library.list_page import ROWS_ON_A_PAGE
from papers.models import Assignment, Paper, Placement
from tests.big_groups import make_big_group
from tests.factories import Room, browser_of, make_paper, make_topic
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


def titles(room: Room, query: str = "") -> list[str]:
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/{query}")
    assert page.status_code == 200
    return [row.title for row in page.context["page"].items]


@pytest.fixture
def marked(room):
    """One paper for each mark of the member, and one that the author has marked."""
    for status in ("to_read", "reading", "skimmed", "read", "skipped"):
        make_paper(room.group, room.topic, title=f"Is {status}").set_status(room.member, status)
    make_paper(room.group, room.topic, title="Theirs").set_status(room.author, "read")
    return room


@pytest.mark.parametrize("status", ["reading", "skimmed", "read", "skipped"])
def test_a_filter_keeps_the_papers_with_that_status_of_mine(marked, status):
    assert titles(marked, f"?show={status}") == [f"Is {status}"]


def test_to_read_is_also_what_i_have_not_marked(marked):
    assert titles(marked, "?show=to_read") == [marked.paper.title, "Is to_read", "Theirs"]


def test_the_figures_are_those_of_the_filters(marked):
    page = browser_of(marked.member).get(f"/groups/{marked.group.slug}/")
    counts = page.context["counts"]
    for status in ("to_read", "reading", "skimmed", "read", "skipped"):
        assert counts[status] == len(titles(marked, f"?show={status}"))
    assert counts["papers"] == 7
    assert counts["group_read"] == 2


def test_what_is_assigned_to_me_is_what_i_have_not_done(room):
    mine = make_paper(room.group, room.topic, title="Mine")
    own = room.membership_of(room.member)
    assignment = Assignment.objects.create(paper=mine, member=own)
    assert titles(room, "?show=assigned") == ["Mine"]
    assignment.finish(own)
    assert titles(room, "?show=assigned") == []


def test_a_topic_is_shown_with_those_below_it(room):
    below = make_topic(room.group, "Below", room.topic)
    deeper = make_topic(room.group, "Deeper", below)
    make_paper(room.group, below, title="Under below")
    make_paper(room.group, deeper, title="Under deeper")
    make_paper(room.group, room.other_topic, title="Elsewhere")
    assert titles(room, f"?topic={room.topic.pk}") == [
        room.paper.title,
        "Under below",
        "Under deeper",
    ]
    assert titles(room, f"?topic={deeper.pk}") == ["Under deeper"]


def test_filters_go_together(marked):
    make_paper(marked.group, marked.other_topic, title="Read there").set_status(
        marked.member, "read"
    )
    assert titles(marked, f"?show=read&topic={marked.other_topic.pk}") == ["Read there"]


@pytest.mark.parametrize(
    "query",
    [
        "?show=devoured",
        "?show=read%27--",
        "?topic=abc",
        "?topic=-1",
        f"?topic={'9' * 40}",
        "?page=abc",
        "?page=-1",
        f"?page={'9' * 5000}",
        "?row=x",
        "?show=&topic=&page=",
    ],
)
def test_what_cannot_be_asked_for_is_as_if_it_were_not_there(room, query):
    assert titles(room, query) == [room.paper.title]


def test_a_topic_of_another_group_is_none(room, foreign):
    assert titles(room, f"?topic={foreign.topic.pk}") == [room.paper.title]


def test_long_lists_have_pages(room):
    made = Paper.objects.bulk_create(
        Paper(group=room.group, title=f"Paper {n:03}", identity=f"title:{n}")
        for n in range(ROWS_ON_A_PAGE + 20)
    )
    Placement.objects.bulk_create(
        Placement(topic=room.other_topic, paper=paper, position=n) for n, paper in enumerate(made)
    )
    first, second = titles(room), titles(room, "?page=2")
    assert (len(first), len(second)) == (ROWS_ON_A_PAGE, 21)
    assert len(set(first + second)) == ROWS_ON_A_PAGE + 21
    assert titles(room, "?page=3") == []
    page = text_of(browser_of(room.member).get(f"/groups/{room.group.slug}/"))
    assert "page=2" in page
    assert 'rel="next"' in page


def test_topics_without_papers_are_shown_where_the_page_is_the_whole(room):
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/")
    assert [topic.name for topic, _ in page.context["sections"]] == ["Pruning", "Quantization"]
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/?show=to_read")
    assert [topic.name for topic, _ in page.context["sections"]] == ["Pruning"]


def test_an_empty_list_says_how_to_begin(room):
    room.paper.delete()
    room.group.topics.all().delete()
    words = words_of(text_of(browser_of(room.member).get(f"/groups/{room.group.slug}/")))
    assert "The list is empty" in words


def test_list_export_is_the_list_with_my_ticks(room):
    room.paper.set_status(room.member, "read")
    address = f"/groups/{room.group.slug}/export/"
    mine = browser_of(room.member).get(address)
    assert mine["Content-Type"] == "text/markdown; charset=utf-8"
    assert mine["Content-Disposition"] == 'attachment; filename="readers.md"'
    assert f"- [x] {room.paper.title}" in text_of(mine)
    assert f"- [ ] {room.paper.title}" in text_of(browser_of(room.author).get(address))


def test_a_row_is_small_and_a_paper_is_described_once_for_reference_managers(room):
    """A list has hundreds of rows: each byte of one is sent and read that often."""
    big = make_big_group(100, 8, 30)
    other = big.group.topics.exclude(placements__paper=big.paper).first()
    big.paper.place_under(other)
    page = text_of(browser_of(big.organizer).get(big.group.get_absolute_url()))
    rows = re.findall(r'<article class="row.*?</article>', page, re.DOTALL)
    assert len(rows) == 101
    assert sum(map(len, rows)) / len(rows) <= 1_800
    assert len(page) <= 213_000
    assert page.count('class="Z3988"') == 100
    assert page.count("csrfmiddlewaretoken") == 2  # one for all statuses, one to sign out
