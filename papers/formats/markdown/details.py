"""Put together what two readings say of one paper, and take out of titles what is none of them."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from papers.formats.core.reading_list import Entry
from papers.formats.markdown import names
from papers.formats.markdown.features import NAMES, VENUES
from papers.formats.markdown.titles import letters

# A title that ends in brackets, and what is in them.
_IN_BRACKETS = re.compile(r"^(.{3,}\S)\s*[(\[（]([^()\[\]（）]{2,200})[)\]）]$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_BOX = re.compile(r"^(?:\[([ xX])\]|([☐☑✅✔⬜]))\ufe0f?\s*(?=\S)")
_DAY = re.compile(r"(\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{4})\s?[:–—-]?\s+(?=[^\W\d_])")
_EMPTY = {" ", "☐", "⬜"}
_WORD = re.compile(r"\w+")
# One word behind a link and a dash.
_WORD_BEHIND = re.compile(r"\)\s[-–—]\s[^\W\d_]+$")
_STRUCK = re.compile(r"^~~(.+)~~$")
_ROOM = re.compile(
    r"(?:room|hall|zoom|online|raum|salle|sala|building|café|library|auditorium)\b"
    r"|(?:lecture|week|session|class|meeting|part|chapter|unit)\s*\d*$",
    re.IGNORECASE,
)


def together(
    own: Entry, of_models: Entry, remarks: Collection[str] = (), *, is_whole: bool = False
) -> Entry:
    """Return what our own form says of the paper, with what it leaves out. The models know venues
    better, years in other digits, which our form takes for a part of a name, and remarks: these are
    what they take for nothing that is said of papers, and our form may take for people. A citation
    that is whole leaves out what it does not say."""
    of_models = _without_repeats(of_models, own)
    if remarks and not of_models.authors and letters(own.authors) in remarks:
        own = replace(own, authors="")
    names_of = ["doi", "arxiv", "pmid", "date", "presenters"]
    names_of += [] if is_whole else ["authors"]
    names_of += [] if is_whole and f"{own.authors}{own.venue}".isascii() else ["year"]
    if not (own.url or own.file):
        names_of += ["url", "file"]
    missing = {name: getattr(of_models, name) for name in names_of if not getattr(own, name)}
    if of_models.authors and any(map(str.isdigit, own.authors)):
        missing |= {"authors": of_models.authors, "year": own.year or of_models.year}
    if missing.get("year"):
        own = replace(own, note=own.note.replace(f"({missing['year']})", "").strip())
    return replace(
        own,
        **missing,
        venue=own.venue if is_whole else of_models.venue or own.venue,
        checked=of_models.checked if own.checked is None else own.checked,
        lines=tuple(sorted({*own.lines, *of_models.lines})),
    )


def _without_repeats(of_models: Entry, own: Entry) -> Entry:
    """Without people and a date that are words of the title in our own form, and without presenters
    who are its authors."""
    repeated: dict[str, Any] = {
        name: ""
        for name in ("authors", "date", "presenters")
        if (said := getattr(of_models, name)) and _is_within(said, own.title)
    }
    if of_models.presenters and letters(of_models.presenters) == letters(own.authors):
        repeated["presenters"] = ""
    return replace(of_models, **repeated) if repeated else of_models


def _is_within(text: str, title: str) -> bool:
    """Return whether the words of the text are words of the title; or signs of it, without
    blanks."""
    words, of_title = (" ".join(_WORD.findall(one.casefold())) for one in (text, title))
    is_part = not text.isascii() and letters(text) in letters(title)
    return is_part or f" {words} " in f" {of_title} "


def tidied(entry: Entry, text: str) -> Entry:
    """Return the entry with what is in brackets behind its title as its year or people, and without
    what is no venue. The text is that of its first line."""
    entry = _without_day(_with_marks(entry))
    if _YEAR.match(entry.date):  # no day is meant
        entry = replace(entry, year=entry.year or int(entry.date), date="")
    if entry.authors.isalpha() and _WORD_BEHIND.search(text):
        is_remark = entry.authors.casefold() not in NAMES and text.endswith(f" {entry.authors}")
        entry = replace(entry, authors="" if is_remark else entry.authors)
    if entry.venue.istitle() and entry.venue.casefold() not in VENUES and _WORD_BEHIND.search(text):
        entry = replace(entry, venue="" if text.endswith(f" {entry.venue}") else entry.venue)
    if entry.venue and (_ROOM.match(entry.venue) or not any(map(str.isalpha, entry.venue))):
        entry = replace(entry, venue="")
    if not entry.authors and _is_a_name(entry.venue, text):
        entry = replace(entry, authors=entry.venue, venue="")
    return _with_brackets(entry)


def _with_marks(entry: Entry) -> Entry:
    """Return the entry without a box or a stroke that is in its title, as ticks."""
    if box := _BOX.match(entry.title):
        is_read = (box[1] or box[2]) not in _EMPTY
        entry = replace(entry, title=entry.title[box.end() :], checked=is_read)
    if struck := _STRUCK.match(entry.title):
        entry = replace(entry, title=struck[1], checked=True)
    return entry


def _without_day(entry: Entry) -> Entry:
    """Return the entry without the day at the beginning of its title, as its date."""
    if not (found := _DAY.match(entry.title)):
        return entry
    return replace(entry, title=entry.title[found.end() :], date=entry.date or found[1])


def _is_a_name(venue: str, text: str) -> bool:
    """`(Smith, 2003)`, `(Dai and Wipf 19)`: one word or names with a year and nothing else in
    brackets, and no known venue."""
    is_word = venue.istitle() and venue.isalpha()
    if venue.casefold() in VENUES or not (is_word or names.are_surely_names(venue)):
        return False
    year = r"(?:(?:1[5-9]|20)\d\d|['’]?\d\d)[a-z]?"
    return bool(re.search(rf"[(\[]{re.escape(venue)},? {year}[)\]]", text))


def _with_brackets(entry: Entry) -> Entry:
    found = _IN_BRACKETS.match(entry.title)
    if found and not entry.year and _YEAR.match(found[2]):
        return replace(entry, title=found[1], year=int(found[2]))
    if found and found[2] == entry.authors:
        return replace(entry, title=found[1])
    if found and not entry.authors and names.are_surely_names(found[2]):
        return replace(entry, title=found[1], authors=found[2])
    return entry
