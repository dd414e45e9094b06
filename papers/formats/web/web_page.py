"""Lists out of web pages and rich editors, as Markdown: headings, items, tables and their links.

No tree is made of the page, so no nesting is too deep. Python's own parser takes a time that grows
with the square of what hostile pages repeat; the tags are found here in one pass.
"""

import re
from html import unescape
from urllib.parse import urljoin

from papers.formats.core.commonmark.inline import escaped, escaped_target
from papers.formats.core.text import LARGEST_FILE, Refused, foreign, refuse_large
from papers.formats.core.text.repair import one_line
from papers.formats.web.html_table import HtmlTable
from papers.formats.web.tags import NoHtml, attributes_of, tags_and_text

# fmt: off
_SKIPPED = frozenset({
    "script", "style", "template", "noscript", "title", "svg", "iframe", "object", "select",
    "textarea", "button", "annotation", "nav", "footer",
})
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "aside", "blockquote", "pre", "figure",
    "figcaption", "address", "hr", "details", "summary", "form", "body", "center", "dl", "dd",
})
# fmt: on
_HEADING = re.compile(r"h([1-6])")
_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite"), "*"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
}
_NORMAL = re.compile(r"font-(?:weight|style)\s*:\s*(?:normal|400)", re.IGNORECASE)
_BEGINNING = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<meta\b[^>]{0,500}>\s*)*"
    r"<(?:!doctype\s+html|html|head|body|ul|ol|dl|table|div|section|article|main|h[1-6]|p|span|b"
    r"|style|google-sheets-html-origin)\b",
    re.IGNORECASE | re.DOTALL,
)
_HOLDS_A_LIST = re.compile(r"<(?:li|dt|tr|a|h[1-6])\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^ {0,3}(?:#{1,6} |[-*+] +\S|\d{1,4}[.)] |\|.*\|)", re.MULTILINE)
_OF_A_SPREADSHEET = re.compile(
    r"google-sheets-html-origin|data-sheets-|urn:schemas-microsoft-com:office:excel"
    r"|content=\"LibreOffice|name=\"?ProgId\"? content=\"?Excel",
    re.IGNORECASE,
)
_LINK_OF_SHEETS = "data-sheets-hyperlink"
_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_DEEPEST = 8
_BREAK = "\0"  # of a line; no text holds it


def holds_a_list(html: str) -> bool:
    """Return whether there is anything in it that plain text would lose."""
    return bool(_HOLDS_A_LIST.search(html))


def is_web_page(text: str) -> bool:
    """Return whether the text is a page or a piece of one, and no Markdown that holds some HTML."""
    if not _HOLDS_A_LIST.search(text):
        return False
    if foreign.page(text):
        return True
    return bool(_BEGINNING.match(text)) and not _MARKDOWN.search(text)


def text_of(source: str) -> str:
    """Return the source, a web page as Markdown. Raises TooLarge, and nothing else."""
    return (page_as_markdown(source) if is_web_page(source) else "") or source


def page_as_markdown(html: str) -> str:
    """Return the page as Markdown, or as rows where it is a table of a spreadsheet that names its
    columns; empty where it holds no text. Raises TooLarge, and nothing else.
    """
    refuse_large(len(html.encode(errors="surrogatepass")), LARGEST_FILE, "A web page")
    parser = _PageParser()
    try:
        for tag, said in tags_and_text(html):
            if not tag:
                parser.text(said)
            elif tag.startswith("/"):
                parser.end(tag[1:])
            else:
                parser.start(tag, said)
    except NoHtml:
        raise Refused(
            "This web page cannot be read. Nothing was imported. "
            "Copy the list from it as plain text, and import that."
        ) from None
    text = parser.markdown()
    if len(parser.read) == 1 and not parser.has_other_text and _OF_A_SPREADSHEET.search(html):
        return parser.read[0].as_rows() or text
    return text


