"""The world is made once for each file; what a test does in it is undone by the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import get_resolver

from tests.access import naive as naive_urls
from tests.access.expectations import LINES, read_table
from tests.access.fillers import Route, routes
from tests.access.visitors import World, make_world


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(kept_world: World, db: None, no_worker: None) -> World:
    return kept_world


@pytest.fixture
def naive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Route]]:
    """The site with some naive addresses, which are asked for by name."""
    for name, line in read_table(naive_urls.TABLE).items():
        monkeypatch.setitem(LINES, name, line)
    with override_settings(ROOT_URLCONF=naive_urls.__name__):
        known = {route.name: route for route in routes(get_resolver())}
        yield known.__getitem__
