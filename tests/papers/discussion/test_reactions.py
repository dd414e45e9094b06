"""Reactions: a few names by which people answer a comment without words."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Group, OutgoingEmail, User
from papers.archives.group_archive import discussion_as_markdown
from papers.models import Follow, Level, Notification, Reaction, ReactionName
from tests.factories import Room, browser_of, make_comment, make_membership
from tests.pages import HTMX, text_of, words_of
from tests.racing import at_once, press, statuses

pytestmark = pytest.mark.django_db


def address(room: Room, verb: str = "react") -> str:
    name = {"react": "reaction_update", "list": "reaction_list"}[verb]
    return reverse(f"papers:{name}", args=[room.group.slug, room.comment.pk])


def given(room: Room) -> set[tuple[str, str]]:
    return set(Reaction.objects.values_list("user__name", "name"))


@pytest.mark.parametrize("name", ReactionName)
def test_every_reaction_has_an_icon_is_offered_and_is_counted(room, name):
    assert f'<symbol id="icon-{name}"' in get_template("_icons.html").render()
    page = text_of(browser_of(room.member).get(address(room, "list")))
    assert f'value="{name}"' in page
    browser_of(room.member).post(address(room), {"on": name})
    page = text_of(browser_of(room.author).get(room.thread.get_absolute_url()))
    (button,) = re.findall(rf"<button[^>]*value=\"{name}\".*?</button>", page, re.DOTALL)
    assert 'aria-pressed="false"' in button
    assert words_of(button).split() == [*name.label.split(), "1"]


def test_a_press_sets_what_it_says_however_often_it_comes(room):
    browser = browser_of(room.member)
    for _ in range(2):
        answer = browser.post(address(room), {"on": "thanks"}, headers=HTMX)
        assert 'aria-pressed="true"' in text_of(answer)
    assert given(room) == {(room.member.name, "thanks")}
    for _ in range(2):
        answer = browser.post(address(room), {"off": "thanks"}, headers=HTMX)
        assert "<button" not in text_of(answer)
    assert given(room) == set()


def test_a_plain_browser_goes_back_to_where_it_was(room):
    before = f"http://testserver{room.paper.get_absolute_url()}"
    answer = browser_of(room.member).post(
        address(room), {"on": "agree"}, headers={"Referer": before}
    )
    assert (answer.status_code, answer["Location"]) == (302, before)


def test_the_piece_is_the_one_of_the_page(room):
    browser = browser_of(room.member)
    piece = text_of(browser.post(address(room), {"on": "agree"}, headers=HTMX))
    start = piece[piece.index("<div") :].strip().replace(room.group.get_absolute_url(), "../../")
    assert start in text_of(browser.get(room.thread.get_absolute_url()))


def test_the_list_says_who_reacted(room):
    Reaction.objects.give(room.comment.pk, room.member, "agree")
    Reaction.objects.give(room.comment.pk, room.author, "confused")
    page = words_of(text_of(browser_of(room.organizer).get(address(room, "list"))))
    assert f"Agree 1 {room.member.name}" in page
    assert f"I don’t follow 1 {room.author.name}" in page


@pytest.mark.parametrize("sent", [{}, {"on": "hate"}, {"on": ""}, {"off": "x" * 5000}])
def test_what_is_no_reaction_is_none(room, sent):
    assert browser_of(room.member).post(address(room), sent).status_code == 404
    assert given(room) == set()


def test_the_database_keeps_one_of_each_and_no_other(room):
    Reaction.objects.give(room.comment.pk, room.member, "agree")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(comment=room.comment, user=room.member, name="agree")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(comment=room.comment, user=room.member, name="hate")


def test_no_one_is_told_and_nothing_is_new(room):
    Follow.objects.choose(room.author, Level.ALL, room.group)
    browser_of(room.member).post(address(room), {"on": "agree"})
    assert not Notification.objects.exists()
    assert not OutgoingEmail.objects.filter(reader=room.author).exists()
    assert "1 new" not in words_of(text_of(browser_of(room.author).get("/")))


def test_what_is_deleted_has_no_reactions_and_gets_none(room):
    Reaction.objects.give(room.comment.pk, room.member, "agree")
    room.comment.withdraw(room.author)
    assert given(room) == set()
    assert browser_of(room.member).post(address(room), {"on": "agree"}).status_code == 404


def test_a_former_members_reaction_stays_until_the_account_is_gone(room):
    Reaction.objects.give(room.comment.pk, room.member, "agree")
    room.membership_of(room.member).leave()
    page = words_of(text_of(browser_of(room.author).get(address(room, "list"))))
    assert room.member.name in page
    User.objects.filter(pk=room.member.pk).delete()
    assert given(room) == set()


def test_the_public_sees_numbers_and_no_names(room):
    Reaction.objects.give(room.comment.pk, room.member, "agree")
    Group.objects.filter(pk=room.group.pk).update(visibility="public", opens_threads=True)
    page = text_of(browser_of().get(room.thread.get_absolute_url()))
    assert words_of(page).count("Agree 1") == 1
    assert "reactions/" not in page
    assert room.member.name not in page


def test_the_archive_of_the_group_has_them(room):
    Reaction.objects.give(room.comment.pk, room.member, "agree")
    assert f"(Agree: {room.member.name})" in discussion_as_markdown(room.group)


def test_two_hundred_comments_ask_for_their_reactions_once(room):
    def queries() -> int:
        browser = browser_of(room.member)
        browser.get(room.thread.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            browser.get(room.thread.get_absolute_url())
        return len(captured)

    before = queries()
    people = [make_membership(room.group).user for _ in range(5)]
    for _ in range(200):
        comment = make_comment(room.thread, room.author)
        for person in people:
            Reaction.objects.give(comment.pk, person, "agree")
    assert queries() == before


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_reaction(room):
    slug, pk = room.group.slug, room.comment.pk
    presses = [
        press(room.member, "papers:reaction_update", slug, pk, on="agree", idempotency_key=f"k{n}")
        for n in range(6)
    ]
    assert statuses(at_once(presses)) == {302: 6}
    assert given(room) == {(room.member.name, "agree")}
