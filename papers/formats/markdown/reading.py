"""A list in Markdown: what is sure, what is doubtful, and the lines that were not understood.

Two witnesses read it. The rules read blocks; they know this program's own form, ticks, topics and
what belongs to a paper. The models read lines and pieces; they were trained on lists of many shapes
and say how sure they are. It is decided paper by paper: what the models are sure of is an entry,
with the details that the rules have where these read the same title. What only one of them takes
for a paper, and not surely, is doubtful.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from papers.formats.core.reading_list import ReadingList
from papers.formats.core.reading_list.placeholders import is_placeholder
from papers.formats.markdown import confidence, finding, ours, rows, said, siblings, titles
from papers.formats.markdown.details import tidied, together
from papers.formats.markdown.features import Page
from papers.formats.markdown.lexicon.words import TO_DO
from papers.formats.markdown.notes import preparing
from papers.formats.markdown.rules import document, selection
from papers.formats.markdown.rules.arranging import arranged
from papers.formats.markdown.rules.document import Document, Section
from papers.formats.markdown.rules.lines import item
from papers.formats.markdown.rules.lines.candidate import Candidate
from papers.formats.markdown.rules.lines.title import TitleEvidence
from papers.formats.markdown.tagging import FOLDER, NOISE, NOTE, Models
from papers.formats.markdown.witness import Witness, letters
from papers.formats.markdown.writing import refuse_many_items, refuse_too_long

# A text of more lines is read by the rules alone: no list has so many.
_MOST_LINES = 60_000
# From here on a paper is sure; above the other it is doubtful, below that it is none.
SURE, DOUBTFUL = 0.7, 0.08
# Of a text in which nothing is sure, all that may be a paper is doubtful.
_DOUBTFUL_OF_NOTHING = 0.005
# Where both witnesses read the same title less is doubted, where one reads it more: by what share
# of the doubt, and to which power.
_BOTH, _ALONE = 0.4, 2
# What only the rules read, or only before they looked at its neighbours.
_OF_NOTHING = 0.05
_OF_RULES, _LEFT_OUT, _NOISE = 0.2, 0.1, 0.04
# What is beside an address where the paper has a title: two words.
_ADDRESS = re.compile(r"\[[^\[\]]*\]\([^()]*\)|<?https?:\S+|\b(?:arxiv|doi)\b\S*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}")
# From where on the models are sure that a line is noise, or nearly.
_SURELY, _LIKELY = 0.98, 0.9
# What has a box before it, as this program writes what somebody means to read.
_OF_BOX = 0.75
_LIKELY_BOXED = 0.7
# What the models read there is heard before the rules if they are as sure of it.
_CREDIBLE = 0.4


def read(text: str, known: Sequence[str] = (), weights: Path = FOLDER) -> ReadingList:
    """The list that the Markdown holds. Raises TooLarge for more than one may be, nothing else.

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
    parsed = document.parse(text)
    refuse_many_items(parsed.item_count)
    sections = list(parsed.sections)
    selection.find(parsed)
    rules = Witness(parsed.sections)
    if len(parsed.lines) > _MOST_LINES or ours.is_whole(parsed.lines, rules.candidates):
        return arranged(parsed)
    left_out = Witness(_left_out(sections))
    judge = _Judge(parsed.lines, rules, left_out, known, weights)
    return _decided(parsed, sections, judge.candidates())


