"""Of a person who deleted their account nothing remains: in no page, no export, no row.

Somebody with a unique name does all that one can do here. Then every column of every
table is read, whatever it is stored as, and every page that can be reached. Beforehand the same
search must find them, or it would show nothing.
"""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from groups.mail.outbox import write_email
from groups.models import Audience, Group, Invitation, Membership, OutgoingEmail, User
from papers.archives import group_deletion
from papers.models import Assignment, Comment, ReadingStatus, Thread
from tests.factories import (
    PASSWORD,
    Room,
    browser_of,
    make_group,
    make_invitation,
    make_join_request,
    make_membership,
    make_paper,
    make_room,
    make_thread,
    make_user,
)
from tests.pages import HTMX, text_of
from tests.searching import found_in_tables, found_on_pages

NAME, ADDRESS, SECOND = "Zephyrine Quistgaard", "zq.first@example.org", "zq.second@example.net"
NEEDLES = re.compile(rb"zephyrine|quistgaard|zq\.first|zq\.second", re.IGNORECASE)
THOUGHT, QUESTION = "The bound is loose here.", "Why is the bound so loose?"


@pytest.fixture
def room(db: None, settings: Any) -> Room:
    """A queue without a worker, so that emails wait."""
    settings.EMAIL_BACKEND = "groups.mail.outbox.QueuedBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return make_room("Readers")


# The person


def sign_up() -> Client:
    browser = browser_of()
    form = {"name": NAME, "email": ADDRESS, "password1": PASSWORD}
    assert browser.post("/accounts/signup/", form).status_code == 302
    return browser


def do_everything(browser: Client, room: Room) -> User:
    person = User.objects.get(email=ADDRESS)
    slug = room.group.slug
    EmailAddress.objects.create(user=person, email=SECOND, verified=True)

    def send(name: str, /, *args: Any, **form: Any) -> None:
        answer = browser.post(reverse(name, args=args), form)
        assert answer.status_code == 302, text_of(answer)

    # In by a letter, by a request, and as somebody whose request waits.
    _, secret = make_invitation(room.group, email=ADDRESS, note=f"For {NAME}")
    send("groups:membership_create", secret)
    make_invitation(room.group, email=SECOND)
    for number, is_accepted in enumerate([True, False, None]):
        organizer = make_user(f"Host {number}")
        group = make_group(organizer, name=f"Listed {number}")
        request = make_join_request(group, person, note=f"I am {NAME}.")
        if is_accepted:
            request.accept(by=organizer, answer=f"Welcome, {NAME}.")
        elif is_accepted is False:
            request.decline(by=organizer)

    # A member's actions, then an organizer's.
    send("papers:status_update", slug, room.paper.pk, status="read")
    send("papers:assignment_take", slug, room.slot.pk)
    send("papers:assignment_finish", slug, room.slot.pk)
    send("papers:thread_create", slug, room.paper.pk, title=QUESTION, source=QUESTION)
    send("papers:comment_create", slug, room.thread.pk, source=THOUGHT, parent=room.comment.pk)
    send("papers:topic_create", slug, name="Distillation")
    send("papers:paper_create", slug, title="Deep Compression", topics=[room.topic.pk])
    mine = room.membership_of(person)
    olgas = browser_of(room.organizer)
    role = reverse("groups:membership_update", args=[slug, mine.pk])
    assert olgas.post(role, {"role": "organizer"}).status_code == 302
    other = room.membership_of(room.author)
    send("groups:membership_update", slug, other.pk, role="organizer")
    papers = [make_paper(room.group, title=f"Sparse gate{end}") for end in ("", "s", "d")]
    for paper in papers:
        send("papers:status_update", slug, paper.pk, status="read")
    send("papers:not_duplicate_create", slug, papers[0].pk, papers[1].pk)
    send("papers:merge_create", slug, papers[0].pk, papers[2].pk)
    send("papers:import_create", slug, list_text="- [x] Distilling the Knowledge\n")
    send("papers:import_detail", slug, room.group.imports.get(imported_by=person).pk)
    browser.post(
        reverse("groups:invitation_create", args=[slug]),
        {"role": "member", "days": 7, "uses_allowed": 2},
    )
    open_slot = Assignment.objects.create(paper=room.paper, role="reader")
    open_slot.take(mine)
    send("papers:group_create", name="Quistgaard alone", list_text="")

    # What others' presses were answered, while the person was there.
    answered = browser_of(room.member).post(
        reverse("papers:comment_create", args=[slug, room.thread.pk]),
        {"source": "Indeed.", "idempotency_key": "max-1"},
        headers=HTMX,
    )
    assert answered.status_code == 200
    answered = olgas.post(
        reverse("groups:invitation_revoke", args=[slug, room.invitation.pk]),
        {"idempotency_key": "olga-1"},
        headers=HTMX,
    )

    # Letters to them, about them, and with their words in what is attached.
    doomed = make_group(room.organizer, name="Doomed")
    make_membership(doomed, person)
    make_thread(make_paper(doomed), person).reply(person, THOUGHT)
    assert group_deletion.ask_deletion(doomed, room.organizer)
    values: dict[str, object] = {"group": doomed, "person": person}
    for to, about in ((person, None), (room.organizer, person)):
        write_email(
            to,
            "papers/archives/mail/deletion_withdrawn.txt",
            values,
            audience=Audience.MEMBERS,
            group=doomed,
            about=about,
        )

    # Elsewhere: another browser, a forgotten password, a wrong one.
    browser_of(person).get("/")
    browser_of().post("/accounts/password/reset/", {"email": SECOND})
    browser_of().post("/accounts/login/", {"login": ADDRESS, "password": "wrong"})
    half_signed_in = browser_of().session
    half_signed_in["account_login_code"] = {"email": SECOND, "code": "hash"}
    half_signed_in.save()
    return person


