"""What an organizer deletes of others says so, and its author is told why."""

import pytest
from django.core import mail

from groups.models import Group
from papers.archives.group_archive import discussion_as_markdown
from papers.models import Notification, Thread
from papers.notifications.mail import send_due
from tests.factories import Room, browser_of, make_comment
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db
WHY = "Off topic, <b>sorry</b>"


def delete(room: Room, who, **sent: str):
    return browser_of(who).post(
        f"/groups/{room.group.slug}/comments/{room.comment.pk}/delete/", sent
    )


def page_of(room: Room) -> str:
    return words_of(text_of(browser_of(room.member).get(room.thread.get_absolute_url())))


@pytest.fixture
def answered(room) -> Room:
    make_comment(room.thread, room.member, "An answer", parent=room.comment)
    return room


def test_the_place_says_that_it_was_removed_and_why(answered):
    assert delete(answered, answered.organizer, reason=WHY).status_code == 302
    assert f"Removed by an organizer: {WHY}" in page_of(answered).replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    page = text_of(browser_of(answered.member).get(answered.thread.get_absolute_url()))
    assert "<b>sorry</b>" not in page
    assert "Removed by an organizer" in discussion_as_markdown(answered.group)


def test_no_reason_has_to_be_given(answered):
    delete(answered, answered.organizer)
    assert "Removed by an organizer." in page_of(answered)


def test_what_one_deletes_oneself_has_no_reason(answered):
    address = f"/groups/{answered.group.slug}/comments/{answered.comment.pk}/delete/"
    assert 'name="reason"' not in text_of(browser_of(answered.author).get(address))
    delete(answered, answered.author, reason=WHY)
    assert "This comment was deleted." in page_of(answered)
    assert "Off topic" not in page_of(answered)
    assert not Notification.objects.filter(reason="removed").exists()


@pytest.mark.parametrize("reason", ["x" * 201, "two\nlines", "nul\x01"])
def test_a_reason_is_one_short_line(answered, reason):
    answer = delete(answered, answered.organizer, reason=reason)
    assert answer.status_code == 422
    assert "Is the Hessian shared?" in page_of(answered)


def test_its_author_is_told_once_with_the_reason(answered):
    for _ in range(2):
        delete(answered, answered.organizer, reason=WHY)
    told = Notification.objects.get(reason="removed")
    assert (told.user, told.actor, told.thread) == (
        answered.author,
        answered.organizer,
        answered.thread,
    )
    page = text_of(browser_of(answered.author).get("/notifications/"))
    assert f"{answered.organizer.name} removed your comment" in words_of(page)
    assert "Off topic" in page
    assert "<b>sorry" not in page


def test_an_email_has_the_reason_where_the_group_has_words_in_emails(answered):
    delete(answered, answered.organizer, reason=WHY)
    Notification.objects.update(mail_at=answered.comment.created_at)
    assert send_due() == 1
    said = str(mail.outbox[-1].message())
    assert "removed your comment" in said
    assert "Off topic" in said


def test_an_email_without_text_has_no_reason(answered):
    Group.objects.filter(pk=answered.group.pk).update(emails_without_text=True)
    delete(answered, answered.organizer, reason=WHY)
    Notification.objects.update(mail_at=answered.comment.created_at)
    assert send_due() == 1
    said = str(mail.outbox[-1].message())
    assert "removed your comment" in said
    assert "Off topic" not in said
    assert "diagonal" not in said


def test_a_former_member_is_told_nothing(answered):
    answered.membership_of(answered.author).leave()
    delete(answered, answered.organizer, reason=WHY)
    assert not Notification.objects.of(answered.author).readable().exists()


def test_who_started_a_thread_is_told_that_it_was_deleted_and_why(room):
    for number in range(2):
        thread = Thread.objects.start(
            room.group, room.author, title=f"Spam {number}", source="Buy this"
        )
        address = f"{thread.get_absolute_url()}delete/"
        assert 'name="reason"' in text_of(browser_of(room.organizer).get(address))
        browser_of(room.organizer).post(address, {"reason": "Spam"})
    page = words_of(text_of(browser_of(room.author).get("/notifications/")))
    for number in range(2):
        assert f"Spam {number}: Spam" in page
    assert page.count("removed your thread") >= 2
