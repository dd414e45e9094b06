"""Every page asks who is there; what a visitor wrote is not lost by that."""

import pytest
from django.contrib.sessions.models import Session

from papers.models import Comment
from tests.factories import PASSWORD, Room, browser_of
from tests.pages import HTMX, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def answer_form(room: Room) -> str:
    return f"/groups/{room.group.slug}/threads/{room.thread.pk}/comments/new/"


# A session that ended


def test_a_stranger_is_led_to_sign_in_and_back(room):
    browser = browser_of()
    address = f"/groups/{room.group.slug}/?show=read"
    page = browser.get(address)
    assert page.status_code == 302
    assert page.url == f"{SIGN_IN}?next=/groups/{room.group.slug}/%3Fshow%3Dread"
    form = {"login": room.member.email, "password": PASSWORD}
    assert browser.post(page.url, form).url == address


def test_a_press_after_the_session_ended_leads_to_sign_in_and_back_to_its_page(room):
    browser = browser_of(room.member)
    Session.objects.all().delete()
    answer = browser.post(
        f"/groups/{room.group.slug}/papers/{room.paper.pk}/status/",
        {"state": "read"},
        headers=HTMX | {"HX-Current-URL": f"http://testserver/groups/{room.group.slug}/?show=read"},
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/groups/{room.group.slug}/%3Fshow%3Dread"
    assert answer.content == b""
    assert not room.paper.statuses.exists()


def test_a_get_of_htmx_is_led_there_too(room):
    answer = browser_of().get(f"/groups/{room.group.slug}/", headers=HTMX)
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith(SIGN_IN)


HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "http://testserver@evil.example/",
    "http://evil.example\\@testserver/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http:///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "",
    "http://[::1",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_nobody_is_led_to_another_site_by_the_address_of_the_press(room, url):
    answer = browser_of().get("/groups/x/", headers=HTMX | {"HX-Current-URL": url})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/"


@pytest.mark.parametrize("url", ["http://testserver//evil.example/x", "http://testserver/\\evil"])
def test_a_path_that_reads_as_another_site_is_not_followed(room, url):
    browser = browser_of()
    answer = browser.get("/groups/x/", headers=HTMX | {"HX-Current-URL": url})
    form = {"login": room.member.email, "password": PASSWORD}
    assert browser.post(answer["HX-Redirect"], form).url == "/"


@pytest.mark.parametrize("url", [url for url in HOSTILE if url])
def test_nobody_is_led_to_another_site_after_signing_in(room, url):
    form = {"login": room.member.email, "password": PASSWORD, "next": url}
    answer = browser_of().post(SIGN_IN, form)
    assert answer.status_code == 302
    assert answer.url == "/"


def test_a_form_sent_after_the_session_ended_comes_back_with_its_words(room):
    answer = browser_of().post(
        answer_form(room),
        {
            "source": "A long <b>thought</b>\nin two lines",
            "request_key": "secret-key-1",
            "csrfmiddlewaretoken": "secret-token-1",
            "password": "secret-password-1",
            "new_password": "secret-password-2",
        },
    )
    assert answer.status_code == 401
    assert is_whole_page(answer)
    assert "A long &lt;b&gt;thought&lt;/b&gt;\nin two lines" in text_of(answer)
    for secret in ("secret-key-1", "secret-token-1", "secret-password-1", "secret-password-2"):
        assert secret not in text_of(answer)
    assert SIGN_IN in text_of(answer)
    assert Comment.objects.count() == 1


def test_the_answer_to_a_stranger_tells_nothing_of_the_group(room):
    answer = browser_of().post(answer_form(room), {"source": "x"})
    missing = browser_of().post("/groups/none/threads/1/comments/new/", {"source": "x"})
    assert room.group.name not in words_of(text_of(answer))
    assert words_of(text_of(answer)) == words_of(text_of(missing))


def test_a_text_is_never_kept_by_a_browser_or_a_proxy(room):
    answer = browser_of().post(answer_form(room), {"source": "private"})
    assert answer["Cache-Control"] == "no-store"


# Forged and stale forms


def test_a_form_without_its_token_is_not_taken_and_comes_back_with_its_words(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    answer = browser.post(answer_form(room), {"source": "A long\nthought", "request_key": "k1"})
    assert answer.status_code == 403
    assert is_whole_page(answer)
    assert "This page was open too long" in words_of(text_of(answer))
    assert "A long\nthought" in text_of(answer)
    assert Comment.objects.count() == 1


def test_a_press_without_its_token_is_told_so(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    answer = browser.post(answer_form(room), {"source": "A thought"}, headers=HTMX)
    assert answer.status_code == 403
    assert 'id="problem"' in text_of(answer)
    assert not is_whole_page(answer)
    assert Comment.objects.count() == 1


def test_what_comes_back_can_be_sent_again(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    page = browser.post(
        answer_form(room), {"source": "A thought"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    form = {"source": "A thought", "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    assert f'action="{answer_form(room)}"' in text_of(page)
    assert browser.post(answer_form(room), form).status_code == 302
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("site", [None, "cross-site", "same-site", "none"])
def test_words_from_elsewhere_come_without_a_button(room, site):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    headers = {"Sec-Fetch-Site": site} if site else {}
    page = browser.post(answer_form(room), {"source": "Evil"}, headers=headers)
    assert f'action="{answer_form(room)}"' not in text_of(page)
    assert "Send again" not in words_of(text_of(page))


def test_a_token_of_htmx_is_taken(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    page = browser.get(answer_form(room))
    headers = HTMX | {"X-CSRFToken": str(page.context["csrf_token"])}
    assert browser.post(answer_form(room), {"source": "Yes"}, headers=headers).status_code == 200


def test_another_site_posts_nothing(room):
    browser = browser_of(room.member, enforce_csrf_checks=True)
    page = browser.get(answer_form(room))
    form = {"source": "Evil", "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    answer = browser.post(answer_form(room), form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert Comment.objects.count() == 1


# Unknown addresses


@pytest.mark.parametrize("path", ["/nothing/", "/groups/none/", "/groups/x/papers/1/", "/join/x/"])
def test_an_unknown_address_gets_a_page_that_leads_back(room, path):
    page = browser_of(room.member).get(path)
    assert page.status_code == 404
    assert is_whole_page(page)
    assert 'href="/"' in text_of(page)
    assert "There is nothing here" in words_of(text_of(page))


def test_a_stranger_finds_a_way_back_from_an_unknown_address(db):
    page = browser_of().get("/nothing/")
    assert page.status_code == 404
    assert SIGN_IN in text_of(page)


def test_a_person_who_was_shut_out_is_out_at_once(room):
    browser = browser_of(room.member)
    room.member.is_active = False
    room.member.save()
    assert browser.get(f"/groups/{room.group.slug}/").status_code == 302


def test_a_new_password_ends_the_other_sessions(room):
    here, there = browser_of(room.member), browser_of(room.member)
    form = {
        "oldpassword": PASSWORD,
        "password1": "quite another one",
        "password2": "quite another one",
    }
    here.post("/accounts/password/change/", form)
    assert there.get("/").status_code == 302
