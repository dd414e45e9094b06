"""A group is deleted: asked for by name, told to everybody, and two weeks later."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from groups.models import Group, Membership, OutgoingEmail
from papers.archives import group_deletion
from papers.exports.reading_list import reading_list
from papers.formats.registry import MARKDOWN
from papers.models import Paper
from tests.big_groups import make_big_group
from tests.factories import (
    browser_of,
    make_comment,
    make_membership,
    make_paper,
    make_user,
)
from tests.pages import HTMX, text_of, words_of
from tests.searching import found_in_tables

pytestmark = pytest.mark.django_db
# That of the site itself, which has no worker during a test.
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture(autouse=True)
def _letters_are_written_down(settings):
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"


def at(room, address: str) -> str:
    return f"/groups/{room.group.slug}/{address}"


def ask(room, typed: str | None = None, **sent):
    browser = browser_of(room.organizer)
    form = {"typed": room.group.name if typed is None else typed}
    return browser.post(at(room, "delete/"), form | sent)


def pass_days(group: Group, days: int) -> None:
    long_ago = timezone.now() - timedelta(days=days)
    Group.objects.filter(pk=group.pk).update(deletion_asked_at=long_ago)


# Asking


@pytest.mark.parametrize("typed", ["Readers", "  rEADERS "])
def test_anyone_who_types_the_name_is_taken_at_their_word(room, typed):
    answer = ask(room, typed)
    assert answer["Location"] == at(room, "")
    room.group.refresh_from_db()
    assert room.group.deletion_asked_at


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("typed", ["", "Reader", "readers!"])
def test_another_name_changes_nothing(room, typed, headers):
    answer = browser_of(room.organizer).post(at(room, "delete/"), {"typed": typed}, headers=headers)
    assert answer.status_code == 422
    if typed:
        assert "This is not the name of the group." in words_of(text_of(answer))
    room.group.refresh_from_db()
    assert room.group.deletion_asked_at is None
    assert mail.outbox == []


def test_the_page_says_what_follows(room):
    page = words_of(text_of(browser_of(room.organizer).get(at(room, "delete/"))))
    assert "It happens in 14 days." in page
    assert "with the list, their own ticks and the discussions" in page


def test_members_may_not_ask(room):
    assert browser_of(room.member).get(at(room, "delete/")).status_code == 403
    assert (
        browser_of(room.member).post(at(room, "delete/"), {"typed": "Readers"}).status_code == 403
    )
    assert browser_of(room.member).post(at(room, "keep/")).status_code == 403


def test_every_member_is_mailed_the_list_and_the_discussion(room):
    room.paper.set_status(room.member, "read")
    ask(room)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    people = [room.organizer, room.member, room.author]
    assert set(letters) == {person.email for person in people}
    assert len(mail.outbox) == 3
    for person in people:
        letter = letters[person.email]
        attached = {name: text for name, text, _ in letter.attachments}
        tick = "[x]" if person == room.member else "[ ]"
        assert f"- {tick} Optimal Brain Damage for Readers" in attached["list.md"]
        assert room.comment.source in attached["discussion.md"]
        assert letter.subject == "Readers will be deleted"
        assert f"http://testserver{at(room, 'export/all/')}" in letter.body
        room.group.refresh_from_db()
        assert f"{room.group.deleted_from:%-d %B %Y}" in letter.body
        assert room.organizer.name not in letter.body.replace(f"Hello {room.organizer.name}", "")


def test_a_list_that_is_written_for_many_is_the_list_of_each(room):
    """The letter's list is letter for letter the list with the member's ticks."""
    for n in range(30):
        paper = make_paper(room.group, title=f"# Paper {n} *")
        if n % 3:
            paper.set_status(room.member, "read")
    exported = MARKDOWN.write(reading_list(room.group, room.member))
    assert group_deletion.Lists(room.group).of(room.member) == exported
    assert group_deletion.Lists(room.group).of(room.author) != exported


def test_a_long_discussion_is_not_attached(room, monkeypatch):
    monkeypatch.setattr(group_deletion, "LONGEST_ATTACHED", 10)
    ask(room)
    for letter in mail.outbox:
        assert [part[0] for part in letter.attachments] == ["list.md"]
        assert "so are the discussions" not in letter.body


def test_asking_twice_tells_once(room):
    assert ask(room).status_code == 302
    assert ask(room).status_code == 302
    assert len(mail.outbox) == 3
    assert browser_of(room.organizer).get(at(room, "delete/"))["Location"] == at(room, "")


def test_the_same_form_sent_twice_tells_once(room):
    for _ in range(2):
        assert ask(room, idempotency_key="once").status_code == 302
    assert len(mail.outbox) == 3


# While it waits


def test_every_page_says_so_and_an_organizer_can_keep_it(room):
    ask(room)
    room.group.refresh_from_db()
    day = f"{room.group.deleted_from:%-d %B %Y}"
    for address in ("", "members/", f"papers/{room.paper.pk}/", f"threads/{room.thread.pk}/"):
        for person, may_keep in ((room.organizer, True), (room.member, False)):
            page = text_of(browser_of(person).get(at(room, address)))
            assert f"will be deleted on {day} . Until then it can only be read." in words_of(page)
            assert ("Keep the group" in page) == may_keep
    assert "will be deleted on" not in words_of(text_of(browser_of(room.member).get("/")))


def test_members_read_take_along_and_leave_but_change_nothing(room):
    ask(room)
    browser = browser_of(room.member)
    answer = browser.post(at(room, f"papers/{room.paper.pk}/status/"), {"status": "read"})
    assert answer.status_code == 409
    assert "about to be deleted" in words_of(text_of(answer))
    assert browser.get(at(room, "export/all/")).status_code == 200
    assert browser.post(at(room, "members/leave/")).status_code == 302


def test_an_organizer_keeps_it_and_everybody_is_told_once(room):
    ask(room)
    mail.outbox.clear()
    for _ in range(2):
        assert browser_of(room.organizer).post(at(room, "keep/")).status_code == 302
    room.group.refresh_from_db()
    assert room.group.deletion_asked_at is None
    assert [letter.subject for letter in mail.outbox] == ["Readers will not be deleted"] * 3
    answer = browser_of(room.member).post(
        at(room, f"papers/{room.paper.pk}/status/"), {"status": "read"}
    )
    assert answer.status_code == 302


def test_a_group_that_was_kept_can_be_asked_for_again(room):
    ask(room)
    browser_of(room.organizer).post(at(room, "keep/"))
    ask(room)
    room.group.refresh_from_db()
    assert room.group.deletion_asked_at
    assert len(mail.outbox) == 9


def test_anyone_who_left_before_is_not_told(room):
    room.membership_of(room.member).leave()
    ask(room)
    assert room.member.email not in {letter.to[0] for letter in mail.outbox}


def test_the_last_organizer_is_shown_both_ways_out(room):
    answer = browser_of(room.organizer).post(at(room, "members/leave/"))
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Name another one first, or have the group deleted" in words_of(page)
    assert f'href="{at(room, "delete/")}"' in page
    assert "Make organizer" in words_of(page)


# Taking it along


def taken_along(room, person) -> dict[str, str]:
    answer = browser_of(person).get(at(room, "export/all/"))
    assert 'filename="readers.zip"' in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_a_member_exports_list_and_discussion(room):
    make_comment(room.thread, room.member, "# Yes", parent=room.comment)
    taken = taken_along(room, room.member)
    assert set(taken) == {"list.md", "discussion.md", "list.json"}
    assert "- [ ] Optimal Brain Damage for Readers" in taken["list.md"]
    discussion = taken["discussion.md"]
    headings = ["# Readers: the discussions", f"## {room.paper.title}", "### The diagonal"]
    assert discussion.startswith("\n\n".join(headings))
    assert f"**{room.author.name}** · " in discussion
    assert "> Is the Hessian shared?\n" in discussion
    assert f"> **{room.member.name}** · " in discussion
    assert "> > # Yes\n" in discussion


def test_statuses_of_others_are_not_exported(room):
    room.paper.set_status(room.member, "read")
    mine, theirs = (
        json.loads(taken_along(room, person)["list.json"]) for person in (room.member, room.author)
    )
    assert [paper["my_status"]["status"] for paper in mine["papers"]] == ["read"]
    assert [paper["my_status"]["status"] for paper in theirs["papers"]] == ["to_read"]
    assert [topic["name"] for topic in mine["topics"]] == ["Pruning", "Quantization"]
    assert mine["placements"] == [{"topic": room.topic.pk, "paper": room.paper.pk}]


def test_a_thread_says_on_what_it_is_and_what_was_deleted(room):
    thread = room.paper.start_thread(
        room.author, title="A line", source="Gone", page=3, quotation="We assume"
    )
    first = thread.comments.get()
    make_comment(thread, room.member, "Why?", parent=first)
    first.withdraw(by=first.author)
    discussion = taken_along(room, room.member)["discussion.md"]
    assert "### A line, page 3\n\nOn:\n\n> We assume" in discussion
    assert "> This comment was deleted." in discussion
    assert "Gone" not in discussion


def test_who_deleted_their_account_is_not_named(room):
    name = room.author.name
    room.author.delete()
    discussion = taken_along(room, room.member)["discussion.md"]
    assert "**Somebody who left**" in discussion
    assert name not in discussion


# The end


def test_after_fourteen_days_it_goes_and_not_before(room, settings):
    settings.TASKS = QUEUE
    ask(room)
    pass_days(room.group, 13)
    call_command("tidy")
    assert Group.objects.filter(pk=room.group.pk).exists()
    pass_days(room.group, 14)
    call_command("tidy")
    assert not Group.objects.filter(pk=room.group.pk).exists()
    assert Paper.all_objects.count() == 0


def test_a_group_that_is_kept_at_the_last_moment_stays(room):
    ask(room)
    pass_days(room.group, 20)
    [due] = Group.objects.due_for_deletion()
    room.group.withdraw_deletion(room.organizer)
    assert not due.remove_if_due()
    assert Group.objects.filter(pk=room.group.pk).exists()


def test_nothing_of_a_big_group_remains(settings):
    """Within the time that a statement may take, too; letters about it still wait."""
    settings.TASKS = QUEUE
    other = make_user("Somebody else")
    big = make_big_group(papers=2_000, members=20, comments=1_000)
    neighbour = make_big_group(papers=10, members=5, comments=5)
    make_membership(big.group, other)
    words = re.compile(rf"{big.group.name}\b|/{big.group.slug}/".encode(), re.IGNORECASE)
    browser = browser_of(big.organizer)
    address = f"/groups/{big.group.slug}/delete/"
    browser.post(address, {"typed": big.group.name, "idempotency_key": "1"})
    browser_of(other).post(f"/groups/{big.group.slug}/members/leave/", {"idempotency_key": "2"})
    pass_days(big.group, 14)
    assert found_in_tables(words, with_key=True) == {
        "groups_group.name",
        "groups_outgoingemail.sealed",
        "groups_idempotencykey.headers",
    }
    call_command("tidy")
    assert found_in_tables(words, with_key=True) == set()
    assert OutgoingEmail.objects.count() == 0
    assert list(Group.objects.all()) == [neighbour.group]
    assert Paper.objects.count() == 10
    assert Membership.objects.count() == 5
