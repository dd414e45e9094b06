"""Score how likely two works are the same that the rule of identity keeps apart, and say why."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice
from operator import attrgetter
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from papers.formats.core import identity, people
from papers.formats.core.identity import YEARS_APART, loosening
from papers.formats.core.identity.loosening import comparable_words, head, loosened, numbers_in

# A slip of the pen is a few letters, whatever the length of the title.
MOST_LETTERS = 10
# Shorter ones begin many titles, or are the titles of many works.
SHORTEST_BEGINNING = 12
SHORTEST_TELLING_TITLE = 20
# One word more makes of fewer words than these another title.
FEWEST_WORDS = 3
# Of a hundred "Editorials" each is held against so many others.
MOST_NAMESAKES = 10
COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What two papers that are one have in common, and how likely they are one for that.
SHARED: tuple[tuple[str, int, Callable[["identity.Work"], str]], ...] = (
    ("PMID", 100, attrgetter("pmid")),
    ("OpenAlex ID", 100, attrgetter("openalex")),
    ("DOI", 100, identity.doi_key),
    ("arXiv ID", 95, identity.arxiv_key),
    ("page", 95, lambda work: identity.page_key(work.url)),
)
BEGINS = "One title begins with the other"
TOLD_APART_BY = {"doi": "DOIs", "arxiv": "arXiv IDs", "isbn": "ISBNs"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A reason why two works may be one, a sentence without its full stop, and its weight; the
    heavier, the more likely.
    """

    reason: str
    weight: int


def likeness(one: identity.Work, other: identity.Work) -> Likeness | None:
    """Return why two works may be one, or None where nothing suggests it."""
    for label, weight, tell in SHARED:
        if tell(one) and tell(one) == tell(other):
            return Likeness(f"Same {label}", weight)
    if one.volume and other.volume and one.volume != other.volume:
        return None
    if identity.comparable_title(one.title) == identity.comparable_title(other.title):
        return _of_namesakes(one, other)
    if numbers_in(one.title) != numbers_in(other.title):
        return None
    return _of_near_titles(one, other)


def _of_namesakes(one: identity.Work, other: identity.Work) -> Likeness | None:
    differences = []
    years_differ = bool(one.year and other.year and abs(one.year - other.year) > YEARS_APART)
    if years_differ:
        differences.append(f"years {one.year} and {other.year}")
    names = [_first_author(work) for work in (one, other)]
    if not people.may_be_of_the_same(one.authors, other.authors):
        if years_differ and len(loosened(one.title)) < SHORTEST_TELLING_TITLE:
            return None
        differences.append(f"first authors {names[0]} and {names[1]}")
    if identity.are_in_two_places(one, other):
        differences.append(f"in {one.venue} and in {other.venue}")
    for name, label in TOLD_APART_BY.items():
        said = [getattr(work, name) for work in (one, other)]
        if all(said) and said[0].casefold() != said[1].casefold():
            differences.append(f"different {label}")
    differing = ", ".join(differences) or "and nothing that tells them apart"
    return Likeness(f"Same title, {differing}", 90 - 10 * len(differences))


def _of_near_titles(one: identity.Work, other: identity.Work) -> Likeness | None:
    evidence = _evidence(one, other)
    titles = sorted((loosened(one.title), loosened(other.title)), key=len)
    if titles[0] == titles[1]:
        difference = loosening.difference(one.title, other.title)
        return Likeness(f"The titles differ in {difference}", 80 + 5 * evidence)
    most = _letters_allowed(len(titles[1]), evidence)
    letters = Levenshtein.distance(*titles, score_cutoff=most)
    if 0 < letters <= most:
        counted = f"{COUNTED[letters]} letter{'' if letters == 1 else 's'}"
        return Likeness(f"The titles differ in {counted}", 80 + 5 * evidence - 5 * letters)
    if evidence < 0:
        return None
    lacks_subtitle = head(one.title) == titles[0] or head(other.title) == titles[0]
    is_telling = len(titles[0]) >= SHORTEST_BEGINNING
    if lacks_subtitle and (is_telling or evidence > 0):
        return Likeness(BEGINS, 35 + 5 * evidence)
    if not is_telling:
        return None
    if evidence > 0 and titles[1].startswith(titles[0]):
        return Likeness(BEGINS, 40 + 5 * evidence)
    if word := _one_more(comparable_words(one.title), comparable_words(other.title)):
        return Likeness(f"One title has one word more, “{word}”", 40 + 5 * evidence)
    return None


