"""RIS, which nearly every search engine and reference manager writes and reads.

A record is one paper. What RIS has no field for is in two that are free to use, so that all we
write comes back: `C1  - topic: Learning > With labels` once for each topic, and
`C2  - authors: Han et al.` for a detail that the other fields do not give back. An abstract of
several paragraphs is written with each in one line without a tag, after a blank line.
"""

from dataclasses import replace

from papers.formats import tagged
from papers.formats.core.format import Format, Sample
from papers.formats.core.reading_list import Entry, Path, ReadingList
from papers.formats.core.records import lossless_fields, values
from papers.formats.core.records.tagged_lines import has_pubmed, has_ris, has_tagged_records
from papers.formats.core.text import refuse_large
from papers.formats.tagged import TaggedRecord
from papers.formats.tagged.ris import fields, records, writing


def read(text: str) -> ReadingList:
    """Return the list that the RIS holds. Raises TooLarge for more than one may be, nothing
    else.
    """
    refuse_large(len(text.encode(errors="surrogatepass")))
    cut = records.cut_records(values.storable(text))
    return tagged.listed(cut.records, _entries, cut.between)


def write(reading_list: ReadingList) -> str:
    """Return the papers of the list, such that reading it gives them again, each under its topics.

    Ticks, notes, files beside the list and topics without papers stay behind.
    """
    return "\n".join(
        _written(
            writing.in_a_record(paper.said),
            tuple(dict.fromkeys(entry.topic for entry in paper.entries)),
        )
        for paper in reading_list.papers
    )


def cite(entry: Entry) -> str:
    """Return the record of the paper without fields of ours."""
    return writing.record(writing.in_a_record(entry), (), {})


def _entries(record: TaggedRecord) -> list[Entry]:
    """Return the paper once for each of its topics."""
    entry, lossless, topics = fields.entry_of_tags(record)
    restored = lossless_fields.restored(
        entry,
        lossless,
        fields=writing.by_tag((one.tag, one.text) for one in record.fields),
        written=writing.written_fields,
        said_in=writing.TAGS_OF,
    )
    return [replace(restored, topic=topic) for topic in topics or ((),)]


def _written(entry: Entry, topics: tuple[Path, ...]) -> str:
    plain = writing.record(entry, (), {})
    read = [one for record in records.cut_records(plain).records for one in _entries(record)]
    return writing.record(entry, topics, lossless_fields.needed(entry, read[0] if read else None))


def is_one(sample: Sample) -> bool:
    is_pubmed = has_pubmed(sample) and not has_ris(sample)
    return has_tagged_records(sample) and not is_pubmed


FORMAT = Format(
    "ris",
    "RIS",
    reads=read,
    is_one=is_one,
    turn=5,
    suffixes=("ris",),
    writes=write,
    use="for Zotero, Mendeley, EndNote and Citavi",
    extension="ris",
    media_type="application/x-research-info-systems; charset=utf-8",
    cites=cite,
)
