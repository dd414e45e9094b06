"""Of a reply by email its writer's words are kept, and no others, whatever program sent it."""

import time

import pytest

from papers.replies.quotations import without_quotations
from tests.papers.replies.quoting_habits import HABITS, Habit


def _without_blanks_at_ends(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_what_the_writer_said_is_kept_alone(habit: Habit) -> None:
    assert without_quotations(habit.text) == _without_blanks_at_ends(habit.said)


def test_the_habits_are_many_and_have_names_of_their_own() -> None:
    assert len(HABITS) > 150
    assert len({habit.name for habit in HABITS}) == len(HABITS)


@pytest.mark.parametrize(
    "text",
    ["On " * 60_000, "On\n" * 60_000, "From: a\n" * 20_000, "> " * 60_000, "> a\nb\n" * 30_000,
     "-" * 180_000, "-" * 9 + " " * 180_000, ("a" * 390 + ":\n") * 500, "\n" * 180_000,
     "On 10:15\n" * 20_000 + ":", "a@" * 60_000, "-- \n" * 30_000, "Sent from my a\n\n" * 10_000],
    ids=range(13),
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    without_quotations(text)
    assert time.process_time() - began < 2


def test_a_reply_is_the_same_when_it_is_cut_twice() -> None:
    for habit in HABITS:
        once = without_quotations(habit.text)
        assert without_quotations(once) == once
