"""The discussion of a paper: threads, comments that nest, and what is new."""

import re
from datetime import timedelta
from io import StringIO
from urllib.parse import urljoin

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import papers.discussion.prepared
import papers.models.discussion.comments
import papers.models.discussion.threads
import papers.rendering.process
from groups.models import Membership
from papers.discussion.comment_tree import as_read
from papers.models import Comment, Stale, Thread, Visit
from papers.models.discussion import COMMENT_LIMIT
from papers.rendering.markdown import RENDERER, render
from tests.factories import Room, browser_of, make_comment, make_thread, make_user
from tests.pages import (
    HTMX,
    as_on_the_page,
    fields_of,
    is_whole_page,
    pieces,
    roots,
    text_of,
    words_of,
)

BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
db = pytest.mark.django_db


def at(room: Room, noun: str, pk: int, action: str = "") -> str:
    return f"/groups/{room.group.slug}/{noun}/{pk}/{action}"


def answer_form(room: Room) -> str:
    return at(room, "threads", room.thread.pk, "comments/new/")


def fresh(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


# The order in which a thread is read


def levels(*lines: tuple[int, int | None, bool]) -> list[tuple[int, int]]:
    """(pk, parent, deleted) to the (pk, depth) that are read."""
    comments = [
        Comment(pk=pk, parent_id=parent, deleted_at=timezone.now() if deleted else None)
        for pk, parent, deleted in lines
    ]
    return [(comment.pk, comment.depth) for comment in as_read(comments)]


def test_each_comment_is_followed_by_the_answers_to_it():
    assert levels(
        (1, None, False), (2, None, False), (3, 1, False), (4, 3, False), (5, 1, False)
    ) == [(1, 0), (3, 1), (4, 2), (5, 1), (2, 0)]


def test_the_order_does_not_depend_on_the_order_of_the_rows():
    lines = [(5, 1, False), (4, 3, False), (2, None, False), (3, 1, False), (1, None, False)]
    assert levels(*lines) == levels(*sorted(lines))


def test_a_deleted_comment_stays_as_a_stub_while_an_answer_stands():
    assert levels((1, None, True), (2, 1, False)) == [(1, 0), (2, 1)]
    assert levels((1, None, True), (2, 1, True), (3, 2, False)) == [(1, 0), (2, 1), (3, 2)]


def test_a_bare_stub_is_left_out():
    assert levels((1, None, True)) == []
    assert levels((1, None, False), (2, 1, True)) == [(1, 0)]
    assert levels((1, None, True), (2, 1, True), (3, 2, True), (4, None, False)) == [(4, 0)]
    assert levels((1, None, True), (2, None, False)) == [(2, 0)]


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=30))
def test_nobodys_words_are_lost_and_no_stub_is_bare(drawn):
    """Comment n answers one of those before it, or the thread."""
    lines = [
        (pk, answered if 0 < answered < pk else None, deleted)
        for pk, (answered, deleted) in enumerate(drawn, start=1)
    ]
    read = levels(*lines)
    depth, parent = dict(read), {pk: above for pk, above, _ in lines}
    standing = {pk for pk, _, deleted in lines if not deleted}
    assert standing <= set(depth)
    for pk in depth:
        above = parent[pk]
        assert depth[pk] == (depth[above] + 1 if above else 0)
        assert pk in standing or any(parent[other] == pk for other in depth)


@db
def test_a_conversation_may_be_very_deep(room):
    comment = room.comment
    for number in range(60):
        comment = make_comment(room.thread, room.member, f"level {number}", parent=comment)
    page = browser_of(room.author).get(at(room, "threads", room.thread.pk))
    assert "level 59" in words_of(text_of(page))


# Writing


@db
def test_a_comment_keeps_its_source_and_what_was_made_of_it(room):
    comment = room.thread.reply(room.member, "*so* $x$")
    assert comment.source == "*so* $x$"
    assert comment.html == render("*so* $x$")
    assert comment.renderer == RENDERER


@db
def test_an_answer_is_in_the_thread_of_what_it_answers(room):
    other = make_thread(room.paper, room.member)
    with pytest.raises(ValueError, match="belongs to the thread"):
        other.reply(room.member, "x", room.comment)


@db
def test_comment_create_answers_a_press_with_the_thread_of_the_page(room):
    browser = browser_of(room.member)
    browser.get(at(room, "threads", room.thread.pk))  # what was new is seen
    form = {"source": "An **answer**", "parent": room.comment.pk}
    answer = browser.post(answer_form(room), form, headers=HTMX)
    assert answer.status_code == 200
    assert roots(text_of(answer)) == [f"thread-{room.thread.pk}"]
    made = Comment.objects.get(parent=room.comment)
    assert (made.author, made.source) == (room.member, "An **answer**")
    name = f"thread-{room.thread.pk}"
    for page in (
        browser.get(at(room, "threads", room.thread.pk)),
        browser.get(at(room, "papers", room.paper.pk)),
    ):
        sent, shown = pieces(text_of(answer))[name], pieces(text_of(page))[name]
        assert as_on_the_page(sent) == as_on_the_page(shown)


