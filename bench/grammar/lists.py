"""Lists with their truth, poured from a shape and a seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from bench.grammar import noise, prose, records, shapes, styles, words
from bench.grammar.containers import CONTAINERS, HABITS
from bench.grammar.noise import NOISES
from bench.grammar.page import Page
from bench.grammar.records import Record
from bench.grammar.shapes import NOTHING, Shape
from bench.grammar.sheet import TITLE, Sheet

# How many lists of titles alone are without any ornament.
_BARE = 0.3
# How many lists have all papers at one kind of address.
_OF_ONE_HOST = 0.3
# How many lists mix two ways to write papers.
_MIXED = 0.25
# Kinds of heading of topics above which mostly none is.
_TITLES = {"none", "first level", "underlined", "proposers"}
# Kinds of heading that end no section whose heading is one of Markdown's own.
_WEAK = {"none", "title only", "label", "bold label"}


@dataclass(frozen=True, slots=True)
class List:
    """The text, what it states of each paper, and the role of each line with its spans."""

    shape: Shape
    text: str
    papers: list[dict[str, Any]]
    lines: list[dict[str, Any]]


def lists(seed: int, count: int, held_out: bool | None = None) -> Iterator[List]:
    """So many lists of shapes drawn by chance, the same for the same seed."""
    for number in range(count):
        random = Random(f"{seed}/{number}")
        yield pour(shapes.shape(random, held_out), random)


def habits(seed: int, count: int, held_out: bool | None = None) -> Iterator[List]:
    """So many of the lists that people keep by habit."""
    for number in range(count):
        random = Random(f"{seed}/habit/{number}")
        yield pour(shapes.habit(random, held_out), random)


def pour(shape: Shape, random: Random) -> List:
    """A list of that shape."""
    sheet = Sheet()
    page = _page(sheet, random, shape)
    if shape.container == NOTHING:
        _nothing(page, shape)
    elif shape.container == "front matter":
        _front_matter(page, shape)
    else:
        _sections(page, shape)
    return List(shape, sheet.text, sheet.truth(), sheet.roles())


def _page(sheet: Sheet, random: Random, shape: Shape) -> Page:
    style = _style(random, shape.order, shape)
    if shape.is_short or (shape.order == "T" and random.random() < _BARE):
        style = styles.bare(random, style)
    odd_style, odd = (style, 0) if shape.is_short else _odd(random, shape)
    return Page(
        sheet=sheet,
        random=random,
        style=style,
        odd_style=odd_style,
        odd=odd,
        language=shape.surroundings,
        ticks=shape.ticks if shape.ticks in {"box", "emoji", "ballot", "struck"} else "none",
        gaps=random.random() < 0.25,
        day_form=random.randrange(words.DAY_FORMS),
    )


def _style(random: Random, order: str, shape: Shape) -> styles.Style:
    order = order if order != shapes.NO_ORDER else "T"
    return replace(
        styles.style(random, order, shape.language, shape.surroundings), number=random.randrange(8)
    )


def _odd(random: Random, shape: Shape) -> tuple[styles.Style, float]:
    """Another way to write papers, and the share of the lines that are written so: a few, or half
    of them, as where bare titles are beside whole references."""
    odd = _style(random, _other_order(random, shape), shape)
    if random.random() > _MIXED:
        return odd, random.choice((0, 0, 0, 0.08, 0.15))
    if not _is_kept_apart(shape, "T") and random.random() < 0.6:
        odd = styles.bare(random, _style(random, "T", shape))
    return odd, random.choice((0.3, 0.5, 0.8))


def _other_order(random: Random, shape: Shape) -> str:
    """An order for the odd lines, which is held out exactly if the shape is."""
    orders = shapes.orders_of(shape.container)
    return random.choice([order for order in orders if not _is_kept_apart(shape, order)])


def _is_kept_apart(shape: Shape, order: str) -> bool:
    """Whether that order is held out where the shape is not, or the other way round."""
    return shapes.is_held_out(shape.container, order, shape.language) != shape.is_held_out


def _sections(page: Page, shape: Shape) -> None:
    random, sheet = page.random, page.sheet
    works = _records(random, shape, page.style.case)
    page.titles = [one.title for one in works]
    groups = _groups(random, works, (2, 2, 4) if shape.is_short else (2, 4, 8, 20))
    before, within, after = _placed(random, shape.noise)
    if page.chance(0.05):
        _header(page)
    if _has_title(page, shape):
        name = words.list_title(random, shape.surroundings)
        sheet.head(f"# {name}", name, TITLE)
    _noise(page, before)
    for number, group in enumerate(groups):
        # What is below the heading of some noise is no paper.
        follows_noise = set(noise.SECTIONS) & set(
            within if number == len(groups) // 2 + 1 else before if not number else ()
        )
        _section(page, shape, group, number, needs_heading=bool(follows_noise))
        if number == len(groups) // 2:
            _noise(page, within)
    _noise(page, after)


def _has_title(page: Page, shape: Shape) -> bool:
    """Whether the list has a heading above those of its topics. Of short ones half have."""
    if shape.is_short and page.chance(0.5):
        return False
    return shape.headings not in _TITLES or page.chance(0.2)


def _header(page: Page) -> None:
    """What a site puts above its pages."""
    page.sheet.add("---")
    keys = (
        "layout: page",
        f'title: "{words.list_title(page.random, page.language)}"',
        "hide: true",
        "# draft: no",
        "permalink: /papers/",
        "date: 2024-03-01",
        "tags: [bees, hives]",
    )
    for key in page.random.sample(keys, k=page.random.randint(2, 5)):
        page.sheet.add(key)
    page.sheet.add("---")
    page.sheet.blank()


def _section(
    page: Page, shape: Shape, group: Sequence[Record], number: int, needs_heading: bool
) -> None:
    sheet, random = page.sheet, page.random
    sheet.blank()
    if needs_heading or shape.headings not in {"none", "title only"}:
        _heading(page, shape, number, at_least=needs_heading and shape.headings in _WEAK)
    if number and page.chance(0.12):
        page.style = _style(random, shape.order, shape)
    may_be_bare = "T" in shapes.orders_of(shape.container) and not _is_kept_apart(shape, "T")
    usual, is_bare = page.style, may_be_bare and page.chance(0.07)
    if is_bare:
        page.style = styles.bare(random, _style(random, "T", shape))
    if page.chance(0.06):
        sheet.add(prose.paragraph(random, page.language))
        sheet.blank()
    (CONTAINERS | HABITS)[shape.container](page, _of_year(group, page))
    page.style = usual if is_bare else page.style
    sheet.blank()


def _records(random: Random, shape: Shape, case: str) -> list[Record]:
    count = random.choice((random.randint(1, 4), random.randint(3, 12), random.randint(8, 40)))
    count = min(count, random.choice((2, 2, random.randint(1, 9)))) if shape.is_short else count
    own = records.records(random, count, shape.language, case)
    if random.random() < _OF_ONE_HOST:
        own = records.of_one_host(random, own)
    if shape.language == "en" or random.random() < 0.6:
        return own
    return [one if random.random() < 0.7 else records.record(random, "en", case) for one in own]


def _groups(
    random: Random, works: Sequence[Record], sizes: Sequence[int]
) -> list[Sequence[Record]]:
    """The works in sections, of which some are of one paper."""
    groups: list[Sequence[Record]] = []
    rest = list(works)
    size = random.choice(sizes)
    while rest:
        taken = random.randint(1, size)
        groups.append(rest[:taken])
        rest = rest[taken:]
    return groups


def _placed(random: Random, kinds: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Which noise is before the papers, among them and after them."""
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for kind in kinds:
        first = kind in {"badges", "intro", "contents"}
        found[0 if first else random.choice((0, 1, 2, 2, 2))].append(kind)
    return found


