"""The lines of a text, and what Markdown makes of each: an item, a row of a table, a heading …

Lines and not blocks, since people put papers into lines that are no blocks of Markdown.
"""

import itertools
import re
from dataclasses import dataclass, field

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*(?=\S)")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-{3,})\s*$")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BREAK = re.compile(r"\s{0,3}([-*_]\s*){3,}$")
_MARK = re.compile(r"(?:[-*+•]|\d{1,3}[.)])(?:\s+|$)|-(?=\[[ xX]\])")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_BOX = re.compile(r"\[([ xX])\]\s*(?!\()|([☐☑✅✔⬜☒])️?\s*")
_TAG = re.compile(r"\s*<(/?)([a-zA-Z]+)")
_OPEN = {"ul", "ol", "table", "dl"}


@dataclass(slots=True)
class Line:
    number: int  # from one
    text: str
    kind: str = "text"  # item, number, row, head, rule, heading, html, code, comment, front, blank
    indent: int = 0
    mark: str = ""
    start: int = 0  # where the content begins
    level: int = 0
    box: bool | None = None
    quoted: bool = False
    is_after_blank: bool = False
    is_before_blank: bool = False
    cells: list[tuple[int, int]] = field(default_factory=list)
    table: int = -1
    header: list[str] = field(default_factory=list)
    tag: str = ""
    heading: str = ""  # that above
    goes_on: bool = False  # with the text of a link that began in the line above

    @property
    def content(self) -> str:
        return self.text[self.start :]


def parse(text: str) -> list[Line]:
    texts = text.split("\n")
    lines = [Line(number, one) for number, one in enumerate(texts, start=1)]
    _front_matter(lines)
    fence = ""
    is_comment = False
    depth = 0
    for at, line in enumerate(lines):
        if line.kind == "front":
            continue
        found = _FENCE.match(line.text)
        if fence or (found and not is_comment):
            line.kind = "code"
            if found:
                fence = "" if fence and found[1] == fence else fence or found[1]
            continue
        stripped = line.text.strip()
        if is_comment or stripped.startswith("<!--"):
            line.kind = "comment"
            is_comment = "-->" not in line.text
            continue
        if not stripped:
            line.kind = "blank"
            continue
        if line.kind == "text":
            _kind(lines, at)
        if line.kind in {"text", "html"}:
            tag = _TAG.match(line.text)
            if tag or depth:
                line.kind, line.tag = "html", (tag[2].lower() if tag else "")
            for one in re.finditer(r"<(/?)(ul|ol|table|dl)\b", line.text.lower()):
                depth = max(0, depth + (-1 if one[1] else 1))
    _neighbours(lines)
    return lines


def _front_matter(lines: list[Line]) -> None:
    if not lines or lines[0].text.rstrip() != "---":
        return
    end = next((n for n in range(1, min(len(lines), 3000)) if lines[n].text.rstrip() == "---"), 0)
    for line in lines[: end + 1] if end else ():
        line.kind = "front"
        found = re.match(r"(\s*)(- )?(?:\w[\w ]*:\s*)?[\"']?", line.text)
        line.indent = len(found[1]) if found else 0
        line.mark = "-" if found and found[2] else ""
        line.start = len(found[1]) + len(found[2] or "") if found else 0


def _kind(lines: list[Line], at: int) -> None:
    line = lines[at]
    text = line.text
    start = 0
    while found := _QUOTE.match(text, start):
        start = found.end()
        line.quoted = True
    rest = text[start:]
    line.indent = len(rest) - len(rest.lstrip())
    start += line.indent
    after = lines[at + 1] if at + 1 < len(lines) else None
    if found := _HEADING.match(text):
        line.kind, line.level, line.start = "heading", len(found[1]), found.end()
        return
    if (
        after
        and "|" in after.text
        and _RULE.match(after.text)
        and "|" in text
        and line.kind == "text"
    ):
        _table(lines, at)
        return
    if _BREAK.match(text):
        line.kind = "rule"
        return
    if (
        after
        and _UNDERLINE.match(after.text)
        and not line.quoted
        and len(text) < 120
        and not _MARK.match(text, start)
    ):
        line.kind, line.level, line.start = "heading", 1 if "=" in after.text else 2, start
        after.kind = "rule"
        return
    if found := _MARK.match(text, start):
        line.kind = "number" if found[0][0].isdigit() else "item"
        line.mark = found[0].strip() if line.kind == "item" else "1" + found[0].strip()[-1]
        start = found.end()
    if found := _BOX.match(text, start):
        line.box = (found[1] or "x" if found[1] is not None else found[2]) not in {" ", "☐", "⬜"}
        start = found.end()
    line.start = start


def _table(lines: list[Line], at: int) -> None:
    lines[at].kind = "head"
    lines[at + 1].kind = "rule"
    header = [lines[at].text[a:b].strip(" *_`") for a, b in _cells(lines[at].text)]
    for line in lines[at + 2 :]:
        if not line.text.strip() or "|" not in line.text:
            break
        line.kind, line.table, line.header = "row", at, header
        line.cells = _cells(line.text)
    lines[at].cells, lines[at].table, lines[at].header = _cells(lines[at].text), at, header


def _cells(text: str) -> list[tuple[int, int]]:
    cuts = [found.start() for found in re.finditer(r"(?<!\\)\|", text)]
    if not cuts or text[: cuts[0]].strip():
        cuts.insert(0, -1)
    if text[cuts[-1] + 1 :].strip():
        cuts.append(len(text))
    return [(a + 1, b) for a, b in itertools.pairwise(cuts)]


def _neighbours(lines: list[Line]) -> None:
    heading = ""
    for before, line in zip([None, *lines], lines, strict=False):
        line.is_after_blank = before is None or before.kind == "blank"
        if line.kind == "heading":
            line.heading = heading
            heading = line.content.strip()
        else:
            line.heading = heading
    for line, after in itertools.pairwise(lines):
        if line.kind in {"item", "number", "text"} and after.kind == "text" and "](" in after.text:
            is_open = line.text.count("[") - line.text.count("]") == 1
            after.goes_on = is_open and after.text.count("]") - after.text.count("[") == 1
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        line.is_before_blank = after is None or after.kind == "blank"
