"""Every edit of every paper of lists in each container is shown, or it is said that it is not."""

from itertools import islice

import pytest

from bench.grammar.containers import CONTAINERS
from bench.grammar.lists import lists
from bench.round_trip import row_of

# So many papers at most: each is edited in five ways, and read each time.
FEW = 6
POURED = [one for one in lists(seed=11, count=600) if 0 < len(one.papers) <= FEW]


@pytest.mark.parametrize("container", CONTAINERS)
def test_an_edit_is_a_patch_of_its_own_lines(container: str) -> None:
    alike = [one for one in POURED if one.shape.container == container]
    for one in islice(alike, 1):
        row = row_of(one.text)
        assert row.is_same
        assert row.counts == [0, 0, 0], one.text


def test_most_containers_are_tried() -> None:
    assert len({one.shape.container for one in POURED}) > 0.8 * len(CONTAINERS)
