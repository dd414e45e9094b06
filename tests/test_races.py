"""What several people do at the same moment ends as if they had done it one after the other.

The actions of a race run in threads that leave a barrier together, each with a database connection
of its own, as the threads of a server have. Beside the safe forms stand their naive twins: they
read, decide and then write. They must fail here, or the harness would show nothing.
"""

import secrets
from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Group, Membership, User
from papers.models import Assignment, Comment, ListImport, Paper, Placement, Thread, Topic
from papers.models.reading_statuses import ReadingStatus
from tests.factories import (
    make_assignment,
    make_comment,
    make_group,
    make_membership,
    make_paper,
    make_thread,
    make_topic,
    make_user,
    two_organizers,
)
from tests.racing import (
    ROUNDS,
    ROUNDS_OF_A_TWIN,
    Action,
    a_place_in_the_queue_for_everybody,
    at_once,
    loser,
    press,
    statuses,
)

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["a_place_in_the_queue_for_everybody"]


# Marks


def test_fifty_presses_on_one_status_make_one_row():
    group = make_group()
    reader, paper = make_membership(group).user, make_paper(group)
    presses = [press(reader, "papers:status_update", group.slug, paper.pk, status="read")] * 50
    assert statuses(at_once(presses)) == {302: 50}
    status = ReadingStatus.objects.get()
    assert (status.paper, status.user, status.status) == (paper, reader, "read")


def test_of_different_statuses_at_once_one_is_kept():
    group = make_group()
    reader, paper = make_membership(group).user, make_paper(group)
    wanted = ["read", "reading", "skimmed", "skipped"] * 2
    presses = [
        press(reader, "papers:status_update", group.slug, paper.pk, status=status)
        for status in wanted
    ]
    assert statuses(at_once(presses)) == {302: 8}
    status = ReadingStatus.objects.get()
    assert (status.finished_at is not None) == (status.status == "read")


# Slots


def test_of_twenty_people_one_gets_the_open_slot_and_the_others_are_told_who():
    group = make_group()
    people = [make_membership(group, make_user(f"Reader {n:02}")) for n in range(20)]
    slot = make_assignment(make_paper(group))
    answers = at_once(
        [press(p.user, "papers:assignment_take", group.slug, slot.pk) for p in people]
    )
    assert statuses(answers) == {302: 1, 409: 19}
    slot.refresh_from_db()
    assert slot.member == people[[answer.status_code for answer in answers].index(302)]
    pages = [answer.content.decode() for answer in answers if answer.status_code == 409]
    assert all(f"{slot.member.user.name} took this slot first" in page for page in pages)


def test_a_slot_that_is_taken_and_removed_at_once_is_no_fault():
    group = make_group()
    organizer = group.memberships.get().user
    member, paper = make_membership(group).user, make_paper(group)
    for _ in range(ROUNDS):
        slot = make_assignment(paper)
        take = press(member, "papers:assignment_take", group.slug, slot.pk)
        remove = press(organizer, "papers:assignment_delete", group.slug, slot.pk)
        assert statuses(at_once([take, remove]))[302] >= 1
        assert not Assignment.objects.exists()


def naive_take(slot: Assignment, membership: Membership) -> bool:
    """Look whether the slot is open, then take it."""
    if Assignment.objects.get(pk=slot.pk).member_id is None:
        Assignment.objects.filter(pk=slot.pk).update(member=membership)
        return True
    return False


def test_control_a_naive_slot_has_several_winners():
    group = make_group()
    people = [make_membership(group) for _ in range(6)]
    topic = make_topic(group)

    def winners() -> int:
        slot = make_assignment(make_paper(group, topic))
        return sum(at_once([lambda p=person: naive_take(slot, p) for person in people]))

    assert any(winners() > 1 for _ in range(ROUNDS_OF_A_TWIN))


# Repeats


