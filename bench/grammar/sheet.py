"""Text and truth from one pouring: what is written down is noted as what it is in the same step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# What a line is to the list. Of a paper: the line that its title begins on, what goes on with its
# details, and what is said about it. Of none: a heading, the list's title, noise, a blank.
PAPER, MORE, NOTE = "paper", "more", "note"
TOPIC, TITLE, NOISE, BLANK = "topic", "title", "noise", "blank"
ROLES = (PAPER, MORE, NOTE, TOPIC, TITLE, NOISE, BLANK)
# What a span of text says of its paper.
FIELDS = (
    "title",
    "authors",
    "venue",
    "year",
    "url",
    "date",
    "presenters",
    "proposer",
    "topic",
    "checked",
)


class Span(NamedTuple):
    """A piece of text; the detail of the paper that it states, and the value where that is not the
    text itself. An address also states the identifiers in it, as pairs."""

    text: str
    field: str = ""
    value: Any = None
    states: tuple[tuple[str, Any], ...] = ()
    paper: int = -1

    @property
    def meaning(self) -> Any:
        return self.text if self.value is None else self.value


Run = tuple[Span, ...]


def plain(text: str) -> Run:
    return (Span(text),) if text else ()


def joined(runs: Iterable[Run], joint: str) -> Run:
    """The runs that are not empty, parted by the joint."""
    found: Run = ()
    for run in filter(None, runs):
        found += (plain(joint) if found else ()) + run
    return found


def wrapped(run: Run, before: str, after: str) -> Run:
    return plain(before) + run + plain(after) if run else ()


def text_of(run: Sequence[Span]) -> str:
    return "".join(span.text for span in run)


def broken(run: Run, indent: str, width: int) -> list[Run]:
    """The run in lines of about that width, broken at blanks."""
    lines: list[Run] = [()]
    length = 0
    for span in run:
        words = span.text.split(" ")
        for number, word in enumerate(words):
            gap = " " if number else ""
            if number and length + len(word) > width:
                lines.append(plain(indent))
                length, gap = len(indent), ""
            piece = span._replace(text=gap + word, states=span.states if not number else ())
            lines[-1] += (piece,) if piece.text else ()
            length += len(piece.text)
    return lines


@dataclass(slots=True)
class Line:
    run: Run
    role: str
    topic: str | None = None


@dataclass(slots=True)
class Sheet:
    """The lines of a list in their order. Papers are counted from zero as they are begun."""

    lines: list[Line] = field(default_factory=list)
    topic: str | None = None
    level: int = 0  # of the heading above; 0 where it is none of Markdown's
    papers: int = 0
    _facts: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, run: Run | str, role: str = NOISE) -> None:
        """Add a line, or several where the text has breaks: the paper's is the one with its title."""
        run = plain(run) if isinstance(run, str) else run
        parts = _lines(run)
        for part in parts:
            is_first = len(parts) == 1 or any(span.field == "title" for span in part)
            kind = MORE if role == PAPER and not is_first else role
            self.lines.append(Line(part, kind if text_of(part).strip() else BLANK, self.topic))

    def blank(self) -> None:
        if self.lines and self.lines[-1].role != BLANK:
            self.add("", BLANK)

    def head(self, run: Run | str, topic: str | None, role: str = TOPIC) -> None:
        """Add a heading: what comes below it is under that topic."""
        self.topic = topic
        self.add(run, role)
        text = text_of(self.lines[-1].run)
        self.level = len(text) - len(text.lstrip("#"))

    def begin(self, **facts: Any) -> int:
        """A new paper, with what is said of it by its place and not by a span of text."""
        self._facts[self.papers] = {name: said for name, said in facts.items() if said is not None}
        self.papers += 1
        return self.papers - 1

    @property
    def text(self) -> str:
        return "\n".join(text_of(line.run) for line in self.lines) + "\n"

    def truth(self) -> list[dict[str, Any]]:
        """What the list states of each paper, told from the spans of its lines."""
        found: list[dict[str, Any]] = [{} for _ in range(self.papers)]
        for number, line in enumerate(self.lines, start=1):
            for span in line.run:
                if span.paper >= 0:
                    _note(found[span.paper], span, number, line.topic)
        for paper, facts in self._facts.items():
            found[paper].update(
                {name: said for name, said in facts.items() if name not in found[paper]}
            )
        return [_as_truth(said) for said in found]

    def roles(self) -> list[dict[str, Any]]:
        """Per line its role, and where in it which detail of which paper is."""
        return [
            {"line": number, "role": line.role, "spans": _places(line.run)}
            for number, line in enumerate(self.lines, start=1)
        ]


def of_paper(run: Run, paper: int) -> Run:
    """The run as something that is said of that paper."""
    return tuple(
        span._replace(paper=paper) if span.field and span.paper < 0 else span for span in run
    )


def _lines(run: Run) -> list[Run]:
    lines: list[Run] = [()]
    for span in run:
        first, *others = span.text.split("\n")
        lines[-1] += (span._replace(text=first),) if first else ()
        lines += [(span._replace(text=text, states=()),) if text else () for text in others]
    return lines


def _note(said: dict[str, Any], span: Span, number: int, topic: str | None) -> None:
    said.setdefault("topic", topic)
    lines = said.setdefault("lines", [])
    if number not in lines:
        lines.append(number)
    if span.field == "title":
        said.setdefault("line", number)
    if span.field == "topic":
        said["topic"] = span.meaning
    elif span.value is not None:
        said.setdefault(span.field, span.value)
    else:
        said[span.field] = _continued(said.get(span.field, ""), span.text)
    for name, value in span.states:
        said.setdefault(name, value)


def _continued(before: str, text: str) -> str:
    """The text behind what was there: in a new line a blank parts them."""
    gap = "" if not before or text[:1] == " " or before[-1] == " " else " "
    return (before + gap + text).strip() if gap else before + text


def _as_truth(said: dict[str, Any]) -> dict[str, Any]:
    people = said.pop("surnames", None)
    if people and "authors" in said:
        said["author_surnames"] = [name for name in people if name in said["authors"]]
    return {name: value for name, value in said.items() if value is not None}


def _places(run: Run) -> list[list[Any]]:
    found, at = [], 0
    for span in run:
        if span.field:
            found.append([at, at + len(span.text), span.field, span.paper])
        at += len(span.text)
    return found
