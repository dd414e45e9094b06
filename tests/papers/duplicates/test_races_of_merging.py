"""Merging, undoing, setting a status and adding at the same moment lose nothing.

Beside the safe action there is a naive twin, which reads, decides and then writes. It must fail
here, or the harness would show nothing.
"""

import pytest
from django.utils import timezone

from groups.models import Group, Membership
from papers.models import Paper, PaperMerge, Placement, ReadingStatus, Topic
from tests.factories import make_membership, make_paper, make_topic, two_organizers
from tests.racing import (
    ROUNDS,
    ROUNDS_OF_A_TWIN,
    Action,
    a_place_in_the_queue_for_everybody,
    at_once,
    press,
    statuses,
)

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["a_place_in_the_queue_for_everybody"]


def make_pair() -> tuple[Group, list[Membership], Topic, list[Paper]]:
    group, one, other = two_organizers()
    topic = make_topic(group)
    papers = [make_paper(group, topic, title=f"Sparse gates {'abc'[n]}") for n in range(3)]
    return group, [one, other], topic, papers


def merging(organizer: Membership, paper: Paper, other: Paper) -> Action:
    slug = organizer.group.slug
    return press(organizer.user, "papers:merge_create", slug, paper.pk, other.pk)


def test_one_pair_that_two_merge_at_once_is_merged_once():
    for turned in [False, True] * (ROUNDS // 2):
        group, people, _, (paper, other, _) = make_pair()
        two = (other, paper) if turned else (paper, other)
        answers = at_once([merging(people[0], paper, other), merging(people[1], *two)])
        assert set(statuses(answers)) <= {302, 409}
        assert statuses(answers)[302] >= 1
        assert PaperMerge.objects.in_group(group).count() == 1
        assert group.papers.count() == 2


def test_a_paper_that_two_merge_into_different_ones_goes_one_way():
    for _ in range(ROUNDS):
        group, people, topic, (paper, other, third) = make_pair()
        other.set_status(people[0].user, "read")
        answers = at_once([merging(people[0], paper, other), merging(people[1], third, other)])
        assert statuses(answers) == {302: 1, 409: 1}
        assert group.papers.count() == topic.placements.count() == 2
        assert ReadingStatus.objects.in_group(group).count() == 1


def naive_merge(paper: Paper, other: Paper) -> bool:
    """Look whether the other one is on the list, then set it aside."""
    if Paper.all_objects.get(pk=other.pk).is_set_aside:
        return False
    Placement.objects.filter(paper=other).update(paper=paper)
    aside = {"set_aside_at": timezone.now(), "merged_into": paper}
    Paper.all_objects.filter(pk=other.pk).update(**aside)
    return True


def test_control_a_naive_merge_goes_both_ways():
    group, _, _, (paper, third, _) = make_pair()

    def winners() -> int:
        other = make_paper(group, make_topic(group))
        return sum(at_once([lambda p=p: naive_merge(p, other) for p in (paper, third)]))

    assert any(winners() > 1 for _ in range(ROUNDS_OF_A_TWIN))


def test_a_merge_that_two_undo_at_once_is_undone_once():
    for _ in range(ROUNDS):
        group, people, topic, (paper, other, _) = make_pair()
        merge = PaperMerge.objects.merge(other, paper, people[0].user)
        undo = [press(p.user, "papers:merge_undo", group.slug, merge.pk) for p in people]
        assert statuses(at_once(undo)) == {302: 2}
        assert group.papers.count() == topic.placements.count() == 3
        assert group.events.of_kind("merged").count() == 2


def test_a_status_of_the_moment_of_a_merge_is_kept_or_refused():
    for status in ["reading", None] * (ROUNDS // 2):
        group, people, _, (paper, other, _) = make_pair()
        reader = make_membership(group).user
        if status:
            other.set_status(reader, status)
        mark = press(reader, "papers:status_update", group.slug, other.pk, status="read")
        merged, marked = at_once([merging(people[0], paper, other), mark])
        assert merged.status_code == 302
        assert marked.status_code in (302, 404, 409)
        found = paper.statuses.filter(user=reader).values_list("status", flat=True)
        before = [status] if status else []
        assert list(found) == (["read"] if marked.status_code == 302 else before)


def test_a_thread_that_is_started_at_the_moment_of_a_merge_goes_along_or_is_refused():
    for _ in range(ROUNDS):
        group, people, _, (paper, other, _) = make_pair()
        said = {"title": "Why?", "source": "Why so?"}
        start = press(
            make_membership(group).user, "papers:thread_create", group.slug, other.pk, **said
        )
        merged, started = at_once([merging(people[0], paper, other), start])
        assert merged.status_code == 302
        assert started.status_code in (302, 404, 409)
        assert paper.threads.count() == (started.status_code == 302)
        assert not other.threads.exists()


def test_a_place_that_is_moved_at_the_moment_of_a_merge_is_a_place_of_the_survivor():
    for _ in range(ROUNDS):
        group, people, topic, (paper, other, _) = make_pair()
        there = make_topic(group)
        placement = other.placements.get()
        move = press(
            make_membership(group).user,
            "papers:placement_update",
            group.slug,
            placement.pk,
            topic=there.pk,
            place=1,
        )
        merged, moved = at_once([merging(people[0], paper, other), move])
        assert merged.status_code == 302
        assert moved.status_code in (302, 404, 409)
        assert not other.placements.exists()
        assert topic.placements.count() == 2


def test_a_paper_removed_at_the_moment_of_its_merge_takes_nothing_of_the_survivor_along():
    for _ in range(ROUNDS):
        group, people, _, (paper, other, _) = make_pair()
        other.set_status(people[0].user, "read")
        remove = press(people[1].user, "papers:paper_delete", group.slug, other.pk)
        merged, removed = at_once([merging(people[0], paper, other), remove])
        assert merged.status_code in (302, 404, 409)
        assert removed.status_code in (302, 404, 409)
        assert group.papers.filter(pk=paper.pk).exists()
        assert paper.statuses.count() == (merged.status_code == 302)


def test_a_paper_that_is_added_while_its_merge_is_undone_is_there_once():
    for _ in range(ROUNDS):
        group, people, topic, (paper, other, _) = make_pair()
        merge = PaperMerge.objects.merge(other, paper, people[0].user)
        Paper.all_objects.filter(pk=other.pk).update(
            title="Another by now", identity="title:anotherbynow", title_key="title:anotherbynow"
        )
        undo = press(people[0].user, "papers:merge_undo", group.slug, merge.pk)
        add = press(
            make_membership(group).user,
            "papers:paper_create",
            group.slug,
            title="Another by now",
            topics=[topic.pk],
        )
        undone, added = at_once([undo, add])
        assert undone.status_code == 302
        assert added.status_code == 422
        assert group.papers.filter(title="Another by now").count() == 1
