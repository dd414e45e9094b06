"""What is done to the papers of a text: each edit with the ways to do it, the smallest first."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice, pairwise

from papers.formats import item
from papers.formats.patching import wording
from papers.formats.patching.passages import Kind, Passage, SourceText, bullet_of
from papers.formats.patching.plan import Anchor, Plan, key_of_new
from papers.formats.patching.rows import Table, Tables
from papers.formats.patching.shapes import Shape, Shapes, box_of, boxed
from papers.formats.patching.sheet import Key, Line, Sheet, taken_out
from papers.formats.patching.wanted import Changes, Place, Wanted
from papers.formats.reading_list import Entry, Path

# The lines of papers that have none beside them in the text, with the shape of each.
Below = dict[Path, list[tuple[Shape, list[Line]]]]
# A line that is not seen, but keeps apart what is above and below it.
_NOTHING = "<!-- -->"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be read on the lines of an edit: of an entry of the text what changed, of a new
    one what it says. `number` is that of the entry, None for a new one."""

    topic: Path
    number: int | None = None
    changes: Changes = field(default_factory=dict)
    # None where there is no tick to be seen.
    tick: bool | None = None
    new: Entry | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One way to do an edit: its own lines replaced, and lines for other places of the list."""

    replaced: dict[int, list[str]] = field(default_factory=dict)
    added: tuple[tuple[Place, list[str]], ...] = ()
    expected: tuple[Expected, ...] = ()
    # Whether it shows all that was asked for; else what is left is reported.
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Unshown:
    """An edit that the text cannot show: the title, and what was done to the paper."""

    title: str
    deed: str

    def __str__(self) -> str:
        return f"“{self.title}” ({self.deed})"

    def in_part(self) -> "Unshown":
        """The same, where the paper is shown but not all that is known of it."""
        return Unshown(self.title, "some details")


@dataclass(frozen=True, slots=True)
class Edit:
    key: Key
    # The line that it is nearest to, for finding the one that upset its surroundings.
    line: int
    deeds: tuple[Unshown, ...]
    ways: Callable[[], Iterator[Change]]


class Edits:
    """The edits of all papers. Those `dropped` are left out: their lines stay as they are."""

    def __init__(
        self, source: SourceText, all_wanted: Wanted, wanted: Wanted, dropped: Collection[Key],
        tables: Tables, shapes: Shapes,
    ) -> None:  # fmt: skip
        self.source, self.wanted, self.dropped = source, wanted, dropped
        self.tables, self.shapes = tables, shapes
        self.plan = Plan(source, wanted, dropped, shapes)
        places = wanted.all_places()
        kept = {n for place in places for n in place.came_from}
        # Papers whose topic could not be shown.
        self.held = {n for place in all_wanted.all_places() for n in place.came_from} - kept

    def __iter__(self) -> Iterator[Edit]:
        moving: dict[int, list[Place]] = defaultdict(list)
        for place in self.plan.coming:
            if place.came_from:
                moving[id(self.source.passage_of[place.came_from[0]])].append(place)
        for passage in self.source.passages:
            edit = self._of_passage(passage, moving.get(id(passage), []))
            if edit and edit.key not in self.dropped:
                yield edit
        for place in self.plan.coming:
            if not place.came_from:
                unshown = Unshown(place.entry.title, "added")
                ways = partial(self._written, place, place.entry)
                yield Edit(key_of_new(place), self.plan.line(place), (unshown,), ways)

    # What is done to a passage.

    def _of_passage(self, passage: Passage, moving: list[Place]) -> Edit | None:
        numbers = passage.entries
        stays = {n: self.plan.staying[n] for n in numbers if n in self.plan.staying}
        moved = {place.came_from[0]: place for place in moving}
        held = [n for n in numbers if n in self.held]
        if held or (self.plan.is_dropped(passage) and not stays):
            return None
        gone = [n for n in numbers if n not in stays and n not in moved]
        changes = {n: self.wanted.changes(place, n) for n, place in stays.items()}
        lines = self.source.texts(passage.lines)
        is_ticked = bool(stays) and self._ticked(passage, lines, stays) != lines
        is_renamed = any(self._is_in_a_renamed_column(n) for n in stays)
        if not (gone or moved or is_ticked or is_renamed or any(changes.values())):
            return None
        entries = self.source.reading.entries
        deeds = [Unshown(entries[n].title, "removed") for n in gone]
        deeds += [Unshown(place.entry.title, "moved") for place in moved.values()]
        deeds += [Unshown(stays[n].entry.title, "changed") for n in stays if changes[n]]
        if not deeds:
            deeds = [Unshown(place.entry.title, "ticked") for place in stays.values()]
        if len(numbers) == 1 and moved:
            ways = partial(self._moved, passage, moved[numbers[0]])
        elif not stays and not moved:
            ways = partial(self._removed, passage)
        elif gone or moved:
            ways = partial(self._thinned, passage, stays, moved, changes)
        else:
            ways = partial(self._changed, passage, stays, changes)
        return Edit(("paper", passage.start), passage.start, tuple(deeds), ways)

    def _changed(
        self, passage: Passage, stays: dict[int, Place], changes: dict[int, Changes]
    ) -> Iterator[Change]:
        lines = self.source.texts(passage.lines)
        entries = self.source.reading.entries
        table = self._table(passage)
        ticked = tuple(self._expected(passage, n, place, {}) for n, place in stays.items())
        if any(changes.values()):
            expected = tuple(
                self._expected(passage, n, place, changes[n]) for n, place in stays.items()
            )
            changed = [(entries[n], changes[n]) for n in stays]
            for new in wording.ways(passage, lines, changed, table):
                new = self._renamed(passage, self._ticked(passage, new, stays), stays)
                yield Change(self._replaced(passage, new), (), expected)
        new = self._renamed(passage, self._ticked(passage, lines, stays), stays)
        if new != lines:
            yield Change(
                self._replaced(passage, new), (), ticked, is_whole=not any(changes.values())
            )

    def _removed(self, passage: Passage) -> Iterator[Change]:
        taken = taken_out(self._with_blanks(passage))
        yield Change(taken)
        if passage.kind is not Kind.ITEM:
            yield Change({**taken, passage.start: [""]})
        if bullet := bullet_of(self.source.lines[passage.start]):  # an empty item, for those in it
            yield Change({**taken, passage.start: [f"{bullet}".rstrip()]})
        yield Change({**taken, passage.start: [_NOTHING]})

    def _moved(self, passage: Passage, place: Place) -> Iterator[Change]:
        anchor, number = self.plan.anchor(place), passage.entries[0]
        taken = taken_out(self._with_blanks(passage))
        lines: list[str] = []
        for n in taken:
            parted = bool(lines) and n - 1 not in taken  # by a line that stays
            lines += [*([""] if parted else []), self.source.lines[n]]
        changes = self.wanted.changes(place, number)
        entry = self.source.reading.entries[number]
        versions = [lines]
        if changes:
            changed = [(entry, changes)]
            versions = list(islice(wording.ways(passage, lines, changed, self._table(passage)), 3))
        ways: list[Change] = []
        expected = self._expected(passage, number, place, changes)
        for version in versions:
            new = self._ticked(passage, version, {number: place})
            new = self._in_topic(passage, new, place)
            fitting = self.shapes.moved(anchor.shape, passage, new, anchor.count)
            if fitting:
                tick = expected.tick if self._tick_of(passage, fitting) is not None else None
                one = replace(expected, tick=tick)
                ways.append(Change(taken, ((place, fitting),), (one,)))
        written = self._written(place, replace(entry, **changes))
        ways += [replace(change, replaced=taken) for change in written]
        yield from ways
        yield replace(ways[0], replaced={**taken, passage.start: [_NOTHING]})

    def _thinned(
        self, passage: Passage, stays: dict[int, Place], moved: dict[int, Place],
        changes: dict[int, Changes],
    ) -> Iterator[Change]:  # fmt: skip
        """Some of the papers on one line go; those that move are written at their new places."""
        lines = self.source.texts(passage.lines)
        entries = [self.source.reading.entries[n] for n in passage.entries]
        gone = [at for at, n in enumerate(passage.entries) if n not in stays]
        added: list[tuple[Place, list[str]]] = []
        expected = [self._expected(passage, n, place, {}) for n, place in stays.items()]
        for number, place in moved.items():
            said = replace(
                self.source.reading.entries[number], **self.wanted.changes(place, number)
            )
            change = next(self._written(place, said), None)
            if change is None:
                return
            added += change.added
            expected += change.expected
        versions = wording.without(passage, lines, entries, gone) if stays else iter([[""]])
        for new in versions:
            if stays:
                replaced = self._replaced(passage, self._ticked(passage, new, stays))
            else:
                replaced = taken_out(self._with_blanks(passage))
            yield Change(replaced, tuple(added), tuple(expected), not any(changes.values()))

    # What comes.

    def _written(self, place: Place, entry: Entry) -> Iterator[Change]:
        """The paper in the shape of those beside it; at last with no more than its title shown."""
        anchor = self.plan.anchor(place)
        entry = replace(entry, topic=place.entry.topic, checked=place.entry.checked)
        written = list(self.shapes.written(anchor.shape, entry, anchor.count))
        whole = Expected(anchor.path, new=entry)
        for lines in written:
            yield Change({}, ((place, lines),), (whole,))
        bare = Expected(anchor.path, new=Entry(entry.title))
        for lines in written[:2]:
            yield Change({}, ((place, lines),), (bare,), is_whole=False)
        if anchor.shape.kind in {Kind.ROW, Kind.HTML_ROW}:
            line = f"- {item.write(replace(entry, checked=None))}"
            yield Change({}, ((place, [line]),), (whole,))

    def put(self, sheet: Sheet, chosen: Sequence[tuple[Edit, Change]]) -> Below:
        """Put what is added on the sheet; what comes below headings is given back."""
        added = {
            id(place): [Line(text, edit=edit.key) for text in texts]
            for edit, change in chosen
            for place, texts in change.added
        }
        below: Below = defaultdict(list)
        for place in self.plan.coming:
            if lines := added.get(id(place)):
                self._put(sheet, self.plan.anchor(place), lines, below)
        return below

    def _put(self, sheet: Sheet, anchor: Anchor, lines: list[Line], below: Below) -> None:
        blank = [Line("", edit=lines[0].edit)] if anchor.shape.is_loose else []
        if anchor.beside is None:
            below[anchor.path].append((anchor.shape, lines))
        elif self._leaves_the_table(anchor, lines):
            last = self.tables.last_of(anchor.beside)
            sheet.add_after(last, [Line("", edit=lines[0].edit), *lines])
        elif anchor.is_before:
            sheet.add_before(anchor.beside.start, [*lines, *blank])
        else:
            sheet.add_after(anchor.beside.stop - 1, [*blank, *lines])

    def _leaves_the_table(self, anchor: Anchor, lines: Sequence[Line]) -> bool:
        is_row = anchor.shape.kind in {Kind.ROW, Kind.HTML_ROW}
        return is_row and lines[0].text.startswith("- ")

    # What a passage has besides.

    def _with_blanks(self, passage: Passage) -> list[int]:
        """Its lines, and the blank ones between them."""
        lines = list(passage.lines)
        for one, other in pairwise(passage.lines):
            between = range(one + 1, other)
            if all(map(self.source.is_blank, between)):
                lines += between
        return sorted(lines)

    def _replaced(self, passage: Passage, new: list[str]) -> dict[int, list[str]]:
        """The new lines, each in the place of an old one as far as there are as many."""
        lines = passage.lines
        if len(new) == len(lines):
            return {n: [text] for n, text in zip(lines, new, strict=True)}
        head = {n: [text] for n, text in zip(lines[:-1], new, strict=False)}
        return {**taken_out(lines), **head, lines[-1]: list(new[len(lines) - 1 :])}

    def _table(self, passage: Passage) -> Table | None:
        is_row = passage.kind in {Kind.ROW, Kind.HTML_ROW}
        return self.tables.of(passage) if is_row else None

    def _ticked(self, passage: Passage, lines: list[str], stays: dict[int, Place]) -> list[str]:
        is_read = all(place.entry.checked is True for place in stays.values())
        if passage.kind is Kind.ITEM:
            return [boxed(lines[0], is_read), *lines[1:]]
        if passage.kind in {Kind.ROW, Kind.HTML_ROW}:
            return self.tables.of(passage).ticked(lines, is_read)
        return lines

    def _tick_of(self, passage: Passage, lines: list[str]) -> bool | None:
        if passage.kind is Kind.ITEM:
            return box_of(lines[0])
        if passage.kind in {Kind.ROW, Kind.HTML_ROW} and self.tables.of(passage).may_tick(lines):
            return True
        return None

    def _expected(self, passage: Passage, number: int, place: Place, changes: Changes) -> Expected:
        lines = self.source.texts(passage.lines)
        has_tick = self._tick_of(passage, lines) is not None
        tick = bool(place.entry.checked) if has_tick else None
        return Expected(place.entry.topic, number, changes, tick)

    # Topics that are a column of a table.

    def _is_in_a_renamed_column(self, number: int) -> bool:
        topic = self.source.reading.entries[number].topic
        now = self.wanted.now(topic)
        return now[-1:] != topic[-1:] and self.wanted.is_a_column(now)

    def _renamed(self, passage: Passage, lines: list[str], stays: dict[int, Place]) -> list[str]:
        number = next(iter(stays))
        if self._is_in_a_renamed_column(number):
            return self._in_topic(passage, lines, stays[number])
        return lines

    def _in_topic(self, passage: Passage, lines: list[str], place: Place) -> list[str]:
        """The row with its topic as it is now, where a column says so."""
        if passage.kind not in {Kind.ROW, Kind.HTML_ROW} or not place.entry.topic:
            return lines
        table = self.tables.of(passage)
        if "topic" not in table.roles:
            return lines
        return table.with_cell(lines, table.roles["topic"], table.written(place.entry.topic[-1]))
