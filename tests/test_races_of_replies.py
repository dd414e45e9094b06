"""Several workers read one mailbox at once: each reply is posted once, or refused once."""

import pytest
from django.core import mail

from groups.mail.imap import read_mailbox
from groups.mail.inbox import take_in
from groups.models import IncomingEmail, OutgoingEmail
from papers.models import Comment
from tests.factories import make_room
from tests.imap import imap_server
from tests.papers.replies.conftest import write_reply
from tests.racing import a_place_in_the_queue_for_everybody, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]
__all__ = ["a_place_in_the_queue_for_everybody"]
WORKERS, REPLIES = 6, 8


@pytest.fixture(autouse=True)
def server(settings):
    with imap_server() as server:
        settings.EMAIL_INBOX, settings.EMAIL_INBOX_URL = "seminar@example.org", server.url
        settings.LIMITS = {"post": "off"}
        yield server


def test_several_workers_post_each_reply_once(server):
    room = make_room()
    for number in range(REPLIES):
        server.add(write_reply(room.member, room.comment, f"Answer {number}").as_bytes())
    at_once([read_mailbox] * WORKERS)
    said = list(Comment.objects.filter(author=room.member).values_list("source", flat=True))
    assert sorted(said) == [f"Answer {number}" for number in range(REPLIES)]
    assert {frozenset(kept.flags) for kept in server.emails} == {
        frozenset({"\\Seen", "\\Answered"})
    }


def test_a_mailbox_and_a_webhook_post_one_reply_once():
    room = make_room()
    raw = write_reply(room.member, room.comment).as_bytes()
    assert set(at_once([lambda: take_in(raw)] * WORKERS)) == {"taken"}
    assert Comment.objects.filter(author=room.member).count() == 1


def test_a_reply_is_refused_once():
    room = make_room()
    raw = write_reply(room.member, room.comment, From="somebody@example.net").as_bytes()
    assert set(at_once([lambda: take_in(raw)] * WORKERS)) == {"refused"}
    assert OutgoingEmail.objects.count() == IncomingEmail.objects.count() == 1
    assert not mail.outbox


@pytest.mark.parametrize("number", range(5))
def test_a_reply_to_a_thread_that_is_deleted_meanwhile_is_posted_or_refused(number):
    room = make_room()
    organizer = room.membership_of(room.organizer)
    raw = write_reply(room.member, room.comment, "Mine.").as_bytes()
    outcome, _ = at_once([lambda: take_in(raw), lambda: room.thread.remove(organizer)])
    assert outcome in {"taken", "refused"}
    assert not Comment.objects.filter(author=room.member).exists()
