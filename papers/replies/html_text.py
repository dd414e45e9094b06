"""The text of an email that has only HTML, as Markdown, with quotations as email quotes them.

No tree is made of it, so no nesting is too deep.
"""

import re
from html import unescape

from papers.formats.web.tags import NoHtml, attributes_of, tags_and_text
from papers.replies.quotations import QUOTATION_BEGINS

LARGEST_HTML = 1_000_000  # characters
# fmt: off
_SKIPPED = frozenset({
    "head", "script", "style", "template", "noscript", "title", "svg", "iframe", "object", "select",
    "textarea", "button", "math",
})
_BLOCKS = frozenset({
    "div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption",
    "address", "center", "dl", "dt", "dd", "form", "table", "tr", "body", "fieldset",
})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = _HEADINGS | {"p", "ul", "ol", "hr", "pre"}
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "base", "col", "wbr", "area"})
_MARKS = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "`"),
}
# Names by which programs mark what was said before, and what they put below each email.
_QUOTATIONS = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_quote|gmail_quote_container|gmail_extra|yahoo_quoted|moz-cite-prefix"
    r"|moz-forward-container|protonmail_quote|tutanota_quote|zmail_extra|outlookmessageheader"
    r"|quote-header|divrplyfwdmsg|appendonsend|ms-outlook-mobile-reference-message"
    r"|mail-editor-reference-message-container|olk_src_body_section|isreplycontent|replyintro"
    r"|hs_reply|quotedtext|qqmail_quote|ntes-mailmaster-quote)(?:\s|$)"
)
_SIGNATURES = re.compile(
    r"(?:^|\s)(?:x_)*(?:gmail_signature|gmail_signature_prefix|moz-signature|signature"
    r"|ms-outlook-mobile-signature|protonmail_signature_block|yahoo-signature"
    r"|ymail_android_signature|applemailsignature)(?:\s|$)"
)
# fmt: on
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>]+$", re.IGNORECASE)
_DEEPEST = 8
_LONGEST_EMOJI = 8
_MOST_OPEN = 20  # marks within each other


def email_html_as_markdown(html: str, *, with_signature: bool = False) -> str:
    """Return the text; empty where there is none, or where it is no HTML."""
    parser = _EmailParser(with_signature=with_signature)
    try:
        for tag, said in tags_and_text(html[:LARGEST_HTML]):
            if not tag:
                parser.text(said)
            elif tag.startswith("/"):
                parser.end(tag[1:])
            else:
                parser.start(tag, said)
    except NoHtml:
        return ""
    return parser.markdown()


