"""The world is made once for each file; what a test does in it is undone by the test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access.visitors import World, make_world


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(kept_world: World, db: None) -> World:
    return kept_world
