"""Imports: a list that someone handed in, seen before it is written, written once, undone once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from groups.models import Group, Overtaken, User
from groups.validators import validate_one_line
from papers.corrections import columns, encodings
from papers.corrections.corrected import COLUMNS, Corrected, merged_corrections, with_column_roles
from papers.formats import registry
from papers.formats.core import doubts, identifier_list
from papers.formats.core.reading_list import ReadingList, serialization
from papers.formats.core.text import Refused, refuse_many
from papers.formats.registry import recognition
from papers.models.papers import Paper
from papers.models.placements import Placement
from papers.models.undo_data import value_of

DAYS_TO_UNDO = 30
# After so long someone may say again that it is to be written: the worker was killed over it.
TIME_TO_WRITE = timedelta(minutes=3)
# What is longer, has more lines or holds more is read and written by the worker. What it costs to
# read goes by lines more than by letters: at most 0.1 s of a text that is within both.
LONGEST_AT_ONCE, MOST_LINES_AT_ONCE, MOST_AT_ONCE = 20_000, 600, 300
# How much of a text without papers is searched for what else it may be.
_BEGINNING = 20_000
# Of so many lists imported last, the one with most of the group's papers leads.
LISTS_LOOKED_AT = 5
# The corrections of so many lists are remembered for the next one.
LISTS_REMEMBERED = 20
MARKDOWN = registry.MARKDOWN.name
# Formats in which people keep a list by hand, so that it comes again after it was changed.
LISTS_OF_PEOPLE = [one.name for one in registry.READ if one.is_kept_by_hand]

# A text may hold more, but all of them are written in one transaction.
MOST_AT_A_TIME = 5_000


class ListImportQuerySet(models.QuerySet["ListImport"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def numbered(self, pk: int) -> "ListImport | None":
        return self.filter(pk=pk).first()

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def for_list(self) -> Self:
        """All that a row of the list of imports shows."""
        shown = ["group", "name", "created_at", "applied_at", "undone_at", "imported_by"]
        return self.select_related("imported_by").only(*shown, "imported_by__name")

    def standing(self) -> Self:
        """Those that were written and not taken back."""
        return self.filter(applied_at__isnull=False, undone_at=None)

    def corrected(self) -> Self:
        """Those that someone corrected, the latest first."""
        return self.exclude(corrections={}).newest_first()

    def to_plan(self, pk: int) -> "ListImport | None":
        """Return the import, if it is to be written at once; a long one is the worker's."""
        found = self.filter(pk=pk, applied_at=None, refused="").select_related("group").first()
        return found if found and not found.is_long else None

    def clean_up(self, now: datetime) -> None:
        """Keep of old ones their names, and the texts that lists are patched into."""
        since = now - timedelta(days=DAYS_TO_UNDO)
        old = self.filter(applied_at__lt=since, effects__isnull=False)
        Paper.all_objects.filter(removed_by__in=old).delete()
        old.update(effects=None)
        self.filter(applied_at=None, created_at__lt=since).delete()

    def leading(self, group: Group, known: str = MARKDOWN) -> "ListImport | None":
        """Return the latest of the lists in that format that hold the most of the group's
        placements.
        """
        lists = self.in_group(group).standing().filter(format=known).order_by("-applied_at")
        latest = dict(lists.values_list("pk", "places")[:LISTS_LOOKED_AT])
        if not latest:
            return None
        there = set(Placement.objects.in_group(group).values_list("topic_id", "paper_id"))
        shared = {
            pk: len(there & {(topic, paper) for topic, paper, _ in places})
            for pk, places in latest.items()
        }
        best = max(shared, key=lambda pk: shared[pk], default=None)
        return self.get(pk=best) if best and shared[best] else None