class _Judge:
    """Decides paper by paper between what the models and the rules read."""

    def __init__(
        self,
        texts: Sequence[str],
        rules: Witness,
        left_out: Witness,
        known: Sequence[str],
        weights: Path,
    ) -> None:
        self.rules, self.left_out = rules, left_out
        self.known = set(map(letters, known))
        self.page = Page.of(texts)
        self.roles, labels = Models(weights).read(self.page)
        self.found = finding.papers(self.page, self.roles, labels)
        confidence.rate(self.found, self.page, rules, confidence.weights_of(weights))
        # What of the rules stands without the models: on these lines these are not heard.
        self.certain = [one for one in rules.candidates if self._is_certain(one, texts)]
        self.taken: dict[int, set[str]] = defaultdict(set)
        for one in self.certain:
            for number in one.entry.lines:
                self.taken[number].add(letters(one.entry.title))
        # How sure the rules are of what they read on a line; the lines on which something is found.
        self.of_rules = {
            one.entry.lines[0]: self._of_rules_alone(one, rules)
            for one in rules.candidates
            if len(one.entry.lines) == 1
        }
        self.heard = set(self.taken)

    def candidates(self) -> list[Candidate]:
        """All that may be papers, each with its confidence, in the order of the list."""
        found = [
            *(_with(one, 1.0) for one in self._with_details(self.certain)),
            *self._of_models(),
            *self._of_rules(self.rules),
            *self._of_rules(self.left_out),
        ]
        found = rows.with_dates(self.page, rows.with_unread(self.page, found))
        found = [self._tidied(one) for one in found]
        found = siblings.with_people(siblings.without_news(found, self.page), self.page)
        return siblings.heard(
            sorted(found, key=lambda one: one.entry.lines), self.page, self.roles, SURE, DOUBTFUL
        )

    def _tidied(self, one: Candidate) -> Candidate:
        entry = tidied(one.entry, self.page.lines[one.entry.lines[0] - 1].text)
        return one if entry is one.entry else replace(one, entry=entry)

    def _is_certain(self, one: Candidate, texts: Sequence[str]) -> bool:
        text = texts[one.entry.lines[0] - 1]
        is_number = is_placeholder(one.entry) and not _WORDS.search(_ADDRESS.sub("", text))
        is_named = letters(one.entry.title) in self.known
        return is_named or is_number or ours.is_line(text, one.entry)

    def _with_details(self, certain: Sequence[Candidate]) -> Iterator[Candidate]:
        """With what the models say of known papers besides, as when it was not known of them."""
        same = {id(one): found for found in self.found if (one := self.rules.same(found))}
        for one in certain:
            found = same.get(id(one)) if letters(one.entry.title) in self.known else None
            if found:
                own = one.entry.lines
                found.leave({n for n in found.lines if n + 1 in self.taken and n + 1 not in own})
                of_both = together(one.entry, said.entry(found, self.page))
                one = replace(one, entry=replace(of_both, lines=one.entry.lines))
            yield one

    def _of_models(self) -> Iterator[Candidate]:
        for one in self.found:
            if one.number + 1 in self.taken and not self._is_known_besides(one):
                continue
            entry = said.entry(one, self.page)
            same = self.rules.same(one) or self._before_a_dash(one) or self._with_a_remark(one)
            sure = 1.0 if letters(one.title) in self.known else one.confidence
            sure = sure * _OF_NOTHING if titles.is_placeholder(one.title) else sure
            if same:
                sure += (1 - sure) * _BOTH
                sure = max(sure, _OF_BOX) if self._is_to_read(same) else sure
                self.heard.update(same.entry.lines)
                remarks = {letters(piece.text) for piece in one.remarks()}
                yield _with(replace(same, entry=together(same.entry, entry, remarks)), sure)
                continue
            of_rules = self.of_rules.get(one.number + 1, 0.0)
            if self._is_exchanged(one):
                sure = max(sure, of_rules)
            elif (of_rules == _OF_BOX and sure >= _CREDIBLE) or self._has_box(one):
                sure = max(sure, _OF_BOX)  # a paper, but its title is the models'
            else:
                sure = sure if self.left_out.same(one) else sure**_ALONE
            if self._has_address_below(one):
                sure = max(sure, confidence.ABOVE_AN_ADDRESS)
            if sure >= of_rules:
                lines = {number + 1 for number in one.lines}
                self.heard |= {line for line in lines if sure >= self.of_rules.get(line, 0.0)}
                yield _with(Candidate(entry, TitleEvidence.REFERENCE), sure)

    def _has_address_below(self, one: finding.Found) -> bool:
        is_heading = confidence.is_above_an_address(self.page, one.number)
        return is_heading or confidence.is_title_of_address(self.page, one)

    def _is_known_besides(self, one: finding.Found) -> bool:
        """Whether it is a known paper other than those that the rules read there."""
        title = letters(one.title)
        return title in self.known and title not in self.taken[one.number + 1]

    def _before_a_dash(self, one: finding.Found) -> Candidate | None:
        """What the rules read there, if its title is what is marked at the beginning of the title
        that the models read, and the rest of that is a remark behind a dash."""
        there = self.rules.at(one.number + 1)
        if there is None or len(there.entry.title.split()) < 2:
            return None
        marked = titles.marked_before_a_dash(one.source)
        return there if marked and letters(marked) == letters(there.entry.title) else None

    def _with_a_remark(self, one: finding.Found) -> Candidate | None:
        """What the rules read there, if its title is that of the models with a name or a remark
        behind it, as in `Pruning Hives - WAX` or `On Honey (by Accident)`."""
        there = self.rules.at(one.number + 1)
        if there is None or not there.entry.title.startswith(one.title):
            return None
        return there if titles.is_remark(there.entry.title, one.title) else None

    def _is_exchanged(self, one: finding.Found) -> bool:
        """Whether the rules take the title for people. They know people by Latin letters."""
        there = self.rules.at(one.number + 1)
        if there is None or letters(there.entry.authors) != letters(one.title):
            return False
        return not any("LATIN" in unicodedata.name(sign, "") for sign in one.title)

    def _of_rules(self, witness: Witness) -> Iterator[Candidate]:
        """What the rules read on lines on which nothing surer is found."""
        for one in witness.candidates:
            if self.heard.isdisjoint(one.entry.lines):
                yield _with(one, self._of_rules_alone(one, witness))

    def _of_rules_alone(self, one: Candidate, witness: Witness) -> float:
        if letters(one.entry.title) in self.known:
            return 1.0
        if self._is_to_read(one):
            return _OF_BOX
        if confidence.is_above_an_address(self.page, one.entry.lines[0] - 1):
            return confidence.ABOVE_AN_ADDRESS
        is_of_rules = witness is self.rules
        role = self.roles.get(one.entry.lines[0] - 1)
        noise = 0.0
        if role is not None and not (is_of_rules and one.is_documented):
            noise = role[NOISE] + role[NOTE]
        if noise > _SURELY:
            return 0.0
        if noise > (_LIKELY if is_of_rules else 0.5):
            return _NOISE
        return _OF_RULES if is_of_rules else _LEFT_OUT

    def _is_to_read(self, one: Candidate) -> bool:
        """Whether a box is before it, and not one of things to do."""
        heading = self.page.lines[one.entry.lines[0] - 1].heading.casefold()
        return one.is_boxed and TO_DO.isdisjoint(heading.split())

    def _has_box(self, one: finding.Found) -> bool:
        """Whether the models take the line for a paper's, and a box is before it."""
        line = self.page.lines[one.number]
        is_to_do = not TO_DO.isdisjoint(line.heading.casefold().split())
        return line.box is not None and one.chances.line >= _LIKELY_BOXED and not is_to_do


def _with(one: Candidate, sure: float) -> Candidate:
    return replace(one, entry=replace(one.entry, confidence=round(sure, 3)))


def _left_out(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield replace(section, found=section.left_out)


def _decided(parsed: Document, sections: list[Section], decided: list[Candidate]) -> ReadingList:
    sure = [one for one in decided if one.entry.confidence >= SURE]
    floor = DOUBTFUL if sure else _DOUBTFUL_OF_NOTHING
    doubtful = tuple(
        item.settled(one.entry) for one in decided if floor <= one.entry.confidence < SURE
    )
    papers = {one.entry.lines[0] for one in sure}
    kept = []
    for section in sections:
        section.is_paper = bool(section.lines) and section.lines[0] in papers
        section.found = []
        if not section.is_paper:
            kept.append(section)
    starts = [section.lines[0] if section.lines else 0 for section in kept]
    for one in sure:
        kept[max(0, bisect_right(starts, one.entry.lines[0]) - 1)].found.append(one)
    parsed.sections = kept
    return arranged(parsed, doubtful)
