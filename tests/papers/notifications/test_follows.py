"""How much one is told: the nearest choice wins, held against a plain model."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Follow, Level
from papers.models.follows import Surroundings
from papers.notifications.audience import Levels
from tests.factories import Room, browser_of, make_topic
from tests.pages import text_of

LEVELS = st.sampled_from(Level.values)
TARGETS = st.sampled_from(
    [("group", 0), ("paper", 7), ("thread", 8), *(("topic", n) for n in range(1, 7))]
)
LINES = st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=3, unique=True), max_size=3)


def follow(target: str, pk: int, level: str) -> Follow:
    return Follow(level=level, **({f"{target}_id": pk} if target != "group" else {}))


@given(st.dictionaries(TARGETS, LEVELS), LINES)
def test_the_nearest_level_wins(chosen: dict[tuple[str, int], str], lines: list[list[int]]) -> None:
    plain = chosen.get(("group", 0), "mentions")
    nearest = [
        [chosen["topic", pk] for pk in line if ("topic", pk) in chosen][:1] for line in lines
    ]
    for level in ("off", "mentions", "all"):
        plain = level if [level] in nearest else plain
    plain = chosen.get(("thread", 8)) or chosen.get(("paper", 7)) or plain
    follows = [follow(target, pk, level) for (target, pk), level in chosen.items()]
    assert Surroundings(8, 7, lines).level(follows) == plain


@pytest.mark.django_db
class TestChoices:
    def test_a_choice_replaces_the_one_before(self, room: Room) -> None:
        for level in (Level.ALL, Level.OFF):
            for target in (room.thread, room.paper, room.topic, room.group):
                Follow.objects.choose(room.member, level, target)
        assert Follow.objects.of(room.member).count() == 4
        assert set(Follow.objects.of(room.member).values_list("level", flat=True)) == {"off"}

    def test_there_is_one_level_per_person_and_target(self, room: Room) -> None:
        for target in ({"thread": room.thread}, {"paper": room.paper}, {"topic": room.topic}, {}):
            Follow.objects.create(user=room.member, group=room.group, level="all", **target)
            with pytest.raises(IntegrityError), transaction.atomic():
                Follow.objects.create(user=room.member, group=room.group, level="off", **target)

    def test_taking_part_does_not_undo_a_choice(self, room: Room) -> None:
        Follow.objects.choose(room.member, Level.OFF, room.thread)
        Follow.objects.take_part(room.member, room.thread)
        assert Follow.objects.get(user=room.member).level == "off"

    def test_a_topic_above_the_papers_topic_counts(self, room: Room) -> None:
        above = make_topic(room.group, "Compression")
        room.topic.parent = above
        room.topic.save()
        Follow.objects.choose(room.member, Level.ALL, above)
        assert Levels(room.group, room.paper, room.thread).of(room.member) == Level.ALL
        assert Levels(room.group, room.paper, room.thread).of(room.author) == Level.MENTIONS

    def test_a_nearer_topic_wins_over_one_above_it(self, room: Room) -> None:
        above = make_topic(room.group, "Compression")
        room.topic.parent = above
        room.topic.save()
        Follow.objects.choose(room.member, Level.ALL, above)
        Follow.objects.choose(room.member, Level.OFF, room.topic)
        assert Levels(room.group, room.paper, room.thread).of(room.member) == Level.OFF

    def test_the_page_of_a_topic_has_its_choice(self, room: Room) -> None:
        Follow.objects.choose(room.member, Level.ALL, room.topic)
        address = f"{room.group.get_absolute_url()}?topic={room.topic.pk}"
        shown = text_of(browser_of(room.member).get(address))
        assert "You chose this for the topic, or for one above it." in shown

    @pytest.mark.parametrize("kind", ["thread", "paper", "topic", "group"])
    def test_a_press_chooses_and_the_page_says_why(self, room: Room, kind: str) -> None:
        paths = {
            "thread": f"threads/{room.thread.pk}/follow/",
            "paper": f"papers/{room.paper.pk}/follow/",
            "topic": f"topics/{room.topic.pk}/follow/",
            "group": "follow/",
        }
        browser = browser_of(room.member)
        answer = browser.post(f"/groups/{room.group.slug}/{paths[kind]}", {"level": "all"})
        assert answer.status_code == 302
        shown = text_of(browser.get(room.thread.get_absolute_url()))
        whys = {
            "thread": "You chose this for the thread.",
            "paper": "You chose this for the paper.",
            "topic": "You chose this for the topic, or for one above it.",
            "group": "You chose this for the group.",
        }
        assert whys[kind] in shown

    def test_nonsense_is_no_level(self, room: Room) -> None:
        path = f"/groups/{room.group.slug}/follow/"
        assert browser_of(room.member).post(path, {"level": "loud"}).status_code == 404
        assert not Follow.objects.exists()