def delete_account(browser: Client, password: str = PASSWORD) -> Any:
    """As a person does it: asked for the password first, then for the address."""
    page = reverse("groups:account_delete")
    asked = browser.get(page)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    back = browser.post(asked["Location"], {"password": password, "next": page})
    assert back["Location"] == page
    assert browser.get(page).status_code == 200
    return browser.post(page, {"typed": f" {ADDRESS.upper()} ", "idempotency_key": "bye"})


def test_nothing_of_a_person_remains_but_their_words(room):
    browser = sign_up()
    person = do_everything(browser, room)
    looking = {
        "organizer": browser_of(room.organizer),
        "member": browser_of(room.member),
        "stranger": browser_of(),
    }
    begin = ["/", f"/join/{room.secret}/", "/accounts/login/"]
    before = found_in_tables(NEEDLES, with_key=True)
    assert before >= {
        "account_emailaddress.email",
        "django_session.session_data",
        "groups_group.name",
        "groups_invitation.email",
        "groups_invitation.note",
        "groups_joinrequest.answer",
        "groups_joinrequest.note",
        "groups_outgoingemail.sealed",
        "groups_outgoingemail.recipient",
        "groups_idempotencykey.body",
        "groups_user.email",
        "groups_user.handle",
        "groups_user.name",
    }
    pages = {who: found_on_pages(NEEDLES, looking[who], *begin) for who in looking}
    slug = room.group.slug
    for who in ("organizer", "member"):
        assert pages[who] >= {
            f"/groups/{slug}/members/",
            f"/groups/{slug}/papers/N/",
            f"/groups/{slug}/threads/N/",
            f"/groups/{slug}/export/all/",
            f"/groups/{slug}/duplicates/",
        }

    assert delete_account(browser)["Location"] == "/accounts/deleted/"
    assert "sessionid" not in browser.cookies or not browser.cookies["sessionid"].value

    assert found_in_tables(NEEDLES, with_key=True) == set()
    for who in looking:
        assert found_on_pages(NEEDLES, looking[who], *begin) == set()

    # What others are to keep is there.
    assert not User.objects.filter(pk=person.pk).exists()
    assert Comment.objects.get(source=THOUGHT, thread=room.thread).author is None
    assert Thread.objects.get(title=QUESTION).author is None
    assert not ReadingStatus.objects.filter(user_id=person.pk).exists()
    room.slot.refresh_from_db()
    assert not room.slot.is_open
    assert Assignment.objects.get(paper=room.paper, role="reader").is_open
    assert not Group.objects.filter(name="Quistgaard alone").exists()
    assert OutgoingEmail.objects.filter(recipient=room.organizer.email).exists()
    assert not Invitation.objects.filter(email__in=[ADDRESS, SECOND]).exists()
    assert not Membership.objects.filter(user_id=person.pk).exists()


def test_a_press_whose_answer_is_forgotten_does_nothing_twice(room):
    """Another member's form is sent again after the person whom its answer named has gone."""
    browser = sign_up()
    do_everything(browser, room)
    delete_account(browser)
    address = reverse("papers:comment_create", args=[room.group.slug, room.thread.pk])
    before = Comment.objects.count()
    again = browser_of(room.member).post(
        address, {"source": "Indeed.", "idempotency_key": "max-1"}, headers=HTMX
    )
    assert (again.status_code, again["HX-Refresh"]) == (204, "true")
    again = browser_of(room.member).post(address, {"source": "Indeed.", "idempotency_key": "max-1"})
    assert again.status_code == 302
    assert Comment.objects.count() == before


def test_the_search_reads_whatever_a_table_holds(room):
    """Its own control for what the person above does not leave behind."""
    cache.set("a-key", [NAME])
    OutgoingEmail.objects.create(
        recipient="a@example.org", audience="account", message_id="1", content={"body": [NAME]}
    )
    found = found_in_tables(NEEDLES, with_key=True)
    assert found == {"cache.value", "groups_outgoingemail.sealed"}
