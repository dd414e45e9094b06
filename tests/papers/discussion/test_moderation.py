"""Threads have a kind; they are answered, pinned, closed, moved and divided."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from groups.events.history import history_line
from groups.models import Event
from papers.models import (
    Comment,
    EarlierVersion,
    Follow,
    Level,
    Mention,
    Notification,
    Paper,
    Thread,
    ThreadClosed,
    ThreadKind,
    Visit,
)
from papers.models.discussion import THREAD_KINDS
from papers.models.moved_threads import WholeThread, move_thread, split_off
from tests.factories import Room, browser_of, make_comment, make_paper, make_thread
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


def act(room: Room, who, verb: str, **sent: str) -> int:
    address = f"{room.thread.get_absolute_url()}{verb}/"
    return browser_of(who).post(address, sent).status_code


def page_of(room: Room, who, thread: Thread | None = None) -> str:
    address = (thread or room.thread).get_absolute_url()
    return words_of(text_of(browser_of(who).get(address)))


def list_of(room: Room, show: str = "") -> str:
    address = reverse("papers:thread_list", args=[room.group.slug])
    return words_of(text_of(browser_of(room.member).get(f"{address}?show={show}")))


def told(room: Room) -> str:
    events = Event.objects.in_group(room.group).of_kind("moderated").with_people()
    return "\n".join(history_line(event).text for event in events)


# Kinds


@pytest.mark.parametrize("kind", ThreadKind)
def test_every_kind_has_a_row_is_chosen_and_is_shown(room, kind):
    row = THREAD_KINDS[kind]
    address = reverse("papers:thread_create", args=[room.group.slug, room.paper.pk])
    browser = browser_of(room.member)
    form = text_of(browser.get(address))
    assert f'value="{kind}"' in form
    browser.post(address, {"title": "Of a kind", "source": "So?", "kind": kind})
    thread = Thread.objects.get(title="Of a kind")
    assert thread.kind == kind
    assert [tag.word for tag in thread.tags] == ([row.label] if row.is_shown else [])
    assert thread.waits_for_answer == row.is_answered
    assert ("Of a kind" in list_of(room, "questions")) == row.is_answered


def test_a_kind_that_there_is_not_is_refused(room):
    address = reverse("papers:thread_create", args=[room.group.slug, room.paper.pk])
    sent = {"title": "Of a kind", "source": "So?", "kind": "shout"}
    assert browser_of(room.member).post(address, sent).status_code == 422
    with pytest.raises(IntegrityError, match="kind_is_known"), transaction.atomic():
        Thread.objects.update(kind="shout")


def ask(room: Room) -> None:
    Thread.objects.filter(pk=room.thread.pk).update(kind="question")


def test_who_asked_says_that_it_is_answered_and_takes_it_back(room):
    ask(room)
    assert "The diagonal" in list_of(room, "questions")
    assert act(room, room.member, "answered", answered="yes") == 403
    assert act(room, room.author, "answered", answered="yes") == 302
    assert "Answered" in page_of(room, room.member)
    assert "The diagonal" not in list_of(room, "questions")
    assert act(room, room.organizer, "answered", answered="no") == 302
    assert "The diagonal" in list_of(room, "questions")


def test_what_is_no_question_is_not_answered(room):
    assert act(room, room.author, "answered", answered="yes") == 302
    room.thread.refresh_from_db()
    assert room.thread.answered_at is None


def test_a_question_that_becomes_a_note_is_answered_no_more(room):
    ask(room)
    act(room, room.author, "answered", answered="yes")
    sent = {"title": "A note", "version": 1}
    assert act(room, room.author, "edit", **sent) == 302
    room.thread.refresh_from_db()
    assert (room.thread.kind, bool(room.thread.answered_at)) == ("question", True)
    assert act(room, room.author, "edit", **sent | {"kind": "note", "version": 2}) == 302
    room.thread.refresh_from_db()
    assert (room.thread.kind, room.thread.answered_at) == ("note", None)


# Pinned, closed


def test_what_is_pinned_comes_first(room):
    later = make_thread(room.paper, room.author, "A later one")
    make_comment(later, room.author)
    assert act(room, room.author, "pin", pinned="yes") == 403
    assert act(room, room.organizer, "pin", pinned="yes") == 302
    paper = words_of(text_of(browser_of(room.member).get(room.paper.get_absolute_url())))
    for page in (list_of(room), paper[paper.index("Discussion") :]):
        assert page.index("The diagonal") < page.index("A later one")
    assert "Pinned" in page_of(room, room.member)
    assert act(room, room.organizer, "pin", pinned="no") == 302
    assert list_of(room).index("A later one") < list_of(room).index("The diagonal")


def test_nothing_is_added_to_a_closed_thread_and_the_text_is_kept(room):
    assert act(room, room.member, "close", closed="yes") == 403
    assert act(room, room.author, "close", closed="yes") == 302
    page = page_of(room, room.member)
    assert f"{room.author.name} closed this thread" in page
    assert "no comments can be added" in page
    assert "Reply" not in page
    address = f"{room.thread.get_absolute_url()}comments/new/"
    for who in (room.member, room.organizer):
        answer = browser_of(who).post(address, {"source": "One more thing"})
        assert answer.status_code == 422
        assert "This thread was closed" in text_of(answer)
        assert "One more thing" in text_of(answer)
    assert room.thread.comments.count() == 1
    with pytest.raises(ThreadClosed), transaction.atomic():
        room.thread.reply(room.member, "One more thing")
    assert room.thread.comments.count() == 1


def test_a_closed_thread_is_opened_again_by_who_closed_it_or_by_an_organizer(room):
    act(room, room.organizer, "close", closed="yes")
    assert act(room, room.author, "close", closed="no") == 403
    assert act(room, room.organizer, "close", closed="no") == 302
    act(room, room.author, "close", closed="yes")
    assert act(room, room.author, "close", closed="no") == 302
    room.thread.refresh_from_db()
    assert (room.thread.closed_at, room.thread.closed_by) == (None, None)
    assert "closed the thread “The diagonal”" in told(room)
    assert "opened the thread “The diagonal” again" in told(room)


def test_closing_twice_keeps_who_did_it_first(room):
    act(room, room.author, "close", closed="yes")
    act(room, room.organizer, "close", closed="yes")
    room.thread.refresh_from_db()
    assert room.thread.closed_by == room.author
    assert room.group.events.of_kind("moderated").count() == 1


# Moved


def test_a_thread_is_moved_to_another_paper_that_is_found_by_its_title(room):
    other = make_paper(room.group, title="Deep Compression")
    make_paper(room.group, title="Lottery tickets")
    address = f"{room.thread.get_absolute_url()}move/"
    browser = browser_of(room.author)
    found = text_of(browser.get(f"{address}?words=compression+DEEP"))
    assert f'value="{other.pk}"' in found
    assert "Lottery tickets" not in found
    assert browser.post(address, {"paper": other.pk}).status_code == 302
    room.thread.refresh_from_db()
    assert room.thread.paper == other
    assert "The diagonal" in page_of(room, room.member)
    assert "moved the thread “The diagonal” to “Deep Compression”" in told(room)
    assert checked()


def test_a_thread_is_moved_to_the_group_and_leaves_its_page_behind(room):
    Thread.objects.filter(pk=room.thread.pk).update(page=3, quotation="As it says")
    assert act(room, room.organizer, "move", to_group="on") == 302
    room.thread.refresh_from_db()
    moved = (room.thread.paper, room.thread.page, room.thread.quotation)
    assert moved == (None, None, "As it says")
    assert "The diagonal" in list_of(room, "group")
    assert "to the group" in told(room)
    assert checked()


def test_a_thread_is_moved_nowhere_by_chance(room):
    address = f"{room.thread.get_absolute_url()}move/"
    browser = browser_of(room.author)
    answer = browser.post(address, {})
    assert answer.status_code == 422
    assert "Choose a paper, or the group" in text_of(answer)
    assert browser.post(address, {"paper": 2**40}).status_code == 422
    assert browser.get(f"{address}?words={'x' * 5000}").status_code == 200
    room.thread.refresh_from_db()
    assert room.thread.paper == room.paper


def test_what_people_were_told_of_a_moved_thread_goes_along(room):
    other = make_paper(room.group)
    Follow.objects.choose(room.member, Level.ALL, room.thread)
    browser_of(room.author).post(
        f"{room.thread.get_absolute_url()}comments/new/", {"source": "More"}
    )
    move_thread(room.thread, other, room.organizer)
    assert Notification.objects.get(user=room.member).paper == other
    Paper.all_objects.filter(pk=room.paper.pk).update(
        set_aside_at=other.added_at, merged_into=other
    )
    assert Notification.objects.of(room.member).readable().exists()


def test_a_thread_is_not_moved_to_a_paper_that_was_set_aside(room):
    other = make_paper(room.group)
    Paper.all_objects.filter(pk=other.pk).update(
        set_aside_at=other.added_at, merged_into=room.paper
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        move_thread(room.thread, other, room.organizer)


# Divided


def branch(room: Room) -> tuple[Comment, Comment, Comment]:
    """A comment with an answer and one below that, beside the first comment of the thread."""
    root = make_comment(room.thread, room.member, "Another matter")
    answer = make_comment(room.thread, room.author, "Indeed", parent=root)
    return root, answer, make_comment(room.thread, room.organizer, "So be it", parent=answer)


def checked() -> bool:
    said = StringIO()
    call_command("check_threads", stdout=said)
    return said.getvalue() == "All threads are right.\n"


def test_a_comment_and_what_answers_it_become_a_thread_of_their_own(room):
    root, answer, last = branch(room)
    address = reverse("papers:comment_split", args=[room.group.slug, root.pk])
    browser = browser_of(room.organizer)
    form = words_of(text_of(browser.get(address)))
    assert "and 2 replies below it" in form
    assert "Another matter" in form
    sent = browser.post(address, {"title": "The other matter"})
    new = Thread.objects.get(title="The other matter")
    assert sent["Location"] == new.get_absolute_url()
    assert (new.paper, new.group, new.author) == (room.paper, room.group, room.member)
    assert list(new.comments.order_by("pk")) == [root, answer, last]
    root.refresh_from_db()
    assert root.parent is None
    assert list(room.thread.comments.all()) == [room.comment]
    assert checked()
    assert "split “The other matter” off the thread “The diagonal”" in told(room)


def test_links_to_what_was_split_off_still_lead_there(room):
    root, answer, _ = branch(room)
    before = answer.get_absolute_url()
    split_off(root, "The other matter", room.organizer)
    answer = Comment.objects.get(pk=answer.pk)
    browser = browser_of(room.member)
    assert browser.get(before)["Location"] == answer.get_absolute_url()
    Thread.objects.filter(pk=room.thread.pk).delete()
    assert browser.get(before)["Location"] == answer.get_absolute_url()
    assert browser.get(f"{room.thread.get_absolute_url()}?comment=1").status_code == 404


def test_what_hangs_on_the_comments_goes_along(room):
    root, answer, _ = branch(room)
    EarlierVersion.objects.create(
        comment=answer, version=1, source="Before", written_at=answer.created_at
    )
    Mention.objects.create(comment=answer, user=room.member, handle="max")
    Follow.objects.choose(room.member, Level.OFF, room.thread)
    Notification.objects.create(
        user=room.organizer,
        group=room.group,
        reason="replied",
        cause="x",
        thread=room.thread,
        comment=answer,
        paper=room.paper,
    )
    browser_of(room.organizer).get(room.thread.get_absolute_url())
    new = split_off(root, "The other matter", room.organizer)
    assert answer.earlier.count() == answer.mentions.count() == 1
    assert Follow.objects.get(user=room.member, thread=new).level == Level.OFF
    assert Notification.objects.get(user=room.organizer).thread == new
    seen = Visit.objects.get(user=room.organizer, thread=new)
    assert seen.seen_comment_id >= answer.pk
    page = words_of(text_of(browser_of(room.organizer).get("/")))
    assert "The other matter" not in page
    assert "The other matter" in words_of(text_of(browser_of(room.author).get("/")))


def test_the_whole_of_a_thread_is_not_split_off(room):
    with pytest.raises(WholeThread):
        split_off(room.comment, "All of it", room.organizer)
    address = reverse("papers:comment_split", args=[room.group.slug, room.comment.pk])
    answer = browser_of(room.organizer).post(address, {"title": "All of it"})
    assert answer.status_code == 422
    assert "nothing was split off" in text_of(answer)
    assert not Thread.objects.filter(title="All of it").exists()


def test_only_who_started_the_thread_or_an_organizer_divides_it(room):
    root, *_ = branch(room)
    address = reverse("papers:comment_split", args=[room.group.slug, root.pk])
    assert browser_of(room.member).post(address, {"title": "Mine"}).status_code == 403
    assert browser_of(room.author).post(address, {"title": "Mine"}).status_code == 302


def test_a_reply_to_what_was_split_off_meanwhile_is_where_that_is(room):
    """The page of the reply knew the thread as it was before."""
    root, answer, _ = branch(room)
    before = Thread.objects.get(pk=room.thread.pk)
    parent = Comment.objects.get(pk=answer.pk)
    new = split_off(root, "The other matter", room.organizer)
    said = before.reply(room.member, "I was late", parent)
    assert said.thread == new
    assert Comment.objects.get(pk=said.pk).thread == new
    assert checked()


def test_what_was_split_off_meanwhile_is_deleted_where_it_is(room):
    root, answer, _ = branch(room)
    known = Comment.objects.select_related("thread").get(pk=answer.pk)
    split_off(root, "The other matter", room.organizer)
    known.withdraw(room.author)
    assert checked()


def test_a_long_branch_is_split_off_whole(room):
    root, *_ = branch(room)
    Comment.objects.bulk_create(
        Comment(thread=room.thread, parent=root, author=room.author, source="x", html="<p>x</p>")
        for _ in range(1500)
    )
    Thread.objects.keep_anew()
    new = split_off(root, "The other matter", room.organizer)
    assert new.comments.count() == 1503
    assert checked()
    assert connection.in_atomic_block
    assert Event.objects.of_kind("moderated").count() == 1
