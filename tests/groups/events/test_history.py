"""The history of a group: who did what, only added to, for its organizers."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.events import registry
from groups.events.history import history_line
from groups.models import Event, Group, User
from papers.imports import workflow
from papers.models import Comment, Paper, Thread, Topic
from tests.factories import (
    browser_of,
    make_comment,
    make_invitation,
    make_join_request,
    make_paper,
    make_topic,
)
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db


def history(room, query: str = "") -> str:
    return f"/groups/{room.group.slug}/history/{query}"


def table_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(answer))))


def table(room, query: str = "") -> list[dict[str, str]]:
    address = f"/groups/{room.group.slug}/history.csv{query}"
    return table_of(browser_of(room.organizer).get(address))


def last(room) -> Event:
    return Event.objects.in_group(room.group).newest_first()[0]


def latest_sentence(room) -> str:
    return history_line(last(room)).text


# Only added to


def test_a_line_is_neither_changed_nor_deleted(room):
    event = last(room)
    lines = Event.objects.in_group(room.group)
    before = list(lines.values())
    event.kind = "left"
    for action in (
        event.save,
        event.delete,
        lambda: lines.update(kind="left"),
        lines.delete,
        lambda: lines.bulk_update([event], ["kind"]),
        lambda: lines.update_or_create(pk=event.pk, defaults={"kind": "left"}),
        lambda: room.organizer.actions.update(kind="left"),
        lambda: room.group.events.all().delete(),
    ):
        with pytest.raises(TypeError, match="only added to"), transaction.atomic():
            action()
    assert list(lines.values()) == before


def test_lines_go_with_their_group_and_with_nothing_else(room, foreign):
    there = Event.objects.in_group(foreign.group).count()
    assert Event.objects.in_group(room.group).exists()
    room.group.delete()
    assert Event.objects.count() == there > 0


def test_a_line_outlives_the_people_it_tells_of(room):
    room.membership_of(room.member).remove(by=room.organizer)
    event = last(room)
    organizer, member = room.organizer.name, room.member.name
    assert history_line(event).text == f"{organizer} removed {member} from the group"
    User.objects.filter(pk__in=[room.member.pk, room.organizer.pk]).delete()
    assert (
        history_line(last(room)).text
        == "Somebody who left removed somebody who left from the group"
    )
    assert last(room).pk == event.pk
    room.invitation.delete()
    assert Event.objects.filter(kind="invited", invitation=None).exists()


# What is told


def test_details_name_no_people(room):
    """Control: the people's names stand beside the details, so they were there to be told."""
    browser = browser_of(room.organizer)
    settings = {"name": "Renamed", "time_zone": "Asia/Tokyo"}
    browser.post(f"/groups/{room.group.slug}/settings/", settings)
    room.comment.withdraw(by=room.organizer)
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    lines = list(Event.objects.in_group(room.group).with_people())
    people = [room.organizer, room.member, room.author]
    for person in people:
        assert not any(person.name in str(line.details) for line in lines)
        assert not any(person.email in str(line.details) for line in lines)
    assert {line.actor for line in lines} | {line.person for line in lines} >= set(people)


def test_a_change_of_settings_tells_which_and_not_to_what(room):
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/settings/"
    browser.post(address, {"name": "Secret name", "time_zone": "UTC"})
    assert last(room).details == {"fields": ["name"]}
    assert latest_sentence(room) == f"{room.organizer.name} changed the settings: the name"
    browser.post(address, {"name": "Another", "time_zone": "Asia/Tokyo"})
    assert (
        latest_sentence(room)
        == f"{room.organizer.name} changed the settings: the name, the time zone"
    )


def test_settings_saved_as_they_were_are_no_event(room):
    before = last(room)
    browser = browser_of(room.organizer)
    browser.post(
        f"/groups/{room.group.slug}/settings/", {"name": room.group.name, "time_zone": "UTC"}
    )
    assert last(room) == before


def test_settings_that_are_refused_are_no_event(room):
    before = last(room)
    form = {"name": "Renamed", "time_zone": "Nowhere/At-All"}
    answer = browser_of(room.organizer).post(f"/groups/{room.group.slug}/settings/", form)
    assert answer.status_code == 422
    assert last(room) == before


def test_a_setting_changed_by_another_organizer_in_between_is_not_told_twice(room):
    mine = Group.objects.get(pk=room.group.pk)
    room.group.change_settings(room.organizer, name="Renamed")
    before = last(room)
    mine.change_settings(room.organizer, name="Renamed")
    assert last(room) == before