def on_page_of(page) -> str:
    return fields_of(text_of(page))["on_page"][0]


def posted(room, browser, source: str, on_page: str, parent=None):
    form = {"source": source, "on_page": on_page} | ({"parent": parent.pk} if parent else {})
    answer = browser.post(answer_form(room), form, headers=HTMX)
    assert answer.status_code == 200
    return answer, Comment.objects.latest("pk")


@db
@pytest.mark.parametrize("where", ["threads", "papers"])
def test_comment_create_answers_a_page_with_the_comment_alone(room, where):
    browser = browser_of(room.member)
    address = at(room, where, room.thread.pk if where == "threads" else room.paper.pk)
    answer, made = posted(room, browser, "So?", on_page_of(browser.get(address)))
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == (
        f"#comment-{room.comment.pk}",
        "afterend",
    )
    name = f"thread-{room.thread.pk}"
    assert roots(text_of(answer)) == [
        f"comment-{made.pk}",
        f"answer-{name}",
        f"on-page-{room.thread.pk}",
    ]
    sent, shown = pieces(text_of(answer)), pieces(text_of(browser.get(address)))
    for piece in (f"comment-{made.pk}", f"answer-{name}"):
        assert as_on_the_page(sent[piece]) == as_on_the_page(shown[piece])


@db
def test_a_reply_is_put_behind_all_that_replies_to_its_parent(room):
    browser = browser_of(room.member)
    first = make_comment(room.thread, room.author, parent=room.comment)
    below = make_comment(room.thread, room.author, parent=first)
    make_comment(room.thread, room.author)
    answer, made = posted(
        room,
        browser,
        "So?",
        on_page_of(browser.get(at(room, "threads", room.thread.pk))),
        room.comment,
    )
    assert answer["HX-Retarget"] == f"#comment-{below.pk}"
    assert 'data-depth="1"' in pieces(text_of(answer))[f"comment-{made.pk}"]
    assert roots(text_of(answer)) == [
        f"comment-{made.pk}",
        f"answer-{room.comment.pk}",
        f"on-page-{room.thread.pk}",
    ]


@db
def test_comments_of_others_are_announced_and_not_brought(room):
    browser = browser_of(room.member)
    on_page = on_page_of(browser.get(at(room, "threads", room.thread.pk)))
    first, own = posted(room, browser, "Mine", on_page)
    unseen = make_comment(room.thread, room.author, source="Unseen")
    make_comment(room.thread, room.author).withdraw(by=room.author)
    second, _ = posted(room, browser, "Mine, too", on_page_of(first))
    assert second["HX-Retarget"] == f"#comment-{own.pk}"
    assert f"comment-{unseen.pk}" not in pieces(text_of(second))
    assert "1 new comment Show" in words_of(text_of(second))
    assert "new comment" not in words_of(text_of(first))
    page = text_of(browser.get(at(room, "threads", room.thread.pk)))
    assert "comment--new" in pieces(page)[f"comment-{unseen.pk}"]


@db
@pytest.mark.parametrize(
    "on_page", ["", "x", "1 x 1", "-1 -1 -1", "0 0 0", "1", f"{'9' * 30} 1 1", "² ² ²", "9 9 9"]
)
def test_a_page_without_a_place_for_the_comment_gets_the_thread(room, on_page):
    answer, _ = posted(room, browser_of(room.member), "So?", on_page)
    assert "HX-Retarget" not in answer
    assert roots(text_of(answer)) == [f"thread-{room.thread.pk}"]


@db
def test_the_page_of_a_long_thread_gets_what_comes_to_it(room, monkeypatch):
    monkeypatch.setattr("papers.discussion.pages.PAGE_SIZE", 2_500)
    browser = browser_of(room.member)
    second, third = (make_comment(room.thread, room.author) for _ in range(2))
    thread = at(room, "threads", room.thread.pk)
    on_page = on_page_of(browser.get(thread))
    reply, _ = posted(room, browser, "To the first", on_page, room.comment)
    assert reply["HX-Retarget"] == f"#comment-{room.comment.pk}"
    reply, _ = posted(room, browser, "To the second", on_page_of(reply), second)
    assert reply["HX-Retarget"] == f"#comment-{second.pk}"
    last, made = posted(room, browser, "The last", on_page_of(reply))
    assert roots(text_of(last)) == [f"thread-{room.thread.pk}"]
    assert f"comment-{made.pk}" in pieces(text_of(last))
    on_page = on_page_of(browser.get(f"{thread}?comment={third.pk}"))
    elsewhere, _ = posted(room, browser, "Elsewhere", on_page, room.comment)
    assert roots(text_of(elsewhere)) == [f"thread-{room.thread.pk}"]


