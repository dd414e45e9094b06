"""How well models read what they have not learnt from."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.grammar.judging import Score, judged
from bench.grammar.lists import List, habits, lists
from bench.grammar.shapes import Shape
from bench.trained import open_lists, training
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.markdown.reading import read
from papers.formats.markdown.tagging import FOLDER, Models

# What may be left out, and what of a shape that is.
PARTS: dict[str, Callable[[Shape], str]] = {
    "container": lambda shape: shape.container,
    "order": lambda shape: shape.order,
    "language": lambda shape: shape.language,
}
COLUMNS = ("sure", "titles", "false", "doubtful", "all", "called", "year", "authors", "venue")
# The score of what is sure, that of all, and that of what is called so likely.
Scores = tuple[Score, Score, Score]
_CALLED = 0.9
# The lists to judge by are not of the seeds that are learnt from.
_SEED = 7_000
_DRAWN, _JUDGED = 4_000, 60


def left_out(part: str, names: Iterable[str], seeds: Sequence[int], count: int) -> Iterator[str]:
    """A row for each name and seed: models that learnt from no list of that part read such lists;
    then the mean over the names, and half the spread over the seeds."""
    yield header(part)
    names, runs = list(names), []
    for seed in seeds:
        totals: list[Scores] = []
        for name in names:
            with TemporaryDirectory() as made:
                training.train(Path(made), seed, count, partial(_is_other, part, name))
                drawn = lists(_SEED + seed, _DRAWN)
                poured = (one for one in drawn if not _is_other(part, name, one))
                found = scored(islice(poured, _JUDGED), Path(made))
            totals += found
            yield row(f"{name} ({seed})", found)
        runs.append(values(totals))
    yield from spread(runs)


def _is_other(part: str, name: str, one: List) -> bool:
    return PARTS[part](one.shape) != name


def held_out(seeds: Sequence[int], count: int) -> Iterator[str]:
    """A row for each container and seed, and one for each seed: the models that ship read lists of
    the grammar that are not of the seeds they learnt from; then the mean over the seeds, and a row
    for each of the habits."""
    yield header("container")
    runs = []
    for seed in seeds:
        poured = list(lists(_SEED + seed, count))
        found = scored(poured)
        of_container: dict[str, list[Scores]] = defaultdict(list)
        for one, its_scores in zip(poured, found, strict=True):
            of_container[one.shape.container].append(its_scores)
        for name in sorted(of_container):
            yield row(f"{name} ({seed})", of_container[name])
        yield row(f"seed {seed}", found)
        runs.append(values(found))
    yield from spread(runs)
    kept = [one for seed in seeds for one in habits(_SEED + seed, count)]
    of_habit: dict[str, list[Scores]] = defaultdict(list)
    for one, its_scores in zip(kept, scored(kept), strict=True):
        of_habit[one.shape.container].append(its_scores)
    for name in sorted(of_habit):
        yield row(name, of_habit[name])


def files(folder: Path) -> Iterator[str]:
    """A row for each Markdown file of the folder that has its truth beside it: no model has learnt
    from any of them, so each is left out."""
    yield header("file")
    totals = []
    for name in open_lists.names(folder):
        totals.append(_of_file(folder, name))
        yield row(name, totals[-1:])
    yield row("mean", totals)


def files_left_out(
    folder: Path, seeds: Sequence[int], count: int, parts: int, names: Sequence[str] = ()
) -> Iterator[str]:
    """A row for each file, read by models that learnt from the grammar's lists and from the files
    of all other parts; then the mean over the files of each seed, their mean and half the spread.
    """
    yield header("file")
    chosen = list(names) or open_lists.names(folder)
    known = {name: open_lists.as_list(folder, name, Models(FOLDER)) for name in chosen}
    runs: list[list[Scores]] = []
    for seed in seeds:
        runs.append([])
        for part in open_lists.folds(chosen, parts):
            others = [one for name, one in known.items() if name not in part]
            with TemporaryDirectory() as made:
                training.train(Path(made), seed, count, further=others)
                for name in part:
                    runs[-1].append(_of_file(folder, name, Path(made)))
                    yield row(f"{name} ({seed})", runs[-1][-1:])
        yield row(f"seed {seed}", runs[-1])
    yield from spread([values(run) for run in runs])


def spread(runs: Sequence[Sequence[float | None]]) -> Iterator[str]:
    """The mean of each column over the runs, and half of how far these are apart."""
    columns = [[cell for cell in column if cell is not None] for column in zip(*runs, strict=True)]
    yield _shown("mean", [sum(column) / len(column) if column else None for column in columns])
    yield _shown(
        "± half the spread",
        [(max(column) - min(column)) / 2 if column else None for column in columns],
    )


def _of_file(folder: Path, name: str, models: Path = FOLDER) -> Scores:
    text, truth = open_lists.text_of(folder, name), open_lists.truth_of(folder, name)
    return judged_each(truth, read(text, weights=models))


def scored(poured: Iterable[List], folder: Path = FOLDER) -> list[Scores]:
    with Pool() as pool:
        return pool.map(partial(_scored, folder), poured, chunksize=4)


def judged_each(truth: list[dict[str, Any]], found: ReadingList) -> Scores:
    every = [*found.entries, *found.doubtful]
    called = [entry for entry in every if entry.confidence >= _CALLED]
    read_as = [[_as_data(entry, found) for entry in one] for one in (found.entries, every, called)]
    sure, both, called_so = (judged(truth, one) for one in read_as)
    return sure, both, called_so


def header(name: str) -> str:
    return f"{name:28}" + "".join(f"{column:>10}" for column in ("papers", *COLUMNS))


def row(name: str, scores: Iterable[Scores]) -> str:
    return _shown(name, values(scores))


def values(scores: Iterable[Scores]) -> list[float | None]:
    """What the columns say of these lists."""
    totals = sure, both, called = Score(), Score(), Score()
    for scored_list in scores:
        for total, one in zip(totals, scored_list, strict=True):
            total.add(one)
    of_sure = sure.found + sure.false
    of_called = called.found + called.false
    doubtful = 100 * (both.found + both.false - of_sure) / max(1, of_sure)
    return [
        sure.papers, sure.mean_found, sure.titles, sure.false_per_100, doubtful, both.mean_found,
        called.found / of_called if of_called else None,
        *(sure.detail(name) for name in ("year", "authors", "venue")),
    ]  # fmt: skip


def _shown(name: str, cells: Sequence[float | None]) -> str:
    papers, *others = cells
    shown = "".join(f"{'-' if cell is None else f'{cell:.3f}':>10}" for cell in others)
    return f"{name:28}{papers:>10.0f}{shown}"


def _scored(folder: Path, one: List) -> Scores:
    return judged_each(one.papers, read(one.text, weights=folder))


def _as_data(entry: Entry, found: ReadingList) -> dict[str, Any]:
    return {
        **{name: getattr(entry, name) or None for name in ("title", "authors", "venue", "year")},
        **{name: getattr(entry, name) or None for name in ("url", "doi", "arxiv", "presenters")},
        "checked": entry.checked,
        "line": entry.lines[0],
        "topic": entry.topic[-1] if entry.topic else found.title or None,
    }
