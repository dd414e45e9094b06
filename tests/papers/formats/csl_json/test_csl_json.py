"""CSL-JSON: its items, their spellings elsewhere, and the way back."""

import json
import warnings
from typing import Any

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain as as_plain
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import csl_json
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.records.untitled import NO_TITLE
from papers.formats.core.text import MOST_ENTRIES, TooLarge
from papers.formats.csl_json.variables import DATES, TEXTS, TYPES
from papers.formats.registry import recognition
from tests.papers.formats.libraries import LISTS, places

ITEM: dict[str, Any] = {
    "id": "okafor2021",
    "type": "article-journal",
    "title": "Slow Reading in Small Rooms",
    "author": [{"family": "Okafor", "given": "Ada"}, {"literal": "The Example Group"}],
    "editor": [{"family": "Lindqvist", "given": "Bo"}],
    "container-title": "Journal of Invented Results",
    "issued": {"date-parts": [[2021, 4, 21]]},
    "volume": "12",
    "issue": "3",
    "page": "101–119",
    "publisher": "Example Press",
    "DOI": "10.1000/SLOW.1",
    "URL": "https://example.org/slow",
    "ISBN": "978-0-00-000000-2",
    "ISSN": "0000-000X",
    "PMID": "12345678",
    "language": "en",
    "keyword": "reading; rooms",
    "abstract": "Rooms matter.",
}
OKAFOR = Entry(
    "Slow Reading in Small Rooms",
    authors="Okafor, Ada; The Example Group",
    editors="Lindqvist, Bo",
    venue="Journal of Invented Results",
    year=2021,
    published="2021-04-21",
    volume="12",
    issue="3",
    pages="101-119",
    publisher="Example Press",
    doi="10.1000/slow.1",
    url="https://example.org/slow",
    isbn="9780000000002",
    issn="0000000X",
    pmid="12345678",
    language="en",
    keywords="reading; rooms",
    abstract="Rooms matter.",
    citation_key="okafor2021",
    kind="article-journal",
)


def only(**changed: Any) -> Entry:
    """The one paper of an item with a title and what is given."""
    item = {"title": "Slow Reading", **{name.replace("_", "-"): v for name, v in changed.items()}}
    found = csl_json.read(json.dumps([item]))
    assert not found.not_understood
    (entry,) = found.entries
    return entry


