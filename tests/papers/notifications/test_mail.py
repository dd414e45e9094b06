"""Emails about notifications: held, together, stopped by a link, and only to those who may read."""

import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail as outbox
from django.utils import timezone

from groups.models import OutgoingEmail, User
from papers.discussion.posting import edit_comment, post_comment, withdraw_comment
from papers.models import Comment, EmailChoice, Follow, Frequency, Notification, Reason
from papers.notifications import telling
from papers.notifications.mail import send_due
from papers.rendering.markdown import render
from tests.factories import Room, browser_of, make_assignment
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def post(room: Room, author: User, source: str, parent: Comment | None = None) -> Comment:
    return post_comment(room.thread, author, source, parent, html=render(source))


def three_minutes_later() -> int:
    Notification.objects.filter(mail_at__isnull=False).update(mail_at=timezone.now())
    return send_due()


def letters_to(user: User) -> list[EmailMessage]:
    return [letter.message() for letter in outbox.outbox if letter.to == [user.email]]


def body_of(letter: EmailMessage, kind: str = "plain") -> str:
    part = next(part for part in letter.walk() if part.get_content_subtype() == kind)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


class TestWhenItIsWritten:
    def test_nothing_is_sent_for_three_minutes(self, room: Room) -> None:
        post(room, room.author, f"@{room.member.handle}")
        assert send_due() == 0
        at = Notification.objects.get(user=room.member).mail_at
        assert at is not None
        assert timedelta(minutes=2) < at - timezone.now() <= timedelta(minutes=3)

    def test_what_is_edited_meanwhile_is_sent_as_it_is_then(self, room: Room) -> None:
        comment = post(room, room.author, f"@{room.member.handle} wrong words")
        source = f"@{room.member.handle} right words"
        edit_comment(comment, source, comment.version, html=render(source))
        three_minutes_later()
        (letter,) = letters_to(room.member)
        assert "right words" in body_of(letter)
        assert "wrong" not in letter.as_string()

    def test_what_is_deleted_meanwhile_is_not_sent(self, room: Room) -> None:
        withdraw_comment(post(room, room.author, f"@{room.member.handle}"), room.author)
        assert three_minutes_later() == 0

    def test_what_was_read_meanwhile_is_not_sent(self, room: Room) -> None:
        post(room, room.author, f"@{room.member.handle}")
        browser_of(room.member).get(room.thread.get_absolute_url())
        assert three_minutes_later() == 0

    def test_a_burst_in_one_thread_is_one_email(self, room: Room) -> None:
        Follow.objects.choose(room.member, "all", room.thread)
        for words in ("one", "two", "three"):
            post(room, room.author, words)
        assert three_minutes_later() == 1
        (letter,) = letters_to(room.member)
        assert [word in body_of(letter) for word in ("one", "two", "three")] == [True] * 3

    def test_a_burst_is_waited_for_but_not_for_long(self, room: Room) -> None:
        Follow.objects.choose(room.member, "all", room.thread)
        for words in ("one", "two"):
            post(room, room.author, words)
        first = Notification.objects.of(room.member).earliest("pk")
        Notification.objects.filter(pk=first.pk).update(mail_at=timezone.now())
        assert send_due() == 0
        long_ago = timezone.now() - timedelta(minutes=16)
        Notification.objects.filter(pk=first.pk).update(created_at=long_ago)
        assert send_due() == 1
        (letter,) = letters_to(room.member)
        assert "one" in body_of(letter)
        assert "two" not in body_of(letter)

    def test_it_is_sent_once(self, room: Room) -> None:
        post(room, room.author, f"@{room.member.handle}")
        assert (three_minutes_later(), send_due(), send_due()) == (1, 0, 0)
        assert len(letters_to(room.member)) == 1

    def test_who_left_gets_none(self, room: Room) -> None:
        post(room, room.author, f"@{room.member.handle}")
        room.membership_of(room.member).delete()
        assert three_minutes_later() == 0
        assert not OutgoingEmail.objects.exists()


class TestWhatItSays:
    def letter(self, room: Room, source: str) -> EmailMessage:
        post(room, room.author, f"@{room.member.handle} {source}")
        three_minutes_later()
        return letters_to(room.member)[-1]

    def test_the_whole_text_in_both_kinds(self, room: Room) -> None:
        letter = self.letter(room, "Is **it** $x^2$? " + "long " * 300)
        plain, html = body_of(letter), body_of(letter, "html")
        assert f"{room.author.name} mentioned you" in plain
        assert "Is **it** $x^2$?" in plain
        assert plain.count("long") == 300
        assert "<strong>it</strong>" in html
        assert html.count("$x^2$") == 1

    def test_nothing_in_it_is_fetched_or_run(self, room: Room) -> None:
        html = body_of(self.letter(room, "![p](https://x.org/p.png) <script>x</script>"), "html")
        assert not re.search(r"<img|<script|<link|url\(|@import|src=", html)

    def test_emails_of_a_thread_are_one_conversation(self, room: Room) -> None:
        first, second = self.letter(room, "one"), self.letter(room, "two")
        assert first["Subject"] == second["Subject"] == f"[{room.group.name}] The diagonal"
        assert first["References"] == first["In-Reply-To"] == second["References"]
        assert first["Message-ID"] != second["Message-ID"]

    def test_it_says_what_it_is(self, room: Room) -> None:
        letter = self.letter(room, "one")
        assert letter["Auto-Submitted"] == "auto-generated"
        assert letter["List-Id"] == f"{room.group.name} <{room.group.slug}.testserver>"
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        parts = [part for part in letter.walk() if not part.is_multipart()]
        assert {part["Content-Transfer-Encoding"] for part in parts} <= {"7bit", "8bit"}

    def test_an_assignment_says_whose_turn_it_is(self, room: Room) -> None:
        given = make_assignment(room.paper, room.membership_of(room.member), role="reader")
        telling.assigned(given, room.organizer)
        three_minutes_later()
        (letter,) = letters_to(room.member)
        assert letter["Subject"] == f"[{room.group.name}] Your turn to read: {room.paper.title}"


