"""What a thread keeps of its comments agrees with them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from papers.models import Comment, PaperMerge, Thread
from papers.models.discussion import MOST_COUNTED, counted_to_99
from tests.factories import Room, browser_of, make_comment, make_paper, make_thread
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def kept(thread: Thread) -> tuple[int, int, object]:
    thread.refresh_from_db()
    return thread.comment_count, thread.last_comment_id, thread.last_comment_at


def check(*arguments: str) -> str:
    said = StringIO()
    call_command("check_threads", *arguments, stdout=said)
    return said.getvalue()


def test_a_thread_in_which_nothing_is_said_keeps_nothing(room):
    assert kept(make_thread(room.paper, room.author)) == (0, 0, None)


def test_it_keeps_the_last_comment_and_the_one_before_once_that_is_deleted(room):
    later = make_comment(room.thread, room.member)
    assert kept(room.thread) == (2, later.pk, later.created_at)
    later.withdraw(room.member)
    assert kept(room.thread) == (1, room.comment.pk, room.comment.created_at)
    later.withdraw(room.member)
    room.comment.withdraw(room.organizer)
    assert kept(room.thread) == (0, 0, None)


def test_it_keeps_them_when_papers_are_merged_and_parted(room):
    twin = make_paper(room.group, room.other_topic)
    merge = PaperMerge.objects.merge(twin, room.paper, room.organizer, ())
    assert check()
    assert PaperMerge.objects.get(pk=merge.pk).undo(room.organizer) == []
    assert check()
    assert kept(room.thread) == (1, room.comment.pk, room.comment.created_at)


def test_what_is_kept_wrongly_is_named_and_repaired(room):
    before = kept(room.thread)
    assert check() == "All threads are right.\n"
    for wrong in ({"comment_count": 7}, {"last_comment_id": 0}, {"last_comment_at": None}):
        Thread.objects.filter(pk=room.thread.pk).update(**wrong)
        with pytest.raises(CommandError, match=f"with these ids: {room.thread.pk}$"):
            check()
        assert check("--repair") == f"Repaired in the threads with these ids: {room.thread.pk}\n"
        assert kept(room.thread) == before


def test_more_than_99_new_comments_are_not_counted(room: Room):
    Comment.objects.bulk_create(
        Comment(thread=room.thread, author=room.author, source="So?", html="<p>So?</p>")
        for _ in range(MOST_COUNTED + 20)
    )
    Thread.objects.keep_anew()
    browser = browser_of(room.member)
    for address in ("/", room.group.get_absolute_url()):
        assert "99+ new" in text_of(browser.get(address)), address
    assert (counted_to_99(99), counted_to_99(100)) == ("99", "99+")
