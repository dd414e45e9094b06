"""One item of a Markdown list.

Our own form is `[x] [Title](address) note doi:… arXiv:… [Authors, Venue Year]`, where all but the
title may be missing. A line that ends in a whole citation is meant in this form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from papers.formats.core import identifier_list, identifiers
from papers.formats.core.commonmark.inline import Parts, escaped, escaped_target, link_parts, plain
from papers.formats.core.identifiers import numbers
from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.placeholders import NUMBERS, is_placeholder, placeholder
from papers.formats.core.text.repair import mended
from papers.formats.markdown import citation
from papers.formats.markdown.citation import Citation, Cut
from papers.formats.markdown.links import Link, is_label

LONGEST_TITLE = 500
# Longer than any title with its links; what is longer is prose, and dear to parse.
LONGEST_ITEM = 4_000

_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_NAMED = re.compile(r"(?:^|\s)(doi|arxiv|pmid):(?!\S*\]\()(\S+)\s*$", re.IGNORECASE)
# The same in brackets.
_ENCLOSED = re.compile(r"\s\[((?:doi|arxiv):)\s?([^\s,\[\]]+)\]\s*$", re.IGNORECASE)
_NAMES = ("doi:", "arxiv:", "pmid:")
_READERS = {"doi": identifiers.doi, "arxiv": identifiers.arxiv, "pmid": identifiers.pmid}
_VENUE_FIRST = re.compile(r"\[\[[^\[\]]*\]")
# What would open a block at the start of an item: the place where a backslash prevents it.
_BLOCK_START = re.compile(r"^\d{1,9}(?=[.)])|^(?=[-+*#>=~|:_<`])", re.ASCII)
# In a note: what may take hold of the title before it, or be taken for its number. A backslash
# before a round bracket does neither, and is in many addresses.
_REACHES_BACK = re.compile(r"[`<$]|\\(?![()])|\n|  |^\s|\s$")
_LONGEST_NOTED = 3_000
# The longest address twice, as a link that is called by it.
_LONGEST_NUMBER = 500
_MOST_WORDS_OF_NUMBER = 5
# What in a title or a note may be read as people, a venue or a year.
_MAY_CITE = re.compile(r"[\[\](){}|]|\d{4}|\bet al\b", re.IGNORECASE)
# Says that nothing more is to be read out of the line.
END = "[]"


@dataclass(frozen=True, slots=True)
class Item:
    """A paper as an item says it. It is whole when a citation ends it, or when it is a number: then
    it is meant as it is read here, and says no more."""

    entry: Entry
    is_whole: bool


class _Place(NamedTuple):
    """The tick and the lines that an item is read with."""

    checked: bool | None
    lines: tuple[int, ...]


def read(source: str, lines: tuple[int, ...] = ()) -> Item | None:
    """Read the item on the lines; None where it has no title, or one that is far too long."""
    box = _BOX.match(source)
    return read_ticked(source, box[1] in "xX" if box else None, lines)


def read_ticked(source: str, checked: bool | None, lines: tuple[int, ...]) -> Item | None:
    """Read an item whose tick is known, whatever the box says that it begins with."""
    if len(source) > LONGEST_ITEM:
        return None
    box = _BOX.match(source)
    source = source[box.end() :] if box else source
    if source.rstrip().endswith("]"):
        source = _ENCLOSED.sub(r" \1\2", source)
    source, alone = numbers.cut_bracket(source)
    cut = Cut(source) if _VENUE_FIRST.match(source) else citation.cut(source)
    bare, last = _cut_names(cut.source)
    bare, named = numbers.cut_numbers(bare)
    named |= alone | last
    bare = bare.rstrip(" ,;") if named else bare
    place = _Place(checked, lines)
    if not cut.is_whole and (number := _of_number(bare, place)):
        return Item(_with_numbers(number, named), is_whole=True)
    entry = _in_our_form(bare, cut.citation, place, named)
    return Item(entry, cut.is_whole) if entry else None


def write(entry: Entry) -> str:
    """Return the item, such that reading it gives the entry again, but for its topic."""
    lines = _written(entry)
    return next((line for line in lines if _is_read_as(line, entry)), lines[-1])


def is_written(source: str, entry: Entry) -> bool:
    """Return whether the source is the entry as it is written here. It is known to be read as
    that."""
    first, *others = _written(entry)
    return source == first or (source in others and source == write(entry))


def settled(entry: Entry) -> Entry:
    """Return the entry with a note that survives being written: in plain words, or none, if it must
    be."""
    if len(entry.note) + len(entry.title) > _LONGEST_NOTED:
        return replace(entry, note="")
    if not entry.note or not (_REACHES_BACK.search(entry.note) or _named(entry.note)):
        return entry
    words = escaped(plain(entry.note))
    kept = (note for note in (entry.note, words) if _is_settled(replace(entry, note=note)))
    return replace(entry, note=next(kept, ""))


def _is_settled(entry: Entry) -> bool:
    line = write(entry)
    return len(line) < LONGEST_ITEM and _is_read_as(line, entry)


def _is_read_as(line: str, entry: Entry) -> bool:
    found = read(line)
    return found is not None and replace(found.entry, topic=entry.topic) == entry


def _with_numbers(entry: Entry, named: dict[str, str]) -> Entry:
    said: dict[str, Any] = dict(named)
    return replace(entry, **said) if said else entry


def _in_our_form(
    source: str, cited: Citation, place: _Place, named: dict[str, str]
) -> Entry | None:
    """Return the line as it is written here. `named` are its numbers: a title that is another one
    is no number of this paper, and stays as it is."""
    parts = link_parts(source)
    written, note = _title_and_note(parts)
    title = mended(written)
    if not title or len(title) > LONGEST_TITLE:
        return None
    link = Link(parts.label, parts.target)
    said: dict[str, Any] = {
        "doi": identifiers.doi_of(link.url),
        "arxiv": identifiers.arxiv_of(link.url),
        **named,
    }
    entry = Entry(
        title=title,
        original="" if written == title else written,
        authors=cited.authors,
        venue=cited.venue,
        year=cited.year,
        url=link.url,
        file=link.file,
        note=note,
        checked=place.checked,
        lines=place.lines,
        **said,
    )
    return numbered(entry)


def numbered(entry: Entry) -> Entry:
    """Return the entry with the number that is all of its title: there is nothing else to call it
    by."""
    found = identifier_list.alone(entry.title)
    if not found:
        return entry
    said = {name: getattr(found, name) for name in NUMBERS if getattr(found, name)}
    if any(getattr(entry, name) not in ("", number) for name, number in said.items()):
        return entry
    url = entry.url or identifiers.web_address(entry.title)
    return replace(entry, title=found.title, original="", url=url, **said)


def _of_number(source: str, place: _Place) -> Entry | None:
    """Return a line that is one number of a paper, or an address that says one, and nothing
    else."""
    if len(source) > _LONGEST_NUMBER or len(source.split()) > _MOST_WORDS_OF_NUMBER:
        return None
    parts = link_parts(source)
    link = Link(parts.label, parts.target)
    if parts.has_link and (parts.before or parts.behind):
        return None
    title = parts.label if parts.has_link else parts.before
    if not identifier_list.alone(title):
        return None
    entry = Entry(title, url=link.url, checked=place.checked, lines=place.lines)
    found = numbered(entry)
    return None if found is entry else found


def _title_and_note(parts: Parts) -> tuple[str, str]:
    """Return the title as written, and the Markdown around it. A link called `pdf` or the like
    follows the title, any other is called by it."""
    if not parts.has_link:
        return parts.before, ""
    before, behind = parts.before, parts.behind
    if before.endswith(("[", "(")) and behind.startswith(("]", ")")):
        before, behind = before[:-1].rstrip(), behind[1:].lstrip()
    if before and is_label(parts.label.strip("[]() ")):
        return before, behind
    return parts.label, " ".join(filter(None, [escaped(before), behind]))


def _cut_names(source: str) -> tuple[str, dict[str, str]]:
    """Return the line without `doi:…`, `arXiv:…` and `PMID:…` at its end, as we write them, and
    what these say."""
    named: dict[str, str] = {}
    while found := _named(source):
        kind = found[1].casefold()
        number = _READERS[kind](plain(found[2]))
        if not number or kind in named or not source[: found.start()].strip():
            break
        named[kind] = number
        source = source[: found.start()]
    return source, named


def _named(source: str) -> re.Match[str] | None:
    """Return the number at the end of the line, for which most lines need not be searched."""
    last = source.rsplit(None, 1)[-1:]
    is_named = last and last[0][:6].casefold().startswith(_NAMES)
    return _NAMED.search(source) if is_named else None


def _written(entry: Entry) -> list[str]:
    """Ways to write the entry, the most pleasant first; the last is always understood."""
    box = {True: "[x] ", False: "[ ] ", None: ""}[entry.checked]
    lines = _lines(entry)
    return [box + (line if box else _BLOCK_START.sub(r"\g<0>\\", line)) for line in lines]


def _lines(entry: Entry) -> list[str]:
    cited = citation.write(Citation(entry.authors, entry.venue, entry.year))
    whole = cited.replace("[", "[, ", 1) if cited and not entry.authors else cited
    tails = [END] if not cited and _needs_end(entry) else [cited, whole or END]
    return [
        " ".join(filter(None, [head, entry.note, *names, tail]))
        for head, names in _heads(entry)
        for tail in tails
    ]


def _needs_end(entry: Entry) -> bool:
    """Return whether more than is meant may be read out of the title or the note, or less: a title
    that links are often called by would be taken for one before a title."""
    is_like_a_label = bool(entry.note) and is_label(entry.title)
    may_cite = _MAY_CITE.search(f"{entry.title} {entry.note}")
    return not is_placeholder(entry) and (is_like_a_label or bool(may_cite))


def _heads(entry: Entry) -> Iterator[tuple[str, list[str]]]:
    """Yield the title, with and without the address, each with the numbers to be named behind
    it."""
    names, is_linked = _names(entry), bool(entry.url or entry.file or entry.note)
    if is_placeholder(entry):
        title = escaped(entry.title)
        others = [name for name in names if name != title]
        yield _linked(title, entry) if is_linked else title, others
    title = _title(entry)
    if not is_linked:
        yield title, names
    yield _linked(title, entry), names


def _title(entry: Entry) -> str:
    """Return the title as Markdown. Where it ends in `doi:10.1000/1` itself, this stays a part of
    it."""
    return _NAMED.sub(lambda word: word[0].replace(":", r"\:"), escaped(entry.title))


def _linked(title: str, entry: Entry) -> str:
    return f"[{title}]({escaped_target(entry.url or entry.file)})"


def _names(entry: Entry) -> list[str]:
    """Return the numbers that the address does not give already."""
    doi = f"doi:{escaped(entry.doi)}" if entry.doi != identifiers.doi_of(entry.url) else ""
    arxiv = f"arXiv:{entry.arxiv}" if entry.arxiv != identifiers.arxiv_of(entry.url) else ""
    is_title = entry.title == placeholder("pmid", entry.pmid)
    pmid = "" if is_title or entry.pmid == identifiers.pmid_of(entry.url) else entry.pmid
    return [doi, arxiv, f"PMID:{pmid}" if pmid else ""]