class ListImport(models.Model):
    """The text is kept as it came, with what was read in it; what that changes follows from it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="imports")
    imported_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="imports")
    text = models.TextField()
    name = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_one_line],
        help_text="Of the file, if it was one.",
    )
    encoding = models.CharField(
        max_length=20, default="utf-8", help_text="Of the file, so that it can be written again."
    )
    has_mark = models.BooleanField(
        default=False, help_text="Whether it began with a byte-order mark."
    )
    topic = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_one_line],
        help_text="Where papers go that name no topic themselves.",
    )
    format = models.CharField(max_length=20, blank=True, choices=registry.choices)
    read_as = models.JSONField(null=True, help_text="What was read in it.")
    refused = models.TextField(blank=True, help_text="Why nothing could be read in it.")
    choices = models.JSONField(
        default=dict, help_text="What is taken or left where somebody chose otherwise than usual."
    )
    corrections = models.JSONField(
        default=dict,
        help_text="What people said of the reading: see papers.corrections.",
    )
    headings = models.JSONField(default=list, help_text="The topic that each heading became.")
    places = models.JSONField(
        default=list, help_text="The topic and the paper that each entry became."
    )
    effects = models.JSONField(null=True, help_text="What was written, so that it can be undone.")
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(
        null=True, help_text="When somebody said that it is to be written."
    )
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ListImportQuerySet.as_manager()

    _made: tuple[object, ReadingList] | None = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False),
                name="only_what_was_written_is_undone",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "A pasted list"

    def get_absolute_url(self) -> str:
        return reverse("papers:import_detail", args=[self.group.slug, self.pk])

    # Reading

    @property
    def is_long(self) -> bool:
        """Return whether it takes too long to be read while a page is requested."""
        if len(self.text) > LONGEST_AT_ONCE or self.text.count("\n") > MOST_LINES_AT_ONCE:
            return True
        return self.read_as is not None and len(self.read_as["entries"]) > MOST_AT_ONCE

    @property
    def is_read(self) -> bool:
        return self.read_as is not None

    @property
    def is_waiting(self) -> bool:
        """Return whether the worker is still to read it."""
        return self.is_long and not self.is_read and not self.refused

    def read(self) -> None:
        """Read the text once, unless someone says how it is to be read. What can't be read says
        why."""
        known = recognition.recognised(self.text, self.name)
        if self.pk and not self.corrections:
            self.corrections = self._remembered()
        try:
            said = self.corrections.get(COLUMNS, {})
            named = columns.named(self.text, known.name, said)
            found = columns.as_it_came(recognition.read(named, known), self.text)
            found = columns.with_rows(found, self.text, known.name, said)
            refuse_many(len(found.entries), "papers", MOST_AT_A_TIME)
        except Refused as refused:
            self.refused = str(refused)
        else:
            self.format = known.name
            found = recognition.with_remarks(found, doubts.of_encoding(self.encoding, self.text))
            self.read_as = serialization.serialize(found)
            is_something = (
                found.entries or found.doubtful or columns.column_tables(self.text, known.name)
            )
            self.refused = "" if is_something else _nothing_found(self.text)
            self.corrections = self._relevant()
        if self.pk:
            self.save(update_fields=["format", "read_as", "refused", "corrections"])

    def recall(self) -> None:
        """Correct it as the same lines were corrected in earlier lists of the group."""
        self.corrections = self._remembered()
        tables = (
            columns.column_tables(self.text, self.format) if self.corrections.get(COLUMNS) else []
        )
        if any(one.key in self.corrections[COLUMNS] for one in tables):
            self.read()
        else:
            self.corrections = self._relevant()

    def _remembered(self) -> dict[str, Any]:
        earlier = ListImport.objects.in_group(self.group).exclude(pk=self.pk).corrected()
        return merged_corrections(earlier.values_list("corrections", flat=True)[:LISTS_REMEMBERED])

    def _relevant(self) -> dict[str, Any]:
        found = self.corrected.relevant() if any(self.corrections.values()) else {}
        said = self.corrections.get(COLUMNS, {})
        keys = {one.key for one in columns.column_tables(self.text, self.format)} if said else set()
        if here := {key: roles for key, roles in said.items() if key in keys}:
            found[COLUMNS] = here
        return found

    @property
    def reading_tag(self) -> str:
        """Tells one way to read the text from another."""
        return f"{self.encoding}.{len(self.corrections.get(COLUMNS, {}))}"

    @property
    def reading(self) -> ReadingList:
        """Return the reading with people's corrections."""
        return self.corrected.reading

    @property
    def as_read(self) -> ReadingList:
        """Return the reading before corrections; built once from what the row stores."""
        held = self.text if self.read_as is None else self.read_as
        if self._made is None or self._made[0] is not held:
            if self.read_as is None:
                self._made = held, recognition.read(self.text)
            else:
                self._made = held, serialization.deserialize(self.read_as)
        return self._made[1]

    @property
    def corrected(self) -> Corrected:
        return Corrected(self.as_read, self.corrections, self.text)

    def corrected_for(self, reader: User | None) -> Corrected:
        """Return the corrected list; its ticks are shown only to the person who imported it."""
        is_theirs = reader and reader.pk == self.imported_by_id
        read = self.as_read if is_theirs else self.as_read.without_ticks()
        return Corrected(read, self.corrections, self.text)

    # Choosing

    @transaction.atomic
    def choose(
        self, key: str, *, is_taken: bool, is_of: Callable[["ListImport"], bool] | None = None
    ) -> None:
        """Take something or leave it. Saying so twice is saying it once.

        Raises Overtaken where the choice `is_of` another reading than there is now.
        """
        there = self._held()
        if is_of and not is_of(there):
            raise Overtaken
        self.choices = {**there.choices, key: is_taken}
        self.save(update_fields=["choices"])

    @transaction.atomic
    def correct(self, correction: Callable[["ListImport"], dict[str, Any]]) -> None:
        """Note what someone says of the reading; `correction` is given the list as it is now, and
        answers with all that is noted of it."""
        self.corrections = correction(self._held())
        self.save(update_fields=["corrections"])

    @transaction.atomic
    def read_again(self, *, encoding: str = "", table: str = "", roles: Sequence[str] = ()) -> bool:
        """Read it in another encoding, or with other columns; False where that cannot be read.

        What was chosen is forgotten, since it was about another reading.
        """
        there = self._held()
        text = encodings.read_again(there, there.text, encoding) if encoding else there.text
        asked = {one.key: one for one in columns.column_tables(there.text, there.format)}
        fits = not table or (table in asked and len(asked[table].header) == len(roles))
        if text is None or not fits:
            return False
        corrections = there.corrections
        if table:
            corrections = with_column_roles(corrections, table, roles)
        self.text, self.encoding = text, encoding or there.encoding
        self.corrections, self.choices = corrections, {}
        before = (there.format, there.read_as)
        self.read_as = None
        if not self.is_long:
            self.read()
        if self.refused:
            self.format, self.read_as = before
            transaction.set_rollback(True)
            return False
        self.save(update_fields=["text", "encoding", "choices", "corrections", "read_as"])
        return True

    def _held(self) -> "ListImport":
        """Return the row as it is, locked. Raises Overtaken where it was written meanwhile."""
        there = ListImport.objects.select_for_update().get(pk=self.pk)
        if there.applied_at:
            raise Overtaken
        return there

    # Writing

    def catch_up(
        self, choices: dict[str, bool], corrections: dict[str, Any], encoding: str
    ) -> None:
        """Take over what someone chose or corrected since the row was loaded."""
        columns_before = self.corrections.get(COLUMNS)
        if encoding != self.encoding or corrections.get(COLUMNS) != columns_before:
            self.refresh_from_db()
        self.choices, self.corrections = choices, corrections

    def claim(self, now: datetime) -> bool:
        """Note that it is written; False where that was noted before."""
        unwritten = ListImport.objects.filter(pk=self.pk, applied_at=None)
        return bool(unwritten.update(applied_at=now))

    def keep_written(
        self, now: datetime, effects: dict[str, Any], headings: list[Any], places: list[Any]
    ) -> None:
        """Keep what was written, so that it can be undone and later lists are compared with it."""
        self.applied_at = now
        self.effects, self.headings, self.places = effects, headings, places
        self.save(update_fields=["applied_at", "effects", "headings", "places"])

    def ask(self) -> bool:
        """Note that it is to be written; False where someone said so a moment ago."""
        now = timezone.now()
        unasked = Q(asked_at=None) | Q(asked_at__lt=now - TIME_TO_WRITE)
        waiting = ListImport.objects.filter(unasked, pk=self.pk, applied_at=None)
        return bool(waiting.update(asked_at=now))

    @property
    def is_being_written(self) -> bool:
        if self.asked_at is None or self.applied_at:
            return False
        return timezone.now() - self.asked_at < TIME_TO_WRITE

    @property
    def step(self) -> int:
        """Return the stage of a long import: reading, checking or applying."""
        return 3 if self.is_being_written else 1

    @property
    def actions(self) -> list[str]:
        """Return what the import changed, in words."""
        effects = self.effects or {}
        counts = [
            (effects.get("topics"), "topic was added", "topics were added"),
            (effects.get("renamed_topics"), "topic was renamed", "topics were renamed"),
            (effects.get("papers"), "paper was added", "papers were added"),
            (effects.get("changes"), "paper was changed", "papers were changed"),
            (effects.get("moved_from"), "paper was moved", "papers were moved"),
            (effects.get("removed"), "paper was removed", "papers were removed"),
            (
                value_of(effects, "statuses"),
                "paper got your status Read",
                "papers got your status Read",
            ),
        ]
        return [
            f"{len(rows)} {one if len(rows) == 1 else many}" for rows, one, many in counts if rows
        ]

    # Undoing

    @property
    def may_be_undone(self) -> bool:
        return bool(
            self.applied_at
            and not self.undone_at
            and self.effects is not None
            and timezone.now() < self.undone_until
        )

    @property
    def undone_until(self) -> datetime:
        return (self.applied_at or self.created_at) + timedelta(days=DAYS_TO_UNDO)

    def note_undone(self) -> None:
        self.undone_at = timezone.now()
        self.save(update_fields=["undone_at"])


def _nothing_found(text: str) -> str:
    """Return why a text without papers is refused; it may still name some by identifiers."""
    if identifier_list.read(text[:_BEGINNING]).entries:
        return (
            "No list was found in it, so nothing was imported. It has IDs or links of papers: put "
            "“- ” before each, or use “Add by DOI, arXiv or link”."
        )
    return (
        "No papers were found in it, so nothing was imported. "
        "A list has its papers as items, like “- [ ] Title [Author et al., Venue 2024]”."
    )