@db
def test_comment_create_leads_a_plain_browser_to_the_comment(room):
    page = browser_of(room.member).post(answer_form(room), {"source": "An answer"}, follow=True)
    made = Comment.objects.latest("pk")
    assert page.redirect_chain == [
        (f"{at(room, 'threads', room.thread.pk)}?comment={made.pk}#comment-{made.pk}", 302)
    ]
    assert is_whole_page(page)
    assert "An answer" in words_of(text_of(page))


@db
@BOTH
@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "Write something first."),
        (" \n\t ", "Write something first."),
        ("\u200b\u2060", "Write something first."),
        ("x" * 200_000, "Too long: 200,000 of 20,000 characters."),
        ("x" * (COMMENT_LIMIT + 1), "Too long: 20,001 of 20,000 characters."),
    ],
    ids=["empty", "blank", "invisible", "200 kB", "one too many"],
)
@pytest.mark.parametrize("action", ["create", "update"])
def test_a_comment_that_is_refused_keeps_its_text(room, action, source, sentence, headers):
    address = at(room, "comments", room.comment.pk, "edit/")
    page = browser_of(room.author).post(
        answer_form(room) if action == "create" else address,
        {"source": source, "version": 1},
        headers=headers,
    )
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert is_whole_page(page) is not bool(headers)
    assert fields_of(text_of(page))["source"] == [source]
    assert Comment.objects.count() == 1
    assert fresh(room.comment).version == 1


@db
def test_a_comment_of_just_the_limit_is_taken(room):
    form = {"source": "x" * COMMENT_LIMIT}
    assert browser_of(room.member).post(answer_form(room), form).status_code == 302


@db
def test_a_refused_press_puts_the_form_in_its_place(room):
    browser = browser_of(room.member)
    page = browser.get(at(room, "threads", room.thread.pk))
    for parent in ("", room.comment.pk):
        form = {"source": " ", "parent": parent}
        answer = browser.post(answer_form(room), form, headers=HTMX)
        [name] = roots(text_of(answer))
        assert answer["HX-Retarget"] == f"#{name}"
        assert name in pieces(text_of(page))


@db
@BOTH
def test_comment_create_refuses_to_answer_what_is_elsewhere(room, foreign, headers):
    other = make_comment(make_thread(room.paper, room.member), room.member)
    gone = make_comment(room.thread, room.member)
    gone.withdraw(by=gone.author)
    for parent in (other.pk, gone.pk, foreign.comment.pk, 2**40, "abc", "9" * 5000):
        before = Comment.objects.count()
        form = {"source": "My long thought", "parent": parent}
        page = browser_of(room.member).post(answer_form(room), form, headers=headers)
        assert page.status_code == 422
        assert "was deleted or is not in this thread" in words_of(text_of(page))
        assert fields_of(text_of(page))["source"] == ["My long thought"]
        assert Comment.objects.count() == before


@db
def test_what_was_refused_can_be_sent_to_the_thread_instead(room):
    gone = make_comment(room.thread, room.author)
    gone.withdraw(by=gone.author)
    browser = browser_of(room.member)
    form = {"source": "My long thought", "parent": gone.pk}
    page = browser.post(answer_form(room), form)
    again = fields_of(text_of(page))
    browser.post(answer_form(room), again)
    assert Comment.objects.get(source="My long thought").parent is None


# Editing and deleting


@db
def test_comment_update_changes_the_text_and_says_so(room):
    browser = browser_of(room.author)
    address = at(room, "comments", room.comment.pk, "edit/")
    page = browser.get(address)
    assert fields_of(text_of(page))["source"] == [room.comment.source]
    form = {"source": "*Better*", "version": fields_of(text_of(page))["version"][0]}
    answer = browser.post(address, form, headers=HTMX)
    name = f"thread-{room.thread.pk}"
    shown = pieces(text_of(browser.get(at(room, "threads", room.thread.pk))))[name]
    assert as_on_the_page(pieces(text_of(answer))[name]) == as_on_the_page(shown)
    comment = fresh(room.comment)
    assert (comment.source, comment.html, comment.version) == ("*Better*", render("*Better*"), 2)
    assert comment.edited_at
    assert "edited" in words_of(shown)


