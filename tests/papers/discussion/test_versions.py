"""The words of a comment before an edit: kept, shown to the group, gone with the comment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.discussion.differences import word_differences
from papers.models import EarlierVersion, Stale
from tests.factories import Room, browser_of
from tests.pages import text_of

TEXTS = st.text("ab \n.é", max_size=40)


@given(TEXTS, TEXTS)
def test_the_parts_make_both_texts(before: str, after: str) -> None:
    parts = word_differences(before, after)
    assert "".join(part.text for part in parts if part.tag != "ins") == before
    assert "".join(part.text for part in parts if part.tag != "del") == after
    assert all(part.text for part in parts)


def test_a_word_that_changed_is_told_alone() -> None:
    assert word_differences("the first words", "the last words") == [
        ("", "the "),
        ("del", "first"),
        ("ins", "last"),
        ("", " words"),
    ]


def test_long_texts_are_compared_by_their_lines() -> None:
    lines = [f"line {number}\n" for number in range(3_000)]
    changed = [*lines[:1_000], "another line\n", *lines[1_000:]]
    added = [part for part in word_differences("".join(lines), "".join(changed)) if part.tag != ""]
    assert added == [("ins", "another line\n")]


@pytest.mark.django_db
class TestVersions:
    def address(self, room: Room) -> str:
        return f"/groups/{room.group.slug}/comments/{room.comment.pk}/versions/"

    def test_the_first_words_are_kept_and_shown_to_every_member(self, room: Room) -> None:
        room.comment.rewrite("Is the Hessian diagonal?", 1)
        room.comment.rewrite("Is the Hessian really diagonal?", 2)
        shown = text_of(browser_of(room.member).get(self.address(room)))
        assert "Is the Hessian shared" in shown
        assert shown.index("Now") < shown.index("Version 2") < shown.index("At first")
        kept = room.comment.earlier.order_by("version").values_list("version", "source")
        assert list(kept) == [(1, "Is the Hessian shared?"), (2, "Is the Hessian diagonal?")]

    def test_the_word_edited_leads_there(self, room: Room) -> None:
        room.comment.rewrite("Is the Hessian diagonal?", 1)
        page = browser_of(room.member).get(room.comment.get_absolute_url()).content.decode()
        assert f'href="../../comments/{room.comment.pk}/versions/">edited</a>' in page

    def test_an_edit_of_the_same_words_keeps_nothing(self, room: Room) -> None:
        room.comment.rewrite(room.comment.source, 1)
        assert not EarlierVersion.objects.exists()

    def test_an_edit_that_comes_too_late_keeps_nothing(self, room: Room) -> None:
        room.comment.rewrite("Is the Hessian diagonal?", 1)
        with pytest.raises(Stale):
            room.comment.rewrite("Is it?", 1)
        assert EarlierVersion.objects.count() == 1

    def test_they_go_with_the_comment(self, room: Room) -> None:
        room.comment.rewrite("Is the Hessian diagonal?", 1)
        room.comment.withdraw(by=room.author)
        assert not EarlierVersion.objects.exists()
        assert browser_of(room.member).get(self.address(room)).status_code == 404
