"""The papers of each topic, woven into the lines of the text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from papers.formats import item
from papers.formats.reading_list import Entry, Path
from papers.formats.weaving import ticks
from papers.formats.weaving.fitting import Bullet, Fitter, Manner, bullet_of, paragraph, shifted
from papers.formats.weaving.grid import Grids, with_cell
from papers.formats.weaving.plan import BEFORE_ALL, Plan, planned
from papers.formats.weaving.sheet import Sheet
from papers.formats.weaving.source import HEADING, ITEM, PARAGRAPH, ROW, Node, Source
from papers.formats.weaving.wanted import Place, Wanted, in_our_form
from papers.formats.weaving.wording import reworded, said


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be read where the place was written. Without a place for a tick there is none."""

    entry: Entry
    is_new: bool
    has_tick: bool


class Papers:
    """`rough` are the topics of which every paper is to be written anew."""

    def __init__(self, source: Source, wanted: Wanted, sheet: Sheet, rough: set[Path]) -> None:
        self.source, self.wanted, self.sheet, self.rough = source, wanted, sheet, rough
        self.grids = Grids(source)
        self.fitter = Fitter(source, self.grids)
        self.stood: dict[Path, list[int]] = defaultdict(list)
        for number, entry in enumerate(source.reading.entries):
            self.stood[entry.topic].append(number)
        self.plans = {path: self._plan(path) for path in ((), *wanted.paths)}
        self.place_of = {n: place for plan in self.plans.values() for n, place in plan.staying}
        # New lines at the end of a chunk that has none of its own to put them beside.
        self.of_topic: dict[Path, list[str]] = {}
        self.expected: dict[Path, list[Expected]] = {}

    def weave(self) -> None:
        moved = {path: self._lines_of_the_moved(plan) for path, plan in self.plans.items()}
        for node in {id(node): node for node in self.source.nodes.values()}.values():
            self._settle(node)
        for path, plan in self.plans.items():
            self._put(path, plan, moved[path])
            self.expected[path] = list(self._expectations(path, plan))

    def _plan(self, path: Path) -> Plan:
        came_from = self.wanted.came_from[path]
        home: set[int] = set()
        if came_from is not None and path not in self.rough:
            home = set(self.stood[came_from])
        return planned(self.wanted.places[path], home)

    # What stands in the text already.

    def _settle(self, node: Node) -> None:
        """Leave the paper on its lines with its tick and what it says now, or take it out."""
        places = {n: self.place_of[n] for n in node.entries if n in self.place_of}
        if not places:
            self._take_out(node)
            return
        changes = {n: self.wanted.changes(place, n) for n, place in places.items()}
        changes = {n: details for n, details in changes.items() if details}
        if changes or len(places) < len(node.entries):
            self._reword(node, places, changes)
        is_read = all(place.entry.checked is True for place in places.values())
        ticks.write(self.sheet, self.grids, node, is_read)

    def _take_out(self, node: Node) -> None:
        """Take the paper out; the papers below it come up to its level."""
        kept = [inner for inner in node.inner if self._is_kept(inner)]
        lines = {n for inner in kept for n in inner.lines}
        self.sheet.take_out(n for n in node.lines if n not in lines)
        outer = bullet_of(self.source.lines[node.start]) or Bullet()
        for inner in kept:
            bullet = bullet_of(self.source.lines[inner.start]) or outer
            for number in inner.lines:
                if not self.sheet.is_gone(number):
                    line = shifted(self.sheet.line(number), len(outer.indent) - len(bullet.indent))
                    self.sheet.replaced[number] = [line]

    def _is_kept(self, node: Node) -> bool:
        return any(n in self.place_of for n in node.entries) or any(map(self._is_kept, node.inner))

    def _reword(
        self, node: Node, places: dict[int, Place], changes: dict[int, dict[str, object]]
    ) -> None:
        is_whole = len(places) == len(node.entries)
        lines = [self.source.lines[number] for number in node.lines]
        new = reworded(self.source, self.grids, node, lines, changes) if is_whole else None
        if new is not None and len(new) == len(lines):
            for number, line in zip(node.lines, new, strict=True):
                if line != self.source.lines[number]:
                    self.sheet.replaced[number] = [line]
        elif new is not None:
            self.sheet.replace(node.lines, new)
        else:
            entries = [self._with_note(node, n, place) for n, place in places.items()]
            self._write_anew(node, entries)

    def _with_note(self, node: Node, number: int, place: Place) -> Entry:
        """What the place says, with the note that the lines of its own have in the text."""
        lines = [self.source.lines[n] for n in node.own]
        own = said(self.source, self.grids, node, lines) if node.own else []
        at = node.entries.index(number)
        note = own[at].note if at < len(own) else ""
        return replace(self.wanted.said(place, number), note=note)

    def _write_anew(self, node: Node, entries: Sequence[Entry]) -> None:
        own = range(min(node.start, node.own.start), node.own.stop)
        manner = self.fitter.manner_of(node)
        if node.kind == ITEM:
            bullet = bullet_of(self.source.lines[node.start]) or Bullet()
            boxed = [
                replace(e, checked=bool(e.checked) if manner.has_boxes else None) for e in entries
            ]
            self.sheet.replace(own, [f"{bullet}{item.write(entry)}" for entry in boxed])
        elif node.kind == ROW:
            self.sheet.replace(own, [self._row(node, entries)])
        elif node.kind == PARAGRAPH:
            self.sheet.replace(own, "\n\n".join(map(paragraph, entries)).split("\n"))
        elif node.kind == HEADING:
            self.sheet.replace(node.lines, self.fitter.written(manner, entries[0]))

    def _row(self, node: Node, entries: Sequence[Entry]) -> str:
        """The row with the cells written anew that say something of the paper."""
        grid, line = self.grids.of(node), self.source.lines[node.start]
        texts = {"title": "<br>".join(map(grid.title, entries))}
        texts |= {
            role: str(getattr(entries[0], role) or "")
            for role in ("authors", "venue", "year")
            if role in grid.roles and len(entries) == 1
        }
        for role, text in texts.items():
            if grid.cell(node.start, grid.roles[role]) != text:
                line = with_cell(line, grid.roles[role], text)
        return line

    # What has to find its place.

    def _lines_of_the_moved(self, plan: Plan) -> dict[int, list[str]]:
        """The lines that come again elsewhere, by the place that brings them."""
        found: dict[int, list[str]] = {}
        for places in plan.following.values():
            for place in places:
                node = self.source.nodes[place.came_from[0]] if place.came_from else None
                if node and len(node.entries) == 1 and not self._is_rough(place):
                    lines = self._moved(node, place)
                    if lines:
                        found[id(place)] = lines
        return found

    def _is_rough(self, place: Place) -> bool:
        return place.entry.topic in self.rough

    def _moved(self, node: Node, place: Place) -> list[str]:
        inner = {n for one in node.inner for n in one.lines}
        lines = [self.source.lines[n] for n in node.lines if n not in inner]
        changes = self.wanted.changes(place, node.entries[0])
        if changes:
            new = reworded(self.source, self.grids, node, lines, {node.entries[0]: changes})
            if new is None:
                return []
            lines = new
        is_read = place.entry.checked is True
        if node.kind == ITEM:
            at = node.own.start - node.start
            lines[at] = ticks.boxed(lines[at], is_read)
        elif node.kind == ROW:
            grid = self.grids.of(node)
            lines = [grid.ticked(line, is_read) for line in lines]
            if "topic" in grid.roles and place.entry.topic:
                lines = [with_cell(lines[0], grid.roles["topic"], place.entry.topic[-1])]
        return lines

    def _put(self, path: Path, plan: Plan, moved: dict[int, list[str]]) -> None:
        numbers = sorted({number for number, _ in plan.staying})
        for before, places in plan.following.items():
            node = None if before == BEFORE_ALL else self.source.nodes[before]
            later = [n for n in numbers if n > before]
            after = self.source.nodes[later[0]] if later else None
            if node and after and self._is_inside(after, node):
                self._put_before(after, places, moved)
            elif node:
                self._put_after(node, places, moved)
            elif after:
                self._put_before(after, places, moved)
            else:
                self._put_below_heading(path, places, moved)

    def _is_inside(self, node: Node, other: Node) -> bool:
        return node.outer is not None and (
            node.outer is other or self._is_inside(node.outer, other)
        )

    def _put_after(self, node: Node, places: list[Place], moved: dict[int, list[str]]) -> None:
        manner = self.fitter.manner_of(node)
        for count, place in enumerate(places, start=1):
            lines = self._written(manner, place, moved, count)
            blank = manner.is_loose or (manner.kind == ROW and not self._is_row(manner, lines))
            self.sheet.add_after(node.stop - 1, ["", *lines] if blank else lines)

    def _put_before(self, node: Node, places: list[Place], moved: dict[int, list[str]]) -> None:
        manner = self.fitter.manner_of(node)
        for place in places:
            lines = self._written(manner, place, moved, 0)
            self.sheet.add_before(node.start, [*lines, ""] if manner.is_loose else lines)

    def _put_below_heading(
        self, path: Path, places: list[Place], moved: dict[int, list[str]]
    ) -> None:
        """Where the papers of the topic stood, else below whatever stands below its heading."""
        came_from = self.wanted.came_from[path]
        stood = self.stood[came_from] if came_from is not None else []
        node = self.source.nodes[stood[0]] if stood else None
        manner = self.fitter.manner_of(node) if node and path not in self.rough else None
        manner = manner or self._usual(path)
        written = [self._written(manner, place, moved, n) for n, place in enumerate(places)]
        lines = written[0]
        for more in written[1:]:
            lines = [*lines, *([""] if manner.is_loose else []), *more]
        if node:
            self.sheet.add_before(node.start, lines)
        else:
            self.of_topic[path] = lines

    def _usual(self, path: Path) -> Manner:
        """How most of the text writes papers; in a topic written anew, as we do."""
        kinds = [node.kind for node in self.source.nodes.values()]
        first = {node.kind: node for node in reversed(self.source.nodes.values())}
        entries = self.source.reading.entries
        has_boxes = any(entry.checked is not None for entry in entries) or not entries
        if path in self.rough:
            return Manner(has_boxes=has_boxes)
        if kinds and kinds.count(PARAGRAPH) * 2 > len(kinds):
            return Manner(PARAGRAPH, is_loose=True)
        if ITEM not in first:
            return Manner(has_boxes=has_boxes)
        manner = self.fitter.manner_of(first[ITEM])
        bullet = replace(manner.bullet, indent="")
        if bullet.mark[0].isdigit():
            bullet = replace(bullet, mark=f"1{bullet.mark[-1]}")
        return replace(manner, bullet=bullet)

    def _written(
        self, manner: Manner, place: Place, moved: dict[int, list[str]], count: int
    ) -> list[str]:
        lines = moved.get(id(place))
        node = self.source.nodes[place.came_from[0]] if place.came_from else None
        if lines and node and self.fitter.may_move(manner, node):
            return self.fitter.moved(manner, lines, count) if node.kind == ITEM else lines
        entry = replace(self.wanted.said(place), topic=place.entry.topic)
        lines = self.fitter.written(manner, entry, count)
        if manner.kind == ROW and not self._says(manner, lines, entry):
            return [f"- {item.write(replace(entry, checked=None))}"]
        return lines

    def _says(self, manner: Manner, lines: list[str], entry: Entry) -> bool:
        """Whether the new row says what it is to say."""
        if not manner.like:
            return False
        found = said(self.source, self.grids, replace(manner.like, entries=[0]), lines)
        names = ("title", "authors", "venue", "year", "url")
        return len(found) == 1 and all(getattr(found[0], n) == getattr(entry, n) for n in names)

    def _is_row(self, manner: Manner, lines: list[str]) -> bool:
        return not lines[0].startswith("- ")

    # What is to be read in the end.

    def _expectations(self, path: Path, plan: Plan) -> Iterator[Expected]:
        for place in plan.following.get(BEFORE_ALL, []):
            yield self._new(place)
        for number, place in plan.staying:
            node = self.source.nodes[number]
            entry = self.wanted.said(place, number)
            is_new = bool(self.wanted.changes(place, number))
            has_tick = ticks.has_place(self.grids, node, self.source.reading.entries[number])
            yield Expected(in_our_form(entry) if is_new else entry, is_new, has_tick)
            for other in plan.following.get(number, []):
                yield self._new(other)

    def _new(self, place: Place) -> Expected:
        return Expected(in_our_form(self.wanted.said(place)), not place.came_from, has_tick=False)
