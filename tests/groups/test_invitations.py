"""Links that let people in: for a while, for so many, and only by pressing *Join*."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from groups.models import Invitation, InvitationOver, Membership
from tests.factories import browser_of, make_invitation, make_user
from tests.pages import HTMX, is_whole_page, text_of, words_of
from tests.rows import everything

pytestmark = pytest.mark.django_db


def join(secret: str) -> str:
    return f"/join/{secret}/"


def make_link(room, browser: Client, **form):
    form = {"role": "member", "days": 7, "uses_allowed": 20} | form
    return browser.post(f"/groups/{room.group.slug}/invitations/new/", form, follow=True)


def link_on(page) -> str:
    link = re.search(r"http://testserver(/join/[\w-]+/)", text_of(page))
    assert link
    return link[1]


def test_invitation_create_leads_to_the_link(room):
    browser = browser_of(room.organizer)
    page = make_link(room, browser)
    assert page.status_code == 200
    members = text_of(browser.get(f"/groups/{room.group.slug}/members/"))
    assert link_on(page) not in members
    assert browser_of(room.outsider).post(link_on(page)).status_code == 302
    assert room.membership_of(room.outsider).role == "member"


def test_a_double_click_makes_one_link_and_shows_it(room):
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/invitations/new/"
    form = {"role": "member", "days": 7, "uses_allowed": 20, "idempotency_key": "k1"}
    first, second = (browser.post(address, form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert link_on(browser.get(second["Location"]))
    assert Invitation.objects.in_group(room.group).count() == 2


def test_invitation_detail_shows_a_link_for_an_hour(room, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    browser = browser_of(room.organizer)
    page = make_link(room, browser)
    address = page.redirect_chain[-1][0]
    secret = link_on(page).split("/")[2]
    hour = timedelta(hours=1)
    Invitation.objects.update(created_at=timezone.now() - hour + timedelta(minutes=1))
    assert secret in text_of(browser.get(address))
    Invitation.objects.update(created_at=timezone.now() - hour - timedelta(seconds=1))
    late = browser.get(address)
    assert late.status_code == 410
    assert secret not in text_of(late)
    assert "make a new one" in words_of(text_of(late))
    call_command("tidy")
    assert set(Invitation.objects.values_list("nonce", flat=True)) == {""}
    assert browser_of(room.outsider).get(join(secret)).status_code == 200


def test_invitation_detail_is_for_the_organizer_who_made_the_link(room):
    page = make_link(room, browser_of(room.organizer))
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    other = browser_of(room.member)
    assert other.get(page.redirect_chain[-1][0]).status_code == 404
    assert other.get(f"/groups/{room.group.slug}/invitations/").status_code == 200


def test_invitation_detail_shows_no_link_that_is_over(room):
    browser = browser_of(room.organizer)
    page = make_link(room, browser)
    Invitation.objects.latest("pk").revoke(by=room.organizer)
    answer = browser.get(page.redirect_chain[-1][0])
    assert answer.status_code == 410
    assert "was revoked" in words_of(text_of(answer))


def test_invitation_detail_shows_no_link_that_was_mailed(room):
    send(room, "nina@example.org")
    mailed = Invitation.objects.get(email="nina@example.org")
    address = f"/groups/{room.group.slug}/invitations/{mailed.pk}/"
    assert browser_of(room.organizer).get(address).status_code == 404


def test_a_link_is_shown_again_after_the_site_has_a_new_key(room, settings):
    browser = browser_of(room.organizer)
    page = make_link(room, browser)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next one"
    assert link_on(browser.get(page.redirect_chain[-1][0])) == link_on(page)


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


def test_opening_the_link_lets_no_one_in(room):
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


def test_anyone_who_is_in_already_stays_in_and_uses_nothing_up(room):
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


def test_the_action_itself_lets_no_one_in_any_more(room):
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


def test_an_invitation_ends_with_the_office_of_anyone_who_made_it(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    room.membership_of(room.organizer).change_role("member", by=room.member)
    page = browser_of(room.outsider).post(join(room.secret))
    assert page.status_code == 410
    assert f"Ask {room.member.name}" in words_of(text_of(page))
    assert not Membership.objects.filter(user=room.outsider).exists()


# By mail


SEND = "/groups/{}/invitations/mail/"


def send(room, emails: str, **form):
    address = SEND.format(room.group.slug)
    form = {"emails": emails, "role": "member", "days": "7", "note": ""} | form
    return browser_of(room.organizer).post(address, form, follow=True)


def link_in(letter) -> str:
    link = re.search(r"http://testserver(/join/[\w-]+/)", letter.body)
    assert link
    return link[1]


def test_invitation_send_mails_each_address_a_link_of_its_own(room):
    page = send(room, "Nina@example.org\n\n nora@example.org \n", note="We meet on Tuesdays.")
    assert "2 invitations are on the way." in words_of(text_of(page))
    assert [letter.to for letter in mail.outbox] == [["nina@example.org"], ["nora@example.org"]]
    for letter in mail.outbox:
        assert room.organizer.name in letter.subject
        assert "We meet on Tuesdays." in letter.body
    first, second = (link_in(letter) for letter in mail.outbox)
    assert first != second
    nina = make_user(email="nina@example.org")
    assert browser_of(nina).post(first).status_code == 302
    assert room.membership_of(nina).invitation.email == "nina@example.org"


def test_a_mailed_invitation_is_for_that_address_only(room):
    send(room, "nina@example.org")
    browser = browser_of(room.outsider)
    for method in (browser.get, browser.post):
        page = method(link_in(mail.outbox[0]))
        assert page.status_code == 403
        assert "was sent to n•••@example.org" in words_of(text_of(page))
        assert "nina@example.org" not in text_of(page)
    assert not Membership.objects.filter(user=room.outsider).exists()


def test_the_address_counts_whatever_its_case(room):
    send(room, "NINA@Example.org")
    nina = make_user(email="nina@example.org")
    assert browser_of(nina).post(link_in(mail.outbox[0])).status_code == 302


def test_an_invitation_that_is_sent_again_ends_the_one_before(room):
    send(room, "nina@example.org")
    send(room, "nina@example.org")
    nina = make_user(email="nina@example.org")
    old, new = (link_in(letter) for letter in mail.outbox)
    assert browser_of(nina).post(old).status_code == 410
    assert browser_of(nina).post(new).status_code == 302


def test_no_secret_of_a_mailed_link_is_kept_anywhere(room):
    send(room, "nina@example.org")
    secret = link_in(mail.outbox[0]).split("/")[2]
    assert secret not in str(everything())


@pytest.mark.parametrize(
    "emails",
    ["", "nina", "nina@example.org\nnobody", "nina@example.org\nBcc: x@example.org",
     "a@example.org\r\nSubject: x", "nina@exa mple.org", "\u202enina@example.org"],
)  # fmt: skip
def test_invitation_send_names_what_is_no_address_and_sends_none(room, emails):
    page = send(room, emails)
    assert page.status_code == 422
    assert page.context["form"].errors["emails"]
    assert Invitation.objects.count() == 1
    assert mail.outbox == []


def test_an_organizer_mails_so_many_a_day_and_no_more(room):
    for start in (0, 10):
        send(room, "\n".join(f"person{n}@example.org" for n in range(start, start + 10)))
    page = send(room, "one-more@example.org")
    assert page.status_code == 422
    assert "0 are left today" in words_of(text_of(page))
    assert len(mail.outbox) == 20
    Invitation.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    assert send(room, "one-more@example.org").status_code == 200


def test_an_address_gets_so_many_a_day_and_no_more(room):
    for _ in range(3):
        send(room, "nina@example.org")
    page = send(room, "nora@example.org\nnina@example.org")
    assert page.status_code == 422
    assert "nina@example.org has had 3 invitations today" in words_of(text_of(page))
    assert len(mail.outbox) == 3


# Who came by which


def test_organizers_see_every_invitation_and_who_came_by_it(room):
    browser_of(room.outsider).post(join(room.secret))
    page = browser_of(room.organizer).get(f"/groups/{room.group.slug}/invitations/")
    words = words_of(text_of(page))
    assert f"Joined by it: {room.outsider.name}" in words
    assert "was already used" in words
    assert browser_of(room.member).get(page.request["PATH_INFO"]).status_code == 403


# Guesses


def test_guessing_is_stopped_before_the_twenty_first(room):
    browser = browser_of(room.outsider)
    statuses = [browser.get(join(f"guess-{n}")).status_code for n in range(25)]
    assert statuses == [404] * 20 + [429] * 5
    assert int(browser.get(join("guess"))["Retry-After"]) in range(1, 61)
    assert browser.get(join(room.secret)).status_code == 200
