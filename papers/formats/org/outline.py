"""A text in Org-mode as its outline: headlines, each with its properties and its body."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from papers.formats.csv.ticks import status, tick
from papers.formats.markdown.notes.properties import Property

_HEADLINE = re.compile(r"(\*+)[ \t]+((?:.*[^ \t])?)[ \t]*$")
_KEYWORD = re.compile(r"([^\s\[\]<>|:]{2,20})(?=\s|$)")
_PRIORITY = re.compile(r"\[#\w{1,2}\]\s*")
_TAGS = re.compile(r"(?:^|(?<!\s)\s+):((?:[\w@#%-]+:)+)\s*$")
_COOKIE = re.compile(r"(?:(?<!\s)\s+)?\[(?:\d*/\d*|\d*%)\]")
_DRAWER = re.compile(r"\s*:([\w-]+):\s*$")
_END = re.compile(r"\s*:END:\s*$", re.IGNORECASE)
_PROPERTY = re.compile(r"\s*:([\w-]+?)(\+?):(?:\s+(.*))?$")
_PLANNED = re.compile(r"\s*(?:(?:SCHEDULED|DEADLINE|CLOSED):\s*[<\[][^<>\[\]\n]*[>\]]\s*)+$")
_WHEN = re.compile(r"(SCHEDULED|DEADLINE):\s*<(\d{4}-\d\d-\d\d)")
_SETTING = re.compile(r"\s*#\+([\w-]+):\s*(.*)$")
_OF_KEYWORDS = {"todo", "seq_todo", "typ_todo"}
# Tags that Org itself knows, or that say that it is a paper.
_OF_ORG = {
    "attach",
    "noexport",
    "export",
    "ignore",
    "archive",
    "crypt",
    "toc",
    "flashcard",
    "drill",
}
_OF_PAPERS = {"paper", "papers", "article", "articles", "reading", "literature", "ref", "reference"}
# fmt: off
# Words that people put before headlines without saying so in the file.
_LEFT = frozenset({
    "TODO", "NEXT", "WAITING", "WAIT", "STARTED", "DOING", "READING", "INPROGRESS", "IN-PROGRESS",
    "INPROG", "PROG", "LATER", "NOW", "SOMEDAY", "MAYBE", "HOLD", "TOREAD", "TO-READ", "TO_READ",
    "PENDING", "IDEA", "PROJ", "REVIEW", "SKIM",
})
_DONE = frozenset({
    "DONE", "READ", "CANCELLED", "CANCELED", "SKIPPED", "SKIMMED", "FINISHED", "ABANDONED",
    "DROPPED", "KILL", "NOTED", "REVIEWED",
})
# fmt: on
_GIVEN_UP = {"CANCELLED", "CANCELED", "ABANDONED", "DROPPED", "KILL", "SKIPPED"}
_BEGUN = {"STARTED", "DOING", "READING", "INPROGRESS", "IN-PROGRESS", "INPROG", "PROG", "SKIMMING"}
_DEEPEST = 40


@dataclass(slots=True)
class Headline:
    """A headline; the root of the outline has level 0 and is above the first one."""

    level: int = 0
    line: int = 0
    title: str = ""
    # The word before it, and what that says of reading.
    keyword: str = ""
    is_done: bool = False
    status: str = ""
    tags: tuple[str, ...] = ()
    is_counted: bool = False
    is_commented: bool = False
    properties: list[Property] = field(default_factory=list)
    # When it is planned for.
    date: str = ""
    # The lines of its drawers and plans.
    noted: list[int] = field(default_factory=list)
    body: list[tuple[int, str]] = field(default_factory=list)
    children: list["Headline"] = field(default_factory=list)

    @property
    def checked(self) -> bool | None:
        if not self.keyword or self.status:
            return None
        return self.is_done

    def all(self) -> Iterator["Headline"]:
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(one.children)


@dataclass(frozen=True, slots=True)
class Keywords:
    """The keywords that may begin a headline: those of what is left to do, and the others."""

    left: frozenset[str]
    done: frozenset[str]
    are_told: bool

    def says(self, word: str) -> tuple[bool, str] | None:
        """Return whether it is done, and a status beyond that; None for another word."""
        if word not in self.left | self.done:
            return None
        plain = word.replace("_", " ").replace("-", " ")
        if word.upper() in _GIVEN_UP:
            return True, "skipped"
        if word.upper() in _BEGUN:
            return False, "reading"
        if said := status(plain):
            return word in self.done, said
        is_read = tick(plain)
        is_done = word in self.done if self.are_told or is_read is None else is_read
        return is_done, ""


@dataclass(slots=True)
class Outline:
    root: Headline
    title: str = ""
    title_line: int = 0
    # Lines of settings, which say nothing of a paper.
    silent: set[int] = field(default_factory=set)


def parse_outline(lines: Sequence[str]) -> Outline:
    keywords = keywords_of(lines)
    found = Outline(Headline())
    above = [found.root]
    ends = _ends_of_drawers(lines)
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if headline := _HEADLINE.match(line):
            _place(_headline(headline, number, keywords), above)
        elif number in ends:
            _note_drawer(above[-1], lines, number, ends[number])
            number = ends[number]
        elif _PLANNED.match(line):
            _note_plan(above[-1], line, number)
        elif setting := _SETTING.match(line):
            _note_setting(found, setting, number)
        else:
            above[-1].body.append((number, line))
    return found


def _place(one: Headline, above: list[Headline]) -> None:
    while above[-1].level >= one.level:
        above.pop()
    above[-1].children.append(one)
    above.append(one)


def _note_drawer(current: Headline, lines: Sequence[str], first: int, last: int) -> None:
    if not _is_of_properties(lines[first - 1]):
        current.noted += range(first, last + 1)
    elif _says_something(current):
        # Of nothing that Org knows: it is shown as what was not understood.
        current.body += [(number, "") for number in range(first, last + 1)]
    else:
        current.noted += range(first, last + 1)
        current.properties += _properties(lines, first, last)


def _note_plan(current: Headline, line: str, number: int) -> None:
    current.noted.append(number)
    when = _WHEN.search(line)
    current.date = current.date or (when[2] if when else "")


def keywords_of(lines: Iterable[str]) -> Keywords:
    """Return the keywords that the text declares for its headlines, or those that people use."""
    left: set[str] = set()
    done: set[str] = set()
    for line in lines:
        found = _SETTING.match(line) if "#+" in line else None
        if found and found[1].lower() in _OF_KEYWORDS:
            before, bar, behind = found[2].partition("|")
            words = [word.partition("(")[0] for word in before.split()]
            ended = [word.partition("(")[0] for word in behind.split()]
            if not bar and words:
                ended = [words.pop()]
            left.update(words)
            done.update(ended)
    if left or done:
        return Keywords(frozenset(left), frozenset(done), are_told=True)
    return Keywords(_LEFT, _DONE, are_told=False)


def _headline(found: re.Match[str], number: int, keywords: Keywords) -> Headline:
    one = Headline(min(len(found[1]), _DEEPEST), number)
    text = found[2]
    word = _KEYWORD.match(text)
    if word and (said := keywords.says(word[1])) is not None:
        one.keyword, (one.is_done, one.status) = word[1], said
        text = text[word.end() :].lstrip()
    text = _PRIORITY.sub("", text, count=1) if text.startswith("[#") else text
    if text.startswith("COMMENT ") or text == "COMMENT":
        one.is_commented, text = True, text.removeprefix("COMMENT").lstrip()
    if tags := _TAGS.search(text):
        names = [tag for tag in tags[1].split(":") if tag]
        one.tags = tuple(tag for tag in names if tag.lower() not in _OF_ORG | _OF_PAPERS)
        text = text[: tags.start()]
    bare = _COOKIE.sub("", text)
    one.is_counted, one.title = bare != text, bare.strip()
    return one


def _ends_of_drawers(lines: Sequence[str]) -> dict[int, int]:
    """Return the line that ends each drawer, by its first. One that a headline cuts off is text."""
    ends: dict[int, int] = {}
    begun = 0
    for number, line in enumerate(lines, start=1):
        if _HEADLINE.match(line):
            begun = 0
        elif _END.match(line):
            if begun:
                ends[begun] = number
            begun = 0
        elif _DRAWER.match(line) and not begun:
            begun = number
    return ends


def _says_something(one: Headline) -> bool:
    """Return whether there is text below the headline already; what follows is then not part of
    it.
    """
    return any(line.strip() for _, line in one.body)


def _is_of_properties(line: str) -> bool:
    return line.strip().upper() == ":PROPERTIES:"


def _properties(lines: Sequence[str], first: int, last: int) -> Iterator[Property]:
    said: dict[str, Property] = {}
    for number in range(first + 1, last):
        found = _PROPERTY.match(lines[number - 1])
        if not found:
            continue
        name, value = found[1].lower(), (found[3] or "").strip()
        before = said.get(name) if found[2] else None
        said[name] = Property(found[1], f"{before.value} {value}" if before else value, number)
    yield from said.values()


def _note_setting(found: Outline, setting: re.Match[str], number: int) -> None:
    found.silent.add(number)
    if setting[1].lower() == "title" and not found.title and setting[2].strip():
        found.title, found.title_line = setting[2].strip(), number
