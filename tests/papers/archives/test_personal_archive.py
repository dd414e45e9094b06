"""What is kept about a person is told to that person, and nothing of it is left out unseen."""

import csv
import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import User
from groups.web.csv_tables import safe_cell
from papers.archives.personal_archive import PersonalArchive
from papers.archives.personal_data import (
    LEFT_OUT,
    NOT_IN_PROFILE,
    PARTS,
    PROFILE,
    PersonalDataKind,
    owned_rows,
)
from papers.models import Thread
from tests.factories import (
    browser_of,
    make_comment,
    make_group,
    make_join_request,
    make_membership,
    make_paper,
    make_thread,
    make_user,
)
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


def told_of(person) -> dict[str, str]:
    """The files of the person's export by name."""
    answer = browser_of(person).get("/accounts/data/export/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert f'filename="seminar-{person.handle}.zip"' in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_whatever_refers_to_a_person_is_told_or_has_a_reason_not_to_be():
    refers = {
        f"{relation.related_model._meta.label}.{relation.field.name}"
        for relation in User._meta.related_objects
    }
    covered = {part.refers for part in PARTS.values()}
    assert refers - covered - set(LEFT_OUT) == set()
    assert not covered & set(LEFT_OUT)
    assert "papers.Comment.author" in refers & covered


def test_whatever_a_person_consists_of_is_told_or_has_a_reason_not_to_be():
    columns = {field.name for field in User._meta.concrete_fields}
    assert columns == set(PROFILE) | set(NOT_IN_PROFILE)


def test_the_file_tells_all_about_the_person(room):
    person = room.author
    EmailAddress.objects.create(user=person, email="second@example.org", verified=True)
    room.paper.set_status(person, "read")
    make_join_request(make_group(name="Elsewhere"), person, note="May I?")
    me = json.loads(told_of(person)["me.json"])
    assert me["profile"]["name"] == person.name
    assert me["profile"]["email"] == person.email
    assert [row["address"] for row in me["addresses"]] == ["second@example.org"]
    assert [(row["group"], row["role"]) for row in me["memberships"]] == [("Readers", "member")]
    assert [(row["paper"], row["status"]) for row in me["statuses"]] == [(room.paper.title, "read")]
    assert [row["role"] for row in me["assignments"]] == ["presenter"]
    assert [row["title"] for row in me["threads"]] == ["The diagonal"]
    assert [row["source"] for row in me["comments"]] == ["Is the Hessian shared?"]
    assert [row["note"] for row in me["requests"]] == ["May I?"]
    assert [row["kind"] for row in me["history"]] == ["asked"]
    assert "password" not in me["profile"]
    assert person.password not in json.dumps(me)


def test_what_an_organizer_did_is_told(room):
    brought = [room.list_import.text, room.written.text]
    me = json.loads(told_of(room.organizer)["me.json"])
    assert sorted(row["text"] for row in me["imports"]) == sorted(brought)
    assert [row["role"] for row in me["invitations"]] == ["member"]
    assert [row["kind"] for row in me["actions"]] == ["started", "invited"]


def test_no_one_else_is_named(room):
    make_comment(room.thread, room.author, "An answer", parent=room.comment)
    make_comment(room.thread, room.member, "Another")
    room.paper.set_status(room.member, "read")
    room.membership_of(room.member).change_role("organizer", by=room.organizer)
    for person in (room.organizer, room.member, room.author):
        texts = "".join(told_of(person).values())
        others = {room.organizer, room.member, room.author} - {person}
        assert person.name in texts
        for other in others:
            assert other.name not in texts
            assert other.email not in texts
            assert other.handle not in texts


def test_comments_stand_under_their_group_paper_and_thread(room):
    make_comment(room.thread, room.author, "# No heading\n\n- a list")
    gone = make_comment(room.thread, room.author, "Forget this")
    gone.withdraw(by=room.author)
    comments = told_of(room.author)["comments.md"]
    headings = ["# My comments", "## Readers", f"### {room.paper.title}", "#### The diagonal"]
    assert comments.startswith("\n\n".join(headings))
    assert "> # No heading\n>\n> - a list\n" in comments
    assert "Forget this" not in comments


def test_statuses_are_a_table_in_which_no_cell_is_a_formula(room):
    paper = make_paper(room.group, title='=HYPERLINK("https://example.org")')
    paper.set_status(room.member, "read")
    room.paper.set_status(room.member, "reading")
    rows = list(csv.reader(io.StringIO(told_of(room.member)["statuses.csv"])))
    assert rows[0] == ["group", "paper", "status", "set", "finished"]
    assert {row[1]: row[2] for row in rows[1:]} == {
        '\'=HYPERLINK("https://example.org")': "read",
        room.paper.title: "reading",
    }
    assert [bool(row[4]) for row in rows[1:]] == [row[2] == "read" for row in rows[1:]]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\0"])
@pytest.mark.parametrize("before", ["", " ", '"', "' "])
def test_what_a_spreadsheet_would_work_out_is_quoted(first, before):
    assert safe_cell(f"{before}{first}1") == f"'{before}{first}1"


@pytest.mark.parametrize("text", ["", "a=b", "1-2", "Deep", None, 7])
def test_what_a_spreadsheet_would_show_stays(text):
    assert safe_cell(text) == ("" if text is None else str(text))


def test_the_page_counts_and_leads_on(room):
    page = text_of(browser_of(room.author).get("/accounts/data/"))
    words = words_of(page)
    assert "Comments 1" in words
    assert "Reading statuses 0" in words
    assert room.author.email in words
    assert 'href="/accounts/data/export/"' in page
    assert 'href="/accounts/delete/"' in page


@pytest.mark.parametrize("address", ["/accounts/data/", "/accounts/data/export/"])
def test_it_takes_as_many_queries_for_much_as_for_little(room, address):
    def queries(person) -> int:
        browser = browser_of(person)
        browser.get(address)  # whether there is a demonstration is asked once a minute
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    little = make_user()
    for n in range(5):
        group = make_group(name=f"Group of {n}")
        make_membership(group, room.author)
        paper = make_paper(group)
        thread: Thread = make_thread(paper, room.author)
        make_comment(thread, room.author)
        paper.set_status(room.author, "read")
    assert queries(room.author) == queries(little)


def test_a_part_that_the_site_does_not_have_is_left_out(monkeypatch):
    missing = PersonalDataKind("things", "x.Thing.user", owned_rows("x.Thing"), {}, "x")
    monkeypatch.setitem(PARTS, "things", missing)
    assert "things" not in PersonalArchive(make_user()).parts
