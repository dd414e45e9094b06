"""The operators' site: all of it is to be looked at, none of it tells a secret."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult, get_date_max

from config.admin import site
from groups.accounts.account_deletion import StillNeeded
from groups.accounts.signing_out import close_account
from groups.events.history import history_line
from groups.models import Event, Group, IncomingEmail, OutgoingEmail, Policy, User
from groups.models.incoming_emails import Outcome
from tests.factories import (
    browser_of,
    make_comment,
    make_invitation,
    make_join_request,
    make_membership,
    make_paper,
    make_room,
    make_topic,
    make_user,
)
from tests.pages import text_of, without_tokens, words_of

pytestmark = pytest.mark.django_db
MODELS = [model._meta for model in site._registry]
SECRET = "canary-that-must-not-be-shown"


@pytest.fixture
def room(db):
    return make_room("Readers")


@pytest.fixture
def operator(db) -> User:
    return make_user("Opal", is_staff=True, is_superuser=True)


@pytest.fixture
def secrets(room, operator) -> dict[str, str]:
    """One row at least of each kind, and its values that no one may read."""
    make_join_request(room.group, room.outsider, "Let me in, please")
    Policy.objects.decide(sign_up="invited")
    letter = OutgoingEmail.objects.create(
        recipient="somebody@example.org",
        audience="account",
        message_id=f"<{SECRET}-id>",
        content={"body": SECRET},
    )
    IncomingEmail.objects.note("a" * 64, Outcome.REFUSED, room.member, "left")
    DBTaskResult.objects.create(
        task_path="groups.mail.outbox.send",
        args_kwargs={"args": [SECRET], "kwargs": {}},
        run_after=get_date_max(),
        return_value=SECRET,
        traceback=f"Traceback: {SECRET}",
        exception_class_path="builtins.OSError",
    )
    Authenticator.objects.create(
        user=room.organizer, type="totp", data={"secret": f"{SECRET}-totp"}
    )
    Authenticator.objects.create(
        user=operator, type="webauthn", data={"credential": f"{SECRET}-passkey"}
    )
    LogEntry.objects.log_actions(operator.pk, [room.organizer], 2, "Once by Django's own log")
    browser_of(room.organizer)
    found = {
        "canary": SECRET,
        "invitation": room.invitation.secret_hash,
        "link": room.secret,
        "letter": letter.secret,
        "session": Session.objects.get().session_key,
        "session's data": Session.objects.get().session_data,
    }
    for user in User.objects.all():
        _, salt, digest = user.password.split("$")
        found |= {f"hash of {user.pk}": digest, f"salt of {user.pk}": salt}
    return found


def pages(room) -> Iterator[tuple[str, int]]:
    """Every address of the site, and what an operator is answered."""
    yield "/admin/", 200
    yield "/admin/jsi18n/", 200
    for label in sorted({meta.app_label for meta in MODELS}):
        yield f"/admin/{label}/", 200
    for meta in MODELS:
        name = f"admin:{meta.app_label}_{meta.model_name}"
        rows = list(meta.model._default_manager.all())
        assert rows, f"no row of {meta.label}"
        yield reverse(f"{name}_changelist"), 200
        yield f"{reverse(f'{name}_changelist')}?q=a", 200
        yield f"{reverse(f'{name}_changelist')}?_facets=1", 200
        yield reverse(f"{name}_add"), 403
        for row in rows:
            yield reverse(f"{name}_change", args=[row.pk]), 200
            yield reverse(f"{name}_history", args=[row.pk]), 200
            yield reverse(f"{name}_delete", args=[row.pk]), 403


def leaks(secrets: dict[str, str], body: str) -> set[str]:
    return {name for name, secret in secrets.items() if secret in body}


# What operators see


def test_every_page_is_there_and_shows_no_secret(room, operator, secrets):
    browser = browser_of(operator)
    own = Session.objects.exclude(session_key=secrets["session"]).get()
    secrets["own session"] = own.session_key
    for address, expected in pages(room):
        answer = browser.get(address)
        assert answer.status_code == expected, address
        assert leaks(secrets, text_of(answer)) == set(), address


def test_a_secret_on_a_page_is_found(room, operator, secrets, monkeypatch):
    """The control of the walk above."""
    shown = site._registry[User].__class__
    monkeypatch.setattr(shown, "fields", (*shown.fields, "password"))
    shown = site._registry[OutgoingEmail].__class__
    monkeypatch.setattr(shown, "fields", (*shown.fields, "content", "message_id"))
    browser = browser_of(operator)
    page = text_of(browser.get(f"/admin/groups/user/{room.member.pk}/change/"))
    assert f"hash of {room.member.pk}" in leaks(secrets, page)
    letter = OutgoingEmail.objects.get(recipient="somebody@example.org")
    assert "canary" in leaks(
        secrets, text_of(browser.get(f"/admin/groups/outgoingemail/{letter.pk}/change/"))
    )


def test_what_people_have_read_is_not_on_it(room, operator, secrets):
    names = {meta.model_name for meta in MODELS}
    assert {"user", "group", "membership", "invitation", "joinrequest", "event"} <= names
    assert "outgoingemail" in names
    assert {"policy", "topic", "paper", "thread", "comment", "dbtaskresult"} <= names
    for hidden in ("readingstatus", "session", "authenticator", "emailaddress", "usersession"):
        assert hidden not in names


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("groups/user/", "password__startswith=md5"),
        ("groups/user/", "password__contains=a"),
        ("groups/user/", "password=a"),
        ("groups/user/", "is_active__gt=password"),
        ("groups/membership/", "user__password__startswith=md5"),
        ("groups/membership/", "role__regex=a"),
        ("groups/invitation/", "secret_hash__startswith=a"),
        ("groups/event/", "invitation__secret_hash__startswith=a"),
        ("groups/outgoingemail/", "content__icontains=a"),
        ("groups/outgoingemail/", "message_id__startswith=a"),
        ("papers/paper/", "statuses__status=read"),
        ("papers/paper/", "added_by__password__startswith=a"),
        ("django_tasks_database/dbtaskresult/", "args_kwargs__icontains=a"),
        ("django_tasks_database/dbtaskresult/", "traceback__icontains=a"),
    ],
)
def test_a_secret_cannot_be_guessed_at_by_asking_for_rows(operator, secrets, path, guess):
    """Control: each list can be narrowed by what its filters offer, see below."""
    answer = browser_of(operator).get(f"/admin/{path}?{guess}")
    assert answer.status_code == 400


def test_every_filter_that_a_list_offers_works(room, operator, secrets):
    browser = browser_of(operator)
    followed = 0
    for meta in MODELS:
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        page = text_of(browser.get(address))
        for query in set(re.findall(r'href="(\?[^"]+)"', page)):
            answer = browser.get(address + query.replace("&amp;", "&"))
            assert answer.status_code == 200, query
            followed += 1
    assert followed > 60


def test_a_list_finds_people_by_name_handle_and_address(room, operator):
    browser = browser_of(operator)
    for words in (room.member.name, room.member.handle, room.member.email.upper()):
        page = text_of(browser.get("/admin/groups/user/", {"q": words}))
        assert room.member.email in page
        assert room.author.email not in page


@pytest.mark.parametrize("row", ["0", "abc", "9" * 30, "-1", "_5F"])
def test_a_row_that_is_not_there_leads_back(room, operator, row):
    browser = browser_of(operator)
    answer = browser.get(f"/admin/groups/group/{row}/change/")
    assert answer.status_code == 302
    assert answer.url == "/admin/"


def more_of_everything(room, number: int) -> None:
    for _ in range(number):
        member = make_membership(room.group)
        invitation, _ = make_invitation(room.group)
        invitation.revoke(by=room.organizer)
        other = make_room(make_user().handle)
        make_join_request(other.group, make_user())
        paper = make_paper(room.group, make_topic(room.group, parent=room.topic))
        thread = paper.start_thread(member.user, title="Why?", source="So")
        make_comment(thread, member.user)
        OutgoingEmail.objects.create(
            recipient="a@example.org",
            audience="account",
            message_id=f"{paper.pk}",
            content={},
        )


def test_no_list_asks_once_for_each_row(room, operator, secrets):
    browser = browser_of(operator)
    addresses = [reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") for meta in MODELS]

    def counts() -> dict[str, int]:
        found = {}
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(address).status_code == 200
            found[address] = len(captured)
        return found

    more_of_everything(room, 1)
    few = counts()
    more_of_everything(room, 8)
    assert counts() == few


# Who may see it


def test_anyone_who_is_no_operator_does_not_learn_of_it(room, secrets):
    for user in (room.organizer, make_user(is_superuser=True), make_user(is_demo=True)):
        browser = browser_of(user)
        nowhere = browser.get("/no-such-place/")
        assert nowhere.status_code == 404
        for address in ("/admin/nothing/", "/admin/login/", *(path for path, _ in pages(room))):
            for answer in (browser.get(address), browser.post(address)):
                assert answer.status_code == 404, address
                assert without_tokens(text_of(answer)) == without_tokens(text_of(nowhere))


def test_a_stranger_is_led_to_the_sites_own_sign_in(room, operator, secrets):
    browser = browser_of()
    for address in ("/admin/login/", *(path for path, _ in pages(room))):
        answer = browser.get(address)
        assert answer.status_code == 302, address
        assert answer.url.startswith("/accounts/login/?next=/admin/")
        assert browser.post(address).status_code == 401


def test_an_operator_whose_account_was_closed_is_a_stranger(operator):
    browser = browser_of(operator)
    assert browser.get("/admin/").status_code == 200
    User.objects.filter(pk=operator.pk).update(is_active=False)
    assert browser.get("/admin/").status_code == 302


def test_the_pages_that_accounts_are_for_are_not_doubled(operator):
    browser = browser_of(operator)
    for verb in ("login", "logout", "password_change", "password_change/done", "autocomplete"):
        assert browser.get(f"/admin/{verb}/").status_code == 404
    assert browser.get(f"/admin/groups/user/{operator.pk}/password/").status_code != 200
    assert browser.get("/admin/r/1/1/").status_code == 404


def test_staff_without_a_permission_sees_an_empty_index(room, secrets):
    browser = browser_of(make_user(is_staff=True))
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/admin/groups/user/").status_code == 403
    assert browser.get(f"/admin/groups/user/{room.member.pk}/change/").status_code == 403
    assert browser.get("/admin/groups/policy/1/change/").status_code == 403


# What operators do


def act(browser: Client, action: str, *people: User) -> str:
    form = {"action": action, "_selected_action": [person.pk for person in people]}
    return words_of(text_of(browser.post("/admin/groups/user/", form, follow=True)))


def test_an_operator_closes_an_account_and_opens_it_again(room, operator):
    browser, theirs = browser_of(operator), browser_of(room.member)
    assert theirs.get("/").status_code == 200
    assert "1 account is closed." in act(browser, "close_accounts", room.member)
    assert theirs.get("/").status_code == 302
    room.member.refresh_from_db()
    assert not room.member.is_active
    assert "1 account is open." in act(browser, "open_accounts", room.member)
    room.member.refresh_from_db()
    assert room.member.is_active
    assert theirs.get("/").status_code == 302


def test_an_operator_does_not_close_their_own_account(operator):
    assert "0 accounts are closed." in act(browser_of(operator), "close_accounts", operator)
    operator.refresh_from_db()
    assert operator.is_active


def test_closing_the_last_organizers_account_says_which_groups_no_one_runs_any_more(room, operator):
    browser = browser_of(operator)
    page = act(browser, "close_accounts", room.organizer)
    assert "1 account is closed." in page
    assert f"{room.group.name} ({room.group.slug}) has no organizer who can sign in" in page
    assert Group.objects.with_member_count().get(pk=room.group.pk).organizer_count == 0
    ours = room.membership_of(room.member)
    page = appoint(browser, ours)
    assert f"{room.member.name} is an organizer of {room.group.name} now." in page
    assert room.membership_of(room.member).is_organizer
    line = history_line(room.group.events.order_by("-pk")[0])
    assert line.text == f"An operator of this site made {room.member.name} an organizer"
    assert "has no organizer" not in act(browser, "close_accounts", room.author)


def test_an_operator_names_no_organizer_where_there_is_one(room, operator):
    page = appoint(browser_of(operator), room.membership_of(room.member))
    assert "has an organizer, who can name others. Nothing was changed." in page
    assert not room.membership_of(room.member).is_organizer


def test_the_last_operators_account_stays_open(room, operator):
    """Two who close each other's at the same moment: the second one is not there any more."""
    close_account(make_user(is_staff=True))
    with pytest.raises(StillNeeded):
        close_account(operator)
    operator.refresh_from_db()
    assert operator.is_active


