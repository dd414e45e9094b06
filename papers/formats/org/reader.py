"""A list in Org-mode: what the reader of Markdown reads in it, and what its headlines note."""

import re
from dataclasses import replace
from typing import Any

from papers.formats.core.commonmark import inline
from papers.formats.core.reading_list import ReadingList
from papers.formats.markdown import reading, writing
from papers.formats.markdown.notes import properties
from papers.formats.markdown.notes.prepared import PreparedText
from papers.formats.markdown.notes.properties import Property
from papers.formats.org import body, markup
from papers.formats.org.kinds import HeadlineKind, kinds
from papers.formats.org.outline import Headline, Outline, parse_outline

_DEEPEST = 6
_SETTING = re.compile(
    r"^[ \t]*#\+(?:title|todo|seq_todo|typ_todo|startup|filetags|options|property|author|date|"
    r"begin_\w+|setupfile|latex_header|archive|category|bibliography)\b",
    re.IGNORECASE | re.MULTILINE,
)
_SURE = re.compile(
    r"^[ \t]*:PROPERTIES:[ \t]*$|^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED):[ \t]*[<\[]\d{4}-"
    r"|-\*-.*\bmode:[ \t]*org\b|^[ \t]*\|-+\+[-+]*\|[ \t]*$|^\*{1,8} (?:TODO|DONE|NEXT|COMMENT) \S",
    re.MULTILINE,
)
# No bold text with a blank before it.
_STARS = re.compile(r"^\*{2,12} (?!.*\*\*[ \t]*$)\S", re.MULTILINE)
_CODE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
_STAR = re.compile(r"^\* \S", re.MULTILINE)
_LINK = re.compile(
    r"\[\[(?:https?|file|doi|id|attachment|arxiv):[^\[\]\n]{1,500}\](?:\[[^\[\]\n]*\])?\]"
)
_MARKDOWN = re.compile(r"^ {0,3}(?:#{2,6} |```|~~~)|\]\(https?://", re.MULTILINE)
# In Org a comment.
_TITLE = re.compile(r"^# \S", re.MULTILINE)


def is_one(text: str) -> bool:
    """Return whether the text is in Org-mode, by its content."""
    if "*" not in text and "#+" not in text and "[[" not in text:
        return False
    text = _CODE.sub("```", text)
    foreign = len(_MARKDOWN.findall(text))
    own = len(_SETTING.findall(text)) + len(_SURE.findall(text))
    if not own:
        foreign += len(_TITLE.findall(text))
    if own + _headlines(text) > foreign:
        return True
    links = len(_LINK.findall(text))
    return bool(links > foreign and (_STAR.search(text) or not foreign))


def _headlines(text: str) -> int:
    """Return the number of headlines below others. One alone at the end explains a star above."""
    found = list(_STARS.finditer(text))
    is_note = len(found) == 1 and not text[found[0].end() :].partition("\n")[2].strip()
    return 0 if is_note and text.lstrip()[:3] != "** " else len(found)


def read(text: str) -> ReadingList:
    """Return the list that the text holds. Raises TooLarge for more than one may be, nothing
    else.
    """
    writing.refuse_too_long(text)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    made = _Making(text.split("\n")).made()
    return made.read(reading.read_plain)