def _one_more(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Return the word that one of the titles has and the other one lacks, where that is all."""
    short, long = sorted((one, other), key=len)
    if len(long) != len(short) + 1 or len(short) < FEWEST_WORDS:
        return ""
    at = next((n for n, word in enumerate(short) if word != long[n]), len(short))
    return long[at] if long[:at] + long[at + 1 :] == short else ""


def _evidence(one: identity.Work, other: identity.Work) -> int:
    """Score authors and years for the two being the same, or against it: from -2 to 2."""
    found = 0
    if one.year and other.year:
        apart = abs(one.year - other.year)
        found += 1 if apart == 0 else -1 if apart > YEARS_APART else 0
    if one.authors and other.authors:
        found += 1 if people.may_be_of_the_same(one.authors, other.authors) else -1
    return found


def _letters_allowed(length: int, evidence: int) -> int:
    if evidence < -1:
        return 0
    per_letter = {-1: 30, 0: 12}.get(evidence, 8)
    return min(length // per_letter, MOST_LETTERS)


def _first_author(work: identity.Work) -> str:
    named = people.parted(work.authors).names
    return named[0].family if named else ""


# Finding pairs among many

W = TypeVar("W", bound=identity.Work)


def candidates(works: Sequence[W]) -> Iterator[tuple[W, W]]:
    """Pairs worth a closer look, some of them twice. Not each work is held against each other."""
    # Of one title as it is compared, though it loosens to two: `and` at the end is none.
    for tell in (*(tell for _, _, tell in SHARED), _compared_title, _loosened_title):
        for namesakes in _by(tell, works).values():
            yield from _near_each_other(namesakes)
    by_title = _by(_loosened_title, works)
    # Parts of a series differ in their numbers: they are not held against each other at all.
    by_numbers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for title, namesakes in by_title.items():
        by_numbers[numbers_in(namesakes[0].title)].append(title)
    alike = chain.from_iterable(map(_alike, by_numbers.values()))
    for one, other in chain(alike, _without_subtitle(by_title), _with_one_more(by_title)):
        for here in by_title[one][:MOST_NAMESAKES]:
            for there in by_title[other][:MOST_NAMESAKES]:
                yield here, there


def _by(tell: Callable[[W], str], works: Sequence[W]) -> dict[str, list[W]]:
    """Group the works by a value of each, without those that have none."""
    found: dict[str, list[W]] = defaultdict(list)
    for work in works:
        if key := tell(work):
            found[key].append(work)
    return found


def _compared_title(work: identity.Work) -> str:
    return identity.comparable_title(work.title)


def _loosened_title(work: identity.Work) -> str:
    return loosened(work.title)


def _near_each_other(works: Sequence[W]) -> Iterator[tuple[W, W]]:
    if len(works) <= MOST_NAMESAKES:
        yield from combinations(works, 2)
        return
    for place, work in enumerate(works):
        for other in works[place + 1 : place + 1 + MOST_NAMESAKES]:
            yield work, other


def _alike(titles: list[str]) -> Iterator[tuple[str, str]]:
    """Titles that differ in a few letters, or begin alike."""
    yield from _of_like_length(sorted(titles, key=len))
    yield from _beginning_alike(sorted(titles))


def _of_like_length(titles: list[str]) -> Iterator[tuple[str, str]]:
    """Only titles of nearly one length can differ in a few letters."""
    lengths = [len(title) for title in titles]
    for place, title in enumerate(titles):
        most = _letters_allowed(len(title) + MOST_LETTERS, 2)
        end = bisect_right(lengths, len(title) + most)
        others = titles[place + 1 : end]
        found = process.extract_iter(title, others, scorer=Levenshtein.distance, score_cutoff=most)
        yield from ((title, other) for other, _, _ in islice(found, MOST_NAMESAKES))


def _beginning_alike(titles: list[str]) -> Iterator[tuple[str, str]]:
    """In their order, those that begin with a title follow it."""
    for place, title in enumerate(titles):
        if len(title) < SHORTEST_BEGINNING:
            continue
        for other in titles[place + 1 : place + 1 + MOST_NAMESAKES]:
            if not other.startswith(title):
                break
            yield title, other


def _without_subtitle(by_title: dict[str, list[W]]) -> Iterator[tuple[str, str]]:
    """Titles, each with those that have a subtitle besides."""
    yield from _by_what_is_left(by_title, lambda work: [head(work.title)])


def _with_one_more(by_title: dict[str, list[W]]) -> Iterator[tuple[str, str]]:
    """Yield titles, each with those that have one more word, in any position."""
    yield from _by_what_is_left(by_title, _without_a_word)


def _without_a_word(work: identity.Work) -> list[str]:
    words = comparable_words(work.title)
    if len(words) <= FEWEST_WORDS:
        return []
    return ["".join(words[:at] + words[at + 1 :]) for at in range(len(words))]


def _by_what_is_left(
    by_title: dict[str, list[W]], shorten: Callable[[W], list[str]]
) -> Iterator[tuple[str, str]]:
    """Each title with what it is without something, where that is a title, too."""
    times: Counter[str] = Counter()
    for title, namesakes in by_title.items():
        for left in {left for work in namesakes[:MOST_NAMESAKES] for left in shorten(work)}:
            if left in by_title and left != title and times[left] < MOST_NAMESAKES:
                times[left] += 1
                yield left, title
