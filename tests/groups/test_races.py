"""Races at the door: who gets in, and who holds the key, when several press at the same moment.

Beside the safe forms stand their naive twins, which must fail here, or the harness would show
nothing.
"""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from groups.accounts.account_deletion import AccountDeletion, StillNeeded
from groups.accounts.signing_out import close_account
from groups.models import (
    AlreadyDecided,
    Event,
    Group,
    GroupFull,
    Invitation,
    JoinRequest,
    Membership,
    User,
)
from tests.factories import (
    make_group,
    make_invitation,
    make_join_request,
    make_membership,
    make_user,
    two_organizers,
)
from tests.racing import (
    ROUNDS,
    ROUNDS_OF_A_TWIN,
    a_place_in_the_queue_for_everybody,
    at_once,
    press,
    statuses,
)

pytestmark = pytest.mark.django_db(transaction=True)
ANSWER = "groups:join_request_update"
__all__ = ["a_place_in_the_queue_for_everybody"]


# Invitations


def test_of_twenty_people_one_gets_in_by_the_last_use():
    group = make_group()
    invitation, secret = make_invitation(group, uses_allowed=1)
    answers = at_once([press(make_user(), "groups:membership_create", secret) for _ in range(20)])
    assert statuses(answers) == {302: 1, 410: 19}
    invitation.refresh_from_db()
    assert (invitation.uses, group.memberships.count()) == (1, 2)


@pytest.mark.parametrize("uses_allowed", [1, 20])
def test_who_joins_eight_times_at_once_is_in_once_and_uses_up_one(uses_allowed):
    group = make_group()
    invitation, secret = make_invitation(group, uses_allowed=uses_allowed)
    user = make_user()
    answers = at_once([press(user, "groups:membership_create", secret) for _ in range(8)])
    assert statuses(answers) == {302: 8}
    assert {answer["Location"] for answer in answers} == {group.get_absolute_url()}
    invitation.refresh_from_db()
    assert (invitation.uses, group.memberships.count()) == (1, 2)


def test_a_link_that_is_revoked_at_the_moment_of_joining_lets_in_or_not():
    group = make_group()
    organizer = group.memberships.get().user
    for _ in range(ROUNDS):
        invitation, secret = make_invitation(group)
        user = make_user()
        joined, _ = at_once(
            [
                press(user, "groups:membership_create", secret),
                press(organizer, "groups:invitation_revoke", group.slug, invitation.pk),
            ]
        )
        assert joined.status_code in (302, 410)
        assert group.memberships.of(user).exists() == (joined.status_code == 302)


def naive_accept(invitation: Invitation, user: User) -> None:
    """Look whether a use is left, then let the person in and count."""
    invitation = Invitation.objects.get(pk=invitation.pk)
    if invitation.uses < invitation.uses_allowed:
        invitation.group.memberships.create(user=user)
        invitation.uses += 1
        invitation.save()


def test_control_a_naive_invitation_lets_in_too_many():
    group = make_group()
    people = [make_user() for _ in range(6)]

    def let_in() -> int:
        invitation, _ = make_invitation(group, uses_allowed=1)
        at_once([lambda u=user: naive_accept(invitation, u) for user in people])
        return Membership.objects.filter(user__in=people).delete()[0]

    assert any(let_in() > 1 for _ in range(ROUNDS_OF_A_TWIN))


# Organizers


def test_two_organizers_who_demote_each_other_leave_one():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        answers = at_once(
            [
                press(one.user, "groups:membership_update", group.slug, other.pk, role="member"),
                press(other.user, "groups:membership_update", group.slug, one.pk, role="member"),
            ]
        )
        assert statuses(answers)[302] == 1
        assert group.memberships.organizers().count() == 1


def test_two_organizers_who_leave_at_once_leave_one():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        answers = at_once(
            [press(each.user, "groups:membership_leave", group.slug) for each in (one, other)]
        )
        assert statuses(answers) == {302: 1, 409: 1}
        assert group.memberships.organizers().count() == 1


def test_who_is_removed_while_being_promoted_is_out_or_gone_and_no_fault():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        member = make_membership(group)
        answers = at_once(
            [
                press(
                    one.user, "groups:membership_update", group.slug, member.pk, role="organizer"
                ),
                press(other.user, "groups:membership_delete", group.slug, member.pk),
            ]
        )
        assert statuses(answers)[302] >= 1
        assert not group.memberships.filter(pk=member.pk).exists()


@transaction.atomic
def naive_demote(membership: Membership) -> None:
    """Look whether there is another organizer, then demote this one."""
    organizers = Membership.objects.in_group(membership.group).organizers()
    if organizers.exclude(pk=membership.pk).exists():
        Membership.objects.filter(pk=membership.pk).update(role="member")


def test_control_naive_organizers_demote_each_other():
    """On SQLite even the naive form holds: every transaction there begins with the write lock."""

    def left() -> int:
        group, one, other = two_organizers()
        at_once([lambda: naive_demote(one), lambda: naive_demote(other)])
        return group.memberships.organizers().count()

    is_broken = any(left() == 0 for _ in range(ROUNDS_OF_A_TWIN))
    assert is_broken == (connection.vendor == "postgresql")


def test_an_account_that_is_closed_while_the_other_organizer_leaves_is_told_of():
    """Either the other one stays, or closing the account answers that no organizer is left."""
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        make_membership(group)
        alone, left = at_once(
            [
                lambda one=one: close_account(one.user),
                press(other.user, "groups:membership_leave", group.slug),
            ]
        )
        has_organizer = group.memberships.organizers().exists()
        assert (left.status_code, alone, has_organizer) in [(409, [], True), (302, [group], False)]


