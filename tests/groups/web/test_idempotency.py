"""What is sent twice is done once."""

import hashlib
from datetime import timedelta

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models import Model
from django.urls import resolve
from django.utils import timezone

from groups.encryption import derive
from groups.models import Group, IdempotencyKey
from groups.web.idempotency import may_be_kept
from papers.models import Comment, ListImport, Paper, Thread
from tests.factories import PASSWORD, Room, browser_of
from tests.pages import HTMX, fields_of, idempotency_key_in, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def answer_form(room: Room) -> str:
    return f"/groups/{room.group.slug}/threads/{room.thread.pk}/comments/new/"


def said(room: Room) -> list[str]:
    comments = Comment.objects.filter(thread=room.thread).exclude(pk=room.comment.pk)
    return [comment.source for comment in comments.order_by("pk")]


@BOTH
def test_the_same_form_twice_is_done_once_and_answered_alike(room, headers):
    browser = browser_of(room.member)
    form = {"source": "Because.", "idempotency_key": "k1"}
    first = browser.post(answer_form(room), form, headers=headers)
    second = browser.post(answer_form(room), form, headers=headers)
    assert said(room) == ["Because."]
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second.get("Location") == first.get("Location")
    assert second["Content-Type"] == first["Content-Type"]


def test_every_page_brings_a_key_of_its_own(room):
    browser = browser_of(room.member)
    keys = {idempotency_key_in(browser.get(answer_form(room))) for _ in range(3)}
    assert len(keys) == 3


def test_the_key_of_the_page_works_for_the_form_on_it(room):
    browser = browser_of(room.member)
    key = idempotency_key_in(browser.get(answer_form(room)))
    for _ in range(2):
        browser.post(answer_form(room), {"source": "Because.", "idempotency_key": key})
    assert said(room) == ["Because."]


def test_the_key_of_a_page_that_was_opened_before_an_upgrade_still_works(room):
    browser = browser_of(room.member)
    form = {"source": "Because.", "request_key": "k1"}
    answers = [browser.post(answer_form(room), form) for _ in range(2)]
    browser.post(answer_form(room), {"source": "Because.", "idempotency_key": "k1"})
    assert said(room) == ["Because."]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    refused = browser.post(answer_form(room), {"source": "No.", "request_key": "k1"})
    assert refused.status_code == 409
    assert "k1" not in fields_of(text_of(refused)).get("request_key", [])


@BOTH
def test_the_same_key_with_other_words_is_refused_and_the_words_are_kept(room, headers):
    browser = browser_of(room.member)
    browser.post(
        answer_form(room), {"source": "Because.", "idempotency_key": "k1"}, headers=headers
    )
    answer = browser.post(
        answer_form(room),
        {"source": "No, <b>because</b> of this.", "idempotency_key": "k1"},
        headers=headers,
    )
    assert answer.status_code == 409
    assert said(room) == ["Because."]
    assert "sent before with other content" in words_of(text_of(answer))
    if not headers:
        assert is_whole_page(answer)
        assert "No, &lt;b&gt;because&lt;/b&gt; of this." in text_of(answer)


def test_what_was_kept_can_be_sent_again_from_our_own_page(room):
    browser = browser_of(room.member)
    browser.post(answer_form(room), {"source": "Because.", "idempotency_key": "k1"})
    form = {"source": "Another thought.", "idempotency_key": "k1"}
    page = browser.post(answer_form(room), form, headers={"Sec-Fetch-Site": "same-origin"})
    assert f'action="{answer_form(room)}"' in text_of(page)
    key = idempotency_key_in(page)
    assert key != "k1"
    browser.post(answer_form(room), {"source": "Another thought.", "idempotency_key": key})
    assert said(room) == ["Because.", "Another thought."]


