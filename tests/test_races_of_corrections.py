"""Two tabs, or two people, correct one list at the same moment: each answer is noted or refused.

Nothing that somebody said is lost without a word, and nothing is noted of a reading that is not
there any more.
"""

import pytest

from groups.models import Group, User
from papers.corrections.corrected import TITLES, answer_tag
from papers.imports import workflow
from papers.models import ListImport, Paper
from tests.factories import two_organizers
from tests.racing import (
    ROUNDS,
    ROUNDS_OF_A_TWIN,
    Action,
    a_place_in_the_queue_for_everybody,
    at_once,
    loser,
    press,
    statuses,
)

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["a_place_in_the_queue_for_everybody"]

LIST = "# Bees\n\n- [ ] Counting bees [Stein, 2015]\n- [ ] Hives that learn [Wax, 2016]\n"
LATIN = "# Bees\n\n- [ ] Zählen [Stein, 2015]\n- [ ] Körbe [Wax, 2016]\n"


def waiting(group: Group, user: User, text: str = LIST, encoding: str = "utf-8") -> ListImport:
    brought = ListImport(group=group, imported_by=user, text=text, encoding=encoding)
    brought.read()
    brought.save()
    return brought


def keys(brought: ListImport) -> list[str]:
    return [read.key for read in brought.corrected.entries]


def correcting(user: User, brought: ListImport, number: int, **said: str) -> Action:
    """Press a button on a page that shows what is noted of the list now."""
    key = keys(brought)[number]
    seen = answer_tag(brought.corrections, key)
    sent = {"key": key, "said": seen, "read": brought.reading_tag} | said
    return press(user, "papers:import_correct", brought.group.slug, brought.pk, **sent)


def titles(group: Group) -> list[str]:
    return sorted(paper.title for paper in Paper.objects.in_group(group))


@pytest.mark.parametrize("is_alone", [True, False], ids=["two tabs", "two people"])
def test_corrections_of_two_lines_at_once_are_both_noted(is_alone):
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        brought = waiting(group, one.user)
        second = one.user if is_alone else other.user
        answers = at_once(
            [
                correcting(one.user, brought, 0, answer="rename", title="Counting all bees"),
                correcting(second, brought, 1, answer="drop"),
            ]
        )
        assert statuses(answers) == {302: 2}
        brought = ListImport.objects.get(pk=brought.pk)
        workflow.apply(brought, one.user)
        assert titles(group) == ["Counting all bees"]


@pytest.mark.parametrize("is_alone", [True, False], ids=["two tabs", "two people"])
def test_of_two_titles_for_one_paper_one_is_and_the_other_is_refused(is_alone):
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        brought = waiting(group, one.user)
        second = one.user if is_alone else other.user
        answers = at_once(
            [
                correcting(one.user, brought, 0, answer="rename", title="Counting all bees"),
                correcting(second, brought, 0, answer="rename", title="Counting some bees"),
            ]
        )
        assert statuses(answers) == {302: 1, 409: 1}
        assert b"a moment ago" in loser(answers).content
        brought.refresh_from_db()
        won = ["Counting all bees", "Counting some bees"][answers[0].status_code != 302]
        assert list(brought.corrections[TITLES].values()) == [won]


def test_a_line_that_one_takes_while_another_says_it_is_none_is_one_of_both():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        brought = waiting(group, one.user)
        answers = at_once(
            [
                correcting(one.user, brought, 0, answer="take", title="Counting bees"),
                correcting(other.user, brought, 0, answer="drop"),
            ]
        )
        assert statuses(answers) == {302: 1, 409: 1}
        brought = ListImport.objects.get(pk=brought.pk)
        workflow.apply(brought, one.user)
        is_taken = answers[0].status_code == 302
        assert ("Counting bees" in titles(group)) == is_taken


def test_what_two_people_agree_on_is_refused_to_neither():
    group, one, other = two_organizers()
    brought = waiting(group, one.user)
    answers = at_once(
        [correcting(each, brought, 0, answer="drop") for each in (one.user, other.user) * 3]
    )
    assert statuses(answers) == {302: 6}


def test_a_correction_while_the_list_is_written_is_in_it_or_refused():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        brought = waiting(group, one.user)
        answers = at_once(
            [
                press(one.user, "papers:import_detail", group.slug, brought.pk),
                correcting(other.user, brought, 0, answer="rename", title="Counting all bees"),
            ]
        )
        statuses(answers)
        assert answers[0].status_code == 302
        assert answers[1].status_code in {302, 409}
        is_noted = answers[1].status_code == 302
        assert titles(group) == [
            "Counting all bees" if is_noted else "Counting bees", "Hives that learn",
        ]  # fmt: skip


def test_a_correction_while_the_list_is_read_again_is_of_the_reading_it_was_made_of():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        brought = waiting(group, one.user, LATIN, "windows-1252")
        answers = at_once(
            [
                press(
                    one.user, "papers:import_read_again", group.slug, brought.pk,
                    encoding="windows-1250", read=brought.reading_tag,
                ),
                correcting(other.user, brought, 0, answer="drop"),
            ]
        )  # fmt: skip
        statuses(answers)
        assert answers[0].status_code == 302
        brought.refresh_from_db()
        assert brought.encoding == "windows-1250"
        if answers[1].status_code == 302:
            assert len(keys(brought)) == 2
        else:
            assert answers[1].status_code in {409, 422}
            assert not any(brought.corrections.values())


def test_a_naive_twin_of_a_correction_loses_one():
    """It reads what is noted, adds to it, and writes it: the lock is what the others differ by."""

    def note(pk: int, number: int) -> None:
        found = ListImport.objects.get(pk=pk)
        key = keys(found)[number]
        titles = {**found.corrections.get(TITLES, {}), key: f"Title {number}"}
        ListImport.objects.filter(pk=pk).update(corrections={TITLES: titles})

    def noted_by_two() -> int:
        group, one, _ = two_organizers()
        pk = waiting(group, one.user).pk
        at_once([lambda n=n: note(pk, n) for n in (0, 1)])
        return len(ListImport.objects.get(pk=pk).corrections[TITLES])

    assert any(noted_by_two() == 1 for _ in range(ROUNDS_OF_A_TWIN))
