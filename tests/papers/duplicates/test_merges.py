"""Two papers become one, and two again, with all statuses, assignments and comments."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from groups.models import Event
from papers.archives.cleanup import clean_up
from papers.archives.personal_archive import PersonalArchive
from papers.imports import workflow
from papers.models import Assignment, MergeRefused, NotDuplicate, Paper, PaperMerge, ReadingStatus
from tests.factories import (
    Room,
    browser_of,
    make_assignment,
    make_comment,
    make_group,
    make_membership,
    make_paper,
    make_thread,
    make_topic,
    make_user,
)
from tests.pages import text_of, words_of
from tests.rows import everything_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(room: Room) -> Paper:
    """A second paper in another topic, which will turn out to be the first."""
    return make_paper(
        room.group,
        room.other_topic,
        title="Optimal brain damages for Readers",
        doi="10.1000/twin",
        year=1990,
        abstract="How to prune.",
    )


def merge(room: Room, twin: Paper, *chosen: str) -> PaperMerge:
    return PaperMerge.objects.merge(twin, room.paper, room.organizer, chosen)


def undo(room: Room, merge: PaperMerge) -> list[str] | None:
    return PaperMerge.objects.get(pk=merge.pk).undo(room.organizer)


def fresh(paper: Paper) -> Paper:
    return Paper.all_objects.get(pk=paper.pk)


def topics_of(paper: Paper) -> list[str]:
    return sorted(topic.name for topic in paper.topics.all())


# Merging


def test_a_merged_paper_keeps_its_own_details_but_for_those_that_were_chosen(room, twin):
    merge(room, twin, "doi", "abstract")
    paper = fresh(room.paper)
    assert (paper.title, paper.year) == (room.paper.title, None)
    assert (paper.doi, paper.abstract) == ("10.1000/twin", "How to prune.")
    assert paper.identity == "doi:10.1000/twin"
    assert paper.version == room.paper.version + 1


def test_it_is_under_the_topics_of_both_once_each(room, twin):
    twin.place_under(room.topic)
    merge(room, twin)
    assert topics_of(room.paper) == ["Pruning", "Quantization"]
    assert not twin.placements.exists()
    assert room.topic.placements.get() == room.placement


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [
        ("read", "skimmed", "read"),
        ("reading", "skimmed", "skimmed"),
        ("skipped", "reading", "reading"),
        ("to_read", "skipped", "skipped"),
        (None, "reading", "reading"),
        ("read", None, "read"),
    ],
)
def test_of_two_statuses_of_one_person_the_one_further_on_stays(room, twin, mine, theirs, kept):
    for paper, status in ((room.paper, mine), (twin, theirs)):
        if status:
            paper.set_status(room.member, status)
    merge(room, twin)
    assert room.paper.statuses.get(user=room.member).status == kept


def test_what_was_read_twice_was_finished_the_first_time(room, twin):
    for paper in (room.paper, twin):
        paper.set_status(room.member, "read")
    first = timezone.now() - timedelta(days=9)
    twin.statuses.update(finished_at=first)
    merge(room, twin)
    assert room.paper.statuses.get().finished_at == first


def test_assignments_of_both_are_kept_and_the_same_role_of_one_person_is_one(room, twin):
    anna = room.membership_of(room.author)
    due = date(2026, 12, 24)
    same = make_assignment(twin, anna, due_on=due)
    other = make_assignment(twin, room.membership_of(room.member))
    slot = make_assignment(twin, role="scribe")
    merge(room, twin)
    assignments = set(room.paper.assignments.values_list("pk", flat=True))
    assert assignments == {room.assignment.pk, room.slot.pk, other.pk, slot.pk}
    assert same.pk not in assignments
    room.assignment.refresh_from_db()
    assert room.assignment.due_on == due


def test_threads_move_and_keep_their_url(room, twin):
    thread = make_thread(twin, room.author)
    comment = make_comment(thread, room.author, "Said of the twin")
    merge(room, twin)
    assert comment.thread.pk == thread.pk
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/threads/{thread.pk}/")
    assert "Said of the twin" in text_of(page)
    assert room.paper.title in text_of(page)


def test_the_old_address_of_a_merged_paper_leads_on(room, twin):
    address = twin.get_absolute_url()
    merge(room, twin)
    for reader in (room.member, room.organizer):
        assert browser_of(reader).get(address)["Location"] == room.paper.get_absolute_url()
    assert browser_of(room.outsider).get(address).status_code == 404
    room.group.visibility = "public"
    room.group.save()
    assert browser_of().get(address)["Location"] == room.paper.get_absolute_url()


def test_the_history_tells_of_a_merge_and_of_its_undoing(room, twin):
    undo(room, merge(room, twin))
    page = words_of(text_of(browser_of(room.organizer).get(f"/groups/{room.group.slug}/history/")))
    names = f"“ {twin.title} ” was merged into “ {room.paper.title} ”"
    assert f"merged “ {twin.title} ” into “ {room.paper.title} ”" in page
    assert f"took back that {names}" in page
    assert Event.objects.of_kind("merged").count() == 2


def test_a_list_that_names_a_merged_paper_brings_nothing_new(room, twin):
    merge(room, twin)
    text = f"## Pruning\n- [ ] {twin.title}\n## Quantization\n- [ ] {twin.title}\n"
    imported = room.group.imports.create(text=text, imported_by=room.organizer)
    written = workflow.apply(imported, room.organizer)
    assert written is not None
    assert not written.new_papers
    assert [paper.pk for paper in room.group.papers.all()] == [room.paper.pk]


# A paper that is set aside


def test_a_paper_that_is_set_aside_is_reached_nowhere(room, twin):
    """By no one, under no address, in no list, export or email."""
    word = "Quistelbaum"
    Paper.objects.filter(pk=twin.pk).update(title=word, added_by=room.member)
    twin.refresh_from_db()
    member = room.membership_of(room.member)
    twin.set_status(room.member, "read")
    room.paper.set_status(room.member, "reading")
    for paper in (room.paper, twin):
        make_assignment(paper, member, due_on=date(2026, 12, 24))
    merge(room, twin)
    path = f"/groups/{room.group.slug}/"
    browser = browser_of(room.member)
    addresses = ["/", "/accounts/data/export/", path, f"{path}?show=read", f"{path}?show=assigned"]
    addresses += [f"{path}schedule/", f"{path}export/", f"{path}export/all/"]
    addresses += [f"{path}papers/{room.paper.pk}/"]
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200
        assert word not in text_of(answer), address
    for action in ("edit", "status", "threads/new"):
        assert browser.get(f"{path}papers/{twin.pk}/{action}/").status_code == 404
    operator = browser_of(make_user(is_staff=True, is_superuser=True))
    assert word not in text_of(operator.get("/admin/papers/paper/"))
    counted = dict(PersonalArchive(room.member).counted())
    assert (counted["reading statuses"], counted["assignments"]) == (1, 1)
    assert counted["papers you added"] == 0
    (progress,) = ReadingStatus.objects.of(room.member).counted_by_group()
    assert (progress["status"], progress["n"]) == ("read", 1)
    assert "1 / 1" in text_of(browser.get("/"))


def test_nothing_comes_to_hang_on_a_paper_that_was_set_aside_meanwhile(room, twin):
    """Somebody fetched it before the merge and presses after it."""
    stale = fresh(twin)
    placement = twin.placements.get()
    merge(room, twin)
    actions = [
        lambda: stale.set_status(room.member, "read"),
        lambda: stale.start_thread(room.member, title="Why?", source="Why?"),
    ]
    for action in actions:
        with pytest.raises(Exception, match="removed or merged"):
            action()
    assert stale.remove(room.organizer) is False
    placement.move(room.topic)
    assert not twin.placements.exists()
    assert topics_of(room.paper) == ["Pruning"]
    assert not ReadingStatus.objects.filter(paper=twin).exists()
    assert not twin.threads.exists()


# Undoing


def test_a_merge_that_is_undone_leaves_all_as_it_was(room, twin):
    anna, max_ = room.membership_of(room.author), room.membership_of(room.member)
    twin.place_under(room.topic)
    for person, mine, theirs in (
        (room.member, "reading", "read"),
        (room.author, None, "skimmed"),
        (room.organizer, "read", "read"),
    ):
        twin.set_status(person, theirs)
        if mine:
            room.paper.set_status(person, mine)
    make_assignment(twin, anna, due_on=date(2026, 12, 24), done_at=timezone.now())
    make_assignment(twin, max_)
    make_comment(make_thread(twin, room.author), room.author)
    before = what_stands(room)
    assert undo(room, merge(room, twin, "title", "doi", "year", "abstract")) == []
    assert what_stands(room) == before


def test_a_merge_of_an_earlier_release_can_be_undone(room, twin):
    twin.set_status(room.member, "read")
    make_assignment(twin, room.membership_of(room.author))
    make_comment(make_thread(twin, room.author), room.author)
    before = what_stands(room)
    merged = merge(room, twin)
    for key, former in (("statuses", "marks"), ("assignments", "parts"), ("threads", "talk")):
        merged.kept[former] = merged.kept.pop(key)
    merged.save()
    assert undo(room, merged) == []
    assert what_stands(room) == before


def what_stands(room: Room) -> dict[str, object]:
    """Rows of the group but for those that tell of the merge, and for how often each was written.

    A place that both had under one topic is made anew, so of places it is said where they are.
    """
    rows = everything_in(room.group)
    left_out = {"papers.PaperMerge", "groups.Event", "papers.Placement"}
    return {
        label: [{k: v for k, v in row.items() if k != "version"} for row in found]
        for label, found in rows.items()
        if label not in left_out
    } | {"places": places(room)}


def places(room: Room) -> list[tuple[str, str]]:
    return [
        (topic.name, place.paper.title)
        for topic in room.group.topics.all()
        for place in topic.placements.order_by("position", "pk")
    ]


def test_what_came_since_stays_with_the_paper_that_stayed(room, twin):
    twin.set_status(room.member, "skimmed")
    merged = merge(room, twin)
    paper = fresh(room.paper)
    paper.set_status(room.member, "read")
    thread = paper.start_thread(room.member, title="Since", source="Said since")
    assignment = make_assignment(paper, room.membership_of(room.member), role="reader")
    topic = make_topic(room.group, "Since")
    paper.place_under(topic)
    undo(room, merged)
    assert paper.statuses.get(user=room.member).status == "read"
    assert twin.statuses.get(user=room.member).status == "skimmed"
    assert paper.threads.filter(pk=thread.pk).exists()
    assert paper.assignments.filter(pk=assignment.pk).exists()
    assert topics_of(paper) == ["Pruning", "Since"]
    assert topics_of(twin) == ["Quantization"]


def test_a_detail_that_was_edited_since_stays_and_that_is_said(room, twin):
    merged = merge(room, twin, "year", "doi")
    paper = fresh(room.paper)
    paper.revise(paper.version, year=1989)
    assert undo(room, merged) == [
        f"“{room.paper.title}”: the year was edited since and stays as it is."
    ]
    assert (fresh(room.paper).year, fresh(room.paper).doi) == (1989, "")
    assert fresh(twin).year == 1990


def test_a_topic_that_is_gone_since_is_said_and_no_paper_is_nowhere(room, twin):
    merged = merge(room, twin)
    room.other_topic.remove(None, room.organizer)
    (said,) = undo(room, merged) or []
    assert "“Quantization” is gone" in said
    assert topics_of(twin) == topics_of(room.paper) == ["Pruning"]


def test_a_place_that_moved_on_since_is_made_anew(room, twin):
    merged = merge(room, twin)
    elsewhere = make_topic(room.group, "Elsewhere")
    room.paper.placements.get(topic=room.other_topic).move(elsewhere)
    assert undo(room, merged) == []
    assert topics_of(twin) == ["Quantization"]
    assert topics_of(room.paper) == ["Elsewhere", "Pruning"]


def test_a_slot_that_was_taken_since_goes_back_with_anyone_who_took_it(room, twin):
    slot = make_assignment(twin, role="scribe")
    merged = merge(room, twin)
    slot.refresh_from_db()
    slot.take(room.membership_of(room.member))
    undo(room, merged)
    assert twin.assignments.get().member == room.membership_of(room.member)


def test_a_role_that_its_holder_has_of_both_by_now_stays_and_that_is_said(room, twin):
    anna = room.membership_of(room.author)
    make_assignment(twin, anna)
    slot = make_assignment(twin)
    merged = merge(room, twin)
    room.assignment.delete()
    slot.refresh_from_db()
    slot.take(anna)
    (said,) = undo(room, merged) or []
    assert "has the same role" in said
    assert Assignment.objects.get(pk=slot.pk).paper == room.paper
    assert twin.assignments.get().member == anna


def test_a_merge_is_undone_once(room, twin):
    merged = merge(room, twin)
    assert undo(room, merged) == []
    assert undo(room, merged) is None
    assert Event.objects.of_kind("merged").count() == 2


def test_a_merge_is_not_undone_while_its_paper_is_part_of_another(room, twin):
    third = make_paper(room.group, room.topic, title="The third")
    first = merge(room, twin)
    second = PaperMerge.objects.merge(room.paper, third, room.organizer)
    address = f"/groups/{room.group.slug}/papers/{twin.pk}/"
    assert browser_of(room.member).get(address)["Location"] == third.get_absolute_url()
    with pytest.raises(MergeRefused, match="Undo that first"):
        undo(room, first)
    assert undo(room, second) == []
    assert browser_of(room.member).get(address)["Location"] == room.paper.get_absolute_url()
    assert undo(room, first) == []
    assert room.group.papers.count() == 3


def test_a_merge_is_not_undone_onto_a_paper_that_is_there_again(room, twin):
    merged = merge(room, twin)
    make_paper(room.group, room.topic, title="Again", doi="10.1000/twin")
    with pytest.raises(MergeRefused, match="“Again” is on the list"):
        undo(room, merged)
    assert fresh(twin).is_set_aside
    assert room.group.papers.count() == 2


def test_a_merge_is_not_undone_into_two_papers_that_are_one(room, twin):
    merged = merge(room, twin)
    paper = fresh(room.paper)
    paper.doi = "10.1000/twin"
    paper.save()
    with pytest.raises(MergeRefused, match="the same paper"):
        undo(room, merged)


# Refusing


def test_a_merge_that_would_make_a_third_paper_the_same_is_refused(room, twin):
    make_paper(room.group, room.topic, title="Third", arxiv="1706.03762")
    twin.doi, twin.arxiv = "", ""
    twin.title = "Third"
    twin.save()
    Paper.objects.filter(pk=twin.pk).update(arxiv="1706.03762")
    with pytest.raises(MergeRefused, match="“Third” is on the list"):
        merge(room, twin, "arxiv")
    assert room.group.papers.count() == 3


@pytest.mark.parametrize("which", [0, 1])
def test_a_paper_that_was_merged_meanwhile_is_not_merged_again(room, twin, which):
    third = make_paper(room.group, room.topic, title="Third")
    merge(room, twin)
    other, into = (twin, third) if which else (third, twin)
    with pytest.raises(MergeRefused, match="Nothing was merged"):
        PaperMerge.objects.merge(other, into, room.organizer)
    assert PaperMerge.objects.count() == 1


def test_papers_of_two_groups_are_not_merged(room, foreign):
    with pytest.raises(MergeRefused):
        PaperMerge.objects.merge(foreign.paper, room.paper, room.organizer)
    assert fresh(foreign.paper).group == foreign.group


# Putting away


def test_after_thirty_days_a_merged_paper_is_deleted_for_good(room, twin, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    twin.set_status(room.member, "read")
    old, third = merge(room, twin), make_paper(room.group, title="Third")
    young = PaperMerge.objects.merge(third, room.paper, room.organizer)
    long_ago = timezone.now() - timedelta(days=31)
    PaperMerge.objects.filter(pk=old.pk).update(merged_at=long_ago)
    with pytest.raises(MergeRefused, match="more than 30 days"):
        undo(room, old)
    clean_up()
    assert not Paper.all_objects.filter(pk=twin.pk).exists()
    assert PaperMerge.objects.get() == young
    assert fresh(room.paper).group == room.group
    assert room.paper.statuses.get(user=room.member).status == "read"


def test_an_old_merge_that_was_undone_takes_no_paper_along(room, twin):
    """Not even one that was merged again since."""
    old = merge(room, twin)
    undo(room, old)
    merge(room, twin)
    PaperMerge.objects.filter(pk=old.pk).update(merged_at=timezone.now() - timedelta(days=31))
    clean_up()
    assert fresh(twin).merged_into == room.paper
    assert PaperMerge.objects.count() == 1


def test_a_paper_goes_with_what_was_merged_into_it(room, twin):
    merge(room, twin)
    assert fresh(room.paper).remove(room.organizer)
    assert not Paper.all_objects.filter(pk=twin.pk).exists()
    assert not PaperMerge.objects.exists()


def test_a_group_goes_with_what_is_set_aside_in_it(room, twin):
    merge(room, twin)
    room.group.remove()
    assert not Paper.all_objects.exists()


# Somebody who left


def test_a_status_of_somebody_who_left_moves_and_does_not_count(room, twin):
    former = make_membership(room.group)
    twin.set_status(former.user, "read")
    former.leave()
    merge(room, twin)
    assert room.paper.statuses.get().user == former.user
    (paper,) = Paper.objects.in_group(room.group).with_reader_count(room.group)
    assert paper.reader_count == 0


def test_what_an_account_took_along_is_not_brought_back(room, twin):
    person = make_membership(room.group).user
    twin.set_status(person, "read")
    merged = merge(room, twin)
    person.delete()
    assert undo(room, merged) == []
    assert not ReadingStatus.objects.exists()


# Telling apart


def test_a_distinction_is_made_once_whichever_paper_is_named_first(room, twin):
    NotDuplicate.objects.say(room.paper, twin, room.member)
    NotDuplicate.objects.say(twin, room.paper, room.organizer)
    assert NotDuplicate.objects.get().said_by == room.member


def test_a_merge_ends_a_distinction(room, twin):
    NotDuplicate.objects.say(room.paper, twin, room.member)
    merge(room, twin)
    assert not NotDuplicate.objects.exists()


def test_another_group_learns_nothing_of_it(room, twin):
    other = make_group()
    merge(room, twin)
    assert not PaperMerge.objects.in_group(other).exists()