def edited(room, browser, comment: Comment, source: str, on_page: str):
    form = {"source": source, "version": fresh(comment).version, "on_page": on_page}
    return browser.post(at(room, "comments", comment.pk, "edit/"), form, headers=HTMX)


@db
@pytest.mark.parametrize("where", ["threads", "papers"])
def test_comment_update_answers_a_page_that_shows_it_with_the_comment_alone(room, where):
    browser = browser_of(room.author)
    reply = make_comment(room.thread, room.author, parent=room.comment)
    make_comment(room.thread, room.member)
    address = at(room, where, room.thread.pk if where == "threads" else room.paper.pk)
    for comment in (room.comment, reply):
        answer = edited(room, browser, comment, "*Better*", on_page_of(browser.get(address)))
        name = f"comment-{comment.pk}"
        assert answer["HX-Retarget"] == f"#{name}"
        assert roots(text_of(answer)) == [name]
        shown = pieces(text_of(browser.get(address)))[name]
        assert as_on_the_page(pieces(text_of(answer))[name]) == as_on_the_page(shown)
        assert "edited" in words_of(shown)


@db
@pytest.mark.parametrize("on_page", ["", "x", "0 0 0", "9 9 9"])
def test_an_edit_from_where_the_comment_is_not_shown_is_answered_with_the_thread(room, on_page):
    answer = edited(room, browser_of(room.author), room.comment, "*Better*", on_page)
    assert "HX-Retarget" not in answer
    assert roots(text_of(answer)) == [f"thread-{room.thread.pk}"]


@db
def test_an_edited_reply_says_to_what_it_replies_on_another_page(room, monkeypatch):
    monkeypatch.setattr("papers.discussion.pages.PAGE_SIZE", 2_500)
    browser = browser_of(room.author)
    reply = [make_comment(room.thread, room.author, parent=room.comment) for _ in range(3)][-1]
    address = f"{at(room, 'threads', room.thread.pk)}?comment={reply.pk}"
    answer = edited(room, browser, reply, "*Better*", on_page_of(browser.get(address)))
    name = f"comment-{reply.pk}"
    shown = pieces(text_of(browser.get(address)))[name]
    assert f"#comment-{room.comment.pk}" in shown
    assert as_on_the_page(pieces(text_of(answer))[name]) == as_on_the_page(shown)


@db
@BOTH
@pytest.mark.parametrize("version", ["1", "77"])
def test_an_edit_of_an_older_version_shows_both_texts(room, headers, version):
    room.comment.rewrite("Theirs", 1)
    address = at(room, "comments", room.comment.pk, "edit/")
    page = browser_of(room.author).post(
        address, {"source": "Mine", "version": version}, headers=headers
    )
    assert page.status_code == 409
    assert "Theirs" in words_of(text_of(page))
    assert fields_of(text_of(page))["source"] == ["Mine"]
    assert fields_of(text_of(page))["version"] == ["2"]
    assert fresh(room.comment).source == "Theirs"


@db
@pytest.mark.parametrize("version", ["", "abc", "9" * 5000])
def test_an_edit_names_a_version(room, version):
    address = at(room, "comments", room.comment.pk, "edit/")
    form = {"source": "Mine", "version": version}
    assert browser_of(room.author).post(address, form).status_code == 422
    assert fresh(room.comment).source != "Mine"


@db
def test_an_edit_is_an_edit_of_the_text_alone(room):
    before = fresh(room.comment)
    room.comment.rewrite("Better", 1)
    after = fresh(room.comment)
    assert (after.author, after.created_at, after.thread) == (
        before.author,
        before.created_at,
        before.thread,
    )
    with pytest.raises(Stale):
        before.rewrite("Too late", 1)


@db
@BOTH
@pytest.mark.parametrize("who", ["author", "organizer"])
def test_comment_delete_takes_the_words_away_for_good(room, who, headers):
    make_comment(room.thread, room.member, "An answer", parent=room.comment)
    words = room.comment.source
    browser = browser_of(getattr(room, who))
    page = browser.post(
        at(room, "comments", room.comment.pk, "delete/"), headers=headers, follow=True
    )
    assert words not in words_of(text_of(page))
    said = "Removed by an organizer." if who == "organizer" else "This comment was deleted."
    assert said in words_of(text_of(page))
    assert "An answer" in words_of(text_of(page))
    comment = fresh(room.comment)
    assert (comment.source, comment.html) == ("", "")
    assert comment.deleted_at


@db
def test_a_deleted_comment_is_not_edited_any_more(room):
    room.comment.withdraw(by=room.author)
    address = at(room, "comments", room.comment.pk, "edit/")
    form = {"source": "Again", "version": 2}
    assert browser_of(room.author).post(address, form).status_code == 404
    assert fresh(room.comment).source == ""