def test_a_page_elsewhere_finds_no_button_under_its_words(room):
    browser = browser_of(room.member)
    browser.post(answer_form(room), {"source": "Because.", "idempotency_key": "k1"})
    form = {"source": "Evil.", "idempotency_key": "k1"}
    page = browser.post(answer_form(room), form, headers={"Sec-Fetch-Site": "cross-site"})
    assert f'action="{answer_form(room)}"' not in text_of(page)


def test_two_people_may_have_the_same_key(room):
    for person in (room.member, room.author):
        form = {"source": f"Says {person.name}", "idempotency_key": "k1"}
        assert browser_of(person).post(answer_form(room), form).status_code == 302
    assert len(said(room)) == 2


def test_a_key_works_for_one_address_only(room):
    browser = browser_of(room.member)
    browser.post(answer_form(room), {"source": "Because.", "idempotency_key": "k1"})
    other = f"/groups/{room.group.slug}/papers/{room.paper.pk}/threads/new/"
    form = {"source": "Because.", "title": "Why", "idempotency_key": "k1"}
    assert browser.post(other, form).status_code == 409
    assert room.paper.threads.count() == 1


@BOTH
def test_a_form_that_failed_does_not_use_its_key_up(room, headers):
    browser = browser_of(room.member)
    failed = browser.post(
        answer_form(room), {"source": " ", "idempotency_key": "k1"}, headers=headers
    )
    assert failed.status_code == 422
    assert not IdempotencyKey.objects.exists()
    browser.post(
        answer_form(room), {"source": "Because.", "idempotency_key": "k1"}, headers=headers
    )
    assert said(room) == ["Because."]


def test_a_refused_action_does_not_use_its_key_up(room):
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/settings/"
    form = {"name": "Mine", "time_zone": "UTC", "idempotency_key": "k1"}
    assert browser.post(address, form).status_code == 403
    assert not IdempotencyKey.objects.exists()
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    assert browser.post(address, form).status_code == 302
    assert Group.objects.get(pk=room.group.pk).name == "Mine"


@BOTH
def test_a_preview_does_not_use_the_key_up(room, headers):
    browser = browser_of(room.member)
    form = {"source": "Because.", "idempotency_key": "k1"}
    browser.post(f"/groups/{room.group.slug}/comments/preview/", form, headers=headers)
    browser.post(answer_form(room), form | {"preview": "1"}, headers=headers)
    assert said(room) == []
    browser.post(answer_form(room), form, headers=headers)
    assert said(room) == ["Because."]


def test_a_status_set_twice_by_one_press_is_set_once(room):
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/papers/{room.paper.pk}/status/"
    form = {"status": "read", "idempotency_key": "k1"}
    first = browser.post(address, form, headers=HTMX)
    browser.post(address, {"status": "to_read", "idempotency_key": "k2"}, headers=HTMX)
    again = browser.post(address, form, headers=HTMX)
    assert again.content == first.content
    assert room.paper.statuses.get(user=room.member).status == "to_read"


def test_a_file_sent_twice_is_read_once(room):
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/imports/new/"

    def send(name: str, text: bytes):
        file = SimpleUploadedFile(name, text, "text/markdown")
        return browser.post(address, {"list_file": file, "idempotency_key": "k1"})

    first, second = send("list.md", b"- [ ] A paper\n"), send("list.md", b"- [ ] A paper\n")
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert ListImport.objects.exclude(pk=room.list_import.pk).count() == 1
    assert send("list.md", b"- [ ] Another, longer paper\n").status_code == 409
    assert ListImport.objects.exclude(pk=room.list_import.pk).count() == 1


def test_another_file_of_the_same_length_is_another_file(room):
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/imports/new/"
    for text, status in ((b"- [ ] Paper A\n", 302), (b"- [ ] Paper B\n", 409)):
        file = SimpleUploadedFile("list.md", text, "text/markdown")
        form = {"list_file": file, "idempotency_key": "k1"}
        assert browser.post(address, form).status_code == status


