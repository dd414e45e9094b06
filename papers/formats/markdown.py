"""Reading lists in Markdown.

Headings are topics, list items are papers. Every line that no title, topic or paper lays claim to
is reported as not understood, so nothing is dropped in silence.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from papers.formats import item
from papers.formats.inline import Env, escaped, plain
from papers.formats.item import Kind
from papers.formats.reading_list import Entry, Line, Path, ReadingList, Topic, outline
from papers.formats.repair import one_line
from papers.formats.text import refuse_large, refuse_many

_DEEPEST_HEADING = 6
_LISTS = {"bullet_list", "ordered_list"}
# What may be a paper in a list, by what the list hangs from.
_ACCEPTED = {"topic": set(Kind), "label": {Kind.BOX, Kind.LINK}, "paper": {Kind.BOX}}
# Blocks only: what turns out to be an item or a heading is parsed further, the rest need not be.
_PARSER = MarkdownIt("commonmark").use(front_matter_plugin).disable("inline")


@dataclass(slots=True)
class _Section:
    """A heading with what stands below it. Level 0 is what stands above the first heading."""

    level: int = 0
    name: str = ""
    lines: tuple[int, ...] = ()
    path: Path = ()
    entries: list[Entry] = field(default_factory=list)


def read(text: str) -> ReadingList:
    """The list that the Markdown holds. Raises TooLarge for more than one may be, nothing else."""
    refuse_large(len(text.encode(errors="surrogatepass")))
    text = _tidy(text)
    sections = _sections(text)
    refuse_many(sum(len(section.entries) for section in sections), "papers")
    refuse_many(len(sections), "topics")
    title = _title(sections)
    _place(sections, title)
    return _reading_list(text, title, sections)


def write(reading_list: ReadingList) -> str:
    """The list as Markdown, such that reading it gives the list again.

    Markdown knows six levels of heading: topics below the last are written on the last. Papers
    without a topic, in a list with a title and no topics at all, come back under the title.
    """
    entries: dict[Path, list[Entry]] = {(): []}
    for entry in reading_list.entries:
        entries.setdefault(entry.topic, []).append(entry)
    paths = outline([*(topic.path for topic in reading_list.topics), *entries])
    above = _levels_above(reading_list, paths)
    title = [_heading(1, reading_list.title)] if reading_list.title else []
    blocks = [*title, "\n".join(_items(entries[()]))]
    blocks += [
        "\n".join([_heading(len(path) + above, path[-1]), *_items(entries.get(path, []))])
        for path in paths
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _tidy(text: str) -> str:
    """The text as the parser will see it, so that both count the same lines."""
    text = text.removeprefix("\ufeff").replace("\0", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sections(text: str) -> list[_Section]:
    env: Env = {}
    sections = [_Section()]
    for block in SyntaxTreeNode(_PARSER.parse(text, env)).children:
        name = plain(block.children[0].content, env) if block.type == "heading" else ""
        if name:
            sections.append(_Section(level=int(block.tag[1]), name=name, lines=_lines_of(block)))
        else:
            sections[-1].entries.extend(_entries(block, env))
    return sections


def _entries(block: SyntaxTreeNode, env: Env) -> Iterator[Entry]:
    """The papers of a block. Each kind of block that carries papers has its own function."""
    if block.type in _LISTS:
        yield from _entries_of_list(block, env, below="topic")


def _entries_of_list(block: SyntaxTreeNode, env: Env, below: str) -> Iterator[Entry]:
    """Every item with a box is a paper. An item without one is a paper by its place.

    Directly below a topic it takes a link or bare words, unless a list hangs from the words: then
    they are the label of that list. Below a label it takes a link. Below a paper it is a remark.
    """
    for node in block.children:
        lists = [child for child in node.children if child.type in _LISTS]
        accepted = _ACCEPTED[below] - ({Kind.WORDS} if lists else set())
        entry = _entry_of_item(node, env, accepted)
        if entry:
            yield entry
        for child in lists:
            yield from _entries_of_list(child, env, below="paper" if entry else "label")


def _entry_of_item(node: SyntaxTreeNode, env: Env, accepted: Set[Kind]) -> Entry | None:
    if not node.children or node.children[0].type != "paragraph":
        return None
    paragraph = node.children[0]
    found = item.read(paragraph.children[0].content, env)
    if not found or found[0] not in accepted:
        return None
    return replace(found[1], lines=_lines_of(paragraph))


def _title(sections: list[_Section]) -> str:
    """The name of the one `#` that leads the list, unless its papers have no other topic."""
    above, *headings = sections
    names = {section.name for section in headings if section.level == 1}
    if not headings or headings[0].level != 1 or len(names) > 1 or above.entries:
        return ""
    has_topics = any(section.level > 1 for section in headings)
    has_papers = any(section.entries for section in headings)
    return headings[0].name if has_topics or not has_papers else ""


def _place(sections: list[_Section], title: str) -> None:
    """Give each section its path. A section above the first heading or below the title has none."""
    ancestors: list[_Section] = []
    for section in sections:
        if section.level <= (1 if title else 0):
            ancestors = []
            continue
        ancestors = [*(one for one in ancestors if one.level < section.level), section]
        section.path = tuple(one.name for one in ancestors)


def _reading_list(text: str, title: str, sections: list[_Section]) -> ReadingList:
    lines: dict[Path, list[int]] = {}
    entries: dict[Path, list[Entry]] = {(): []}
    for section in sections:
        lines.setdefault(section.path, []).extend(section.lines)
        entries.setdefault(section.path, []).extend(section.entries)
    paths = outline(entries)
    placed = tuple(replace(entry, topic=path) for path in ((), *paths) for entry in entries[path])
    claimed = {number for section in sections for number in section.lines}
    claimed.update(number for entry in placed for number in entry.lines)
    return ReadingList(
        title=title,
        title_lines=tuple(lines[()]),
        topics=tuple(Topic(path, tuple(lines[path])) for path in paths),
        entries=placed,
        not_understood=tuple(
            Line(number, line)
            for number, line in enumerate(text.split("\n"), start=1)
            if line.strip() and number not in claimed
        ),
    )


def _lines_of(block: SyntaxTreeNode) -> tuple[int, ...]:
    first, after = block.map or (0, 0)
    return tuple(range(first + 1, after + 1))


def _levels_above(reading_list: ReadingList, paths: Iterable[Path]) -> int:
    """How many levels stay above the topics: the first is the title's, even if there is none."""
    needed = max(map(len, paths), default=0)
    return 0 if needed == _DEEPEST_HEADING and not reading_list.title else 1


def _heading(level: int, name: str) -> str:
    name = escaped(one_line(name))
    if name.endswith("#"):  # a heading may close with its own marks
        name = rf"{name[:-1]}\#"
    return f"{'#' * min(level, _DEEPEST_HEADING)} {name}"


def _items(entries: Iterable[Entry]) -> list[str]:
    return [f"- {item.write(entry)}" for entry in entries]
