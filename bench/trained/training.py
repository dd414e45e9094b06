"""Learning from the grammar's lists: the same seed gives the same models.

The second pass learns from what the first says of *containers that it has not learnt from*: two
halves of the containers, each told by models of the other. Otherwise it would believe a first pass
that, on lists of people, is wrong far more often.
"""

import hashlib
from collections.abc import Sequence
from multiprocessing import Process
from pathlib import Path
from random import Random

from bench.grammar.judging import letters
from bench.grammar.lists import List, lists
from bench.trained import confidence
from bench.trained.models import Example, Tagger, Told, line_sequences, piece_sequences, train
from bench.trained.reader import Reader

FINAL = ("lines1", "pieces1", "lines2", "pieces2")


def make(folder: Path, seed: int, count: int) -> None:
    """The four models of one voter, from twice that many lists of combinations not held out."""
    folder.mkdir(parents=True, exist_ok=True)
    _first_pass(folder, seed, list(lists(seed * 10 + 1, count, held_out=False)))
    _second_pass(folder, seed, list(lists(seed * 10 + 2, count, held_out=False)))


def fit_confidence(folders: Sequence[Path], seed: int, count: int) -> None:
    """Fit on what the voters find in lists of held-out combinations."""
    reader = Reader(folders)
    examples = []
    for one in lists(seed, count, held_out=True):
        titles = {letters(paper["title"]) for paper in one.papers}
        found, page, _ = reader.found(one.text)
        said = confidence.of_all(found, page)
        examples += [
            (each, letters(paper.title) in titles) for paper, each in zip(found, said, strict=True)
        ]
    Random(seed).shuffle(examples)
    confidence.save(confidence.fitted(examples[:8000]))


def _first_pass(folder: Path, seed: int, poured: Sequence[List]) -> None:
    examples = [(_half(one), Example(one, f"{seed}/{number}")) for number, one in enumerate(poured)]
    _lost([one for _, one in examples])
    for suffix, half in (("1", None), ("A", 0), ("B", 1)):
        among = [one for of, one in examples if half in (None, of)]
        _together(folder, suffix, among)


def _second_pass(folder: Path, seed: int, poured: Sequence[List]) -> None:
    examples = [Example(one, f"{seed}/b/{number}") for number, one in enumerate(poured)]
    _lost(examples)
    witnesses = [(Tagger(folder / f"lines{of}"), Tagger(folder / f"pieces{of}")) for of in "BA"]
    told = {
        number: Told(one.page, *witnesses[_half(source)])
        for number, (source, one) in enumerate(zip(poured, examples, strict=True))
    }
    _together(folder, "2", examples, told)


def _together(
    folder: Path, suffix: str, examples: Sequence[Example], told: dict[int, Told] | None = None
) -> None:
    """The model of lines and that of pieces, on two cores."""
    work = [
        Process(
            target=train, args=(folder / f"lines{suffix}", list(line_sequences(examples, told)))
        ),
        Process(
            target=train, args=(folder / f"pieces{suffix}", list(piece_sequences(examples, told)))
        ),
    ]
    for process in work:
        process.start()
    for process in work:
        process.join()
        if process.exitcode:
            raise RuntimeError(f"a model of {folder} was not trained")


def _half(one: List) -> int:
    return hashlib.sha256(one.shape.container.encode()).digest()[1] % 2


def _lost(examples: Sequence[Example]) -> None:
    """Raise if papers have no piece that is their title: they would be learnt as something else."""
    lost, papers = sum(one.lost for one in examples), sum(len(one.papers) for one in examples)
    if lost * 100 > papers:
        raise ValueError(f"{lost} of {papers} titles are in no piece of their line")
