"""What people say of a reading before it is written: taken, no paper, renamed, kept apart."""

import pytest

from papers.models import Placement
from papers.models import Topic as GroupTopic
from tests.factories import make_group

pytestmark = pytest.mark.django_db


def bring(group, text: str, **corrections):
    reader = group.memberships.order_by("pk").first().user
    brought = group.imports.create(text=text, imported_by=reader, corrections=corrections)
    brought.apply(reader)
    return brought


def outline(group) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    paths = {t.pk: " / ".join(t.path) for t in GroupTopic.objects.in_group(group).outline()}
    for pk in paths:
        found[paths[pk]] = []
    for place in Placement.objects.in_group(group).in_order().select_related("paper"):
        found[paths[place.topic_id]].append(place.paper.title)
    return found


NESTED = "# A\n## B\n- [ ] Counting Bees\n- [ ] Hives That Learn\n"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            NESTED,
            NESTED + "\n# C\n- [ ] Swarms Without Queens\n",
            {
                "A": [],
                "A / B": ["Counting Bees", "Hives That Learn"],
                "C": ["Swarms Without Queens"],
            },
        ),
        (
            NESTED + "### D\n- [ ] Wax\n",
            NESTED + "- [ ] New\n### D\n- [ ] Wax\n# C\n- [ ] Swarms\n",
            {
                "A": [],
                "A / B": ["Counting Bees", "Hives That Learn", "New"],
                "A / B / D": ["Wax"],
                "C": ["Swarms"],
            },
        ),
        (
            NESTED + "# C\n- [ ] Swarms\n",
            NESTED,
            {"A": [], "A / B": ["Counting Bees", "Hives That Learn"], "C": ["Swarms"]},
        ),
        (
            "# List\n## A\n### B\n- [ ] One\n- [ ] Two\n",
            "# List\n## Z\n### B\n- [ ] One\n- [ ] Two\n- [ ] Three\n",
            {"A": [], "Z": [], "Z / B": ["One", "Two", "Three"]},
        ),
    ],
    ids=["a second heading", "deeper", "the second goes again", "below another"],
)
def test_an_extended_list_keeps_nested_topics_together(first, second, expected):
    group = make_group()
    bring(group, first)
    brought = bring(group, second)
    assert outline(group) == expected
    before = outline(group)
    assert bring(group, second).effects["moved_topics"] == []
    assert outline(group) == before
    brought.undo(brought.imported_by)


def test_a_topic_that_moved_with_a_list_moves_back_with_it():
    group = make_group()
    bring(group, NESTED)
    before = outline(group)
    brought = bring(group, NESTED + "\n# C\n- [ ] Swarms Without Queens\n")
    brought.undo(brought.imported_by)
    assert outline(group) == before