@db
def test_deleting_twice_is_deleting_once(room):
    browser = browser_of(room.author)
    for _ in range(2):
        address = at(room, "comments", room.comment.pk, "delete/")
        assert browser.post(address).status_code == 302
    assert fresh(room.comment).version == 2


# Preview


@db
@pytest.mark.parametrize("source", ["*a* $x$", "<script>x</script>", "| a |\n|---|\n| b |", "# H"])
def test_the_preview_is_what_is_stored(room, source):
    browser = browser_of(room.member)
    preview = browser.post(
        f"/groups/{room.group.slug}/comments/preview/", {"source": source}, headers=HTMX
    )
    browser.post(answer_form(room), {"source": source})
    stored = Comment.objects.latest("pk").html
    assert stored in text_of(preview)
    assert "hx-disable" in text_of(preview)
    assert stored in text_of(browser.get(at(room, "threads", room.thread.pk)))


@db
@pytest.mark.parametrize("source", ["", " \u200b", "x" * 20_001])
def test_a_preview_of_what_cannot_be_sent_says_why(room, source):
    answer = browser_of(room.member).post(
        f"/groups/{room.group.slug}/comments/preview/", {"source": source}, headers=HTMX
    )
    assert answer.status_code == 422
    assert re.search("Write something first|Too long", words_of(text_of(answer)))


@db
def test_a_preview_shows_the_whole_page_and_the_text_again(room):
    browser = browser_of(room.member)
    form = {"source": "*so*", "preview": "1", "parent": room.comment.pk}
    page = browser.post(answer_form(room), form)
    assert page.status_code == 200
    assert is_whole_page(page)
    assert render("*so*") in text_of(page)
    assert fields_of(text_of(page))["source"] == ["*so*"]
    assert fields_of(text_of(page))["parent"] == [str(room.comment.pk)]
    assert Comment.objects.count() == 1


@db
@pytest.mark.parametrize("where", ["threads", "papers", "answer"])
def test_the_preview_button_gives_a_plain_browser_a_whole_page(room, where):
    """Whatever the button says it does without HTMX is done here."""
    browser = browser_of(room.member)
    address = {
        "threads": at(room, "threads", room.thread.pk),
        "papers": at(room, "papers", room.paper.pk),
        "answer": answer_form(room),
    }[where]
    button = re.search(r"<button[^>]*>Preview</button>", text_of(browser.get(address)))
    assert button
    action = re.search(r' formaction="([^"]+)"', button[0])
    name = re.search(r' name="([^"]+)"', button[0])
    form = {"source": "*so*"} | ({name[1]: "1"} if name else {})
    page = browser.post(action[1] if action else answer_form(room), form)
    assert is_whole_page(page)
    assert render("*so*") in text_of(page)
    assert fields_of(text_of(page))["source"] == ["*so*"]


# Threads


@db
@BOTH
def test_thread_create_starts_a_thread_with_its_first_comment(room, headers):
    address = at(room, "papers", room.paper.pk, "threads/new/")
    form = {"title": "Rank", "source": "*Why?*", "page": "4", "quotation": "we assume"}
    page = browser_of(room.member).post(address, form, headers=headers, follow=True)
    thread = Thread.objects.get(title="Rank")
    assert is_whole_page(page)
    assert (thread.author, thread.page, thread.quotation) == (room.member, 4, "we assume")
    assert thread.comments.get().html == render("*Why?*")
    for shown in ("Rank", "p. 4", "we assume", "Why?"):
        assert shown in words_of(text_of(page))


@db
@BOTH
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("title", "\u200b", "Write something first."),
        ("title", "x" * 201, "at most 200 characters"),
        ("source", "", "Write something first."),
        ("source", "x" * 20_001, "Too long: 20,001"),
        ("page", "0", "greater than or equal to 1"),
        ("page", "40000", "less than or equal to"),
        ("page", "four", "Enter a whole number."),
        ("page", "9" * 5000, ""),
        ("quotation", "x" * 2001, "at most 2000 characters"),
    ],
)
def test_thread_create_says_what_is_wrong_and_starts_nothing(room, field, value, sentence, headers):
    address = at(room, "papers", room.paper.pk, "threads/new/")
    form = {"title": "Rank", "source": "Why?", "page": "", "quotation": ""} | {field: value}
    page = browser_of(room.member).post(address, form, headers=headers)
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert page.context["form"].errors[field]
    shown = fields_of(text_of(page))
    assert (shown["title"], shown["source"]) == ([form["title"]], [form["source"]])
    assert Thread.objects.count() == 1


