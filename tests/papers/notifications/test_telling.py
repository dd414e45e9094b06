"""Who is told of what, and who never is."""

from collections.abc import Callable

import pytest

from groups.models import User
from papers.assignments.forms import remove_assignment
from papers.discussion.posting import edit_comment, post_comment, withdraw_comment
from papers.models import Assignment, Comment, Follow, Level, Mention, Notification, Reason
from papers.notifications import telling
from papers.notifications.reasons import REASONS
from papers.rendering.markdown import render
from tests.factories import Room, browser_of, make_comment, make_membership, make_paper, make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def post(room: Room, author: User, source: str, parent: Comment | None = None) -> Comment:
    return post_comment(room.thread, author, source, parent, html=render(source))


def told(user: User) -> list[str]:
    found = Notification.objects.of(user).readable().order_by("pk")
    return list(found.values_list("reason", flat=True))


class TestComments:
    def test_a_mention_tells_the_one_who_is_mentioned(self, room: Room) -> None:
        post(room, room.author, f"What says @{room.member.handle}?")
        assert told(room.member) == [Reason.MENTIONED]
        assert told(room.organizer) == told(room.author) == []

    def test_a_handle_may_be_written_in_capitals(self, room: Room) -> None:
        post(room, room.author, f"@{room.member.handle.upper()}")
        assert told(room.member) == [Reason.MENTIONED]

    @pytest.mark.parametrize(
        "source", ["`@{}`", "    @{}", "```\n@{}\n```", "mail@{}.org", "[@{}](https://x.org)"]
    )
    def test_in_code_links_and_addresses_nobody_is_mentioned(self, room: Room, source: str) -> None:
        post(room, room.author, source.format(room.member.handle))
        assert told(room.member) == []

    def test_a_handle_of_no_member_is_text(self, room: Room) -> None:
        comment = post(room, room.author, f"@{room.outsider.handle} and @nobody-at-all")
        assert told(room.outsider) == []
        assert not comment.mentions.exists()
        assert "mention" not in str(browser_of(room.member).get(comment.get_absolute_url()).content
                                    .partition(b"comment__text")[2][:400])  # fmt: skip

    def test_twenty_are_mentioned_at_most(self, room: Room) -> None:
        people = [make_user(f"Reader {number}") for number in range(30)]
        for person in people:
            make_membership(room.group, person)
        post(room, room.author, " ".join(f"@{person.handle}" for person in people))
        assert Mention.objects.count() == 20

    def test_a_reply_tells_the_one_who_is_answered(self, room: Room) -> None:
        post(room, room.member, "Yes.", room.comment)
        assert told(room.author) == [Reason.REPLIED]

    def test_taking_part_follows_the_thread(self, room: Room) -> None:
        post(room, room.member, "I think so.")
        post(room, room.organizer, "So do I.")
        assert told(room.member) == [Reason.FOLLOWED]

    def test_one_is_told_once_however_one_follows(self, room: Room) -> None:
        for target in (room.group, room.topic, room.paper, room.thread):
            Follow.objects.choose(room.author, Level.ALL, target)
        comment = post(room, room.member, f"@{room.author.handle}, yes.", room.comment)
        telling.tell_of_comment.call(comment.pk)
        assert told(room.author) == [Reason.MENTIONED]

    def test_who_muted_the_thread_is_told_nothing(self, room: Room) -> None:
        Follow.objects.choose(room.author, Level.OFF, room.thread)
        post(room, room.member, f"@{room.author.handle}", room.comment)
        assert told(room.author) == []

    def test_one_is_not_told_of_ones_own(self, room: Room) -> None:
        Follow.objects.choose(room.author, Level.ALL, room.group)
        post(room, room.author, f"@{room.author.handle}", room.comment)
        assert told(room.author) == []

    def test_an_edit_tells_those_whom_it_mentions_only_now(self, room: Room) -> None:
        comment = post(room, room.author, f"@{room.member.handle}?")
        source = f"@{room.member.handle} and @{room.organizer.handle}?"
        edit_comment(comment, source, comment.version, html=render(source))
        assert told(room.member) == told(room.organizer) == [Reason.MENTIONED]

    def test_who_is_mentioned_no_more_is_not_told_any_more(self, room: Room) -> None:
        comment = post(room, room.author, f"@{room.member.handle} @{room.organizer.handle}?")
        source = f"@{room.organizer.handle}?"
        edit_comment(comment, source, comment.version, html=render(source))
        assert (told(room.member), told(room.organizer)) == ([], [Reason.MENTIONED])

    def test_what_waits_is_done_with_when_the_thread_is_muted(self, room: Room) -> None:
        post(room, room.author, f"@{room.member.handle}")
        path = f"/groups/{room.group.slug}/threads/{room.thread.pk}/follow/"
        browser_of(room.member).post(path, {"level": "off"})
        assert Notification.objects.of(room.member).waiting().count() == 0

    def test_what_is_deleted_is_told_to_no_one(self, room: Room) -> None:
        comment = post(room, room.author, f"@{room.member.handle}?")
        withdraw_comment(comment, room.author)
        assert told(room.member) == []
        telling.tell_of_comment.call(comment.pk)
        assert not Notification.objects.exists()

    def test_a_mention_leads_to_the_member_under_todays_handle(self, room: Room) -> None:
        comment = post(room, room.author, f"Ask @{room.member.handle}.")
        room.member.describe(handle="max-today")
        answer = browser_of(room.organizer).get(comment.get_absolute_url())
        link = (
            f'<a class="mention" href="/groups/{room.group.slug}/members/#member-{room.member.pk}">'
        )
        assert f"{link}@max-today</a>" in answer.content.decode()

    def test_the_public_sees_no_way_to_the_members(self, room: Room) -> None:
        room.group.visibility = "public"
        room.group.opens_threads = True
        room.group.save()
        comment = post(room, room.author, f"Ask @{room.member.handle}.")
        shown = browser_of().get(comment.get_absolute_url()).content.decode()
        assert f"@{room.member.handle}" in shown
        assert "#member-" not in shown


