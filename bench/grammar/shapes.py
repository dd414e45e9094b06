"""What makes up a list: a container, an order of the details, a language, and what is around them.

A combination of these three is held out, or it is not: a reader that learns from lists learns from
those that are not, and is judged on those that are.
"""

import hashlib
from dataclasses import dataclass
from random import Random

from bench.grammar import titles
from bench.grammar.containers import CONTAINERS, HABITS
from bench.grammar.noise import BLOCKS, ELSEWHERE, SECTIONS
from bench.grammar.page import TICKS
from bench.grammar.styles import ORDERS

# A text that holds no papers at all, and thus no order of their details.
NOTHING = "no papers"
NO_ORDER = "-"
# How topics are told from papers.
# fmt: off
HEADINGS = ("none", "title only", "second level", "first level", "third level", "underlined", "bold label", "label", "days", "weeks", "years",
            "numbered", "emoji", "anchors", "linked", "proposers")
_PLAIN_HEADINGS = ("title only", "second level", "first level", "numbered", "days", "linked", "proposers")
_WEIGHTS_OF_HEADINGS = {"second level": 8, "first level": 3, "title only": 3, "third level": 3, "none": 2}
_WEIGHTS_OF_LANGUAGES = {"en": 60, "zh": 6, "de": 3, "fr": 3, "es": 3, "ja": 4, "ko": 3, "ru": 4, "ar": 3, "he": 3}
_WEIGHTS_OF_CONTAINERS = {"bullets": 8, "numbers": 4, "table": 4, "paragraphs": 3, "references": 3, "schedule": 4, "nested items": 2, "continued items": 2, "title above bullets": 2, "title line, link line": 2,
                          "papers with notes": 2, "wrapped references": 2, "headings with links": 3, "headings with labels": 2, "headings with lines": 2, "whole headings": 2, NOTHING: 7}
# These have the title first, whatever is below it.
_TITLE_FIRST = {
    "nested items", "continued items", "labelled items", "title above bullets", "title above a bullet of links", "definitions",
    "headings with links", "headings with labels", "headings with lines", "table with prose", "html definitions", "front matter",
}
_ORDERS_OF_HABITS = {"topics above addresses": "T", "addresses behind": "T", "linked titles": "T", "medicine": "A T V Y", "gost": "A T V Y",
                     "cited in short": "T A Y", "dashes": "T A V Y", "ideographic numbers": "T V Y"}
_LANGUAGES_OF_HABITS = {"medicine": ("en", "en", "en", "de", "fr", "es"), "gost": ("ru", "ru", "uk", "en"), "ideographic numbers": ("zh", "ja", "zh-tw", "en")}
_HEADINGS_OF_HABITS = ("title only", "none", "second level", "second level", "weeks")
_ORDERS_OF = {"two in one item": ("T Y",), "references": ("A Y T V", "A T V Y"), "headings with links": ("T",), "table with prose": ("T",)}
# fmt: on
_BOXES = {
    "bullets",
    "numbers",
    "bracketed numbers",
    "wrapped items",
    "nested items",
    "continued items",
    "folded items",
    "items of topics",
}  # fmt: skip
# In which languages people keep lists of papers in English.
_AROUND_ENGLISH = (*titles.LANGUAGES, *("zh",) * 20, *("ja", "ko") * 6)
_HELD_OUT_OF = 5
# How many lists are what somebody keeps for themselves: a few titles as items, and nothing else.
_SHORT = 0.14


@dataclass(frozen=True, slots=True)
class Shape:
    container: str
    order: str
    language: str
    surroundings: str = "en"
    headings: str = "second level"
    ticks: str = "none"
    noise: tuple[str, ...] = ()
    # A few papers, each but a title.
    is_short: bool = False

    @property
    def is_held_out(self) -> bool:
        return is_held_out(self.container, self.order, self.language)


def is_held_out(container: str, order: str, language: str) -> bool:
    """Whether that combination is kept to judge by: one in five, the same ones always."""
    named = f"{container}/{order}/{language}".encode()
    return hashlib.sha256(named).digest()[0] % _HELD_OUT_OF == 0


def orders_of(container: str) -> tuple[str, ...]:
    """The orders in which that container can have the details."""
    if container == NOTHING:
        return (NO_ORDER,)
    if container in HABITS:
        return (_ORDERS_OF_HABITS[container],)
    if container in _ORDERS_OF:
        return _ORDERS_OF[container]
    if container in _TITLE_FIRST:
        return tuple(order for order in ORDERS if order[0] == "T")
    return ORDERS


