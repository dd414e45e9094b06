"""One table says which formats there are; whatever names them follows it."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from papers.formats import registry
from papers.formats.core.format import Format
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.registry import FORMATS, READ, WRITTEN, recognition
from papers.imports.forms import ListForm
from papers.models import ListImport

DOCS = Path(settings.BASE_DIR) / "docs"
NOTE = "%NOTE On Lists"


def read_notes(text: str) -> ReadingList:
    titles = [line.removeprefix("%NOTE ") for line in text.splitlines()]
    return ReadingList(entries=tuple(Entry(title, lines=(1,)) for title in titles))


NOTES = Format(
    "notes",
    "Notes",
    reads=read_notes,
    is_one=lambda sample: sample.text.startswith("%NOTE"),
    suffixes=("note",),
)


def accepted_by(form: ListForm) -> str:
    return f"{form.fields['list_file'].widget.attrs['accept']},"


def row_of(one: Format) -> str:
    files = " ".join(f"`.{suffix}`" for suffix in one.suffixes) or "–"
    written = "yes" if one.writes else "–"
    return f"| {one.label} | {files} | {one.largest // 2**20} MB | {written} |"


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_a_format_is_whole(one):
    assert one.label
    assert one.reads or one.writes
    assert bool(one.reads) == bool(one.is_one)
    assert bool(one.writes) == bool(one.use) == bool(one.extension) == bool(one.media_type)


@pytest.mark.parametrize(
    ("attribute", "formats"),
    [
        ("name", FORMATS),
        ("label", FORMATS),
        ("option", FORMATS),
        ("turn", READ),
        ("extension", WRITTEN),
    ],
)
def test_no_two_formats_share_what_tells_them_apart(attribute, formats):
    found = [getattr(one, attribute) for one in formats]
    assert len(set(found)) == len(found)


def test_the_form_and_the_column_name_all_that_is_read():
    form = ListForm()
    choices = dict(ListImport._meta.get_field("format").flatchoices)
    assert choices == {one.name: one.label for one in READ}
    for one in READ:
        assert one.label in form.fields["list_text"].help_text
        assert all(f".{suffix}," in accepted_by(form) for suffix in one.suffixes)


def test_the_form_says_how_much_each_format_may_hold():
    said = ListForm().fields["list_file"].help_text
    assert said == "Markdown and Org-mode up to 1 MB, other formats up to 4 MB."


@pytest.mark.django_db
def test_a_format_is_one_line_of_the_table(monkeypatch):
    monkeypatch.setattr(registry, "READ", (*READ, NOTES))
    monkeypatch.setattr(recognition, "BY_TURN", [NOTES, *recognition.BY_TURN])
    assert recognition.recognised(NOTE) is NOTES
    assert [entry.title for entry in recognition.read(NOTE).entries] == ["On Lists"]
    assert registry.labels().endswith(" or Notes")
    assert ".note," in registry.accepted()
    brought = ListImport(text=NOTE)
    brought.read()
    assert brought.format == "notes"
    assert brought.get_format_display() == "Notes"


def test_a_format_refuses_what_it_cannot_do():
    with pytest.raises(NotImplementedError, match="Notes is not written"):
        NOTES.write(ReadingList())
    with pytest.raises(NotImplementedError, match="Notes is not read"):
        replace(NOTES, reads=None).read("")


def test_the_docs_have_a_row_for_each_format_that_is_read():
    rows = "\n".join(row_of(one) for one in READ)
    assert f"|---|---|---|---|\n{rows}\n\n" in (DOCS / "formats.md").read_text()


def test_the_docs_on_security_name_all_that_is_read():
    assert registry.labels() in (DOCS / "security.md").read_text()
