"""Labels to papers: which lines carry one, which pieces are its title, and which are what else.

Nothing is left out because of its section or its neighbours: what may be a paper is found, with the
chances that speak for it.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from papers.formats.core.identifiers import numbers
from papers.formats.markdown import addresses, names, titles
from papers.formats.markdown.features import VENUES, Page, column, leads_to_paper
from papers.formats.markdown.item import LONGEST_TITLE
from papers.formats.markdown.lexicon.words import LABELS
from papers.formats.markdown.lines import Line
from papers.formats.markdown.pieces import Piece
from papers.formats.markdown.tagging import (
    BEGINNING,
    DATE,
    HEADING,
    MORE,
    OTHER,
    PAPER,
    PEOPLE,
    PRESENTER,
    TITLE,
    VENUE,
    YEAR,
    Chances,
)

# Less than this is no paper. Of an item or a row it takes less: there any may be one.
_FLOOR, _FLOOR_OF_LISTED = 0.02, 0.01
_LISTED = {"item", "number", "row"}
_TITLE_FLOOR = 0.08
# As likely as that an item is a paper whatever its pieces look like.
_LIKELY = 0.015
# So likely it has to be that a piece is of no title, so that it is something else.
_LEFT = 0.3
# From where on a piece is clearly none of what is said of papers.
_CLEARLY = 0.5
# Where no piece is likelier of a title there is none.
_UNTITLED = 0.3
_LINES_AHEAD = 4
_MAY_BE_A_HEADING = 0.1
# As likely it has to be that an item goes on with a paper that is an item beside it.
_BESIDE = 0.9
DETAILS = (PEOPLE, VENUE, YEAR, DATE)
OTHERS = range(PEOPLE, OTHER + 1)
# Shorter than any name of a paper.
_SHORTEST_NAME = 3
# Labels of links are not longer.
_LONGEST_LABEL = 8


@dataclass(slots=True)
class Found:
    """A paper as the models see it, with what speaks for it."""

    # The index of its line; its title there; from where to where that is.
    number: int
    title: str
    source: str
    first: Piece
    last: Piece
    chances: "Evidence"
    # What is said of it, by label; and its links, each with whether the title is in it.
    pieces: dict[int, list[tuple[int, Piece]]] = field(default_factory=lambda: defaultdict(list))
    links: list[tuple[Piece, bool]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    # The line that the title ends in, and whether nothing is behind it there.
    end: tuple[int, bool] = (-1, False)
    is_struck: bool = False
    confidence: float = 0.0

    def remarks(self) -> Iterator[Piece]:
        """What is behind the title in its line, in no brackets, and said of no paper."""
        for number, piece in self.pieces.get(OTHER, ()):
            if number == self.number and piece.start > self.last.start and not piece.bracket:
                yield piece

    def take_presenters_for_people(self, number: int) -> None:
        """Take those of a line for people whose label says that they wrote the paper."""
        presenters = self.pieces.get(PRESENTER, [])
        self.pieces[PRESENTER] = [one for one in presenters if one[0] != number]
        self.pieces[PEOPLE] += [
            one for one in presenters if one[0] == number and not one[1].bracket
        ]

    def extend(self, rest: Sequence[Piece], page: Page) -> None:
        """Let the title go on with pieces behind it."""
        self.last = rest[-1]
        text = page.lines[self.number].text
        self.title, self.source = titles.of(text, self.first.start, self.last.end)
        taken = set(map(id, rest))
        for label, said in self.pieces.items():
            self.pieces[label] = [one for one in said if id(one[1]) not in taken]

    def leave(self, numbers: Collection[int]) -> None:
        """Leave to other papers what is said on lines of theirs."""
        for label, said in self.pieces.items():
            self.pieces[label] = [one for one in said if one[0] not in numbers]
        self.lines = [number for number in self.lines if number not in numbers]

    def take(self, number: int, piece: Piece, chances: Chances, is_title: bool) -> None:
        if piece.link is not None and (not self.links or self.links[-1][0].link != piece.link):
            self.links.append((piece, is_title))
        if is_title:
            return
        # The title is elsewhere: what is left is shared among the other labels.
        left = 1.0 - chances[BEGINNING] - chances[TITLE]
        label = max(OTHERS, key=chances.__getitem__)
        if left > _LEFT and chances[label] / left > (0.4 if label != OTHER else _CLEARLY):
            self.pieces[label].append((number, piece))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The chances that its line is one of a paper, and that pieces are of its title: all in the
    mean, the first one, the least one, and those beside it."""

    line: float
    title: float
    first: float
    least: float
    after: float
    before: float