def appoint(browser: Client, membership) -> str:
    form = {"action": "make_organizers", "_selected_action": [membership.pk]}
    return words_of(text_of(browser.post("/admin/groups/membership/", form, follow=True)))


def test_an_operator_signs_people_out_everywhere(room, operator):
    theirs, other = browser_of(room.member), browser_of(room.author)
    page = act(browser_of(operator), "sign_out", room.member)
    assert "1 account is signed out in every browser." in page
    assert theirs.get("/").status_code == 302
    assert other.get("/").status_code == 200


def test_staff_reaches_no_one_who_may_do_everything(room, operator, django_user_model):
    helper = make_user(is_staff=True)
    helper.user_permissions.set(
        permission
        for permission in helper.user_permissions.model.objects.filter(
            codename__in=["view_user", "change_user"]
        )
    )
    browser = browser_of(helper)
    assert "1 account is closed." in act(browser, "close_accounts", operator, room.member)
    operator.refresh_from_db()
    assert operator.is_active


def test_who_operates_the_site_is_not_changed_on_it(room, operator):
    form = {"name": "Changed", "is_staff": "on", "is_superuser": "on"}
    address = f"/admin/groups/user/{room.member.pk}/change/"
    assert browser_of(operator).post(address, form).status_code == 403
    room.member.refresh_from_db()
    assert not room.member.is_staff