class TestReading:
    @pytest.mark.parametrize(
        "text",
        [
            json.dumps([ITEM]),
            "\ufeff" + json.dumps([ITEM], indent=2),
            json.dumps(ITEM),
            json.dumps({"items": [ITEM]}),
            json.dumps({"okafor2021": ITEM}),
            json.dumps({"status": "ok", "message": {"total-results": 1, "items": [ITEM]}}),
            json.dumps({"status": "ok", "message": ITEM}),
        ],
    )
    def test_an_item_is_a_paper_however_it_is_wrapped(self, text: str) -> None:
        found = csl_json.read(text)
        assert found.entries == (OKAFOR,)

    def test_an_answer_of_crossref_says_the_same(self) -> None:
        item = {
            **ITEM,
            "type": "journal-article",
            "title": ["Slow <i>Reading</i> in Small Rooms"],
            "container-title": ["Journal of Invented Results"],
            "ISSN": ["0000-000X"],
            "ISBN": ["978-0-00-000000-2"],
            "reference": [{"key": str(number)} for number in range(100)],
            "is-referenced-by-count": 7,
            "subtitle": [],
        }
        assert csl_json.read(json.dumps([item])).entries == (OKAFOR,)

    def test_an_item_without_an_id_takes_the_name_it_is_under(self) -> None:
        bare = {name: value for name, value in ITEM.items() if name != "id"}
        assert csl_json.read(json.dumps({"okafor2021": bare})).entries == (OKAFOR,)

    @pytest.mark.parametrize(
        ("issued", "year", "published", "further"),
        [
            ({"date-parts": [["2021", "4"]]}, 2021, "2021-04", ()),
            ({"date-parts": [["-334"]]}, -334, "", ()),
            ({"date-parts": [2021, 4, 21]}, 2021, "2021-04-21", ()),
            ({"date-parts": [[2011, 5], [2012]]}, 2011, "", (("issued", "2011-05/2012"),)),
            ({"date-parts": [[2017]], "circa": True}, 2017, "", (("issued", "about 2017"),)),
            ({"date-parts": [[2017]], "season": 4}, 2017, "", (("issued", "2017, winter"),)),
            ({"literal": "13th century"}, None, "", (("issued", "13th century"),)),
            ({"raw": "21 April 2021"}, 2021, "2021-04-21", (("issued", "21 April 2021"),)),
            ({"date-parts": [[None]]}, None, "", ()),
            ({"date-parts": [[10**30]]}, None, "", ()),
            ("2021-04-21", 2021, "2021-04-21", ()),
            (2021, 2021, "", ()),
        ],
    )
    def test_dates_are_read_as_far_as_they_are_stated(
        self, issued: Any, year: int | None, published: str, further: Any
    ) -> None:
        entry = only(issued=issued)
        assert (entry.year, entry.published, entry.further) == (year, published, further)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ({"family": "Berg", "non-dropping-particle": "van den"}, "van den Berg"),
            ({"family": "Okafor", "given": "Ada", "suffix": "Jr."}, "Okafor, Ada, Jr."),
            ({"given": "Ada"}, "Ada"),
            ({"name": "The Example Group"}, "The Example Group"),
            ({"literal": "A; B"}, "A, B"),
            ("Ada Okafor", "Ada Okafor"),
            (7, ""),
        ],
    )
    def test_names_are_read_in_all_their_parts(self, name: Any, text: str) -> None:
        assert only(author=[name]).authors == text

    @pytest.mark.parametrize(
        ("said", "detail", "value"),
        [
            ({"DOI": "10/abc"}, "doi", "10/abc"),
            ({"DOI": "https://doi.org/10.48550/arXiv.2101.00001"}, "arxiv", "2101.00001"),
            ({"note": "A remark\narXiv: 2101.00001 [cs]"}, "arxiv", "2101.00001"),
            ({"note": "A remark\narXiv: 2101.00001"}, "further", (("note", "A remark"),)),
            ({"note": "PMID: 12345678\nDOI: 10.1000/a"}, "pmid", "12345678"),
            ({"note": "PMID: 12345678\nDOI: 10.1000/a"}, "doi", "10.1000/a"),
            ({"number": "arXiv:2101.00001"}, "arxiv", "2101.00001"),
            ({"archive": "arXiv", "archive_location": "hep-ph/0101001"}, "arxiv", "hep-ph/0101001"),
            ({"type": "posted-content"}, "kind", "article"),
            ({"type": "proceedings-article"}, "kind", "paper-conference"),
            ({"type": "bookSection"}, "kind", "chapter"),
            ({"type": "spell"}, "kind", ""),
            ({"volume": 12}, "volume", "12"),
            ({"volume": float("nan")}, "volume", ""),
            ({"id": "ITEM-1"}, "citation_key", ""),
            ({"id": "http://example.org/items/1"}, "citation_key", ""),
            ({"keyword": "one, two"}, "keywords", "one; two"),
            ({"tags": ["one", "two"]}, "keywords", "one; two"),
            (
                {"abstract": "<jats:p>One.</jats:p><jats:p>Two.</jats:p>"},
                "abstract",
                "One.\n\nTwo.",
            ),
            ({"publisher-place": "Exampleton"}, "further", (("publisher-place", "Exampleton"),)),
            ({"translator": [{"family": "Lindqvist"}]}, "further", (("translator", "Lindqvist"),)),
            ({"accessed": {"date-parts": [[2020]]}}, "further", (("accessed", "2020"),)),
            ({"spell": {"of": [1, "a"]}}, "further", (("spell", '{"of": [1, "a"]}'),)),
        ],
    )
    def test_each_detail_is_found_where_programs_write_it(
        self, said: dict[str, Any], detail: str, value: object
    ) -> None:
        text = json.dumps([{"title": "Slow Reading", **said}])
        assert getattr(csl_json.read(text).entries[0], detail) == value

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("H<sub>2</sub>O &amp; <i>more</i>", "H2O & more"),
            ('<span class="nocase">Small</span> rooms', "Small rooms"),
            ("Less than <0.5MB, a < b > c", "Less than <0.5MB, a < b > c"),
        ],
    )
    def test_tags_of_html_leave_a_title_and_signs_stay(self, written: str, read: str) -> None:
        assert only(title=written).title == read

    def test_an_item_without_a_title_and_a_number_is_named_by_its_line(self) -> None:
        found = csl_json.read('[\n{"title": "Slow Reading"},\n{"volume": "7"},\n7]')
        assert [entry.lines for entry in found.entries] == [(2,)]
        assert [(line.number, line.reason) for line in found.not_understood] == [
            (3, NO_TITLE),
            (4, csl_json.NOT_AN_ITEM),
        ]

    @pytest.mark.parametrize("rest", ['{"title": "Br', "x]", ', "a": 1}', "", "}"])
    def test_what_is_before_a_break_is_read(self, rest: str) -> None:
        found = csl_json.read('[\n{"title": "Slow Reading"},\n' + rest)
        assert [entry.title for entry in found.entries] == ["Slow Reading"]
        assert [(line.number, line.reason) for line in found.not_understood] == [
            (3, csl_json.BROKEN)
        ]

    @given(st.lists(st.sampled_from([{"title": "A"}, {"DOI": "x"}, 7, None, [], {}, "a"])))
    def test_no_item_is_lost(self, items: list[Any]) -> None:
        found = csl_json.read(json.dumps(items))
        assert len(found.entries) + len(found.not_understood) == len(items)


