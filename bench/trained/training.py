"""Learning from the grammar's lists: the same seed gives the same models.

The second pass learns from what the first says of *containers that it has not learnt from*: two
halves of the containers, each told by models of the other. Otherwise it would believe a first pass
that is wrong far more often on lists of people.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from multiprocessing import Process
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pycrfsuite

from bench.grammar.judging import letters
from bench.grammar.lists import List, habits, lists
from bench.trained import examples, origin
from bench.trained.examples import Example, Sequences
from papers.formats.markdown import confidence, finding
from papers.formats.markdown.features import Page
from papers.formats.markdown.tagging import LABELS, MODELS, ROLES, Models, Tagger, Told

# Which lists a model may learn from; all if it is not said.
Admits = Callable[[List], bool]

_PARAMETERS = {
    "c1": 0.8,
    "c2": 0.05,
    "max_iterations": 90,
    "feature.minfreq": 5,
    "feature.possible_transitions": True,
}
# One list that people keep by habit to so many others.
_HABIT_OF = 6
_LISTS_TO_FIT = 350
_MOST_FITTED = 8_000


def train(
    folder: Path,
    seed: int,
    count: int,
    admits: Admits | None = None,
    further: Sequence[List] = (),
) -> None:
    """The models of a folder, from twice that many lists, and the weights of the confidence.

    `further` lists are learnt from, too: those of others only within the bench.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        made = Path(name)
        _first_pass(made, seed, [*_poured(seed * 10 + 1, count, admits), *further])
        _second_pass(made, seed, [*_poured(seed * 10 + 2, count, admits), *further])
        for model in MODELS:
            shutil.copyfile(made / model, folder / model)
    _fit_confidence(folder, seed * 10 + 3, min(count, _LISTS_TO_FIT), admits)
    origin.save(folder, seed, count)


def _poured(seed: int, count: int, admits: Admits | None, *, held_out: bool = False) -> list[List]:
    """Lists of combinations that are not held out, or are: so many, and some of each habit."""
    poured = (*lists(seed, count, held_out), *habits(seed, count // _HABIT_OF, held_out))
    return [one for one in poured if admits is None or admits(one)]


def _first_pass(folder: Path, seed: int, poured: Sequence[List]) -> None:
    made = [Example(one, f"{seed}/{number}") for number, one in enumerate(poured)]
    examples.check_alignment(made)
    for suffix, half in (("1", None), ("A", 0), ("B", 1)):
        _together(folder, suffix, [(one, None) for one in made if half in (None, _half(one))])


def _second_pass(folder: Path, seed: int, poured: Sequence[List]) -> None:
    made = [Example(one, f"{seed}/b/{number}") for number, one in enumerate(poured)]
    examples.check_alignment(made)
    others = [
        (Tagger(folder / f"lines{half}", ROLES), Tagger(folder / f"pieces{half}", LABELS))
        for half in "BA"
    ]
    _together(folder, "2", [(one, Told(one.page, *others[_half(one)])) for one in made])


def _together(folder: Path, suffix: str, made: Iterable[tuple[Example, Told | None]]) -> None:
    """The model of lines and that of pieces, on two cores."""
    made = list(made)
    work = [
        Process(target=_train, args=(folder / f"lines{suffix}", examples.lines_of(made))),
        Process(target=_train, args=(folder / f"pieces{suffix}", examples.pieces_of(made))),
    ]
    for process in work:
        process.start()
    for process in work:
        process.join()
        if process.exitcode:
            raise RuntimeError(f"a model of {folder} was not trained")


def _train(path: Path, sequences: Sequences) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_PARAMETERS)
    for items, labels in sequences:
        if items:
            trainer.append(pycrfsuite.ItemSequence(items), labels)
    trainer.train(str(path))


def _half(one: Example) -> int:
    return hashlib.sha256(one.container.encode()).digest()[1] % 2


def _fit_confidence(folder: Path, seed: int, count: int, admits: Admits | None) -> None:
    """Fit on what the models find in lists of held-out combinations."""
    models = Models(folder)
    found: list[tuple[confidence.Said, bool]] = []
    for one in _poured(seed, count, admits, held_out=True):
        found += _judged(one, models)
    Random(seed).shuffle(found)
    confidence.save(folder, confidence.fitted(found[:_MOST_FITTED]))


def _judged(one: List, models: Models) -> list[tuple[confidence.Said, bool]]:
    """What speaks for each paper that the models find, and whether it is one."""
    titles = {letters(paper["title"]) for paper in one.papers}
    page = Page.of(one.text.split("\n"))
    found = finding.papers(page, *models.read(page))
    said = confidence.of_all(found, page)
    return [(each, letters(paper.title) in titles) for paper, each in zip(found, said, strict=True)]
