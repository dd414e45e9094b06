"""Catching up: what is new over all groups, in an order, and only seen by choice."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from groups.models import User
from papers.discussion.catching_up import COMMENTS_SHOWN, THREADS_SHOWN, CatchUpPage
from papers.discussion.posting import post_comment, withdraw_comment
from papers.models import Comment, Follow, Level, Notification, Paper, Thread, Visit
from papers.rendering.markdown import render
from tests.factories import (
    Room,
    browser_of,
    make_comment,
    make_group,
    make_membership,
    make_paper,
    make_thread,
    make_topic,
    make_user,
)
from tests.pages import HTMX, text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(room: Room) -> User:
    """A member for whom all that is there has been seen."""
    user = make_user("Rita Reader")
    make_membership(room.group, user)
    room.group.memberships.update(joined_at=timezone.now() - timedelta(days=1))
    for thread in Thread.objects.all():
        Visit.objects.advance(user, {thread: thread.last_comment_id})
    return user


def start(paper: Paper, author: User, title: str) -> Thread:
    thread = make_thread(paper, author, title)
    make_comment(thread, author)
    thread.refresh_from_db()
    return thread


def titles(user: User) -> list[str]:
    return [line.thread.title for line in CatchUpPage(user).lines]


def shown(user: User) -> list[str]:
    return [c.source for line in CatchUpPage(user).lines for c in line.thread.comment_tree]


def mark(browser: Client, **said: object) -> str:
    response = browser.post("/catch-up/seen/", said)
    assert response.status_code == 302, text_of(response)
    return response.url


class TestWhatIsShown:
    def test_the_comments_themselves_with_what_they_answer(self, room: Room, reader: User) -> None:
        first = room.thread.comments.earliest("pk")
        make_comment(room.thread, room.author, "It holds for **all** layers", parent=first)
        page = words_of(text_of(browser_of(reader).get("/catch-up/")))
        assert "It holds for all layers" in page
        assert first.source[:20] in page

    def test_what_answers_a_comment_that_is_shown_stands_below_it(
        self, room: Room, reader: User
    ) -> None:
        one = make_comment(room.thread, room.author, "One")
        make_comment(room.thread, room.author, "Two")
        make_comment(room.thread, room.member, "Below one", parent=one)
        assert shown(reader) == ["One", "Below one", "Two"]
        (line,) = CatchUpPage(reader).lines
        assert [c.depth for c in line.thread.comment_tree] == [0, 1, 0]

    def test_over_all_groups(self, room: Room, reader: User) -> None:
        other = make_group(make_user("Olga"), name="Another group")
        make_membership(other, reader)
        paper = make_paper(other, title="Elsewhere")
        start(paper, other.memberships.earliest("pk").user, "Far away")
        make_comment(room.thread, room.author)
        assert titles(reader) == [room.thread.title, "Far away"]

    def test_not_ones_own_nor_what_was_deleted_nor_from_before_joining(
        self, room: Room, reader: User
    ) -> None:
        make_comment(room.thread, reader, "My own")
        gone = make_comment(room.thread, room.author, "Gone")
        withdraw_comment(gone, room.author)
        old = make_comment(room.thread, room.author, "Old")
        Comment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
        Thread.objects.all().keep_anew()
        assert shown(reader) == []

    def test_nothing_of_a_group_that_one_left(self, room: Room, reader: User) -> None:
        make_comment(room.thread, room.author)
        room.group.memberships.get(user=reader).leave()
        assert titles(reader) == []
        (other,) = Thread.objects.filter(pk=room.thread.pk)
        pair = f"{other.pk}-{other.last_comment_id}"
        mark(browser_of(reader), one=pair)
        assert Visit.objects.get(user=reader, thread=other).seen_comment_id < other.last_comment_id

    def test_nothing_of_a_paper_that_is_set_aside(self, room: Room, reader: User) -> None:
        make_comment(room.thread, room.author)
        room.paper.remove(room.organizer)
        assert titles(reader) == []

    def test_with_no_group_it_says_that_nothing_is_new(self) -> None:
        page = text_of(browser_of(make_user("Nora")).get("/catch-up/"))
        assert "Nothing new since you last looked." in page

    def test_a_frozen_group_offers_no_reply(self, room: Room, reader: User) -> None:
        make_comment(room.thread, room.author, "Last words")
        room.group.archive(room.organizer)
        response = browser_of(reader).get("/catch-up/")
        assert "Last words" in text_of(response)
        assert "Reply to the thread" not in text_of(response)

    def test_no_more_than_so_many_threads_and_comments(self, room: Room, reader: User) -> None:
        for number in range(THREADS_SHOWN + 3):
            start(room.paper, room.author, f"Thread {number}")
        long = start(room.paper, room.author, "Long")
        for number in range(COMMENTS_SHOWN + 5):
            make_comment(long, room.author, f"Number {number}")
        page = CatchUpPage(reader)
        assert len(page.lines) == THREADS_SHOWN
        assert page.has_more
        first = page.lines[0]
        assert first.thread.title == "Long"
        assert len(first.thread.comment_tree) == COMMENTS_SHOWN
        assert first.left == 6

    def test_long_comments_are_left_for_the_thread(self, room: Room, reader: User) -> None:
        for _ in range(5):
            room.thread.reply(room.author, "long", html="x" * 190_000)
        (line,) = CatchUpPage(reader).lines
        assert len(line.thread.comment_tree) == 1
        assert line.left == 4


class TestOrder:
    def test_calls_first_then_what_is_followed_then_the_others(
        self, room: Room, reader: User
    ) -> None:
        calling = start(room.paper, room.author, "Calling")
        followed = start(room.paper, room.author, "Followed")
        start(room.paper, room.author, "Other")
        Follow.objects.choose(reader, Level.ALL, followed)
        source = f"@{reader.handle}"
        post_comment(calling, room.author, source, None, html=render(source))
        start(room.paper, room.author, "Newest")
        assert titles(reader) == ["Calling", "Followed", "Newest", "Other"]

    def test_what_is_muted_is_left_out_unless_something_nearer_is_followed(
        self, room: Room, reader: User
    ) -> None:
        muted = start(room.paper, room.author, "Muted")
        Follow.objects.choose(reader, Level.OFF, muted)
        start(room.paper, room.author, "In a muted group")
        near = start(room.paper, room.author, "Near")
        topic = make_topic(room.group, "Kept")
        kept = make_paper(room.group, make_topic(room.group, "Below", topic), title="Kept paper")
        start(kept, room.author, "By its topic")
        Follow.objects.choose(reader, Level.OFF, room.group)
        assert titles(reader) == []
        Follow.objects.choose(reader, Level.MENTIONS, near)
        Follow.objects.choose(reader, Level.ALL, topic)
        assert titles(reader) == ["By its topic", "Near"]

    def test_a_muted_paper_with_a_thread_that_is_followed(self, room: Room, reader: User) -> None:
        start(room.paper, room.author, "Quiet")
        loud = start(room.paper, room.author, "Loud")
        Follow.objects.choose(reader, Level.OFF, room.paper)
        Follow.objects.choose(reader, Level.ALL, loud)
        assert titles(reader) == ["Loud"]

    def test_what_is_followed_is_found_behind_very_many(
        self, room: Room, reader: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("papers.discussion.catching_up._SEARCHED", 5)
        monkeypatch.setattr("papers.discussion.catching_up._LOOKED_AT", 3)
        deep = start(room.paper, room.author, "Deep")
        Follow.objects.choose(reader, Level.ALL, deep)
        for number in range(9):
            start(room.paper, room.author, f"Thread {number}")
        assert titles(reader) == ["Deep", "Thread 8", "Thread 7", "Thread 6"]

    def test_what_is_old_and_new_is_found_behind_what_was_read(
        self, room: Room, reader: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("papers.discussion.catching_up._SEARCHED", 5)
        start(room.paper, room.author, "Old")
        for number in range(9):
            thread = start(room.paper, room.author, f"Thread {number}")
            Visit.objects.advance(reader, {thread: thread.last_comment_id})
        assert titles(reader) == ["Old"]


class TestMarking:
    def test_looking_marks_nothing(self, room: Room, reader: User) -> None:
        make_comment(room.thread, room.author)
        for _ in range(2):
            browser_of(reader).get("/catch-up/")
        assert titles(reader) == [room.thread.title]

    def test_one_thread_is_seen_and_kept_as_new_again(self, room: Room, reader: User) -> None:
        source = f"@{reader.handle}"
        post_comment(room.thread, room.author, source, None, html=render(source))
        browser, (line,) = browser_of(reader), CatchUpPage(reader).lines
        page = browser.get(mark(browser, one=line.shown)).content.decode()
        assert titles(reader) == []
        assert not Notification.objects.of(reader).unseen().exists()
        (back,) = re.findall(r'name="one" value="([0-9]+-[0-9]+)"', page)
        browser.post("/catch-up/new/", {"one": back})
        assert titles(reader) == [room.thread.title]
        assert Notification.objects.of(reader).unseen().exists()

    def test_what_was_not_shown_stays_new(self, room: Room, reader: User) -> None:
        for number in range(COMMENTS_SHOWN + 2):
            make_comment(room.thread, room.author, f"Number {number}")
        (line,) = CatchUpPage(reader).lines
        mark(browser_of(reader), one=line.shown)
        assert shown(reader) == [f"Number {COMMENTS_SHOWN}", f"Number {COMMENTS_SHOWN + 1}"]

    def test_what_came_since_stays_new(self, room: Room, reader: User) -> None:
        make_comment(room.thread, room.author, "Shown")
        (line,) = CatchUpPage(reader).lines
        make_comment(room.thread, room.author, "Later")
        mark(browser_of(reader), one=line.shown)
        assert shown(reader) == ["Later"]

    def test_several_are_ticked(self, room: Room, reader: User) -> None:
        for number in range(3):
            start(room.paper, room.author, f"Thread {number}")
        pairs = [line.shown for line in CatchUpPage(reader).lines]
        mark(browser_of(reader), seen=pairs[:2])
        assert titles(reader) == ["Thread 0"]

    def test_all_that_is_shown_or_everything(self, room: Room, reader: User) -> None:
        for number in range(THREADS_SHOWN + 2):
            start(room.paper, room.author, f"Thread {number}")
        browser = browser_of(reader)
        page = CatchUpPage(reader).context()
        mark(browser, one=page["all_shown"])
        assert titles(reader) == ["Thread 1", "Thread 0"]
        late = make_comment(room.thread, room.author, "Late")
        path = f"/catch-up/all/?upto={late.pk - 1}"
        assert "Mark everything as seen?" in text_of(browser.get(path))
        assert titles(reader) == [room.thread.title, "Thread 1", "Thread 0"]
        browser.post(path)
        assert titles(reader) == [room.thread.title]

    def test_an_older_page_takes_nothing_back(self, room: Room, reader: User) -> None:
        first = make_comment(room.thread, room.author)
        last = make_comment(room.thread, room.author)
        browser = browser_of(reader)
        mark(browser, one=f"{room.thread.pk}-{last.pk}")
        mark(browser, one=f"{room.thread.pk}-{first.pk}")
        assert titles(reader) == []

    def test_a_press_of_htmx_answers_the_line(self, room: Room, reader: User) -> None:
        make_comment(room.thread, room.author)
        (line,) = CatchUpPage(reader).lines
        response = browser_of(reader).post("/catch-up/seen/", {"one": line.shown}, headers=HTMX)
        assert f"Seen: {room.thread.title}" in words_of(text_of(response))
        assert "<html" not in response.content.decode()

    @pytest.mark.parametrize(
        "said",
        [
            {},
            {"one": ""},
            {"one": "1"},
            {"one": "1-2 x"},
            {"one": "1-" + "9" * 30},
            {"one": " ".join(["1-1"] * 101)},
            {"seen": ["1-1", "<script>"]},
        ],
        ids=str,
    )
    def test_nonsense_changes_nothing(self, room: Room, reader: User, said: dict[str, str]) -> None:
        make_comment(room.thread, room.author)
        browser = browser_of(reader)
        for path in ("/catch-up/seen/", "/catch-up/new/"):
            response = browser.post(path, said)
            assert response.status_code == 422
            assert "Nothing was changed." in text_of(response)
        assert titles(reader) == [room.thread.title]

    def test_nonsense_in_the_address_is_ignored(self, reader: User) -> None:
        browser = browser_of(reader)
        for query in ("one=x", "one=1-1", f"one=999999-{10**17}", "seen=5"):
            assert browser.get(f"/catch-up/?{query}").status_code == 200
        assert browser.get("/catch-up/all/").status_code == 302
        assert browser.get("/catch-up/all/?upto=x").status_code == 302


class TestReplying:
    def test_a_reply_comes_below_what_it_answers(self, room: Room, reader: User) -> None:
        one = make_comment(room.thread, room.author, "One")
        make_comment(room.thread, room.author, "Two")
        (line,) = CatchUpPage(reader).lines
        said = {"source": "Mine", "parent": one.pk, "on_page": str(line.thread.on_page)}
        path = f"{room.thread.get_absolute_url()}comments/new/"
        response = browser_of(reader).post(path, said, headers=HTMX)
        assert response["HX-Retarget"] == f"#comment-{one.pk}"
        piece = response.content.decode()
        assert "Mine" in piece
        assert f'href="/groups/{room.group.slug}/comments/' in piece
        assert "../../" not in piece
        assert "new comment" not in piece
