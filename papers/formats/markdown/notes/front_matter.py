"""The part of YAML that people write into front matter: names and texts, lists, and lists of such.

What is not of this part is text, so nothing is refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_PAIR = re.compile(r"(?P<name>\"[^\"]+\"|'[^']+'|[^\s:#\[\]{},&*!|>'\"%@-][^:#]*?)\s*:(?:\s+|$)")
_ITEM = re.compile(r"-(?:\s+|$)")
_BLOCK = re.compile(r"[|>][+-]?\d?\s*$")
_COMMENT = re.compile(r"(?<!\s)\s+#\s.*$")
_LONGEST, _DEEPEST = 3_000, 12
_PARTS = re.compile(r"\s*(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s*(?=,|$)|[^,]+")


@dataclass(slots=True)
class Node:
    """A text, a list or names with what they stand for; and its lines, counted from one."""

    line: int
    text: str = ""
    items: list["Node"] = field(default_factory=list)
    pairs: dict[str, "Node"] = field(default_factory=dict)
    last: int = 0

    @property
    def is_text(self) -> bool:
        return not self.items and not self.pairs

    @property
    def lines(self) -> range:
        return range(self.line, max(self.line, self.last) + 1)


@dataclass(frozen=True, slots=True)
class _Row:
    indent: int
    text: str
    line: int


def end_of(lines: Sequence[str]) -> int:
    """Return how many lines the front matter has with those around it; 0 where the text has
    none."""
    if not lines or lines[0].removeprefix("\ufeff").rstrip() != "---":
        return 0
    within = range(1, min(len(lines), _LONGEST))
    return next((n + 1 for n in within if lines[n].rstrip() in {"---", "..."}), 0)


def parse_front_matter(lines: Sequence[str], first: int = 1) -> Node:
    """Return what the lines say; the first of them has that number."""
    rows = [
        _Row(len(line) - len(line.lstrip()), line.strip(), number)
        for number, line in enumerate(lines, start=first)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    root = Node(first)
    _Parser(rows).pairs(root, 0, 0)
    return root


class _Parser:
    def __init__(self, rows: list[_Row]) -> None:
        self.rows, self.at = rows, 0

    @property
    def row(self) -> _Row | None:
        return self.rows[self.at] if self.at < len(self.rows) else None

    def pairs(self, node: Node, indent: int, depth: int) -> None:
        """Read the names at that indent into the node."""
        while (row := self.row) and row.indent >= indent:
            found = _PAIR.match(row.text)
            if row.indent > indent or not found:
                if indent and (_ITEM.match(row.text) and row.indent == indent):
                    return
                self.at += 1
                continue
            self.at += 1
            child = self.value(row.text[found.end() :], row, indent, depth)
            node.pairs.setdefault(found["name"].strip("\"'"), child)
            node.last = max(node.last, child.last)

    def value(self, text: str, row: _Row, indent: int, depth: int) -> Node:
        """Return the value of a name, on its line or in the lines below."""
        if _BLOCK.fullmatch(text):
            return self.block(row, indent)
        if text and not _COMMENT.match(f" {text}"):
            return self.with_rest(_scalar(text, row.line), indent)
        node = Node(row.line, last=row.line)
        below = self.row
        if below is None or depth >= _DEEPEST:
            return node
        if _ITEM.match(below.text) and below.indent >= indent:
            self.items(node, below.indent, depth + 1)
        elif below.indent > indent and _PAIR.match(below.text):
            self.pairs(node, below.indent, depth + 1)
        return self.with_rest(node, indent) if node.is_text else node

    def items(self, node: Node, indent: int, depth: int) -> None:
        while (row := self.row) and row.indent == indent and (mark := _ITEM.match(row.text)):
            text, inner = row.text[mark.end() :], row.indent + mark.end()
            if _PAIR.match(text) and depth < _DEEPEST:
                self.rows[self.at] = _Row(inner, text, row.line)
                child = Node(row.line, last=row.line)
                self.pairs(child, inner, depth + 1)
            else:
                self.at += 1
                child = self.with_rest(_scalar(text, row.line), indent)
            node.items.append(child)
            node.last = max(node.last, child.last)

    def block(self, row: _Row, indent: int) -> Node:
        node = Node(row.line, last=row.line)
        while (below := self.row) and below.indent > indent:
            node.text = f"{node.text}\n{below.text}".strip()
            node.last = below.line
            self.at += 1
        return node

    def with_rest(self, node: Node, indent: int) -> Node:
        """Return the node with the lines that go on with its text."""
        while (below := self.row) and below.indent > indent and node.is_text:
            if _PAIR.match(below.text) or _ITEM.match(below.text):
                break
            node.text = f"{node.text} {_unquoted(below.text)}".strip()
            node.last = below.line
            self.at += 1
        return node


def _scalar(text: str, line: int) -> Node:
    """Return a text, or a list or names in brackets."""
    text = _COMMENT.sub("", text).strip()
    node = Node(line, last=line)
    if text[:1] == "[" and text[-1:] == "]" and not text.startswith("[["):
        node.items = [Node(line, _unquoted(part), last=line) for part in _parts(text[1:-1])]
    elif text[:1] == "{" and text[-1:] == "}":
        for part in _parts(text[1:-1]):
            name, colon, value = part.partition(":")
            if colon:
                node.pairs[_unquoted(name)] = Node(line, _unquoted(value), last=line)
    else:
        node.text = _unquoted(text)
    return node


def _parts(text: str) -> Iterator[str]:
    return (found[0].strip() for found in _PARTS.finditer(text) if found[0].strip())


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return text


def texts_of(node: Node) -> list[str]:
    """Return all texts of a node; of people with names in parts the family name first."""
    if node.is_text:
        return [node.text] if node.text else []
    if node.pairs:
        said = {name.casefold(): one.text for name, one in node.pairs.items() if one.text}
        family, given = said.get("family", ""), said.get("given", "")
        if family:
            return [f"{family}, {given}" if given else family]
        name = said.get("name") or said.get("literal") or said.get("full_name")
        return [name] if name else list(said.values())[:1]
    return [text for one in node.items for text in texts_of(one)]
