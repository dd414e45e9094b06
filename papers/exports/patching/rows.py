"""Rows of tables, in Markdown and in HTML: their cells, and what each column holds."""

import re
from collections import Counter
from html import escape, unescape
from itertools import pairwise

from papers.exports.patching.passages import Kind, Passage, SourceText
from papers.formats.core.commonmark.inline import escaped, escaped_target, plain
from papers.formats.core.reading_list import Entry
from papers.formats.markdown.marks import is_done, is_left

_PIPE = re.compile(r"(?<!\\)\|")
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=</t[dh]>|<t[dh]\b|</tr>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
# What a column is called, for those that hold nothing yet.
_NAMES = {
    "authors": {"author", "authors", "autor", "autoren", "auteurs", "作者"},
    "venue": {"venue", "venues", "conference", "journal", "publisher", "会议", "期刊"},
    "year": {"year", "jahr", "année", "año", "年份"},
    "url": {"link", "links", "url", "pdf"},
    "topic": {"topic", "topics", "theme", "category", "thema", "tema", "主题"},
    "read": {"read", "done", "finished", "status", "gelesen", "lu", "leído", "已读", "完成"},
}
_TICK = "x"


class SourceTable:
    """A table, and what its columns hold as far as its papers tell, or its header."""

    def __init__(self, source: SourceText, passages: list[Passage]) -> None:
        self.is_html = passages[0].kind is Kind.HTML_ROW
        self.rows = {id(one): source.texts(one.lines) for one in passages}
        self.head: list[str] = []
        if not self.is_html:
            rule = source.rules[passages[0].start]
            self.head = source.texts((rule - 1, rule))
        first = source.entries(passages[0])
        self.roles: dict[str, int] = {}
        if not first:
            return
        votes: dict[str, Counter[int]] = {}
        for one in passages[:50]:
            cells = self.cells(self.rows[id(one)])
            for entry in source.entries(one):
                for role, column in _said(entry, cells):
                    votes.setdefault(role, Counter())[column] += 1
        for role, found in votes.items():
            column = found.most_common(1)[0][0]
            if role in {"title", "url"} or column not in self.roles.values():
                self.roles[role] = column
        self._ask_the_header()
        self._look_at_ticks()

    def cells(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return [text[start:stop].strip() for start, stop in self._spans(text)]

    @property
    def width(self) -> int:
        return len(_spans(self.head[0])) if self.head else 0

    def with_cell(self, lines: list[str], column: int, text: str) -> list[str]:
        """Return the row with another text in the cell. An emptied cell is as wide as before."""
        row = "\n".join(lines)
        spans = self._spans(row)
        if not 0 <= column < len(spans):
            return lines
        start, stop = spans[column]
        old = row[start:stop]
        if self.is_html:
            new = text
        elif not text:
            new = " " * len(old)
        elif old.strip():
            before, after = len(old) - len(old.lstrip()), len(old.rstrip())
            new = old[:before] + guarded_pipes(text) + old[after:]
        else:
            new = f" {text} ".ljust(len(old))
        return (row[:start] + new + row[stop:]).split("\n")

    def ticked(self, lines: list[str], is_read: bool) -> list[str]:
        """Return the row with its tick as it is now. What says neither yes nor no is left alone."""
        column = self.roles.get("read", -1)
        cells = self.cells(lines)
        if not 0 <= column < len(cells):
            return lines
        text = cells[column]
        if is_read and (not text or is_left(text)):
            return self.with_cell(lines, column, self.done)
        if not is_read and is_done(text):
            return self.with_cell(lines, column, self.left)
        return lines

    def may_tick(self, lines: list[str]) -> bool:
        """Return whether the row can say whether the paper is read."""
        column, cells = self.roles.get("read", -1), self.cells(lines)
        if not 0 <= column < len(cells):
            return False
        return not cells[column] or is_done(cells[column]) or is_left(cells[column])

    def row(self, entry: Entry, like: list[str], title: str, beside: str) -> list[str]:
        """Return a new row in the shape of another: the title as given, each detail in its column,
        and what has none behind the title.
        """
        said = {
            "year": str(entry.year or ""),
            "authors": self.written(entry.authors),
            "venue": self.written(entry.venue),
            "topic": self.written(entry.topic[-1]) if entry.topic else "",
            "read": self.done if entry.checked else self.left,
        }
        if self.roles.get("url") != self.roles["title"]:
            said["url"] = self.linked("Link", entry.url) if entry.url else ""
        said["title"] = " ".join(filter(None, [title, beside]))
        texts = {self.roles[role]: text for role, text in said.items() if role in self.roles}
        if not self.is_html:
            count = max(self.width, max(texts) + 1)
            opens, closes = like[0].strip()[:1] == "|", bool(re.search(r"(?<!\\)\|\s*$", like[0]))
            inner = " | ".join(guarded_pipes(texts.get(column, "")) for column in range(count))
            return [f"{'| ' if opens else ''}{inner}{' |' if closes else ''}"]
        lines = like
        for column in range(len(self.cells(like))):
            lines = self.with_cell(lines, column, texts.get(column, ""))
        return lines

    def linked(self, label: str, url: str) -> str:
        if self.is_html:
            return f'<a href="{escape(url)}">{label}</a>'
        return f"[{label}]({escaped_target(url)})"

    def written(self, text: str) -> str:
        return escape(text, quote=False) if self.is_html else escaped(text)

    def _ask_the_header(self) -> None:
        taken = set(self.roles.values())
        for column, cell in enumerate(self.cells(self.head[:1]) if self.head else []):
            words = set(_WORD.findall(plain(cell).casefold()))
            for role, names in _NAMES.items():
                if words & names and role not in self.roles and column not in taken:
                    self.roles[role] = column
                    taken.add(column)

    def _look_at_ticks(self) -> None:
        column = self.roles.get("read", -1)
        found = [self.cells(lines)[column : column + 1] for lines in self.rows.values()]
        marks = [cell for cells in found for cell in cells] if column >= 0 else []
        done, left = Counter(filter(is_done, marks)), Counter(filter(is_left, marks))
        self.done = done.most_common(1)[0][0] if done else _TICK
        self.left = left.most_common(1)[0][0] if left else ""

    def _spans(self, text: str) -> list[tuple[int, int]]:
        return [found.span(1) for found in _CELL.finditer(text)] if self.is_html else _spans(text)


class Tables:
    """The tables of a text, each looked at once."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self._rows: dict[int, list[Passage]] = {}
        self._number: dict[int, int] = {}
        html, last = -1, -2
        for one in source.passages:
            if one.kind is Kind.ROW:
                number = source.rules[one.start]
            elif one.kind is Kind.HTML_ROW:
                is_new = any("<table" in text.casefold() for text in source.lines[last : one.start])
                html = -one.start - 1 if is_new or last < 0 else html
                number, last = html, one.start
            else:
                continue
            self._rows.setdefault(number, []).append(one)
            self._number[id(one)] = number
        self._known: dict[int, SourceTable] = {}

    def number(self, passage: Passage) -> int | None:
        """Tells the table of the row from others; None of what is no row."""
        return self._number.get(id(passage))

    def of(self, passage: Passage) -> SourceTable:
        number = self._number[id(passage)]
        if number not in self._known:
            self._known[number] = SourceTable(self.source, self._rows[number])
        return self._known[number]

    def last_of(self, passage: Passage) -> int:
        """Return the last line of the table of the row, papers or not."""
        last = self._rows[self._number[id(passage)]][-1].stop - 1
        rules = self.source.rules
        while passage.kind is Kind.ROW and rules.get(last + 1) == rules[passage.start]:
            last += 1
        while passage.kind is Kind.HTML_ROW and last + 1 < len(self.source.lines):
            if "</table" in self.source.lines[last].casefold():
                break
            last += 1
        return last


def guarded_pipes(text: str) -> str:
    return _PIPE.sub(r"\|", text)


def _said(entry: Entry, cells: list[str]) -> list[tuple[str, int]]:
    """Return the details that the cells hold, each with its cell, as far as they are distinct."""
    seen = [_bare(cell) for cell in cells]
    title = _bare(entry.title)
    said = [("title", n) for n, cell in enumerate(seen) if title and title in cell][:1]
    topic = entry.topic[-1] if entry.topic else ""
    for role, text in (("authors", entry.authors), ("venue", entry.venue), ("topic", topic)):
        if wanted := _bare(text):
            said += [(role, n) for n, cell in enumerate(seen) if cell == wanted][:1]
    if entry.year:
        said += [("year", n) for n, cell in enumerate(seen) if cell == str(entry.year)][:1]
    if entry.url:
        said += [("url", n) for n, cell in enumerate(cells) if _holds(cell, entry.url)][:1]
    if entry.checked is not None:
        right = is_done if entry.checked else is_left
        said += [("read", n) for n, cell in enumerate(cells) if right(cell)][:1]
    return said


def _holds(cell: str, url: str) -> bool:
    return url in cell or escaped_target(url) in cell or url in unescape(cell)


def _bare(text: str) -> str:
    """Return the words of the text, whatever marks are around them."""
    return " ".join(_WORD.findall(plain(_TAG.sub(" ", text)).casefold()))


def _spans(line: str) -> list[tuple[int, int]]:
    """Return start and end of each cell, without the bars."""
    first, last = len(line) - len(line.lstrip()), len(line.rstrip())
    bars = [found.start() for found in _PIPE.finditer(line, first, last)]
    edges = [first - 1, *bars, last]
    spans = [(one + 1, other) for one, other in pairwise(edges)]
    if spans and spans[0][0] == spans[0][1]:
        spans.pop(0)
    if spans and spans[-1][0] == spans[-1][1]:
        spans.pop()
    return spans
