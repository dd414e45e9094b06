"""What one has begun to write is there again, on any device, until it is sent."""

import html
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.models import IdempotencyKey
from papers.archives.cleanup import clean_up
from papers.models import DiscussionDraft, DraftKind, Thread
from papers.models.discussion.drafts import MOST_DRAFTS
from tests.factories import Room, browser_of, make_comment
from tests.pages import HTMX, text_of, words_of
from tests.racing import at_once, press, statuses

pytestmark = pytest.mark.django_db
HALF = "Half a <thought> about $x$"


def save(room: Room, who, place: str, headers=HTMX, **words: str):
    address = reverse("papers:draft_save", args=[room.group.slug])
    return browser_of(who).post(address, {"draft": place} | words, headers=headers)


def field_in(page: str, name: str = "source") -> str:
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1]).removeprefix("\n")


def forms(room: Room) -> dict[str, tuple[str, str]]:
    """Of each kind: the place, and the address at which its form is opened."""
    thread = room.thread.get_absolute_url()
    slug = room.group.slug
    reply = reverse("papers:comment_create", args=[slug, room.thread.pk])
    return {
        "thread": (f"thread-{room.thread.pk}", thread),
        "reply": (f"reply-{room.comment.pk}", f"{reply}?parent={room.comment.pk}"),
        "edit": (
            f"edit-{room.comment.pk}",
            reverse("papers:comment_update", args=[slug, room.comment.pk]),
        ),
        "paper": (
            f"paper-{room.paper.pk}",
            reverse("papers:thread_create", args=[slug, room.paper.pk]),
        ),
        "group": (f"group-{room.group.pk}", reverse("papers:group_thread_create", args=[slug])),
    }


@pytest.mark.parametrize("kind", DraftKind)
def test_each_form_has_its_draft_again_and_no_one_else_has(room, kind):
    place, address = forms(room)[kind]
    empty = text_of(browser_of(room.author).get(address))
    assert f'name="draft" value="{place}"' in empty
    assert "Draft saved" not in empty
    assert save(room, room.author, place, source=HALF).status_code == 200
    for browser in (browser_of(room.author), browser_of(room.author)):
        page = text_of(browser.get(address))
        assert field_in(page) == HALF
        assert "Draft saved" in page
        assert f'value="{place}"' in page
    for other in (room.member, room.organizer):
        answer = browser_of(other).get(address)
        assert "Half a" not in text_of(answer)
    assert "Half a" not in text_of(
        browser_of(room.organizer).get(f"/groups/{room.group.slug}/export/")
    )


@pytest.mark.parametrize("kind", DraftKind)
def test_what_is_sent_is_no_draft_any_more(room, kind):
    place, address = forms(room)[kind]
    save(room, room.author, place, source=HALF)
    save(room, room.author, "thread-0", source="x")
    sent = {"source": "All of it", "title": "A title", "version": 1}
    if kind == "thread":
        address = f"{address}comments/new/"
    if kind == "reply":
        sent["parent"] = room.comment.pk
    assert browser_of(room.author).post(address, sent).status_code == 302
    assert not DiscussionDraft.objects.exists()


def test_a_new_thread_has_title_and_passage_again(room):
    place, address = forms(room)["paper"]
    save(room, room.author, place, source=HALF, title="A title", quotation="As it says")
    page = text_of(browser_of(room.author).get(address))
    assert 'value="A title"' in page
    assert (field_in(page), field_in(page, "quotation")) == (HALF, "As it says")


def test_what_is_saved_last_is_kept_and_what_is_empty_is_not(room):
    place, _ = forms(room)["thread"]
    save(room, room.author, place, source="One")
    save(room, room.author, place, source="Two")
    assert DiscussionDraft.objects.get().source == "Two"
    save(room, room.author, place, source=" \n")
    assert not DiscussionDraft.objects.exists()


def test_the_paper_shows_the_draft_of_each_of_its_threads(room):
    other = Thread.objects.start(
        room.group, room.author, title="Other", source="x", paper=room.paper
    )
    save(room, room.member, f"thread-{room.thread.pk}", source="In the one")
    save(room, room.member, f"thread-{other.pk}", source="In the other")
    page = text_of(browser_of(room.member).get(room.paper.get_absolute_url()))
    assert "In the one" in page
    assert "In the other" in page


@pytest.mark.parametrize(
    "place",
    ["", "thread", "thread-", "thread-x", "thread-99999999", "paper-1x", "x" * 5000, "edit--1"],
)
def test_a_form_that_there_is_not_keeps_nothing(room, place):
    assert save(room, room.author, place, source=HALF).status_code == 404
    assert not DiscussionDraft.objects.exists()


def test_another_ones_edit_and_another_groups_form_are_not_there(room):
    assert save(room, room.member, f"edit-{room.comment.pk}", source=HALF).status_code == 404
    assert save(room, room.member, f"group-{room.group.pk + 1}", source=HALF).status_code == 404
    assert save(room, room.outsider, f"thread-{room.thread.pk}", source=HALF).status_code == 404