@db
def test_thread_create_shows_a_preview_before(room):
    address = at(room, "papers", room.paper.pk, "threads/new/")
    form = {"title": "Rank", "source": "*Why?*", "preview": "1"}
    page = browser_of(room.member).post(address, form)
    assert render("*Why?*").strip() in text_of(page)
    assert Thread.objects.count() == 1


@db
@BOTH
def test_thread_update_of_a_changed_thread_shows_both_titles(room, headers):
    room.thread.revise(1, title="Theirs")
    page = browser_of(room.author).post(
        at(room, "threads", room.thread.pk, "edit/"),
        {"title": "Mine", "version": 1},
        headers=headers,
    )
    assert page.status_code == 409
    assert "Theirs" in words_of(text_of(page))
    assert fields_of(text_of(page))["title"] == ["Mine"]
    room.thread.refresh_from_db()
    assert room.thread.title == "Theirs"


@db
def test_thread_update_changes_title_page_and_quotation(room):
    form = {"title": "Better", "page": 7, "quotation": "so", "version": 1}
    browser_of(room.author).post(at(room, "threads", room.thread.pk, "edit/"), form)
    room.thread.refresh_from_db()
    assert (room.thread.title, room.thread.page, room.thread.quotation) == ("Better", 7, "so")


@db
def test_a_thread_in_which_others_answered_is_not_its_starters_to_delete(room):
    browser = browser_of(room.author)
    address = at(room, "threads", room.thread.pk, "delete/")
    make_comment(room.thread, room.member)
    refused = browser.post(address)
    assert refused.status_code == 403
    assert "only an organizer can delete it" in words_of(text_of(refused))
    assert Thread.objects.filter(pk=room.thread.pk).exists()
    assert browser_of(room.organizer).post(address).status_code == 302
    assert not Thread.objects.filter(pk=room.thread.pk).exists()


# What is new


def new_to(room: Room, person) -> int:
    membership = Membership.objects.get(group=room.group, user=person)
    return (
        Thread.objects.with_comment_counts_for(membership).get(pk=room.thread.pk).new_comment_count
    )


@db
def test_what_others_said_is_new_until_it_was_seen(room):
    assert new_to(room, room.member) == 1
    page = browser_of(room.member).get(at(room, "threads", room.thread.pk))
    assert page.context["thread"].new_comment_count == 1
    assert "comment--new" in text_of(page)
    assert new_to(room, room.member) == 0
    make_comment(room.thread, room.author, "More")
    assert new_to(room, room.member) == 1
    again = text_of(browser_of(room.member).get(at(room, "papers", room.paper.pk)))
    assert again.count("comment--new") == 1
    assert new_to(room, room.member) == 0


@db
def test_what_one_said_oneself_is_not_new(room):
    assert new_to(room, room.author) == 0


@db
def test_what_was_said_before_one_joined_is_not_new(room):
    newcomer = make_user("Newcomer")
    membership = Membership.objects.create(group=room.group, user=newcomer)
    assert new_to(room, newcomer) == 0
    later = make_comment(room.thread, room.author, "Later")
    Comment.objects.filter(pk=later.pk).update(
        created_at=membership.joined_at + timedelta(seconds=1)
    )
    assert new_to(room, newcomer) == 1


@db
def test_what_was_deleted_is_not_new(room):
    room.comment.withdraw(by=room.author)
    assert new_to(room, room.member) == 0


@db
def test_what_one_person_has_seen_is_still_new_to_another(room):
    browser_of(room.member).get(at(room, "threads", room.thread.pk))
    assert new_to(room, room.organizer) == 1
    assert Visit.objects.filter(user=room.member).count() == 1


@db
def test_an_edit_makes_nothing_new(room):
    browser_of(room.member).get(at(room, "threads", room.thread.pk))
    room.comment.rewrite("Better", 1)
    assert new_to(room, room.member) == 0


@db
def test_a_very_long_thread_is_folded_and_not_taken_as_seen(room):
    for number in range(40):
        make_comment(room.thread, room.author, f"Thought {number}")
    browser = browser_of(room.member)
    paper = browser.get(at(room, "papers", room.paper.pk))
    assert "Thought 39" not in words_of(text_of(paper))
    assert new_to(room, room.member) == 41
    thread = browser.get(at(room, "threads", room.thread.pk))
    assert "Thought 39" in words_of(text_of(thread))
    assert new_to(room, room.member) == 0


@db
def test_the_liveliest_thread_comes_first(room):
    second = make_thread(room.paper, room.member, "Second")
    make_comment(second, room.member)
    titles = ["Second", room.thread.title]
    page = browser_of(room.member).get(at(room, "papers", room.paper.pk))
    assert [thread.title for thread in page.context["threads"]] == titles
    make_comment(room.thread, room.author, "More")
    page = browser_of(room.member).get(at(room, "papers", room.paper.pk))
    assert [thread.title for thread in page.context["threads"]] == titles[::-1]