def test_an_operator_says_who_can_sign_up(operator):
    browser = browser_of(operator)
    assert browser.get("/admin/groups/policy/add/").status_code == 200
    browser.post("/admin/groups/policy/add/", {"sign_up": "closed"})
    assert Policy.objects.get().pk == Policy.ONLY
    assert Policy.objects.now().sign_up == "closed"
    browser.post("/admin/groups/policy/1/change/", {"sign_up": "invited"})
    assert Policy.objects.now().sign_up == "invited"
    assert browser.get("/admin/groups/policy/add/").status_code == 403


def test_history_is_not_changed_by_operators_either(room, operator):
    event = Event.objects.first()
    assert event
    browser = browser_of(operator)
    for verb in ("change", "delete"):
        answer = browser.post(f"/admin/groups/event/{event.pk}/{verb}/", {"post": "yes"})
        assert answer.status_code == 403
    browser.post(
        "/admin/groups/event/", {"action": "delete_selected", "_selected_action": [event.pk]}
    )
    assert Event.objects.filter(pk=event.pk).exists()


def test_the_log_of_what_operators_did_names_no_one(room, operator):
    """Control: it is there, and says what was done."""
    browser = browser_of(operator)
    for action in ("close_accounts", "open_accounts", "sign_out"):
        act(browser, action, room.member)
    browser.post("/admin/groups/policy/add/", {"sign_up": "closed"})
    browser.post("/admin/groups/policy/1/change/", {"sign_up": "open"})
    lines = list(LogEntry.objects.order_by("pk"))
    assert [line.object_repr for line in lines] == [f"user {room.member.pk}"] * 3 + ["policy 1"] * 2
    assert str(lines[0].get_change_message()) == "Closed the account."
    assert "Sign up" in str(lines[-1].get_change_message())
    for line in lines:
        words = f"{line.object_repr} {line.change_message}"
        assert not [w for w in (room.member.name, room.member.email) if w in words]


def test_somebody_who_is_no_operator_any_more_gets_no_page_by_repeating_a_form(room, operator):
    browser = browser_of(operator)
    form = {"sign_up": "nonsense", "idempotency_key": "k1"}
    assert browser.post("/admin/groups/policy/add/", form).status_code == 200
    User.objects.filter(pk=operator.pk).update(is_staff=False, is_superuser=False)
    again = browser.post("/admin/groups/policy/add/", form)
    assert (again.status_code, again.content) == (302, b"")
