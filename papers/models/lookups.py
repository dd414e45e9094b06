"""Look-ups: what is asked about a paper, and what came of it.

A look-up is written in the transaction of the press that asks for it, and tried until it is
answered or given up. What comes in fills only what is empty; the rest waits for someone to say so.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from groups.models import Group, User
from groups.models.versions import Stale
from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.details import DETAILS, names_where
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.models.details import column_values
from papers.models.on_list import on_list_of
from papers.models.papers import Paper, detail_label
from papers.models.provider_responses import LABELS
from papers.providers.asking import ProviderMatch

MOST_TRIES = 6
# No other worker takes up a look-up while one is at it, for so long.
SECONDS_TO_ASK = 120
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
# A new look-up has a task of its own, which comes first.
GRACE = timedelta(seconds=30)
# Another person's edit comes between reading and writing so often and no more.
MOST_EDITS_BETWEEN = 5
# The numbers of which no two papers of a group have the same.
TELL_PAPERS_APART = ("doi", "arxiv")
# What a provider says and a paper does not need: it has its identifiers, or no one typed it.
NOT_FILLED = set(names_where(lambda one: not one.is_looked_up))


class LookupState(models.TextChoices):
    WAITING = "waiting", "Waiting for an answer"
    FOUND = "found", "Found"
    PROPOSED = "proposed", "Found, waits for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    NOTHING = "nothing", "Nothing found"
    FAILED = "failed", "Not answered"


class Failure(models.TextChoices):
    NETWORK = "network", "No network"
    BUSY = "busy", "Too many requests"
    GARBLED = "garbled", "Answer not understood"


class LookupQuerySet(models.QuerySet["Lookup"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(on_list_of(group))

    def proposed_for(self, paper: Paper) -> "Lookup | None":
        """Look-ups with a proposal that waits for an answer."""
        proposed = self.filter(paper=paper, state=LookupState.PROPOSED)
        return proposed.select_related("paper__group").first()

    def with_twins(self) -> Self:
        """Those by whose answer a paper is another one of its group."""
        return self.filter(state=LookupState.PROPOSED, proposal__has_key="same_as").order_by("pk")

    def waiting(self) -> Self:
        """Those that may be taken up now."""
        return self.filter(next_try_at__lte=timezone.now())

    def overdue(self) -> Self:
        """Those that should have been taken up a while ago: a worker was killed, or is behind."""
        return self.filter(next_try_at__lte=timezone.now() - GRACE).order_by("pk")

    def ahead_of(self, lookup: "Lookup") -> Self:
        return self.filter(next_try_at__isnull=False, pk__lt=lookup.pk)

    @transaction.atomic
    def ask(self, papers: Iterable[Paper], asked_by: User) -> list["Lookup"]:
        """Ask about each of the papers, unless that is being done; return what is to be done."""
        wanted = [paper.pk for paper in papers]
        now = timezone.now()
        self.bulk_create(
            [Lookup(paper_id=pk, state=LookupState.NOTHING) for pk in wanted], ignore_conflicts=True
        )
        idle = self.filter(paper__in=wanted, next_try_at=None).values_list("pk", flat=True)
        asked = list(idle.select_for_update())
        self.filter(pk__in=asked).update(
            state=LookupState.WAITING,
            asked_by=asked_by,
            asked_at=now,
            next_try_at=now,
            tries=0,
            failure="",
            provider="",
            proposal={},
        )
        return list(self.filter(pk__in=asked).order_by("pk"))

    def claim(self, pk: int) -> "Lookup | None":
        """Take a look-up in hand; None where it is done, or in other hands."""
        until = timezone.now() + timedelta(seconds=SECONDS_TO_ASK)
        if not self.waiting().filter(pk=pk).update(next_try_at=until):
            return None
        return self.select_related("paper__group").get(pk=pk)


class Lookup(models.Model):
    """A look-up of one paper; `next_try_at` is set exactly while it is waiting.

    `proposal` is what waits to be accepted: the `entry` that was found, the `confidence` in it, and
    `same_as`, the paper of the group that this one would become.
    """

    paper = models.OneToOneField(Paper, models.CASCADE, related_name="lookup")
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="lookups")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=20, choices=LookupState.choices, default=LookupState.WAITING
    )
    provider = models.CharField(max_length=20, blank=True, choices=LABELS)
    proposal = models.JSONField(default=dict)
    failure = models.CharField(max_length=20, blank=True, choices=Failure.choices)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, db_index=True)

    objects = LookupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=LookupState.WAITING, next_try_at__isnull=False)
                | (~Q(state=LookupState.WAITING) & Q(next_try_at=None)),
                name="a_waiting_lookup_has_its_next_try",
            ),
        ]

    def __str__(self) -> str:
        return f"Search for details of {self.paper}"

    # What a page asks

    @property
    def is_waiting(self) -> bool:
        return self.state == LookupState.WAITING

    @property
    def twin(self) -> int | None:
        """The paper of the group that this one is by what was found, as long as that waits."""
        return self.proposal.get("same_as") if self.state == LookupState.PROPOSED else None

    @property
    def found(self) -> Entry:
        """Return the proposal while it waits to be accepted."""
        said = {name: value for name, value in self.proposal["entry"].items() if name in DETAILS}
        said["further"] = tuple(map(tuple, said.get("further", [])))
        return Entry(**{"title": "", **said})

    @property
    def differences(self) -> list["Difference"]:
        """Return each detail that would change, as it is and as it was found."""
        offered = details(self.found)
        return [
            Difference(name, getattr(self.paper, name), value, name in missing(self.paper))
            for name, value in offered.items()
            if getattr(self.paper, name) != value
        ]

    # What a task notes

    def fill(self, found: ProviderMatch) -> bool:
        """Write what the paper lacks; True unless it would become another paper of the group.

        Then one that is called by its number gets all but the numbers that the two would share:
        a title by which people see that it is the other one. Someone's edit that comes between
        wins: it is looked at anew what is missing then.
        """
        for _ in range(MOST_EDITS_BETWEEN):
            try:
                with transaction.atomic():
                    self._fill_once(found)
                return True
            except Stale:
                continue
            except IntegrityError:
                break
        if is_placeholder(self.paper):
            with suppress(Stale, IntegrityError), transaction.atomic():
                self._fill_once(found, but=TELL_PAPERS_APART)
        return False

    def _fill_once(self, found: ProviderMatch, but: Collection[str] = ()) -> None:
        Group.objects.get(papers=self.paper_id).lock()
        paper = Paper.all_objects.get(pk=self.paper_id)
        lacking = missing(paper).difference(but)
        changes = {n: v for n, v in details(found.entry).items() if n in lacking}
        if changes:
            paper.fill(found.provider, **changes)
        self.paper = paper

    def note_found(self, provider: str) -> None:
        self._close(LookupState.FOUND, provider=provider)

    def completed(self, found: ProviderMatch) -> Paper:
        """Return the paper, unsaved, with what was found in place of what it lacks."""
        paper = Paper.all_objects.get(pk=self.paper_id)
        offered = details(found.entry)
        for name in missing(paper) & offered.keys():
            setattr(paper, name, offered[name])
        return paper

    def propose(self, found: ProviderMatch, same_as: Paper | None = None) -> None:
        """Keep what was found for a member to accept or decline. `same_as` is the paper of the
        group that this one would become."""
        proposal: dict[str, Any] = {"entry": details(found.entry), "confidence": found.confidence}
        if same_as:
            proposal["same_as"] = same_as.pk
        self._close(LookupState.PROPOSED, provider=found.provider, proposal=proposal)

    def note_nothing(self) -> None:
        self._close(LookupState.NOTHING)

    def note_failure(self, failure: str, seconds: float | None = None) -> datetime | None:
        """Try again after a pause that doubles, and no sooner than it was asked to; or give up."""
        if self.tries + 1 >= MOST_TRIES:
            self._close(LookupState.FAILED, failure=failure, tries=self.tries + 1)
            return None
        pause = min(SHORTEST_PAUSE * 2**self.tries, LONGEST_PAUSE)
        pause = max(pause, timedelta(seconds=seconds or 0))
        return self._put_off(timezone.now() + pause, failure=failure, tries=F("tries") + 1)

    def give_up(self, failure: str) -> None:
        self._close(LookupState.FAILED, failure=failure)

    def wait_until(self, moment: datetime) -> datetime:
        """Come back when it is this one's turn."""
        return self._put_off(moment)

    # What someone answers

    @transaction.atomic
    def accept(self, names: Iterable[str]) -> bool:
        """Take over these details of the proposal; False where it was answered before.

        Raises Stale, or IntegrityError where it would become another paper of the group.
        """
        if not self._answer(LookupState.ACCEPTED):
            return False
        offered = details(self.found)
        chosen = {name: offered[name] for name in names if name in offered}
        if chosen:
            self.paper.group.lock()
            self.paper.fill(self.provider, **chosen)
        return True

    def decline(self) -> bool:
        """Leave the paper as it is; False where it was answered before."""
        return self._answer(LookupState.DECLINED)

    def _answer(self, state: str) -> bool:
        proposed = Lookup.objects.filter(pk=self.pk, state=LookupState.PROPOSED)
        return bool(proposed.update(state=state))

    def _close(self, state: str, **changes: Any) -> None:
        self._change(state=state, next_try_at=None, **changes)

    def _put_off(self, moment: datetime, **changes: Any) -> datetime:
        self._change(next_try_at=moment, **changes)
        return moment

    def _change(self, **changes: Any) -> None:
        Lookup.objects.filter(pk=self.pk, state=LookupState.WAITING).update(**changes)


class Difference:
    """One detail beside the other."""

    def __init__(self, name: str, there: Any, found: Any, is_missing: bool) -> None:
        self.name = name
        column = Paper._meta.get_field(name)
        self.label = detail_label(name)
        choices = dict(getattr(column, "flatchoices", []))
        self.there = choices.get(there, there)
        self.found = choices.get(found, found)
        self.is_missing = is_missing


def details(entry: Entry) -> dict[str, Any]:
    """Return the details of an answer that may fill in a paper, each fitted to its column."""
    return {name: value for name, value in column_values(entry).items() if name not in NOT_FILLED}


def missing(paper: Paper) -> set[str]:
    """Return the details that a paper lacks. A title that is only its number is none."""
    lacking = {name for name in DETAILS if not getattr(paper, name)} - NOT_FILLED
    return lacking | ({"title"} if is_placeholder(paper) else set())