def test_a_very_long_key_is_a_key(room):
    browser = browser_of(room.member)
    form = {"source": "Because.", "idempotency_key": "k" * 5000}
    for _ in range(2):
        assert browser.post(answer_form(room), form).status_code == 302
    assert said(room) == ["Because."]


def test_a_form_without_a_key_is_done_each_time(room):
    for _ in range(2):
        browser_of(room.member).post(answer_form(room), {"source": "Because."})
    assert said(room) == ["Because.", "Because."]


def test_an_answer_that_was_kept_is_shown_to_no_one_else(room, foreign):
    form = {"source": "Because.", "idempotency_key": "k1"}
    browser_of(room.member).post(answer_form(room), form, headers=HTMX)
    answer = browser_of(foreign.organizer).post(answer_form(room), form, headers=HTMX)
    assert answer.status_code == 404


@pytest.mark.parametrize("how", ["left", "was removed"])
def test_a_kept_page_is_shown_only_to_somebody_who_may_still_enter(room, how):
    browser = browser_of(room.member)
    form = {"source": "Because.", "idempotency_key": "k1"}
    assert browser.post(answer_form(room), form, headers=HTMX).status_code == 200
    if how == "left":
        room.membership_of(room.member).leave()
    else:
        room.membership_of(room.member).remove(by=room.organizer)
    answer = browser.post(answer_form(room), form, headers=HTMX)
    assert answer.status_code == 404
    assert "Because." not in text_of(answer)


def test_a_page_kept_for_an_organizer_is_not_shown_to_a_member(room):
    browser = browser_of(room.organizer)
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    address = f"/groups/{room.group.slug}/invitations/{room.invitation.pk}/revoke/"
    form = {"idempotency_key": "k1"}
    assert browser.post(address, form, headers=HTMX).status_code == 200
    room.membership_of(room.organizer).change_role("member", by=room.member)
    assert browser.post(address, form, headers=HTMX).status_code == 403


def test_somebody_who_leaves_by_a_double_click_is_led_away_twice(room):
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/members/leave/"
    first = browser.post(address, {"idempotency_key": "k1"})
    second = browser.post(address, {"idempotency_key": "k1"})
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]


def test_what_takes_long_is_prepared_before_the_transaction_opens(room, monkeypatch):
    seen = []
    match = resolve(answer_form(room))

    def prepare(request, slug, pk):
        seen.append((slug, pk, len(connection.savepoint_ids)))

    monkeypatch.setattr(match.func, "prepare", prepare, raising=False)
    before = len(connection.savepoint_ids)
    form = {"source": "Because.", "idempotency_key": "k1"}
    browser_of(room.member).post(answer_form(room), form)
    assert seen == [(room.group.slug, room.thread.pk, before)]
    assert said(room) == ["Because."]


def test_the_action_and_its_key_are_written_together(room, monkeypatch):
    """If the answer cannot be kept, the action is not done: the form can be sent again."""

    def fail(self, response):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(IdempotencyKey, "keep", fail)
    browser = browser_of(room.member, raise_request_exception=False)
    form = {"source": "Because.", "idempotency_key": "k1"}
    assert browser.post(answer_form(room), form).status_code == 500
    assert said(room) == []
    assert not IdempotencyKey.objects.exists()


def meet_deadlocks(monkeypatch, model: type[Model], method: str, times: int) -> list[object]:
    """Let the database roll back what the method has written, so many times."""
    do, met = getattr(model, method), []

    def meet(row, *args, **kwargs):
        done = do(row, *args, **kwargs)
        met.append(row)
        if len(met) <= times:
            raise OperationalError("deadlock detected") from psycopg.errors.DeadlockDetected()
        return done

    monkeypatch.setattr(model, method, meet)
    return met


