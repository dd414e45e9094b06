"""Addresses that are joined by hand, for speed on long pages, are those of `reverse()`.

All of them are found in the code and the templates: a new one fails until it has a line here.
"""

import ast
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest
from django.http import QueryDict
from django.urls import reverse

from papers.discussion.on_page import OnPage
from papers.discussion.pages import DiscussionPage, PostedComment
from papers.library.list_page import ListPage
from papers.library.rows import MemberRow, PublicRow
from papers.library.views.statuses import changed_rows
from papers.models import Comment, Placement, Thread
from papers.models.discussion import where_it_is
from papers.models.reading_statuses import Status
from tests.factories import Room
from tests.test_layout import MODULES, TEMPLATES, name_of, parsed, read

pytestmark = pytest.mark.django_db
# In the code: an address, and what is put behind it without asking `reverse()`.
JOINED = re.compile(r"^\{[\w.]*(?:path|url|address)[\w.]*(?:\(\))?\}(?:[a-z{]|/)")
IN_A_TEMPLATE = re.compile(r"\{\{ ?(\w+\.\w*path) ?\}\}([\w/][^\"?#]*)")


def row_of(room: Room, kind: type[PublicRow] = MemberRow, query: str = "") -> Any:
    paper = room.paper
    paper.reader_count, paper.comment_count, paper.new_comment_count = 0, 0, 0
    paper.readers, paper.status = [], Status.TO_READ
    placement: Placement = room.placement
    if kind is MemberRow:
        return MemberRow(placement, paper, [], query)
    return PublicRow(placement, paper)


def thread_of(room: Room) -> Thread:
    membership = room.membership_of(room.member)
    threads = Thread.objects.of_paper(room.paper).with_comment_counts_for(membership)
    return DiscussionPage(threads, room.group, membership).threads[0]


def posted_in(room: Room) -> Any:
    """The thread as the answer to a comment that is posted shows it."""
    comment = room.comment
    on_page = OnPage(comment.pk, comment.pk, comment.pk)
    return PostedComment(comment, room.membership_of(room.member), on_page).context()["thread"]


def comment_of(room: Room) -> Comment:
    return thread_of(room).comment_tree[0]


def at(view: str, room: Room, *rows: Any) -> str:
    return reverse(f"papers:{view}", args=[room.group.slug, *(row.pk for row in rows)])


def from_list(room: Room, relative: str) -> str:
    return urljoin(reverse("papers:list_detail", args=[room.group.slug]), relative)


def from_both(relative: str, view: str, room: Room, row: Any) -> tuple[str, str]:
    """An address relative to the page of the thread, which the page of its paper has, too."""
    pages = (at("thread_detail", room, room.thread), at("paper_detail", room, room.paper))
    (joined,) = {urljoin(page, relative) for page in pages}
    return joined, at(view, room, row)


def list_page_of(room: Room) -> ListPage:
    return ListPage(room.membership_of(room.member), QueryDict())


def where(room: Room) -> str:
    return where_it_is(room.comment.pk)


