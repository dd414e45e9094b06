"""The models that are shipped belong to the code that is shipped."""

import random

import pytest

from bench.grammar.lists import lists, pour
from bench.grammar.shapes import Shape
from bench.trained import origin, training
from bench.trained.examples import Example, check_alignment
from papers.formats.markdown import confidence
from papers.formats.markdown.tagging import FOLDER, MODELS

LARGEST = 1_100_000


def test_neither_the_features_nor_a_model_changed_since_the_training():
    """If this fails: `make models`."""
    kept, now = origin.kept(FOLDER), origin.now(FOLDER)
    assert {name: kept[name] for name in now} == now


def test_the_models_are_small():
    assert sum((FOLDER / name).stat().st_size for name in (*MODELS, confidence.NAME)) < LARGEST


def test_the_same_seed_gives_the_same_models(tmp_path):
    for name in ("one", "other"):
        training.train(tmp_path / name, seed=5, count=6)
    one, other = origin.now(tmp_path / "one"), origin.now(tmp_path / "other")
    assert one == other
    weights = [(tmp_path / name / confidence.NAME).read_bytes() for name in ("one", "other")]
    assert weights[0] == weights[1]


def test_titles_that_no_piece_holds_are_not_learnt_as_something_else():
    poured = pour(Shape("bullets", "T", "en"), random.Random(3))
    one = Example(poured, "a")
    check_alignment([one])
    one.lost = one.count
    with pytest.raises(ValueError, match="titles are in no piece"):
        check_alignment([one])


def test_every_line_and_piece_has_a_label():
    for poured in lists(seed=2, count=20):
        one = Example(poured, "b")
        assert len(one.page.lines) <= len(one.roles) + 1
        pairs = zip(one.page.pieces, one.labels, strict=False)
        assert all(len(own) == len(labels) for own, labels in pairs)
