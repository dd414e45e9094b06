"""A list in Markdown: what is sure, what is doubtful, and the lines that were not understood.

What this program wrote itself is read as it was written. All else is read by models of lines and
pieces; they were trained on lists of many shapes and say how sure they are. It is decided paper by
paper. What has a box before it or ends in a citation of our own form is read in both ways.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.markdown import (
    addresses,
    confidence,
    document,
    finding,
    item,
    ours,
    pieces,
    rows,
    said,
    siblings,
    titles,
)
from papers.formats.markdown.arranging import arranged
from papers.formats.markdown.below import with_lines_below
from papers.formats.markdown.details import tidied, together
from papers.formats.markdown.document import Document
from papers.formats.markdown.features import Page, column
from papers.formats.markdown.found import Found
from papers.formats.markdown.known import KnownTitles
from papers.formats.markdown.lexicon.words import TO_DO
from papers.formats.markdown.lines import Line
from papers.formats.markdown.notes import preparing
from papers.formats.markdown.ours import OwnItems
from papers.formats.markdown.tagging import FOLDER, NOISE, NOTE, Models
from papers.formats.markdown.titles import letters
from papers.formats.markdown.writing import refuse_many_items, refuse_too_long

# Of a text of more lines only what is in our own form is read: no list has so many.
_MOST_LINES = 60_000
# From here on a paper is sure; above the other it is doubtful, below that it is none.
SURE, DOUBTFUL = 0.7, 0.08
# The same of a text in which nothing is sure, and of its running text.
_DOUBTFUL_OF_NOTHING, _DOUBTFUL_TEXT = 0.02, 0.2
# Where a title is the same read in both ways, less is doubted: by what share of the doubt.
_BOTH = 0.4
# What says that it is none; what is read in our own form alone, and where that is noise.
_OF_NOTHING, _OF_OWN, _OF_NOISE = 0.05, 0.2, 0.04
# From where on the models are sure that a line is noise.
_SURELY = 0.9
# What has a box before it, as this program writes what somebody means to read; from where on it is
# so sure what the models read there.
_OF_BOX, _CREDIBLE, _LIKELY_BOXED = 0.75, 0.4, 0.7
# So likely a line has to be a paper's that the address below it is that of the paper.
_LIKELY_ABOVE = 0.7
# So likely it has to be a paper's that it is sure if people, venue and year are said.
_LIKELY_CITED = 0.9


def read(text: str, known: Sequence[str] = (), weights: Path = FOLDER) -> ReadingList:
    """Return the list that the Markdown holds. Raises TooLarge for more than one may be, nothing
    else.

    `known` are titles of which it is known that they are papers of the list, so that they are not
    doubtful: what somebody took for a paper is one when the text is read again. `weights` is the
    folder of the models.
    """
    refuse_too_long(text)
    if made := preparing.prepared(text):
        return made.read(lambda plain, titles: read_plain(plain, [*known, *titles], weights))
    return read_plain(text, known, weights)


def read_plain(text: str, known: Sequence[str] = (), weights: Path = FOLDER) -> ReadingList:
    """The same for Markdown in which links, comments and properties of notes are no more."""
    parsed = document.parse_document(text)
    refuse_many_items(parsed.item_count)
    entries = ours.whole(parsed)
    if entries is None:
        titles_known = KnownTitles(known)
        if len(parsed.lines) > _MOST_LINES:
            entries = OwnItems(parsed.lines, titles_known).entries
        else:
            entries = _Judge(parsed.lines, titles_known, weights).entries()
    return _decided(parsed, entries)


class _Judge:
    """Decides paper by paper what the models read, and what is written in our own form."""

    def __init__(self, lines: Sequence[Line], known: KnownTitles, weights: Path) -> None:
        self.own = OwnItems(lines, known)
        self.known = known
        self.page = Page(lines, list(map(pieces.split, lines)))
        self.roles, labels = Models(weights).read(self.page)
        self.found = finding.papers(self.page, self.roles, labels, self.known)
        siblings.complete_titles(self.found, self.page)
        confidence.rate(self.found, self.page, confidence.weights_of(weights))
        # The lines that are more of a paper above them.
        self.below = {n + 1 for one in self.found for n in one.lines if n > one.number}
        self.certain = [one for one in self.own.entries if self._is_certain(one)]
        # On these lines the models are not heard.
        self.taken: dict[int, set[str]] = defaultdict(set)
        for one in self.certain:
            for number in one.lines:
                self.taken[number].add(letters(one.title))
        # The lines on which something is found.
        self.heard = set(self.taken)

    def entries(self) -> list[Entry]:
        """Return all that may be papers, each with its confidence, in the order of the list."""
        found = [*self._with_details(), *self._of_models(), *self._of_own()]
        found = rows.with_columns(self.page, rows.with_unread(self.page, found))
        found = siblings.with_people(siblings.without_news(found, self.page), self.page)
        found = with_lines_below(sorted(found, key=lambda one: one.lines), self.page.lines)
        return siblings.heard(found, self.page, self.roles, SURE, DOUBTFUL)

    def _is_certain(self, one: Entry) -> bool:
        """Return whether it is known, or written as it is here, or a number and not one of the
        paper above it."""
        line = one.lines[0]
        is_number = line in self.own.numbers and line not in self.below
        return one.title in self.known or line in self.own.written or is_number

    def _with_details(self) -> Iterator[Entry]:
        """Yield what is certain, with what the models say of known papers besides, as when it was
        not known of them."""
        there = {(letters(one.title), one.number + 1): one for one in self.found}
        for one in self.certain:
            is_told = one.title in self.known and one.lines[0] not in self.own.written
            found = there.get((letters(one.title), one.lines[0])) if is_told else None
            if found:
                numbers = one.lines
                found.leave(
                    {n for n in found.lines if n + 1 in self.taken and n + 1 not in numbers}
                )
                is_whole = one.lines[0] in self.own.whole
                both = together(one, said.entry(found, self.page), is_whole=is_whole)
                text = self.page.lines[found.number].text
                one = replace(tidied(both, text), title=one.title)
                self.heard.update(both.lines)
            yield _with(one, 1.0)

    def _of_models(self) -> Iterator[Entry]:
        for one in self.found:
            if one.number + 1 in self.taken and not self._is_known_besides(one):
                continue
            entry = said.entry(one, self.page)
            own = self.own.at(one.number + 1)
            sure = 1.0 if one.title in self.known else one.confidence
            sure = sure * _OF_NOTHING if titles.is_no_title(one.title) else sure
            if self._has_address_below(one) or self._says_much(one, entry):
                sure = max(sure, confidence.ABOVE_AN_ADDRESS)
            if own and letters(own.title) == letters(one.title):
                sure += (1 - sure) * _BOTH
                remarks = {letters(piece.text) for piece in one.remarks()}
                is_whole = own.lines[0] in self.own.whole
                entry = together(own, entry, remarks, is_whole=is_whole)
            elif own and (self.own.is_plain(own) or self._is_in_note(one, own)):
                entry = own
            if self._is_to_read(one, sure):
                sure = max(sure, _OF_BOX)
            if own is None or sure >= self._of_own_alone(own):
                self.heard |= {number + 1 for number in one.lines}
                yield _with(tidied(entry, self.page.lines[one.number].text), sure)

    def _is_in_note(self, one: Found, own: Entry) -> bool:
        """Return whether the title is but words of the note behind a linked one."""
        return not one.first.link and bool(own.url) and letters(one.title) in letters(own.note)

    def _has_address_below(self, one: Found) -> bool:
        line = self.page.lines[one.number]
        is_line = line.kind == "text" and not line.goes_on and one.chances.line > _LIKELY_ABOVE
        is_title = is_line and addresses.is_one(self.page, one.number + 1)
        return is_title or addresses.is_above_paper(self.page, one.number)

    def _says_much(self, one: Found, entry: Entry) -> bool:
        """Return whether it is cited in full, or is in a column of titles with a year or a link
        beside."""
        line = self.page.lines[one.number]
        is_full = bool(entry.authors and entry.venue and entry.year)
        cell = one.first.cell
        name = line.header[cell] if line.kind == "row" and 0 <= cell < len(line.header) else ""
        is_titled = column(name.casefold()) == "title"
        if is_titled and entry.year and self._is_beside_year(line, one):
            return True
        is_told = is_titled and bool(entry.year or entry.url)
        return (is_full or is_told) and one.chances.line >= _LIKELY_CITED

    def _is_beside_year(self, line: Line, one: Found) -> bool:
        """Return whether the row has its year in a column that is called so."""
        years = [at for at, name in enumerate(line.header) if column(name.casefold()) == "year"]
        return any(
            piece.kind == "year" and piece.cell in years for piece in self.page.pieces[one.number]
        )

    def _is_known_besides(self, one: Found) -> bool:
        """Return whether it is a known paper other than those that are certain there."""
        return one.title in self.known and letters(one.title) not in self.taken[one.number + 1]

    def _of_own(self) -> Iterator[Entry]:
        """Yield what is written in our own form on lines on which nothing surer is found."""
        for one in self.own.entries:
            if self.heard.isdisjoint(one.lines):
                yield _with(one, self._of_own_alone(one))

    def _of_own_alone(self, one: Entry) -> float:
        if one.checked is not None and not self._is_below_things_to_do(one.lines[0] - 1):
            return _OF_BOX
        role = self.roles.get(one.lines[0] - 1)
        noise = role[NOISE] + role[NOTE] if role is not None else 0.0
        return _OF_NOISE if noise > _SURELY else _OF_OWN

    def _is_to_read(self, one: Found, sure: float) -> bool:
        """Return whether a box is before it, and not one of things to do, and it may be a paper."""
        line = self.page.lines[one.number]
        if not ours.has_box(line) or line.is_quoted or self._is_below_things_to_do(one.number):
            return False
        return sure >= _CREDIBLE or one.chances.line >= _LIKELY_BOXED

    def _is_below_things_to_do(self, number: int) -> bool:
        return not TO_DO.isdisjoint(self.page.lines[number].heading.casefold().split())


def _floor(parsed: Document, one: Entry, *, is_sure: bool) -> float:
    """From where on the paper is doubtful: less is asked where nothing is sure, but of a line of
    running text."""
    if is_sure:
        return DOUBTFUL
    is_text = parsed.lines[one.lines[0] - 1].kind == "text"
    return _DOUBTFUL_TEXT if is_text else _DOUBTFUL_OF_NOTHING


def _with(one: Entry, sure: float) -> Entry:
    rounded = round(sure, 3)
    return one if one.confidence == rounded else replace(one, confidence=rounded)


def _decided(parsed: Document, decided: Sequence[Entry]) -> ReadingList:
    """Return the list, of whose papers some are sure."""
    sure = [one for one in decided if one.confidence >= SURE]
    doubtful = tuple(
        item.settled(one)
        for one in decided
        if _floor(parsed, one, is_sure=bool(sure)) <= one.confidence < SURE
    )
    papers = {one.lines[0] for one in sure}
    parsed.sections = [one for one in parsed.sections if papers.isdisjoint(one.lines[:1])]
    starts = [section.lines[0] if section.lines else 0 for section in parsed.sections]
    for one in sure:
        parsed.sections[max(0, bisect_right(starts, one.lines[0]) - 1)].entries.append(one)
    return arranged(parsed, doubtful)
