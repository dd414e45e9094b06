"""Who is in, in which role, and going."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.accounts import account_deletion
from groups.accounts.account_deletion import AccountDeletion
from groups.mail.joining_mail import answer, ask_to_join
from groups.models import Invitation, JoinRequest, LastOrganizer, Membership
from papers.archives.group_deletion import ask_deletion, withdraw_deletion
from papers.models import Comment, ReadingStatus
from tests.factories import Room, browser_of, make_membership, make_user
from tests.pages import HTMX, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def action(room: Room, person, verb: str) -> str:
    return f"/groups/{room.group.slug}/members/{room.membership_of(person).pk}/{verb}/"


def test_a_person_is_in_a_group_once(room):
    with (
        pytest.raises(IntegrityError, match=r"one_membership_per_person_and_group|UNIQUE"),
        transaction.atomic(),
    ):
        make_membership(room.group, room.member)


def test_a_role_is_one_of_two(room):
    with pytest.raises(IntegrityError, match="role_is_known"), transaction.atomic():
        room.group.memberships.update(role="owner")


def test_the_list_names_everybody(room):
    page = words_of(text_of(browser_of(room.member).get(f"/groups/{room.group.slug}/members/")))
    for person in (room.organizer, room.member, room.author):
        assert person.name in page
    assert room.outsider.name not in page


def test_only_organizers_see_the_invitations(room):
    address = f"/groups/{room.group.slug}/members/"
    piece = f'id="invitation-{room.invitation.pk}"'
    assert piece in text_of(browser_of(room.organizer).get(address))
    assert piece not in text_of(browser_of(room.member).get(address))


# The last organizer stays


@BOTH
def test_the_last_organizer_may_not_leave(room, headers):
    browser = browser_of(room.organizer)
    page = browser.post(f"/groups/{room.group.slug}/members/leave/", headers=headers)
    assert page.status_code == 409
    assert "A group needs an organizer who can sign in." in words_of(text_of(page))
    assert room.membership_of(room.organizer).is_organizer


@BOTH
def test_the_last_organizer_may_not_become_a_member(room, headers):
    browser = browser_of(room.organizer)
    page = browser.post(action(room, room.organizer, "role"), {"role": "member"}, headers=headers)
    assert page.status_code == 409
    assert "A group needs an organizer who can sign in." in words_of(text_of(page))
    assert room.membership_of(room.organizer).is_organizer


@BOTH
def test_the_last_organizer_may_not_be_removed(room, headers):
    browser = browser_of(room.organizer)
    page = browser.post(action(room, room.organizer, "remove"), headers=headers)
    assert page.status_code == 409
    assert "Name another one first" in words_of(text_of(page))
    assert room.membership_of(room.organizer).is_organizer


def test_the_actions_themselves_keep_an_organizer(room):
    membership = room.membership_of(room.organizer)
    with pytest.raises(LastOrganizer):
        membership.leave()
    with pytest.raises(LastOrganizer):
        membership.remove(by=room.organizer)
    with pytest.raises(LastOrganizer):
        membership.change_role("member", by=room.organizer)
    assert room.membership_of(room.organizer).is_organizer


def closed(membership: Membership) -> Membership:
    """The membership, whose account an operator has closed."""
    membership.user.is_active = False
    membership.user.save()
    return membership


@pytest.mark.parametrize("action", ["leave", "remove", "become a member", "delete the account"])
def test_an_organizer_with_a_closed_account_is_no_other_organizer(room, action):
    mine = room.membership_of(room.organizer)
    closed(make_membership(room.group, role="organizer"))
    match action:
        case "leave":
            with pytest.raises(LastOrganizer):
                mine.leave()
        case "remove":
            with pytest.raises(LastOrganizer):
                mine.remove(by=room.organizer)
        case "become a member":
            with pytest.raises(LastOrganizer):
                mine.change_role("member", by=room.organizer)
        case _:
            assert AccountDeletion(room.organizer).needed_in == [room.group]
    assert room.membership_of(room.organizer).is_organizer


def test_naming_somebody_whose_account_is_closed_lets_no_one_leave(room):
    mine = room.membership_of(room.organizer)
    closed(room.membership_of(room.member)).change_role("organizer", by=room.organizer)
    with pytest.raises(LastOrganizer):
        mine.leave()


def test_a_closed_organizer_can_be_removed_and_demoted(room):
    gone = closed(make_membership(room.group, role="organizer"))
    gone.change_role("member", by=room.organizer)
    gone.remove(by=room.organizer)
    assert not room.group.memberships.filter(pk=gone.pk).exists()


def test_members_leave_a_group_in_which_no_one_is_an_organizer_any_more(room):
    closed(room.membership_of(room.organizer))
    room.membership_of(room.member).leave()
    account_deletion.delete_account(room.author)
    assert [m.user for m in room.group.memberships.all()] == [room.organizer]


def test_an_invitation_ends_with_the_account_of_anyone_who_made_it(room):
    assert Invitation.objects.usable().filter(pk=room.invitation.pk).exists()
    closed(room.membership_of(room.organizer))
    assert not Invitation.objects.usable().filter(pk=room.invitation.pk).exists()
    fresh = Invitation.objects.get(pk=room.invitation.pk)
    assert (fresh.maker_is_organizer, fresh.whom_to_ask) == (False, None)
    other = make_membership(room.group, role="organizer").user
    assert Invitation.objects.get(pk=room.invitation.pk).whom_to_ask == other


def test_who_cannot_sign_in_is_written_to_about_nothing(room):
    other = closed(make_membership(room.group, role="organizer"))
    room.group.visibility = "listed"
    room.group.save()
    ask_to_join(room.group, room.outsider, "")
    room.outsider.is_active = False
    room.outsider.save()
    answer(JoinRequest.objects.get(), room.organizer, "", accept=False)
    ask_deletion(room.group, room.organizer)
    withdraw_deletion(room.group, room.organizer)
    recipients = {address for letter in mail.outbox for address in letter.to}
    assert room.organizer.email in recipients
    assert not recipients & {other.user.email, room.outsider.email}


def test_an_organizer_leaves_after_naming_another(room):
    browser = browser_of(room.organizer)
    browser.post(action(room, room.member, "role"), {"role": "organizer"})
    assert browser.post(f"/groups/{room.group.slug}/members/leave/").status_code == 302
    assert [m.user for m in Membership.objects.in_group(room.group).organizers()] == [room.member]


def test_an_organizer_of_two_may_become_a_member(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    room.membership_of(room.organizer).change_role("member", by=room.organizer)
    assert not room.membership_of(room.organizer).is_organizer


def test_an_organizer_stays_one_when_named_again(room):
    page = browser_of(room.organizer).post(
        action(room, room.organizer, "role"), {"role": "organizer"}
    )
    assert page.status_code == 302
    assert room.membership_of(room.organizer).is_organizer


# Roles


@BOTH
def test_membership_update_changes_the_role_and_says_so(room, headers):
    page = browser_of(room.organizer).post(
        action(room, room.member, "role"), {"role": "organizer"}, headers=headers, follow=True
    )
    assert room.membership_of(room.member).is_organizer
    assert is_whole_page(page)
    assert room.member.name in words_of(text_of(page))


@BOTH
@pytest.mark.parametrize("form", [{"role": "king"}, {"role": ""}, {}])
def test_membership_update_knows_two_roles_only(room, form, headers):
    page = browser_of(room.organizer).post(action(room, room.member, "role"), form, headers=headers)
    assert page.status_code == 422
    assert "There is no such role" in words_of(text_of(page))
    assert not room.membership_of(room.member).is_organizer


def test_a_role_works_from_the_next_click_on(room):
    browser = browser_of(room.member)
    settings = f"/groups/{room.group.slug}/settings/"
    assert browser.get(settings).status_code == 403
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    assert browser.get(settings).status_code == 200
    room.membership_of(room.member).change_role("member", by=room.organizer)
    assert browser.get(settings).status_code == 403


# Going


@pytest.mark.parametrize("way", ["leave", "remove"])
def test_what_a_former_member_said_stays_under_their_name(room, way):
    browser = browser_of(room.author if way == "leave" else room.organizer)
    address = f"/groups/{room.group.slug}/members/leave/"
    browser.post(address if way == "leave" else action(room, room.author, "remove"))

    assert not Membership.objects.filter(group=room.group, user=room.author).exists()
    assert Comment.objects.get(pk=room.comment.pk).author == room.author
    thread = browser_of(room.member).get(f"/groups/{room.group.slug}/threads/{room.thread.pk}/")
    assert room.comment.source in words_of(text_of(thread))
    assert room.author.name in words_of(text_of(thread))


def test_assignments_that_a_former_member_has_not_done_become_open_slots(room):
    room.membership_of(room.author).leave()
    room.assignment.refresh_from_db()
    assert room.assignment.is_open


def test_an_assignment_that_a_former_member_has_done_is_not_open(room):
    room.assignment.finish(room.membership_of(room.author))
    room.membership_of(room.author).leave()
    room.assignment.refresh_from_db()
    assert not room.assignment.is_open


def test_statuses_of_a_former_member_stay_and_do_not_count(room):
    room.paper.set_status(room.author, "read")
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/"
    assert browser.get(address).context["counts"]["group_read"] == 1
    room.membership_of(room.author).leave()
    assert ReadingStatus.objects.get(user=room.author).status == "read"
    assert browser.get(address).context["counts"]["group_read"] == 0


def test_who_comes_back_has_their_statuses_again(room):
    room.paper.set_status(room.author, "read")
    room.membership_of(room.author).leave()
    make_membership(room.group, room.author)
    page = browser_of(room.author).get(f"/groups/{room.group.slug}/")
    assert page.context["counts"]["read"] == 1


def test_without_their_account_what_they_said_stays_without_a_name(room):
    name = room.author.name
    room.author.delete()
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/threads/{room.thread.pk}/")
    assert room.comment.source in words_of(text_of(page))
    assert "Somebody who left" in words_of(text_of(page))
    assert name not in words_of(text_of(page))


def test_leaving_is_asked_before_it_is_done(room):
    browser = browser_of(room.member)
    page = browser.get(f"/groups/{room.group.slug}/members/leave/")
    assert "Your comments stay." in words_of(text_of(page))
    assert room.membership_of(room.member)
    page = browser.post(f"/groups/{room.group.slug}/members/leave/", follow=True)
    assert f"You have left {room.group.name}." in words_of(text_of(page))


def test_an_outsider_is_in_no_list_of_members(room):
    assert make_user("Nobody") not in [m.user for m in Membership.objects.in_group(room.group)]


# Who is offered below an `@`


def offered(person, group, typed: str = "") -> list[str]:
    """The handles in the order in which they are offered."""
    answer = browser_of(person).get(f"/groups/{group.slug}/members/mentionable/", {"typed": typed})
    assert answer.status_code == 200
    return re.findall(r'data-text="@([^"]+)"', text_of(answer))


def said_of(room: Room, typed: str) -> str:
    """What is read out of those who are offered."""
    path = f"/groups/{room.group.slug}/members/mentionable/?typed={typed}"
    found = re.search(r'data-said="([^"]+)"', text_of(browser_of(room.member).get(path)))
    assert found
    return found[1]


def test_the_other_members_are_offered_by_name(room):
    assert offered(room.member, room.group) == [room.author.handle, room.organizer.handle]
    assert offered(room.organizer, room.group) == [room.author.handle, room.member.handle]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("José Núñez", "nun"),
        ("Jose Nunez", "NÚÑ"),
        ("Łukasz Øvergård", "overg"),
        ("Łukasz Øvergård", "luka"),
        ("Jörg Weiß", "WEISS"),
        ("Zoe\u0308 Martin", "zoë"),
        ("ליאת כהן", "כה"),
        ("مُحَمَّد", "محمد"),
        ("Ann-Sophie", "sophie"),
    ],
)
def test_a_member_is_found_without_regard_to_case_and_accents(room, name, typed):
    found = make_membership(room.group, make_user(name)).user
    assert offered(room.member, room.group, typed) == [found.handle]


def test_a_member_is_found_by_the_handle(room):
    found = make_user("Maria Rossi")
    found.describe(handle="quill-7")
    make_membership(room.group, found)
    assert offered(room.member, room.group, "Quill") == ["quill-7"]
    assert offered(room.member, room.group, "quilt") == []


def test_words_that_begin_so_come_before_those_that_have_it_within(room):
    for name in ("Rosanna", "Zara Santos"):
        make_membership(room.group, make_user(name))
    assert offered(room.member, room.group, "san") == ["zara-santos", "rosanna"]


def test_at_most_eight_are_offered_and_their_number_is_said(room):
    for number in range(12):
        make_membership(room.group, make_user(f"Quentin {number:02}"))
    assert said_of(room, "quen").startswith("8 members:")
    assert said_of(room, "anna").startswith("1 member:")
    assert said_of(room, "xyz") == "No members found"
    assert len(offered(room.member, room.group, "quen")) == 8


def test_those_who_left_or_whose_account_is_closed_are_not_offered(room, foreign):
    room.membership_of(room.author).leave()
    room.organizer.is_active = False
    room.organizer.save()
    assert offered(room.member, room.group) == []
    assert offered(foreign.member, foreign.group, "readers") == []


def test_the_names_offered_are_text(room):
    make_membership(room.group, make_user("<img src=x onerror=alert(1)>", handle="plain"))
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/members/mentionable/?typed=img")
    assert "&lt;img src=x" in text_of(page)
    assert "<img" not in text_of(page)


@pytest.mark.parametrize("typed", ["@" * 5000, "\u202e", "%00", "🦊"])
def test_what_no_one_is_called_offers_no_one(room, typed):
    assert offered(room.member, room.group, typed) == []


def test_members_are_offered_in_a_group_that_is_only_read(room):
    room.group.archived_at = timezone.now()
    room.group.save()
    assert room.author.handle in offered(room.member, room.group, "anna")
