"""Tell which headings are topics, which one is the title, and what is below each."""

import re
from collections.abc import Iterator
from dataclasses import replace

from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown.document import Document, Section
from papers.formats.markdown.item import settled

_YEAR = re.compile(r"(?:19|20)\d\d")


def arrange(document: Document) -> str:
    """Leave the sections that are topics, each with its path and entries; the list's title."""
    sections = document.sections
    for section in sections:
        section.entries = list(map(settled, section.entries))
    _place(sections, "")
    _pass_years_on(sections)
    document.sections = [*sections[:1], *_kept(sections)]
    title = _title(document.sections)
    _place(document.sections, title)
    return title


def _pass_years_on(sections: list[Section]) -> None:
    """Date papers that say no year by their topics, where most topics are years."""
    paths = {section.path + entry.topic for section in sections for entry in section.entries}
    years = {path: _year(path) for path in paths}
    if sum(map(bool, years.values())) * 2 <= len(years):
        return
    for section in sections:
        section.entries = [_dated(one, years[section.path + one.topic]) for one in section.entries]


def _year(path: Path) -> int | None:
    name = path[-1].strip("[]() ") if path else ""
    return int(name) if _YEAR.fullmatch(name) else None


def _dated(entry: Entry, year: int | None) -> Entry:
    """Return the entry with the year of its topic, unless it has one, or that may be the one in
    which a group reads the paper."""
    is_read_then = entry.checked is not None or entry.date
    return entry if entry.year or not year or is_read_then else replace(entry, year=year)


def _kept(sections: list[Section]) -> Iterator[Section]:
    """Yield the headings with papers or nothing at all below them, and those above these. A heading
    with other text below is no topic, unless there is nothing else to call the list by."""
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
    """Return the name of the one `#` that leads the list, unless its papers have no other topic."""
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
