"""The headings of the list: in an order, nested, one of a name in its place."""

import pytest
from django.db import IntegrityError, transaction

from papers.models import Paper, Topic
from tests.factories import Room, browser_of, make_group, make_paper, make_topic
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def outline(group) -> list[str]:
    return [" / ".join(topic.path) for topic in Topic.objects.in_group(group).outline()]


@pytest.fixture
def tree(db):
    """A with A1 (with A1a) and A2; B with B1."""
    group = make_group()
    a = make_topic(group, "A")
    b = make_topic(group, "B")
    a1 = make_topic(group, "A1", a)
    make_topic(group, "A2", a)
    make_topic(group, "A1a", a1)
    make_topic(group, "B1", b)
    return group


def named(group, name: str) -> Topic:
    return Topic.objects.in_group(group).named(name).get()


def address(room: Room, action: str) -> str:
    return f"/groups/{room.group.slug}/topics/{action}/"


# The order


def test_a_new_topic_is_below_its_last_sister(tree):
    assert outline(tree) == ["A", "A / A1", "A / A1 / A1a", "A / A2", "B", "B / B1"]


def test_positions_count_from_top_to_bottom_without_gaps(tree):
    assert [t.position for t in Topic.objects.in_group(tree).in_order()] == list(range(6))


def test_a_topic_that_moves_takes_those_below_it_along(tree):
    named(tree, "A1").arrange(named(tree, "B"), 1)
    assert outline(tree) == ["A", "A / A2", "B", "B / A1", "B / A1 / A1a", "B / B1"]


def test_a_topic_moves_among_its_sisters(tree):
    named(tree, "B").arrange(None, 1)
    assert outline(tree)[:2] == ["B", "B / B1"]
    named(tree, "B").arrange(None, 99)
    assert outline(tree)[-2:] == ["B", "B / B1"]
    assert named(tree, "B").place == 2


@pytest.mark.parametrize("place", [-5, 0, 1])
def test_no_place_is_before_the_first(tree, place):
    named(tree, "A2").arrange(named(tree, "A"), place)
    assert outline(tree)[:3] == ["A", "A / A2", "A / A1"]


# One of a name


def test_the_database_keeps_one_name_under_a_topic(tree):
    for parent in (None, named(tree, "A")):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_topic(tree, "a" if parent is None else "a1", parent)


def test_a_name_may_stand_under_another_topic(tree):
    make_topic(tree, "A1", named(tree, "B"))
    assert "B / A1" in outline(tree)


# Forms


@BOTH
def test_topic_create_adds_a_topic_and_leads_to_it(room, headers):
    form = {"name": "Distillation", "parent": room.topic.pk}
    page = browser_of(room.member).post(address(room, "new"), form, headers=headers, follow=True)
    assert is_whole_page(page)
    assert "“Distillation” was added to the list." in words_of(text_of(page))
    assert outline(room.group) == ["Pruning", "Pruning / Distillation", "Quantization"]


@BOTH
@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"name": " \u200b "}, "name", "Write something first."),
        ({"name": "x" * 201}, "name", "at most 200 characters"),
        ({"name": "a\u202eb"}, "name", "change the direction of text"),
        ({"name": "pruning"}, None, "There is already a topic with this name."),
        ({"name": "New", "parent": "abc"}, "parent", "Select a valid choice."),
        ({"name": "New", "place": "0"}, "place", "greater than or equal to 1"),
        ({"name": "New", "place": "9" * 5000}, "place", ""),
    ],
)
def test_topic_create_says_what_is_wrong_and_adds_nothing(room, form, field, sentence, headers):
    page = browser_of(room.member).post(address(room, "new"), form, headers=headers)
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert (field or "__all__") in page.context["form"].errors
    assert fields_of(text_of(page))["name"] == [form["name"]]
    assert Topic.objects.in_group(room.group).count() == 2


@BOTH
def test_topic_update_renames_and_moves(room, headers):
    form = {"name": "Sparsity", "parent": room.other_topic.pk, "place": 1}
    page = browser_of(room.member).post(
        address(room, f"{room.topic.pk}/edit"), form, headers=headers, follow=True
    )
    assert is_whole_page(page)
    assert outline(room.group) == ["Quantization", "Quantization / Sparsity"]
    assert room.topic.placements.count() == 1


def test_topic_update_to_its_own_name_in_other_letters_is_fine(room):
    form = {"name": "PRUNING", "place": 1}
    answer = browser_of(room.member).post(address(room, f"{room.topic.pk}/edit"), form)
    assert answer.status_code == 302
    assert outline(room.group) == ["PRUNING", "Quantization"]


@BOTH
def test_topic_update_to_a_name_that_is_taken_is_refused(room, headers):
    browser = browser_of(room.member)
    form = {"name": "quantization"}
    page = browser.post(address(room, f"{room.topic.pk}/edit"), form, headers=headers)
    assert page.status_code == 422
    assert "There is already a topic with this name." in words_of(text_of(page))
    assert outline(room.group) == ["Pruning", "Quantization"]


@BOTH
def test_a_topic_may_not_stand_under_itself_or_one_below_it(room, headers):
    below = make_topic(room.group, "Below", room.topic)
    browser = browser_of(room.member)
    for parent in (room.topic, below):
        form = {"name": "Pruning", "parent": parent.pk}
        page = browser.post(address(room, f"{room.topic.pk}/edit"), form, headers=headers)
        assert page.status_code == 422
    assert outline(room.group) == ["Pruning", "Pruning / Below", "Quantization"]


# Removing


def test_topic_delete_takes_its_papers_along_unless_they_stand_elsewhere(room):
    both = make_paper(room.group, room.topic, title="Under two topics")
    both.place_under(room.other_topic)
    below = make_topic(room.group, "Below", room.topic)
    make_paper(room.group, below, title="Under one topic")
    form = {"move_to": ""}
    browser = browser_of(room.organizer)
    page = browser.post(address(room, f"{room.topic.pk}/delete"), form, follow=True)
    assert is_whole_page(page)
    assert outline(room.group) == ["Quantization"]
    assert [paper.title for paper in Paper.objects.in_group(room.group)] == ["Under two topics"]


def test_topic_delete_moves_its_papers_where_one_says(room):
    both = make_paper(room.group, room.topic, title="Under two topics")
    both.place_under(room.other_topic)
    form = {"move_to": room.other_topic.pk}
    browser_of(room.organizer).post(address(room, f"{room.topic.pk}/delete"), form)
    assert set(room.other_topic.papers.all()) == {both, room.paper}
    assert room.other_topic.placements.count() == 2


@BOTH
def test_topic_delete_moves_nothing_below_what_goes(room, headers):
    below = make_topic(room.group, "Below", room.topic)
    browser = browser_of(room.organizer)
    for gone in (room.topic, below):
        page = browser.post(
            address(room, f"{room.topic.pk}/delete"), {"move_to": gone.pk}, headers=headers
        )
        assert page.status_code == 422
    assert Topic.objects.in_group(room.group).count() == 3
    assert Paper.objects.filter(pk=room.paper.pk).exists()


def test_progress_counts_ones_own_statuses(room):
    room.paper.set_status(room.member, "read")
    make_paper(room.group, room.topic).set_status(room.author, "reading")
    mine = Topic.objects.with_progress_of(room.member).get(pk=room.topic.pk)
    theirs = Topic.objects.with_progress_of(room.author).get(pk=room.topic.pk)
    assert (mine.paper_count, mine.read_count, mine.reading_count) == (2, 1, 0)
    assert (theirs.paper_count, theirs.read_count, theirs.reading_count) == (2, 0, 1)
