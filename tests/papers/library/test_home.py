"""The home page: what waits for one person in all their groups."""

import re
from datetime import timedelta

import pytest

from papers.library.queries import READING_ON_HOME
from tests.factories import (
    browser_of,
    make_assignment,
    make_comment,
    make_group,
    make_membership,
    make_paper,
    make_thread,
    make_user,
)
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


def home_of(person):
    page = browser_of(person).get("/")
    assert page.status_code == 200
    return page


def test_anyone_who_is_in_no_group_is_told_how_to_begin():
    words = words_of(text_of(home_of(make_user("Nina"))))
    assert "Start a group" in words


def test_the_bars_of_groups_have_lengths_where_they_have_no_papers():
    member = make_user()
    make_membership(make_group(), member)
    (bar,) = re.findall(r'<svg class="bar".*?</svg>', text_of(home_of(member)), re.DOTALL)
    lengths = re.findall(r'\s(?:width|height|x)="([^"]*)"', bar)
    assert 'viewBox="0 0 1 1"' in bar
    assert lengths == ["0", "1", "0", "0", "1"]


def test_home_brings_the_groups_together_and_shows_no_others(room, foreign):
    second = make_group(name="Second group")
    make_membership(second, room.member)
    words = words_of(text_of(home_of(room.member)))
    assert "Readers" in words
    assert "Second group" in words
    assert "Neighbours" not in words


def test_the_most_urgent_assignment_comes_first_and_what_is_done_not_at_all(room):
    second = make_group(name="Second group")
    theirs = make_membership(second, room.author)
    today = second.today()
    late = make_assignment(
        make_paper(second, title="Late"), theirs, due_on=today - timedelta(days=1)
    )
    soon = make_assignment(
        make_paper(second, title="Soon"), theirs, due_on=today + timedelta(days=1)
    )
    done = make_assignment(make_paper(second, title="Done"), theirs)
    done.finish(theirs)
    rows = home_of(room.author).context["assignments"]
    assert [row.pk for row in rows] == [late.pk, soon.pk, room.assignment.pk]
    assert [row.is_overdue for row in rows] == [True, False, False]


def test_reading_is_what_i_am_reading_in_groups_that_i_am_in(room):
    room.paper.set_status(room.member, "reading")
    make_paper(room.group, title="Read by the author").set_status(room.author, "reading")
    assert [paper.pk for paper in home_of(room.member).context["reading"]] == [room.paper.pk]
    room.membership_of(room.member).leave()
    assert list(home_of(room.member).context["reading"]) == []


def test_new_comments_are_those_of_others_since_i_looked(room):
    [thread] = home_of(room.member).context["new_comments"]
    assert (thread.pk, thread.new_comment_count) == (room.thread.pk, 1)
    assert home_of(room.author).context["new_comments"] == []
    browser_of(room.member).get(f"/groups/{room.group.slug}/threads/{room.thread.pk}/")
    assert home_of(room.member).context["new_comments"] == []


def test_the_newest_comments_come_first(room):
    second = make_thread(room.paper, room.author, "Second")
    make_comment(second, room.author)
    titles = [thread.title for thread in home_of(room.member).context["new_comments"]]
    assert titles == ["Second", room.thread.title]


def test_the_figures_of_each_group_are_ones_own(room):
    room.paper.set_status(room.member, "read")
    make_paper(room.group)
    words = words_of(text_of(home_of(room.member)))
    assert "1 / 2" in words
    assert "0 / 2" in words_of(text_of(home_of(room.author)))


def test_of_many_papers_being_read_those_begun_last_are_shown():
    member = make_user()
    group = make_group()
    make_membership(group, member)
    papers = [make_paper(group, title=f"Paper {n:02}") for n in range(READING_ON_HOME + 1)]
    for paper in papers[:-1]:
        paper.set_status(member, "reading")
    page = home_of(member)
    assert page.context["reading"] == papers[-2::-1]
    assert "that you began last" not in text_of(page)
    papers[-1].set_status(member, "reading")
    page = home_of(member)
    assert page.context["reading"] == papers[:0:-1]
    assert f"These are the {READING_ON_HOME} that you began last." in words_of(text_of(page))
