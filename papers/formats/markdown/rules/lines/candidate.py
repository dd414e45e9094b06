"""A place in the document that may be a paper, before it is known what its neighbours are."""

from dataclasses import dataclass, replace

from papers.formats.core import identifier_list, identifiers
from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.placeholders import NUMBERS
from papers.formats.core.text.repair import mended
from papers.formats.markdown.rules.lines.citation import NOTHING, Citation
from papers.formats.markdown.rules.lines.links import Link
from papers.formats.markdown.rules.lines.mention import Mention
from papers.formats.markdown.rules.lines.title import TitleEvidence

LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """The lines of an entry, and whether the box before it is ticked."""

    lines: tuple[int, ...] = ()
    checked: bool | None = None


NOWHERE = SourcePlace()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry, and how sure it is that it is one."""

    entry: Entry
    evidence: TitleEvidence
    links: tuple[Link, ...] = ()
    has_lead: bool = False
    is_row: bool = False

    @property
    def is_boxed(self) -> bool:
        """Whether there is a box before it, ticked or not."""
        return self.entry.checked is not None

    @property
    def is_documented(self) -> bool:
        """Whether more is known than a name and some address."""
        return is_documented(self.entry)

    @property
    def has_paper_link(self) -> bool:
        return any(link.is_a_paper for link in self.links)

    @property
    def is_convincing(self) -> bool:
        return self.is_boxed or self.evidence is not TitleEvidence.WORDS or self.is_documented

    def with_lines(self, lines: tuple[int, ...]) -> "Candidate":
        return replace(self, entry=replace(self.entry, lines=lines))


def is_documented(entry: Entry) -> bool:
    said = entry.authors or entry.venue or entry.year or entry.doi or entry.arxiv
    address = (entry.url or entry.file).casefold().partition("?")[0].partition("#")[0]
    return bool(said) or entry.checked is not None or address.endswith((".pdf", ".ps"))


def of(
    mention: Mention,
    cited: Citation = NOTHING,
    place: SourcePlace = NOWHERE,
) -> Candidate | None:
    """The mention as an entry; None where its title is none."""
    title = mended(mention.title)
    if not title or len(title) > LONGEST_TITLE:
        return None
    entry = Entry(
        title=title,
        original="" if mention.title == title else mention.title,
        authors=cited.authors or mention.cited.authors,
        venue=cited.venue or mention.cited.venue,
        year=cited.year or mention.cited.year,
        url=mention.url,
        file=mention.file,
        doi=mention.doi,
        arxiv=mention.arxiv,
        note=mention.note,
        checked=place.checked,
        lines=place.lines,
    )
    return Candidate(numbered(entry), mention.evidence, mention.links, has_lead=mention.has_lead)


def numbered(entry: Entry) -> Entry:
    """The entry with the number that is all of its title: there is nothing else to call it by."""
    found = identifier_list.alone(entry.title)
    if not found:
        return entry
    said = {name: getattr(found, name) for name in NUMBERS if getattr(found, name)}
    if any(getattr(entry, name) not in ("", number) for name, number in said.items()):
        return entry
    url = entry.url or identifiers.web_address(entry.title)
    return replace(entry, title=found.title, original="", url=url, **said)
