"""Papers that comments name by their titles in double brackets."""

import pytest

from papers.discussion.posting import edit_comment, post_comment, withdraw_comment
from papers.models import Comment, Paper, PaperMention, PaperMerge
from papers.rendering.markdown import render
from tests.factories import Room, browser_of, make_group, make_paper, make_user
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(room: Room) -> Paper:
    return make_paper(room.group, room.topic, title="Attention & all: [Re] layers")


def post(room: Room, source: str) -> Comment:
    return post_comment(room.thread, room.author, source, None, html=render(source))


def shown(room: Room, comment: Comment) -> str:
    page = text_of(browser_of(room.member).get(comment.get_absolute_url()))
    return page.partition(f'id="comment-{comment.pk}-text"')[2].partition("</div>")[0]


def link_to(paper: Paper) -> str:
    return f'href="{paper.get_absolute_url()}"'


@pytest.mark.parametrize(
    "written",
    [
        "[[Attention & all: [Re] layers]]",
        "[[attention & ALL: [re]  layers]]",
        "see [[Attention & all: [Re] layers]].",
        "**[[Attention & all: [Re] layers]]**",
        "- a list\n- of [[Attention & all: [Re] layers]]",
    ],
)
def test_a_title_leads_to_its_paper(room: Room, named: Paper, written: str) -> None:
    words = shown(room, post(room, written))
    assert link_to(named) in words
    assert "Attention &amp; all: [Re] layers</a>" in words


@pytest.mark.parametrize(
    "written",
    [
        "`[[Attention & all: [Re] layers]]`",
        "```\n[[Attention & all: [Re] layers]]\n```",
        "[[No such paper]]",
        "[[]]",
        "[[Attention & all:\n[Re] layers]]",
        "[[<script>alert(1)</script>]]",
    ],
)
def test_in_code_and_links_or_of_no_paper_it_is_text(
    room: Room, named: Paper, written: str
) -> None:
    comment = post(room, written)
    assert link_to(named) not in shown(room, comment)
    assert "<script>" not in shown(room, comment)
    assert not comment.paper_mentions.exists()


def test_a_title_that_ends_in_a_bracket(room: Room) -> None:
    paper = make_paper(room.group, room.topic, title="A report [v2]")
    assert link_to(paper) in shown(room, post(room, "[[A report [v2]]]"))


def test_papers_of_other_groups_are_text(room: Room) -> None:
    other = make_paper(make_group(make_user("Olga")), title="Elsewhere")
    comment = post(room, "[[Elsewhere]]")
    assert link_to(other) not in shown(room, comment)
    assert "[[Elsewhere]]" in shown(room, comment)


def test_it_survives_another_title_and_an_edit(room: Room, named: Paper) -> None:
    comment = post(room, "[[Attention & all: [Re] layers]]")
    Paper.objects.get(pk=named.pk).revise(named.version, title="Quite <another> title")
    assert "Quite &lt;another&gt; title</a>" in shown(room, comment)
    source = "Again: [[Attention & all: [Re] layers]]"
    edit_comment(comment, source, comment.version, html=render(source))
    assert "Quite &lt;another&gt; title</a>" in shown(room, comment)


def test_an_edit_that_names_it_no_more(room: Room, named: Paper) -> None:
    comment = post(room, "[[Attention & all: [Re] layers]]")
    edit_comment(comment, "Nothing", comment.version, html=render("Nothing"))
    assert not PaperMention.objects.exists()


def test_of_two_papers_of_one_title_it_is_the_first(room: Room) -> None:
    first = make_paper(room.group, room.topic, title="Twice", doi="10.1/a")
    make_paper(room.group, room.topic, title="Twice", doi="10.1/b", year=1999)
    assert link_to(first) in shown(room, post(room, "[[Twice]]"))


def test_a_removed_paper_is_text(room: Room, named: Paper) -> None:
    comment = post(room, "[[Attention & all: [Re] layers]]")
    Paper.objects.get(pk=named.pk).remove(room.organizer)
    assert "[[Attention" in shown(room, comment)


def test_a_merge_takes_it_along_and_back(room: Room, named: Paper) -> None:
    comment = post(room, "[[Attention & all: [Re] layers]]")
    merge = PaperMerge.objects.merge(named, into=room.paper, by=room.organizer)
    assert link_to(room.paper) in shown(room, comment)
    merge.undo(room.organizer)
    assert link_to(named) in shown(room, comment)


def test_the_paper_shows_where_it_is_mentioned(room: Room, named: Paper) -> None:
    comment = post(room, "[[Attention & all: [Re] layers]]")
    page = browser_of(room.member).get(named.get_absolute_url())
    assert f"Mentioned in {room.thread.title} , by {room.author.name}" in words_of(text_of(page))
    withdraw_comment(comment, room.author)
    page = browser_of(room.member).get(named.get_absolute_url())
    assert "Mentioned in" not in words_of(text_of(page))
    assert not PaperMention.objects.exists()


def test_not_where_the_thread_went_with_its_paper(room: Room, named: Paper) -> None:
    post(room, "[[Attention & all: [Re] layers]]")
    room.paper.remove(room.organizer)
    page = browser_of(room.member).get(named.get_absolute_url())
    assert "Mentioned in" not in words_of(text_of(page))


def test_no_more_than_twenty(room: Room) -> None:
    for number in range(25):
        make_paper(room.group, room.topic, title=f"Paper number {number}")
    post(room, " ".join(f"[[Paper number {number}]]" for number in range(25)))
    assert PaperMention.objects.count() == 20


class TestOffer:
    def offered(self, room: Room, typed: str) -> str:
        path = f"/groups/{room.group.slug}/papers/mentionable/"
        return text_of(browser_of(room.member).get(path, {"typed": typed}))

    def test_titles_with_all_words_those_that_begin_so_first(self, room: Room) -> None:
        for title in ("On deep nets", "Deep nets", "Deep sea", "Shallow nets"):
            make_paper(room.group, room.topic, title=title)
        piece = self.offered(room, "deep net")
        assert piece.index("[[Deep nets]]") < piece.index("[[On deep nets]]")
        assert "Deep sea" not in piece
        assert "2 papers" in piece

    def test_nothing_typed_offers_the_latest(self, room: Room) -> None:
        for number in range(12):
            make_paper(room.group, room.topic, title=f"Paper {number}")
        piece = self.offered(room, "")
        assert piece.count('role="option"') == 8
        assert "Paper 11" in piece

    @pytest.mark.parametrize("typed", ["%", "_", "x" * 5_000, "'; --", "[[", "no such"])
    def test_nonsense_offers_nothing(self, room: Room, typed: str) -> None:
        assert "No papers found" in self.offered(room, typed)