def test_a_paper_removed_is_told_with_its_title(room):
    browser_of(room.organizer).post(f"/groups/{room.group.slug}/papers/{room.paper.pk}/delete/")
    assert not Paper.objects.in_group(room.group).exists()
    assert last(room).details == {"what": "paper", "title": room.paper.title}
    assert latest_sentence(room) == (
        f"{room.organizer.name} removed the paper “{room.paper.title}” from the list"
    )


def test_a_topic_removed_is_told_with_what_went_with_it(room):
    below = make_topic(room.group, "Below", room.topic)
    make_paper(room.group, below)
    elsewhere = make_paper(room.group, below)
    elsewhere.place_under(room.other_topic)
    room.topic.remove(None, by=room.organizer)
    assert last(room).details == {"what": "topic", "title": "Pruning", "topics": 1, "papers": 2}
    assert latest_sentence(room).endswith(
        "“Pruning” from the list, and with it 1 topic and 2 papers"
    )
    assert list(Paper.objects.in_group(room.group)) == [elsewhere]


def test_a_topic_whose_papers_move_takes_none_with_it(room):
    form = {"move_to": room.other_topic.pk}
    browser_of(room.organizer).post(
        f"/groups/{room.group.slug}/topics/{room.topic.pk}/delete/", form
    )
    assert not Topic.objects.filter(pk=room.topic.pk).exists()
    assert (
        latest_sentence(room) == f"{room.organizer.name} removed the topic “Pruning” from the list"
    )


def test_a_thread_removed_is_told(room):
    browser_of(room.organizer).post(f"/groups/{room.group.slug}/threads/{room.thread.pk}/delete/")
    assert not Thread.objects.exists()
    assert latest_sentence(room) == f"{room.organizer.name} deleted the thread “The diagonal”"


def test_somebody_elses_comment_deleted_is_told_without_its_words(room):
    browser_of(room.organizer).post(f"/groups/{room.group.slug}/comments/{room.comment.pk}/delete/")
    assert latest_sentence(room) == (
        f"{room.organizer.name} deleted a comment of {room.author.name} in “The diagonal”"
    )
    assert "Hessian" in room.comment.source
    assert "Hessian" not in str(last(room).details)


def test_ones_own_comment_taken_back_is_no_persons_history(room):
    before = last(room)
    browser_of(room.author).post(f"/groups/{room.group.slug}/comments/{room.comment.pk}/delete/")
    assert not Comment.objects.standing().exists()
    assert last(room) == before


def test_what_is_deleted_twice_is_told_once(room):
    comment = make_comment(room.thread, room.author)
    comment.withdraw(by=room.organizer)
    before = last(room)
    comment.withdraw(by=room.organizer)
    membership = room.membership_of(room.organizer)
    paper, thread = Paper.objects.get(), Thread.objects.get()
    assert last(room) == before
    Thread.objects.get().remove(membership)
    Paper.objects.get().remove(by=room.organizer)
    before = last(room)
    thread.remove(membership)
    paper.remove(by=room.organizer)
    assert last(room) == before


# In words


def sentences(room) -> list[str]:
    lines = Event.objects.in_group(room.group).with_people().order_by("pk")
    return [history_line(line).text for line in lines]


def test_a_life_of_a_group_reads_in_sentences(room):
    group, olga, max_, otto = room.group, room.organizer, room.member, room.outsider
    before = len(sentences(room))
    mailed, _ = make_invitation(group, email="new@example.org", role="organizer")
    make_invitation(group, uses_allowed=20)
    mailed.revoke(by=olga)
    request = make_join_request(group, otto)
    request.decline(by=olga)
    make_join_request(group, otto).accept(by=olga)
    room.membership_of(max_).change_role("organizer", by=olga)
    room.membership_of(max_).change_role("member", by=olga)
    room.membership_of(otto).leave()
    room.invitation.accept(otto)
    room.membership_of(otto).remove(by=olga)
    workflow.apply(room.list_import, olga)
    group.archive(by=olga)
    group.reopen(by=olga)
    group.ask_deletion(by=olga)
    group.withdraw_deletion(by=olga)
    assert sentences(room)[0] == f"{olga.name} started the group"
    assert sentences(room)[before:] == [
        f"{olga.name} invited somebody by email as an organizer",
        f"{olga.name} made a link that lets in 20 members",
        f"{olga.name} revoked an invitation",
        f"{otto.name} asked to join",
        f"{olga.name} declined the request of {otto.name}",
        f"{otto.name} asked to join",
        f"{olga.name} let {otto.name} in",
        f"{olga.name} made {max_.name} an organizer",
        f"{olga.name} made {max_.name} a member",
        f"{otto.name} left the group",
        f"{otto.name} joined",
        f"{olga.name} removed {otto.name} from the group",
        f"{olga.name} imported a list: 1 new paper, 0 new topics",
        f"{olga.name} archived the group",
        f"{olga.name} opened the group again",
        f"{olga.name} asked to delete the group",
        f"{olga.name} decided to keep the group",
    ]


