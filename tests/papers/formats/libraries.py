"""Generated reading lists, whose papers say anything at all."""

from dataclasses import replace

from hypothesis import strategies as st

from papers.formats.core.identity import comparable_title
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.reading_list.kinds import KINDS

# Whatever a database takes.
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029"), max_size=12
)
_LINES = st.lists(
    TEXTS | st.sampled_from(["ER  - ", "TY  - JOUR", "1.", "", "AU - B", '"', "[{"]), max_size=5
)
PARAGRAPHS = _LINES.map("\n".join) | _LINES.map("\n\n".join)
_PEOPLE = st.sampled_from(
    ["Okafor, Ada; Lindqvist, Bo", "Han et al.", "Ada Okafor and Bo Lindqvist", "The Example Group"]
)
_DAYS = st.dates().map(lambda day: day.isoformat())
_TAG = st.sampled_from(["N1", "note", "edition", "publisher-place", "ZZ", "AU", "TY", "C2", "id"])

_TOPICS = st.lists(TEXTS.filter(str.strip), max_size=3).map(tuple)
_DETAILS = {
    "authors": _PEOPLE | TEXTS,
    "venue": TEXTS,
    "year": st.integers(-9999, 9999),
    "url": st.sampled_from(["https://example.org/a?b=1", "https://doi.org/10.1000/x"]) | TEXTS,
    "doi": st.sampled_from(["10.1000/made.up", "10/abc"]) | TEXTS,
    "arxiv": st.sampled_from(["2101.00001", "hep-ph/0101001"]) | TEXTS,
    "kind": st.sampled_from([*KINDS]),
    "editors": _PEOPLE | TEXTS,
    "volume": TEXTS | st.sampled_from(["3", "v. 4"]),
    "issue": TEXTS,
    "pages": TEXTS | st.sampled_from(["12-34", "e7", "1-2, 5-6"]),
    "publisher": TEXTS,
    "published": _DAYS | _DAYS.map(lambda day: day[:7]),
    "isbn": st.sampled_from(["9780000000002", "9780000000002 0000000000"]) | TEXTS,
    "issn": st.sampled_from(["00000000", "0000000X 11111111"]) | TEXTS,
    "pmid": st.just("12345678") | TEXTS,
    "openalex": st.just("W12345678") | TEXTS,
    "semantic_scholar": TEXTS,
    "language": TEXTS,
    "keywords": TEXTS | st.sampled_from(["one; two", "one;two", "a, b"]),
    "abstract": TEXTS | PARAGRAPHS,
    "citation_key": TEXTS | st.sampled_from(["okafor2020", "7"]),
    "further": st.lists(st.tuples(_TAG | TEXTS, TEXTS | PARAGRAPHS), max_size=3).map(tuple),
}
_SAID = st.lists(
    st.sampled_from([*_DETAILS]).flatmap(lambda name: st.tuples(st.just(name), _DETAILS[name])),
    max_size=6,
).map(dict)
_TITLES = (TEXTS | PARAGRAPHS | st.sampled_from(["NA", "A <i>b</i>", "Why?"])).filter(
    comparable_title
)
ENTRIES = st.builds(
    lambda title, topic, said: Entry(title, topic=topic, **said), _TITLES, _TOPICS, _SAID
)
LISTS = st.lists(ENTRIES, max_size=3).map(lambda entries: ReadingList(entries=tuple(entries)))


def places(reading_list: ReadingList) -> list[Entry]:
    """What a record says of each paper of the list, once for each of its topics."""
    return [
        replace(paper.said, topic=topic, checked=None, note="", file="")
        for paper in reading_list.papers
        for topic in dict.fromkeys(entry.topic for entry in paper.entries)
    ]