@pytest.mark.parametrize("times", [1, 3])
def test_what_the_database_rolls_back_for_others_is_done_again(room, monkeypatch, times):
    met = meet_deadlocks(monkeypatch, Thread, "reply", times)
    form = {"source": "Because.", "idempotency_key": "k1"}
    answer = browser_of(room.member).post(answer_form(room), form, follow=True)
    assert answer.status_code == 200
    assert len(met) == times + 1
    assert said(room) == ["Because."]


def test_who_meets_a_deadlock_each_time_gets_the_words_back(room, monkeypatch):
    meet_deadlocks(monkeypatch, Thread, "reply", 99)
    form = {"source": "Because.", "idempotency_key": "k1"}
    answer = browser_of(room.member).post(answer_form(room), form)
    assert answer.status_code == 409
    assert "Because." in text_of(answer)
    assert said(room) == []
    assert not IdempotencyKey.objects.exists()


def test_what_is_done_again_says_so_once_and_reads_its_file_from_the_beginning(room, monkeypatch):
    met = meet_deadlocks(monkeypatch, IdempotencyKey, "keep", 1)
    file = SimpleUploadedFile("list.md", b"- [ ] A paper\n", "text/markdown")
    form = {"list_file": file, "idempotency_key": "k1"}
    address = f"/groups/{room.group.slug}/imports/new/"
    answer = browser_of(room.organizer).post(address, form)
    assert answer.status_code == 302
    assert len(met) == 2
    (brought,) = ListImport.objects.exclude(pk=room.list_import.pk)
    assert brought.text == "- [ ] A paper\n"


def test_a_paper_added_by_a_double_click_is_added_once(room):
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/papers/new/"
    form = {"title": "Deep Compression", "topics": [room.topic.pk], "idempotency_key": "k1"}
    first, second = browser.post(address, form), browser.post(address, form)
    assert first["Location"] == second["Location"]
    assert Paper.objects.in_group(room.group).count() == 2


def test_old_keys_are_put_away_and_young_ones_kept(room, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    for age in (6, 8):
        key = IdempotencyKey.objects.create(user=room.member, key=str(age), fingerprint="")
        IdempotencyKey.objects.filter(pk=key.pk).update(
            created_at=timezone.now() - timedelta(days=age)
        )
    call_command("tidy")
    assert [key.key for key in IdempotencyKey.objects.all()] == ["6"]


# What shows a secret


def test_no_answer_of_a_page_of_accounts_is_kept(room):
    browser = browser_of(room.member)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    app = "/accounts/second-step/totp/activate/"
    form = {"code": "000000", "idempotency_key": "k1"}
    key = text_of(browser.get(app)).split('aria-labelledby="key-label">')[1].split("<")[0]
    first = browser.post(app, form)
    assert first.status_code == 200
    assert key in text_of(first)
    again = browser.post(app, form, headers={"Referer": f"http://testserver{app}"})
    assert (again.status_code, again["Location"]) == (302, f"http://testserver{app}")
    kept = IdempotencyKey.objects.get(key="k1")
    assert kept.is_forgotten
    assert not kept.has_page


def test_no_view_that_makes_a_secret_keeps_its_answer():
    """A walk: a page with a link in it is marked, and so is all of allauth."""
    for address in ("/join/x/", "/groups/readers/invitations/1/", "/accounts/login/", "/admin/"):
        assert not may_be_kept(resolve(address)), address
    assert may_be_kept(resolve("/groups/readers/threads/1/comments/new/"))


def test_what_was_sent_cannot_be_guessed_from_its_fingerprint(room):
    """Unlike SHA-256 of a form with a password in it."""
    browser_of(room.member).post(answer_form(room), {"source": "Because.", "idempotency_key": "k1"})
    kept = IdempotencyKey.objects.get(key="k1")
    sent = repr((answer_form(room), [("source", ["Because."])], []))
    assert kept.fingerprint != hashlib.sha256(sent.encode()).hexdigest()
    assert kept.fingerprint == derive("groups.repeats", sent)
