"""Threads that are about the group itself, and the list of all its discussions."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups.models import Group
from papers.archives.group_archive import discussion_as_markdown
from papers.archives.personal_archive import comments_as_markdown
from papers.archives.personal_data import PARTS
from papers.models import Follow, Level, Notification, Thread
from papers.models.follows import Surroundings
from papers.notifications.mail import send_due
from tests.factories import Room, browser_of, make_comment, make_paper, make_thread
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


def make_group_thread(room: Room, title: str = "Longer meetings?") -> Thread:
    return Thread.objects.start(room.group, room.author, title=title, source="Ninety minutes?")


def list_of(room: Room) -> str:
    return reverse("papers:thread_list", args=[room.group.slug])


def test_a_member_starts_a_thread_about_the_group(room):
    browser = browser_of(room.member)
    address = reverse("papers:group_thread_create", args=[room.group.slug])
    form = text_of(browser.get(address))
    assert 'name="page"' not in form
    assert 'name="quotation"' not in form
    answer = browser.post(address, {"title": "Longer?", "source": "So?", "page": 3})
    thread = Thread.objects.get(title="Longer?")
    assert answer["Location"] == thread.get_absolute_url()
    assert (thread.paper, thread.page, thread.group) == (None, None, room.group)
    page = words_of(text_of(browser.get(thread.get_absolute_url())))
    assert "Longer?" in page
    assert "So?" in page


def test_a_page_needs_a_paper(room):
    thread = make_group_thread(room)
    with pytest.raises(IntegrityError, match="a_page_is_of_a_paper"), transaction.atomic():
        Thread.objects.filter(pk=thread.pk).update(page=3)


def test_the_list_has_all_discussions_the_liveliest_first_and_says_what_is_new(room):
    thread = make_group_thread(room)
    page = words_of(text_of(browser_of(room.member).get(list_of(room))))
    assert page.index("Longer meetings?") < page.index("The diagonal")
    assert "About the group" in page
    assert room.paper.title in page
    assert page.count("1 new") == 2
    make_comment(room.thread, room.author)
    browser_of(room.member).get(thread.get_absolute_url())
    page = words_of(text_of(browser_of(room.member).get(list_of(room))))
    assert page.index("The diagonal") < page.index("Longer meetings?")
    assert page.count(" new ") == 1


def test_the_list_can_be_narrowed_to_the_group_and_shows_what_it_is_asked(room):
    make_group_thread(room)
    page = words_of(text_of(browser_of(room.member).get(f"{list_of(room)}?show=group")))
    assert "Longer meetings?" in page
    assert "The diagonal" not in page
    page = words_of(text_of(browser_of(room.member).get(f"{list_of(room)}?show=nonsense&page=-1")))
    assert "The diagonal" in page


def test_a_thread_of_a_paper_that_is_set_aside_is_in_no_list(room):
    merged = make_paper(room.group, title="Another")
    make_thread(merged, room.author, "Hidden with it")
    type(merged).all_objects.filter(pk=merged.pk).update(
        set_aside_at=room.paper.added_at, merged_into=room.paper
    )
    assert "Hidden with it" not in text_of(browser_of(room.member).get(list_of(room)))


def test_the_list_comes_in_pages(room):
    for number in range(31):
        make_group_thread(room, f"Thread {number}.")
    first = words_of(text_of(browser_of(room.member).get(list_of(room))))
    second = words_of(text_of(browser_of(room.member).get(f"{list_of(room)}?page=2")))
    assert "Thread 30." in first
    assert "Thread 0." not in first
    assert "Thread 0." in second
    assert "The diagonal" in second


def test_what_is_said_of_the_group_is_new_at_home_and_on_the_list_until_it_was_read(room):
    thread = make_group_thread(room)
    browser = browser_of(room.member)
    for address in ("/", room.group.get_absolute_url()):
        page = text_of(browser.get(address))
        assert "Longer meetings?" in page
        assert f'href="{thread.get_absolute_url()}"' in page
    browser.get(thread.get_absolute_url())
    assert "Longer meetings?" not in text_of(browser.get("/"))


def test_people_are_told_of_it_and_follow_it_as_the_group_says(room):
    thread = make_group_thread(room)
    around = Surroundings.of(None, thread)
    assert around.deciding(Follow.objects.none()) is None
    Follow.objects.choose(room.member, Level.ALL, room.group)
    browser = browser_of(room.author)
    browser.post(f"{thread.get_absolute_url()}comments/new/", {"source": "And tea?"})
    told = Notification.objects.get(user=room.member, thread=thread)
    assert (told.paper, told.reason) == (None, "followed")
    page = words_of(text_of(browser_of(room.member).get("/notifications/")))
    assert "Longer meetings?" in page
    Notification.objects.update(mail_at=told.created_at)
    assert send_due() == 1
    Follow.objects.choose(room.member, Level.OFF, thread)
    make_comment(thread, room.author)
    assert Notification.objects.filter(user=room.member).count() == 1


def test_archives_have_it_with_the_group(room):
    make_group_thread(room)
    whole = discussion_as_markdown(room.group)
    assert whole.index("## About the group") < whole.index(f"## {room.paper.title}")
    assert "### Longer meetings?" in whole
    rows = PARTS["comments"].of(room.author)
    assert "### About the group" in comments_as_markdown(rows)
    assert {(row["paper"], row["thread"]) for row in rows} == {
        (None, "Longer meetings?"),
        (room.paper.title, "The diagonal"),
    }


def test_its_starter_edits_and_deletes_it(room):
    thread = make_group_thread(room)
    browser = browser_of(room.author)
    edit = f"{thread.get_absolute_url()}edit/"
    assert 'name="page"' not in text_of(browser.get(edit))
    assert browser.post(edit, {"title": "Shorter?", "version": 1}).status_code == 302
    thread.refresh_from_db()
    assert thread.title == "Shorter?"
    gone = browser.post(f"{thread.get_absolute_url()}delete/")
    assert gone["Location"] == list_of(room)
    assert not Thread.objects.filter(pk=thread.pk).exists()


def test_the_public_reads_it_where_the_group_opens_its_threads(room):
    make_group_thread(room)
    stranger = browser_of()
    Group.objects.filter(pk=room.group.pk).update(visibility="public")
    assert stranger.get(list_of(room)).status_code == 404
    Group.objects.filter(pk=room.group.pk).update(opens_threads=True)
    page = words_of(text_of(stranger.get(list_of(room))))
    assert "Longer meetings?" in page
    assert "Start a thread" not in page
