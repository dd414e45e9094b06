"""CSL-JSON: what citeproc, Zotero, Mendeley and pandoc read, and what Crossref answers.

An item is one paper. What CSL has no variable for is in `custom`, which CSL leaves to programs:
`topics`, each with the names of those above it, and each detail that the variables do not give
back.
"""

import json
import re
from dataclasses import replace
from itertools import pairwise

from papers.formats.core.format import Format, Sample
from papers.formats.core.reading_list import Entry, ListedTopic, ReadingList, ReportedLine, outline
from papers.formats.core.records import lossless_fields
from papers.formats.core.records.untitled import kept
from papers.formats.core.text import refuse_large, refuse_many
from papers.formats.csl_json import members, reading, writing
from papers.formats.csl_json.members import Member
from papers.formats.csl_json.reading import CslItem

NOT_AN_ITEM = "This is not an item of CSL-JSON, so it was skipped. The others were read."
BROKEN = (
    "The JSON is damaged or ends here, so this was skipped. The others were read as far as "
    "possible. Correct it, then import it again."
)
_LONGEST_LINE = 200
_BEGINNING = re.compile(r'(?:\[\s*)?\{\s*["}]')
# A list of records that breaks off is one all the same.
_BROKEN_OFF = re.compile(
    r'\[\s*\{\s*"(?:id|type|title|author|DOI|URL|issued|abstract|key|itemType|citation-key|language)"'
    r'\s*:|\{\s*"(?:items|references)"\s*:\s*\['
)


def read(text: str) -> ReadingList:
    """Return the list that the JSON holds. Raises TooLarge for more than one may be, nothing
    else.
    """
    refuse_large(len(text.encode(errors="surrogatepass")))
    found = members.items(text)
    refuse_many(len(found), "papers")
    entries: list[Entry] = []
    not_understood: list[ReportedLine] = []
    remarks: list[ReportedLine] = []
    for member, number in zip(found, _lines(text, found), strict=True):
        read_here, reason = _entries(member, number)
        entries += read_here
        if reason:
            left = remarks if read_here else not_understood
            left.append(ReportedLine(number, _beginning(text, member.start), reason))
    topics = tuple(ListedTopic(path) for path in outline(entry.topic for entry in entries))
    return ReadingList(
        topics=topics,
        entries=tuple(entries),
        not_understood=tuple(not_understood),
        remarks=tuple(remarks),
    )


def write(reading_list: ReadingList) -> str:
    """Return the papers of the list, such that reading it gives them again, each under its topics.

    Ticks, notes, files beside the list and topics without papers stay behind.
    """
    items = []
    for number, paper in enumerate(reading_list.papers, start=1):
        said = _in_an_item(paper.said)
        item = writing.item(said)
        topics = tuple(dict.fromkeys(entry.topic for entry in paper.entries))
        lossless = lossless_fields.needed(said, reading.entry_of_item(item, 1))
        items.append(writing.with_ours(item, number, topics, lossless))
    return _as_text(items)


def cite(entry: Entry) -> str:
    """Return the item of the paper without variables of ours."""
    return _as_text([writing.with_ours(writing.item(_in_an_item(entry)), 1, [()], {})])


def _in_an_item(entry: Entry) -> Entry:
    """Return the entry as far as an item says it."""
    return replace(entry, topic=(), file="", note="", checked=None)


def _as_text(items: list[CslItem]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _entries(member: Member, number: int) -> tuple[list[Entry], str]:
    """Return the paper once for each of its topics, and what is to be said of it, or why there is
    none.
    """
    if member.is_broken:
        return [], BROKEN
    if not isinstance(member.value, dict):
        return [], NOT_AN_ITEM
    item = {**({"id": member.key} if member.key else {}), **member.value}
    restored = _restored(reading.entry_of_item(item, number), item)
    return kept(replace(restored, topic=topic) for topic in reading.topics(item) or ((),))


def _restored(entry: Entry, item: CslItem) -> Entry:
    return lossless_fields.restored(
        entry,
        reading.lossless(item),
        fields=writing.comparable(item),
        written=writing.written_fields,
        said_in=writing.VARIABLES_OF,
    )


def _lines(text: str, found: list[Member]) -> list[int]:
    """Return the line that each begins on."""
    starts = [0, *(member.start for member in found)]
    number, numbers = 1, []
    for before, start in pairwise(starts):
        number += text.count("\n", before, start)
        numbers.append(number)
    return numbers


def _beginning(text: str, start: int) -> str:
    return " ".join(text[start : start + _LONGEST_LINE].split())


def is_one(sample: Sample) -> bool:
    text = sample.text
    return bool(_BEGINNING.match(text) and text[-1] in "]}") or bool(_BROKEN_OFF.match(text))


FORMAT = Format(
    "csl_json",
    "CSL-JSON",
    reads=read,
    is_one=is_one,
    turn=2,
    suffixes=("json",),
    writes=write,
    use="for Zotero, Pandoc and programs",
    extension="json",
    media_type="application/vnd.citationstyles.csl+json; charset=utf-8",
    cites=cite,
)
