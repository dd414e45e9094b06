"""Labels to papers: which lines carry one, which pieces are its title, and which are what else.

Nothing is left out because of its section or its neighbours: what may be a paper is found, with the
chances that speak for it.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from papers.formats.core.identifiers import numbers
from papers.formats.markdown import addresses, names, stretches, titles
from papers.formats.markdown.features import Page, leads_to_paper
from papers.formats.markdown.found import Evidence, Found
from papers.formats.markdown.item import LONGEST_TITLE
from papers.formats.markdown.known import KnownTitles
from papers.formats.markdown.lexicon.words import LABELS
from papers.formats.markdown.lines import Line
from papers.formats.markdown.tagging import (
    BEGINNING,
    HEADING,
    MORE,
    PAPER,
    PEOPLE,
    TITLE,
    Chances,
)

# Less than this is no paper. Of an item or a row it takes less: there any may be one.
_FLOOR, _FLOOR_OF_LISTED = 0.02, 0.01
_LISTED = {"item", "number", "row"}
_TITLE_FLOOR = 0.08
# As likely as that an item is a paper whatever its pieces look like.
_LIKELY = 0.015
# From where on a piece is clearly people.
_CLEARLY = 0.5
# Where no piece is likelier of a title there is none.
_UNTITLED = 0.3
_LINES_AHEAD = 4
_MAY_BE_A_HEADING = 0.1
# As likely it has to be that an item goes on with a paper that is an item beside it.
_BESIDE = 0.9
# A group of lines that are written alike, and their heading.
Place = tuple[str, str]


def papers(
    page: Page,
    roles: Mapping[int, Chances],
    labels: Mapping[int, Sequence[Chances]],
    known: KnownTitles | None = None,
) -> list[Found]:
    """Return all that may be papers, by what the lines and their pieces are; known titles wherever
    they are."""
    return _Finder(page, roles, labels, known or KnownTitles()).papers()


def _place(page: Page, number: int) -> Place:
    return page.groups[number], page.lines[number].heading


class _Finder:
    def __init__(
        self,
        page: Page,
        roles: Mapping[int, Chances],
        labels: Mapping[int, Sequence[Chances]],
        known: KnownTitles,
    ) -> None:
        self.page, self.roles, self.labels, self.known = page, roles, labels, known
        self.current: list[Found] = []
        # Of each list the count of its items, and of those that look like more of a paper.
        self.items = Counter(_place(page, at) for at in page.numbers if page.lines[at].mark)
        self.more = Counter(_place(page, at) for at in page.numbers if roles[at][MORE] > _BESIDE)
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
        papers = {self.known.called(one.title) for one in found if id(one) not in headings} - {""}
        return [
            one
            for one in found
            if id(one) not in headings or self.known.called(one.title) not in papers
        ]

    def _is_added(self, at: int, number: int) -> bool:
        """Return whether the line is more of a paper: of those above, or of the one that comes."""
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
        """Return whether the line goes on with a paper above. What has a box begins something of
        its own, and mostly what has the mark of the paper."""
        line, role = self.page.lines[number], self.roles[number]
        if self._is_known_besides(number):
            return False
        if line.box is not None or (self._is_address(number) and self._is_one_of_several(number)):
            return False
        if self._is_untitled(number) and self._is_right_below(number):
            return True
        if self._is_of_links(number) or self._is_of_people(number):
            return True
        above = self.page.lines[self.current[0].number] if self.current else None
        is_beside = above and line.mark and (line.mark, line.indent) == (above.mark, above.indent)
        if is_beside and (self._is_seldom_more(number) or self._is_linked_alike(number)):
            return False
        return role[MORE] > max(_BESIDE if is_beside else 0.4, role[PAPER])

    def _ahead(self, at: int) -> int | None:
        """Return the line of the paper to which the line belongs, if it comes in the next lines."""
        for number in self.page.numbers[at + 1 : at + _LINES_AHEAD]:
            if self.roles[number][PAPER] > 0.4:
                return number
            if self.roles[number][MORE] < 0.4:
                return None
        return None

    def _begins(self, number: int, ahead: int) -> bool:
        """Return whether the line begins a block that goes on with the paper ahead."""
        line, title = self.page.lines[number], self.page.lines[ahead]
        starts = line.is_after_blank or line.mark or line.tag == "li"
        is_within = not title.mark and not title.is_after_blank and title.kind != "heading"
        return bool(starts and is_within)

    def _add(self, one: Found, number: int) -> None:
        """Take the line as one more of the paper. Its title may go on there."""
        own, labels = self.page.pieces[number], self.labels.get(number, ())
        more = self._rest_of_title(one, number)
        are_people = not more and self._is_of_people(number)
        one.lines.append(number)
        if more:
            rest = titles.shown_title(
                self.page.lines[number].text, own[0].start, own[more - 1].end
            )[0]
            ends_in_colon = self.page.lines[number - 1].text.rstrip().endswith(":")
            one.title = f"{one.title}{':' if ends_in_colon else ''} {rest}".strip()
            one.end = (number, more == len(own))
            if own[0].link:
                one.links.append((own[0], True))
        if are_people:
            one.pieces[PEOPLE] += [(number, piece) for piece in own]
        else:
            for piece, chances in zip(own[more:], labels[more:], strict=True):
                one.take(number, piece, chances, is_title=False)
        if addresses.names_authors(self.page.lines[number]):
            one.take_presenters_for_people(number)

    def _rest_of_title(self, one: Found, number: int) -> int:
        """Return how many pieces of the line are of the title that began above."""
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
        """Return how likely the line is the first of a paper. What looks like a heading, but has
        more of a paper directly below, is the title of that."""
        role = self.roles[self.page.numbers[at]]
        more = self._more_of_it(at + 1) if at + 1 < len(self.page.numbers) else 0.0
        if role[HEADING] > _MAY_BE_A_HEADING and more > 0.5:
            return role[PAPER] + role[HEADING] * more
        return role[PAPER]

    def _more_of_it(self, at: int) -> float:
        """Return how likely the line is more of a paper: also one that cites a paper without its
        title."""
        number = self.page.numbers[at]
        role = self.roles[number]
        return role[MORE] + (role[PAPER] if self._is_untitled(number) else 0.0)

    def _is_untitled(self, number: int) -> bool:
        """Return whether the line says who wrote a paper, and has no title."""
        labels = self.labels.get(number, ())
        if self.page.lines[number].kind != "text" or not labels:
            return False
        most = max(one[BEGINNING] + one[TITLE] for one in labels)
        return most < _UNTITLED and max(one[PEOPLE] for one in labels) > _CLEARLY

    def _is_of_people(self, number: int) -> bool:
        """Return whether the line is but names, right below that of a title, which is the first of
        a block of lines."""
        line, above = self.page.lines[number], self.page.lines[max(0, number - 1)]
        if (line.kind, above.kind) != ("text", "text") or not self.current:
            return False
        is_second = above.is_after_blank and not line.is_after_blank
        is_below = self.current[-1].lines[-1] == number - 1
        if not (is_second and is_below):
            return False
        below = self.page.pieces[number + 1][:1] if number + 1 < len(self.page.lines) else []
        is_above_address = any(piece.kind == "url" for piece in below)
        are_names = names.are_names if is_above_address else names.are_surely_names
        return are_names(line.content.strip())

    def _is_of_links(self, number: int) -> bool:
        """Return whether there is nothing in the line but links that are called by what they lead
        to, and it goes on with that of the paper, or is an address indented below it."""
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

    def _is_seldom_more(self, number: int) -> bool:
        """Return whether few items of the list look like more of the paper above: titles and
        addresses do not take turns there, so each item is something of its own."""
        place = _place(self.page, number)
        return 3 * self.more[place] < self.items[place]

    def _is_linked_alike(self, number: int) -> bool:
        """Return whether the text of a link is all that the item has, as the paper above is
        written."""
        own, above = self.page.pieces[number], self.current[0].number
        is_link = bool(own) and all(piece.link and piece.kind != "url" for piece in own)
        return is_link and self.page.forms[number] == self.page.forms[above]

    def _is_one_of_several(self, number: int) -> bool:
        """Return whether the addresses of several papers at one place are below each other."""
        line, own = self.page.lines[number], self.page.hosts[number]
        beside = (at for at in (number - 1, number + 1) if 0 <= at < len(self.page.lines))
        return any(
            self._is_address(at)
            and self.page.lines[at].indent == line.indent
            and self.page.hosts[at] == own
            for at in beside
        )

    def _is_right_below(self, number: int) -> bool:
        """Return whether the line is right below the heading that is the paper."""
        above = self.current[-1].number if self.current else -1
        if above < number - _LINES_AHEAD or self.page.lines[above].kind != "heading":
            return False
        return all(line.kind == "blank" for line in self.page.lines[above + 1 : number])

    def _begun(self, number: int, chance: float) -> list[Found]:
        """Return the papers that begin in the line: none, mostly one, several where several are
        linked."""
        line, own = self.page.lines[number], self.page.pieces[number]
        labels = self.labels.get(number, ())
        known = self.known.in_pieces(own)
        is_above = self._is_above_citation(line, chance)
        if not known and not is_above and not self._may_begin(line, labels, chance):
            return []
        chances = [one[BEGINNING] + one[TITLE] for one in labels]
        if known:
            runs = [(first, last) for first, last, _ in known]
        elif is_above and max(chances, default=0) < _TITLE_FLOOR:
            runs = [(0, len(own) - 1)] if own else []
        else:
            runs = stretches.of_titles(own, labels, chances, line.header)
        found = [one for run in runs if (one := self._of_run(number, run, chance, labels, chances))]
        for one, (_, _, title) in zip(found, known, strict=False):
            # As it is known, unless there are signs that are no part of it.
            one.title = title if set(one.title) <= {*title, "\\"} else one.title
        inner = {at for first, last in runs for at in range(first, last + 1)}
        starts = [own.index(one.first) for one in found]
        for one, after in itertools.pairwise(found):
            one.own = (one.own[0], after.first.start)
            after.own = (after.first.start, None)
        remarks = stretches.remarks(own)
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

    def _is_above_citation(self, line: Line, chance: float) -> bool:
        """Return whether it is a heading that is a paper for the citation right below it alone."""
        if line.kind != "heading" or chance - self.roles[line.number - 1][PAPER] < _CLEARLY:
            return False
        below = range(line.number, min(line.number + _LINES_AHEAD, len(self.page.lines)))
        first = next((at for at in below if self.page.lines[at].kind != "blank"), None)
        return (
            first is not None and self.roles[first][PAPER] > _CLEARLY and self._is_untitled(first)
        )

    def _is_known_besides(self, number: int) -> bool:
        """Return whether the line has the title of a known paper, and of another one than that
        above."""
        known = {title for _, _, title in self.known.in_pieces(self.page.pieces[number])}
        return bool(known - {self.known.called(one.title) for one in self.current})

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
        title, source = titles.shown_title(
            self.page.lines[number].text, own[first].start, own[last].end
        )
        title = numbers.cut_numbers(title)[0] or title
        if not 0 < len(title) <= LONGEST_TITLE or (own[first].link or "").startswith("#"):
            return None
        if own[first].link and first == last and own[first].text.casefold() in LABELS:
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
