"""Move the relations of a paper to the paper it is merged into, and back.

Each kind of row has two functions. The `take_` function moves the rows and returns what is needed
to undo it; the `give_back_` function takes that, undoes it, and returns a sentence for each row
that could not be restored. What was changed in between stays with the survivor. The caller locks
the group and both papers, so no relation is added to either of them meanwhile.
"""

from datetime import datetime
from typing import Any

from django.db.models import F

from papers.models.assignments import Assignment
from papers.models.discussion import Thread
from papers.models.mentions import PaperMention
from papers.models.moved_threads import move_threads
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.reading_statuses import ReadingStatus, Status
from papers.models.topics import Topic

# All as JSON keeps it: ids as texts, moments as texts of ISO 8601.
Kept = dict[str, Any]


# Placements: one under each topic, the survivor's own if both are there


def take_placements(paper: Paper, other: Paper) -> Kept:
    own = set(paper.placements.values_list("topic", flat=True))
    stood = other.placements.select_related("topic").order_by("pk")
    kept = {str(place.pk): _place_as_kept(place) for place in stood}
    other.placements.filter(topic__in=own).delete()
    other.placements.update(paper=paper)
    return kept


def give_back_placements(paper: Paper, other: Paper, kept: Kept) -> list[str]:
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
    """Place a paper that has lost all its topics under those of the other one."""
    for paper, other in (papers, papers[::-1]):
        if not paper.placements.exists():
            for place in other.placements.select_related("topic"):
                paper.place_under(place.topic)


# Statuses: those of the other paper are copied, so that their own rows are there to come back


def take_statuses(paper: Paper, other: Paper) -> Kept:
    held = ReadingStatus.objects.select_for_update().order_by("pk")
    own = {status.user_id: status for status in held.filter(paper=paper)}
    kept = {}
    for theirs in held.filter(paper=other):
        status = own.get(theirs.user_id)
        was = _status_as_kept(status) if status else None
        status = status or ReadingStatus(paper=paper, user_id=theirs.user_id)
        values = _further_on(status, theirs) if was else _values_of(theirs)
        status.status, status.set_at, status.finished_at = values
        status.save()
        if was != (made := _status_as_kept(status)):
            kept[str(status.pk)] = {"was": was, "made": made}
    return kept


def give_back_statuses(paper: Paper, other: Paper, kept: Kept) -> list[str]:
    """Restore each status that is as the merge made it; one that was set since stays."""
    statuses = ReadingStatus.objects.select_for_update().filter(pk__in=list(kept))
    for status in statuses.order_by("pk"):
        was, made = kept[str(status.pk)]["was"], kept[str(status.pk)]["made"]
        if _status_as_kept(status) != made:
            continue
        if was is None:
            status.delete()
            continue
        status.status, status.set_at = was[0], datetime.fromisoformat(was[1])
        status.finished_at = datetime.fromisoformat(was[2]) if was[2] else None
        status.save()
    return []


StatusValues = tuple[str, datetime, datetime | None]


def _values_of(status: ReadingStatus) -> StatusValues:
    return status.status, status.set_at, status.finished_at


def _further_on(*statuses: ReadingStatus) -> StatusValues:
    """Return the status of the highest rank; of two that say *read*, the earlier moment."""
    further = max(statuses, key=lambda status: Status(status.status).rank)
    is_read = further.status == Status.READ
    finished = [status.finished_at for status in statuses if is_read and status.finished_at]
    return further.status, further.set_at, min(finished, default=None)


def _status_as_kept(status: ReadingStatus) -> list[str | None]:
    finished_at = status.finished_at.isoformat() if status.finished_at else None
    return [status.status, status.set_at.isoformat(), finished_at]


# Assignments: all of them, except a role that one person has for both


def take_assignments(paper: Paper, other: Paper) -> Kept:
    held = Assignment.objects.select_for_update().order_by("pk")
    own = {(one.role, one.member_id): one for one in held.filter(paper=paper)}
    moved, filled = [], {}
    for theirs in held.filter(paper=other):
        same = own.get((theirs.role, theirs.member_id)) if theirs.member_id else None
        if same is None:
            moved.append(theirs.pk)
        elif changes := _fill(same, theirs):
            filled[str(same.pk)] = changes
    Assignment.objects.filter(pk__in=moved).update(paper=paper, version=F("version") + 1)
    return {"moved": moved, "filled": filled}


def give_back_assignments(paper: Paper, other: Paper, kept: Kept) -> list[str]:
    said = []
    held = Assignment.objects.select_for_update().filter(paper=paper).order_by("pk")
    stayed = set(other.assignments.exclude(member=None).values_list("role", "member"))
    for assignment in held.filter(pk__in=kept["moved"]):
        if (assignment.role, assignment.member_id) in stayed:
            said.append(
                f"One assignment stays with “{paper}”: its {assignment.get_role_display().lower()} "
                f"has the same role for “{other}”."
            )
        else:
            Assignment.objects.filter(pk=assignment.pk).update(
                paper=other, version=F("version") + 1
            )
    for assignment in held.filter(pk__in=list(kept["filled"])):
        _empty(assignment, kept["filled"][str(assignment.pk)])
    return said


def _fill(assignment: Assignment, theirs: Assignment) -> Kept:
    """Take over the moment it was done and the due date where the survivor's has none."""
    filled = {
        name: getattr(theirs, name)
        for name in ("due_on", "done_at")
        if getattr(assignment, name) is None and getattr(theirs, name) is not None
    }
    if filled:
        rows = Assignment.objects.filter(pk=assignment.pk)
        rows.update(version=F("version") + 1, **filled)
    return {name: value.isoformat() for name, value in filled.items()}


def _empty(assignment: Assignment, filled: Kept) -> None:
    """Empty what `_fill` filled in, where it was not changed since."""
    ours = {
        name: None
        for name, made in filled.items()
        if (value := getattr(assignment, name)) is not None and value.isoformat() == made
    }
    if ours:
        Assignment.objects.filter(pk=assignment.pk).update(version=F("version") + 1, **ours)


# Discussion: whole threads


def take_threads(paper: Paper, other: Paper) -> list[int]:
    threads = list(Thread.objects.select_for_update().filter(paper=other).order_by("pk"))
    moved = [thread.pk for thread in threads]
    move_threads(moved, paper)
    return moved


def give_back_threads(paper: Paper, other: Paper, kept: list[int]) -> list[str]:
    threads = Thread.objects.filter(pk__in=kept, paper=paper)
    move_threads(threads.values_list("pk", flat=True), other)
    return []


# Mentions: comments that name the other paper name the survivor


def take_mentions(paper: Paper, other: Paper) -> list[int]:
    moved = list(PaperMention.objects.filter(paper=other).values_list("pk", flat=True))
    PaperMention.objects.filter(pk__in=moved).update(paper=paper)
    return moved


def give_back_mentions(paper: Paper, other: Paper, kept: list[int] | None) -> list[str]:
    """Earlier releases kept none."""
    PaperMention.objects.filter(pk__in=kept or (), paper=paper).update(paper=other)
    return []
