"""Papers as records of RIS."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from papers.formats.core import people
from papers.formats.core.reading_list import Entry, Path
from papers.formats.core.reading_list.details import DETAILS, plain_details
from papers.formats.core.records import lossless_fields
from papers.formats.core.records.lossless_fields import LosslessFields
from papers.formats.core.records.values import storable
from papers.formats.core.text.repair import one_line
from papers.formats.tagged.ris import tags
from papers.formats.tagged.ris.records import stands_around
from papers.formats.tagged.ris.topics import topic_line

# Each field as it is written: its tag and its text.
TagsAndTexts = list[tuple[str, str]]

# The tags that say a detail.
TAGS_OF = {name: one.ris for name, one in DETAILS.items() if one.ris}
_OURS = {"C1", "C2", "ER", *(tag for named in TAGS_OF.values() for tag in named)}
_TAG = re.compile(r"[A-Z][A-Z0-9]")
# A line that some program might take for the beginning of a field.
_LIKE_A_FIELD = re.compile(r"\s*\w\w\s*[-–—]")


def fields(entry: Entry) -> TagsAndTexts:
    """Return the fields that other programs read, in which nothing is empty."""
    first, last = _first_and_last(entry.pages)
    found = [
        ("TI", entry.title),
        *(("AU", str(name)) for name in people.parted(entry.authors).names),
        *(("A2", str(name)) for name in people.parted(entry.editors).names),
        ("T2", entry.venue),
        ("PY", str(entry.year or "")),
        ("DA", entry.published.replace("-", "/")),
        ("VL", entry.volume),
        ("IS", entry.issue),
        ("SP", first),
        ("EP", last),
        ("PB", entry.publisher),
        *(("SN", number) for number in [*entry.isbn.split(), *entry.issn.split()]),
        ("DO", entry.doi),
        ("AN", f"arXiv:{entry.arxiv}" if entry.arxiv else ""),
        ("UR", entry.url),
        ("LA", entry.language),
        *(("KW", word) for word in entry.keywords.split(";")),
        ("AB", _folded(entry.abstract)),
        ("ID", entry.citation_key),
        *((one.ris[0], text) for one, text in plain_details(entry) if one.ris),
        *_further(entry),
    ]
    bare = ((tag, text if tag == "AB" else one_line(storable(text))) for tag, text in found)
    return [
        ("TY", tags.TYPES.get(entry.kind, tags.ANY)),
        *((tag, text) for tag, text in bare if text),
    ]


def record(entry: Entry, topics: Iterable[Path], lossless: LosslessFields) -> str:
    """Return the record with its topics and with what its fields do not give back."""
    paths = list(topics)
    ours = [("C1", topic_line(path)) for path in paths if paths != [()]]
    ours += [("C2", f"{name}: {lossless_fields.as_text(one)}") for name, one in lossless.items()]
    return "".join(_lines([*fields(entry), *ours, ("ER", "")]))


def written_fields(entry: Entry) -> lossless_fields.ComparableFields:
    """Return the fields that would be written, to compare them."""
    return by_tag(fields(entry))


def by_tag(found: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    for tag, text in found:
        if text.strip():
            gathered.setdefault(tag, []).append(one_line(text))
    return {tag: tuple(texts) for tag, texts in gathered.items()}


def in_a_record(entry: Entry) -> Entry:
    """Return the entry as far as a record says it."""
    return replace(entry, topic=(), file="", note="", checked=None)


def _lines(found: TagsAndTexts) -> Iterator[str]:
    for tag, text in found:
        yield f"{tag}  - {text}\n"


def _first_and_last(pages: str) -> tuple[str, str]:
    first, dash, last = pages.partition("-")
    if not dash or not first.strip() or not last.strip() or "-" in last:
        return pages, ""
    return first, last


def _folded(abstract: str) -> str:
    """Return the paragraphs, each in one line without a tag and after a blank one.

    A paragraph that would be taken for something else is joined to the line before.
    """
    folded: list[str] = []
    for paragraph in re.split(r"\n\s*\n", storable(abstract)):
        text = one_line(paragraph)
        if folded and (_LIKE_A_FIELD.match(text) or stands_around(text)):
            folded[-1] = f"{folded[-1]} {text}"
        elif text:
            folded.append(text)
    return "\n\n".join(folded)


def _further(entry: Entry) -> TagsAndTexts:
    named = ((tags.TAG_OF_FURTHER.get(name, name), text) for name, text in entry.further)
    return [(tag, text) for tag, text in named if _TAG.fullmatch(tag) and tag not in _OURS]