def naive_close(user: User) -> list[Group]:
    """Close the account, then look who is left."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    return AccountDeletion(user).needed_in


@transaction.atomic
def naive_leave(membership: Membership) -> bool:
    """Look whether there is another organizer, without locking the group."""
    organizers = Membership.objects.in_group(membership.group).organizers()
    if not organizers.exclude(pk=membership.pk).exists():
        return False
    membership.delete()
    return True


def test_control_a_naive_close_leaves_a_group_alone_and_says_nothing():
    """On SQLite every transaction there begins with the write lock."""

    def is_untold() -> bool:
        group, one, other = two_organizers()
        make_membership(group)
        alone, left = at_once([lambda: naive_close(one.user), lambda: naive_leave(other)])
        return left and not alone and not group.memberships.organizers().exists()

    is_broken = any(is_untold() for _ in range(ROUNDS_OF_A_TWIN))
    assert is_broken == (connection.vendor == "postgresql")


def test_two_operators_who_close_each_others_accounts_leave_one():
    for _ in range(ROUNDS):
        User.objects.update(is_staff=False)
        people = [make_user(is_staff=True) for _ in range(2)]

        def close(person: User) -> bool:
            try:
                close_account(person)
            except StillNeeded:
                return False
            return True

        assert sorted(at_once([lambda p=p: close(p) for p in people])) == [False, True]
        assert User.objects.filter(is_staff=True, is_active=True).count() == 1


def test_an_invitation_of_an_organizer_who_is_demoted_at_that_moment_lets_in_or_not():
    """One or the other came first: who is in has joined before, in the group's history, too."""
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        _, secret = Invitation.objects.issue(
            group, other.user, role="organizer", expires_at=timezone.now() + timedelta(days=7)
        )
        user = make_user()
        joined, demoted = at_once(
            [
                press(user, "groups:membership_create", secret),
                press(one.user, "groups:membership_update", group.slug, other.pk, role="member"),
            ]
        )
        assert demoted.status_code == 302
        assert joined.status_code in (302, 410)
        is_in = group.memberships.of(user).exists()
        assert is_in == (joined.status_code == 302)
        if is_in:
            events = group.events.filter(kind__in=["joined", "role_changed"]).order_by("pk")
            assert [event.kind for event in events] == ["joined", "role_changed"]


# Seats


def test_of_eight_people_with_eight_links_one_gets_the_last_seat():
    for _ in range(ROUNDS):
        group = make_group(seats=2)
        secrets = [make_invitation(group)[1] for _ in range(8)]
        answers = at_once([press(make_user(), "groups:membership_create", s) for s in secrets])
        assert statuses(answers) == {302: 1, 409: 7}
        assert group.memberships.count() == 2
        assert Invitation.objects.filter(uses=1, group=group).count() == 1


def naive_admit(group: Group, user: User) -> None:
    """Look whether a seat is free, then let the person in."""
    if group.memberships.count() < 2:
        group.memberships.create(user=user)


def test_control_a_naive_group_has_more_members_than_seats():
    people = [make_user() for _ in range(6)]

    def members() -> int:
        group = make_group(seats=2)
        at_once([lambda u=user: naive_admit(group, u) for user in people])
        return group.memberships.count()

    assert any(members() > 2 for _ in range(ROUNDS_OF_A_TWIN))


# Requests


def test_of_two_organizers_who_answer_at_once_one_is_told_that_it_was_answered():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        asked = make_join_request(group)
        answers = at_once(
            [
                press(each.user, ANSWER, group.slug, asked.pk, **form)
                for each, form in ((one, {"decision": "accept"}), (other, {"decision": "decline"}))
            ]
        )
        assert statuses(answers) == {302: 1, 409: 1}
        asked.refresh_from_db()
        assert asked.is_accepted == (answers[0].status_code == 302)
        assert group.memberships.of(asked.user).exists() == asked.is_accepted


def test_a_request_that_is_accepted_while_the_group_is_archived_lets_in_or_not():
    for _ in range(ROUNDS):
        group, one, other = two_organizers()
        asked = make_join_request(group)
        accepted, archived = at_once(
            [
                press(one.user, ANSWER, group.slug, asked.pk, decision="accept"),
                press(other.user, "groups:group_archive", group.slug),
            ]
        )
        assert archived.status_code == 302
        is_in = group.memberships.of(asked.user).exists()
        assert (is_in, accepted.status_code) in {(True, 302), (False, 409)}


def test_who_asks_eight_times_at_once_has_asked_once():
    group, user = make_group(visibility="listed"), make_user()
    answers = at_once([press(user, "groups:join_request_create", group.slug) for _ in range(8)])
    assert statuses(answers) == {302: 8}
    assert JoinRequest.objects.count() == 1
    assert Event.objects.of_kind("asked").count() == 1


def test_a_request_that_is_accepted_while_its_asker_comes_by_a_link_is_one_membership():
    for _ in range(ROUNDS):
        group, one, _ = two_organizers()
        user = make_user()
        asked = make_join_request(group, user)
        _, secret = make_invitation(group)
        at_once(
            [
                press(one.user, ANSWER, group.slug, asked.pk, decision="accept"),
                press(user, "groups:membership_create", secret),
            ]
        )
        assert group.memberships.of(user).count() == 1


def test_the_last_seat_is_given_once_among_requests_and_links():
    for _ in range(ROUNDS):
        group = make_group(seats=2)
        organizer = group.memberships.get().user
        asked = make_join_request(group)
        _, secret = make_invitation(group)

        def accept(asked=asked, organizer=organizer) -> bool:
            try:
                asked.accept(organizer)
            except (GroupFull, AlreadyDecided):
                return False
            return True

        accepted, joined = at_once([accept, press(make_user(), "groups:membership_create", secret)])
        assert accepted != (joined.status_code == 302)
        assert group.memberships.count() == 2
