"""The body of a headline as lines of Markdown: lists, tables, blocks and paragraphs."""

import re
from collections.abc import Iterator, Sequence

from papers.formats.org import markup

# A line of Markdown, and the number of the line that it came from, or 0.
Made = tuple[str, int]
Lines = Sequence[tuple[int, str]]

_ITEM = re.compile(
    r"(?P<indent>\s*)(?P<mark>[-+]|\d{1,4}[.)]|[a-zA-Z][.)]|(?<=\s)\*)[ \t]+(?:\[@\w+\]\s*)?"
    r"(?:\[(?P<tick>[ xX-])\][ \t]+)?(?:(?P<term>\S.*?)[ \t]+::(?=\s|$)[ \t]*)?(?P<text>.*)$"
)
_BEGIN = re.compile(r"\s*#\+begin_(\w+)[ \t]*(\S*)", re.IGNORECASE)
_END = re.compile(r"\s*#\+end_(\w+)", re.IGNORECASE)
_PROSE_BLOCKS = {"quote", "verse", "center", "abstract", "note", "tip"}
_ROW = re.compile(r"\s*\|")
_RULE = re.compile(r"\s*\|[-+|]+\s*$")
_OF_COLUMNS = re.compile(r"\s*\|(?:\s*(?:/|<\d*>|<[lrc]\d*>|<|>)?\s*\|)+\s*$")
_BREAK = re.compile(r"\s*-{5,}\s*$")
_COMMENT = re.compile(r"\s*#(?:\s|$)")
_OPENS_A_BLOCK = re.compile(r"(?=#{1,6}|>|[=-]{2,}\s*$|~~~|```)")
_COUNT = re.compile(r"(?:(?<!\s)\s+)?\[(?:\d*/\d*|\d*%)\]")
_CELL = re.compile(r"(?<!\\)\|")


def body_as_markdown(lines: Lines, indent: int = 0, *, has_boxes: bool = True) -> Iterator[Made]:
    """Yield the lines in Markdown, that far from the margin; boxes are kept where they are
    papers'.
    """
    yield from _Body(_dedented(lines), " " * indent, has_boxes).made()


def _dedented(lines: Lines) -> list[tuple[int, str]]:
    """Return the lines without what all of them are indented by, tabs as blanks."""
    flat = [(number, line.expandtabs(8)) for number, line in lines]
    said = [line for _, line in flat if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in said), default=0)
    return [(number, line[margin:]) for number, line in flat]


class _Body:
    def __init__(self, lines: list[tuple[int, str]], indent: str, has_boxes: bool) -> None:
        self.lines, self.indent, self.has_boxes = lines, indent, has_boxes
        self.at = 0
        # How far the text of the item is indented that the next lines may go on with.
        self.inner = 0

    def made(self) -> Iterator[Made]:
        while self.at < len(self.lines):
            number, line = self.lines[self.at]
            if _ROW.match(line):
                yield from self._table()
            elif begin := _BEGIN.match(line):
                yield from self._block(begin)
            else:
                self.at += 1
                yield self._line(line), number

    def _line(self, line: str) -> str:
        if not line.strip() or _COMMENT.match(line):
            return ""
        if _BREAK.match(line):
            self.inner = 0
            return "---" if not self.indent else ""
        if item := _ITEM.match(line):
            return self._item(item)
        text = line.strip()
        depth = min(len(line) - len(line.lstrip()), self.inner)
        if not depth:
            self.inner = 0
        return f"{self.indent}{' ' * depth}{_guarded(markup.markdown(text))}"

    def _item(self, item: re.Match[str]) -> str:
        mark, depth = item["mark"], len(item["indent"])
        if depth > self.inner + 3:
            depth = self.inner
        mark = "-" if mark[0].isalpha() else mark
        self.inner = depth + len(mark) + 1
        tick = item["tick"]
        box = f"[{'x' if tick in 'xX' else ' '}] " if tick and self.has_boxes else ""
        text = markup.markdown(_COUNT.sub("", item["text"]).strip())
        if item["term"]:
            text = f"**{markup.markdown(item['term'])}**: {text}".rstrip(": ")
        return f"{self.indent}{' ' * depth}{mark} {box}{text}".rstrip()

    def _table(self) -> Iterator[Made]:
        """Yield the rows, of which the first names the columns; Markdown wants a rule below it."""
        first = True
        self.inner = 0
        if self.indent == "":
            yield "", 0
        while self.at < len(self.lines) and _ROW.match(self.lines[self.at][1]):
            number, line = self.lines[self.at]
            self.at += 1
            if _RULE.match(line) or _OF_COLUMNS.match(line):
                continue
            cells = _cells(line)
            yield f"{self.indent}| {' | '.join(map(markup.markdown, cells))} |", number
            if first:
                yield f"{self.indent}|{' --- |' * max(1, len(cells))}", 0
                first = False
        yield "", 0

    def _block(self, begin: re.Match[str]) -> Iterator[Made]:
        """Code and examples as they are, what is quoted as text."""
        name = begin[1].lower()
        start = self.at
        end = next(
            (
                at
                for at in range(start + 1, len(self.lines))
                if (found := _END.match(self.lines[at][1])) and found[1].lower() == name
            ),
            len(self.lines),
        )
        within = self.lines[start + 1 : end]
        self.at = end + 1
        yield "", self.lines[start][0]
        if name in _PROSE_BLOCKS:
            for number, line in within:
                yield f"{self.indent}> {markup.markdown(line.strip())}".rstrip(), number
        else:
            yield f"{self.indent}```{begin[2] if name == 'src' else ''}", 0
            for number, line in within:
                yield f"{self.indent}{line.replace('```', '')}", number
            yield f"{self.indent}```", 0
        if end < len(self.lines):
            yield "", self.lines[end][0]


def begun_lines(lines: Lines) -> list[int]:
    """Return the lines of items whose box says that they are done in part."""
    items = ((number, _ITEM.match(line)) for number, line in lines)
    return [number for number, item in items if item and item["tick"] == "-"]


def silent_lines(lines: Lines) -> set[int]:
    """Return the lines that are nothing but rules and sizes of tables, or the ends of blocks."""
    return {
        number
        for number, line in lines
        if (_ROW.match(line) and (_RULE.match(line) or _OF_COLUMNS.match(line)))
        or _BEGIN.match(line)
        or _END.match(line)
        or _BREAK.match(line)
    }


def _cells(line: str) -> list[str]:
    """Return the cells of a row. A stroke within a link parts none."""
    text = re.sub(r"\[\[[^\[\]]*\](?:\[[^\[\]]*\])?\]", _without_strokes, line.strip())
    text = text.removeprefix("|")
    text = text.removesuffix("|")
    return [cell.strip().replace("\0", "\\|") for cell in _CELL.split(text)]


def _without_strokes(found: re.Match[str]) -> str:
    return found[0].replace("|", "\0")


def _guarded(text: str) -> str:
    """Return a line that opens no block of Markdown which it opens not in Org."""
    return f"\\{text}" if _OPENS_A_BLOCK.match(text) and text[:1] in "#>=-~`" else text