def papers(
    page: Page,
    roles: Mapping[int, Chances],
    labels: Mapping[int, Sequence[Chances]],
    known: Mapping[str, str] = MappingProxyType({}),
) -> list[Found]:
    """All that may be papers, by what the lines and their pieces are. `known` are titles that are
    papers wherever they are, by their letters."""
    return _Finder(page, roles, labels, known).papers()


class _Finder:
    def __init__(
        self,
        page: Page,
        roles: Mapping[int, Chances],
        labels: Mapping[int, Sequence[Chances]],
        known: Mapping[str, str],
    ) -> None:
        self.page, self.roles, self.labels, self.known = page, roles, labels, known
        self.longest_known = max(map(len, known), default=0)
        self.current: list[Found] = []
        # Lines above that of their paper's title.
        self.above: dict[int, list[int]] = defaultdict(list)

    def papers(self) -> list[Found]:
        found: list[Found] = []
        for at, number in enumerate(self.page.numbers):
            if self._is_added(at, number):
                continue
            begun = self._begun(number, self._chance(at))
            found += begun
            if begun or self.page.lines[number].kind == "heading":
                self.current = begun
        for one in found:
            for number in self.above.get(one.number, ()):
                self._add(one, number)
        return self._without_known_topics(found)

    def _without_known_topics(self, found: list[Found]) -> list[Found]:
        """Those found, without headings that are called as a known paper elsewhere is."""
        headings = {id(one) for one in found if self.page.lines[one.number].kind == "heading"}
        papers = {titles.letters(one.title) for one in found if id(one) not in headings}
        topics = papers & self.known.keys()
        return [
            one
            for one in found
            if id(one) not in headings or titles.letters(one.title) not in topics
        ]

    def _is_added(self, at: int, number: int) -> bool:
        """Whether the line is more of a paper: of those above, or of the one that comes."""
        is_more = self._is_more(number)
        ahead = self._ahead(at) if is_more else None
        is_of_link = self.page.lines[number].goes_on and bool(self.current)
        begins = ahead is not None and (not self.current or self._begins(number, ahead))
        if ahead is not None and begins and not is_of_link:
            self.above[ahead].append(number)
            return True
        if is_of_link or (is_more and self.current):
            for one in self.current:
                self._add(one, number)
            return True
        return False

    def _is_more(self, number: int) -> bool:
        """What has a box begins something of its own, and mostly what has the mark of the paper."""
        line, role = self.page.lines[number], self.roles[number]
        if self._is_known_besides(number):
            return False
        if line.box is not None or (self._is_address(number) and self._is_one_of_several(number)):
            return False
        if self._is_untitled(number) and self._is_right_below(number):
            return True
        if self._is_of_links(number):
            return True
        above = self.page.lines[self.current[0].number] if self.current else None
        is_beside = above and line.mark and (line.mark, line.indent) == (above.mark, above.indent)
        return role[MORE] > max(_BESIDE if is_beside else 0.4, role[PAPER])

    def _ahead(self, at: int) -> int | None:
        """The line of the paper to which the line belongs, if it comes in the next lines."""
        for number in self.page.numbers[at + 1 : at + _LINES_AHEAD]:
            if self.roles[number][PAPER] > 0.4:
                return number
            if self.roles[number][MORE] < 0.4:
                return None
        return None

    def _begins(self, number: int, ahead: int) -> bool:
        """Whether the line begins a block that goes on with the paper ahead."""
        line, title = self.page.lines[number], self.page.lines[ahead]
        starts = line.is_after_blank or line.mark or line.tag == "li"
        is_within = not title.mark and not title.is_after_blank and title.kind != "heading"
        return bool(starts and is_within)

    def _add(self, one: Found, number: int) -> None:
        """Take the line as one more of the paper. Its title may go on there."""
        own, labels = self.page.pieces[number], self.labels.get(number, ())
        more = self._rest_of_title(one, number)
        one.lines.append(number)
        if more:
            rest = titles.of(self.page.lines[number].text, own[0].start, own[more - 1].end)[0]
            ends_in_colon = self.page.lines[number - 1].text.rstrip().endswith(":")
            one.title = f"{one.title}{':' if ends_in_colon else ''} {rest}".strip()
            one.end = (number, more == len(own))
            if own[0].link:
                one.links.append((own[0], True))
        for piece, chances in zip(own[more:], labels[more:], strict=True):
            one.take(number, piece, chances, is_title=False)
        if addresses.names_authors(self.page.lines[number]):
            one.take_presenters_for_people(number)

    def _rest_of_title(self, one: Found, number: int) -> int:
        """How many pieces of the line are of the title that began above."""
        own, labels = self.page.pieces[number], self.labels.get(number, ())
        if self.page.lines[number].goes_on:
            ends = any(piece.link is not None for piece in own)
            of_title = (piece.link is not None or not ends for piece in own)
        elif one.end == (number - 1, True):
            of_title = (chances[TITLE] > 0.5 for chances in labels)
        else:
            return 0
        return sum(1 for _ in itertools.takewhile(bool, of_title))

    def _chance(self, at: int) -> float:
        """How likely the line is the first of a paper. What looks like a heading, but has more of a
        paper directly below, is the title of that."""
        role = self.roles[self.page.numbers[at]]
        more = self._more_of_it(at + 1) if at + 1 < len(self.page.numbers) else 0.0
        if role[HEADING] > _MAY_BE_A_HEADING and more > 0.5:
            return role[PAPER] + role[HEADING] * more
        return role[PAPER]

    def _more_of_it(self, at: int) -> float:
        """How likely the line is more of a paper: also one that cites a paper without its title."""
        number = self.page.numbers[at]
        role = self.roles[number]
        return role[MORE] + (role[PAPER] if self._is_untitled(number) else 0.0)

    def _is_untitled(self, number: int) -> bool:
        """Whether the line says who wrote a paper, and has no title."""
        labels = self.labels.get(number, ())
        if self.page.lines[number].kind != "text" or not labels:
            return False
        most = max(one[BEGINNING] + one[TITLE] for one in labels)
        return most < _UNTITLED and max(one[PEOPLE] for one in labels) > _CLEARLY

    def _is_of_links(self, number: int) -> bool:
        """Whether there is nothing in the line but links that are called by what they lead to, and
        it goes on with that of the paper, or is an address indented below it."""
        line, own = self.page.lines[number], self.page.pieces[number]
        if not own or not self.current or number - 1 not in self.current[-1].lines:
            return False
        if line.kind == "text" and not line.is_after_blank:
            return all(piece.link is not None and piece.text.casefold() in LABELS for piece in own)
        is_child = line.mark and line.indent > self.page.lines[self.current[-1].number].indent
        return bool(is_child) and self._is_address(number)

    def _is_address(self, number: int) -> bool:
        own = self.page.pieces[number]
        return len(own) == 1 and own[0].kind == "url" and leads_to_paper(own[0].link)

    def _is_one_of_several(self, number: int) -> bool:
        """Whether the addresses of several papers at one place are below each other."""
        line, own = self.page.lines[number], self.page.hosts[number]
        beside = (at for at in (number - 1, number + 1) if 0 <= at < len(self.page.lines))
        return any(
            self._is_address(at)
            and self.page.lines[at].indent == line.indent
            and self.page.hosts[at] == own
            for at in beside
        )

    def _is_right_below(self, number: int) -> bool:
        """Whether the line is right below the heading that is the paper."""
        above = self.current[-1].number if self.current else -1
        if above < number - _LINES_AHEAD or self.page.lines[above].kind != "heading":
            return False
        return all(line.kind == "blank" for line in self.page.lines[above + 1 : number])

    def _begun(self, number: int, chance: float) -> list[Found]:
        """The papers that begin in the line: none, mostly one, several where several are linked."""
        line, own = self.page.lines[number], self.page.pieces[number]
        labels = self.labels.get(number, ())
        known = self._known(own)
        if not known and not self._may_begin(line, labels, chance):
            return []
        chances = [one[BEGINNING] + one[TITLE] for one in labels]
        runs = known or _Runs(own, labels, chances, line.header).all()
        found = [one for run in runs if (one := self._of_run(number, run, chance, labels, chances))]
        for one, (first, last) in zip(found, known, strict=False):
            title = self.known[self._letters(own[first : last + 1])]
            # As it is known, unless there are signs that are no part of it.
            one.title = title if set(one.title) <= {*title, "\\"} else one.title
        inner = {at for first, last in runs for at in range(first, last + 1)}
        starts = [own.index(one.first) for one in found]
        remarks = _remarks(own)
        for at, piece in enumerate(own if found else ()):
            if at in remarks:
                continue
            owner = max((n for n, start in enumerate(starts) if start <= at), default=0)
            found[owner].take(number, piece, labels[at], is_title=at in inner)
        return found

    def _may_begin(self, line: Line, labels: Sequence[Chances], chance: float) -> bool:
        if addresses.is_above_address(self.page, line.number - 1):
            return bool(labels)
        if not labels or chance < (_FLOOR_OF_LISTED if line.kind in _LISTED else _FLOOR):
            return False
        is_likely = line.kind in _LISTED and chance > _LIKELY
        return is_likely or max(one[BEGINNING] + one[TITLE] for one in labels) >= _TITLE_FLOOR

    def _known(self, own: Sequence[Piece]) -> list[tuple[int, int]]:
        """The stretches of pieces that are known titles: the longest, and those behind it."""
        found: list[tuple[int, int]] = []
        at = 0
        while self.known and at < len(own):
            end = self._end_of_known(own, at)
            if end >= at:
                found.append((at, end))
            at = max(at, end) + 1
        return found

    def _end_of_known(self, own: Sequence[Piece], start: int) -> int:
        """The last piece of the longest known title that begins with the piece; -1 if none does."""
        end, said = -1, ""
        for at in range(start, len(own)):
            said += titles.letters(own[at].text)
            if len(said) > self.longest_known:
                break
            end = at if said in self.known else end
        return end

    def _is_known_besides(self, number: int) -> bool:
        """Whether the line has the title of a known paper, and of another one than that above."""
        known = self._known(self.page.pieces[number])
        own = {self._letters(self.page.pieces[number][first : last + 1]) for first, last in known}
        return bool(own - {titles.letters(one.title) for one in self.current})

    def _letters(self, pieces: Sequence[Piece]) -> str:
        return "".join(titles.letters(piece.text) for piece in pieces)

    def _of_run(
        self,
        number: int,
        run: tuple[int, int],
        chance: float,
        labels: Sequence[Chances],
        chances: Sequence[float],
    ) -> Found | None:
        first, last = run
        own = self.page.pieces[number]
        title, source = titles.of(self.page.lines[number].text, own[first].start, own[last].end)
        title = numbers.cut_numbers(title)[0] or title
        if not 0 < len(title) <= LONGEST_TITLE or (own[first].link or "").startswith("#"):
            return None
        inner = chances[first : last + 1]
        return Found(
            number,
            title,
            source,
            own[first],
            own[last],
            Evidence(
                line=chance,
                title=sum(inner) / len(inner),
                first=labels[first][BEGINNING],
                least=min(inner),
                after=chances[last + 1] if last + 1 < len(own) else 0.0,
                before=chances[first - 1] if first else 0.0,
            ),
            lines=[number],
            end=(number, last == len(own) - 1),
            is_struck=all(piece.is_struck for piece in own[first : last + 1]),
        )