Joined = Callable[[Room], tuple[str, str]]
# What is joined in a module, and how it comes out beside what `reverse()` says.
IN_CODE: dict[tuple[str, str], Joined] = {
    ("papers.library.rows", "{self.path}status/{query and f'?{query}'}"): lambda room: (
        from_list(room, row_of(room, query="show=read").status_path),
        f"{at('status_update', room, room.paper)}?show=read",
    ),
    (
        "papers.library.views.statuses",
        "{list_page.group.get_absolute_url()}{rows[0].status_path}",
    ): lambda room: (
        str(changed_rows(list_page_of(room), room.paper.pk)["menu_path"]),
        at("status_update", room, room.paper),
    ),
    ("papers.discussion.pages", "{self.path}threads/{thread.pk}/"): lambda room: (
        thread_of(room).path,
        at("thread_detail", room, room.thread),
    ),
}
IN_CODE["papers.discussion.pages", "{path}threads/{self.thread.pk}/"] = lambda room: (
    posted_in(room).path,
    at("thread_detail", room, room.thread),
)
# What goes on behind an address that was made by `reverse()`: a query and a mark on the page.
QUERIES = {
    ("papers.discussion.pages", "{thread.relative_path}{where_it_is(found.parent_id or 0)}"),
    (
        "papers.discussion.pages",
        "{self.thread.relative_path}{where_it_is(comment.parent_id or 0)}",
    ),
    ("papers.discussion.pages", "{self.thread.path}{where_it_is(min(elsewhere))}"),
    ("papers.models.discussion.comments", "{self.thread.get_absolute_url()}{where_it_is(self.pk)}"),
}
# In a template: the address, and what is written behind it.
IN_TEMPLATES: dict[tuple[str, str], Joined] = {
    ("thread.path", "edit/"): lambda room: (
        f"{thread_of(room).path}edit/",
        at("thread_update", room, room.thread),
    ),
    ("thread.path", "delete/"): lambda room: (
        f"{thread_of(room).path}delete/",
        at("thread_delete", room, room.thread),
    ),
    ("thread.path", "comments/new/"): lambda room: (
        f"{thread_of(room).path}comments/new/",
        at("comment_create", room, room.thread),
    ),
    ("thread.relative_path", "comments/new/"): lambda room: from_both(
        f"{thread_of(room).relative_path}comments/new/", "comment_create", room, room.thread
    ),
    ("comment.relative_path", "edit/"): lambda room: from_both(
        f"{comment_of(room).relative_path}edit/", "comment_update", room, room.comment
    ),
    ("comment.relative_path", "reactions/"): lambda room: from_both(
        f"{comment_of(room).relative_path}reactions/", "reaction_list", room, room.comment
    ),
    ("comment.relative_path", "react/"): lambda room: from_both(
        f"{comment_of(room).relative_path}react/", "reaction_update", room, room.comment
    ),
    ("comment.relative_path", "split/"): lambda room: from_both(
        f"{comment_of(room).relative_path}split/", "comment_split", room, room.comment
    ),
    ("comment.relative_path", "versions/"): lambda room: from_both(
        f"{comment_of(room).relative_path}versions/", "comment_versions", room, room.comment
    ),
    ("comment.relative_path", "delete/"): lambda room: from_both(
        f"{comment_of(room).relative_path}delete/", "comment_delete", room, room.comment
    ),
}
LINES = IN_CODE | IN_TEMPLATES
# What is relative to the address of the list, since rows are shown by the hundred.
RELATIVE: dict[str, Joined] = {
    "path": lambda room: (row_of(room, PublicRow).path, at("paper_detail", room, room.paper)),
    "move_path": lambda room: (
        row_of(room).move_path,
        at("placement_update", room, room.placement),
    ),
}


def joined_in_code() -> set[tuple[str, str]]:
    found = set()
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.JoinedStr):
                text = ast.unparse(node)[1:].strip("\"'")
                if JOINED.match(text) and not name_of(path).startswith(ELSEWHERE):
                    found.add((name_of(path), text))
    return found


# Addresses of other sites, and of a redirect that adds a query to an address of `reverse()`.
ELSEWHERE = ("papers.formats", "papers.providers", "papers.imports.views", "config")


def test_every_address_that_is_joined_in_code_has_its_line_here():
    assert joined_in_code() == set(IN_CODE) | QUERIES


def test_every_address_that_is_joined_in_a_template_has_its_line_here():
    found = {
        (address, rest) for name in TEMPLATES for address, rest in IN_A_TEMPLATE.findall(read(name))
    }
    assert found == set(IN_TEMPLATES)


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_joined_address_is_that_of_reverse(room, line):
    joined, expected = LINES[line](room)
    assert joined == expected


@pytest.mark.parametrize("name", RELATIVE)
def test_a_relative_address_of_a_row_is_that_of_reverse(room, name):
    joined, expected = RELATIVE[name](room)
    assert from_list(room, joined) == expected


def test_where_a_comment_is_is_a_query_and_a_place_on_the_page(room):
    assert re.fullmatch(r"\?[\w=&]+#comment-\d+", where(room))
    asked = QueryDict(where(room).partition("?")[2].partition("#")[0])
    assert asked["comment"] == str(room.comment.pk)