class _Making:
    def __init__(self, lines: list[str]) -> None:
        self.outline: Outline = parse_outline(lines)
        self.kinds = kinds(self.outline.root)
        self.text = PreparedText(lines)
        self.title = self.outline.title

    def made(self) -> PreparedText:
        outline = self.outline
        self.text.silent |= outline.silent
        record = self._record_of_file()
        if record:
            self.text.add_record(record, record.line)
            self._below_a_paper(outline.root)
            return self.text
        if outline.title:
            self.text.silent.discard(outline.title_line)
            self.text.add(f"# {markup.markdown(self.title)}", outline.title_line)
        self._body(outline.root)
        for one in outline.root.children:
            self._headline(one, 2 if outline.title else 1)
        return self.text

    def _record_of_file(self) -> properties.PropertiesRecord | None:
        """Return a note that is one paper, as org-roam and org-noter keep them."""
        root = self.outline.root
        is_told = bool(self.title) and properties.describe_papers(root.properties)
        has_papers = any(kind is not HeadlineKind.TOPIC for kind in self.kinds.values())
        if has_papers or not (is_told or properties.tells_a_paper(root.properties)):
            return None
        line = self.outline.title_line or root.properties[0].line
        title = _shown(self.title)
        record = properties.record_of_properties(root.properties, title, line)
        if record is None:
            return None
        lines = tuple(sorted({*record.entry.lines, *root.noted}))
        return replace(record, entry=replace(record.entry, lines=lines))

    def _headline(self, one: Headline, level: int) -> None:
        kind = self.kinds.get(one.line)
        if one.is_commented:
            for part in one.all():
                self.text.add("", part.line)
            return
        if kind in {HeadlineKind.PAPER, HeadlineKind.RECORD}:
            self._paper(one, is_record=kind is HeadlineKind.RECORD)
            return
        self.text.silent.update(one.noted)
        self.text.add("", 0)
        self.text.add(f"{'#' * min(level, _DEEPEST)} {_heading(one.title)}", one.line)
        self._body(one)
        for child in one.children:
            self._headline(child, level + 1)

    def _body(self, one: Headline, indent: int = 0, *, has_boxes: bool = True) -> None:
        self.text.silent |= body.silent_lines(one.body)
        if has_boxes:
            begun = {"status": "reading", "checked": None}
            self.text.also |= dict.fromkeys(body.begun_lines(one.body), begun)
        for line, number in body.body_as_markdown(one.body, indent, has_boxes=has_boxes):
            self.text.add(line, number)

    def _paper(self, one: Headline, *, is_record: bool) -> None:
        record = self._record(one) if is_record else None
        if record:
            self.text.add_record(record, one.line)
        else:
            box = {True: "[x] ", False: "[ ] ", None: ""}[one.checked]
            title = markup.markdown(markup.without_times(one.title))
            self.text.add(f"- {box}{title}", one.line)
            self.text.also[one.line] = self._said(one)
        self._below_a_paper(one)

    def _below_a_paper(self, one: Headline) -> None:
        """Write what is below a paper as a part of it; boxes there are steps, not papers."""
        self.text.silent.update(one.noted)
        self.text.add("", 0)
        self._body(one, 2, has_boxes=False)
        for part in one.children:
            self.text.add("", 0)
            self.text.add(f"  - {markup.markdown(part.title)}:", part.line)
            self._below_a_paper(part)

    def _record(self, one: Headline) -> properties.PropertiesRecord | None:
        title = markup.without_times(one.title)
        said_so = self._with_link(one, title)
        found = properties.record_of_line(said_so, markup.markdown(title), one.line)
        if found is None:
            return None
        said = self._said(one)
        said["keywords"] = found.entry.keywords or said.get("keywords", "")
        said["citation_key"] = found.entry.citation_key or said.get("citation_key", "")
        lines = tuple(sorted({*found.entry.lines, *one.noted}))
        checked = found.entry.checked if one.checked is None else one.checked
        entry = replace(found.entry, **said, checked=checked, lines=lines)
        return replace(found, entry=entry)

    def _with_link(self, one: Headline, title: str) -> list[Property]:
        """Return the properties, and where the link in the headline leads."""
        link = re.search(r"\[\[(https?://[^\[\]]+)\]", title)
        return [*one.properties, *([Property("url", link[1], one.line)] if link else [])]

    def _said(self, one: Headline) -> dict[str, Any]:
        """Return the details noted of a paper beside its headline."""
        said = {
            "keywords": "; ".join(one.tags),
            "status": one.status,
            "date": one.date or markup.first_day(one.title),
            "citation_key": markup.citation_key_of(one.title),
        }
        return {name: value for name, value in said.items() if value}


def _heading(title: str) -> str:
    return markup.markdown(markup.without_times(title)) or "…"


def _shown(title: str) -> str:
    return inline.plain(markup.markdown(title))
