"""An item of CSL as an entry."""

import json
import re
from collections.abc import Iterator
from typing import Any

from papers.formats.core import identifiers
from papers.formats.core.identifiers import numbers
from papers.formats.core.identifiers.addresses import first_address
from papers.formats.core.reading_list import Entry, Path
from papers.formats.core.reading_list.details import DETAILS, completed
from papers.formats.core.records import lossless_fields, values
from papers.formats.core.records.lossless_fields import LosslessFields
from papers.formats.core.records.titles import title_and_original
from papers.formats.csl_json import dates, people, variables

CslItem = dict[str, Any]

# One value of a record that is not text, in JSON.
_LONGEST_VALUE = 2_000
_KEY = re.compile(r"[^\W\d_][^\s,{}\"#%~\\/]{1,199}")
# Ids that programs assign and that are no citation keys; the last is ours.
_GIVEN_ID = re.compile(
    r"(?:item|ref|zotero|paper|cit|temp|b)[-_]?\d+|temp_id_\d+|[0-9a-f-]{32,36}", re.IGNORECASE
)
_SAID = re.compile(r"\s*([A-Za-z][\w -]{1,30}):\s*(\S.*)")
_OF_ARXIV = {"archive", "archive_location", "number"}
_NUMBERS = {"pmid": "PMID", "arxiv": "arXiv", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN"}
_READ = frozenset(
    {
        *("title", "author", "editor", "container-title", "issued", "URL", "DOI", "type", "volume"),
        *("issue", "page", "publisher", "ISBN", "ISSN", "PMID", "language", "keyword", "abstract"),
        *("id", "citation-key", "custom", "subject", "tags", "keywords"),
        *(one.csl[0] for one in DETAILS.values() if len(one.csl) == 1),
    }
)


def entry_of_item(item: CslItem, line: int) -> Entry:
    """Return the entry for a CSL-JSON item."""
    title, original = title_and_original(_text(item.get("title")))
    said, note = _said_in_note(item)
    year, day = dates.year_and_day_of(item.get("issued") or item.get("published"))
    links = [_text(item.get(name)) for name in ("URL", "number", "archive_location", "note")]
    arxiv = _arxiv(item, said, links)
    url = first_address(links[:1])
    dois = numbers.dois([_text(item.get("DOI")) or said.get("DOI", "")])
    read = {
        "title": title,
        "authors": people.of_names(item.get("author")),
        "venue": _text(item.get("container-title")),
        "year": year,
        "url": url,
        "doi": next(iter(dois), "") or numbers.doi_of_address(url),
        "arxiv": arxiv,
        "kind": _kind(item, arxiv),
        "editors": people.of_names(item.get("editor")),
        "volume": values.volume(_text(item.get("volume"))),
        "issue": values.volume(_text(item.get("issue"))),
        "pages": values.pages(_text(item.get("page"))),
        "published": day,
        "isbn": values.isbns_in([_text(item.get("ISBN")) or said.get("ISBN", "")]),
        "issn": values.issns_in([_text(item.get("ISSN")) or said.get("ISSN", "")]),
        "pmid": _pmid(item, said, links),
        "openalex": numbers.first_openalex([*links, _text(item.get("id"))]),
        "semantic_scholar": numbers.first_semantic_scholar(links),
        "keywords": _keywords(item),
        "abstract": values.paragraphs(_lines(item.get("abstract"))),
        "citation_key": _citation_key(item),
        "further": (*(("DOI", one) for one in dois[1:]), *_further(item, note, arxiv)),
    }
    return Entry(
        **completed(read, lambda one: _text(item.get(one.csl[0])) if one.csl else ""),
        original=original,
        lines=(line,),
    )


def lossless(item: CslItem) -> LosslessFields:
    custom = item.get("custom")
    if not isinstance(custom, dict):
        return {}
    return {name: lossless_fields.of_json(name, value) for name, value in custom.items()}


def topics(item: CslItem) -> tuple[Path, ...]:
    custom = item.get("custom")
    named = custom.get("topics") if isinstance(custom, dict) else None
    found = (
        [path for one in named for path in lossless_fields.path(one)]
        if isinstance(named, list)
        else []
    )
    return tuple(dict.fromkeys(found))


def _text(value: Any) -> str:
    """Return the text in one line; of several, each."""
    if isinstance(value, list):
        return " ".join(filter(None, (_text(one) for one in value if not isinstance(one, list))))
    return values.without_html(values.storable(_scalar(value)))


def _lines(value: Any) -> str:
    return values.storable(_scalar(value))


def _scalar(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _said_in_note(item: CslItem) -> tuple[dict[str, str], str]:
    """Return the numbers that lines of the note state, and the rest of the note."""
    said: dict[str, str] = {}
    rest = []
    for line in _lines(item.get("note")).split("\n"):
        found = _SAID.fullmatch(line)
        name = _NUMBERS.get(found[1].strip().casefold()) if found else None
        if found and name:
            said.setdefault(name, found[2].strip())
        else:
            rest.append(line)
    return said, "\n".join(rest).strip()


def _arxiv(item: CslItem, said: dict[str, str], links: list[str]) -> str:
    stated = numbers.arxiv_dois([_text(item.get("DOI"))])
    stated += [said.get("arXiv", "").split(" ")[0], *links[1:2]]
    if _text(item.get("archive")).casefold().startswith("arxiv"):
        stated.append(links[2])
    direct = (identifiers.arxiv(text) for text in stated if "." in text or "/" in text)
    named = (_text(item.get(name)) for name in ("archive", "note", "container-title", "publisher"))
    return (
        next(filter(None, direct), "")
        or numbers.arxiv_of_address(links[0])
        or numbers.first_arxiv([*links, *named])
    )


def _pmid(item: CslItem, said: dict[str, str], links: list[str]) -> str:
    stated = _text(item.get("PMID")) or said.get("PMID", "")
    return stated if stated.isdecimal() else numbers.first_pmid([stated, *links])


def _kind(item: CslItem, arxiv: str) -> str:
    stated = _text(item.get("type")).casefold().replace("_", "-")
    kind = variables.KINDS.get(stated) or variables.KINDS.get(stated.replace("-", "_"), "")
    return kind or ("article" if arxiv else "")


def _keywords(item: CslItem) -> str:
    """Return the words, which a text parts by semicolons or, without any, by commas."""
    texts: list[str] = []
    for name in ("keyword", "keywords", "subject", "tags"):
        value = item.get(name)
        if isinstance(value, list):
            texts += map(_text, value)
        else:
            text = _text(value)
            texts += [text] if ";" in text else text.split(",")
    return values.keywords(texts)


def _citation_key(item: CslItem) -> str:
    key = _text(item.get("citation-key"))
    if key:
        return key
    given = _text(item.get("id"))
    return given if _KEY.fullmatch(given) and not _GIVEN_ID.fullmatch(given) else ""


def _further(item: CslItem, note: str, arxiv: str) -> Iterator[tuple[str, str]]:
    """Yield what no detail holds, in the order of the item."""
    for name, value in item.items():
        text = note if name == "note" else _further_text(name, value)
        says_arxiv = name in _OF_ARXIV and arxiv and _says_arxiv(text, arxiv)
        if text and not says_arxiv and not values.is_nothing(text):
            yield variables.NAMES.get(name, values.storable(name)), text


def _says_arxiv(text: str, arxiv: str) -> bool:
    return text.casefold() in {"arxiv", arxiv, f"arxiv:{arxiv}"}


def _further_text(name: str, value: Any) -> str:
    if name == "issued":
        return "" if _is_said(value) else dates.text(value)
    if name in _READ or name in variables.OF_THE_REGISTRY:
        return ""
    if dates.is_date_variable(value):
        return dates.text(value)
    if people.are_people(value):
        return people.of_names(value)
    return _text(value) or _as_json(value)


def _is_said(date: Any) -> bool:
    """Return whether year and day are all that the date says."""
    year, day = dates.year_and_day_of(date)
    return dates.text(date) in {day or str(year), str(year)}


def _as_json(value: Any) -> str:
    if not isinstance(value, list | dict) or not value:
        return ""
    try:
        text = json.dumps(value)
    except RecursionError:
        return ""
    return text if len(text) <= _LONGEST_VALUE else ""
