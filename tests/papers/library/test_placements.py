"""Where papers stand on the list."""

import pytest
from django.db import IntegrityError, transaction

from papers.models import Paper, Placement
from tests.factories import browser_of, make_paper
from tests.pages import HTMX, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def titles(topic) -> list[str]:
    return [placement.paper.title for placement in topic.placements.in_order()]


@pytest.fixture
def three(room):
    """Papers A, B and C under the second topic."""
    return [make_paper(room.group, room.other_topic, title=title) for title in "ABC"]


def test_a_paper_is_under_a_topic_once(room):
    first = room.paper.placements.get()
    assert room.paper.place_under(room.topic) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(paper=room.paper, topic=room.topic)


def test_a_paper_may_stand_under_two_topics(room):
    room.paper.place_under(room.other_topic)
    assert room.paper.placements.count() == 2
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/")
    assert page.context["counts"]["papers"] == 1
    assert len(page.context["page"].items) == 2


@pytest.mark.parametrize(
    ("place", "order"), [(1, "CAB"), (2, "ACB"), (3, "ABC"), (99, "ABC"), (0, "CAB"), (-3, "CAB")]
)
def test_a_paper_moves_within_its_topic(room, three, place, order):
    three[2].placements.get().arrange(place)
    assert titles(room.other_topic) == list(order)
    assert [p.position for p in room.other_topic.placements.in_order()] == [0, 1, 2]


def test_a_paper_moves_to_another_topic(room, three):
    room.placement.move(room.other_topic, 2)
    assert titles(room.other_topic) == ["A", room.paper.title, "B", "C"]
    assert titles(room.topic) == []


def test_a_paper_that_is_there_already_is_not_doubled(room, three):
    room.paper.place_under(room.other_topic)
    room.placement.move(room.other_topic, 1)
    assert titles(room.other_topic) == [room.paper.title, "A", "B", "C"]
    assert room.paper.placements.count() == 1


def test_taking_the_last_place_away_takes_the_paper_off_the_list(room):
    second = room.paper.place_under(room.other_topic)
    room.placement.remove()
    assert Paper.objects.filter(pk=room.paper.pk).exists()
    second.remove()
    assert not Paper.objects.filter(pk=room.paper.pk).exists()


def test_placing_exactly_keeps_the_place_it_has(room, three):
    three[0].place_exactly_under([room.topic, room.other_topic])
    assert titles(room.other_topic) == ["A", "B", "C"]
    assert titles(room.topic) == [room.paper.title, "A"]
    three[0].place_exactly_under([room.topic])
    assert titles(room.other_topic) == ["B", "C"]


@BOTH
def test_placement_update_moves_the_paper_to_the_stated_place(room, three, headers):
    browser = browser_of(room.member)
    address = f"/groups/{room.group.slug}/placements/{three[2].placements.get().pk}/move/"
    form = {"topic": room.other_topic.pk, "place": 1}
    for _ in range(2):
        page = browser.post(address, form, headers=headers, follow=True)
    assert is_whole_page(page)
    assert "“C” was moved." in words_of(text_of(page))
    assert titles(room.other_topic) == ["C", "A", "B"]


@BOTH
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topic", ""),
        ("topic", "abc"),
        ("topic", "9" * 40),
        ("place", ""),
        ("place", "0"),
        ("place", "-1"),
        ("place", "1.5"),
        ("place", "10001"),
        ("place", "NaN"),
    ],
)
def test_placement_update_says_what_is_wrong_and_moves_nothing(room, three, field, value, headers):
    address = f"/groups/{room.group.slug}/placements/{three[2].placements.get().pk}/move/"
    form = {"topic": room.topic.pk, "place": 1} | {field: value}
    page = browser_of(room.member).post(address, form, headers=headers)
    assert page.status_code == 422
    assert page.context["form"].errors[field][0] in words_of(text_of(page))
    assert titles(room.other_topic) == ["A", "B", "C"]


def test_as_many_places_are_found_at_once_as_a_list_has(room):
    asked = [(topic, topic) for topic in range(10_000, 15_000)]
    here = (room.placement.topic_id, room.placement.paper_id)
    assert list(Placement.objects.in_group(room.group).at([*asked, here])) == [room.placement]