def _noise(page: Page, kinds: Sequence[str]) -> None:
    for kind in kinds:
        page.sheet.blank()
        NOISES[kind](page)
        page.sheet.blank()


def _heading(page: Page, shape: Shape, number: int, at_least: bool) -> None:
    random, sheet = page.random, page.sheet
    name = _name(page, shape, number)
    marked = {
        "first level": "# {}", "underlined": "{}", "third level": "### {}", "bold label": "**{}**", "label": "{}:", "numbered": f"## {number + 1}. {{}}",
        "emoji": f"## {random.choice(('🔥', '📚', '🐝'))} {{}}", "anchors": f"## <a name='{records.slug(name)}'></a> {{}}", "proposers": page.pick("proposers", "# {}:", "## {}", "# {}"), "linked": f"## [{{}}](#{records.slug(name)})",
    }.get(shape.headings, "## {}")  # fmt: skip
    marked = "## {}" if at_least else marked
    topic = f"{number + 1}. {name}" if shape.headings == "numbered" and not at_least else name
    if shape.headings == "third level" and number % 3 == 0:
        parent = words.topic(random, page.language)
        sheet.head(f"## {parent}", parent)
        sheet.blank()
    page.year = int(name) if shape.headings == "years" else None
    sheet.head(marked.format(name), topic)
    if shape.headings == "underlined" and not at_least:
        sheet.add(page.pick("underline", "=", "-") * max(3, len(name)), "topic")
    if not sheet.level or not page.pick("tight headings", *(False,) * 3, True):
        sheet.blank()


def _name(page: Page, shape: Shape, number: int) -> str:
    if shape.headings == "days":
        return page.day()
    if shape.headings == "proposers":
        return page.pick("who", "Proposed by {}", "Suggested by {}", "{}").format(
            words.first_name(page.random).title()
        )
    if shape.headings == "weeks":
        return words.week(number + 1, page.language)
    if shape.headings == "years":
        return str(2024 - number)
    name = words.topic(page.random, page.language)
    return name.upper() if page.pick("topics in capitals", *(False,) * 9, True) else name


def _of_year(group: Sequence[Record], page: Page) -> Sequence[Record]:
    """The works with the year of their heading."""
    return [replace(one, year=page.year) for one in group] if page.year else group


def _front_matter(page: Page, shape: Shape) -> None:
    sheet, random = page.sheet, page.random
    sheet.add("---")
    sheet.add(f'title: "{words.list_title(random, shape.surroundings)}"')
    CONTAINERS[shape.container](page, _records(random, shape, page.style.case))
    sheet.add("---")
    sheet.blank()
    noise.intro(page)


def _nothing(page: Page, shape: Shape) -> None:
    """A readme, a letter, notes: texts that hold no papers."""
    sheet, random = page.sheet, page.random
    sheet.head(
        f"# {random.choice(('HiveKit', 'Notes', 'Minutes', 'A starter', 'Handbook', 'Shopping'))}",
        None,
        TITLE,
    )
    for kind in shape.noise:
        sheet.blank()
        NOISES[kind](page)
    for _ in range(random.randint(0, 3)):
        sheet.blank()
        form = random.choice(("- {}", "{}", "* {}", "1. {}", "> {}"))
        for _ in range(random.randint(1, 5)):
            said = prose.paragraph if form in {"{}", "> {}"} else prose.note
            sheet.add(form.format(said(random, page.language)))