class TestWithoutText:
    """Where an operator or the group wants no text in emails, they say that there is something."""

    @pytest.fixture(params=["operator", "group"], autouse=True)
    def _wants_none(self, request: pytest.FixtureRequest, room: Room, settings: Any) -> None:
        if request.param == "operator":
            settings.EMAIL_TEXT = False
        else:
            room.group.emails_without_text = True
            room.group.save()

    def test_of_a_comment_it_says_who_and_where(self, room: Room) -> None:
        comment = post(room, room.author, f"@{room.member.handle} a secret")
        three_minutes_later()
        (letter,) = letters_to(room.member)
        whole = body_of(letter) + body_of(letter, "html") + letter["Subject"]
        assert letter["Subject"] == f"[{room.group.name}] 1 notification"
        assert f"{room.author.name} mentioned you" in body_of(letter)
        assert comment.get_absolute_url() in body_of(letter)
        assert "secret" not in whole
        assert room.thread.title not in whole

    def test_of_an_assignment_it_names_no_paper(self, room: Room) -> None:
        given = make_assignment(room.paper, room.membership_of(room.member))
        telling.assigned(given, room.organizer)
        three_minutes_later()
        (letter,) = letters_to(room.member)
        assert "Your turn to present" in body_of(letter)
        assert room.paper.title not in body_of(letter) + body_of(letter, "html") + letter["Subject"]


class TestWhatOneChooses:
    def test_never_is_no_email(self, room: Room) -> None:
        EmailChoice.objects.choose(room.member, {Reason.MENTIONED: Frequency.NEVER})
        post(room, room.author, f"@{room.member.handle}")
        assert three_minutes_later() == 0
        assert Notification.objects.of(room.member).unseen().count() == 1

    def test_once_a_day_is_one_email_of_all(self, room: Room) -> None:
        EmailChoice.objects.choose(room.member, {Reason.MENTIONED: Frequency.DAILY})
        for words in ("one", "two"):
            post(room, room.author, f"@{room.member.handle} {words}")
        assert three_minutes_later() == 1
        (letter,) = letters_to(room.member)
        assert letter["Subject"] == f"[{room.group.name}] 2 notifications"

    def test_the_page_keeps_what_is_chosen(self, room: Room) -> None:
        browser = browser_of(room.member)
        fields = dict.fromkeys(Reason.values, "weekly")
        fields |= {"quiet_from": "22:00", "quiet_until": "07:00"}
        assert browser.post("/notifications/settings/", fields).status_code == 302
        chosen = EmailChoice.objects.of([room.member])
        assert set(chosen.values()) == {"weekly"}
        until = room.member.notification_settings.quiet_until
        assert until is not None
        assert until.hour == 7

    def test_one_time_of_two_is_told(self, room: Room) -> None:
        fields = dict.fromkeys(Reason.values, "never") | {"quiet_from": "22:00"}
        answer = browser_of(room.member).post("/notifications/settings/", fields)
        assert answer.status_code == 422
        assert "Give both times, or none." in text_of(answer)


class TestOneClick:
    def address(self, room: Room) -> str:
        post(room, room.author, f"@{room.member.handle}")
        three_minutes_later()
        link = letters_to(room.member)[-1]["List-Unsubscribe"].strip("<>")
        return (
            link.partition("://")[2].partition("/")[1] + link.partition("://")[2].partition("/")[2]
        )

    def test_looking_changes_nothing(self, room: Room) -> None:
        answer = browser_of().get(self.address(room))
        assert "Mute this thread?" in text_of(answer)
        assert not Follow.objects.of(room.member).exists()

    def test_a_program_without_cookies_stops_it(self, room: Room) -> None:
        address = self.address(room)
        browser = browser_of(enforce_csrf_checks=True)
        answer = browser.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        post(room, room.author, f"@{room.member.handle} again")
        assert three_minutes_later() == 0

    def test_emails_of_a_kind_are_stopped_and_the_page_still_tells(self, room: Room) -> None:
        given = make_assignment(room.paper, room.membership_of(room.member))
        telling.assigned(given, room.organizer)
        three_minutes_later()
        link = letters_to(room.member)[-1]["List-Unsubscribe"].strip("<>")
        browser_of().post("/" + link.partition("://")[2].partition("/")[2])
        assert EmailChoice.objects.of([room.member]) == {(room.member.pk, "assigned"): "never"}
        assert Notification.objects.of(room.member).unseen().count() == 1

    @pytest.mark.parametrize("token", ["nonsense", "eyJ1c2VyIjoxfQ:1abc:def"])
    def test_a_forged_link_is_none(self, room: Room, token: str) -> None:
        assert browser_of().post(f"/notifications/stop/{token}/").status_code == 404