class TestHostile:
    @pytest.mark.parametrize("opening", ["[", '{"a":', '[{"title":', '{"message":', '{"items":['])
    def test_a_deep_nest_is_not_understood(self, opening: str) -> None:
        found = csl_json.read(opening * 50_000)
        assert not found.entries
        assert found.not_understood

    def test_no_control_character_survives(self) -> None:
        entry = only(abstract="a\0b\x85\ud800c", spell="d\0", author=[{"literal": "e\0"}])
        assert (entry.abstract, entry.authors) == ("abc", "e")
        assert entry.further == (("spell", "d"),)

    def test_numbers_and_repeated_names_of_any_size_are_read(self) -> None:
        text = '[{"title": "A", "title": "Slow Reading", "volume": %s, "x": 1e999, "y": NaN}]'
        (entry,) = csl_json.read(text % ("9" * 10_000)).entries
        assert entry.title == "Slow Reading"
        assert entry.volume == "9" * 10_000

    @pytest.mark.parametrize("text", ['["' + "x" * 5_000_000, "[" + "é" * 2_500_000])
    def test_too_much_is_refused(self, text: str) -> None:
        with pytest.raises(TooLarge):
            csl_json.read(text)

    def test_too_many_items_are_refused(self) -> None:
        with pytest.raises(TooLarge, match="Nothing was imported"):
            csl_json.read(json.dumps([{"title": "A"}] * (MOST_ENTRIES + 1)))

    @given(st.text() | st.text('[]{}",:a1 \n').map(lambda text: "[" + text))
    def test_any_text_is_read(self, text: str) -> None:
        assert csl_json.read(text) is not None

    @given(
        st.dictionaries(
            st.sampled_from([*ITEM, "custom", "note"]),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(
                        st.sampled_from(["date-parts", "family", "raw", "topics", "year"]),
                        inner,
                        max_size=3,
                    )
                ),
                max_leaves=6,
            ),
            max_size=6,
        )
    )
    def test_any_value_may_stand_anywhere(self, item: dict[str, Any]) -> None:
        found = csl_json.read(json.dumps([item]))
        assert len(found.entries) + len(found.not_understood) >= 1


def is_valid(item: dict[str, Any]) -> bool:
    """Whether CSL 1.0.2 knows the type and every variable of the item, and its shape."""
    return item["type"] in TYPES and all(
        _is_valid_value(name, value) for name, value in item.items() if name != "type"
    )


def _is_valid_value(name: str, value: Any) -> bool:
    if name == "custom":
        return isinstance(value, dict)
    if name in DATES:
        ((year, *_),) = value["date-parts"]
        return isinstance(year, int)
    if name in {"author", "editor"}:
        return all({*one} in ({"literal"}, {"family", "given"}) for one in value)
    return name in TEXTS | {"id"} and isinstance(value, str)


