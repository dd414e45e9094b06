"""Every detail of a paper is everywhere: one that is forgotten somewhere fails here by its name."""

import io
import json
import zipfile

import pytest

from papers.archives.group_archive import as_zip
from papers.formats import recognition
from papers.formats.details import DETAILS, Kind, Place, names_where
from papers.formats.reading_list import Entry, ReadingList
from papers.formats.writers import FORMATS, MARKDOWN
from papers.library.forms.papers import PaperForm
from papers.models import Paper, PaperMerge
from papers.models.details import entry_of, values
from tests.factories import Room, make_paper

pytestmark = pytest.mark.django_db

# The columns of a paper that say nothing of the work.
NO_DETAILS = {
    "id": "the row",
    "version": "the row",
    "group": "where it belongs",
    "identity": "derived from the details",
    "title_key": "derived from the details",
    "page_key": "derived from the details",
    "imported_key": "derived from what was imported",
    "imported": "what a list said of it",
    "filled": "which details a look-up filled in",
    "removed_by": "why it was set aside",
    "merged_into": "why it was set aside",
    "added_by": "who added it",
    "added_at": "when it was added",
}
VALUES = {
    "title": "On counting bees from the air",
    "authors": "Marsh, Ada; Ohm, Grete",
    "venue": "Journal of Bees",
    "year": 2019,
    "url": "https://bees.example/1",
    "doi": "10.1000/182",
    "arxiv": "1706.03762",
    "kind": "article-journal",
    "editors": "Day, Lou",
    "volume": "12",
    "issue": "3",
    "pages": "12-34",
    "published": "2019-04-21",
    "isbn": "9783161484100",
    "issn": "03785955",
    "pmid": "12345678",
    "openalex": "W2741809807",
    "semantic_scholar": "13756489",
    "keywords": "bees; hives",
    "abstract": "Bees are counted.\n\nThen again.",
    "citation_key": "marsh2019bees",
    "further": (("edition", "2"),),
}
every_detail = pytest.mark.parametrize("name", DETAILS)


def value_of(name: str) -> object:
    return VALUES.get(name, f"A {name} of its own")


def whole() -> Entry:
    return Entry(**{name: value_of(name) for name in DETAILS})


def test_every_column_is_a_detail_or_has_its_reason():
    columns = {field.name for field in Paper._meta.concrete_fields}
    assert columns == DETAILS.keys() | NO_DETAILS.keys()


@every_detail
def test_a_column_is_called_as_the_table_calls_it(name):
    called = str(getattr(Paper._meta.get_field(name), "verbose_name", ""))
    assert called.casefold() == DETAILS[name].label.casefold()


@every_detail
def test_the_form_offers_it(room: Room, name):
    offered = name in PaperForm(room.group).fields
    assert offered == (DETAILS[name].place != Place.NOWHERE)


@every_detail
def test_it_fits_its_column_and_comes_back(room: Room, name):
    paper = make_paper(room.group, title="Another")
    given = values(Entry("Another", **({} if name == "title" else {name: value_of(name)})))
    paper.revise(paper.version, **given)
    found = getattr(entry_of(Paper.objects.get(pk=paper.pk)), name)
    assert found == ("Another" if name == "title" else value_of(name))


@pytest.mark.parametrize("written", [one for one in FORMATS if one != MARKDOWN], ids=str)
@every_detail
def test_every_format_gives_it_back(written, name):
    text = written.write(ReadingList(entries=(whole(),)))
    (read,) = recognition.read(text).entries
    assert getattr(read, name) == value_of(name)


@pytest.mark.parametrize("name", names_where(lambda one: one.is_on_a_line))
def test_a_line_of_markdown_gives_back_what_it_says(name):
    (read,) = recognition.read(MARKDOWN.write(ReadingList(entries=(whole(),)))).entries
    assert getattr(read, name) == value_of(name)


@every_detail
def test_merging_takes_it_over_and_gives_it_back(room: Room, name):
    other = make_paper(room.group, title="Another")
    other.revise(other.version, **values(whole()))
    other.refresh_from_db()
    before = getattr(room.paper, name)
    merge = PaperMerge.objects.merge(other, room.paper, room.organizer, [name])
    assert getattr(entry_of(Paper.objects.get(pk=room.paper.pk)), name) == value_of(name)
    PaperMerge.objects.get(pk=merge.pk).undo(room.organizer)
    assert getattr(Paper.objects.get(pk=room.paper.pk), name) == before


@every_detail
def test_the_archive_of_a_group_has_it(room: Room, name):
    room.paper.revise(room.paper.version, **values(whole()))
    with zipfile.ZipFile(io.BytesIO(as_zip(room.group, room.member))) as archive:
        papers = json.loads(archive.read("list.json"))["papers"]
    found = next(paper for paper in papers if paper["id"] == room.paper.pk)[name]
    said = value_of(name)
    assert found == ([list(pair) for pair in said] if DETAILS[name].kind == Kind.PAIRS else said)
