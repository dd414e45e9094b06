"""The date of a BibTeX entry: `date`, or `year`, `month` and `day`."""

import re
from datetime import date
from typing import NamedTuple

from papers.formats.bibtex.latex import plain_text
from papers.formats.bibtex.record import BibtexRecord
from papers.formats.core.text.repair import one_line

# The first day of biblatex's ranges, with its marks for what is uncertain; or a day with an hour.
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?(?:T[\d:.+Z-]*)?(?:/.*)?")
_WRITTEN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?")
_WHOLE_YEAR = re.compile(r"[\[(]?(-?\d{1,4})[\])]?")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
# A smaller number is no year that anyone knows the month of.
_FIRST_WITH_MONTHS = 1000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME_OF_MONTH = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


class Day(NamedTuple):
    year: int | None = None
    # 2021-04-21 or 2021-04, where more than the year is known.
    published: str = ""


def read_date(record: BibtexRecord) -> Day:
    """Return the year as the entry states it, and the day. A text that says more than was
    understood is left, so that it is kept.
    """
    whole = _text(record, "date")
    found = _DATE.fullmatch(whole)
    published = _of_the_calendar(*found.groups()) if found else ""
    if found and whole in {published, found[1]}:
        record.take("date")
    year = _year(record) or (int(found[1]) if found else _first_year(whole)) or None
    by_month = _by_month(record, year)
    return Day(year, published or by_month)


def date_fields(year: int | None, published: str) -> dict[str, str]:
    """Return the fields, in LaTeX, that give both again."""
    fields = {"year": f"{{{year}}}"} if year else {}
    if not published:
        return fields
    parts = _WRITTEN.fullmatch(published)
    if not parts:
        return fields if published == str(year) else fields | {"date": f"{{{published}}}"}
    stated, month, *day = filter(None, parts.groups())
    if int(stated) != year or year < _FIRST_WITH_MONTHS:
        return fields | {"date": f"{{{published}}}"}
    fields["month"] = _MONTHS[int(month) - 1]
    return fields | ({"day": f"{{{int(day[0])}}}"} if day else {})


def _year(record: BibtexRecord) -> int | None:
    text = _text(record, "year")
    found = _WHOLE_YEAR.fullmatch(text)
    if found:
        record.take("year")
        return int(found[1])
    return _first_year(text)


def _first_year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _by_month(record: BibtexRecord, year: int | None) -> str:
    text = _text(record, "month")
    if not text or not year or not _FIRST_WITH_MONTHS <= year <= 9999:
        return ""
    month = _month(text)
    if not month:
        return ""
    stated = _NUMBER.search(_text(record, "day")) or _day_beside_month(text)
    published = _of_the_calendar(
        str(year), f"{month:02}", f"{int(stated[0]):02}" if stated else None
    )
    record.take("month")
    if len(published) == len("2021-04-21"):
        record.take("day")
    return published


def _month(text: str) -> int:
    """Return the month of `jan`, `January`, `21 April`, `4` or `jan/feb`; 0 where there is none."""
    for name in _NAME_OF_MONTH.findall(text):
        if name[:3].casefold() in _MONTHS:
            return _MONTHS.index(name[:3].casefold()) + 1
    number = int(text) if text.isascii() and text.isdigit() else 0
    return number if 1 <= number <= 12 else 0


def _day_beside_month(text: str) -> re.Match[str] | None:
    numbers = list(_NUMBER.finditer(text))
    return numbers[0] if len(numbers) == 1 and not text.isdigit() else None


def _of_the_calendar(year: str, month: str | None, day: str | None) -> str:
    """Return the day, or the month, where the calendar has it; empty where only the year is
    known.
    """
    if not month or not 1 <= int(month) <= 12 or int(year) < 1:
        return ""
    try:
        return date(int(year), int(month), int(day or "x")).isoformat()
    except ValueError:
        return f"{year}-{month}"


def _text(record: BibtexRecord, name: str) -> str:
    return one_line(plain_text(record.peek(name)))
