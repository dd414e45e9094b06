"""XML as a plain tree, for files that anybody may send.

A document type could define entities, which grow without end, so a file that has one is refused
before it is read any further.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from papers.formats.text import Refused, TooLarge

_DEEPEST = 100
_MOST_ELEMENTS = 200_000
_PIECE = 2**16


@dataclass(slots=True)
class Element:
    # With the prefix that `parse` was told for its namespace.
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
        """The first descendant along the path, if there is one."""
        found: Element | None = self
        for name in path:
            found = next(found.all(name), None) if found else None
        return found

    def text_of(self, *path: str) -> str:
        found = self.first(*path)
        return found.text if found else ""


def parse(text: str, prefixes: dict[str, str]) -> Element:
    """The root. `prefixes` are names of namespaces and what stands for them; elsewhere none does.

    Raises Refused for what is no XML, has a document type or is nested too deeply.
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
        raise Refused(
            f"The XML of the file is damaged: {error}. Nothing was written. "
            "Export it again, then try again."
        ) from None
    return tree.root


def _refuse_type(*declared: object) -> None:
    raise Refused(
        "The XML of the file defines a type of its own, which is not read. Nothing was written. "
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
                "Nothing was written. Export it again in parts, then try again."
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
