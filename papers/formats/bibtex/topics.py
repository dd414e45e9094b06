"""The groups of JabRef: a paper's topics, as the field `groups` names them.

JabRef keeps the tree of its groups in a comment and names the groups alone in the entries; we write
the whole path, `Vision > Segmentation`. Both are read.
"""

import re
from collections.abc import Iterable
from html import unescape
from itertools import islice

from papers.formats.bibtex.symbols import NEW_LINE
from papers.formats.core.reading_list import Path
from papers.formats.core.text.repair import one_line

_MOST_GROUPS = 2_000
# Deeper ones are written only to see what happens.
_DEEPEST = 12
_TREE = re.compile(r"\s*jabref-meta:\s*group(?:ing|stree):\s*\n?", re.IGNORECASE)
_GROUP = re.compile(r"^(\d{1,3}) \w+:((?:[^\\;]|\\[^;]){0,300}+)", re.MULTILINE)
_GROUP_OF_BIBDESK = re.compile(
    r"<key>group name</key>\s*+<string>([^<]*+)</string>\s*+<key>keys</key>\s*+"
    r"<string>([^<]*+)</string>"
)
_MARK = re.compile(
    r"\\(?P<spelt>textbraceleft|textbraceright|textbackslash)\{\}|\\(?P<sign>[^A-Za-z\s])"
    r"|(?P<brace>[{}])|(?P<comma>,)|(?P<below>\s>\s)"
)
_SPELT = {"textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\"}
_PARTING = re.compile(r"[\\{},>]")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    ",": r"\,",
    ">": r"\>",
}


def paths_of_tree(comments: Iterable[str]) -> dict[str, Path]:
    """By name the path of each group, where only one group has the name."""
    paths: dict[str, Path] = {}
    several: set[str] = set()
    for path in _paths(comments):
        if path[-1] in paths:
            several.add(path[-1])
        paths[path[-1]] = path
    return {name: path for name, path in paths.items() if name not in several}


def members(comments: Iterable[str]) -> dict[str, list[Path]]:
    """By key the groups that list it as their own, as BibDesk keeps them."""
    found: dict[str, list[Path]] = {}
    for comment in comments:
        if not comment.startswith("BibDesk Static Groups"):
            continue
        for group in islice(_GROUP_OF_BIBDESK.finditer(comment), _MOST_GROUPS):
            name = one_line(unescape(group[1]))
            for key in unescape(group[2]).split(","):
                if name:
                    found.setdefault(key.strip(), []).append((name,))
    return found


def read_topics(latex: str, tree: dict[str, Path]) -> tuple[Path, ...]:
    """Return the topics of a paper, each once. A leading comma is a place under no topic."""
    paths = [_named(path) for path in _split(latex)]
    named = [path for number, path in enumerate(paths) if path or (not number and len(paths) > 1)]
    placed = [tree.get(path[0], path) if len(path) == 1 else path for path in named]
    return tuple(dict.fromkeys(placed))


def write_topics(paths: Iterable[Path]) -> str:
    return ", ".join(" > ".join(map(_escaped, path)) for path in paths)


def _paths(comments: Iterable[str]) -> Iterable[Path]:
    for comment in comments:
        start = _TREE.match(comment)
        if not start:
            continue
        above: list[str] = []
        for found in islice(_GROUP.finditer(comment, start.end()), _MOST_GROUPS):
            level = int(found[1])
            name = one_line(re.sub(r"\\(.)", r"\1", found[2].replace("\n", "")))
            above = [*above[: max(level - 1, 0)], name]
            if level and name:
                yield tuple(above)


def _named(names: list[str]) -> Path:
    """Return the path; what is deeper than any ought to be is one name."""
    named = [name for name in map(one_line, names) if name]
    deep = " ".join(named[_DEEPEST - 1 :])
    return tuple(named if len(named) < _DEEPEST else [*named[: _DEEPEST - 1], deep])


def _split(latex: str) -> list[list[str]]:
    paths = [[""]]
    at = 0
    for found in _MARK.finditer(latex):
        paths[-1][-1] += latex[at : found.start()]
        at = found.end()
        match found.lastgroup:
            case "comma":
                paths.append([""])
            case "below":
                paths[-1].append("")
            case "spelt":
                paths[-1][-1] += _SPELT[found["spelt"]]
            case "sign":
                paths[-1][-1] += found["sign"]
    paths[-1][-1] += latex[at:]
    return paths


def _escaped(name: str) -> str:
    return _PARTING.sub(lambda found: _ESCAPES[found[0]], one_line(name).replace(NEW_LINE, " "))
