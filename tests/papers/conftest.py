import pytest

from tests.factories import Room, make_room


@pytest.fixture
def room(db: None) -> Room:
    return make_room("Readers")


@pytest.fixture
def foreign(db: None) -> Room:
    return make_room("Neighbours")
