"""Every detail of a paper is everywhere: one that is forgotten somewhere fails here by its name."""

import io
import json
import zipfile
from dataclasses import replace

import pytest

from papers.archives.group_archive import as_zip
from papers.formats.core.format import Format
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.core.reading_list.details import (
    DETAILS,
    Detail,
    DetailKind,
    DetailPlace,
    names_where,
)
from papers.formats.registry import BY_NAME, MARKDOWN, WRITTEN, recognition
from papers.imports import workflow
from papers.library.forms.papers import PaperForm
from papers.models import Paper, PaperMerge
from papers.models.details import column_values, entry_of_paper
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
    "set_aside_at": "when it was set aside",
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


def name_of(written: Format) -> str:
    return written.name


def is_of_pairs(one: Detail) -> bool:
    return one.kind == DetailKind.PAIRS


every_detail = pytest.mark.parametrize("name", DETAILS)


def value_of(name: str) -> object:
    return VALUES.get(name, f"A {name} of its own")


def whole() -> Entry:
    return Entry(**{name: value_of(name) for name in DETAILS})


def described(paper: Paper) -> Paper:
    """The paper, which now says all there is to say."""
    paper.revise(paper.version, **column_values(whole()))
    return Paper.objects.get(pk=paper.pk)


def test_every_column_is_a_detail_or_has_its_reason():
    columns = {field.name for field in Paper._meta.concrete_fields}
    assert columns == DETAILS.keys() | NO_DETAILS.keys()


@every_detail
def test_a_column_is_called_as_the_table_calls_it(name):
    called = str(getattr(Paper._meta.get_field(name), "verbose_name", ""))
    assert called.casefold() == DETAILS[name].label.casefold()


def test_the_form_offers_all_that_have_a_place(room: Room):
    offered = set(PaperForm(room.group).fields).intersection(DETAILS)
    assert offered == set(names_where(lambda one: one.place != DetailPlace.NOWHERE))


def test_all_fit_their_columns_and_come_back(room: Room):
    assert entry_of_paper(described(room.paper)) == whole()


@pytest.mark.parametrize(
    "written", [one for one in WRITTEN if one.reads and one != MARKDOWN], ids=name_of
)
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
    other = described(make_paper(room.group, title="Another"))
    before = getattr(room.paper, name)
    merge = PaperMerge.objects.merge(other, room.paper, room.organizer, [name])
    assert getattr(entry_of_paper(Paper.objects.get(pk=room.paper.pk)), name) == value_of(name)
    PaperMerge.objects.get(pk=merge.pk).undo(room.organizer)
    assert getattr(Paper.objects.get(pk=room.paper.pk), name) == before


def test_importing_over_a_paper_brings_what_it_lacks(room: Room):
    text = BY_NAME["bibtex"].write(ReadingList(entries=(replace(whole(), topic=("Pruning",)),)))
    bare = make_paper(room.group, room.topic, title=str(value_of("title")), doi="10.1000/182")
    workflow.apply(room.group.imports.create(text=text, imported_by=room.organizer), room.organizer)
    found = entry_of_paper(Paper.objects.get(pk=bare.pk))
    assert replace(found, further=()) == replace(whole(), further=())  # pairs are not weighed


def test_the_archive_of_a_group_has_all(room: Room):
    described(room.paper)
    with zipfile.ZipFile(io.BytesIO(as_zip(room.group, room.member))) as archive:
        papers = json.loads(archive.read("list.json"))["papers"]
    found = next(paper for paper in papers if paper["id"] == room.paper.pk)
    pairs = {name: [*map(list, found[name])] for name in names_where(is_of_pairs)}
    said = {name: value_of(name) for name in DETAILS}
    assert {name: found[name] for name in DETAILS} == said | pairs


def test_every_plain_detail_has_a_name_in_each_format():
    """One that is added with a label alone is text in one line everywhere."""
    added = Detail("Code")
    assert (added.fields_of_bibtex, added.column or added.label) == (("code",), "Code")
