"""What people say about themselves, and how the pages follow it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone, translation

from groups.forms.people import COLOURS, PersonForm
from groups.handles import OFFICES, RESERVED, check_handle, shape_of
from groups.models import User
from groups.models.people import AVATAR_COLOURS, UserManager
from groups.web.humanize import time_tag
from tests.factories import browser_of, make_user
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def filled(**fields: str) -> dict[str, str]:
    return {"name": "Mina Kaya", "handle": "mina", "time_zone": "UTC", "chosen_colour": ""} | fields


def facts(user: User) -> dict[str, object]:
    return User.objects.filter(pk=user.pk).values().get()


@BOTH
def test_person_update_saves_what_one_says(headers):
    mina = make_user("Mina")
    form = filled(name="Mina K.", handle="@Mina-K", time_zone="Asia/Tokyo", chosen_colour="11")
    page = browser_of(mina).post(PROFILE, form, headers=headers, follow=True)
    mina.refresh_from_db()
    assert (mina.name, mina.handle, mina.time_zone) == ("Mina K.", "mina-k", "Asia/Tokyo")
    assert mina.colour == mina.chosen_colour == 11
    assert is_whole_page(page)
    assert "Your profile was saved." in words_of(text_of(page))
    assert "avatar--11" in text_of(page)


def test_person_update_shows_what_is_so():
    mina = make_user("Mina", time_zone="Asia/Tokyo", chosen_colour=0)
    page = text_of(browser_of(mina).get(PROFILE))
    fields = fields_of(page)
    assert fields["name"] == ["Mina"]
    assert fields["handle"] == ["mina"]
    assert fields["time_zone"] == ["Asia/Tokyo"]
    assert fields["chosen_colour"] == ["0"]
    assert "language" not in fields


def test_a_colour_can_be_left_to_itself_again():
    mina = make_user("Mina", chosen_colour=3)
    browser_of(mina).post(PROFILE, filled())
    mina.refresh_from_db()
    assert mina.chosen_colour is None
    assert mina.colour == mina.pk % AVATAR_COLOURS


def test_each_colour_has_a_name_of_its_own():
    assert len(set(COLOURS)) == len(COLOURS) == AVATAR_COLOURS


def test_person_update_writes_only_what_its_form_asks():
    """A password that was changed in another window meanwhile stays changed."""
    mina = make_user("Mina")
    form = PersonForm(filled(name="Mina K."), instance=User.objects.get(pk=mina.pk))
    assert form.is_valid()
    mina.set_password("another long password")
    mina.save()
    form.keep()
    before, after = mina.password, User.objects.get(pk=mina.pk)
    assert after.name == "Mina K."
    assert after.password == before


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "email", "password", "is_demo"])
def test_person_update_takes_nothing_that_it_does_not_ask(field):
    mina = make_user("Mina")
    before = facts(mina)[field]
    browser_of(mina).post(PROFILE, filled(**{field: "1"}))
    assert facts(mina)[field] == before


BAD = [
    ("name", "", "This field is required."),
    ("name", "\u200b", "Write something first."),
    ("name", "Mina\u202eKaya", "change the direction of text"),
    ("name", "a" * 81, "at most 80 characters"),
    ("handle", "", "This field is required."),
    ("handle", "m", "looks like it"),
    ("handle", "a" * 41, "at most 40 characters"),
    ("handle", "mina kaya", "A handle has 1 to 40 small Latin letters"),
    ("handle", "-mina", "A handle has 1 to 40 small Latin letters"),
    ("handle", "mina!", "A handle has 1 to 40 small Latin letters"),
    ("handle", "mın", "A handle has 1 to 40 small Latin letters"),
    ("handle", "jоnas", "A handle has 1 to 40 small Latin letters"),
    ("handle", "ｍｉｎａ", "A handle has 1 to 40 small Latin letters"),
    ("handle", "\u212airsten", "A handle has 1 to 40 small Latin letters"),
    ("handle", "mi\u200bna", "A handle has 1 to 40 small Latin letters"),
    ("handle", "mi\u202ena", "A handle has 1 to 40 small Latin letters"),
    ("handle", "\u2067mina", "A handle has 1 to 40 small Latin letters"),
    ("handle", "admin", "could be taken for the site itself"),
    ("handle", "ADM1N", "could be taken for the site itself"),
    ("handle", "ac1rnin", "could be taken for the site itself"),
    ("handle", "seminar-support", "could be taken for the site itself"),
    ("handle", "everyone", "could be taken for the site itself"),
    ("handle", "jonas", "This handle, or one that looks like it, is taken."),
    ("handle", "JONAS", "This handle, or one that looks like it, is taken."),
    ("handle", "j0na5", "This handle, or one that looks like it, is taken."),
    ("handle", "jon-as", "This handle, or one that looks like it, is taken."),
    ("time_zone", "Mars/Olympus", "is not a time zone"),
    ("time_zone", "", "This field is required."),
    ("time_zone", "../../etc/passwd", "is not a time zone"),
    ("chosen_colour", "12", "There is no such colour."),
    ("chosen_colour", "-1", "There is no such colour."),
    ("chosen_colour", "red", "There is no such colour."),
    ("chosen_colour", "9" * 5000, "There is no such colour."),
]


@BOTH
@pytest.mark.parametrize(("field", "value", "sentence"), BAD)
def test_person_update_says_what_is_wrong_and_changes_nothing(field, value, sentence, headers):
    make_user("Jonas")
    make_user("M")
    mina = make_user("Mina")
    browser = browser_of(mina)
    before = facts(mina)
    page = browser.post(
        PROFILE, filled(name="Changed", handle="changed") | {field: value}, headers=headers
    )
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert facts(mina) == before


def test_a_refused_name_does_not_stand_in_the_menu():
    mina = make_user("Mina Kaya")
    page = browser_of(mina).post(PROFILE, filled(name="Changed", handle="admin"))
    assert "<bdi>Mina Kaya</bdi>" in text_of(page)
    assert "<bdi>Changed</bdi>" not in text_of(page)
    assert fields_of(text_of(page))["name"] == ["Changed"]


def test_one_keeps_ones_own_handle():
    mina = make_user("Mina")
    assert browser_of(mina).post(PROFILE, filled(name="Mina K.")).status_code == 302
    assert browser_of(mina).post(PROFILE, filled(handle="m1na")).status_code == 302


def test_of_two_who_want_one_handle_at_once_the_later_is_told(monkeypatch):
    """The check does not see the one who is just a moment ahead; the database does."""
    mina = make_user("Mina")
    make_user("Quick", handle="quick")
    looked: list[str] = []
    look = UserManager.with_handle_like

    def with_handle_like(people, handle):
        looked.append(handle)
        return people.none() if len(looked) == 1 else look(people, handle)

    monkeypatch.setattr(UserManager, "with_handle_like", with_handle_like)
    page = browser_of(mina).post(PROFILE, filled(name="Mina K.", handle="qu1ck"))
    assert page.status_code == 422
    assert "This handle, or one that looks like it, is taken." in words_of(text_of(page))
    assert fields_of(text_of(page))["name"] == ["Mina K."]
    mina.refresh_from_db()
    assert (mina.name, mina.handle) == ("Mina", "mina")
    assert looked == ["qu1ck", "qu1ck"]


def test_a_stranger_has_no_profile():
    assert browser_of().get(PROFILE).status_code == 302
    assert browser_of().post(PROFILE, filled()).status_code == 401


def test_the_account_menu_leads_to_it():
    assert f'href="{PROFILE}"' in text_of(browser_of(make_user()).get("/"))


# Handles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mina", "rnina"), ("mina", "m1na"), ("claude", "c1aude"), ("claude", "ciaude"),
        ("jonas", "j0nas"), ("bob", "8o6"), ("olga", "o1ga"), ("olga", "ol9a"), ("vvv", "vw"),
        ("wv", "vw"), ("eve", "3v3"), ("tom", "7om"), ("a-b", "ab"), ("a_b", "a-b"),
        ("quinn", "guinn"),        ("zoe", "2oe"), ("anna", "4nn4"), ("susan", "5u5an"),
    ],
)  # fmt: skip
def test_handles_that_look_alike_are_one(one, other):
    assert shape_of(one) == shape_of(other)


def test_handles_that_look_different_are_two():
    handles = ["mina", "nina", "jonas", "jona", "aiko", "ravi", "lena", "noam", "otto", "reader"]
    assert len({shape_of(handle) for handle in handles}) == len(handles)


def test_a_shape_is_never_longer_than_its_handle():
    for handle in ("w" * 40, "m" * 40, "d" * 40, "vw" * 20, "clrnvv"):
        assert len(shape_of(handle)) <= len(handle)


@pytest.mark.parametrize("word", sorted(RESERVED | OFFICES))
def test_no_reserved_word_is_a_handle(word):
    with pytest.raises(Exception, match="could be taken for the site itself"):
        check_handle(word)


@pytest.mark.parametrize(
    "handle", ["the-admin", "admin_2", "real-staff", "seminar-team", "0perator-1"]
)
def test_an_office_is_not_part_of_a_handle_either(handle):
    with pytest.raises(Exception, match="could be taken for the site itself"):
        check_handle(handle)


@pytest.mark.parametrize("handle", ["mina", "a", "group-theory", "all-ears", "badminton", "7"])
def test_a_handle_of_ones_own_is_taken(handle):
    check_handle(handle)
    person = make_user("Mina")
    person.describe(handle=handle)
    assert User.objects.get().handle == handle


def test_a_name_like_an_office_gets_another_handle():
    assert make_user("Seminar Support").handle == "reader"


def test_the_database_keeps_handles_apart_that_look_alike():
    make_user("Jonas")
    mina = make_user("Mina")
    with pytest.raises(IntegrityError):
        mina.describe(handle="j0nas")


# One's own clock and language


def test_moments_are_told_by_the_clock_of_the_reader(room):
    moment = timezone.now().replace(hour=23, minute=30) - timedelta(days=1)
    room.thread.comments.update(created_at=moment)
    address = f"/groups/{room.group.slug}/threads/{room.thread.pk}/"
    assert f'title="{moment:%Y-%m-%d} 23:30 UTC"' in text_of(browser_of(room.member).get(address))
    room.member.describe(time_zone="Asia/Tokyo")
    page = text_of(browser_of(room.member).get(address))
    assert f'title="{moment + timedelta(days=1):%Y-%m-%d} 08:30 Asia/Tokyo"' in page
    assert f'datetime="{moment:%Y-%m-%dT23:30}+00:00"' in page
    assert f'title="{moment:%Y-%m-%d} 23:30 UTC"' in text_of(browser_of(room.author).get(address))


def test_after_a_week_the_day_is_that_of_the_reader():
    moment = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert ">1 Nov 2026<" in time_tag(moment, now)
    with timezone.override("Asia/Tokyo"):
        assert ">2 Nov 2026<" in time_tag(moment, now)


def test_an_invitation_expires_by_the_clock_of_the_reader(room):
    at = datetime(2126, 11, 24, 23, 30, tzinfo=UTC)
    room.group.invitations.update(expires_at=at)
    room.organizer.describe(time_zone="Asia/Tokyo")
    page = text_of(browser_of(room.organizer).get(f"/groups/{room.group.slug}/members/"))
    assert "25 Nov 2126, 08:30" in page


def test_nobodys_clock_is_left_to_the_next_one(room):
    room.member.describe(time_zone="Asia/Tokyo")
    browser_of(room.member).get("/")
    assert timezone.get_current_timezone_name() == "UTC"
    assert translation.get_language() == "en"


def test_a_zone_that_this_machine_does_not_know_is_utc(room):
    User.objects.filter(pk=room.member.pk).update(time_zone="Mars/Olympus")
    assert browser_of(room.member).get("/").status_code == 200


def test_pages_carry_the_language_of_their_reader(settings):
    mina = make_user("Mina")
    assert '<html lang="en"' in text_of(browser_of(mina).get("/"))
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    mina.describe(language="de")
    page = text_of(browser_of(mina).get(PROFILE))
    assert '<html lang="de"' in page
    assert fields_of(page)["language"] == ["de"]


def test_a_second_language_can_be_chosen_once_there_is_one(settings, monkeypatch):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    monkeypatch.setattr(User._meta.get_field("language"), "choices", settings.LANGUAGES)
    mina = make_user("Mina")
    assert browser_of(mina).post(PROFILE, filled(language="de")).status_code == 302
    mina.refresh_from_db()
    assert mina.language == "de"
    assert browser_of(mina).post(PROFILE, filled(language="xx")).status_code == 422
    mina.refresh_from_db()
    assert mina.language == "de"


def test_a_stranger_is_answered_in_the_language_of_the_browser(settings):
    german = {"Accept-Language": "de-DE,de;q=0.9"}
    assert '<html lang="en"' in text_of(browser_of().get("/accounts/login/", headers=german))
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    page = text_of(browser_of().get("/accounts/login/", headers=german))
    assert '<html lang="de"' in page
