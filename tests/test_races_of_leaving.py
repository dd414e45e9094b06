"""People who leave for good at the same moment, or delete and keep a group, end in one outcome."""

from collections import Counter

import pytest

from groups.models import Event, Group, Membership, OutgoingEmail, User
from tests.factories import make_comment, make_group, make_membership, make_paper, make_thread
from tests.racing import a_place_in_the_queue_for_everybody, at_once, press, statuses

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["a_place_in_the_queue_for_everybody"]

ROUNDS = 5


@pytest.fixture(autouse=True)
def _letters_wait(settings):
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def without_password(user: User) -> User:
    """Who is not asked for it before the account goes, having just come in."""
    user.set_unusable_password()
    user.save()
    return user


def subjects() -> Counter[str]:
    return Counter(letter.content["subject"] for letter in OutgoingEmail.objects.all())


def make_group_of_three() -> tuple[Group, User, User, User]:
    group = make_group()
    first = Membership.objects.get(group=group).user
    second = make_membership(group, role="organizer").user
    third = make_membership(group).user
    return group, first, second, third


def test_two_organizers_who_ask_at_once_have_everybody_told_once():
    group, first, second, _ = make_group_of_three()
    presses = [
        press(person, "papers:group_delete", group.slug, typed=group.name)
        for person in (first, second) * 4
    ]
    assert statuses(at_once(presses)) == {302: 8}
    assert subjects() == {f"{group.name} will be deleted": 3}
    assert Event.objects.in_group(group).of_kind("deletion_asked").count() == 1


def test_two_organizers_who_keep_at_once_have_everybody_told_once():
    group, first, second, _ = make_group_of_three()
    group.ask_deletion(first)
    presses = [press(person, "papers:group_keep", group.slug) for person in (first, second) * 4]
    assert statuses(at_once(presses)) == {302: 8}
    assert subjects() == {f"{group.name} will not be deleted": 3}


def test_asking_and_keeping_at_once_is_one_after_the_other():
    for _ in range(ROUNDS):
        OutgoingEmail.objects.all().delete()
        group, first, second, _ = make_group_of_three()
        at_once(
            [
                press(first, "papers:group_delete", group.slug, typed=group.name),
                press(second, "papers:group_keep", group.slug),
            ]
        )
        group.refresh_from_db()
        kept = group.deletion_asked_at is None
        asked = {f"{group.name} will be deleted": 3}
        assert subjects() == (asked | {f"{group.name} will not be deleted": 3} if kept else asked)


def test_asking_while_a_member_leaves_or_deletes_their_account():
    for view in ("groups:membership_leave", "groups:account_delete"):
        for _ in range(ROUNDS):
            OutgoingEmail.objects.all().delete()
            group, first, _, third = make_group_of_three()
            make_comment(make_thread(make_paper(group), third), third)
            without_password(third)
            args = [group.slug] if view == "groups:membership_leave" else []
            answers = at_once(
                [
                    press(first, "papers:group_delete", group.slug, typed=group.name),
                    press(third, view, *args, typed=third.email),
                ]
            )
            assert statuses(answers) == {302: 2}
            group.refresh_from_db()
            assert group.deletion_asked_at
            assert group.memberships.count() == 2
            assert subjects()[f"{group.name} will be deleted"] in (2, 3)


def test_of_two_last_organizers_who_delete_their_accounts_one_stays():
    for _ in range(ROUNDS):
        group, first, second, third = make_group_of_three()
        presses = [
            press(without_password(person), "groups:account_delete", typed=person.email)
            for person in (first, second)
        ]
        assert statuses(at_once(presses)) == {302: 1, 409: 1}
        assert group.memberships.count() == 2
        assert Membership.objects.in_group(group).organizers().count() == 1
        assert Membership.objects.in_group(group).of(third).exists()


def test_people_of_the_same_groups_who_go_at_once_all_go():
    groups = [make_group() for _ in range(3)]
    people = [without_password(make_membership(groups[0]).user) for _ in range(6)]
    for person in people:
        for group in groups[1:]:
            make_membership(group, person)
    presses = [press(person, "groups:account_delete", typed=person.email) for person in people]
    assert statuses(at_once(presses)) == {302: 6}
    assert not User.objects.filter(pk__in=[person.pk for person in people]).exists()
    assert [group.memberships.count() for group in groups] == [1, 1, 1]


@pytest.mark.parametrize("key", [{}, {"idempotency_key": "once"}], ids=["no key", "one key"])
def test_an_account_is_deleted_once_however_often_one_presses(key):
    group, _, _, third = make_group_of_three()
    without_password(third)
    presses = [press(third, "groups:account_delete", typed=third.email, **key)] * 6
    answers = at_once(presses)
    assert set(statuses(answers)) <= {302, 401}
    gone = [answer for answer in answers if answer.status_code == 302]
    assert {answer["Location"] for answer in gone} == {"/accounts/deleted/"}
    assert not User.objects.filter(pk=third.pk).exists()
    assert group.memberships.count() == 2
    assert Event.objects.in_group(group).of_kind("left").count() == 1
