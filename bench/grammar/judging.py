"""How well a reader reads lists whose truth is known."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]
# Besides whether a paper is found, and its title exact: what is asked of each paper that states it.
DETAILS = ("year", "authors", "venue", "url", "arxiv", "doi", "checked", "topic", "presenters")
# What may be beside a venue's name in what a reader gives for it.
_BESIDE_VENUE = re.compile(
    r"^\W*(?:in\W+)?(?:proceedings of|proc\.? of|proc\.?)?\s*|[\W\d]*(?:\b(?:vol|no|pp|pages|p)\b[\W\d]*)*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Score:
    """Counts over papers, and the share found of each list."""

    papers: int = 0
    found: int = 0
    exact: int = 0
    false: int = 0
    lists: int = 0
    # How often a detail is right, and how often it is stated, where its paper was found.
    details: dict[str, list[int]] = field(
        default_factory=lambda: {name: [0, 0] for name in DETAILS}
    )
    shares: list[float] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.papers += other.papers
        self.found += other.found
        self.exact += other.exact
        self.false += other.false
        self.lists += other.lists
        self.shares += other.shares
        for name, (right, stated) in other.details.items():
            self.details[name][0] += right
            self.details[name][1] += stated

    @property
    def mean_found(self) -> float | None:
        """The mean over lists, so that a long one counts no more than a short one."""
        return sum(self.shares) / len(self.shares) if self.shares else None

    @property
    def unread(self) -> float | None:
        """The share of lists with papers that are read as nothing."""
        return self.shares.count(0.0) / len(self.shares) if self.shares else None

    @property
    def titles(self) -> float | None:
        return self.exact / self.found if self.found else None

    @property
    def false_per_100(self) -> float:
        return 100 * self.false / max(1, self.papers)

    def detail(self, name: str) -> float | None:
        right, stated = self.details[name]
        return right / stated if stated else None


def judged(papers: Sequence[Entry], entries: Iterable[Entry]) -> Score:
    """The score of one list: each entry is the paper of its title that is nearest to its line."""
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for paper in papers:
        waiting[letters(paper["title"])].append(paper)
    score = Score(papers=len(papers), lists=1)
    for entry in entries:
        same = waiting.get(letters(entry.get("title")), [])
        if not same:
            score.false += 1
            continue
        paper = min(same, key=lambda one: abs(one["line"] - (entry.get("line") or one["line"])))
        same.remove(paper)
        score.found += 1
        score.exact += as_written(entry.get("title")) == as_written(paper["title"])
        for name in DETAILS:
            if paper.get(name) is not None:
                score.details[name][1] += 1
                score.details[name][0] += is_right(name, paper, entry)
    if papers:
        score.shares.append(score.found / len(papers))
    return score


def is_right(name: str, paper: Entry, entry: Entry) -> bool:
    """Whether the entry has that detail as the list states it."""
    if name == "checked":
        return bool(entry.get(name)) is bool(paper[name])
    stated, given = letters(paper[name]), letters(_text(entry.get(name)))
    if name == "authors" and given != stated:
        surnames = [letters(one) for one in paper.get("author_surnames", ())]
        return (
            bool(surnames)
            and all(one in given for one in surnames)
            and len(given) < 2 * len(stated)
        )
    if name == "venue" and given != stated:
        return letters(_BESIDE_VENUE.sub("", _text(entry.get(name)))) == stated
    return given == stated


def letters(text: Any) -> str:
    """What is compared: letters and digits alone, whatever their case and width."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(text or "")).casefold())


def as_written(text: Any) -> str:
    """The title itself, but for a full stop at its end."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(text or ""))).strip().rstrip(".")


def _text(said: Any) -> str:
    return "; ".join(map(str, said)) if isinstance(said, list) else str(said or "")
