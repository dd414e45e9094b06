from collections.abc import Iterator

import pytest

from tests.providers import Providers, answering


@pytest.fixture
def providers() -> Iterator[Providers]:
    with answering() as providers:
        yield providers
