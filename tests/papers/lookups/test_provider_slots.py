"""However many workers there are, a provider is asked by one of them at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from papers.models import Lookup, ProviderSlot
from papers.providers.asking import PROVIDERS
from tests.factories import make_group, make_paper, make_user
from tests.racing import ROUNDS, a_place_in_the_queue_for_everybody, at_once

__all__ = ["a_place_in_the_queue_for_everybody"]
pytestmark = pytest.mark.django_db(transaction=True)
ARXIV = PROVIDERS["arxiv"]


def claim() -> bool:
    return ProviderSlot.objects.claim(ARXIV) is None


def test_of_many_workers_one_gets_the_turn():
    for _ in range(ROUNDS):
        assert at_once([claim] * 6).count(True) == 1
        ProviderSlot.objects.update(free_at=timezone.now())


def test_the_next_comes_three_seconds_after_the_answer():
    assert claim()
    ProviderSlot.objects.release(ARXIV)
    free_at = ProviderSlot.objects.claim(ARXIV)
    assert free_at
    assert free_at > timezone.now() + timedelta(seconds=2)
    ProviderSlot.objects.update(free_at=timezone.now())
    assert claim()


def test_a_turn_is_not_free_while_an_answer_is_awaited():
    assert claim()
    free_at = ProviderSlot.objects.get(provider="arxiv").free_at
    assert free_at > timezone.now() + timedelta(seconds=10)


def test_of_many_workers_one_takes_up_a_look_up():
    paper = make_paper(make_group())
    [lookup] = Lookup.objects.ask([paper], make_user())
    for _ in range(ROUNDS):
        taken = at_once([lambda: Lookup.objects.claim(lookup.pk)] * 6)
        assert sum(one is not None for one in taken) == 1
        Lookup.objects.update(next_try_at=timezone.now())


def test_a_press_that_comes_twice_asks_once():
    paper, member = make_paper(make_group()), make_user()
    for _ in range(ROUNDS):
        asked = at_once([lambda: Lookup.objects.ask([paper], member)] * 4)
        assert 1 <= sum(map(len, asked)) <= 4
        assert Lookup.objects.filter(paper=paper).count() == 1
        Lookup.objects.get(paper=paper).note_nothing()
