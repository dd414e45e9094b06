"""How sure it is that a candidate is a paper and its title whole: a logistic model."""

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.trained import features
from bench.trained.assembly import Found

WEIGHTS = Path(__file__).parent / "confidence.json"
_known: dict[str, float] = {}


def evidence(
    one: Found, page: features.Page, all_of: Counter[str], sure_of: Counter[str]
) -> dict[str, float]:
    group = page.groups[one.number]
    siblings = all_of[group] / max(1, page.sizes[group])
    words = features.length(one.title, features.script(one.title))
    return {
        "1": 1.0, "line": _logit(one.sure["line"]), "title": _logit(one.sure["title"]), "first": _logit(one.sure["first"]), "least": _logit(one.sure["least"]),
        "after": _logit(one.sure["after"]), "before": _logit(one.sure["before"]), "siblings": siblings, "sure siblings": sure_of[group] / max(1, page.sizes[group]),
        "alone": float(page.sizes[group] == 1), "short": float(words <= 2), "long": float(words > 25), "linked": float(any(inside for _, _, inside in one.links)),
        "people": float("A" in one.pieces), "year": float("Y" in one.pieces), "venue": float("V" in one.pieces), "rules": one.sure.get("rules", 0.0), "rules line": one.sure.get("rules line", 0.0),
    }  # fmt: skip


def rate(found: Sequence[Found], page: features.Page) -> None:
    weights = _weights()
    above = _above_papers(found, page)
    for one, said in zip(found, of_all(found, page), strict=True):
        one.confidence = (
            1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in said.items())))
            if weights
            else one.sure["line"] * one.sure["title"]
        )
        if one.number in above:
            one.confidence *= 0.1


def _above_papers(found: Sequence[Found], page: features.Page) -> set[int]:
    """The lines of headings that name topics: below most of their kind are papers that are none."""
    above: set[int] = set()
    heading = -1
    for one in sorted(found, key=lambda each: each.number):
        line = page.lines[one.number]
        if line.kind == "heading":
            heading = one.number
        elif (
            heading >= 0
            and one.sure["line"] > 0.6
            and line.heading == page.lines[heading].content.strip()
        ):
            above.add(heading)
    of_kind = Counter(
        page.groups[one.number] for one in found if page.lines[one.number].kind == "heading"
    )
    topics = Counter(page.groups[number] for number in above)
    return {
        number
        for number in above
        if 2 * topics[page.groups[number]] >= of_kind[page.groups[number]]
    }


def of_all(found: Sequence[Found], page: features.Page) -> list[dict[str, float]]:
    all_of = Counter(page.groups[one.number] for one in found)
    sure_of = Counter(page.groups[one.number] for one in found if one.sure["line"] > 0.8)
    return [evidence(one, page, all_of, sure_of) for one in found]


def fitted(
    examples: Sequence[tuple[dict[str, float], bool]], rounds: int = 300
) -> dict[str, float]:
    """The weights, by plain descent."""
    names = sorted({name for said, _ in examples for name in said})
    weights = dict.fromkeys(names, 0.0)
    rate_ = 0.3
    for turn in range(rounds):
        slope = dict.fromkeys(names, 0.0)
        for said, right in examples:
            chance = 1 / (
                1
                + math.exp(
                    -max(-30, min(30, sum(weights[name] * value for name, value in said.items())))
                )
            )
            error = (1.0 if right else 0.0) - chance
            for name, value in said.items():
                slope[name] += error * value
        for name in names:
            weights[name] += rate_ * (slope[name] / len(examples) - 0.001 * weights[name])
        rate_ = max(0.05, rate_ * 0.995)
        del turn
    return weights


def save(weights: dict[str, float]) -> None:
    WEIGHTS.write_text(json.dumps(weights, indent=1), encoding="utf-8")
    _known.clear()


def _weights() -> dict[str, float]:
    if not _known and WEIGHTS.exists():
        _known.update(json.loads(WEIGHTS.read_text()))
    return _known


def _logit(share: float) -> float:
    share = min(0.995, max(0.005, share))
    return math.log(share / (1 - share)) / 3
