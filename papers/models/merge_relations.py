"""What hangs on a paper goes over to another one that it is merged into, and comes back.

Each kind of row has two deeds here. The first writes, and returns what has to be known to undo it;
the second is given that, undoes it, and returns a sentence for each thing that could not be put
back. What people did in between stays where they did it. The caller holds the group and both
papers, so nothing new comes to hang on either of them meanwhile.
"""

from datetime import datetime
from typing import Any

from django.db.models import F

from papers.models.assignments import Assignment
from papers.models.discussion import Thread
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.reading_statuses import ReadingStatus, Status
from papers.models.topics import Topic

# All as JSON keeps it: ids as texts, moments as texts of ISO 8601.
Kept = dict[str, Any]


# Places: one under each topic, the survivor's own where both stand there


def take_places(paper: Paper, other: Paper) -> Kept:
    own = set(paper.placements.values_list("topic", flat=True))
    stood = other.placements.select_related("topic").order_by("pk")
    kept = {str(place.pk): _place_as_kept(place) for place in stood}
    other.placements.filter(topic__in=own).delete()
    other.placements.update(paper=paper)
    return kept


def give_back_places(paper: Paper, other: Paper, kept: Kept) -> list[str]:
    said = []
    came_along = paper.placements.filter(pk__in=list(kept))
    topics = Topic.objects.in_group(paper.group).in_bulk([was["topic"] for was in kept.values()])
    back = {place.topic_id: place for place in came_along}
    for was in kept.values():
        if place := back.get(was["topic"]):
            Placement.objects.filter(pk=place.pk).update(paper=other)
        elif topic := topics.get(was["topic"]):
            other.place_under(topic, was["position"] + 1)
        else:
            said.append(f"The topic “{was['name']}” is gone, so nothing was put under it.")
    _leave_none_nowhere(paper, other)
    return said


def _place_as_kept(place: Placement) -> Kept:
    return {"topic": place.topic_id, "name": place.topic.name, "position": place.position}


def _leave_none_nowhere(*papers: Paper) -> None:
    """Where all the topics of one of the two are gone, it stands where the other stands."""
    for paper, other in (papers, papers[::-1]):
        if not paper.placements.exists():
            for place in other.placements.select_related("topic"):
                paper.place_under(place.topic)


# Marks: what others marked comes over by a copy, so that their own rows are there to come back


def take_marks(paper: Paper, other: Paper) -> Kept:
    held = ReadingStatus.objects.select_for_update().order_by("pk")
    marks = {mark.user_id: mark for mark in held.filter(paper=paper)}
    kept = {}
    for theirs in held.filter(paper=other):
        mark = marks.get(theirs.user_id)
        was = _mark_as_kept(mark) if mark else None
        mark = mark or ReadingStatus(paper=paper, user_id=theirs.user_id)
        status, set_at, finished_at = _further_on(mark, theirs) if was else _mark(theirs)
        mark.status, mark.set_at, mark.finished_at = status, set_at, finished_at
        mark.save()
        if was != (made := _mark_as_kept(mark)):
            kept[str(mark.pk)] = {"was": was, "made": made}
    return kept


def give_back_marks(paper: Paper, other: Paper, kept: Kept) -> list[str]:
    """A mark that was set anew since is the paper's own; the others become what they were."""
    marks = ReadingStatus.objects.select_for_update().filter(pk__in=list(kept))
    for mark in marks.order_by("pk"):
        was, made = kept[str(mark.pk)]["was"], kept[str(mark.pk)]["made"]
        if _mark_as_kept(mark) != made:
            continue
        if was is None:
            mark.delete()
            continue
        mark.status, mark.set_at = was[0], datetime.fromisoformat(was[1])
        mark.finished_at = datetime.fromisoformat(was[2]) if was[2] else None
        mark.save()
    return []


Mark = tuple[str, datetime, datetime | None]


def _mark(mark: ReadingStatus) -> Mark:
    return mark.status, mark.set_at, mark.finished_at


def _further_on(*marks: ReadingStatus) -> Mark:
    """The mark that is further on; read twice is read at the earlier moment."""
    further = max(marks, key=lambda mark: Status(mark.status).rank)
    is_read = further.status == Status.READ
    finished = [mark.finished_at for mark in marks if is_read and mark.finished_at]
    return further.status, further.set_at, min(finished, default=None)


def _mark_as_kept(mark: ReadingStatus) -> list[str | None]:
    finished_at = mark.finished_at.isoformat() if mark.finished_at else None
    return [mark.status, mark.set_at.isoformat(), finished_at]


# Parts: all of them, but for a part that one person has for both


def take_parts(paper: Paper, other: Paper) -> Kept:
    held = Assignment.objects.select_for_update().order_by("pk")
    own = {(part.part, part.member_id): part for part in held.filter(paper=paper)}
    moved, filled = [], {}
    for theirs in held.filter(paper=other):
        same = own.get((theirs.part, theirs.member_id)) if theirs.member_id else None
        if same is None:
            moved.append(theirs.pk)
        elif changes := _fill(same, theirs):
            filled[str(same.pk)] = changes
    Assignment.objects.filter(pk__in=moved).update(paper=paper, version=F("version") + 1)
    return {"moved": moved, "filled": filled}


def give_back_parts(paper: Paper, other: Paper, kept: Kept) -> list[str]:
    said = []
    held = Assignment.objects.select_for_update().filter(paper=paper).order_by("pk")
    stayed = set(other.assignments.exclude(member=None).values_list("part", "member"))
    for part in held.filter(pk__in=kept["moved"]):
        if (part.part, part.member_id) in stayed:
            said.append(
                f"One part stays with “{paper}”: its {part.get_part_display().lower()} "
                f"has that part of “{other}” as well."
            )
        else:
            Assignment.objects.filter(pk=part.pk).update(paper=other, version=F("version") + 1)
    for part in held.filter(pk__in=list(kept["filled"])):
        _empty(part, kept["filled"][str(part.pk)])
    return said


def _fill(part: Assignment, theirs: Assignment) -> Kept:
    """A part that is done for one of the papers is done, and a day that one statuses is the day."""
    filled = {
        name: getattr(theirs, name)
        for name in ("due_on", "done_at")
        if getattr(part, name) is None and getattr(theirs, name) is not None
    }
    if filled:
        rows = Assignment.objects.filter(pk=part.pk)
        rows.update(version=F("version") + 1, **filled)
    return {name: value.isoformat() for name, value in filled.items()}


def _empty(part: Assignment, filled: Kept) -> None:
    """What was filled in is taken out again where it is as it was filled in."""
    ours = {
        name: None
        for name, made in filled.items()
        if (value := getattr(part, name)) is not None and value.isoformat() == made
    }
    if ours:
        Assignment.objects.filter(pk=part.pk).update(version=F("version") + 1, **ours)


# Talk: whole threads


def take_talk(paper: Paper, other: Paper) -> list[int]:
    threads = list(Thread.objects.select_for_update().filter(paper=other).order_by("pk"))
    moved = [thread.pk for thread in threads]
    Thread.objects.filter(pk__in=moved).update(paper=paper)
    return moved


def give_back_talk(paper: Paper, other: Paper, kept: list[int]) -> list[str]:
    Thread.objects.filter(pk__in=kept, paper=paper).update(paper=other)
    return []