class _PageParser:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        # What the line begins with: the marks of a heading or an item.
        self.prefix = ""
        self.lists = 0
        self.tables: list[HtmlTable] = []
        self.read: list[HtmlTable] = []
        # Of the last heading.
        self.level = 1
        self.cell = False
        # Whether there is any text beside tables.
        self.has_other_text = False
        # The element that is passed over, and how many of its kind are open.
        self.skipped, self.skips = "", 0
        self.base = ""
        self.target: str | None = None
        self.label_from = 0
        self.marks: list[tuple[str, str]] = []

    def markdown(self) -> str:
        self.end_link()
        while self.tables:
            self.end_table()
        self.end_line()
        text = "\n".join(self.lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n" if text.strip() else ""

    # What the parser meets

    def start(self, tag: str, attributes: str) -> None:
        said = {} if self.skips else attributes_of(attributes)
        if self.skips or tag in _SKIPPED or "hidden" in said:
            self.skip(tag)
        elif tag == "base":
            self.base = said.get("href", "")
        elif tag == "a" and "href" in said:
            self.begin_link(said["href"])
        elif tag in _MARKS:
            self.begin_mark(tag, said)
        elif tag == "input" and said.get("type", "").lower() == "checkbox":
            self.pieces.append("[x] " if "checked" in said else "[ ] ")
        elif tag in {"table", "tr", "td", "th"}:
            self.begin_in_table(tag, said)
        else:
            self.begin_block(tag)

    def skip(self, tag: str) -> None:
        """Pass over all up to the end of the element."""
        if not self.skips and tag not in _VOID:
            self.skipped = tag
        self.skips += tag == self.skipped

    def end(self, tag: str) -> None:
        if self.skips:
            self.skips -= tag == self.skipped
        elif tag == "a":
            self.end_link()
        elif tag in _MARKS:
            self.end_mark(tag)
        elif tag in {"table", "td", "th", "tr"}:
            self.end_in_table(tag)
        elif tag in {"ul", "ol", "menu"}:
            self.break_line()
            self.lists = max(0, self.lists - 1)
            if not self.lists:
                self.space()
        elif _HEADING.fullmatch(tag) or tag in _BLOCKS or tag in {"li", "dt"}:
            self.break_line()

    def text(self, data: str) -> None:
        if self.skips or (self.tables and not self.cell):
            return
        text = unescape(data).replace(_BREAK, "")
        shown = re.sub(r"\s+", " ", text)
        if shown and not (shown == " " and not self.pieces):
            is_address = self.target is None and _WEB.search(shown)
            self.pieces.append(shown if is_address else _escaped(shown))

    # Blocks

    def begin_block(self, tag: str) -> None:
        heading = _HEADING.fullmatch(tag)
        if tag in {"ul", "ol", "menu"}:
            self.break_line()
            self.space()
            self.lists += 1
        elif tag in {"li", "dt"}:
            self.break_line()
            depth = min(max(self.lists, 1), _DEEPEST)
            self.prefix = "  " * (depth - 1) + "- "
        elif heading and not self.lists and not self.tables:
            self.break_line()
            self.space()
            self.level = int(heading[1])
            self.prefix = "#" * self.level + " "
        elif heading or tag in _BLOCKS or tag == "br":
            self.break_line()

    def space(self) -> None:
        """A blank line, if there are lines above."""
        if not self.tables and not self.lists and self.lines and self.lines[-1]:
            self.lines.append("")

    def break_line(self) -> None:
        if self.tables:
            self.pieces.append(_BREAK)
        elif any(piece.strip() for piece in self.pieces):
            self.end_line()

    def end_line(self) -> None:
        self.end_link()
        self.end_marks()
        text = one_line("".join(self.pieces).replace(_BREAK, " "))
        self.pieces = []
        if not text:
            return
        self.has_other_text = True
        if self.prefix:
            self.lines.append(self.prefix + text)
            self.prefix = ""
            if self.lines[-1].startswith("#"):
                self.lines.append("")
        elif self.lists:
            self.lines.append("  " * min(self.lists, _DEEPEST) + text)
        else:
            self.lines += [text, ""]

    # Tables

    def begin_in_table(self, tag: str, said: dict[str, str]) -> None:
        if tag == "table":
            self.begin_table()
        elif not self.tables:
            self.break_line()
        elif tag == "tr":
            self.end_cell()
            self.tables[-1].begin_row()
        else:
            self.end_cell()
            table = self.tables[-1]
            if table.row is None:
                table.begin_row()
            table.begin_cell(said, is_name=tag == "th")
            self.cell = True
            if _WEB.match(said.get(_LINK_OF_SHEETS, "")):
                self.begin_link(said[_LINK_OF_SHEETS])

    def end_in_table(self, tag: str) -> None:
        self.end_cell()
        if tag == "table":
            self.end_table()
        elif tag == "tr" and self.tables:
            self.tables[-1].end_row()

    def begin_table(self) -> None:
        """A table within a cell is text of that cell: pages are laid out with tables."""
        if self.tables and self.cell:
            self.end_cell()
        if not self.tables:
            self.end_line()
            self.prefix = ""
            self.tables.append(HtmlTable())
        self.pieces = []

    def end_cell(self) -> None:
        if not self.cell:
            return
        self.end_link()
        self.end_marks()
        self.cell = False
        parts = (one_line(part) for part in "".join(self.pieces).split(_BREAK))
        text = "<br>".join(filter(None, parts))
        self.pieces = []
        self.tables[-1].add(re.sub(r"(?<!\\)\|", r"\\|", text))

    def end_table(self) -> None:
        if not self.tables:
            return
        self.end_cell()
        table = self.tables.pop()
        self.pieces = []
        self.read.append(table)
        if lines := table.lines(self.level + 1):
            self.lines += ["", *lines, ""]

    # Within a line

    def begin_link(self, href: str) -> None:
        self.end_link()
        target = one_line(href)
        if self.base and not _WEB.match(target):
            try:
                target = urljoin(self.base, target)
            except ValueError:
                target = ""
        if _WEB.match(target):
            self.target, self.label_from = target, len(self.pieces)

    def end_link(self) -> None:
        if self.target is None:
            return
        label = one_line("".join(self.pieces[self.label_from :]).replace(_BREAK, " "))
        target, self.target = self.target, None
        del self.pieces[self.label_from :]
        if label:
            self.pieces.append(f"[{label}]({escaped_target(target)})")

    def begin_mark(self, tag: str, said: dict[str, str]) -> None:
        is_normal = bool(_NORMAL.search(said.get("style", "")))
        mark = "" if is_normal or self.target is not None else _MARKS[tag]
        if mark and any(one == mark for _, one in self.marks):
            mark = ""
        if len(self.marks) < _DEEPEST:
            self.marks.append((tag, mark))
            if mark:
                self.pieces.append(_Mark(mark))

    def end_mark(self, tag: str) -> None:
        if self.marks and self.marks[-1][0] == tag and self.target is None:
            self.close_mark(self.marks.pop()[1])

    def end_marks(self) -> None:
        """Marks hold within a line."""
        while self.marks:
            self.close_mark(self.marks.pop()[1])

    def close_mark(self, mark: str) -> None:
        """Close it behind the last word; around nothing it goes."""
        if not mark:
            return
        at = len(self.pieces)
        while at and not self.pieces[at - 1].strip():
            at -= 1
        if at and isinstance(self.pieces[at - 1], _Mark) and self.pieces[at - 1] == mark:
            del self.pieces[at - 1]
            return
        start = next((n for n in range(at - 1, -1, -1) if isinstance(self.pieces[n], _Mark)), None)
        if start is None or any(_BREAK in piece for piece in self.pieces[start:at]):
            if start is not None:
                del self.pieces[start]
            return
        self.pieces[start] = " " * self.pieces[start + 1].startswith(" ") + mark
        self.pieces[start + 1] = self.pieces[start + 1].lstrip()
        last = self.pieces[at - 1]
        self.pieces[at - 1] = last.rstrip() + mark + " " * last.endswith(" ")


class _Mark(str):
    """The beginning of bold or slanted text that is not closed yet."""

    __slots__ = ()


_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "base", "col", "wbr", "area"})


def _escaped(text: str) -> str:
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escaped(text.strip())}{after}" if text.strip() else text
