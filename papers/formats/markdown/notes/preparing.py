"""Markdown of Obsidian, Logseq and Notion as plain Markdown, with the papers that properties tell.

`authors:: …` and `(year:: …)` below or in an item or a heading, `Authors: …` below the heading of a
page of Notion, and the front matter of a note or of a list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from papers.formats.core.commonmark import inline
from papers.formats.core.reading_list import Path
from papers.formats.markdown.notes import front_matter, properties, tasks, todo_txt, wiki
from papers.formats.markdown.notes.front_matter import Node
from papers.formats.markdown.notes.prepared import PreparedText
from papers.formats.markdown.notes.properties import PropertiesRecord, Property

_SPEAKS_SO = re.compile(
    rf"{tasks.SPEAKS_SO}|^(?:{todo_txt.BEGINS})|"
    r"\[\[|::|%%|==|\s\^[\w-]+\s*$|\A\ufeff?---|\s#[a-z]|[0-9a-f]{32}"
    r"|^[^\S\n]*[-*] (?:TODO|DONE|NOW|LATER|DOING|WAITING|CANCELL?ED) "
    r"|^#{1,6} .*\n(?:[ \t]*\n)?[^\W\d_][\w /&.-]{0,38}:[ \t]",
    re.MULTILINE,
)
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+]|\d{1,4}[.)])\s+(?P<box>\[(?P<tick>[ xX])\]\s+)?(?=\S)")
_DOUBLE = re.compile(
    r"(?P<indent>\s*)(?:>\s*)*(?:[-*+]\s+)?\*{0,2}(?P<name>[^\W\d_][\w /-]{0,38}?)"
    r"\*{0,2}::\*{0,2}(?:\s+(?P<value>\S.*)|\s*)$"
)
_SINGLE = re.compile(r"(?P<name>[^\W\d_][\w /&.-]{0,38}):(?:\s+(?P<value>\S.*)|\s*)$")
_WITHIN = re.compile(
    r"[\[(](?P<name>[^\W\d_][\w /-]{0,38}?)::\s*(?P<value>[^\[\]()\n]{1,400})[\])]"
)
_NUMBER_OF_NOTION = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_ID_OF_NOTION = re.compile(r"(?<!\s)\s+[0-9a-f]{32}$")
_NAMES_OF_TITLES = {"title", "paper", "article", "paper_title"}
_NAMES_OF_LISTS = {
    *("papers", "paper", "readings", "reading", "articles", "publications", "references"),
    *("bibliography", "readinglist", "reading_list", "reading-list", "literature", "works"),
}
_LEAST_PROPERTIES = 2


def prepared(text: str) -> PreparedText | None:
    """Return the text as plain Markdown, line by line; None where it is that already."""
    if not _SPEAKS_SO.search(text):
        return None
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if todo_txt.is_todo_txt(lines):
        return _of_todo_txt(lines)
    made = _Preparing(lines).prepared()
    is_other = made.records or made.lines != lines or _NUMBER_OF_NOTION.search(text)
    return made if is_other else None


def _of_todo_txt(lines: list[str]) -> PreparedText:
    made = PreparedText(lines)
    for number, line in enumerate(lines, start=1):
        made.add(todo_txt.as_item(line), number)
        if day := todo_txt.due_on(line):
            made.also[number] = {"date": day}
    return made


class _Preparing:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.records: dict[int, PropertiesRecord] = {}
        # Lines that are of a record, or below its heading and no topics of the list.
        self.taken: set[int] = set()
        self.demoted: set[int] = set()

    def prepared(self) -> PreparedText:
        first = self._read_front_matter()
        is_code = self._code()
        self._read_blocks(first, is_code)
        self._read_doubles(first, is_code)
        made = PreparedText(self.lines)
        gone = self.taken | self.demoted
        for number, line in enumerate(self.lines, start=1):
            if number in self.records:
                mark = "-" if _ITEM.match(line) else "+"
                made.add_record(self.records[number], number, mark)
            elif number in gone:
                made.add("", number)
            elif number <= first or number in is_code:
                made.add(line, number)
            else:
                self._add(made, line, number)
        return made

    def _add(self, made: PreparedText, line: str, number: int) -> None:
        """Add the line without what only a program of notes reads."""
        item = _ITEM.match(line)
        if item and item["box"]:
            if day := tasks.day_of(line):
                made.also[number] = {"date": day}
            line = tasks.without_task_signs(line)
        made.add(wiki.without_wiki_marks(line), number)

    def _code(self) -> set[int]:
        found, is_code = set(), False
        for number, line in enumerate(self.lines, start=1):
            if _FENCE.match(line):
                is_code = not is_code
                found.add(number)
            elif is_code:
                found.add(number)
        return found

    def _take(self, record: PropertiesRecord | None) -> bool:
        if record is None:
            return False
        self.records[record.line] = record
        self.taken.update(record.entry.lines)
        return True

    # Front matter

    def _read_front_matter(self) -> int:
        """Read the papers of the front matter; how many lines that has."""
        end = front_matter.end_of(self.lines)
        if not end:
            return 0
        root = front_matter.parse_front_matter(self.lines[1 : end - 1], first=2)
        found = list(_records_in(root)) or self._note_in(root, end)
        for record in found:
            self._take(record)
        if found:
            self.taken.update(range(1, end + 1))
        return end

    def _note_in(self, root: Node, end: int) -> list[PropertiesRecord]:
        """Return the paper that the whole note is about, if its front matter tells one."""
        said = _properties_of(root)
        if not said or not properties.tells_a_paper(said):
            return []
        title, number = ("", 0) if _is_titled(said) else self._title_below(end)
        record = properties.record_of_properties(said, title)
        if record is None:
            return []
        self._demote(end - 1, 0)
        self.taken |= {number} - {0}
        lines = tuple(sorted({*record.entry.lines, *({number} - {0})}))
        return [replace(record, entry=replace(record.entry, lines=lines))]

    def _title_below(self, end: int) -> tuple[str, int]:
        """Return the first heading below the front matter, if it comes first there."""
        for number, line in enumerate(self.lines[end:], start=end + 1):
            if line.strip():
                heading = _HEADING.match(line)
                return (_shown(line[heading.end() :]), number) if heading else ("", 0)
        return "", 0

    # Properties below headings, as Notion writes them

    def _read_blocks(self, first: int, code: set[int]) -> None:
        at = first
        while at < len(self.lines):
            heading = _HEADING.match(self.lines[at]) if at + 1 not in code else None
            if heading and (said := self._block(at + 1)):
                title = _shown(self.lines[at][heading.end() :])
                if self._take(properties.record_of_properties(said, title, at + 1)):
                    self._demote(at, len(heading[1]))
            at += 1

    def _block(self, at: int) -> list[Property]:
        """Return the lines of properties that begin there, if they tell a paper."""
        if at < len(self.lines) and not self.lines[at].strip():
            at += 1
        said: list[Property] = []
        for number in range(at, len(self.lines)):
            line = self.lines[number]
            found = _SINGLE.match(line)
            if not found:
                if line.strip():
                    return []
                break
            said.append(Property(found["name"], _bare(found["value"] or ""), number + 1))
        known = sum(properties.is_known(one.name) for one in said)
        is_one = len(said) >= _LEAST_PROPERTIES and 2 * known >= len(said)
        return said if is_one and properties.tells_a_paper(said) else []

    def _demote(self, at: int, level: int) -> None:
        """The headings below that of a paper are its parts, and no topics."""
        for number in range(at + 1, len(self.lines)):
            heading = _HEADING.match(self.lines[number])
            if heading and len(heading[1]) <= level:
                return
            if heading:
                self.demoted.add(number + 1)

    # Properties of Dataview and Logseq

    def _read_doubles(self, first: int, code: set[int]) -> None:
        anchor = 0
        said: list[Property] = []
        indent = -1
        for number, line in enumerate(self.lines[first:], start=first + 1):
            if number in code or number in self.taken:
                continue
            found = _DOUBLE.match(line)
            if found:
                said.append(Property(found["name"], _bare(found["value"] or ""), number))
                continue
            item, heading = _ITEM.match(line), _HEADING.match(line)
            within = list(_WITHIN.finditer(line)) if "::" in line else []
            is_deeper = bool(item and anchor and len(item["indent"].expandtabs(4)) > indent >= 0)
            if not (item or heading) or (is_deeper and not within):
                said += [_of(one, number) for one in within if anchor]
                continue
            self._end(anchor, said)
            anchor, said = number, [_of(one, number) for one in within]
            indent = len(item["indent"].expandtabs(4)) if item else -1
        self._end(anchor, said)

    def _end(self, anchor: int, said: Sequence[Property]) -> None:
        """Make a paper of an item or a heading, and of the properties that belong to it."""
        if not said or not properties.describe_papers(said):
            return
        if not anchor:
            if _is_titled(said) and properties.tells_a_paper(said):
                self._take(properties.record_of_properties(said, "", said[0].line))
            return
        line = wiki.without_wiki_marks(self.lines[anchor - 1])
        mark = _ITEM.match(line) or _HEADING.match(line)
        rest = wiki.without_wiki_marks(_WITHIN.sub("", line[mark.end() :] if mark else line))
        parts = inline.link_parts(rest)
        title = parts.label if parts.has_link else parts.before
        pairs = list(said)
        if parts.has_link and parts.target:
            pairs.append(Property("url", parts.target, anchor))
        if heading := _HEADING.match(line):
            self._demote(anchor - 1, len(heading[1]))
        tick = _ITEM.match(line)
        if tick and tick["tick"]:
            pairs.append(Property("status", "to read" if tick["tick"] == " " else "read", anchor))
        if parts.has_link:
            self._take(properties.record_of_properties(pairs, title, anchor))
        else:
            self._take(properties.record_of_line(pairs, rest, anchor))


def _of(found: re.Match[str], line: int) -> Property:
    return Property(found["name"], _bare(found["value"]), line)


def _shown(source: str) -> str:
    return _ID_OF_NOTION.sub("", inline.plain(wiki.without_wiki_marks(source)))


def _bare(value: str) -> str:
    return (
        inline.plain(wiki.without_wiki_marks(value))
        if "](" not in value
        else wiki.without_wiki_marks(value).strip()
    )


def _is_titled(said: Sequence[Property]) -> bool:
    return any(one.name.casefold() in _NAMES_OF_TITLES and one.value for one in said)


def _properties_of(node: Node) -> list[Property]:
    return [
        Property(name, "; ".join(front_matter.texts_of(child)), child.line, child.last)
        for name, child in node.pairs.items()
    ]


def _records_in(node: Node, name: str = "", topic: Path = ()) -> Iterator[PropertiesRecord]:
    """Yield the papers in the lists of front matter, each under the names of what its list is
    in."""
    for called, child in node.pairs.items():
        yield from _records_in(child, called, topic)
    for child in node.items:
        record = _record_of(child, name) if child.pairs else None
        if record:
            entry = record.entry
            yield replace(record, entry=replace(entry, topic=(*topic, *entry.topic)))
        else:
            yield from _records_in(child, name, (*topic, *_name_of(child)))


def _name_of(node: Node) -> Path:
    """Return what a part of a list is called."""
    said = {name.casefold(): one.text for name, one in node.pairs.items() if one.text}
    name = next((said[one] for one in ("name", "title", "topic", "section") if one in said), "")
    return (name,) if name else ()


def _record_of(node: Node, name: str) -> PropertiesRecord | None:
    """Return the paper that a part of a list is, by its properties or by what the list is
    called."""
    said = _properties_of(node)
    is_among_papers = name.casefold() in _NAMES_OF_LISTS
    is_one = is_among_papers and (len(said) == 1 or properties.describe_papers(said))
    if not _is_titled(said) or not (is_one or properties.tells_a_paper(said)):
        return None
    return properties.record_of_properties(said, "", node.line)