# Pages of a long thread


LONG = "<p>" + "x" * 90_000 + "</p>"


def make_long_thread(room: Room, comments: int = 8, html: str = LONG) -> list[Comment]:
    """Three to a page, by their size; the last one answers the first."""
    made = [
        Comment(thread=room.thread, author=room.author, source=f"Comment {n}", html=html)
        for n in range(comments)
    ]
    room.comment.delete()
    made = Comment.objects.bulk_create(made)
    Comment.objects.filter(pk=made[-1].pk).update(parent=made[0])
    Thread.objects.keep_anew()
    return made


def shown_on(page, comments: list[Comment]) -> list[int]:
    """The numbers of those that are on the page, in its order."""
    numbers = {str(comment.pk): n for n, comment in enumerate(comments)}
    return [numbers[pk] for pk in re.findall(r'<li id="comment-(\d+)"', text_of(page))]


@db
def test_a_long_thread_is_read_in_pages_by_links_alone(room):
    made = make_long_thread(room)
    browser = browser_of(room.member)
    page = browser.get(at(room, "threads", room.thread.pk))
    read = [shown_on(page, made)]
    while later := re.search(r'rel="next" href="([^"]+)"', text_of(page)):
        page = browser.get(later[1])
        read.append(shown_on(page, made))
    assert read == [[0, 7, 1], [2, 3, 4], [5, 6]]
    earlier = re.search(r'rel="prev" href="([^"]+)"', text_of(page))
    assert earlier
    assert shown_on(browser.get(earlier[1]), made) == [2, 3, 4]


@db
@pytest.mark.parametrize(
    ("asked", "shown"),
    [("page=99", [5, 6]), ("page=x", [0, 7, 1]), ("page=-1", [0, 7, 1]), ("comment=1", [0, 7, 1])],
)
def test_a_page_that_is_not_there_is_one_that_is(room, asked, shown):
    made = make_long_thread(room)
    page = browser_of(room.member).get(f"{at(room, 'threads', room.thread.pk)}?{asked}")
    assert shown_on(page, made) == shown


@db
def test_the_link_of_a_comment_leads_to_its_page(room):
    made = make_long_thread(room)
    browser = browser_of(room.member)
    for number, comment in enumerate(made):
        assert number in shown_on(browser.get(comment.get_absolute_url()), made)
    page = made[3].get_absolute_url()
    paths = re.findall(r'href="([^"#]+)#comment-', text_of(browser.get(page)))
    assert {f"{at(room, 'threads', room.thread.pk)}?comment={made[n].pk}" for n in (2, 3, 4)} == {
        urljoin(page, path) for path in paths
    }


@db
def test_an_answer_on_a_later_page_leads_back_to_what_it_answers(room):
    made = make_long_thread(room, comments=6)
    Comment.objects.filter(pk__in=[c.pk for c in made[1:]]).update(parent=made[0])
    address = made[5].get_absolute_url()
    page = text_of(browser_of(room.member).get(address))
    link = re.search(rf'href="([^"]+)">replies to <bdi>{room.author.name}</bdi></a>', page)
    assert link
    assert urljoin(address, link[1]) == made[0].get_absolute_url()


@db
@pytest.mark.parametrize("action", ["create", "update", "delete"])
def test_a_press_answers_with_the_page_of_the_comment(room, action):
    made = make_long_thread(room)
    browser = browser_of(room.author)
    if action == "create":
        sent = {"source": "Short", "parent": made[3].pk}
        answer = browser.post(answer_form(room), sent, headers=HTMX)
        made.append(Comment.objects.latest("pk"))
        assert shown_on(answer, made) == [2, 3, 8, 4]
    else:
        form = {"source": "Short", "version": 1}
        address = at(room, "comments", made[3].pk, "edit/" if action == "update" else "delete/")
        answer = browser.post(address, form, headers=HTMX)
        assert shown_on(answer, made)[0] == 2
        assert (3 in shown_on(answer, made)) is (action == "update")


@db
def test_only_what_was_shown_is_seen(room):
    made = make_long_thread(room)
    browser = browser_of(room.member)
    address = at(room, "threads", room.thread.pk)

    def new() -> int:
        threads = Thread.objects.with_comment_counts_for(room.membership_of(room.member))
        return threads.get(pk=room.thread.pk).new_comment_count

    assert new() == 8
    page = text_of(browser.get(f"{address}?page=2"))
    assert "8 new" in words_of(page)
    assert new() == 8
    assert "5 new" in words_of(text_of(browser.get(f"{address}?page=1")))
    assert "2 new" in words_of(text_of(browser.get(f"{address}?page=2")))
    browser.get(f"{address}?page=3")
    assert new() == 0
    visit = Visit.objects.get(user=room.member)
    assert (visit.seen_comment_id, visit.also_seen) == (made[-1].pk, [])


