"""Several workers tell and mail at the same moment: each person is told once, and mailed once."""

import pytest
from django.utils import timezone

from groups.models import OutgoingEmail
from papers.models import Follow, Notification
from papers.notifications import telling
from papers.notifications.mail import send_due
from tests.factories import make_comment, make_group, make_membership, make_paper, make_thread
from tests.racing import a_place_in_the_queue_for_everybody, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_worker")]
__all__ = ["a_place_in_the_queue_for_everybody"]
READERS, WORKERS = 12, 6


@pytest.fixture
def comment():
    """One that twelve people are to be told of."""
    group = make_group()
    author = make_membership(group).user
    thread = make_thread(make_paper(group), author)
    for _ in range(READERS):
        Follow.objects.choose(make_membership(group).user, "all", thread)
    return make_comment(thread, author)


def test_a_task_that_is_done_by_several_tells_everyone_once(comment):
    at_once([lambda: telling.tell_of_comment.call(comment.pk)] * WORKERS)
    told = Notification.objects.values_list("user", flat=True)
    assert len(told) == len(set(told)) == READERS


def test_several_workers_write_each_email_once(comment):
    telling.tell_of_comment.call(comment.pk)
    Notification.objects.update(mail_at=timezone.now())
    written = at_once([send_due] * WORKERS)
    assert sum(written) == READERS
    readers = OutgoingEmail.objects.values_list("reader", flat=True)
    assert len(readers) == len(set(readers)) == READERS
    assert not Notification.objects.filter(mail_at__isnull=False).exists()
