"""Which headings are topics, which one is the title, and what is below each."""

from collections.abc import Iterator

from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown.rules import selection
from papers.formats.markdown.rules.document import Document, Section
from papers.formats.markdown.rules.lines.item import settled


def arrange(document: Document) -> str:
    """Leave the sections that are topics, each with its path and entries; the list's title."""
    sections = document.sections
    for section in sections:
        section.entries = [settled(one.entry) for one in section.found]
    _place(sections, "")
    _pass_years_on(sections)
    document.sections = [*sections[:1], *_kept(sections)]
    title = _title(document.sections)
    _place(document.sections, title)
    return title


def _pass_years_on(sections: list[Section]) -> None:
    placed: dict[Path, list[Entry]] = {}
    for section in sections:
        for entry in section.entries:
            placed.setdefault(section.path + entry.topic, []).append(entry)
    dated = selection.with_years_of_headings(placed)
    coming = {path: iter(entries) for path, entries in dated.items()}
    for section in sections:
        paths = [section.path + entry.topic for entry in section.entries]
        section.entries = [next(coming[path]) for path in paths]


def _kept(sections: list[Section]) -> Iterator[Section]:
    """The headings with papers or nothing at all below them, and those above these. A heading with
    other text below is no topic, unless there is nothing else to call the list by."""
    kept: set[int] = set()
    ancestors: list[int] = []
    for number, section in enumerate(sections):
        ancestors = [one for one in ancestors if sections[one].level < section.level]
        if section.entries or section.is_blank:
            kept.update([*ancestors, number])
        ancestors.append(number)
    if not kept - {0}:
        kept.add(1)
    return (section for number, section in enumerate(sections) if number and number in kept)


def _title(sections: list[Section]) -> str:
    """The name of the one `#` that leads the list, unless its papers have no other topic."""
    above, *headings = sections
    names = {section.name for section in headings if section.level == 1}
    if not headings or headings[0].level != 1 or len(names) > 1 or above.entries:
        return ""
    has_topics = any(section.level > 1 for section in headings)
    has_papers = any(section.entries for section in headings)
    return headings[0].name if has_topics or not has_papers else ""


def _place(sections: list[Section], title: str) -> None:
    """Give each section its path. A section above the first heading or below the title has none."""
    ancestors: list[Section] = []
    for section in sections:
        if section.level <= (1 if title else 0):
            ancestors, section.path = [], ()
            continue
        ancestors = [*(one for one in ancestors if one.level < section.level), section]
        section.path = tuple(one.name for one in ancestors)
