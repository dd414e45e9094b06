"""The grammar of lists: what it says of a list is what the list says, and it says everything."""

import json
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.grammar import lines, noise, people, records, shapes, styles, titles, venues, writing
from bench.grammar.containers import CONTAINERS, HABITS
from bench.grammar.judging import judged
from bench.grammar.lists import habits, lists, pour
from bench.grammar.scoring import scores, table
from bench.grammar.shapes import NOTHING, Shape
from bench.grammar.sheet import BLANK, FIELDS, PAPER, ROLES

HOUSE = Path(__file__).parents[2]
POURED = list(lists(seed=1, count=250))
OF_HABITS = list(habits(seed=1, count=120))


def of(container):
    """Lists of that container in three scripts and two orders, and those that were poured."""
    orders = shapes.orders_of(container)
    drawn = [
        pour(Shape(container, order, language, language, noise=("intro",)), random.Random(7))
        for order in {orders[0], orders[-1]}
        for language in ("en", "ja", "he")
    ]
    poured = OF_HABITS if container in HABITS else POURED[:100]
    return drawn + [one for one in poured if one.shape.container == container]


def test_the_same_seed_pours_the_same_lists():
    assert list(lists(seed=3, count=5)) == list(lists(seed=3, count=5))
    assert list(lists(seed=3, count=5)) != list(lists(seed=4, count=5))


def test_a_list_is_the_same_however_many_are_poured():
    assert list(lists(seed=1, count=3)) == POURED[:3]


def test_another_run_of_the_program_pours_the_same():
    """Whatever the order in which it hashes texts."""
    code = "from bench.grammar.lists import lists; print(ascii(list(lists(1, 4))))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True)
    assert ran.stdout.strip() == ascii(POURED[:4])


@pytest.mark.parametrize("container", [*CONTAINERS, *HABITS, NOTHING])
def test_every_paper_has_a_title_that_its_line_holds(container):
    for poured in of(container):
        text = poured.text.split("\n")
        for paper in poured.papers:
            line = text[paper["line"] - 1].replace("\\", "")
            start = re.split(r"[ \u3000]", paper["title"])[0].replace("\\", "")
            assert start in line
            assert paper["line"] in paper["lines"]


@pytest.mark.parametrize("container", [*CONTAINERS, *HABITS, NOTHING])
def test_what_is_said_of_a_paper_is_in_its_lines(container):
    for poured in of(container):
        text = poured.text.split("\n")
        for paper in poured.papers:
            own = " ".join(text[line - 1] for line in paper["lines"])
            for name in ("authors", "venue", "url"):
                words = str(paper.get(name, "")).split()
                assert all(word in own for word in words), (name, paper, own)


@pytest.mark.parametrize("container", [*CONTAINERS, *HABITS, NOTHING])
def test_each_line_has_a_role_and_its_spans_are_within_it(container):
    for poured in of(container):
        text = poured.text.removesuffix("\n").split("\n")
        assert [one["line"] for one in poured.lines] == list(range(1, len(text) + 1))
        for line, label in zip(text, poured.lines, strict=True):
            assert label["role"] in ROLES
            assert (label["role"] == BLANK) == (not line.strip("> "))
            for start, end, name, paper in label["spans"]:
                assert 0 <= start <= end <= len(line)
                assert name in {*FIELDS, "arxiv", "doi"}
                assert 0 <= paper < len(poured.papers)


def test_papers_are_on_lines_that_say_so():
    for poured in POURED:
        roles = {one["line"]: one["role"] for one in poured.lines}
        assert {roles[paper["line"]] for paper in poured.papers} <= {PAPER}


def test_a_topic_is_the_heading_above():
    poured = pour(Shape("bullets", "T", "en"), random.Random(2))
    topics = [paper["topic"] for paper in poured.papers]
    assert list(dict.fromkeys(topics)) == re.findall(r"^## (.+)$", poured.text, re.MULTILINE)


def test_a_tick_is_told_as_it_is_shown():
    poured = pour(Shape("bullets", "T", "en", ticks="box"), random.Random(5))
    text = poured.text.split("\n")
    assert poured.papers
    for paper in poured.papers:
        assert ("[x]" in text[paper["line"] - 1]) == paper["checked"]


def test_a_text_without_papers_says_nothing_of_any():
    poured = pour(Shape(NOTHING, shapes.NO_ORDER, "en", noise=("news", "tools")), random.Random(1))
    assert poured.papers == []
    assert not any(line["spans"] for line in poured.lines)