class _Runs:
    """The stretches of pieces that are titles: one, or several that are each the text of a link."""

    def __init__(
        self,
        own: Sequence[Piece],
        labels: Sequence[Chances],
        chances: Sequence[float],
        header: Sequence[str],
    ) -> None:
        self.own, self.labels, self.chances, self.header = own, labels, chances, header

    def all(self) -> list[tuple[int, int]]:
        remarks = _remarks(self.own)
        likely = [
            at for at, chance in enumerate(self.chances) if chance >= 0.5 and at not in remarks
        ]
        if not all(titles.is_part(self.own[at].text) for at in likely):
            likely = [at for at in likely if not titles.is_part(self.own[at].text)]
        of_titles = self._of_titles(remarks)
        if self._lead_to_papers(of_titles) and not set(likely) & set(of_titles):
            likely = []
        best = max(of_titles, key=self.chances.__getitem__)
        runs: list[list[int]] = []
        for at in likely or [best]:
            if runs and self._goes_on(runs[-1][-1], at):
                runs[-1] += range(runs[-1][-1] + 1, at + 1)
            else:
                runs.append([at])
        linked = [run for run in runs if self.own[run[0]].link is not None]
        if linked and (self._is_long(linked[0]) or self._begins_with(linked[0])):
            first, *others = linked
            runs = [first, *filter(self._is_named, others)]
        else:
            runs = [max(runs, key=self._weight)]
        return [self._stretched(run[0], run[-1]) for run in runs]

    def _of_titles(self, remarks: Collection[int]) -> Sequence[int]:
        """Where the title is if no piece is likely one: in a column that is called so."""
        every = range(len(self.own))
        of_title = [at for at, name in enumerate(self.header) if column(name.casefold()) == "title"]
        within = [at for at in every if self.own[at].cell in of_title and at not in remarks]
        named = [at for at in within if self.own[at].text.casefold() not in LABELS]
        return named or [at for at in every if at not in remarks] or every

    def _lead_to_papers(self, pieces: Iterable[int]) -> bool:
        """Whether they are in a column of titles, and one leads to a paper."""
        return bool(self.header) and any(leads_to_paper(self.own[at].link) for at in pieces)

    def _is_long(self, run: Sequence[int]) -> bool:
        return sum(len(self.own[at].text) for at in run) > _LONGEST_LABEL

    def _begins_with(self, run: Sequence[int]) -> bool:
        """Whether the line begins with it, a name and no label that leads to a paper."""
        text = self.own[run[0]].text
        is_name = text[:1].isupper() and text.casefold() not in LABELS | VENUES
        is_at_paper = leads_to_paper(self.own[run[0]].link)
        return run[0] == 0 and len(run) == 1 and is_name and is_at_paper

    def _is_named(self, run: Sequence[int]) -> bool:
        """Whether a further link is a paper: its text is more than a word and no person, or the
        name of what is at an address of papers."""
        words = [word for at in run for word in self.own[at].text.split()]
        is_known = words[0].casefold() in LABELS or len(words[0]) < _SHORTEST_NAME
        is_paper = leads_to_paper(self.own[run[0]].link)
        text = " ".join(words)
        if titles.is_part(text) or (not is_paper and names.are_names(text)):
            return False
        return len(words) > 1 or (is_paper and not is_known)

    def _weight(self, run: Sequence[int]) -> float:
        return sum(self.chances[at] * len(self.own[at].text) for at in run)

    def _goes_on(self, last: int, at: int) -> bool:
        """Whether the piece belongs to the title that has the last one: no title crosses the border
        of a link, or of a cell."""
        one, before = self.own[at], self.own[last]
        if one.link != before.link or one.cell != before.cell or _are_of_two_links(one, before):
            return False
        begins = self.labels[at][BEGINNING]
        if at == last + 1:
            return not (begins > 0.8 and before.after[:1] == "<")
        return (at <= last + 2 and begins < 0.5) or one.run == before.run

    def _stretched(self, first: int, last: int) -> tuple[int, int]:
        """The title up to the marks that it is in: all text of one link, or between one pair of
        stars, but what is clearly something else."""
        one = self.own[first]

        def belongs(at: int) -> bool:
            other = max(self.labels[at][label] for label in DETAILS)
            return _are_within_one(one, self.own[at]) and (self.chances[at] > 0.08 or other < 0.5)

        while first and belongs(first - 1):
            first -= 1
        while last + 1 < len(self.own) and belongs(last + 1):
            last += 1
        return first, last


def _remarks(own: Sequence[Piece]) -> set[int]:
    """The pieces in small letters behind several words in bold and a colon, which are a remark:
    `**Counting Bees**: a classic`."""
    if not any(one.is_bold for one in own):
        return set()
    runs = {
        one.run
        for before, one in itertools.pairwise(own)
        if before.is_bold and not one.is_bold and one.before.endswith(":")
        if len(before.text.split()) > 1 and one.text[:1].islower()
    }
    return {at for at, one in enumerate(own) if one.run in runs}


def _are_of_two_links(one: Piece, other: Piece) -> bool:
    return one.link is not None and one.link_number != other.link_number


def _are_within_one(one: Piece, other: Piece) -> bool:
    """Whether the same link, quotation marks or stars are around both."""
    if one.link is not None:
        is_same = other.link == one.link and not _are_of_two_links(one, other)
        return is_same and other.kind != "url"
    if one.cell != other.cell or one.run != other.run:
        return False
    if one.is_quoted:
        return other.is_quoted
    is_marked = (one.is_bold and other.is_bold) or (one.is_italic and other.is_italic)
    return is_marked and not one.bracket
