from collections.abc import Iterator

import pytest

from tests.factories import Room, make_room
from tests.providers import Providers, answering


@pytest.fixture
def room(db: None) -> Room:
    return make_room("Readers")


@pytest.fixture
def foreign(db: None) -> Room:
    return make_room("Neighbours")


@pytest.fixture
def providers() -> Iterator[Providers]:
    with answering() as providers:
        yield providers
