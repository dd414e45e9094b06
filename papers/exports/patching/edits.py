"""Edits of the papers of a text, each with the ways to do it, the smallest first."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, pairwise

from papers.exports.patching import wording
from papers.exports.patching.changes import Change, Edit, Expected, Unshown
from papers.exports.patching.passages import Kind, Passage, SourceText, bullet_of
from papers.exports.patching.plan import Anchor, Plan, key_of_new
from papers.exports.patching.rows import SourceTable, Tables
from papers.exports.patching.shapes import Shape, Shapes, is_a_box
from papers.exports.patching.sheet import Key, PatchedLine, Sheet, taken_out
from papers.exports.patching.ticks import Ticked, Ticks
from papers.exports.patching.wanted import Changes, Wanted, WantedPlace
from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown import item

# The lines of papers that have none beside them in the text, with the shape of each.
Below = dict[Path, list[tuple[Shape, list[PatchedLine]]]]
# A line that is not seen, but keeps apart what is above and below it.
_NOTHING = "<!-- -->"
_MOST_WAYS_TO_TICK = 4


class Edits:
    """The edits of all papers. Those `dropped` are left out: their lines stay as they are."""

    def __init__(
        self, source: SourceText, all_wanted: Wanted, wanted: Wanted, dropped: Collection[Key],
        tables: Tables, shapes: Shapes, ticks: Ticks,
    ) -> None:  # fmt: skip
        self.source, self.wanted, self.dropped = source, wanted, dropped
        self.tables, self.shapes, self.ticks = tables, shapes, ticks
        self.plan = Plan(source, wanted, dropped, shapes)
        places = wanted.all_places()
        kept = {n for place in places for n in place.came_from}
        # Papers whose topic could not be shown.
        self.held = {n for place in all_wanted.all_places() for n in place.came_from} - kept

    def __iter__(self) -> Iterator[Edit]:
        moving: dict[int, list[WantedPlace]] = defaultdict(list)
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

    def _of_passage(self, passage: Passage, moving: list[WantedPlace]) -> Edit | None:
        numbers = passage.entries
        stays = {n: self.plan.staying[n] for n in numbers if n in self.plan.staying}
        moved = {place.came_from[0]: place for place in moving}
        held = [n for n in numbers if n in self.held]
        if held or (self.plan.is_dropped(passage) and not stays):
            return None
        gone = [n for n in numbers if n not in stays and n not in moved]
        changes = {n: self.wanted.changes(place, n) for n, place in stays.items()}
        is_ticked = bool(stays) and self.ticks.differ(passage, self._ticked(stays))
        is_renamed = any(self._is_in_a_renamed_column(n) for n in stays)
        if not (gone or moved or is_ticked or is_renamed or any(changes.values())):
            return None
        entries = self.source.reading.entries
        actions = [Unshown(entries[n].title, "removed") for n in gone]
        actions += [Unshown(place.entry.title, "moved") for place in moved.values()]
        actions += [Unshown(stays[n].entry.title, "changed") for n in stays if changes[n]]
        if not actions:
            actions = [Unshown(place.entry.title, "ticked") for place in stays.values()]
        if len(numbers) == 1 and moved:
            ways = partial(self._moved, passage, moved[numbers[0]])
        elif not stays and not moved:
            ways = partial(self._removed, passage)
        elif gone or moved:
            ways = partial(self._thinned, passage, stays, moved, changes)
        else:
            ways = partial(self._changed, passage, stays, changes)
        return Edit(("paper", passage.start), passage.start, tuple(actions), ways)

    def _changed(
        self, passage: Passage, stays: dict[int, WantedPlace], changes: dict[int, Changes]
    ) -> Iterator[Change]:
        lines = self.source.texts(passage.lines)
        entries = self.source.reading.entries
        if any(changes.values()):
            changed = [(entries[n], changes[n]) for n in stays]
            for new in wording.ways(passage, lines, changed, self._table(passage)):
                if wording.keeps_words(lines, new, changed):
                    yield self._as_it_is_now(passage, new, stays, changes)
        unchanged: dict[int, Changes] = {n: {} for n in stays}
        is_whole = not any(changes.values())
        papers = self._ticked(stays)
        if is_whole and self.ticks.differ(passage, papers):
            for new in islice(self.ticks.ways(passage, lines, papers), _MOST_WAYS_TO_TICK):
                expected = tuple(self._expected(passage, n, stays[n], {}, new) for n in stays)
                is_a_tick = is_a_box(lines[0], new[0]) and new[1:] == lines[1:]
                new = self._renamed(passage, new, stays)
                yield Change(self._replaced(passage, new), (), expected, is_a_tick=is_a_tick)
            return
        change = self._as_it_is_now(passage, lines, stays, unchanged)
        if change.replaced != self._replaced(passage, lines):
            yield replace(change, is_whole=change.is_whole and is_whole)

    def _as_it_is_now(
        self,
        passage: Passage,
        lines: list[str],
        stays: dict[int, WantedPlace],
        changes: dict[int, Changes],
    ) -> Change:
        """Return the lines, ticked and below the topics as the places say."""
        papers = self._ticked(stays, changes)
        ticked = lines
        if self.ticks.differ(passage, papers):
            ticked = next(self.ticks.ways(passage, lines, papers), [])
        is_whole = bool(ticked)
        new = self._renamed(passage, ticked or lines, stays)
        expected = [self._expected(passage, n, stays[n], changes[n], new) for n in stays]
        if not is_whole:
            expected = [replace(one, tick=None) for one in expected]
        return Change(self._replaced(passage, new), (), tuple(expected), is_whole)

    def _removed(self, passage: Passage) -> Iterator[Change]:
        taken = taken_out(self._with_blanks(passage))
        yield Change(taken)
        if passage.kind is not Kind.ITEM:
            yield Change({**taken, passage.start: [""]})
        if bullet := bullet_of(self.source.lines[passage.start]):  # an empty item, for those in it
            yield Change({**taken, passage.start: [f"{bullet}".rstrip()]})
        yield Change({**taken, passage.start: [_NOTHING]})

    def _moved(self, passage: Passage, place: WantedPlace) -> Iterator[Change]:
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
            found = wording.ways(passage, lines, changed, self._table(passage))
            kept = (new for new in found if wording.keeps_words(lines, new, changed))
            versions = list(islice(kept, 3))
        ways: list[Change] = []
        papers = self._ticked({number: place}, {number: changes})
        for version in versions:
            new = version
            if self.ticks.differ(passage, papers):
                new = next(self.ticks.ways(passage, version, papers), version)
            new = self._in_topic(passage, new, place)
            is_read = place.entry.checked is True
            if fitting := self.shapes.moved(anchor.shape, passage, new, anchor.count, is_read):
                one = self._expected(passage, number, place, changes, fitting)
                ways.append(Change(taken, ((place, fitting),), (replace(one, is_moved=True),)))
        written = self._written(place, replace(entry, **changes))
        ways += [
            replace(change, replaced=taken)
            for change in written
            if wording.keeps_words(lines, change.added[0][1], [(entry, changes)])
        ]
        yield from ways
        for change in ways[:1]:
            yield replace(change, replaced={**taken, passage.start: [_NOTHING]})

    def _thinned(
        self, passage: Passage, stays: dict[int, WantedPlace], moved: dict[int, WantedPlace],
        changes: dict[int, Changes],
    ) -> Iterator[Change]:  # fmt: skip
        """Some of the papers on one line go; those that move are written at their new places."""
        lines = self.source.texts(passage.lines)
        entries = [self.source.reading.entries[n] for n in passage.entries]
        gone = [at for at, n in enumerate(passage.entries) if n not in stays]
        added: list[tuple[WantedPlace, list[str]]] = []
        expected = [self._expected(passage, n, place, {}, lines) for n, place in stays.items()]
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
                papers = self._ticked(stays)
                if self.ticks.differ(passage, papers):
                    new = next(self.ticks.ways(passage, new, papers), new)
                replaced = self._replaced(passage, new)
            else:
                replaced = taken_out(self._with_blanks(passage))
            yield Change(replaced, tuple(added), tuple(expected), not any(changes.values()))

    # What comes.

    def _written(self, place: WantedPlace, entry: Entry) -> Iterator[Change]:
        """Yield the paper in the shape of those beside it; at last with no more than its title
        shown.
        """
        anchor = self.plan.anchor(place)
        entry = replace(entry, topic=place.entry.topic, checked=place.entry.checked)
        written = list(self.shapes.written(anchor.shape, entry, anchor.count))
        whole = Expected(anchor.path, new=entry)
        for lines in written:
            yield Change({}, ((place, lines),), (whole,))
        bare = Expected(anchor.path, new=Entry(entry.title))
        if anchor.shape.kind is not Kind.ITEM:
            line = f"- {item.write(replace(entry, checked=None))}"
            yield Change({}, ((place, [line]),), (whole,))
        for lines in written[:2]:
            yield Change({}, ((place, lines),), (bare,), is_whole=False)

    def put(self, sheet: Sheet, chosen: Sequence[tuple[Edit, Change]]) -> Below:
        """Put what is added on the sheet; what comes below headings is given back."""
        added = {
            id(place): [PatchedLine(text, edit=edit.key) for text in texts]
            for edit, change in chosen
            for place, texts in change.added
        }
        below: Below = defaultdict(list)
        for place in self.plan.coming:
            if lines := added.get(id(place)):
                self._put(sheet, self.plan.anchor(place), lines, below)
        return below

    def _put(self, sheet: Sheet, anchor: Anchor, lines: list[PatchedLine], below: Below) -> None:
        blank = [PatchedLine("", edit=lines[0].edit)] if anchor.shape.is_loose else []
        if anchor.beside is None:
            below[anchor.path].append((anchor.shape, lines))
        elif self._leaves_the_table(anchor, lines):
            last = self.tables.last_of(anchor.beside)
            sheet.add_after(last, [PatchedLine("", edit=lines[0].edit), *lines])
        elif anchor.is_before:
            sheet.add_before(anchor.beside.start, [*lines, *blank])
        else:
            sheet.add_after(anchor.beside.stop - 1, [*blank, *lines])

    def _leaves_the_table(self, anchor: Anchor, lines: Sequence[PatchedLine]) -> bool:
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
        """Return the new lines, each in the place of an old one as far as there are as many."""
        lines = passage.lines
        if len(new) == len(lines):
            return {n: [text] for n, text in zip(lines, new, strict=True)}
        head = {n: [text] for n, text in zip(lines[:-1], new, strict=False)}
        return {**taken_out(lines), **head, lines[-1]: list(new[len(lines) - 1 :])}

    def _table(self, passage: Passage) -> SourceTable | None:
        is_row = passage.kind in {Kind.ROW, Kind.HTML_ROW}
        return self.tables.of(passage) if is_row else None

    def _ticked(
        self, stays: dict[int, WantedPlace], changes: dict[int, Changes] | None = None
    ) -> list[Ticked]:
        entries = self.source.reading.entries
        return [
            Ticked(
                replace(entries[n], **(changes or {}).get(n, {})),
                place.entry.checked is True,
                entries[n].checked,
            )
            for n, place in stays.items()
        ]

    def _expected(
        self,
        passage: Passage,
        number: int,
        place: WantedPlace,
        changes: Changes,
        lines: Sequence[str],
    ) -> Expected:
        entry = replace(self.source.reading.entries[number], **changes)
        has_tick = self.ticks.says(passage, lines, entry)
        tick = bool(place.entry.checked) if has_tick else None
        return Expected(place.entry.topic, number, changes, tick)

    # Topics that are a column of a table.

    def _is_in_a_renamed_column(self, number: int) -> bool:
        topic = self.source.reading.entries[number].topic
        now = self.wanted.now(topic)
        return now[-1:] != topic[-1:] and self.wanted.is_a_column(now)

    def _renamed(
        self, passage: Passage, lines: list[str], stays: dict[int, WantedPlace]
    ) -> list[str]:
        number = next(iter(stays))
        if self._is_in_a_renamed_column(number):
            return self._in_topic(passage, lines, stays[number])
        return lines

    def _in_topic(self, passage: Passage, lines: list[str], place: WantedPlace) -> list[str]:
        """Return the row with its topic as it is now, where a column says so."""
        if passage.kind not in {Kind.ROW, Kind.HTML_ROW} or not place.entry.topic:
            return lines
        table = self.tables.of(passage)
        if "topic" not in table.roles:
            return lines
        return table.with_cell(lines, table.roles["topic"], table.written(place.entry.topic[-1]))
