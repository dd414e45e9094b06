"""A line of Markdown as text in which its marks are single characters, so that patterns see them.

A link is one character, whatever its label and target; emphasis and code begin and end with one.
None of these characters can come from the list itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from papers.formats.core.commonmark import simple_line
from papers.formats.core.commonmark.inline import Env, escaped, escaped_target, tokens
from papers.formats.core.commonmark.simple_line import InlinePiece
from papers.formats.core.text.repair import one_line
from papers.formats.markdown.rules.lines.links import Link

STRONG, EMPHASIS, CODE = "\ue000", "\ue001", "\ue002"
MARKS = STRONG + EMPHASIS + CODE
_FIRST_LINK = 0xF0000
_MOST_LINKS = 0xFFFD
LINK = f"[{chr(_FIRST_LINK)}-{chr(_FIRST_LINK + _MOST_LINKS)}]"

_RESERVED = re.compile(rf"[{MARKS}]|{LINK}")
_MARK = re.compile(rf"[{MARKS}]")
_A_LINK = re.compile(LINK)
_PARTS = re.compile(f"({LINK}|{CODE}[^{CODE}]*{CODE}|[{MARKS}])")
# Patterns try each of its places as the beginning of what they seek: a long one takes very long.
_SPACE = re.compile(r"\s{2,}")
_BARE = re.compile(r"https?://[^\s<>|]+")
_TURNS = {"strong_open": STRONG, "strong_close": STRONG, "em_open": EMPHASIS, "em_close": EMPHASIS}
_STARS = {"*": EMPHASIS, "**": STRONG}
_AS_MARKDOWN = {STRONG: "**", EMPHASIS: "*", CODE: "`"}


@dataclass(frozen=True, slots=True)
class Prose:
    """Text with its marks, and the links that its characters stand for."""

    text: str
    links: tuple[Link, ...] = ()

    def link(self, character: str) -> Link:
        return self.links[ord(character) - _FIRST_LINK]

    def links_in(self, text: str) -> list[Link]:
        """The links of a part of the text, in their order."""
        return [self.link(found) for found in _A_LINK.findall(text)]

    def plain(self, text: str | None = None) -> str:
        """A part of the text, or all of it, as people see it in one line, without pictures."""
        text = self.text if text is None else text
        if text.isascii():  # marks and links are not
            return one_line(text)
        return one_line(_MARK.sub("", _A_LINK.sub(self._label, text)))

    def markdown(self, text: str) -> str:
        """A part of the text as Markdown in one line; pictures are links by their description."""
        return one_line("".join(map(self._as_markdown, _PARTS.split(text))))

    def _label(self, found: re.Match[str]) -> str:
        link = self.link(found[0])
        return "" if link.is_picture else link.label

    def _as_markdown(self, piece: str) -> str:
        if _A_LINK.fullmatch(piece):
            link = self.link(piece)
            return f"[{escaped(link.label) or 'link'}]({escaped_target(link.target)})"
        if piece.startswith(CODE) and len(piece) > 2 and "`" not in piece:
            return f"`{piece[1:-1]}`"
        if piece in MARKS:
            return _AS_MARKDOWN.get(piece, "")
        return escaped(piece) if piece.strip() else piece


@dataclass(slots=True)
class Writer:
    """Puts a line together from what a parser meets, be it of Markdown or of HTML."""

    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    _target: str | None = None
    _before: list[str] = field(default_factory=list)
    _has_picture: bool = False

    def add_text(self, text: str) -> None:
        text = text if text.isascii() else _RESERVED.sub("\ufffd", text)
        if self._target is None and "://" in text:
            text = _BARE.sub(self._bare_link, text)
        self.pieces.append(text)

    def add_mark(self, mark: str) -> None:
        self.pieces.append(mark)

    def add_picture(self, description: str) -> None:
        if self._target is not None:
            self._has_picture = True
            self.pieces.append(_RESERVED.sub("\ufffd", description))

    def open_link(self, target: str) -> None:
        self.close_link()
        self._target, self._before, self.pieces = target, self.pieces, []

    def close_link(self) -> None:
        if self._target is None:
            return
        label = "".join(self.pieces)
        label = one_line(label if label.isascii() else _RESERVED.sub("", label))
        self.pieces = self._before
        is_bracketed = label.startswith("[") and label.endswith("]")
        label = label[1:-1].strip() if is_bracketed else label
        link = Link(label, self._target, self._has_picture, is_bracketed)
        self._target, self._has_picture = None, False
        self.pieces.append(self._character(link) or label)

    def prose(self) -> Prose:
        self.close_link()
        return Prose(_SPACE.sub(_one_space, "".join(self.pieces)), tuple(self.links))

    def _character(self, link: Link) -> str:
        if len(self.links) > _MOST_LINKS:
            return ""
        self.links.append(link)
        return chr(_FIRST_LINK + len(self.links) - 1)

    def _bare_link(self, found: re.Match[str]) -> str:
        url = found[0]
        while url[-1] in ".,;:!?'\"*" or (url[-1] in ")]" and _is_unopened(url)):
            url = url[:-1]
        return (self._character(Link(url, url)) or url) + found[0][len(url) :]


def read(source: str, env: Env | None = None) -> Prose:
    """The Markdown of one line, or of one paragraph."""
    pieces = simple_line.pieces(source, env)
    return parsed(source, env) if pieces is None else _of_pieces(pieces)


def parsed(source: str, env: Env | None = None) -> Prose:
    """The same, in any case by the parser."""
    writer = Writer()
    for token in tokens(source, env):
        if token.type == "link_open":
            writer.open_link(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            writer.close_link()
        elif token.type == "image":
            writer.add_picture(token.content)
        elif token.type == "code_inline":
            writer.add_mark(CODE)
            writer.add_text(token.content)
            writer.add_mark(CODE)
        elif token.type in _TURNS:
            writer.add_mark(_TURNS[token.type])
        else:
            writer.add_text({"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content))
    return writer.prose()


def _of_pieces(pieces: Iterable[InlinePiece]) -> Prose:
    writer = Writer()
    for text, target, stars in pieces:
        if target is not None:
            writer.open_link(target)
            writer.add_text(text)
            writer.close_link()
        elif stars:
            writer.add_mark(_STARS[stars])
            writer.add_text(text)
            writer.add_mark(_STARS[stars])
        else:
            writer.add_text(text)
    return writer.prose()


def _is_unopened(url: str) -> bool:
    opening = {")": "(", "]": "["}[url[-1]]
    return url.count(url[-1]) > url.count(opening)


def _one_space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] else " "
