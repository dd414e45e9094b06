"""Rate how sure it is that a paper is meant and its title whole, by a logistic model.

Its weights are fitted on lists that the other models were not trained on.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from papers.formats.markdown import addresses, features
from papers.formats.markdown.features import Page
from papers.formats.markdown.found import Found
from papers.formats.markdown.tagging import PEOPLE, VENUE, YEAR

Weights = Mapping[str, float]
Said = dict[str, float]

NAME = "confidence.json"
_LONG = 25
# As likely a heading has to be a paper.
_LIKELY = 0.4
_BLANK = {"blank", "rule"}
# So sure at most is a heading that says but a title, and has nothing below it.
_EMPTY_HEADING = 0.5
# So sure is a heading above an address.
ABOVE_AN_ADDRESS = 0.75
_LEAST, _MOST = 0.005, 0.995


def of_all(found: Sequence[Found], page: Page) -> list[Said]:
    """Return what speaks for each of them, and for those that are written alike."""
    all_of = Counter(page.groups[one.number] for one in found)
    sure_of = Counter(page.groups[one.number] for one in found if one.chances.line > 0.8)
    return [_of(one, page, all_of, sure_of) for one in found]


def _of(one: Found, page: Page, all_of: Counter[str], sure_of: Counter[str]) -> Said:
    group = page.groups[one.number]
    size, words = page.sizes[group], features.length(one.title)
    chances = one.chances
    return {
        "1": 1.0,
        "line": _logit(chances.line),
        "title": _logit(chances.title),
        "first": _logit(chances.first),
        "least": _logit(chances.least),
        "after": _logit(chances.after),
        "before": _logit(chances.before),
        "siblings": all_of[group] / size,
        "sure siblings": sure_of[group] / size,
        "alone": float(size == 1),
        "short": float(words <= 2),
        "long": float(words > _LONG),
        "linked": float(any(is_title for _, is_title in one.links)),
        "people": float(PEOPLE in one.pieces),
        "year": float(YEAR in one.pieces),
        "venue": float(VENUE in one.pieces),
    }


def rate(found: Sequence[Found], page: Page, weights: Weights) -> None:
    papers = _headings_with_addresses(found, page)
    topics = _above_papers(found, page) - papers
    for one, said in zip(found, of_all(found, page), strict=True):
        one.confidence = chance(said, weights)
        is_below = page.sections[one.number] in papers and one.number not in papers
        if addresses.is_above_paper(page, one.number) or _is_above_its_citation(page, one):
            one.confidence = max(one.confidence, ABOVE_AN_ADDRESS)
        elif one.number in topics or (is_below and _is_bare(one)):
            one.confidence *= 0.1
        elif _is_bare(one) and _has_nothing_below(page, one.number):
            one.confidence = min(one.confidence, _EMPTY_HEADING)
    _lend_each_other(found)


def _lend_each_other(found: Iterable[Found]) -> None:
    """Of linked titles in one line the surest speaks for the others, which are written as it is."""
    of_line: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        if one.first.link and one.first is one.last:
            of_line[one.number].append(one)
    for beside in of_line.values():
        most = max(one.confidence for one in beside)
        for one in beside if len(beside) > 1 else ():
            one.confidence = max(one.confidence, (one.confidence + most) / 2)


def chance(said: Mapping[str, float], weights: Weights) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in said.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def fitted(examples: Sequence[tuple[Said, bool]], rounds: int = 300) -> dict[str, float]:
    """Return the weights that tell what is right in the examples, by plain descent."""
    names = sorted({name for said, _ in examples for name in said})
    weights = dict.fromkeys(names, 0.0)
    rate_now = 0.3
    for _ in range(rounds):
        slope = dict.fromkeys(names, 0.0)
        for said, is_right in examples:
            error = is_right - chance(said, weights)
            for name, value in said.items():
                slope[name] += error * value
        for name in names:
            weights[name] += rate_now * (slope[name] / len(examples) - 0.001 * weights[name])
        rate_now = max(0.05, rate_now * 0.995)
    return weights


def save(folder: Path, weights: Weights) -> None:
    rounded = {name: round(weight, 6) for name, weight in weights.items()}
    (folder / NAME).write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


@lru_cache(maxsize=2)
def weights_of(folder: Path) -> Weights:
    found: Weights = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return found


def _has_nothing_below(page: Page, number: int) -> bool:
    """Return whether the line is a heading, and the next one or the end follows."""
    if page.lines[number].kind != "heading":
        return False
    further = map(page.lines.__getitem__, range(number + 1, len(page.lines)))
    below = next((line for line in further if line.kind not in _BLANK), None)
    return below is None or below.kind == "heading"


def _is_above_its_citation(page: Page, one: Found) -> bool:
    """Return whether the line is a heading, and its people are on the next line, with its venue,
    year or address."""
    if page.lines[one.number].kind != "heading" or PEOPLE not in one.pieces:
        return False
    below = next((at for at in one.lines if at > one.number), None)
    is_below = below is not None and {number for number, _ in one.pieces[PEOPLE]} == {below}
    return is_below and bool(one.links or VENUE in one.pieces or YEAR in one.pieces)


def _headings_with_addresses(found: Iterable[Found], page: Page) -> set[int]:
    """Return the headings that are papers, as the address of one is below them: what is there
    without an address, people or a year is said of that paper."""
    return {
        one.number
        for one in found
        if page.lines[one.number].kind == "heading"
        and one.chances.line > _LIKELY
        and any(features.leads_to_paper(piece.link) for piece, _ in one.links)
    }


def _is_bare(one: Found) -> bool:
    return not one.links and PEOPLE not in one.pieces and YEAR not in one.pieces


def _above_papers(found: Iterable[Found], page: Page) -> set[int]:
    """Return the headings that name topics, though they look like papers: papers are below most
    of their kind. What has a box is one: somebody means to read it."""
    above: set[int] = set()
    heading = -1
    ordered = sorted(found, key=lambda one: one.number)
    for one in ordered:
        line = page.lines[one.number]
        if line.kind == "heading":
            heading = one.number
        elif (
            heading >= 0
            and (one.chances.line > 0.6 or line.box is not None)
            and line.heading == page.lines[heading].content.strip()
        ):
            above.add(heading)
    kinds = Counter(
        page.groups[one.number] for one in ordered if page.lines[one.number].kind == "heading"
    )
    topics = Counter(page.groups[number] for number in above)
    return {
        number for number in above if 2 * topics[page.groups[number]] >= kinds[page.groups[number]]
    }


def _logit(share: float) -> float:
    share = min(_MOST, max(_LEAST, share))
    return math.log(share / (1 - share)) / 3
