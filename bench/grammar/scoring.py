"""Tables of how well a reader reads the grammar's lists."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from bench.grammar.judging import Score, judged
from bench.grammar.lists import List
from bench.grammar.readers import Reader

COLUMNS = (
    *("lists", "papers", "found", "unread", "titles", "false"),
    *("year", "authors", "venue", "url", "topic", "checked"),
)
# Container, order, language, and whether the three together are held out.
Cell = tuple[str, str, str, bool]
Scores = dict[Cell, Score]


def scores(poured: Iterable[List], reader: Reader, processes: int) -> Scores:
    found: Scores = defaultdict(Score)
    with Pool(processes) as pool:
        for cell, score in pool.imap_unordered(partial(_scored, reader), poured, chunksize=8):
            found[cell].add(score)
    return found


def table(runs: Sequence[Scores]) -> Iterator[str]:
    """The lines of the tables: mean and half the spread over the runs."""
    for of, part in enumerate(("container", "order", "language")):
        yield f"\n{part:30} {'':8} " + " ".join(f"{name:>12}" for name in COLUMNS)
        names = sorted({str(cell[of]) for run in runs for cell in run})
        for name in ("all", *names):
            for held_out in (False, True):
                totals = [_total(run, of, name, held_out) for run in runs]
                if any(total.lists for total in totals):
                    yield _row(name, held_out, totals)


def write_cells(path: Path, runs: Iterable[Scores]) -> None:
    """Every combination in a file, all runs together."""
    together: Scores = defaultdict(Score)
    for run in runs:
        for cell, score in run.items():
            together[cell].add(score)
    with path.open("w", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(("container", "order", "language", "held out", *COLUMNS))
        for cell, score in sorted(together.items()):
            values = _values(score)
            rows.writerow((*cell, *(values[name] for name in COLUMNS)))


def _scored(reader: Reader, one: List) -> tuple[Cell, Score]:
    shape = one.shape
    cell = (shape.container, shape.order, shape.language, shape.is_held_out)
    return cell, judged(one.papers, reader(one.text))


def _total(run: Scores, of: int, name: str, held_out: bool) -> Score:
    total = Score()
    for cell, score in run.items():
        if cell[3] == held_out and name in ("all", cell[of]):
            total.add(score)
    return total


def _values(score: Score) -> dict[str, float | None]:
    counted: dict[str, float | None] = {
        "lists": score.lists,
        "papers": score.papers,
        "found": score.mean_found,
        "unread": score.unread,
        "titles": score.titles,
        "false": score.false_per_100,
    }
    return counted | {name: score.detail(name) for name in COLUMNS if name not in counted}


def _row(name: str, held_out: bool, totals: Iterable[Score]) -> str:
    values = [_values(total) for total in totals]
    cells = [_mean_and_spread([each[column] for each in values]) for column in COLUMNS]
    is_kept = "held out" if held_out else ""
    return f"{name:30} {is_kept:8} " + " ".join(f"{cell:>12}" for cell in cells)


def _mean_and_spread(values: Iterable[float | None]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "-"
    mean, half = sum(known) / len(known), (max(known) - min(known)) / 2
    if isinstance(known[0], int):
        return f"{mean:.0f}"
    digits = 1 if max(known) > 1 else 3
    return f"{mean:.{digits}f}" + (f" ±{half:.{digits}f}" if len(known) > 1 else "")