def shape(random: Random, held_out: bool | None = None) -> Shape:
    """A shape by chance; with `held_out`, one that is or is not."""
    while True:
        found = _any_shape(random)
        if held_out is None or found.is_held_out == held_out:
            return found


def habit(random: Random, held_out: bool | None = None) -> Shape:
    """The same of a habit, whose lists are plain."""
    while True:
        found = _any_habit(random)
        if held_out is None or found.is_held_out == held_out:
            return found


def _any_habit(random: Random) -> Shape:
    container = random.choice(tuple(HABITS))
    usual = _weighted(random, titles.LANGUAGES, _WEIGHTS_OF_LANGUAGES)
    language = random.choice(_LANGUAGES_OF_HABITS.get(container, (usual,)))
    is_of_topics = container == "topics above addresses"
    return Shape(
        container=container,
        order=_ORDERS_OF_HABITS[container],
        language=language,
        surroundings="zh" if container == "ideographic numbers" and language == "en" else language,
        headings=random.choice(_HEADINGS_OF_HABITS[:2] if is_of_topics else _HEADINGS_OF_HABITS),
        ticks=random.choice(("none", "none", "none", "box")),
        noise=_noise(random, "bullets") if random.random() < 0.3 else (),
        is_short=random.random() < 0.4,
    )


def _any_shape(random: Random) -> Shape:
    if random.random() < _SHORT:
        return _short(random)
    container = _weighted(random, (*CONTAINERS, NOTHING), _WEIGHTS_OF_CONTAINERS)
    orders = orders_of(container)
    order = random.choice(orders) if random.random() < 0.5 else _likely(random, orders)
    language = _weighted(random, titles.LANGUAGES, _WEIGHTS_OF_LANGUAGES)
    usual, other = (0.8, _AROUND_ENGLISH) if language == "en" else (0.85, ("en",))
    return Shape(
        container=container,
        order=order,
        language=language,
        surroundings=language if random.random() < usual else random.choice(other),
        headings=_headings(random, container, order),
        ticks=_ticks(random, container),
        noise=_noise(random, container),
    )


def _short(random: Random) -> Shape:
    language = _weighted(random, titles.LANGUAGES, _WEIGHTS_OF_LANGUAGES)
    return Shape(
        container=random.choice(("bullets",) * 5 + ("numbers", "dated items")),
        order="T",
        language=language,
        surroundings=language,
        headings=_weighted(random, HEADINGS, _WEIGHTS_OF_HEADINGS),
        ticks=random.choice(("none", "box")),
        noise=_noise(random, "bullets") if random.random() < 0.3 else (),
        is_short=True,
    )


def _likely(random: Random, orders: tuple[str, ...]) -> str:
    """The shorter an order, the more lists have it."""
    return random.choices(orders, [4 / len(order) for order in orders])[0]


def _headings(random: Random, container: str, order: str) -> str:
    if container in {"front matter", "course", "items of topics"}:
        return "title only"
    among = _PLAIN_HEADINGS if "heading" in container else HEADINGS
    found = _weighted(random, among, _WEIGHTS_OF_HEADINGS)
    is_dated = (
        "Y" in order or "P" in order or container in {"schedule", "two in one item", "references"}
    )
    return "second level" if found == "years" and is_dated else found


def _ticks(random: Random, container: str) -> str:
    if random.random() < 0.65 or container in {"front matter", "references", NOTHING}:
        return "none"
    if container in _BOXES:
        return random.choice(("box", "box", "box", *TICKS))
    return random.choice([tick for tick in TICKS if tick != "box"])


def _noise(random: Random, container: str) -> tuple[str, ...]:
    if container == "front matter" or (container != NOTHING and random.random() < 0.4):
        return ()
    sections = random.sample(sorted(SECTIONS), k=random.choice((0, 1, 1, 2, 3)))
    blocks = random.sample(sorted(BLOCKS), k=random.choice((0, 1, 1, 2)))
    if container == NOTHING and random.random() < 0.5:
        sections += random.sample(sorted(ELSEWHERE), k=random.choice((1, 1, 2)))
    return (*blocks, *sections) or ("intro",)


def _weighted(random: Random, among: tuple[str, ...], weights: dict[str, int]) -> str:
    return random.choices(among, [weights.get(name, 1) for name in among])[0]