def test_everything_in_the_tables_is_drawn():
    found = [shapes.shape(random.Random(number)) for number in range(3000)]
    assert {one.container for one in found} == {*CONTAINERS, NOTHING}
    assert {one.order for one in found} == {*styles.ORDERS, shapes.NO_ORDER}
    assert {one.language for one in found} == set(titles.LANGUAGES)
    assert {one.headings for one in found} == set(shapes.HEADINGS)
    assert {kind for one in found for kind in one.noise} == set(noise.NOISES)


def test_every_habit_is_drawn_and_leaves_the_other_lists_as_they_were():
    assert {one.shape.container for one in OF_HABITS} == set(HABITS)
    assert list(habits(seed=1, count=3)) == OF_HABITS[:3]
    assert not HABITS.keys() & CONTAINERS.keys()


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_container_takes_every_link_mark_and_joint(container, monkeypatch):
    drawn = styles.chosen
    for table_, names in (
        ("LINKS", styles.LINKS),
        ("TITLE_MARKS", styles.TITLE_MARKS),
        ("JOINTS", styles.JOINTS),
    ):
        of_table = getattr(styles, table_)
        for name in names:

            def chosen(chance, among, weights, name=name, of_table=of_table):
                return name if among is of_table else drawn(chance, among, weights)

            monkeypatch.setattr(styles, "chosen", chosen)
            shape = Shape(container, shapes.orders_of(container)[-1], "en")
            assert all(paper["title"] for paper in pour(shape, random.Random(11)).papers)


@pytest.mark.parametrize("language", titles.LANGUAGES)
def test_every_language_has_titles_people_and_venues(language):
    made = records.records(random.Random(1), 60, language)
    assert len({one.title for one in made}) == 60
    assert all(one.authors and one.venue.name for one in made)


@pytest.mark.parametrize("way", people.WAYS)
def test_every_way_of_writing_people_names_the_first(way):
    them = (people.Person("Ada", "Marsh", "english"), people.Person("Bo", "Lindqvist", "nordic"))
    said = people.written(them, way, "en", random.Random(1))
    assert "marsh" in said.casefold()


@pytest.mark.parametrize(
    "spelling", sorted({one for of in venues.SPELLINGS.values() for one in of})
)
def test_every_spelling_of_a_venue_names_it_and_its_year(spelling):
    pieces = lines._LETTERS.split(spelling)
    assert pieces.count("V") == 1
    assert pieces.count("Y") + pieces.count("y") == 1


def test_one_combination_in_five_is_held_out():
    shares = Counter(
        shapes.is_held_out(container, order, language)
        for container in CONTAINERS
        for order in shapes.orders_of(container)
        for language in titles.LANGUAGES
    )
    assert 0.18 < shares[True] / sum(shares.values()) < 0.22


def test_lists_of_held_out_combinations_are_apart():
    for held_out in (True, False):
        found = {one.shape.is_held_out for one in lists(seed=5, count=40, held_out=held_out)}
        assert found == {held_out}


def test_a_reader_that_knows_the_truth_is_right_and_one_that_knows_nothing_is_not():
    for poured in POURED[:40]:
        right = judged(poured.papers, poured.papers)
        assert (right.found, right.exact, right.false) == (len(poured.papers),) * 2 + (0,)
        assert all(found == stated for found, stated in right.details.values())
        nothing = judged(poured.papers, [{"title": "Nothing of the kind"}])
        assert (nothing.found, nothing.false) == (0, 1)


def test_the_scores_are_by_container_order_and_language():
    run = scores(POURED[:6], _reads_nothing, processes=1)
    printed = list(table([run]))
    assert {cell[0] for cell in run} == {one.shape.container for one in POURED[:6]}
    assert all(any(line.startswith(cell[0]) for line in printed) for cell in run)


def _reads_nothing(text):
    return []


def test_a_folder_has_each_list_with_its_truth(tmp_path):
    writing.write(tmp_path, POURED[:3], seed=1)
    manifest = (tmp_path / "MANIFEST.tsv").read_text().splitlines()
    assert len(manifest) == 4
    for number, poured in enumerate(POURED[:3]):
        name = f"1-{number:05}.md"
        assert manifest[number + 1].startswith(f"md/{name}\t{len(poured.papers)}\t")
        assert (tmp_path / "md" / name).read_text() == poured.text
        assert json.loads((tmp_path / "truth" / f"{name}.json").read_text()) == poured.papers


def test_production_knows_nothing_of_the_grammar():
    for folder in ("config", "papers", "groups"):
        for path in (HOUSE / folder).rglob("*.py"):
            assert "bench" not in re.findall(
                r"^(?:from|import) (\w+)", path.read_text(), re.MULTILINE
            )
