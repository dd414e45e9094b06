"""Lines that say a journal with all that belongs to it, as Embase writes them for the journal:
`Bee Letters. 20 (4) (pp 512-523), 2016. Date of Publication: 01 Apr 2016.`"""

import re
from dataclasses import dataclass

# What only such a line has.
_SIGN = re.compile(
    r"\(pp?\.? [^()]*\)|\(no pagination\)|\bDate of Publication:|\bConference(?: Publication)?:",
    re.IGNORECASE,
)
_END_OF_NAME = re.compile(
    r"\.\s+(?=Conference\b|Date of Publication\b|Part \w|\(no pagination|\(pp|\d[\w./-]*\s*[(,.]"
    r"|\((?:TURNAWAY )?\d|(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"(?:^|[.\s])(?P<volume>\d[\w./-]{0,15})\s*"
    r"(?:\((?!pp?\b|no pagination)(?P<issue>[^()]{1,60})\)\s*)?(?=\(pp?\b|\(no pagination|,)"
)
_PAGES = re.compile(r"\(pp?\.?\s+([^()]{1,40})\)")
_YEAR = re.compile(r",\s*((?:1[89]|20)\d\d)\b")
_CONFERENCE = re.compile(r"\bConference:\s*(.{1,300}?)(?=\.\s|$)")
# Embase's other form: `Bee Letters (2016) 20:4 (512-523). Date of Publication: 1 Apr 2016`
_SHORT = re.compile(
    r"(?P<name>\S.{0,290}?) \((?P<year>(?:1[89]|20)\d\d)\) (?P<volume>\d[\w-]{0,15})"
    r"(?::(?P<issue>[^()]{1,40}?))?(?: \((?P<pages>[\w.-]{1,40})\))?"
    r"(?:\.?\s*(?:Article Number|Date of Publication)\b.*)?\.?"
)


@dataclass(frozen=True, slots=True)
class Journal:
    name: str
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    conference: str = ""


def parse_journal_line(text: str) -> Journal | None:
    """Return journal, volume, issue and pages of the line; None if it holds no more than a name."""
    text = text.removeprefix("Source: ").strip()
    if short := _SHORT.fullmatch(text):
        return Journal(**{name: said or "" for name, said in short.groupdict().items()})
    end = _END_OF_NAME.search(text) if _SIGN.search(text) else None
    if not end or not text[: end.start()].strip():
        return None
    rest = text[end.end() :]
    volume, conference = _VOLUME.search(rest), _CONFERENCE.search(rest)
    return Journal(
        name=text[: end.start()].strip(),
        year=_first(_YEAR, rest),
        volume=volume["volume"] if volume else "",
        issue=(volume["issue"] or "") if volume else "",
        pages=_first(_PAGES, rest),
        conference=conference[1].strip() if conference else "",
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""
