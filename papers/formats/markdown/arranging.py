"""The papers of a document below their topics, and the lines that are of neither."""

from bisect import bisect_right
from dataclasses import replace

from papers.formats.core.reading_list import (
    Entry,
    ListedTopic,
    Path,
    ReadingList,
    ReportedLine,
    outline,
)
from papers.formats.core.text import refuse_many
from papers.formats.markdown import topics
from papers.formats.markdown.document import Document, Section


def arranged(parsed: Document, doubtful: tuple[Entry, ...] = ()) -> ReadingList:
    """Return the list of what the sections have. Raises TooLarge for more than one may be."""
    refuse_many(sum(len(section.entries) for section in parsed.sections), "papers")
    refuse_many(len(parsed.sections), "topics")
    title = topics.arrange(parsed)
    return _reading_list(parsed, title, doubtful)


def _reading_list(parsed: Document, title: str, doubtful: tuple[Entry, ...]) -> ReadingList:
    of_topics: dict[Path, list[int]] = {}
    entries: dict[Path, list[Entry]] = {(): []}
    for section in parsed.sections:
        of_topics.setdefault(section.path, []).extend(section.lines)
        entries.setdefault(section.path, [])
        for entry in section.entries:
            entries.setdefault(section.path + entry.topic, []).append(entry)
    paths = outline(entries)
    placed = tuple(
        entry if entry.topic == path else replace(entry, topic=path)
        for path in ((), *paths)
        for entry in entries[path]
    )
    claimed = {number for section in parsed.sections for number in section.lines}
    claimed.update(number for entry in placed for number in entry.lines)
    return ReadingList(
        title=title,
        title_lines=tuple(of_topics[()]),
        topics=tuple(ListedTopic(path, tuple(of_topics.get(path, ()))) for path in paths),
        entries=placed,
        doubtful=_placed(doubtful, parsed.sections),
        not_understood=tuple(
            ReportedLine(number, line)
            for number, line in enumerate(parsed.texts, start=1)
            if line.strip() and number not in claimed
        ),
    )


def _placed(doubtful: tuple[Entry, ...], sections: list[Section]) -> tuple[Entry, ...]:
    """Return the doubtful papers, each below the topic that it has if it is one."""
    starts = [section.lines[0] if section.lines else 0 for section in sections]
    return tuple(
        replace(
            one, topic=sections[max(0, bisect_right(starts, one.lines[0]) - 1)].path + one.topic
        )
        for one in doubtful
    )
