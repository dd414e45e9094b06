"""Mail reaches those who may be told, asked when it is written and again when it is sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings as site
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.accounts import account_deletion
from groups.accounts.signing_out import close_account
from groups.audience import may_be_told, readers
from groups.mail import joining_mail, outbox
from groups.mail.inbox import take_in
from groups.mail.outbox import deliver, write_email
from groups.models import Audience, Group, Membership, OutgoingEmail, User
from papers.archives import group_deletion
from papers.discussion.posting import post_comment
from papers.models import Notification
from papers.notifications import mail as notification_mail
from papers.notifications import telling
from papers.rendering.markdown import render
from tests.factories import Room, make_join_request, make_membership, make_user
from tests.papers.replies.conftest import write_reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]
TEMPLATES = Path(site.BASE_DIR) / "templates"


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"


# What is written, by its template


class Case(NamedTuple):
    """How a letter comes to be written to `reader`, and after what it is still sent."""

    reader: Callable[[Room], User]
    post: Callable[[Room, User], Any]
    still_sent_after: frozenset[str]


def a_member(room: Room) -> User:
    return room.member


def another_organizer(room: Room) -> User:
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    return room.member


def someone_listed(room: Room) -> User:
    Group.objects.filter(pk=room.group.pk).update(visibility="listed")
    room.group.refresh_from_db()
    return room.outsider


def ask_to_join(room: Room, reader: User) -> None:
    joining_mail.ask_to_join(someone_listed(room) and room.group, make_user("Nina"), "Please")


def answer(accept: bool) -> Callable[[Room, User], None]:
    def post(room: Room, reader: User) -> None:
        request = make_join_request(room.group, reader)
        joining_mail.answer(request, room.organizer, "So be it", accept=accept)

    return post


def invite(room: Room, reader: User) -> None:
    expires_at = room.invitation.expires_at
    joining_mail.invite(
        room.group, room.organizer, [reader.email], role="member", expires_at=expires_at
    )


def mention(room: Room, reader: User) -> None:
    """Tell of a comment, and write the email that waits for three minutes."""
    source = f"What says @{reader.handle}?"
    comment = post_comment(room.thread, room.organizer, source, None, html=render(source))
    telling.tell_of_comment.call(comment.pk)
    Notification.objects.of(reader).update(mail_at=timezone.now())
    notification_mail.send_due()


def refuse_reply(room: Room, reader: User) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(site, "EMAIL_INBOX", "inbox@example.org")
        patched.setattr(site, "EMAIL_INBOX_SECRET", "a secret")
        take_in(write_reply(reader, room.comment, "> quoted").as_bytes())


def withdraw_deletion(room: Room, reader: User) -> None:
    Group.objects.filter(pk=room.group.pk).update(deletion_asked_at=room.invitation.expires_at)
    group_deletion.withdraw_deletion(room.group, room.organizer)


# What changes nothing for somebody who stays in the group.
FOR_MEMBERS = frozenset({"nothing", "hidden", "demoted", "archived", "private", "other address"})
FOR_ORGANIZERS = FOR_MEMBERS - {"demoted"}
# They are in no group, so that what ends a membership only begins and ends another one.
FOR_APPLICANTS = FOR_MEMBERS | {"left", "removed", "invitation revoked", "maker demoted"}
FOR_INVITED = FOR_APPLICANTS - {"archived", "invitation revoked", "maker demoted", "other address"}
LETTERS = {
    "papers/notifications/mail/notifications.txt": Case(
        a_member, mention, FOR_MEMBERS | {"invitation revoked", "maker demoted"}
    ),
    # It says nothing of a group: it gives people back what they wrote.
    "papers/replies/mail/refused.txt": Case(
        a_member, refuse_reply, FOR_APPLICANTS | {"closed account", "group deleted"}
    ),
    "papers/archives/mail/deletion_asked.txt": Case(
        a_member,
        lambda room, reader: group_deletion.ask_deletion(room.group, room.organizer),
        FOR_MEMBERS | {"invitation revoked", "maker demoted"},
    ),
    "papers/archives/mail/deletion_withdrawn.txt": Case(
        a_member, withdraw_deletion, FOR_MEMBERS | {"invitation revoked", "maker demoted"}
    ),
    "groups/mail/join_request.txt": Case(
        another_organizer, ask_to_join, FOR_ORGANIZERS | {"invitation revoked", "maker demoted"}
    ),
    "groups/mail/join_answer.txt": Case(
        someone_listed, answer(accept=True), FOR_MEMBERS | {"invitation revoked", "maker demoted"}
    ),
    "groups/mail/join_answer.txt (declined)": Case(
        someone_listed, answer(accept=False), FOR_APPLICANTS
    ),
    "groups/mail/invitation.txt": Case(
        lambda room: room.outsider, invite, FOR_INVITED | {"other address"}
    ),
}


def about_accounts() -> list[str]:
    found = sorted(TEMPLATES.rglob("email/*_message.txt"))
    prefixes = [str(path.relative_to(TEMPLATES)).removesuffix("_message.txt") for path in found]
    return [prefix for prefix in prefixes if not prefix.endswith("/base")]


def test_every_template_of_a_mail_has_its_line_here():
    """Text is mail, but for what allauth shows on pages and what mail extends."""
    texts = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.txt")}
    others = {text for text in texts if "/messages/" in text or "/base_" in text}
    others.add("mfa/recovery_codes/download.txt")
    accounts = {
        f"{name}_{part}.txt" for name in about_accounts() for part in ("message", "subject")
    }
    assert texts - others - accounts == {name.partition(" ")[0] for name in LETTERS}


# What may happen before it is sent


def membership(room: Room, person: User) -> Membership:
    found = Membership.objects.filter(group=room.group, user=person).first()
    return found or make_membership(room.group, person)


def demote(room: Room, person: User) -> None:
    if mine := Membership.objects.filter(group=room.group, user=person).first():
        mine.change_role("member", by=room.organizer)


def hide(room: Room, person: User) -> None:
    for each in Membership.objects.in_group(room.group):
        each.show_status("hidden")


def revoke(room: Room, person: User) -> None:
    for invitation in room.group.invitations.all():
        invitation.revoke(by=room.organizer)


def demote_the_maker(room: Room, person: User) -> None:
    membership(room, room.author).change_role("organizer", by=room.organizer)
    membership(room, room.organizer).change_role("member", by=room.author)


def move(room: Room, person: User) -> None:
    User.objects.filter(pk=person.pk).update(email="moved@example.org")


CHANGES: dict[str, Callable[[Room, User], Any]] = {
    "nothing": lambda room, person: None,
    "left": lambda room, person: membership(room, person).leave(),
    "removed": lambda room, person: membership(room, person).remove(by=room.organizer),
    "deleted account": lambda room, person: account_deletion.delete_account(person),
    "closed account": lambda room, person: close_account(person),
    "demoted": demote,
    "hidden": hide,
    "archived": lambda room, person: room.group.archive(by=room.organizer),
    "private": lambda room, person: Group.objects.filter(pk=room.group.pk).update(
        visibility="private"
    ),
    "group deleted": lambda room, person: room.group.remove(),
    "invitation revoked": revoke,
    "maker demoted": demote_the_maker,
    "other address": move,
}


def send_all() -> set[str]:
    for letter in OutgoingEmail.objects.all():
        deliver.call(letter.pk)
    return {address for letter in mail.outbox for address in letter.to}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_sent_only_while_its_reader_may_be_told(room, name, change):
    case = LETTERS[name]
    reader = case.reader(room)
    case.post(room, reader)
    address = reader.email
    assert OutgoingEmail.objects.filter(recipient=address).exists()
    assert mail.outbox == []
    CHANGES[change](room, reader)
    is_sent = change in case.still_sent_after
    if change == "other address" and OutgoingEmail.objects.filter(reader=reader).exists():
        assert address not in send_all()
        address = "moved@example.org"
    assert (address in send_all()) == is_sent
    left = OutgoingEmail.objects.filter(recipient=address, sealed__gt="")
    assert not left, "its words are gone, whether it was sent or not"


@pytest.mark.parametrize("prefix", about_accounts())
def test_mail_about_an_account_goes_to_its_owner_whatever_groups_they_are_in(room, rf, prefix):
    """An email to an unknown address is sent to no one."""
    room.membership_of(room.member).leave()
    context = {"user": room.member, "code": "BCDF", "ip": "::1", "user_agent": "x"}
    with request_context(rf.get("/")):
        get_adapter().send_mail(prefix, room.member.email, context)
    assert set(OutgoingEmail.objects.values_list("audience", flat=True)) == {Audience.ACCOUNT}
    is_unknown = prefix == "account/email/unknown_account"
    assert send_all() == (set() if is_unknown else {room.member.email})


@pytest.mark.parametrize("audience", sorted(set(Audience) - {Audience.ACCOUNT}))
def test_nothing_is_written_to_an_outsider(room, audience):
    template, context = "papers/archives/mail/deletion_withdrawn.txt", {"group": room.group}
    for to in (room.outsider, room.outsider.email):
        assert not may_be_told(audience, room.group, to)
        assert write_email(to, template, context, audience=audience, group=room.group) is None
        assert write_email(to, template, context, audience=audience, group=None) is None
    assert not OutgoingEmail.objects.exists()


def test_an_audience_that_is_not_known_is_told_nothing(room):
    assert not may_be_told("everybody", room.group, room.organizer)
    assert not may_be_told("", room.group, room.organizer)
    assert not may_be_told(Audience.ACCOUNT, room.group, room.organizer)


def test_a_letter_cannot_be_written_without_saying_for_whom(room):
    with pytest.raises(TypeError, match="audience"):
        write_email(room.member, "papers/archives/mail/deletion_withdrawn.txt", {})  # type: ignore[call-arg]
    for columns in (
        {},
        {"audience": "members"},
        {"audience": "members", "group": room.group},
        {"audience": "account", "group": room.group},
        {"audience": "invited", "group": room.group, "reader": room.member},
        {"audience": "everybody", "group": room.group, "reader": room.member},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutgoingEmail.objects.create(recipient="a@example.org", message_id="1", **columns)


def test_the_people_of_an_audience_are_those_who_may_be_told(room):
    make_join_request(room.group, room.outsider)
    User.objects.filter(pk=room.author.pk).update(is_active=False)
    everybody = list(User.objects.all())
    for audience in Audience:
        found = set(readers(room.group, audience))
        if audience != Audience.ACCOUNT:
            allowed = {user for user in everybody if may_be_told(audience, room.group, user)}
            assert found == allowed
    assert set(readers(room.group, Audience.MEMBERS)) == {room.organizer, room.member}
    assert set(readers(room.group, Audience.ORGANIZERS)) == {room.organizer}
    assert set(readers(room.group, Audience.APPLICANTS)) == {room.outsider}


def test_who_is_removed_while_the_server_is_spoken_to_is_not_sent_it(room, monkeypatch):
    group_deletion.ask_deletion(room.group, room.organizer)
    connect = outbox.get_connection

    def slow(name: str) -> Any:
        Membership.objects.filter(group=room.group, user=room.member).delete()
        return connect(name)

    monkeypatch.setattr(outbox, "get_connection", slow)
    assert send_all() == {room.organizer.email, room.author.email}


def test_who_is_removed_while_a_letter_waits_to_be_tried_again_is_not_sent_it(room, monkeypatch):
    group_deletion.ask_deletion(room.group, room.organizer)
    connect = outbox.get_connection

    def away(name: str) -> Any:
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "get_connection", away)
    assert send_all() == set()
    room.membership_of(room.member).remove(by=room.organizer)
    OutgoingEmail.objects.update(next_try_at=room.comment.created_at)
    monkeypatch.setattr(outbox, "get_connection", connect)
    assert send_all() == {room.organizer.email, room.author.email}


def test_an_invitation_that_another_one_replaced_is_not_sent(room):
    invite(room, room.outsider)
    invite(room, room.outsider)
    assert OutgoingEmail.objects.count() == 1
    send_all()
    assert len(mail.outbox) == 1


# Statuses


@pytest.mark.parametrize("shown", ["by_name", "counted", "hidden"])
@pytest.mark.parametrize("name", LETTERS)
def test_no_letter_tells_others_what_somebody_has_read(room, name, shown):
    """The words for everybody else are the same whether the author has read the paper or not."""
    room.membership_of(room.author).show_status(shown)
    reader = LETTERS[name].reader(room)

    def words(status: str) -> dict[str, Any]:
        room.paper.set_status(room.author, status)
        with transaction.atomic():
            LETTERS[name].post(room, reader)
            recipients = {
                letter.recipient: [letter.content[part] for part in ("subject", "body")]
                + [letter.content["attachments"]]
                for letter in OutgoingEmail.objects.exclude(recipient=room.author.email)
            }
            transaction.set_rollback(True)
        return recipients

    assert set(words("to_read")) >= {reader.email}
    unread, read = words("to_read"), words("read")
    differing = {to for to in unread if _without_numbers(unread[to]) != _without_numbers(read[to])}
    assert differing == set()


def _without_numbers(words: list[Any]) -> str:
    """Rows are made anew, so that a link or a handle has another number."""
    return "".join(sign for sign in str(words) if not sign.isdigit())
