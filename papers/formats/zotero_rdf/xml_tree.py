"""XML as a plain tree, for files that anyone may send.

A document type could define entities, which grow without end, so a file that has one is refused
before it is read any further.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from itertools import zip_longest
from xml.parsers import expat

from papers.formats.core.text import Refused, TooLarge

# A tag that begins a sibling, as it is known by its name.
_SIBLING = re.compile(r"<[A-Za-z][\w.-]*:[\w.-]+\s[^<>]*\brdf:about\s*=")
_ABOVE_ROOT = r"\s*(?:<\?xml\b[^<>]*\?>)?\s*(?:<!--[^<>]*-->\s*)?"
# What is no XML but often written into it: a bare `&`, entities of HTML, control characters.
_NO_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:(\w{2,32});)?"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:(\d{1,7})|x([0-9A-Fa-f]{1,6}));")
_DEEPEST = 100
_MOST_ELEMENTS = 200_000
_PIECE = 2**16
_LONGEST_LINE = 200
# A file with more of them is none that someone mends.
_MOST_BROKEN = 1_000


class Damaged(Refused):
    """The text is not XML."""


@dataclass(frozen=True, slots=True)
class BrokenElement:
    """A sibling that cannot be read, by the line that it begins on."""

    number: int
    text: str


@dataclass(slots=True)
class Element:
    # With the prefix that `parse_xml` was given for its namespace.
    name: str
    line: int
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts).strip()

    def all(self, name: str) -> Iterator["Element"]:
        return (child for child in self.children if child.name == name)

    def first(self, *path: str) -> "Element | None":
        """Return the first descendant along the path, if there is one."""
        found: Element | None = self
        for name in path:
            found = next(found.all(name), None) if found else None
        return found

    def text_of(self, *path: str) -> str:
        found = self.first(*path)
        return found.text if found else ""


def parse_xml(text: str, prefixes: dict[str, str]) -> Element:
    """Return the root. `prefixes` maps the names of namespaces to prefixes; others have none.

    Raise Refused for what is no XML, has a document type or is nested too deeply.
    """
    tree = _Tree(prefixes)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_type
    parser.StartElementHandler = lambda name, attributes: tree.start(
        name, attributes, parser.CurrentLineNumber
    )
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.say
    try:
        for start in range(0, len(text), _PIECE):
            parser.Parse(text[start : start + _PIECE])
        parser.Parse("", True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise Damaged(
            f"The XML of the file is damaged: {error}. Nothing was imported. "
            "Export it again, then try again."
        ) from None
    return tree.root


def parse_siblings(
    text: str, root: str, prefixes: dict[str, str]
) -> tuple[Element, list[BrokenElement]]:
    """Return the same, where the XML is damaged each child of the root by itself; and those that
    are.

    Raises Refused where nothing below the root can be read.
    """
    try:
        return parse_xml(_CONTROLS.sub("", text), prefixes), []
    except Damaged as damaged:
        mended = _mended(text)
        begun = re.match(
            rf"\s*(?:<\?xml\b[^<>]*\?>)?\s*(?:<!--[^<>]*-->\s*)?<{root}\b[^<>]*>", mended
        )
        if not begun:
            raise
        with suppress(Damaged):
            return parse_xml(mended, prefixes), []
        whole, broken = _one_by_one(mended, begun, root, prefixes)
        if not whole.children[0].children:
            raise damaged from None
        return whole, broken


def _one_by_one(
    text: str, begun: re.Match[str], root: str, prefixes: dict[str, str]
) -> tuple[Element, list[BrokenElement]]:
    end = f"</{root}>"
    whole = parse_xml(begun[0] + end, prefixes)
    broken: list[BrokenElement] = []
    starts = [found.start() for found in _SIBLING.finditer(text, begun.end())]
    line, counted = 1, 0
    for start, after in zip_longest(starts, starts[1:], fillvalue=len(text)):
        line += text.count("\n", counted, start)
        counted = start
        piece = text[start:after].rstrip().removesuffix(end)
        try:
            # In one line with what begins the root, its lines are counted from its own.
            found = parse_xml(" ".join(begun[0].split()) + piece + end, prefixes)
        except Damaged:
            if len(broken) == _MOST_BROKEN:
                raise
            broken.append(BrokenElement(line, piece.partition("\n")[0][:_LONGEST_LINE]))
            continue
        for child in found.children[0].children:
            child.line += line - 1
            whole.children[0].children.append(child)
    return whole, broken


def _mended(text: str) -> str:
    text = _REFERENCE.sub(_if_allowed, _CONTROLS.sub("", text))
    return _NO_REFERENCE.sub(_as_text, text)


def _if_allowed(found: re.Match[str]) -> str:
    """Return the reference to a character, unless XML has no such character."""
    number = int(found[1]) if found[1] else int(found[2], 16)
    is_control = number < 32 and number not in {9, 10, 13}
    is_none = number > 0x10FFFF or 0xD800 <= number < 0xE000 or number in {0xFFFE, 0xFFFF}
    return "" if is_control or is_none else found[0]


def _as_text(found: re.Match[str]) -> str:
    """Return the character of an entity of HTML; any other `&` is one."""
    text = unescape(found[0]) if found[1] else found[0]
    return f"&amp;{text[1:]}" if text.startswith("&") else text.replace("<", "&lt;")


def _refuse_type(*declared: object) -> None:
    raise Refused(
        "The XML of the file defines a type of its own, which is not read. Nothing was imported. "
        "Export it again as Zotero RDF, BibTeX or RIS, then try again."
    )


class _Tree:
    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self.root = Element("", 0, {})
        self.open = [self.root]
        self.count = 0

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.count += 1
        if len(self.open) > _DEEPEST or self.count > _MOST_ELEMENTS:
            raise TooLarge(
                "The XML of the file is nested too deeply, or has too many parts. "
                "Nothing was imported. Export it again in parts, then try again."
            )
        said = {self.short(key): value for key, value in attributes.items()}
        element = Element(self.short(name), line, said)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def say(self, text: str) -> None:
        self.open[-1].texts.append(text)

    def short(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        prefix = self.prefixes.get(namespace, "")
        return f"{prefix}:{local}" if prefix else local
