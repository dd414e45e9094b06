"""`manage.py read_list FILE`. Nothing here may use a database: no test is marked for one."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

SEED = Path(__file__).parents[3] / "papers" / "demo" / "reading-list.md"


def read_list(file: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("read_list", str(file), stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def test_prints_each_place_of_a_paper() -> None:
    answer = read_list(SEED)
    assert answer["title"] == "Papers"
    assert [len(answer[key]) for key in ("topics", "entries", "duplicates")] == [7, 80, 2]
    assert answer["not_understood"] == []
    assert answer["topics"][0] == {"name": "Pruning", "path": ["Pruning"], "line": 3}
    assert answer["format"] == "markdown"
    assert answer["entries"][1].pop("confidence") > 0.9
    assert {name: said for name, said in answer["entries"][1].items() if said is not None} == {
        "title": "Learning Both Weights and Connections for Efficient Neural Network",
        "original": "Learning Both Weights and Connections for E ffi cient Neural Network",
        "topic": "Pruning",
        "paths": [["Pruning"]],
        "authors": "Han et al.",
        "venue": "NeurIPS",
        "year": 2015,
        "checked": False,
        "line": 5,
    }


def test_prints_where_a_paper_is_twice() -> None:
    places = read_list(SEED)["duplicates"][0]["places"]
    assert places == [{"line": 4, "topic": "Pruning"}, {"line": 25, "topic": "Quantization"}]


def test_prints_what_was_not_understood(tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    file.write_text("# Ours\n- [x] One\n\nProse.\n\n## A\n", encoding="utf-8")
    answer = read_list(file)
    assert answer["not_understood"] == [{"line": 4, "text": "Prose.", "reason": None}]
    assert answer["entries"][0]["topic"] == "Ours"


def test_reads_a_table_and_says_why_a_row_is_none(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("Title;Year;Volume\nOn Lists;2020;7\nOn Gaps;2021\n", encoding="utf-16")
    answer = read_list(file)
    assert answer["format"] == "csv"
    (entry,) = answer["entries"]
    assert (entry["title"], entry["year"], entry["volume"]) == ("On Lists", 2020, "7")
    (left,) = answer["not_understood"]
    assert left == {"line": 3, "text": "On Gaps;2021", "reason": "Row 3: 2 columns, expected 3."}


def test_says_that_the_encoding_was_guessed(tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    file.write_bytes("- [ ] Poincaré".encode("windows-1252"))
    errors = StringIO()
    call_command("read_list", str(file), stdout=StringIO(), stderr=errors)
    assert "check the accents" in errors.getvalue()


def test_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    picture, large = tmp_path / "picture.png", tmp_path / "large.md"
    picture.write_bytes(b"\x89PNG\0")
    large.write_bytes(b"x" * 5_000_000)
    with pytest.raises(CommandError, match="This is a picture"):
        read_list(picture)
    with pytest.raises(CommandError, match="at most 4 MB"):
        read_list(large)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        read_list(tmp_path / "missing.md")


def test_a_title_that_the_list_does_not_give_is_not_made_up(tmp_path: Path) -> None:
    file = tmp_path / "list.ris"
    file.write_text("TY  - JOUR\nDO  - 10.1000/182\nER  - \n")
    (entry,) = read_list(file)["entries"]
    assert (entry["title"], entry["doi"]) == (None, "10.1000/182")