def test_too_much_is_refused_and_what_was_kept_stays(room):
    place, _ = forms(room)["thread"]
    save(room, room.author, place, source="One")
    answer = save(room, room.author, place, source="x" * 20_001)
    assert answer.status_code == 422
    assert "too long" in text_of(answer)
    assert DiscussionDraft.objects.get().source == "One"


def test_a_draft_that_comes_after_its_form_was_sent_is_none(room):
    address = f"{room.thread.get_absolute_url()}comments/new/"
    browser_of(room.author).post(address, {"source": "All of it", "idempotency_key": "k1"})
    assert IdempotencyKey.objects.filter(key="k1").exists()
    place, _ = forms(room)["thread"]
    assert save(room, room.author, place, source="All of", form="k1").status_code == 200
    assert not DiscussionDraft.objects.exists()
    save(room, room.author, place, source="All of", form="k2")
    assert DiscussionDraft.objects.exists()


def test_saving_does_not_use_up_the_key_of_the_form(room):
    place, _ = forms(room)["thread"]
    answer = save(room, room.author, place, headers={}, source="Half", idempotency_key="k1")
    assert answer.status_code == 302
    address = f"{room.thread.get_absolute_url()}comments/new/"
    sent = {"source": "All of it", "idempotency_key": "k1"}
    assert browser_of(room.author).post(address, sent).status_code == 302


def test_a_plain_browser_saves_and_discards_by_buttons(room):
    place, address = forms(room)["thread"]
    before = {"Referer": f"http://testserver{address}"}
    browser = browser_of(room.author)
    page = text_of(browser.get(address))
    assert "Save draft" in page
    kept = browser.post(
        reverse("papers:draft_save", args=[room.group.slug]),
        {"draft": place, "source": HALF},
        headers=before,
        follow=True,
    )
    assert "Your draft is kept" in words_of(text_of(kept))
    assert field_in(text_of(kept)) == HALF
    gone = browser.post(
        reverse("papers:draft_delete", args=[room.group.slug]),
        {"draft": place},
        headers=before,
        follow=True,
    )
    assert field_in(text_of(gone)) == ""
    assert not DiscussionDraft.objects.exists()


def test_a_quotation_is_put_behind_the_draft(room):
    place, address = forms(room)["reply"]
    save(room, room.author, place, source="Half")
    page = text_of(browser_of(room.author).get(f"{address}&quote=yes"))
    assert field_in(page) == "Half\n\n> Is the Hessian shared?\n\n"
    save(room, room.author, place, source=field_in(page))
    again = text_of(browser_of(room.author).get(f"{address}&quote=yes"))
    assert field_in(again).strip() == field_in(page).strip()


def test_a_refused_comment_comes_back_as_it_was_typed(room):
    place, _ = forms(room)["thread"]
    save(room, room.author, place, source="Half")
    address = f"{room.thread.get_absolute_url()}comments/new/"
    answer = browser_of(room.author).post(address, {"source": "x" * 20_001})
    assert field_in(text_of(answer)) == "x" * 20_001


def test_drafts_go_after_thirty_days_and_the_oldest_of_too_many(room):
    for number in range(MOST_DRAFTS + 5):
        DiscussionDraft.objects.keep(room.author, room.group, "reply", number, {"source": "x"})
    kept = set(DiscussionDraft.objects.values_list("target", flat=True))
    assert kept == set(range(5, MOST_DRAFTS + 5))
    DiscussionDraft.objects.filter(target__lt=100).update(
        saved_at=timezone.now() - timedelta(days=31)
    )
    DiscussionDraft.objects.keep(room.member, room.group, "reply", 1, {"source": "x"})
    clean_up()
    assert DiscussionDraft.objects.of(room.author).count() == MOST_DRAFTS + 5 - 100
    assert DiscussionDraft.objects.of(room.member).count() == 1


def test_who_left_sees_no_draft_and_finds_it_again_on_return(room):
    place, address = forms(room)["thread"]
    save(room, room.member, place, source=HALF)
    membership = room.membership_of(room.member)
    membership.leave()
    assert browser_of(room.member).get(address).status_code == 404
    assert DiscussionDraft.objects.of(room.member).exists()


def test_the_draft_of_a_reply_is_there_after_its_thread_was_divided(room):
    make_comment(room.thread, room.author)
    save(room, room.member, f"reply-{room.comment.pk}", source=HALF)
    slug = room.group.slug
    split = reverse("papers:comment_split", args=[slug, room.comment.pk])
    browser_of(room.organizer).post(split, {"title": "Split"})
    new = Thread.objects.get(title="Split")
    address = f"{reverse('papers:comment_create', args=[slug, new.pk])}?parent={room.comment.pk}"
    assert field_in(text_of(browser_of(room.member).get(address))) == HALF


def test_a_kind_that_there_is_not_is_refused(room):
    with pytest.raises(IntegrityError), transaction.atomic():
        DiscussionDraft.objects.keep(room.author, room.group, "letter", 1, {})


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_keep_one_draft(room):
    place, _ = forms(room)["thread"]
    presses = [
        press(room.member, "papers:draft_save", room.group.slug, draft=place, source=f"Text {n}")
        for n in range(6)
    ]
    assert statuses(at_once(presses)) == {302: 6}
    assert DiscussionDraft.objects.get().source.startswith("Text")
