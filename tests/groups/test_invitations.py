"""Links that let people in: for a while, for so many, and only by pressing *Join*."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.models import Invitation, InvitationOver, Membership
from tests.factories import browser_of, make_invitation, make_user
from tests.pages import HTMX, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db


def join(secret: str) -> str:
    return f"/join/{secret}/"


def test_invitation_create_shows_the_link_this_once(room):
    browser = browser_of(room.organizer)
    page = browser.post(
        f"/groups/{room.group.slug}/invitations/new/",
        {"role": "member", "days": 7, "uses_allowed": 20},
    )
    link = re.search(r"http://testserver/join/([\w-]+)/", text_of(page))
    assert link
    members = text_of(browser.get(f"/groups/{room.group.slug}/members/"))
    assert link[1] not in members
    assert browser_of(room.outsider).post(join(link[1])).status_code == 302
    assert room.membership_of(room.outsider).role == "member"


def test_only_the_hash_of_the_secret_is_kept(room):
    kept = Invitation.objects.filter(pk=room.invitation.pk).values().get()
    assert room.secret not in str(kept)
    assert len(kept["secret_hash"]) == 64
    assert len(room.secret) >= 32


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "king"),
        ("role", ""),
        ("days", "8"),
        ("days", "-1"),
        ("days", ""),
        ("uses_allowed", "0"),
        ("uses_allowed", "501"),
        ("uses_allowed", "many"),
        ("uses_allowed", "1e400"),
        ("uses_allowed", "9" * 5000),
    ],
)
def test_invitation_create_says_what_is_wrong_and_makes_none(room, field, value, headers):
    form = {"role": "member", "days": "7", "uses_allowed": "20"} | {field: value}
    page = browser_of(room.organizer).post(
        f"/groups/{room.group.slug}/invitations/new/", form, headers=headers
    )
    assert page.status_code == 422
    error = page.context["form"].errors[field][0]
    assert error in words_of(text_of(page))
    assert Invitation.objects.count() == 1


def test_an_invitation_may_name_an_organizer(room):
    _, secret = make_invitation(room.group, role="organizer")
    browser_of(room.outsider).post(join(secret))
    assert room.membership_of(room.outsider).is_organizer


# Seen by the invited


def test_opening_the_link_lets_nobody_in(room):
    browser = browser_of(room.outsider)
    for _ in range(2):
        page = browser.get(join(room.secret))
        assert page.status_code == 200
        browser.head(join(room.secret))
    words = words_of(text_of(page))
    assert room.group.name in words
    assert room.organizer.name in words
    assert not Membership.objects.filter(user=room.outsider).exists()
    assert Invitation.objects.get(pk=room.invitation.pk).uses == 0


def test_a_stranger_is_carried_to_sign_up_and_back_to_the_invitation(room):
    browser = browser_of()
    page = text_of(browser.get(join(room.secret)))
    sign_up = re.search(r'href="(/accounts/signup/\?next=[^"]+)"', page)
    assert sign_up
    form = {"name": "Nina", "email": "nina@example.org", "password1": "a good long password"}
    after = browser.post(sign_up[1], form | {"next": join(room.secret)})
    assert after.status_code == 302
    assert after.url == join(room.secret)
    assert browser.get(after.url).status_code == 200
    assert browser.post(after.url).status_code == 302
    assert room.group.memberships.filter(user__email="nina@example.org").exists()


def test_a_stranger_who_presses_join_is_carried_there_too(room):
    after = browser_of().post(join(room.secret))
    assert after.status_code == 302
    assert after.url == f"/accounts/signup/?next=/join/{room.secret}/"


def test_the_page_shows_nothing_else_of_the_group(room):
    words = words_of(text_of(browser_of().get(join(room.secret))))
    for private in (room.paper.title, room.topic.name, room.member.name, room.comment.source):
        assert private not in words


# Let in


def test_accepting_uses_the_invitation_up(room):
    page = browser_of(room.outsider).post(join(room.secret), follow=True)
    assert page.redirect_chain == [(f"/groups/{room.group.slug}/", 302)]
    assert "Welcome to Readers." in words_of(text_of(page))
    assert room.membership_of(room.outsider).role == "member"
    assert Invitation.objects.get(pk=room.invitation.pk).uses == 1


def test_accepting_twice_is_accepting_once(room):
    _, secret = make_invitation(room.group, uses_allowed=3)
    browser = browser_of(room.outsider)
    for _ in range(2):
        assert browser.post(join(secret)).status_code == 302
    assert room.group.memberships.filter(user=room.outsider).count() == 1
    assert Invitation.objects.get(uses_allowed=3).uses == 1


def test_whoever_is_in_already_stays_in_and_uses_nothing_up(room):
    page = browser_of(room.organizer).post(join(room.secret))
    assert page.status_code == 302
    assert room.membership_of(room.organizer).is_organizer
    assert Invitation.objects.get(pk=room.invitation.pk).uses == 0


# Over


def over_in_three_ways(room):
    used, used_secret = make_invitation(room.group)
    used.accept(make_user())
    revoked, revoked_secret = make_invitation(room.group)
    revoked.revoke(by=room.organizer)
    yesterday = timezone.now() - timedelta(days=1)
    _, expired_secret = make_invitation(room.group, expires_at=yesterday)
    return {
        "was already used": used_secret,
        "was revoked": revoked_secret,
        "has expired": expired_secret,
    }


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("why", ["was already used", "was revoked", "has expired"])
def test_an_invitation_that_is_over_says_why_and_whom_to_ask(room, why, method):
    secret = over_in_three_ways(room)[why]
    page = getattr(browser_of(room.outsider), method)(join(secret))
    assert page.status_code == 410
    words = words_of(text_of(page))
    assert why in words
    assert f"Ask {room.organizer.name}" in words
    assert is_whole_page(page)
    assert not Membership.objects.filter(user=room.outsider).exists()


def test_the_deed_itself_lets_nobody_in_any_more(room):
    for why, secret in over_in_three_ways(room).items():
        with pytest.raises(InvitationOver, match=why):
            Invitation.objects.with_secret(secret).get().accept(room.outsider)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("secret", ["no-such-secret", "0", "None", "a" * 3000])
def test_an_unknown_secret_is_not_found(room, secret, method):
    assert getattr(browser_of(room.outsider), method)(join(secret)).status_code == 404


@pytest.mark.parametrize("change", [str.swapcase, str.upper, lambda s: s + "%20", lambda s: s[:-1]])
def test_nearly_the_secret_is_not_the_secret(room, change):
    assert browser_of(room.outsider).get(join(change(room.secret))).status_code == 404


def test_a_hash_is_not_a_secret(room):
    assert browser_of(room.outsider).get(join(room.invitation.secret_hash)).status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_invitation_revoke_ends_it_at_once(room, headers):
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/invitations/{room.invitation.pk}/revoke/"
    first = browser.post(address, headers=headers, follow=True)
    assert first.status_code == 200
    revoked_at = Invitation.objects.get(pk=room.invitation.pk).revoked_at
    browser.post(address, headers=headers)
    assert Invitation.objects.get(pk=room.invitation.pk).revoked_at == revoked_at
    assert browser_of(room.outsider).post(join(room.secret)).status_code == 410


def test_the_database_lets_in_no_more_than_were_allowed(room):
    with (
        pytest.raises(IntegrityError, match="uses_never_above_the_number_allowed"),
        transaction.atomic(),
    ):
        Invitation.objects.filter(pk=room.invitation.pk).update(uses=2)


def test_an_invitation_ends_with_the_office_of_whoever_made_it(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    room.membership_of(room.organizer).change_role("member", by=room.member)
    page = browser_of(room.outsider).post(join(room.secret))
    assert page.status_code == 410
    assert f"Ask {room.member.name}" in words_of(text_of(page))
    assert not Membership.objects.filter(user=room.outsider).exists()
