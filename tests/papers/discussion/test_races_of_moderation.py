"""Two people at once: one writes in a thread that another one closes, divides or moves."""

from io import StringIO

import pytest
from django.core.management import call_command

from papers.models import Comment, Thread
from tests.factories import make_comment, make_paper, make_room
from tests.racing import ROUNDS, a_place_in_the_queue_for_everybody, at_once, press, statuses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]
__all__ = ["a_place_in_the_queue_for_everybody"]


def checked() -> bool:
    said = StringIO()
    call_command("check_threads", stdout=said)
    return said.getvalue() == "All threads are right.\n"


def test_a_comment_comes_before_a_thread_is_closed_or_not_at_all():
    for n in range(ROUNDS):
        room = make_room(f"Closers {n}")
        slug, pk = room.group.slug, room.thread.pk
        replies = [
            press(one, "papers:comment_create", slug, pk, source="So?", idempotency_key=f"r{n}{i}")
            for i, one in enumerate((room.member, room.author))
        ]
        closing = press(
            room.organizer, "papers:thread_close", slug, pk, closed="yes", idempotency_key=f"c{n}"
        )
        *answers, closed = at_once([*replies, closing])
        assert closed.status_code == 302
        taken = statuses(answers)[302]
        assert room.thread.comments.count() == 1 + taken
        room.thread.refresh_from_db()
        last = room.thread.comments.latest("pk")
        assert room.thread.last_comment_id == last.pk
        assert checked()


def test_a_reply_is_with_what_it_replies_to_while_that_is_split_off():
    for n in range(ROUNDS):
        room = make_room(f"Splitters {n}")
        slug = room.group.slug
        root = make_comment(room.thread, room.member, "Another matter")
        replies = [
            press(
                one,
                "papers:comment_create",
                slug,
                room.thread.pk,
                source="I am late",
                parent=root.pk,
                idempotency_key=f"r{n}{i}",
            )
            for i, one in enumerate((room.member, room.author))
        ]
        splitting = press(
            room.organizer,
            "papers:comment_split",
            slug,
            root.pk,
            title="Split",
            idempotency_key=f"s{n}",
        )
        *answers, split = at_once([*replies, splitting])
        assert split.status_code == 302
        new = Thread.objects.get(title="Split", group=room.group)
        late = Comment.objects.filter(source="I am late", parent=root)
        # Asked before and looked up afterwards, the comment is not in the thread any more.
        assert late.count() == statuses(answers)[302]
        assert {one.thread_id for one in late} <= {new.pk}
        assert checked()


def test_two_moves_and_a_merge_leave_a_thread_in_one_place():
    for n in range(ROUNDS):
        room = make_room(f"Movers {n}")
        slug = room.group.slug
        others = [make_paper(room.group) for _ in range(2)]
        moves = [
            press(
                room.organizer,
                "papers:thread_move",
                slug,
                room.thread.pk,
                paper=other.pk,
                idempotency_key=f"m{n}{other.pk}",
            )
            for other in others
        ]
        merging = press(
            room.organizer,
            "papers:merge_create",
            slug,
            others[0].pk,
            room.paper.pk,
            version=1,
            other_version=1,
            title="other",
            idempotency_key=f"g{n}",
        )
        statuses(at_once([*moves, merging]))
        thread = Thread.objects.in_group(room.group).get(pk=room.thread.pk)
        assert thread.paper
        assert thread.paper.set_aside_at is None
        assert checked()
