"""What people are told of who asks to join, and of what becomes of a group."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.utils import timezone

from groups.events import registry
from groups.mail import joining_mail
from groups.models import Group, Invitation, JoinRequest, User
from papers.archives.group_deletion import ask_deletion, withdraw_deletion
from papers.models import Notification, Reason
from papers.notifications.group_events import KINDS
from papers.notifications.mail import send_due
from papers.notifications.reasons import CHOSEN
from tests.factories import Room, browser_of, make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    found = Notification.objects.of(user).readable().order_by("pk")
    return list(found.values_list("reason", flat=True))


def page_of(user: User) -> str:
    return text_of(browser_of(user).get("/notifications/"))


def own_address(user: User) -> None:
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


def invite(room: Room, address: str) -> Invitation:
    soon = timezone.now() + timedelta(days=7)
    (invitation,) = joining_mail.invite(
        room.group, room.organizer, [address], role="member", expires_at=soon
    )
    return invitation


@pytest.fixture
def listed(room: Room) -> Group:
    room.group.visibility = Group.Visibility.LISTED
    room.group.save()
    return room.group


def test_each_kind_that_is_told_is_a_kind_of_event() -> None:
    assert KINDS.keys() <= registry.registered().keys()


class TestJoining:
    def test_organizers_are_told_who_asks_until_it_is_answered(
        self, room: Room, listed: Group
    ) -> None:
        request = joining_mail.ask_to_join(listed, room.outsider, "")
        assert told(room.organizer) == [Reason.ASKED]
        assert told(room.member) == told(room.outsider) == []
        assert f"{room.outsider.name} asked to join" in page_of(room.organizer)
        joining_mail.answer(request, room.organizer, "", accept=True)
        assert told(room.organizer) == []
        assert told(room.outsider) == [Reason.ACCEPTED]

    def test_a_request_that_is_taken_back_is_told_no_more(self, room: Room, listed: Group) -> None:
        joining_mail.ask_to_join(listed, room.outsider, "")
        JoinRequest.objects.get().withdraw()
        assert told(room.organizer) == []

    def test_an_organizer_who_steps_down_sees_no_requests(self, room: Room, listed: Group) -> None:
        joining_mail.ask_to_join(listed, room.outsider, "")
        room.group.memberships.filter(user=room.organizer).update(role="member")
        assert told(room.organizer) == []

    def test_who_is_declined_is_told_though_not_in_the_group(
        self, room: Room, listed: Group
    ) -> None:
        request = joining_mail.ask_to_join(listed, room.outsider, "")
        joining_mail.answer(request, room.organizer, "", accept=False)
        assert told(room.outsider) == [Reason.DECLINED]
        assert "declined your request to join" in page_of(room.outsider)

    def test_who_comes_by_a_link_is_told_nothing_of_it(self, room: Room) -> None:
        room.group.admit(room.outsider, "member", by=None)
        assert told(room.outsider) == []

    def test_the_email_of_a_request_is_the_only_one(self, room: Room, listed: Group) -> None:
        request = joining_mail.ask_to_join(listed, room.outsider, "")
        joining_mail.answer(request, room.organizer, "", accept=True)
        Notification.objects.filter(mail_at__isnull=False).update(mail_at=timezone.now())
        assert send_due() == 0
        assert len(outbox.outbox) == 2


class TestInvitations:
    def test_an_invited_person_joins_from_the_notification(self, room: Room) -> None:
        own_address(room.outsider)
        invitation = invite(room, room.outsider.email.upper())
        assert told(room.outsider) == [Reason.INVITED]
        browser, path = browser_of(room.outsider), f"/invitations/{invitation.pk}/"
        assert path in browser.get("/notifications/").content.decode()
        assert room.group.name in text_of(browser.get(path))
        assert browser.post(path).status_code == 302
        assert room.group.memberships.filter(user=room.outsider).exists()
        assert told(room.outsider) == []

    def test_without_a_shown_address_it_is_a_stranger_to_the_site(self, room: Room) -> None:
        invitation = invite(room, room.outsider.email)
        assert told(room.outsider) == []
        path = f"/invitations/{invitation.pk}/"
        assert browser_of(room.outsider).get(path).status_code == 404
        assert browser_of(room.outsider).post(path).status_code == 404

    def test_it_is_for_nobody_else(self, room: Room) -> None:
        invitation = invite(room, "someone.else@example.org")
        stranger = make_user("Stranger")
        own_address(stranger)
        assert browser_of(stranger).post(f"/invitations/{invitation.pk}/").status_code == 404
        assert not room.group.memberships.filter(user=stranger).exists()

    def test_a_revoked_one_is_told_no_more(self, room: Room) -> None:
        own_address(room.outsider)
        invitation = invite(room, room.outsider.email)
        invitation.revoke(room.organizer)
        assert told(room.outsider) == []
        assert browser_of(room.outsider).post(f"/invitations/{invitation.pk}/").status_code == 410

    def test_a_link_tells_nobody(self, room: Room) -> None:
        own_address(room.outsider)
        Invitation.objects.issue(
            room.group,
            room.organizer,
            role="member",
            expires_at=timezone.now() + timedelta(days=1),
        )
        assert not Notification.objects.exists()


class TestWhatBecomesOfTheGroup:
    def test_members_are_told_that_it_is_archived_and_open_again(self, room: Room) -> None:
        room.group.archive(room.organizer)
        room.group.reopen(room.organizer)
        assert told(room.member) == [Reason.ARCHIVED, Reason.REOPENED]
        assert told(room.organizer) == told(room.outsider) == []

    def test_an_email_says_that_it_is_archived(self, room: Room) -> None:
        room.group.archive(room.organizer)
        Notification.objects.filter(mail_at__isnull=False).update(mail_at=timezone.now())
        send_due()
        (letter,) = [one for one in outbox.outbox if one.to == [room.member.email]]
        assert f"{room.organizer.name} archived the group" in letter.subject
        assert f"/groups/{room.group.slug}/" in str(letter.body)

    def test_its_deletion_has_an_email_of_its_own(self, room: Room) -> None:
        ask_deletion(room.group, room.organizer)
        withdraw_deletion(room.group, room.organizer)
        assert told(room.member) == [Reason.DELETION, Reason.KEPT]
        assert not Notification.objects.filter(mail_at__isnull=False).exists()

    def test_one_who_left_sees_nothing_of_it(self, room: Room) -> None:
        room.group.archive(room.organizer)
        room.group.memberships.filter(user=room.member).delete()
        assert told(room.member) == []


def test_only_what_is_emailed_here_can_be_chosen(room: Room) -> None:
    page = text_of(browser_of(room.member).get("/notifications/settings/"))
    for row in CHOSEN.values():
        assert row.label in page
    assert "Requests to join" not in page
