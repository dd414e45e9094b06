"""Lists of a folder with their truth, as what models may learn from within the bench.

Nothing that was learnt from them is kept: they say how well a list is read by models that know the
others. What their truth does not state is labelled by the models that the program ships.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.grammar.judging import letters
from bench.grammar.lists import List
from bench.grammar.shapes import NO_ORDER, Shape
from bench.grammar.sheet import BLANK, MORE, NOISE, NOTE, PAPER, TOPIC
from papers.formats.core.text import decode
from papers.formats.markdown.features import Page
from papers.formats.markdown.found import OTHERS
from papers.formats.markdown.tagging import DATE, PEOPLE, PRESENTER, VENUE, YEAR, Models

# So many lines of a list are learnt from, so that a long one counts no more than others.
MOST_LINES = 400
# A title may go on in so many lines below its own.
_LINES_OF_TITLE = 3
# Of so many titles of a hundred the place has to be found.
_LEAST_FOUND = 90
_FIELDS = {PEOPLE: "authors", VENUE: "venue", YEAR: "year", DATE: "date", PRESENTER: "presenters"}


def names(folder: Path) -> list[str]:
    """The Markdown lists of the folder, by their names."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8") as manifest:
        local = [one["local"] for one in csv.DictReader(manifest, delimiter="\t")]
    return sorted(name[3:-3] for name in local if name.startswith("md/"))


def text_of(folder: Path, name: str) -> str:
    return decode((folder / "md" / f"{name}.md").read_bytes()).text


def truth_of(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (folder / "truth" / f"{name}.md.json").read_text(encoding="utf-8")
    )
    return found


def as_list(folder: Path, name: str, models: Models) -> List:
    """The list with the role of each line and what its spans state. Raises ValueError if titles of
    its truth are not where that says: they would be learnt as something else."""
    texts = text_of(folder, name).split("\n")[:MOST_LINES]
    papers = [one for one in truth_of(folder, name) if one["line"] <= len(texts)]
    lines: list[dict[str, Any]] = [
        {"line": number, "role": NOISE, "spans": []} for number in range(1, len(texts) + 1)
    ]
    placed = [number for number, one in enumerate(papers) if _place(one, number, texts, lines)]
    if 100 * len(placed) < _LEAST_FOUND * len(papers):
        raise ValueError(f"{name}: {len(placed)} of {len(papers)} titles are where they should be")
    _label_the_rest(texts, lines, models)
    shape = Shape(container=name, order=NO_ORDER, language="en")
    return List(shape, "\n".join(texts), [papers[number] for number in placed], lines)


def _place(
    paper: dict[str, Any], number: int, texts: Sequence[str], lines: list[dict[str, Any]]
) -> bool:
    """Note where the title of the paper is; whether it was found."""
    first = paper["line"] - 1
    title = letters(paper["title"])
    where: list[tuple[int, int]] = [
        (at, place)
        for at in range(first, min(first + _LINES_OF_TITLE, len(texts)))
        for place, sign in enumerate(texts[at])
        for _ in letters(sign)
    ]
    shown = "".join(letters(texts[at][place]) for at, place in where)
    if len(shown) != len(where) or (start := shown.find(title)) < 0 or not title:
        return False
    own = where[start : start + len(title)]
    for at in sorted({line for line, _ in own}):
        places = [place for line, place in own if line == at]
        lines[at]["spans"].append([places[0], places[-1] + 1, "title", number])
        lines[at]["role"] = PAPER if at == own[0][0] else MORE
    return True


def _label_the_rest(texts: Sequence[str], lines: list[dict[str, Any]], models: Models) -> None:
    """What else is said of the papers, as the models see it, and the lines that go on with one."""
    page = Page.of(texts)
    _, labels = models.read(page)
    current = -1
    for number, line in enumerate(lines):
        kind = page.lines[number].kind
        if line["role"] == PAPER:
            current = line["spans"][0][3]
        elif kind == "heading":
            current, line["role"] = -1, TOPIC
        elif kind == "blank":
            line["role"] = BLANK
        elif current >= 0 and line["role"] == NOISE:
            line["role"] = _below_a_paper(page, number)
        if line["role"] in {PAPER, MORE} and number in labels:
            line["spans"] += _details(page, number, labels[number], line["spans"], current)


def _below_a_paper(page: Page, number: int) -> str:
    """What a line is that comes behind a paper's."""
    line, own = page.lines[number], page.pieces[number]
    if not line.indent and line.is_after_blank and line.kind not in {"item", "number"}:
        return NOISE
    is_of_links = bool(own) and all(one.link or one.kind != "text" for one in own)
    return MORE if is_of_links else NOTE if line.indent else NOISE


def _details(
    page: Page,
    number: int,
    labels: Sequence[Sequence[float]],
    titles: Sequence[Sequence[Any]],
    paper: int,
) -> Iterator[list[Any]]:
    for piece, chances in zip(page.pieces[number], labels, strict=True):
        if any(start < piece.end and piece.start < end for start, end, *_ in titles):
            continue
        label = max(OTHERS, key=chances.__getitem__)
        if label in _FIELDS:
            yield [piece.start, piece.end, _FIELDS[label], paper]


def folds(names_of: Sequence[str], count: int) -> Iterator[list[str]]:
    """The names in so many parts, each of which is left out once."""
    for first in range(count):
        yield list(islice(names_of, first, None, count))