def bibliography(text: str) -> list[str]:
    """What a program that makes bibliographies makes of the items."""
    items = json.loads(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        made = CitationStylesBibliography(style, CiteProcJSON(items), as_plain)
        for item in items:
            made.register(Citation([CitationItem(item["id"])]))
        return [str(entry) for entry in made.bibliography()]


class TestWriting:
    @given(LISTS)
    def test_what_is_written_is_read_back_equal(self, reading_list: ReadingList) -> None:
        written = csl_json.write(reading_list)
        assert list(csl_json.read(written).entries) == places(reading_list)

    @given(LISTS)
    def test_writing_what_was_read_changes_nothing(self, reading_list: ReadingList) -> None:
        written = csl_json.write(reading_list)
        assert csl_json.write(csl_json.read(written)) == written

    @given(LISTS)
    def test_every_item_is_one_of_csl(self, reading_list: ReadingList) -> None:
        items = json.loads(csl_json.write(reading_list))
        assert len({item["id"] for item in items}) == len(reading_list.papers)
        assert all(map(is_valid, items))

    def test_what_it_was_read_from_is_what_it_is_written_as(self) -> None:
        (item,) = json.loads(csl_json.write(ReadingList(entries=(OKAFOR,))))
        assert item == {
            **ITEM,
            "id": "paper-1",
            "citation-key": "okafor2021",
            "page": "101-119",
            "DOI": "10.1000/slow.1",
            "ISBN": "9780000000002",
            "ISSN": "0000000X",
        }

    @pytest.mark.parametrize(
        "entry",
        [
            OKAFOR,
            Entry("Slow Reading"),
            Entry("Slow Reading", authors="Okafor et al.", year=-334, venue="Example"),
            Entry("Slow Reading", kind="book", isbn="9780000000002", published="2021-04"),
        ],
    )
    def test_a_bibliography_can_be_made_of_it(self, entry: Entry) -> None:
        (made,) = bibliography(csl_json.write(ReadingList(entries=(entry,))))
        assert entry.title.casefold() in made.casefold()

    def test_a_paper_is_one_item_with_all_its_topics(self) -> None:
        topics = [("Rooms", "Small"), ("A > B",), ()]
        entries = tuple(Entry("Slow Reading", topic=topic) for topic in topics)
        written = csl_json.write(ReadingList(entries=entries))
        (item,) = json.loads(written)
        assert item["custom"]["topics"] == [["Rooms", "Small"], ["A > B"], []]
        assert csl_json.read(written).entries == entries

    def test_an_author_who_was_changed_elsewhere_is_kept(self) -> None:
        entry = Entry("Slow Reading", authors="Okafor et al.")
        written = csl_json.write(ReadingList(entries=(entry,)))
        (read,) = csl_json.read(written).entries
        assert read == entry
        (read,) = csl_json.read(written.replace('"literal": "Okafor"', '"literal": "Bo"')).entries
        assert read.authors == "Bo"

    @pytest.mark.parametrize(
        "lossless", [{"title": "Another"}, {"year": 1999}, {"kind": "spell"}, {"further": [1]}, 7]
    )
    def test_a_lossless_field_that_disagrees_is_left_out(self, lossless: Any) -> None:
        assert only(custom=lossless) == only()


@pytest.mark.parametrize(
    "broken",
    [
        '{"title": "Two "quoted" words"}',
        '{"title": "Two" "type": "book"}',
        '{"title": }',
        '{"title": "Two", "author": [{"family": "X"}, }',
        "nonsense",
    ],
)
@pytest.mark.parametrize("around", ["[{}]", '{{"items": [{}]}}'])
def test_a_broken_item_costs_only_itself_and_is_named_by_its_line(broken: str, around: str) -> None:
    works = ['{"title": "One", "id": "a"}', broken, '{"title": "Three", "year": 2001}']
    found = csl_json.read(around.format(",\n".join(works)))
    assert [entry.title for entry in found.entries] == ["One", "Three"]
    assert {line.number for line in found.not_understood} == {2}


def test_what_follows_the_end_of_a_list_is_not_passed_over() -> None:
    found = csl_json.read('[{"title": "One"},\n]\n{"title": "Three"}]')
    assert [entry.title for entry in found.entries] == ["One", "Three"]
    assert [line.number for line in found.not_understood] == [2]


def test_items_without_a_comma_between_them_are_two() -> None:
    found = csl_json.read('[{"title": "One", "id": "a"}\n{"title": "Two", "id": "b"}]')
    assert len(found.entries) == 2
    assert not found.not_understood


def test_json_that_breaks_off_is_still_told_as_such() -> None:
    text = '[{"id": "a", "title": "One"},\n{"id": "b", "title": "Tw'
    assert recognition.recognised(text).name == "csl_json"
    found = recognition.read(text)
    assert [entry.title for entry in found.entries] == ["One"]
    assert [line.number for line in found.not_understood] == [2]


def test_many_items_that_break_off_come_to_an_end() -> None:
    assert not csl_json.read('[{"id": "a", "title": {"a": ' * 20_000).entries


def test_works_on_lines_of_their_own_are_read_as_a_list_of_them() -> None:
    text = (
        '{"id": "a", "title": "One"}\n{"id": "b", "title": "Two"\n{"id": "c", "title": "Three"}\n'
    )
    found = csl_json.read(text)
    assert [entry.title for entry in found.entries] == ["One", "Three"]
    assert [line.number for line in found.not_understood] == [2]


def test_a_doi_of_arxiv_among_several_is_its_number() -> None:
    found = csl_json.read('[{"title": "A", "DOI": "10.48550/arXiv.2101.00001, 10.1000/2"}]')
    assert [(one.arxiv, one.doi, one.further) for one in found.entries] == [
        ("2101.00001", "10.1000/2", ())
    ]