@pytest.mark.parametrize("headers", [None, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_four_sendings_of_one_form_say_it_once_and_are_answered_alike(headers):
    group = make_group()
    member = make_membership(group).user
    thread = make_thread(make_paper(group), member)
    for _ in range(ROUNDS):
        before = thread.comments.count()
        sending = {
            "source": "Only once",
            "idempotency_key": secrets.token_hex(8),
            "headers": headers,
        }
        answers = at_once(
            [
                press(member, "papers:comment_create", group.slug, thread.pk, **sending)
                for _ in range(4)
            ]
        )
        assert statuses(answers) == {200 if headers else 302: 4}
        assert thread.comments.count() == before + 1
        assert len({(answer.content, answer.get("Location")) for answer in answers}) == 1


def test_one_key_of_two_people_is_two_keys():
    group = make_group()
    people = [make_membership(group).user for _ in range(2)]
    thread = make_thread(make_paper(group), people[0])
    sending = {"source": "Me, too", "idempotency_key": secrets.token_hex(8)}
    answers = at_once(
        [press(p, "papers:comment_create", group.slug, thread.pk, **sending) for p in people]
    )
    assert statuses(answers) == {302: 2}
    assert thread.comments.count() == 2


# Edits


def edits_of_a_comment(group: Group) -> tuple[Comment, list[Action]]:
    author = make_membership(group).user
    comment = make_comment(make_thread(make_paper(group), author), author)
    return comment, [
        press(
            author, "papers:comment_update", group.slug, comment.pk, version=1, source=f"{n} text"
        )
        for n in ("First", "Second")
    ]


def edits_of_a_paper(group: Group) -> tuple[Paper, list[Action]]:
    paper = make_paper(group)
    topics = [topic.pk for topic in paper.topics.all()]
    return paper, [
        press(
            make_membership(group).user,
            "papers:paper_update",
            group.slug,
            paper.pk,
            version=1,
            title=f"{n} text",
            topics=topics,
        )
        for n in ("First", "Second")
    ]


def edits_of_a_thread(group: Group) -> tuple[Thread, list[Action]]:
    author = make_membership(group).user
    thread = make_thread(make_paper(group), author)
    return thread, [
        press(author, "papers:thread_update", group.slug, thread.pk, version=1, title=f"{n} text")
        for n in ("First", "Second")
    ]


@pytest.mark.parametrize("edits", [edits_of_a_comment, edits_of_a_paper, edits_of_a_thread])
def test_of_two_edits_the_second_is_shown_both_texts(edits):
    for _ in range(ROUNDS // 2):
        row, actions = edits(make_group())
        answers = at_once(actions)
        assert statuses(answers) == {302: 1, 409: 1}
        row.refresh_from_db()
        winner = ("First text", "Second text")[answers[0].status_code == 409]
        assert (str(row), row.version) == (winner, 2)
        page = loser(answers).content.decode()
        assert "First text" in page
        assert "Second text" in page


def test_an_edit_of_what_is_being_deleted_is_no_fault():
    group = make_group()
    organizer = group.memberships.get().user
    for _ in range(ROUNDS):
        comment, (edit, _) = edits_of_a_comment(group)
        delete = press(organizer, "papers:thread_delete", group.slug, comment.thread_id)
        edited, deleted = at_once([edit, delete])
        assert edited.status_code in (302, 404, 409)
        assert deleted.status_code == 302
        assert not Comment.objects.exists()


# Papers, topics and their places


def adding(user: User, group: Group, topic: Topic, title: str) -> Action:
    return press(user, "papers:paper_create", group.slug, title=title, topics=[topic.pk])


def test_a_paper_that_two_add_at_once_is_there_once_and_one_is_told():
    for _ in range(ROUNDS // 2):
        group = make_group()
        topic = make_topic(group)
        people = [make_membership(group).user for _ in range(2)]
        answers = at_once([adding(user, group, topic, "Attention") for user in people])
        assert statuses(answers) == {302: 1, 422: 1}
        assert "already on the list" in loser(answers).content.decode()
        assert group.papers.get().placements.count() == 1


def test_papers_added_at_once_all_find_a_place_of_their_own():
    group = make_group()
    topic = make_topic(group)
    people = [make_membership(group).user for _ in range(6)]
    answers = at_once([adding(user, group, topic, f"Title {n}") for n, user in enumerate(people)])
    assert statuses(answers) == {302: 6}
    assert places(topic) == list(range(6))


def places(topic: Topic) -> list[int]:
    return sorted(topic.placements.values_list("position", flat=True))


def moving(user: User, placement: Placement, topic: Topic, place: int = 1) -> Action:
    return press(
        user,
        "papers:placement_update",
        topic.group.slug,
        placement.pk,
        topic=topic.pk,
        place=place,
    )


def test_a_paper_moved_to_one_topic_from_two_at_once_is_there_once():
    for _ in range(ROUNDS // 2):
        group = make_group()
        here, there, wanted = (make_topic(group) for _ in range(3))
        paper, people = make_paper(group, here), [make_membership(group).user for _ in range(2)]
        placements = [paper.placements.get(), paper.place_under(there)]
        answers = at_once(
            [moving(user, place, wanted) for user, place in zip(people, placements, strict=True)]
        )
        assert statuses(answers) == {302: 2}
        assert paper.placements.get().topic == wanted


def test_a_placement_that_two_move_apart_at_once_goes_one_way():
    for _ in range(ROUNDS):
        group = make_group()
        here, there, elsewhere = (make_topic(group) for _ in range(3))
        paper, people = make_paper(group, here), [make_membership(group).user for _ in range(2)]
        placement = paper.placements.get()
        answers = at_once(
            [moving(people[0], placement, there), moving(people[1], placement, elsewhere)]
        )
        assert statuses(answers)[302] == 1
        assert paper.placements.count() == 1


def test_papers_that_all_go_to_the_front_at_once_leave_no_gap_and_no_double():
    group = make_group()
    topic = make_topic(group)
    papers = [make_paper(group, topic) for _ in range(5)]
    moves = [moving(make_membership(group).user, paper.placements.get(), topic) for paper in papers]
    assert statuses(at_once(moves)) == {302: 5}
    assert places(topic) == list(range(5))


def test_placing_and_arranging_at_once_make_one_placement_each():
    group = make_group()
    topic, other = make_topic(group), make_topic(group)
    papers = [make_paper(group, topic) for _ in range(3)]
    at_once([lambda p=paper, n=n: p.place_under(other, n) for paper in papers for n in (1, 2)])
    assert places(other) == [0, 1, 2]


def test_two_topics_that_go_below_each_other_at_once_make_no_ring():
    for _ in range(ROUNDS):
        group = make_group()
        one, other = make_topic(group), make_topic(group)
        people = [make_membership(group).user for _ in range(2)]
        answers = at_once(
            [
                press(
                    user,
                    "papers:topic_update",
                    group.slug,
                    topic.pk,
                    name=topic.name,
                    parent=parent.pk,
                )
                for user, topic, parent in zip(people, (one, other), (other, one), strict=True)
            ]
        )
        assert statuses(answers)[302] == 1
        assert [topic.depth for topic in Topic.objects.in_group(group).outline()] == [0, 1]


def test_topics_renamed_and_moved_at_once_keep_one_order():
    group = make_group()
    topics = [make_topic(group) for _ in range(6)]
    answers = at_once(
        [
            press(
                make_membership(group).user,
                "papers:topic_update",
                group.slug,
                topic.pk,
                name=f"New {n}",
                place=1,
            )
            for n, topic in enumerate(topics)
        ]
    )
    assert statuses(answers) == {302: 6}
    assert [t.position for t in group.topics.order_by("position")] == list(range(6))


# Imports


LIST = """# Topic
- [ ] Attention [Vaswani et al., NeurIPS 2017]
- [x] Adam [Kingma et al., ICLR 2015]
"""
LONGER_LIST = LIST + "- [ ] Dropout [Srivastava et al., JMLR 2014]\n## Below\n- [ ] Adam\n"


def confirming(group: Group, user: User, text: str) -> Action:
    imported = ListImport.objects.create(group=group, imported_by=user, text=text)
    return press(user, "papers:import_detail", group.slug, imported.pk)


def test_one_import_confirmed_twice_at_once_is_written_once():
    group = make_group()
    organizer = group.memberships.get().user
    answers = at_once([confirming(group, organizer, LIST)] * 4)
    assert statuses(answers) == {302: 4}
    assert sorted(paper.title for paper in group.papers.all()) == ["Adam", "Attention"]
    assert Placement.objects.in_group(group).count() == 2


def test_two_imports_into_one_group_at_once_make_one_list():
    for _ in range(ROUNDS // 2):
        group, one, other = two_organizers()
        answers = at_once(
            [confirming(group, one.user, LIST), confirming(group, other.user, LONGER_LIST)]
        )
        assert statuses(answers) == {302: 2}
        titles = sorted(paper.title for paper in group.papers.all())
        assert titles == ["Adam", "Attention", "Dropout"]
        assert [topic.name for topic in group.topics.in_order()] == ["Topic", "Below"]
        assert Placement.objects.in_group(group).count() == 4


def test_a_paper_added_while_it_is_imported_is_there_once():
    for _ in range(ROUNDS):
        group = make_group()
        organizer, member = group.memberships.get().user, make_membership(group).user
        topic = make_topic(group, "Topic")
        title = "Attention" if group.pk % 2 else "Adam"
        answers = at_once([confirming(group, organizer, LIST), adding(member, group, topic, title)])
        assert statuses(answers)[302] >= 1
        assert answers[0].status_code == 302
        assert sorted(paper.title for paper in group.papers.all()) == ["Adam", "Attention"]


# Saying and deleting


def test_a_reply_to_a_thread_that_an_organizer_deletes_goes_with_it_or_comes_back():
    group = make_group()
    organizer = group.memberships.get().user
    member, paper = make_membership(group).user, make_paper(group)
    for _ in range(ROUNDS):
        thread = make_thread(paper, organizer)
        sending = {"source": "A careful answer", "idempotency_key": secrets.token_hex(8)}
        replied, deleted = at_once(
            [
                press(member, "papers:comment_create", group.slug, thread.pk, **sending),
                press(organizer, "papers:thread_delete", group.slug, thread.pk),
            ]
        )
        assert replied.status_code in (302, 404, 409)
        assert deleted.status_code in (302, 409)
        assert (replied.status_code, deleted.status_code) != (409, 409)
        if replied.status_code == 409:
            assert "A careful answer" in replied.content.decode()
        assert thread.comments.exists() == (deleted.status_code == 409)


def test_a_thread_keeps_what_is_said_and_deleted_in_it_at_once():
    group = make_group()
    people = [make_membership(group).user for _ in range(3)]
    thread = make_thread(make_paper(group), people[0])
    for _ in range(ROUNDS):
        said = make_comment(thread, people[0])
        answers = at_once(
            [
                *(
                    press(person, "papers:comment_create", group.slug, thread.pk, source="Wait")
                    for person in people[1:]
                ),
                press(people[0], "papers:comment_delete", group.slug, said.pk),
            ]
        )
        statuses(answers)
        assert not Thread.objects.kept_wrongly().exists()


def test_anyone_who_takes_back_a_thread_never_takes_an_answer_with_it():
    group = make_group()
    starter, member = (make_membership(group).user for _ in range(2))
    paper = make_paper(group)
    for _ in range(ROUNDS):
        thread = make_thread(paper, starter)
        replied, deleted = at_once(
            [
                press(member, "papers:comment_create", group.slug, thread.pk, source="Wait"),
                press(starter, "papers:thread_delete", group.slug, thread.pk),
            ]
        )
        statuses([replied, deleted])
        assert [replied.status_code, deleted.status_code].count(302) == 1
        assert thread.comments.exists() == (replied.status_code == 302)


def test_what_is_said_and_marked_while_its_paper_is_deleted_is_no_fault():
    group = make_group()
    organizer, topic = group.memberships.get().user, make_topic(group)
    people = [make_membership(group).user for _ in range(3)]
    for _ in range(ROUNDS):
        paper = make_paper(group, topic)
        thread = make_thread(paper, organizer)
        answers = at_once(
            [
                press(organizer, "papers:paper_delete", group.slug, paper.pk),
                press(people[0], "papers:status_update", group.slug, paper.pk, status="read"),
                press(people[1], "papers:comment_create", group.slug, thread.pk, source="Hm"),
                press(
                    people[2], "papers:thread_create", group.slug, paper.pk, title="A", source="B"
                ),
            ]
        )
        assert statuses(answers)[302] >= 1
        is_gone = answers[0].status_code == 302
        assert Paper.objects.filter(pk=paper.pk).exists() != is_gone


# Groups


def test_groups_that_are_started_at_once_with_one_name_are_several():
    names = ["Deep reading", "Deep reading", "Deep-reading", "deep: reading"]
    answers = at_once([press(make_user(), "papers:group_create", name=name) for name in names])
    assert statuses(answers) == {302: 4}
    assert Group.objects.count() == len({answer["Location"] for answer in answers}) == 4


# Looking


def test_who_looks_while_papers_and_topics_come_and_go_sees_no_fault():
    """A page asks several times, and between two questions somebody else may have written."""
    group = make_group()
    organizer, member = group.memberships.get().user, make_membership(group).user
    make_comment(make_thread(make_paper(group), organizer), organizer)
    for _ in range(ROUNDS):
        topic = make_topic(group)
        papers = [make_paper(group, topic) for _ in range(4)]
        comment = make_comment(make_thread(papers[0], organizer), organizer)
        looks = [
            looking(member, group.get_absolute_url()),
            looking(member, reverse("papers:list_export", args=[group.slug])),
            looking(member, reverse("home")),
            looking(member, comment.thread.get_absolute_url()),
            looking(member, papers[0].get_absolute_url()),
        ]
        changes = [
            *(press(organizer, "papers:paper_delete", group.slug, p.pk) for p in papers),
            confirming(group, organizer, f"# New {topic.pk}\n- [ ] Title {topic.pk}\n"),
            press(organizer, "papers:topic_delete", group.slug, topic.pk),
        ]
        actions = [in_turn(changes), in_turn(looks * 2), in_turn(looks * 2)]
        for answers in at_once(actions):
            assert statuses(answers)


def in_turn(actions: Sequence[Action]) -> Action:
    return lambda: [action() for action in actions]


def looking(user: User, address: str) -> Action:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return lambda: client.get(address)