class _EmailParser:
    def __init__(self, *, with_signature: bool) -> None:
        self.with_signature = with_signature
        self.lines: list[str] = []
        self.words: list[str] = []
        # What the next line begins with: the marks of a heading or an item.
        self.prefix = ""
        self.depth = 0
        # Of each list that is open the number of its last item; None for one without numbers.
        self.lists: list[int | None] = []
        self.is_preformatted = False
        # The element that is passed over, and how many of its kind are open.
        self.skipped, self.skips = "", 0
        # Of what is open within the line: its name, where it begins, and its target.
        self.open: list[tuple[str, int, str]] = []

    def markdown(self) -> str:
        self.end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")

    def start(self, tag: str, attributes: str) -> None:
        if self.skips:
            self.skips += tag == self.skipped
            return
        said = attributes_of(attributes)
        names = f"{said.get('class', '')} {said.get('id', '')}".lower()
        if self._is_left_out(tag, said, names):
            if tag not in _VOID:
                self.skipped, self.skips = tag, 1
            return
        if _QUOTATIONS.search(names):
            self.end_line()
            self.lines.append(QUOTATION_BEGINS)
        self.begin(tag, said)

    def _is_left_out(self, tag: str, said: dict[str, str], names: str) -> bool:
        if tag in _SKIPPED or "hidden" in said or _HIDDEN.search(said.get("style", "")):
            return True
        return not self.with_signature and bool(_SIGNATURES.search(names))

    def begin(self, tag: str, said: dict[str, str]) -> None:
        if tag == "br":
            self.break_line()
        elif tag == "img":
            self.picture(said.get("alt", ""))
        elif tag in _MARKS or tag == "a":
            if len(self.open) < _MOST_OPEN:
                self.open.append((tag, len(self.words), said.get("href", "").strip()))
        elif tag in {"td", "th"}:
            self.words.append(" ")
        else:
            self.begin_block(tag)

    def begin_block(self, tag: str) -> None:
        if tag in _PARAGRAPHS and not self.lists:
            self.space()
        elif tag in _BLOCKS or tag in {"li", "blockquote"} or tag in _PARAGRAPHS:
            self.end_line()
        if tag == "blockquote":
            self.space()
            self.depth = min(self.depth + 1, _DEEPEST)
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
        else:
            self.begin_line_of(tag)

    def begin_line_of(self, tag: str) -> None:
        """Begin a line with the marks of an item or a heading, or one that is a mark itself."""
        if tag == "li":
            self.prefix = self._item()
        elif tag in _HEADINGS:
            self.prefix = "#" * int(tag[1]) + " "
        elif tag == "pre":
            self.is_preformatted = True
            self.lines.append(self._quoted("```"))
        elif tag == "hr":
            self.lines += [self._quoted("---"), self._quoted("")]

    def _item(self) -> str:
        indent = "   " * min(len(self.lists) - 1, _DEEPEST) if self.lists else ""
        number = self.lists[-1] if self.lists else None
        if number is None:
            return f"{indent}- "
        self.lists[-1] = number + 1
        return f"{indent}{number + 1}. "

    def end(self, tag: str) -> None:
        if self.skips:
            self.skips -= tag == self.skipped
        elif tag in _MARKS or tag == "a":
            self.end_mark(tag)
        elif tag == "blockquote":
            self.end_line()
            self.depth = max(self.depth - 1, 0)
            self.space()
        elif tag in {"ul", "ol"}:
            self.end_line()
            self.lists = self.lists[:-1]
            self.space()
        elif tag == "pre" and self.is_preformatted:
            self.end_line()
            self.is_preformatted = False
            self.lines.append(self._quoted("```"))
        elif tag in _PARAGRAPHS:
            self.space()
        elif tag in _BLOCKS or tag == "li":
            self.end_line()

    def text(self, data: str) -> None:
        if self.skips:
            return
        text = unescape(data).replace("\0", "")
        if self.is_preformatted:
            first, *others = text.split("\n")
            self.words.append(first)
            for line in others:
                self.break_line()
                self.words.append(line)
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", text)
        self.words.append(text)

    def picture(self, alt: str) -> None:
        """Keep a picture that is a letter, as some programs send emoji."""
        if 0 < len(alt) <= _LONGEST_EMOJI and not alt.isascii():
            self.words.append(alt)

    def end_mark(self, tag: str) -> None:
        """Set what is open of that name, and what is open within it, into its marks."""
        names = [name for name, _, _ in self.open]
        if tag not in names:
            return
        at = len(names) - 1 - names[::-1].index(tag)
        while len(self.open) > at:
            name, begin, target = self.open.pop()
            inner = "".join(self.words[begin:])
            self.words[begin:] = [_marked(name, inner, target)]

    def break_line(self) -> None:
        """End the line also where it is empty, and go on in the same marks."""
        if not "".join(self.words).strip() and not self.prefix:
            self.words = []
            self.lines.append(self._quoted(""))
            self.open = [(name, 0, target) for name, _, target in self.open]
        else:
            self.end_line()

    def end_line(self) -> None:
        going_on = [(name, target) for name, _, target in self.open]
        if going_on:
            self.end_mark(going_on[0][0])
        line = "".join(self.words)
        line = line.rstrip() if self.is_preformatted else " ".join(line.split(" ")).strip(" ")
        self.words = []
        self.open = [(name, 0, target) for name, target in going_on]
        if line.strip():
            self.lines.append(self._quoted(self.prefix + line))
            self.prefix = ""

    def space(self) -> None:
        """End the line, and leave one blank, if there are lines above."""
        self.end_line()
        blank = self._quoted("")
        if self.lines and self.lines[-1] not in {"", blank, QUOTATION_BEGINS}:
            self.lines.append(blank)

    def _quoted(self, line: str) -> str:
        return f"{'> ' * self.depth}{line}".rstrip()


def _marked(tag: str, inner: str, target: str) -> str:
    said = inner.strip()
    if not said:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    if tag != "a":
        return f"{before}{_MARKS[tag]}{said}{_MARKS[tag]}{after}"
    if not _WEB.match(target) or _is_same(said, target):
        return inner
    target = target.replace("(", "%28").replace(")", "%29")
    label = said.replace("[", "\\[").replace("]", "\\]")
    return f"{before}[{label}]({target}){after}"


def _is_same(said: str, target: str) -> bool:
    """Return whether the words of a link are its address."""
    return said.rstrip("/").lower() in {
        target.rstrip("/").lower(),
        target.partition("://")[2].rstrip("/").lower(),
    }
