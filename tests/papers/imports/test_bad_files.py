"""Files that do harm or hold no list, handed in as people hand files in: never an error of ours,
and nothing written."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from groups.models import Event
from papers.models import ListImport, Paper, Placement, ReadingStatus, Topic
from tests.factories import Room, browser_of
from tests.pages import text_of, words_of
from tests.papers.formats.test_hostile import NESTED, TABLES, overlapping_zip, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]
ROWS = (Topic, Paper, Placement, ReadingStatus, Event)
FILES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b" \n" * 100,
    "archive called .bib": lambda: zipped("list.bib", b"@article{a, title={T}}"),
    "overlapping archive": overlapping_zip,
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "web page": lambda: b"<!DOCTYPE html><html><body><ul><li>On lists</li></ul></body></html>",
    "zeros": lambda: b"- [ ] On lists\n\0",
    "ten megabytes in one line": lambda: b"x" * 4_300_000,
    "unclosed entry": lambda: b"@article{a, title = {On lists",
    "strings that double": lambda: (
        b"@string{a0 = {xxxxxxxxxx}}\n"
        + b"".join(b"@string{a%d = a%d # a%d}\n" % (n + 1, n, n) for n in range(60))
        + b"@article{k, title = a60}\n"
    ),
    "entities that double": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>'
    ),
    "broken JSON": lambda: b'[{"title": "On lists", "id": "a"',
    "records without an end": lambda: b"TY  - JOUR\n" * 2_000,
    "payments": lambda: b"Date,Payee,Amount\n2024-01-01,Shop,3.50\n2024-01-02,Shop,2.50\n",
    "twenty thousand records": lambda: b"TY  - JOUR\nTI  - On lists\nER  - \n" * 20_000,
    "program": lambda: b"\x7fELF\x02\x01\x01" + bytes(range(1, 256)) * 20,
    "header only": lambda: b"Title,Authors,Year\n",
    "overrides": lambda: "## \u202eTopic\n- [ ] \u202eno title\u202c\n".encode(),
    "scripts as links": lambda: b"- [ ] [On lists](javascript:alert(1))\n",
    "half of a character": lambda: "- [ ] Über Listen".encode()[:-3] + b"\xc3",
    **{name: lambda made=made: made().encode() for name, made in NESTED.items()},
    **{f"table of {name}": lambda text=text: text.encode() for name, text in TABLES.items()},
}


def counted(room: Room) -> list[int]:
    return [model._default_manager.count() for model in ROWS]


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_or_read_and_writes_nothing(room, name):
    before, lists = counted(room), ListImport.objects.count()
    file = SimpleUploadedFile("list.bib", FILES[name]())
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/imports/new/"
    page = browser.post(address, {"list_file": file})
    assert page.status_code in (302, 422)
    if page.status_code == 422:
        assert ListImport.objects.count() == lists
        assert page.context["form"].errors["list_file"]
        assert "nothing was imported" in words_of(text_of(page)).lower()
    else:
        handed = ListImport.objects.latest("pk")
        if handed.is_waiting:
            handed.read()
        shown = browser.get(page["Location"])
        assert shown.status_code == 200
        assert "javascript:" not in text_of(shown)
    assert counted(room) == before
