"""An entry as an item of CSL."""

from collections.abc import Hashable, Iterable
from typing import Any

from papers.formats.core.reading_list import Entry, Path
from papers.formats.core.reading_list.details import DETAILS, plain_details
from papers.formats.core.records import lossless_fields
from papers.formats.core.records.lossless_fields import LosslessFields
from papers.formats.core.records.values import storable
from papers.formats.csl_json import dates, people, variables
from papers.formats.csl_json.reading import CslItem

# The variables that say a detail.
VARIABLES_OF = {name: one.csl for name, one in DETAILS.items() if one.csl}
_OURS = frozenset(name for names in VARIABLES_OF.values() for name in names) | {"id", "custom"}


def item(entry: Entry) -> CslItem:
    """Return the item for other programs, without empty values. It has no id yet."""
    found = {
        "type": entry.kind if entry.kind in variables.TYPES else "document",
        "citation-key": entry.citation_key,
        "title": entry.title,
        "author": people.names(entry.authors),
        "editor": people.names(entry.editors),
        "container-title": entry.venue,
        "issued": dates.of_entry(entry.year, entry.published),
        "volume": entry.volume,
        "issue": entry.issue,
        "page": entry.pages,
        "publisher": entry.publisher,
        "DOI": entry.doi,
        "URL": entry.url,
        "archive": "arXiv" if entry.arxiv else "",
        "archive_location": entry.arxiv,
        "ISBN": entry.isbn,
        "ISSN": entry.issn,
        "PMID": entry.pmid,
        "language": entry.language,
        "keyword": entry.keywords,
        "abstract": entry.abstract,
        **{one.csl[0]: text for one, text in plain_details(entry) if one.csl},
        **_further(entry),
    }
    return {name: value for name, value in _storable(found).items() if value}


def with_ours(
    found: CslItem, number: int, topics: Iterable[Path], lossless: LosslessFields
) -> CslItem:
    """Return the item with an id, its topics and what its variables do not give back."""
    paths = list(topics)
    custom = dict(lossless)
    if paths != [()]:
        custom["topics"] = paths
    return {"id": f"paper-{number}", **found, **({"custom": custom} if custom else {})}


def written_fields(entry: Entry) -> lossless_fields.ComparableFields:
    return comparable(item(entry))


def comparable(found: CslItem) -> dict[str, Hashable]:
    return {name: repr(value) for name, value in found.items() if value}


def _further(entry: Entry) -> dict[str, str]:
    return {
        name: text for name, text in entry.further if name in variables.TEXTS and name not in _OURS
    }


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_storable(one) for one in value]
    if isinstance(value, dict):
        return {name: _storable(one) for name, one in value.items()}
    return value
