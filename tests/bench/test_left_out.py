"""Lists of a folder as what models learn from within the bench, and tables over several seeds."""

import json

import pytest

from bench.grammar.containers import HABITS
from bench.trained import judging, open_lists
from papers.formats.markdown import reading
from papers.formats.markdown.tagging import FOLDER, Models

TEXT = "# Bees\n\n- [Counting Bees](https://example.org/a.pdf), Ada Marsh, ICML 2019\n  - a note\n"
TRUTH = [{"title": "Counting Bees", "line": 3}]


@pytest.fixture
def folder(tmp_path):
    for name in ("md", "truth"):
        (tmp_path / name).mkdir()
    (tmp_path / "MANIFEST.tsv").write_text("local\tpapers\nmd/one.md\t1\nmd/two.md\t1\n")
    for name in ("one", "two"):
        (tmp_path / "md" / f"{name}.md").write_text(TEXT)
        (tmp_path / "truth" / f"{name}.md.json").write_text(json.dumps(TRUTH))
    return tmp_path


def test_titles_are_noted_where_the_truth_says(folder):
    one = open_lists.as_list(folder, "one", Models(FOLDER))
    assert [line["role"] for line in one.lines][:4] == ["topic", "blank", "paper", "note"]
    (start, end, *_), *_ = one.lines[2]["spans"]
    assert one.text.split("\n")[2][start:end] == "Counting Bees"


def test_what_the_truth_does_not_state_is_labelled_by_the_models(folder):
    spans = open_lists.as_list(folder, "one", Models(FOLDER)).lines[2]["spans"]
    assert {name for _, _, name, _ in spans} >= {"title", "venue", "year"}


def test_a_title_that_is_not_where_the_truth_says_is_an_error(folder):
    path = folder / "truth" / "one.md.json"
    path.write_text(json.dumps([{"title": "Counting Wasps", "line": 3}]))
    with pytest.raises(ValueError, match="one: 0 of 1 titles"):
        open_lists.as_list(folder, "one", Models(FOLDER))


def test_each_file_is_read_once_per_seed_by_models_of_the_others(folder, monkeypatch):
    learnt = []

    def train(made, seed, count, admits=None, further=()):
        learnt.append((seed, [one.shape.container for one in further]))

    monkeypatch.setattr(judging.training, "train", train)
    monkeypatch.setattr(judging, "_of_file", lambda folder, name, made: one_of(name))
    lines = list(judging.files_left_out(folder, (1, 2), count=3, parts=2))
    assert learnt == [(1, ["two"]), (1, ["one"]), (2, ["two"]), (2, ["one"])]
    assert [line.split()[0] for line in lines[1:4]] == ["one", "two", "seed"]
    assert lines[-2].startswith("mean")


def one_of(name):
    papers = [{"title": name, "line": 1}]
    return (judging.judged(papers, papers),) * 3


def test_lists_of_other_seeds_are_read_by_container():
    first, *rows = judging.held_out([33], count=3)
    at = next(number for number, row in enumerate(rows) if row.startswith("mean"))
    habits = {row.split("  ")[0].strip() for row in rows[at + 2 :]}
    rows, seed, mean = rows[: at - 1], rows[at - 1], rows[at]
    assert "called" in first
    assert habits <= HABITS.keys()
    assert habits
    assert rows
    assert all("(33)" in row for row in rows)
    assert seed.startswith("seed 33")
    assert float(mean.split()[2]) > 0.5


@pytest.mark.parametrize(("called", "found"), [(0.0, 1), (1.1, 0)])
def test_what_is_called_likely_is_counted_apart(monkeypatch, called, found):
    monkeypatch.setattr(judging, "_CALLED", called)
    sure, both, likely = judging.judged_each(TRUTH, reading.read(TEXT))
    assert (sure.found, both.found, likely.found) == (1, 1, found)
