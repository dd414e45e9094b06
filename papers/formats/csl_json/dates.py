"""The dates of CSL: parts, ranges, seasons, `literal` and `raw`."""

from typing import Any

from papers.formats.core.records import values

_SEASONS = ("spring", "summer", "autumn", "winter")


def year_and_day_of(value: Any) -> tuple[int | None, str]:
    """Return the year that the date begins in, and its month or day where the date is one of
    these.
    """
    parts = _parts(value)
    if not parts:
        return values.year_and_day(_written(value))
    begins = parts[0]
    year = begins[0] if -9999 <= begins[0] <= 9999 and begins[0] else None
    is_one_day = len(parts) == 1
    if not year or not is_one_day:
        return year, ""
    _, day = values.year_and_day("-".join(f"{part:02}" for part in begins))
    return year, day


def text(value: Any) -> str:
    """Return the date in one text: `2011-05-25/2012-06-26`, `about 2017, winter`."""
    parts = _parts(value)
    if not parts:
        return _written(value)
    days = ["-".join(f"{part:02}" for part in one) if any(one) else "" for one in parts]
    written = ("about " if value.get("circa") else "") + "/".join(days)
    season = str(value.get("season", ""))
    if season.isdecimal() and 1 <= int(season[:2]) <= len(_SEASONS):
        season = _SEASONS[int(season[:2]) - 1]
    return f"{written}, {values.without_html(season)}" if season else written


def is_date_variable(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.keys() & {"date-parts", "literal", "raw"})


def of_entry(year: int | None, day: str) -> dict[str, list[list[int]]] | None:
    """Return the date of an entry, as exactly as it says it."""
    parts = day.split("-")
    if all(part.isascii() and part.isdigit() for part in parts):
        return {"date-parts": [[int(part) for part in parts]]}
    return {"date-parts": [[year]]} if year else None


def _parts(value: Any) -> list[list[int]]:
    found = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(found, list):
        return []
    if found and not isinstance(found[0], list):
        found = [found]
    dates = [[_number(part) for part in one[:3]] for one in found[:2] if isinstance(one, list)]
    whole = [[part for part in one if part is not None] for one in dates]
    return whole if whole and whole[0] else []


def _number(part: Any) -> int | None:
    text = str(part).strip()
    is_number = text.removeprefix("-").isdecimal() and len(text) <= 8
    return int(text) if is_number else None


def _written(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("raw") or value.get("literal") or value.get("date-time") or ""
    return values.without_html(values.storable(str(value))) if isinstance(value, str | int) else ""
