"""How well models read what they have not learnt from."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.grammar.judging import Score, judged
from bench.grammar.lists import List, lists
from bench.grammar.shapes import Shape
from bench.trained import training
from papers.formats.markdown.reading import read
from papers.formats.markdown.tagging import FOLDER
from papers.formats.reading_list import Entry, ReadingList
from papers.formats.text import decode

# What may be left out, and what of a shape that is.
PARTS: dict[str, Callable[[Shape], str]] = {
    "container": lambda shape: shape.container,
    "order": lambda shape: shape.order,
    "language": lambda shape: shape.language,
}
COLUMNS = ("sure", "titles", "false", "doubtful", "all", "year", "authors", "venue")
# The lists to judge by are not of the seeds that are learnt from.
_SEED = 7_000
_DRAWN, _JUDGED = 4_000, 60


def left_out(part: str, names: Iterable[str], seed: int, count: int) -> Iterator[str]:
    """A row for each name: models that learnt from no list of that part read such lists."""
    yield header(part)
    for name in names:
        with TemporaryDirectory() as made:
            training.train(Path(made), seed, count, partial(_is_other, part, name))
            poured = (one for one in lists(_SEED + seed, _DRAWN) if not _is_other(part, name, one))
            yield row(name, scored(islice(poured, _JUDGED), Path(made)))


def _is_other(part: str, name: str, one: List) -> bool:
    return PARTS[part](one.shape) != name


def files(folder: Path) -> Iterator[str]:
    """A row for each Markdown file of the folder that has its truth beside it: no model has learnt
    from any of them, so each is left out."""
    yield header("file")
    with (folder / "MANIFEST.tsv").open(encoding="utf-8") as manifest:
        names = [one["local"] for one in csv.DictReader(manifest, delimiter="\t")]
    totals = []
    for name in sorted(name for name in names if name.startswith("md/")):
        text = decode((folder / name).read_bytes()).text
        truth = json.loads((folder / "truth" / f"{name[3:]}.json").read_text(encoding="utf-8"))
        totals.append(judged_both(truth, read(text)))
        yield row(name[3:-3], totals[-1:])
    yield row("mean", totals)


def scored(poured: Iterable[List], folder: Path = FOLDER) -> list[tuple[Score, Score]]:
    with Pool() as pool:
        return pool.map(partial(_scored, folder), poured, chunksize=4)


def judged_both(truth: list[dict[str, Any]], found: ReadingList) -> tuple[Score, Score]:
    """The score of what is sure, and that of all."""
    sure = [_as_data(entry, found) for entry in found.entries]
    doubtful = [_as_data(entry, found) for entry in found.doubtful]
    return judged(truth, sure), judged(truth, [*sure, *doubtful])


def header(name: str) -> str:
    return f"{name:28}" + "".join(f"{column:>10}" for column in ("papers", *COLUMNS))


def row(name: str, scores: Iterable[tuple[Score, Score]]) -> str:
    sure, both = Score(), Score()
    for one, other in scores:
        sure.add(one)
        both.add(other)
    of_sure = sure.found + sure.false
    doubtful = 100 * (both.found + both.false - of_sure) / max(1, of_sure)
    cells = (
        sure.mean_found, sure.titles, sure.false_per_100, doubtful, both.mean_found,
        *(sure.detail(name) for name in ("year", "authors", "venue")),
    )  # fmt: skip
    shown = "".join(f"{'-' if cell is None else f'{cell:.3f}':>10}" for cell in cells)
    return f"{name:28}{sure.papers:>10}{shown}"


def _scored(folder: Path, one: List) -> tuple[Score, Score]:
    return judged_both(one.papers, read(one.text, weights=folder))


def _as_data(entry: Entry, found: ReadingList) -> dict[str, Any]:
    return {
        **{name: getattr(entry, name) or None for name in ("title", "authors", "venue", "year")},
        **{name: getattr(entry, name) or None for name in ("url", "doi", "arxiv", "presenters")},
        "checked": entry.checked,
        "line": entry.lines[0],
        "topic": entry.topic[-1] if entry.topic else found.title or None,
    }