class TestAssignments:
    def press(self, room: Room, path: str, **fields: object) -> None:
        answer = browser_of(room.organizer).post(f"/groups/{room.group.slug}/{path}", fields)
        assert answer.status_code == 302

    def test_whose_turn_it_is_is_told(self, room: Room) -> None:
        member = room.membership_of(room.member)
        path = f"papers/{room.paper.pk}/assignments/new/"
        self.press(room, path, role="presenter", member=member.pk, due_on="2026-12-14")
        assert told(room.member) == [Reason.ASSIGNED]
        page = text_of(browser_of(room.member).get("/notifications/"))
        assert "Your turn to present by 14 Dec 2026" in page

    def test_a_new_day_is_told(self, room: Room) -> None:
        held = room.assignment
        path = f"assignments/{held.pk}/edit/"
        facts = {"role": held.role, "member": held.member_id, "version": held.version}
        self.press(room, path, due_on="2027-01-07", **facts)
        assert told(room.author) == [Reason.REASSIGNED]

    def test_both_are_told_when_it_goes_to_somebody_else(self, room: Room) -> None:
        held, member = room.assignment, room.membership_of(room.member)
        path = f"assignments/{held.pk}/edit/"
        self.press(room, path, role=held.role, member=member.pk, version=held.version)
        assert told(room.author) == [Reason.UNASSIGNED]
        assert told(room.member) == [Reason.ASSIGNED]

    def test_who_had_it_is_told_that_it_is_taken_back(self, room: Room) -> None:
        remove_assignment(room.assignment, room.organizer)
        assert told(room.author) == [Reason.UNASSIGNED]

    def test_what_was_told_goes_with_the_assignment(self, room: Room) -> None:
        member = room.membership_of(room.member)
        given = Assignment.objects.create(paper=room.paper, member=member)
        telling.assigned(given, room.organizer)
        remove_assignment(given, room.organizer)
        assert told(room.member) == [Reason.UNASSIGNED]

    def test_an_open_slot_is_told_to_those_who_follow(self, room: Room) -> None:
        Follow.objects.choose(room.member, Level.ALL, room.paper)
        telling.assigned(room.slot, room.organizer)
        assert told(room.member) == [Reason.SLOT]
        assert told(room.author) == []

    def test_who_assigns_themselves_is_not_told(self, room: Room) -> None:
        telling.assigned(room.assignment, room.author)
        assert told(room.author) == []


def test_a_new_paper_is_told_to_those_who_follow_its_topic(room: Room) -> None:
    Follow.objects.choose(room.member, Level.ALL, room.topic)
    path = f"/groups/{room.group.slug}/papers/new/"
    fields = {"title": "Slim networks", "topics": [room.topic.pk], "version": ""}
    assert browser_of(room.organizer).post(path, fields).status_code == 302
    assert told(room.member) == [Reason.PAPER]
    assert told(room.author) == []


def test_every_reason_has_its_row() -> None:
    assert set(REASONS) == set(Reason)


def by_comment(room: Room) -> None:
    post(room, room.author, f"@{room.member.handle}")


def by_assignment(room: Room) -> None:
    member = room.membership_of(room.member)
    telling.assigned(Assignment.objects.create(paper=room.paper, member=member), room.organizer)


def by_paper(room: Room) -> None:
    Follow.objects.choose(room.member, Level.ALL, room.group)
    telling.papers_added([make_paper(room.group, room.topic)], room.organizer)


@pytest.mark.parametrize("tell", [by_comment, by_assignment, by_paper])
class TestWhoMayNotBeTold:
    """Between the telling and the reading something ended."""

    def test_who_left(self, room: Room, tell: Callable[[Room], None]) -> None:
        tell(room)
        assert len(told(room.member)) == 1
        room.membership_of(room.member).delete()
        assert told(room.member) == []
        assert text_of(browser_of(room.member).get("/notifications/")).count("Nothing new") == 1

    def test_whose_account_is_closed(self, room: Room, tell: Callable[[Room], None]) -> None:
        tell(room)
        User.objects.filter(pk=room.member.pk).update(is_active=False)
        assert told(room.member) == []

    def test_of_a_paper_that_was_removed(self, room: Room, tell: Callable[[Room], None]) -> None:
        tell(room)
        for paper in room.group.papers.all():
            paper.remove(by=room.organizer)
        assert told(room.member) == []

    def test_outsiders(self, room: Room, tell: Callable[[Room], None]) -> None:
        tell(room)
        assert told(room.outsider) == []
        number = Notification.objects.get(user=room.member).pk
        for action in ("done/", "later/"):
            path = f"/notifications/{number}/{action}"
            assert browser_of(room.outsider).post(path, {"until": "day"}).status_code == 404


def test_reading_the_thread_makes_its_notifications_seen(room: Room) -> None:
    make_comment(room.thread, room.author, "Another thought")
    post(room, room.author, f"@{room.member.handle}")
    assert Notification.objects.of(room.member).unseen().count() == 1
    browser_of(room.member).get(room.thread.get_absolute_url())
    assert Notification.objects.of(room.member).unseen().count() == 0
    assert Notification.objects.of(room.member).waiting().count() == 1
