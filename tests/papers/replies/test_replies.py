"""Replies by email become comments, once, of those who may write them; others are told why not."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from groups.accounts.signing_out import close_account
from groups.mail import parsing, signed_addresses
from groups.mail.inbox import NotNow, take_in
from groups.mail.signed_addresses import REPLY, address_for
from groups.models import Group, IncomingEmail, User
from papers.discussion.posting import post_comment, withdraw_comment
from papers.models import Comment, Notification, Paper, Thread
from papers.notifications.mail import send_due
from papers.notifications.unsubscribing import token_for
from papers.rendering.markdown import render
from papers.replies import posting
from papers.replies.posting import MOST_REFUSALS_A_DAY
from papers.replies.refusals import REFUSALS
from tests.factories import Room, make_room
from tests.papers.replies.conftest import Reply, write_reply

pytestmark = pytest.mark.django_db


def comments_of(user: User) -> list[str]:
    return list(Comment.objects.filter(author=user).order_by("pk").values_list("source", flat=True))


def answers_to(user: User) -> list[Any]:
    return [letter for letter in mail.outbox if letter.to == [user.email]]


class TestPosting:
    def test_a_reply_is_a_comment_that_answers_the_one_it_was_mailed_for(
        self, room: Room, reply: Reply
    ) -> None:
        assert (
            reply("By **symmetry**: $h_{ij}$.\n\nOn 30 Nov 2026 at 10:15, x wrote:\n> a") == "taken"
        )
        comment = Comment.objects.get(author=room.member)
        assert (comment.source, comment.parent) == ("By **symmetry**: $h_{ij}$.", room.comment)
        assert "<strong>symmetry</strong>" in comment.html
        assert not answers_to(room.member)

    def test_the_address_is_in_the_email_that_tells_of_the_comment(self, room: Room) -> None:
        source = f"@{room.member.handle}?"
        comment = post_comment(room.thread, room.author, source, None, html=render(source))
        Notification.objects.update(mail_at=timezone.now())
        send_due()
        (letter,) = answers_to(room.member)
        sent = letter.message()
        assert "Reply to this email to answer in the thread." in letter.body
        answer = EmailMessage()
        answer["From"], answer["To"] = room.member.email, sent["Reply-To"]
        answer["Message-ID"], answer["In-Reply-To"] = "<1@x.org>", sent["Message-ID"]
        answer.set_content("Yes.")
        assert take_in(answer.as_bytes()) == "taken"
        assert Comment.objects.get(author=room.member).parent == comment
        assert not Notification.objects.of(room.member).unseen().exists()

    @pytest.mark.parametrize("without", ["mailbox", "reader", "text", "open thread"])
    def test_without_a_mailbox_that_is_read_no_email_has_such_an_address(
        self, room: Room, settings: Any, without: str
    ) -> None:
        if without == "mailbox":
            settings.EMAIL_INBOX = ""
        elif without == "reader":
            settings.EMAIL_INBOX_SECRET = ""
        elif without == "text":
            settings.EMAIL_TEXT = False
        source = f"@{room.member.handle}?"
        post_comment(room.thread, room.author, source, None, html=render(source))
        if without == "open thread":
            room.thread.close(room.organizer)
        Notification.objects.update(mail_at=timezone.now())
        send_due()
        (letter,) = answers_to(room.member)
        assert letter.message()["Reply-To"] is None
        assert "Reply to this email" not in letter.body

    def test_a_thread_about_the_group_is_answered_too(self, room: Room) -> None:
        thread = Thread.objects.start(room.group, room.author, title="When?", source="On Monday?")
        assert take_in(write_reply(room.member, thread.comments.get()).as_bytes()) == "taken"
        assert thread.comments.filter(author=room.member).count() == 1

    def test_others_are_told_of_it(self, room: Room, reply: Reply) -> None:
        reply(f"By symmetry, @{room.organizer.handle}.")
        assert Notification.objects.get(user=room.author).reason == "replied"
        assert Notification.objects.get(user=room.organizer).reason == "mentioned"

    def test_an_email_that_comes_again_is_posted_once(self, room: Room) -> None:
        letter = write_reply(room.member, room.comment)
        again = letter.as_bytes()
        letter["Received"] = "by another way"
        assert [take_in(raw) for raw in (again, again, letter.as_bytes())] == ["taken"] * 3
        assert comments_of(room.member) == ["By symmetry."]

    def test_without_a_message_id_it_is_known_by_its_words(self, room: Room) -> None:
        one = write_reply(room.member, room.comment, "One", Message_ID=None).as_bytes()
        two = write_reply(room.member, room.comment, "Two", Message_ID=None).as_bytes()
        for raw in (one, two, one):
            take_in(raw)
        assert comments_of(room.member) == ["One", "Two"]

    def test_to_a_comment_that_was_deleted_it_answers_the_thread(
        self, room: Room, reply: Reply
    ) -> None:
        withdraw_comment(room.comment, room.author)
        assert reply() == "taken"
        assert Comment.objects.get(author=room.member).parent is None

    @pytest.mark.parametrize("header", ["Cc", "Delivered-To", "X-Original-To"])
    def test_the_address_may_be_in_another_header(
        self, room: Room, reply: Reply, header: str
    ) -> None:
        address = address_for(REPLY, room.member.pk, room.comment.pk).upper()
        others = {header.replace("-", "_"): address, "To": "Readers <list@example.net>"}
        assert reply(**others) == "taken"

    def test_a_mailbox_may_have_its_tags_elsewhere(
        self, room: Room, reply: Reply, settings: Any
    ) -> None:
        settings.EMAIL_INBOX = "*@reply.example.org"
        assert address_for(REPLY, 1, 2).endswith("@reply.example.org")
        assert reply() == "taken"

    def test_a_confirmed_address_of_the_person_is_theirs(self, room: Room, reply: Reply) -> None:
        room.member.emailaddress_set.create(email="second@example.net", verified=True)
        room.member.emailaddress_set.create(email="third@example.net", verified=False)
        assert reply(From="Max <SECOND@example.net>") == "taken"
        assert reply(From="third@example.net") == "refused"

    def test_an_attachment_is_left_out_with_a_word(self, room: Room) -> None:
        letter = write_reply(room.member, room.comment)
        letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
        assert take_in(letter.as_bytes()) == "taken"
        said = "By symmetry.\n\n*An attachment of this email was left out.*"
        assert comments_of(room.member) == [said]

    def test_after_the_site_has_a_new_key_the_address_works(
        self, room: Room, settings: Any
    ) -> None:
        letter = write_reply(room.member, room.comment)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next one"
        assert take_in(letter.as_bytes()) == "taken"

    def test_of_many_in_a_short_time_some_are_to_come_again(
        self, room: Room, reply: Reply, settings: Any
    ) -> None:
        settings.LIMITS = {"post": "2/m"}
        assert [reply("One"), reply("Two")] == ["taken", "taken"]
        with pytest.raises(NotNow):
            reply("Three")
        assert comments_of(room.member) == ["One", "Two"]
        assert not IncomingEmail.objects.filter(outcome="refused").exists()

    def test_no_link_or_address_of_the_readers_own_is_shown_to_others(
        self, room: Room, reply: Reply
    ) -> None:
        address = address_for(REPLY, room.member.pk, room.comment.pk)
        link = f"http://testserver/notifications/stop/{token_for(room.member, room.thread)}/"
        reply(f"As I wrote to {address}: yes. See [it]({link}) or {link}")
        (said,) = comments_of(room.member)
        hidden = "http://testserver/notifications/stop/…"
        wanted = f"As I wrote to seminar+…@example.org: yes. See [it]({hidden}) or {hidden}"
        assert said == wanted


# Refusals


def _remove(room: Room, reply: Reply) -> Any:
    room.membership_of(room.member).remove(by=room.organizer)
    return reply("Mine.")


def _freeze(room: Room, reply: Reply) -> Any:
    Group.objects.filter(pk=room.group.pk).update(archived_at=timezone.now())
    return reply("Mine.")


def _doom(room: Room, reply: Reply) -> Any:
    Group.objects.filter(pk=room.group.pk).update(deletion_asked_at=timezone.now())
    return reply("Mine.")


def _delete_thread(room: Room, reply: Reply) -> Any:
    letter = write_reply(room.member, room.comment, "Mine.")
    room.thread.remove(room.membership_of(room.organizer))
    return take_in(letter.as_bytes())


def _set_aside(room: Room, reply: Reply) -> Any:
    Paper.objects.filter(pk=room.paper.pk).update(
        set_aside_at=timezone.now(), removed_by=room.list_import
    )
    return reply("Mine.")


def _close(room: Room, reply: Reply) -> Any:
    room.thread.close(room.organizer)
    return reply("Mine.")


def _close_meanwhile(room: Room, reply: Reply) -> Any:
    with pytest.MonkeyPatch.context() as patched:

        def late(thread: Any, *said: Any, **rest: Any) -> Comment:
            thread.close(room.organizer)
            return post_comment(thread, *said, **rest)

        patched.setattr(posting, "post_comment", late)
        return reply("Mine.")


def _wait_long(room: Room, reply: Reply) -> Any:
    letter = write_reply(room.member, room.comment, "Mine.")
    with pytest.MonkeyPatch.context() as patched:
        later = timezone.now() + signed_addresses.LONGEST_USE + timedelta(days=2)
        patched.setattr(timezone, "now", lambda: later)
        return take_in(letter.as_bytes())


def _unproven(room: Room, reply: Reply) -> Any:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parsing.settings, "EMAIL_INBOX_CHECKED_BY", "mx.example.org")
        return reply("Mine.", Authentication_Results="mx.example.org; dmarc=fail")


def _attach(room: Room, reply: Reply) -> Any:
    letter = write_reply(room.member, room.comment, "\n")
    letter.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    return take_in(letter.as_bytes())


def _large(room: Room, reply: Reply) -> Any:
    letter = write_reply(room.member, room.comment, "Mine.")
    letter.add_attachment(b"x" * 100_000, maintype="image", subtype="png", filename="a.png")
    return take_in(letter.as_bytes()[:60_000], is_whole=False)


# Ways to be refused, by the reason, each with whether there is text to give back.
WAYS: list[tuple[str, Callable[[Room, Reply], Any], bool]] = [
    ("sender", lambda room, reply: reply("Mine.", From="somebody@example.net"), True),
    ("sender", lambda room, reply: reply("Mine.", From=room.author.email), True),
    ("sender", lambda room, reply: reply("Mine.", From=None), True),
    (
        "sender",
        lambda room, reply: reply("Mine.", From=f"{room.member.email}, x@example.net"),
        True,
    ),
    ("unproven", _unproven, True),
    ("stale", _wait_long, True),
    ("left", _remove, True),
    ("frozen", _freeze, True),
    ("frozen", _doom, True),
    ("gone", _delete_thread, True),
    ("gone", _set_aside, True),
    ("closed", _close, True),
    ("closed", _close_meanwhile, True),
    ("large", _large, True),
    ("long", lambda room, reply: reply("Mine." + "x" * 20_000), True),
    ("empty", lambda room, reply: reply("> Mine.\n> And more."), True),
    ("empty", lambda room, reply: reply("\u200b\n \n"), False),
    ("attachments", _attach, False),
]


def test_there_is_a_way_to_every_refusal() -> None:
    assert {reason for reason, *_ in WAYS} == set(REFUSALS)


class TestRefusals:
    @pytest.mark.parametrize(("reason", "way", "has_text"), WAYS)
    def test_what_is_not_posted_comes_back_with_the_reason(
        self,
        room: Room,
        reply: Reply,
        reason: str,
        way: Callable[[Room, Reply], Any],
        has_text: bool,
    ) -> None:
        before = Comment.objects.count()
        assert way(room, reply) == "refused"
        assert Comment.objects.count() <= before
        assert not Comment.objects.filter(source__contains="Mine").exists()
        noted = IncomingEmail.objects.get()
        assert (noted.outcome, noted.reason, noted.user) == ("refused", reason, room.member)
        (letter,) = mail.outbox
        assert letter.to == [room.member.email]
        assert REFUSALS[reason].why.partition("{")[0] in letter.body
        assert REFUSALS[reason].next_step in letter.body
        assert ("Mine." in letter.body) == has_text
        assert letter.extra_headers["Auto-Submitted"] == "auto-replied"

    def test_of_the_group_nothing_is_said_to_who_left(self, room: Room, reply: Reply) -> None:
        _remove(room, reply)
        (letter,) = mail.outbox
        assert room.paper.title not in letter.body
        assert room.comment.source not in letter.body

    def test_an_email_that_comes_again_is_answered_once(self, room: Room) -> None:
        letter = write_reply(room.member, room.comment, From="somebody@example.net").as_bytes()
        assert [take_in(letter), take_in(letter)] == ["refused", "refused"]
        assert len(mail.outbox) == 1

    def test_a_day_has_no_more_than_so_many(self, room: Room, reply: Reply) -> None:
        for _ in range(MOST_REFUSALS_A_DAY + 5):
            assert reply(From="somebody@example.net") == "refused"
        assert len(mail.outbox) == MOST_REFUSALS_A_DAY

    def test_who_left_and_came_back_may_write_again(self, room: Room, reply: Reply) -> None:
        membership = room.membership_of(room.member)
        membership.remove(by=room.organizer)
        assert reply() == "refused"
        room.group.memberships.create(user=room.member)
        assert reply() == "taken"

    @pytest.mark.parametrize(
        "subject",
        ["a\nBcc: x@example.net", "=?utf-8?B?4pyT?=", "x" * 5000, "a\0b\x1b", "=?utf-7?Q?+2AA-?=",
         "=?hex?B?MDA=?=", "=?utf-8?Q?a=0Ab=00?=", "\udce4"],
    )  # fmt: skip
    @pytest.mark.parametrize("name", ["Subject", "From", "Message-ID", "X-Original-To"])
    def test_no_header_breaks_the_answer(self, room: Room, name: str, subject: str) -> None:
        letter = write_reply(room.member, room.comment, "> a")
        del letter[name]
        header = f"{name}: {subject}\n".encode(errors="surrogateescape")
        assert take_in(header + letter.as_bytes()) == "refused"
        sent = mail.outbox[0].message()
        assert sent["Bcc"] is None
        assert sent.as_bytes()


# Who is told nothing

FORGED = [
    "seminar@example.org",
    "seminar+r-1-1-1@example.org",
    "seminar+r-1-1-1-aaaaaaaaaaaaaaaaaaaa@example.org",
    "seminar+r-" + "z" * 60 + "@example.org",
    "somebody@example.net",
]


class TestSilence:
    @pytest.mark.parametrize("address", FORGED)
    def test_an_address_that_is_not_signed_is_for_no_one(
        self, room: Room, reply: Reply, address: str
    ) -> None:
        assert reply(To=address) is None
        assert not mail.outbox
        assert not IncomingEmail.objects.exists()

    def test_an_address_that_was_changed_is_for_no_one(self, room: Room, reply: Reply) -> None:
        """Its keys cannot be made others: not for another person, nor for another comment."""
        address = address_for(REPLY, room.member.pk, room.comment.pk)
        head, _, end = address.partition("+")
        kind, person, comment, day, signature = end.partition("@")[0].split("-")
        for tag in (
            [kind, comment, person, day, signature],
            [kind, person, "zz", day, signature],
            ["b", person, comment, day, signature],
            [kind, person, comment, "zzz", signature],
            [kind, person, comment, day, signature[::-1]],
        ):
            changed = f"{head}+{'-'.join(tag)}@example.org"
            assert changed == address or reply(To=changed) is None

    def test_the_address_of_one_is_no_address_of_another(self, room: Room, reply: Reply) -> None:
        address = address_for(REPLY, room.author.pk, room.comment.pk)
        assert reply(person=room.member, To=address) == "refused"
        (letter,) = mail.outbox
        assert letter.to == [room.author.email]

    def test_a_closed_account_is_told_nothing(self, room: Room, reply: Reply) -> None:
        close_account(room.member)
        assert reply() == "ignored"
        assert not mail.outbox
        assert not comments_of(room.member)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("Auto-Submitted", "auto-replied"),
            ("Auto-Submitted", "auto-generated (vacation)"),
            ("Precedence", "bulk"),
            ("Precedence", "list"),
            ("Precedence", "junk"),
            ("Precedence", "auto_reply"),
            ("List-Id", "<readers.example.net>"),
            ("Return-Path", "<>"),
            ("X-Autoreply", "yes"),
            ("X-Autorespond", "x"),
            ("X-Failed-Recipients", "a@example.net"),
            ("From", "MAILER-DAEMON@example.net"),
            ("From", "Seminar <seminar@localhost>"),
            ("From", "seminar@example.org"),
            ("Content-Type", "multipart/report; boundary=x"),
            ("Subject", "Automatic reply: [Readers] The diagonal"),
            ("Subject", "Abwesenheitsnotiz: x"),
            ("Subject", "=?utf-8?B?6Ieq5Yqo5Zue5aSNOiB4?="),
        ],
    )
    def test_what_a_program_wrote_is_not_posted_and_not_answered(
        self, room: Room, name: str, value: str
    ) -> None:
        letter = write_reply(room.member, room.comment, "I am away.")
        del letter[name]
        raw = f"{name}: {value}\n".encode() + letter.as_bytes()
        assert take_in(raw) == "ignored"
        assert not mail.outbox
        assert not comments_of(room.member)

    def test_our_own_email_that_comes_back_is_ignored(self, room: Room, reply: Reply) -> None:
        reply("> a")
        (answer,) = mail.outbox
        before = len(mail.outbox)
        own = answer.extra_headers["Message-ID"]
        assert reply("I am you", Message_ID=own) == "ignored"
        assert len(mail.outbox) == before

    def test_a_person_whose_program_wants_no_answers_is_not_answered(
        self, room: Room, reply: Reply
    ) -> None:
        assert reply("> a", X_Auto_Response_Suppress="All") == "refused"
        assert not mail.outbox
        assert reply("Yes.", X_Auto_Response_Suppress="All") == "taken"

    def test_auto_submitted_no_is_a_person(self, room: Room, reply: Reply) -> None:
        assert reply(Auto_Submitted="no") == "taken"


class TestAuthentication:
    @pytest.fixture(autouse=True)
    def _checked(self, settings: Any) -> None:
        settings.EMAIL_INBOX_CHECKED_BY = "mx.example.org"

    @pytest.mark.parametrize(
        ("results", "outcome"),
        [
            ("mx.example.org; dmarc=pass header.from=example.org", "taken"),
            ("MX.example.org 1; spf=none; dkim=pass (good) header.d=example.org", "taken"),
            ("mx.example.org; spf=pass smtp.mailfrom=x@example.org", "taken"),
            ("mx.example.org; spf=pass smtp.mailfrom=x@evil.net", "refused"),
            ("mx.example.org; dkim=pass header.d=org", "refused"),
            ("mx.example.org; dkim=pass header.d=evilexample.org", "refused"),
            ("mx.example.org; dkim=fail header.d=example.org", "refused"),
            ("mx.example.org; dkim=pass (header.d=example.org) header.d=evil.net", "refused"),
            ("mx.example.org; none", "refused"),
            ("evil.net; dmarc=pass header.from=example.org", "refused"),
            ("", "refused"),
        ],
    )
    def test_the_word_of_our_own_server_counts(
        self, room: Room, reply: Reply, results: str, outcome: str
    ) -> None:
        assert reply(Authentication_Results=results or None) == outcome

    def test_what_is_below_the_servers_own_word_is_not_its(self, room: Room) -> None:
        raw = write_reply(
            room.member,
            room.comment,
            Authentication_Results="mx.example.org; dmarc=pass header.from=example.org",
        ).as_bytes()
        above = b"Authentication-Results: mx.example.org; dmarc=fail header.from=example.org\n"
        assert take_in(above + raw) == "refused"


def test_five_kinds_of_people_write_to_one_thread(room: Room) -> None:
    """Only those in the group can, whoever's address they hold."""
    foreign = make_room("Neighbours")
    left = room.author
    room.membership_of(left).remove(by=room.organizer)
    outcomes = {
        person: take_in(write_reply(person, room.comment, "In.").as_bytes())
        for person in (room.member, room.organizer, room.outsider, foreign.member, left)
    }
    assert outcomes == {
        room.member: "taken",
        room.organizer: "taken",
        room.outsider: "refused",
        foreign.member: "refused",
        left: "refused",
    }