@db
def test_what_is_new_is_found_on_whichever_page_it_is(room):
    made = make_long_thread(room)
    browser = browser_of(room.member)
    address = at(room, "threads", room.thread.pk)
    for number in (1, 2, 3):
        browser.get(f"{address}?page={number}")
    answer = make_comment(room.thread, room.author, "New", parent=made[4])
    paper = text_of(browser.get(at(room, "papers", room.paper.pk)))
    assert f'href="{address}?new=yes">1 new</a>' in paper
    page = browser.get(f"{address}?new=yes", follow=True)
    assert page.redirect_chain == [(answer.get_absolute_url(), 302)]
    assert "New" in words_of(text_of(page))
    assert browser.get(f"{address}?new=yes").status_code == 200


@db
def test_the_public_reads_the_same_pages(room):
    made = make_long_thread(room)
    group = room.group
    group.visibility, group.opens_threads = "public", True
    group.save()
    browser = browser_of(room.outsider)
    for number, shown in ((1, [0, 7, 1]), (2, [2, 3, 4]), (3, [5, 6])):
        page = browser.get(f"{at(room, 'threads', room.thread.pk)}?page={number}")
        assert shown_on(page, made) == shown
    assert shown_on(browser.get(made[6].get_absolute_url()), made) == [5, 6]


@db
@pytest.mark.parametrize("html", ["\U0001f600" * 140_000, "x" * 5_000_000, ""])
def test_no_page_is_above_two_megabytes_whatever_was_written(room, html):
    people = room.author
    people.name = "&" * 80
    people.save()
    for _ in range(12):
        thread = make_thread(room.paper, room.author, '"' * 200)
        Thread.objects.filter(pk=thread.pk).update(quotation='"' * 2000)
        Comment.objects.bulk_create(
            Comment(thread=thread, author=room.author, source="<" * 20_000, html=html)
            for _ in range(30 if html == "" else 2)
        )
    Thread.objects.keep_anew()
    make_long_thread(room, comments=200 if html == "" else 8, html=html)
    room.paper.abstract = '"' * 20_000
    room.paper.save()
    browser = browser_of(room.organizer)
    for address in (
        at(room, "papers", room.paper.pk),
        at(room, "papers", room.paper.pk, "?page=2"),
        at(room, "threads", room.thread.pk),
        f"{answer_form(room)}?parent={room.thread.comments.first().pk}",
    ):
        assert len(browser.get(address).content) <= 2_000_000


@db
def test_what_an_older_version_rendered_is_rendered_again(room):
    Comment.objects.update(renderer=1, html="<p>old</p>")
    gone = make_comment(room.thread, room.member)
    gone.withdraw(by=room.member)
    Comment.objects.update(renderer=1)
    call_command("render_comments", stdout=StringIO())
    assert fresh(room.comment).html == render(room.comment.source)
    assert fresh(room.comment).renderer == RENDERER
    assert fresh(room.comment).version == room.comment.version
    assert fresh(gone).html == ""


# Rendering takes a while, and a transaction keeps others from writing


@db
@BOTH
@pytest.mark.parametrize("action", ["comment_create", "comment_update", "thread_create"])
def test_nothing_is_rendered_while_a_transaction_is_open(room, action, headers, monkeypatch):
    depths = []

    def watched(source: str) -> str:
        depths.append(len(connection.savepoint_ids))
        return render(source)

    models = papers.models.discussion
    for module in (papers.rendering.process, models.comments, models.threads):
        monkeypatch.setattr(module, "render", watched)
    address = {
        "comment_create": answer_form(room),
        "comment_update": at(room, "comments", room.comment.pk, "edit/"),
        "thread_create": at(room, "papers", room.paper.pk, "threads/new/"),
    }[action]
    form = {"source": "*so*", "title": "Why?", "version": 1, "idempotency_key": "k1"}
    before = len(connection.savepoint_ids)
    browser_of(room.author).post(address, form, headers=headers)
    assert depths == [before]
    assert Comment.objects.get(source="*so*").html == render("*so*")


@db
def test_what_is_too_long_is_not_rendered(room, monkeypatch):
    monkeypatch.setattr(
        papers.discussion.prepared, "render_for", lambda *_: pytest.fail("rendered")
    )
    form = {"source": "x" * (COMMENT_LIMIT + 1), "idempotency_key": "k1"}
    assert browser_of(room.author).post(answer_form(room), form).status_code == 422
