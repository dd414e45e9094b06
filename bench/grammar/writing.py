"""Lists in a folder, with their truth beside them."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.grammar.lists import List

COLUMNS = (
    *("local", "papers", "papers_min", "papers_max", "container", "order", "language"),
    *("surroundings", "headings", "ticks", "noise", "held_out"),
)


def write(folder: Path, poured: Iterable[List], seed: int) -> None:
    """md/ has the texts, truth/ what each states of its papers, lines/ what each line is."""
    for name in ("md", "truth", "lines"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with (folder / "MANIFEST.tsv").open("w", encoding="utf-8") as file:
        manifest = csv.writer(file, delimiter="\t", lineterminator="\n")
        manifest.writerow(COLUMNS)
        for number, one in enumerate(poured):
            name = f"{seed}-{number:05}.md"
            (folder / "md" / name).write_text(one.text, encoding="utf-8")
            _write_json(folder / "truth" / f"{name}.json", one.papers)
            _write_json(folder / "lines" / f"{name}.json", one.lines)
            manifest.writerow(_row(name, one))


def _row(name: str, one: List) -> list[Any]:
    shape, count = one.shape, len(one.papers)
    return [
        *(f"md/{name}", count, count, count, shape.container, shape.order, shape.language),
        *(shape.surroundings, shape.headings, shape.ticks, ", ".join(shape.noise)),
        "yes" if shape.is_held_out else "no",
    ]


def _write_json(path: Path, said: Any) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
