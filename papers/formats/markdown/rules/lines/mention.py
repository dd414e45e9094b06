"""What a line says of a paper when it is written as people write, and not in our own form.

The text around the title is read for people, venue and year; what remains is the note.
"""

import re
from dataclasses import dataclass, replace

from papers.formats.core import identifiers
from papers.formats.markdown.rules.lines import announced, reference, title
from papers.formats.markdown.rules.lines.citation import NOTHING, Citation
from papers.formats.markdown.rules.lines.links import Link
from papers.formats.markdown.rules.lines.prose import CODE, LINK, MARKS, Prose
from papers.formats.markdown.rules.lines.reference import Reference
from papers.formats.markdown.rules.lines.title import ENDS, QUOTES, FoundTitle, TitleEvidence


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper in running text. The link is the one that leads to it."""

    title: str
    evidence: TitleEvidence
    cited: Citation = NOTHING
    link: Link | None = None
    links: tuple[Link, ...] = ()
    note: str = ""
    has_lead: bool = False

    @property
    def url(self) -> str:
        return self.link.url if self.link else ""

    @property
    def file(self) -> str:
        return self.link.file if self.link else ""

    @property
    def doi(self) -> str:
        return identifiers.doi_of(self.url) or next(
            filter(None, (identifiers.doi_of(link.url) for link in self._numbered)), ""
        )

    @property
    def arxiv(self) -> str:
        return identifiers.arxiv_of(self.url) or next(
            filter(None, (identifiers.arxiv_of(link.url) for link in self._numbered)), ""
        )

    @property
    def is_a_paper(self) -> bool:
        """Whether the line says more than a name and some address."""
        said = self.cited.authors or self.cited.year or self.cited.venue
        return bool(said or self.doi or self.arxiv or any(link.is_a_paper for link in self.links))

    @property
    def _numbered(self) -> list[Link]:
        return [link for link in self.links if link.is_label or link.is_picture or link.is_bare]


_EMOJI = "[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]"
_SHORTCODE = ":[a-z][a-z0-9_+-]*:"
_CLUTTER = re.compile(
    rf"(?:\s|{_SHORTCODE}|{_EMOJI}|\[\d+\](?=\s*[^\W\d_{MARKS}]|\s*{LINK})|\(?\d{{1,3}}\)\s"
    r"|[•·]\s|(?:Title|标题)\s?[:：])+",
)
_ICONS_AT_ENDS = re.compile(
    rf"^(?:(?:{_SHORTCODE}|{_EMOJI})\s*)+|(?:\s(?:{_SHORTCODE}|{_EMOJI}))+$"
)
_COUNTER = re.compile(rf"\[[^\[\]{MARKS}]*(?:{_SHORTCODE}|{_EMOJI})[^\[\]{MARKS}]*\]")
_A_LINK = re.compile(LINK)
_PRESENTER = re.compile(r"\s[-–—]\s([^-–—,]{2,30}, \d{1,3}\b.*)$")
_AND_ANOTHER = re.compile(
    rf"^\s*(\([^()]*\))?[,;]?\s*(?:and|&|und|et|y)\s+(the\s+)?({LINK})", re.IGNORECASE
)
_A_TAG = re.compile(f"{CODE}[^{CODE}]*{CODE}")
_EMPTY = re.compile(r"[\[(][\s,;|/&+·•-]*[\])]")
_WRAPPED = re.compile(rf"[\[(]\s*((?:{LINK}[\s,;|/&+·•-]*)+)[\])]")


def read(prose: Prose) -> list[Mention]:
    """The papers that the line mentions: none where it is prose, seldom more than one."""
    first, text = announced.cut(prose, _COUNTER.sub(" ", prose.text))
    lead = _CLUTTER.match(text)
    text = text[lead.end() :] if lead else text
    icons = ""
    while (link := _A_LINK.match(text)) and prose.link(link[0]).is_icon:
        icons, text = icons + link[0], text[1:].lstrip()
    if first == NOTHING:
        first, text = announced.cut(prose, text)
    found = title.find_title(prose, text)
    if not found:
        return []
    another = _AND_ANOTHER.match(found.behind) if found.evidence is TitleEvidence.LINK else None
    if another and prose.link(another[3]).is_named:
        rest = read(Prose(found.behind[another.start(3) :], prose.links))
        if rest and (another[2] or "").istitle():
            rest[0] = replace(rest[0], title=another[2] + rest[0].title)
        return [_mention(prose, replace(found, behind=another[1] or ""), icons, first), *rest]
    return [_mention(prose, found, icons, first)]


def without_presenter(title: str) -> tuple[str, str]:
    """A heading such as `Title - NAME, 3`, parted before the one who presents it."""
    found = _PRESENTER.search(title)
    return (title[: found.start()], found[1]) if found else (title, "")


def _mention(prose: Prose, found: FoundTitle, icons: str, first: Citation) -> Mention:
    lead = reference.before(prose, found.before) if found.before.strip(ENDS) else Reference()
    behind, tags = _without_tags(found.behind)
    said = reference.behind(prose, behind)
    tagged = Citation(year=_tagged(found.behind))
    cited = _complete(found.cited, lead.cited, said.cited, tagged, first)
    links = prose.links_in(found.before + found.behind + icons)
    links = [found.link, *links] if found.link else links
    target = found.link or next((link for link in links if link.may_be_the_paper), None)
    return Mention(
        title=_tidy(prose.plain(found.title)),
        evidence=found.evidence,
        cited=cited,
        link=target if target and target.leads_somewhere else None,
        links=tuple(links),
        note=_note(prose, [lead.rest, said.rest, tags, icons], target),
        has_lead=bool(lead.rest),
    )


def _tagged(text: str) -> int | None:
    tags = (tag.strip(CODE) for tag in _A_TAG.findall(text))
    return next(filter(None, map(reference.year_of, tags)), None)


def _without_tags(text: str) -> tuple[str, str]:
    """The text without its tags, and those that are no year."""
    tags = [tag for tag in _A_TAG.findall(text) if not reference.year_of(tag.strip(CODE))]
    return _A_TAG.sub(" ", text), " ".join(tags)


def _complete(*citations: Citation) -> Citation:
    return Citation(
        next(filter(None, (said.authors for said in citations)), ""),
        next(filter(None, (said.venue for said in citations)), ""),
        next(filter(None, (said.year for said in citations)), None),
    )


def _note(prose: Prose, rests: list[str], target: Link | None) -> str:
    """What was not understood, in Markdown, without the link that leads to the paper."""
    text = " ".join(filter(None, rests))
    for character in _A_LINK.findall(text):
        if prose.link(character) is target:
            text = text.replace(character, "", 1)
    while ("(" in text or "[" in text) and (shorter := _unwrapped(text)) != text:
        text = shorter
    text = text.strip(" ,;|")
    return prose.markdown(text) if text.strip("-–— ") else ""


def _unwrapped(text: str) -> str:
    """The text without brackets around nothing, or nothing but links."""
    return _EMPTY.sub("", _WRAPPED.sub(r"\1", text))


def _tidy(title: str) -> str:
    """The title without icons, quotes and commas at its ends."""
    title = _ICONS_AT_ENDS.sub("", title.strip()).strip()
    if title.endswith("]") and "[" not in title:
        title = title[:-1]
    inner = title.strip(QUOTES + " ").rstrip(",;: ")
    is_whole = title[:1] in QUOTES or title[-1:] in QUOTES
    return _without_commas(inner if is_whole and not set(inner) & set(QUOTES) else title)


def _without_commas(title: str) -> str:
    return title.removesuffix(" .").rstrip(",;:： ") or title
