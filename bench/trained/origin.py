"""What the models of a folder were made from, kept beside them.

Their weights are of the texts that the features make of lines and pieces, so a change of these, or
of the grammar, asks for a training.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.grammar.lists import lists
from papers.formats.markdown import features
from papers.formats.markdown.features import Page
from papers.formats.markdown.tagging import MODELS

NAME = "origin.json"
_LISTS = 40


def save(folder: Path, seed: int, count: int) -> None:
    kept = {"seed": seed, "lists": count, **now(folder)}
    (folder / NAME).write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def kept(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return found


def now(folder: Path) -> dict[str, str]:
    """The sums of what the features say of some lists, and of the models."""
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in MODELS}
    return {"features": _seen(), **sums}


def _seen() -> str:
    seen = hashlib.sha256()
    for one in lists(seed=1, count=_LISTS):
        page = Page.of(one.text.split("\n"))
        seen.update(_as_json(features.of_lines(page)))
        for number in page.numbers:
            seen.update(_as_json(features.of_pieces(page, number)))
    return seen.hexdigest()


def _as_json(rows: Iterable[Iterable[bytes]]) -> bytes:
    """Return the features of each line or piece as one text."""
    return json.dumps([[each.decode() for each in row] for row in rows]).encode()
