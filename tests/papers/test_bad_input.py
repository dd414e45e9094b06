"""What cannot be taken is answered by a sentence beside the field, with what was typed kept.

One row for each thing that people, browsers and machines get wrong, sent as a press of HTMX and
by a plain browser alike. Nothing is written, whatever was sent.
"""

from typing import Any

import pytest

from tests.factories import Room, browser_of, make_comment, make_thread
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of
from tests.rows import everything

pytestmark = pytest.mark.django_db

# What goes wrong, who sends it, where to, the form, the field, status and sentence.
# {…} are rows of the room.
TABLE: list[tuple[str, str, str, dict[str, Any], str, int, str]] = [
    (
        "an empty title of a paper",
        "member",
        "papers/new/",
        {"title": "", "authors": "Han et al.", "topics": "{topic}"},
        "title",
        422,
        "This field is required.",
    ),
    (
        "an empty title of a thread",
        "member",
        "papers/{paper}/threads/new/",
        {"title": " ", "source": "My thought"},
        "title",
        422,
        "This field is required.",
    ),
    (
        "an empty name of a topic",
        "member",
        "topics/new/",
        {"name": "", "place": "2"},
        "name",
        422,
        "This field is required.",
    ),
    (
        "a comment of 200 kB",
        "member",
        "threads/{thread}/comments/new/",
        {"source": "x" * 200_000},
        "source",
        422,
        "Too long: 200,000 of 20,000 characters.",
    ),
    (
        "a comment of 200 kB in place of an older one",
        "author",
        "comments/{comment}/edit/",
        {"source": "x" * 200_000, "version": "1"},
        "source",
        422,
        "Too long: 200,000 of 20,000 characters.",
    ),
    (
        "a list that is not text",
        "organizer",
        "imports/new/",
        {"list_text": "\x02\x03 nothing here"},
        "list_text",
        422,
        "No papers were found in it",
    ),
    (
        "a due date in the year 0",
        "organizer",
        "papers/{paper}/assignments/new/",
        {"role": "reader", "due_on": "0000-01-01"},
        "due_on",
        422,
        "This is not a date.",
    ),
    (
        "a due date on 31 February",
        "organizer",
        "assignments/{assignment}/edit/",
        {"role": "reader", "due_on": "2026-02-31"},
        "due_on",
        422,
        "This is not a date.",
    ),
    (
        "a slot that someone took a second ago",
        "member",
        "assignments/{taken}/take/",
        {},
        "",
        409,
        "took this slot first. Nothing was changed.",
    ),
    (
        "a parent comment of another thread",
        "member",
        "threads/{thread}/comments/new/",
        {"source": "My thought", "parent": "{elsewhere}"},
        "source",
        422,
        "is not in this thread",
    ),
    (
        "a status that does not exist",
        "member",
        "papers/{paper}/status/",
        {"status": "devoured"},
        "",
        422,
        "There is no such status.",
    ),
    (
        "a role that does not exist",
        "organizer",
        "members/{membership}/role/",
        {"role": "king"},
        "",
        422,
        "There is no such role.",
    ),
    (
        "an invitation for no one",
        "organizer",
        "invitations/new/",
        {"role": "member", "days": "7", "uses_allowed": "0"},
        "uses_allowed",
        422,
        "greater than or equal to 1",
    ),
    (
        "a place that is none",
        "member",
        "placements/{placement}/move/",
        {"topic": "{topic}", "place": "first"},
        "place",
        422,
        "Enter a whole number.",
    ),
    (
        "an address that is none",
        "member",
        "papers/{paper}/edit/",
        {"title": "T", "url": "no address at all", "topics": "{topic}", "version": "1"},
        "url",
        422,
        "Enter a valid URL.",
    ),
]


@pytest.fixture
def rows(room, foreign) -> dict[str, object]:
    room.slot.take(room.membership_of(room.author))
    elsewhere = make_comment(make_thread(room.paper, room.author), room.author)
    return {
        "topic": room.topic.pk,
        "paper": room.paper.pk,
        "thread": room.thread.pk,
        "comment": room.comment.pk,
        "assignment": room.assignment.pk,
        "placement": room.placement.pk,
        "membership": room.membership_of(room.member).pk,
        "taken": room.slot.pk,
        "elsewhere": elsewhere.pk,
    }


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("who", "where", "form", "field", "status", "sentence"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_bad_input_is_told_beside_its_field_and_changes_nothing(
    room: Room, rows, who, where, form, field, status, sentence, headers
):
    sent = {name: value.format(**rows) for name, value in form.items()}
    address = f"/groups/{room.group.slug}/{where.format(**rows)}"
    browser = browser_of(getattr(room, who))
    before = everything()
    answer = browser.post(address, sent, headers=headers)
    assert answer.status_code == status
    assert sentence in words_of(text_of(answer))
    if not headers:
        assert is_whole_page(answer)
    if field:
        shown = fields_of(text_of(answer))
        assert all(shown[name] == [value] for name, value in sent.items() if name in shown)
        assert shown[field] == [sent[field]]
    assert everything() == before


@pytest.mark.parametrize("path", ["papers/{n}/", "threads/{n}/", "topics/{n}/edit/"])
@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 18, "9" * 40, "9" * 5000, "1.5", "%00"])
def test_an_id_that_is_none_gets_a_page_that_leads_back(room, path, number):
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/{path.format(n=number)}")
    assert page.status_code in ((400, 404) if number == "%00" else (404,))
    assert is_whole_page(page)
    assert 'href="/"' in text_of(page)


@pytest.mark.parametrize("where", ["papers/new/", "topics/new/", "threads/{thread}/comments/new/"])
def test_a_character_that_cannot_be_stored_is_refused(room, where):
    address = f"/groups/{room.group.slug}/{where.format(thread=room.thread.pk)}"
    form = {"title": "a\0b", "name": "a\0b", "source": "a\0b", "topics": room.topic.pk}
    browser = browser_of(room.member)
    before = everything()
    page = browser.post(address, form)
    assert page.status_code == 400
    assert "cannot be stored" in words_of(text_of(page))
    assert everything() == before