def test_anyone_who_gives_up_the_key_made_themselves_a_member(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    room.membership_of(room.member).change_role("member", by=room.member)
    assert latest_sentence(room) == f"{room.member.name} made themselves a member"


@pytest.mark.parametrize("kind", registry.registered())
@pytest.mark.parametrize(
    "details",
    [
        {},
        [],
        "text",
        7,
        None,
        {"role": "owner", "uses": "many", "by_mail": []},
        {"role": ["x"], "uses": -1, "fields": "name"},
        {"fields": [None, {"a": 1}, "brand_new"], "papers": None, "topics": True},
        {"what": "planet", "title": "Mars"},
        {"what": ["paper"]},
        {"what": "paper"},
        {"what": "paper", "title": "{who.actor.password} {0} {}"},
        {"what": "topic", "title": 7, "papers": "x"},
    ],
    ids=str,
)
def test_every_line_reads_whatever_its_details_are(kind, details):
    event = Event(kind=kind, actor=User(name="Mina {who}"), details=details)
    assert history_line(event).text.startswith("Mina {who} ")
    assert str(history_line(event).html).startswith("<bdi>Mina {who}</bdi> ")


def test_a_kind_that_is_not_known_here_reads_in_general():
    assert history_line(Event(kind="danced", details={})).text == "Somebody who left did something"


def test_a_kind_that_is_not_known_here_is_listed_and_exported(room):
    room.group.tell("danced_late", room.organizer)
    assert "did something" in words_of(text_of(browser_of(room.organizer).get(history(room))))
    assert table(room)[0]["what"] == "Danced late"


@pytest.mark.parametrize("kind", registry.registered())
def test_every_kind_has_a_label_and_a_sentence_and_can_be_asked_for(room, kind):
    room.group.tell(kind, room.organizer)
    assert registry.event_label(kind) == registry.registered()[kind].label
    assert len({label for _, label in registry.event_choices()}) == len(registry.event_choices())
    assert last(room).kind == kind
    assert registry.sentence_of(last(room)).pattern != registry.UNKNOWN
    page = text_of(browser_of(room.organizer).get(history(room, f"?kind={kind}")))
    assert fields_of(page)["kind"] == [kind]
    assert {row["what"] for row in table(room, f"?kind={kind}")} == {registry.event_label(kind)}


def test_a_kind_of_one_name_is_registered_once():
    with pytest.raises(ValueError, match="started"):
        registry.register({"started": registry.EventKind("Begun", "{who} began")})


@pytest.mark.parametrize("kind", ["", "Started", "two words"])
def test_the_name_of_a_kind_is_one_word(room, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        room.group.tell(kind, room.organizer)


def test_names_and_titles_are_written_out_as_text(room):
    room.organizer.name = "<b>Olga</b> & co"
    room.organizer.save()
    room.group.tell("deleted", room.organizer, what="paper", title="<script>alert(1)</script>")
    page = text_of(browser_of(room.organizer).get(history(room)))
    assert "<bdi>&lt;b&gt;Olga&lt;/b&gt; &amp; co</bdi>" in page
    assert "“<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>”" in page
    assert "<script>alert" not in page


# The page


def test_event_list_shows_the_newest_first(room):
    page = text_of(browser_of(room.organizer).get(history(room)))
    newest, oldest = "made a link that lets in a member", "started the group"
    words = words_of(page)
    assert words.index(newest) < words.index(oldest)
    assert is_whole_page(browser_of(room.organizer).get(history(room), headers=HTMX))


def test_event_list_is_linked_from_the_members_page_for_organizers(room):
    address = f"/groups/{room.group.slug}/members/"
    assert history(room) in text_of(browser_of(room.organizer).get(address))
    assert history(room) not in text_of(browser_of(room.member).get(address))


def test_only_organizers_read_the_history(room, foreign):
    for address in (history(room), f"/groups/{room.group.slug}/history.csv"):
        assert browser_of(room.organizer).get(address).status_code == 200
        assert browser_of(room.member).get(address).status_code == 403
        assert browser_of(room.outsider).get(address).status_code == 404
        assert browser_of(foreign.organizer).get(address).status_code == 404
        assert browser_of().get(address).status_code == 302
        assert browser_of(room.organizer).post(address).status_code == 405


def test_the_history_of_a_frozen_group_is_still_read(room):
    room.group.archive(by=room.organizer)
    assert "archived the group" in words_of(text_of(browser_of(room.organizer).get(history(room))))
    assert "archived the group" in table(room)[0]["details"]


def test_event_list_shows_one_kind(room):
    page = browser_of(room.organizer).get(history(room, "?kind=invited"))
    assert text_of(page).count('id="event-') == 1
    assert "made a link" in words_of(text_of(page))
    assert fields_of(text_of(page))["kind"] == ["invited"]


def test_event_list_shows_what_one_person_did_and_what_was_done_to_them(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    room.membership_of(room.author).change_role("organizer", by=room.member)
    page = browser_of(room.organizer).get(history(room, f"?person={room.member.pk}"))
    assert text_of(page).count('id="event-') == 2
    assert fields_of(text_of(page))["person"] == [str(room.member.pk)]
    both = browser_of(room.organizer).get(history(room, f"?person={room.member.pk}&kind=left"))
    assert "Nothing like this has happened." in words_of(text_of(both))


def test_event_list_offers_the_people_of_this_history_and_no_one_else(room, foreign):
    page = text_of(browser_of(room.organizer).get(history(room)))
    assert f"{room.organizer.name} (@{room.organizer.handle})" in page
    assert foreign.organizer.name not in page


@pytest.mark.parametrize(
    "query",
    [
        "?kind=danced", "?person=0", "?person=-1", "?person=abc", f"?person={'9' * 20}",
        f"?person={'9' * 5000}", "?page=0", "?page=-1", "?page=abc", f"?page={'9' * 20}",
        "?kind=&person=&page=",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_as_if_it_were_not_there(room, query):
    everything = table(room)
    answer = browser_of(room.organizer).get(history(room, query))
    assert answer.status_code == 200
    assert "field__errors" not in text_of(answer)
    assert table(room, query) == everything
    assert text_of(answer).count('id="event-') == len(everything) > 0


def test_a_person_of_another_group_narrows_nothing(room, foreign):
    assert table(room, f"?person={foreign.organizer.pk}") == table(room)


def test_event_list_has_pages(room, monkeypatch):
    monkeypatch.setattr("groups.events.history.LINES_ON_A_PAGE", 2)
    for _ in range(3):
        make_invitation(room.group)
    first = text_of(browser_of(room.organizer).get(history(room, "?kind=invited")))
    second = text_of(browser_of(room.organizer).get(history(room, "?kind=invited&page=2")))
    third = text_of(browser_of(room.organizer).get(history(room, "?kind=invited&page=3")))
    assert [page.count('id="event-') for page in (first, second, third)] == [2, 2, 0]
    assert "?kind=invited&amp;page=2" in first
    assert "Nothing like this has happened so long ago." in words_of(third)


def test_event_list_tells_moments_by_the_clock_of_the_reader(room, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    room.group.tell("archived", room.organizer)
    monkeypatch.undo()
    assert "24 Nov 2026, 23:30" in text_of(browser_of(room.organizer).get(history(room)))
    room.organizer.describe(time_zone="Asia/Tokyo")
    page = text_of(browser_of(room.organizer).get(history(room)))
    assert "25 Nov 2026, 08:30" in page
    assert "Times are in Asia/Tokyo." in words_of(page)
    assert table(room)[0]["moment"] == "2026-11-24T23:30:00+00:00"


# As a table


def test_event_export_is_a_file_with_a_line_for_each_event(room):
    answer = browser_of(room.organizer).get(f"/groups/{room.group.slug}/history.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="readers-history.csv"'
    rows = table_of(answer)
    assert list(rows[0]) == ["moment", "who", "handle", "what", "whom", "details"]
    assert len(rows) == Event.objects.in_group(room.group).count()
    assert rows[-1]["who"] == room.organizer.name
    assert rows[-1]["handle"] == room.organizer.handle
    assert rows[-1]["what"] == "Started the group"
    assert rows[-1]["whom"] == ""
    assert rows[-1]["details"] == f"{room.organizer.name} started the group"


def test_event_export_is_narrowed_like_the_page(room):
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    rows = table(room, f"?kind=role_changed&person={room.member.pk}")
    assert [row["whom"] for row in rows] == [room.member.name]
    page = text_of(browser_of(room.organizer).get(history(room, "?kind=role_changed&page=1")))
    assert f'href="/groups/{room.group.slug}/history.csv?kind=role_changed"' in page


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_it_is_a_formula(room, sign):
    name = f'{sign}HYPERLINK("http://evil.example")'
    User.objects.filter(pk=room.organizer.pk).update(name=name)
    rows = table(room)
    assert rows[-1]["who"] == f"'{name}"
    assert rows[-1]["details"] == f"'{name} started the group"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@\t\r"))]
