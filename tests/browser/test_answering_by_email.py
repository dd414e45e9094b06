"""Somebody is mentioned, gets an email, replies to it, and all see the reply in the thread."""

import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import acts
from tests.browser.acts import row
from tests.imap import MailboxServer, imap_server
from tests.mailbox import Mailbox, mailbox
from tests.servers import BASE_DIR, Server, database_for_server, put_demo_in

pytestmark = pytest.mark.server
# Once somebody is told, the three minutes for which an email is held are over.
LATER = """\
import time
from django.utils import timezone
from papers.models import Notification
from papers.notifications.mail import send_due
told = Notification.objects.filter(user__email="jonas@seminar.example", reason="mentioned")
while not told.filter(thread__title="Why clip?").update(mail_at=timezone.now()):
    time.sleep(0.2)
send_due()
"""


@pytest.fixture(scope="module")
def sent() -> Iterator[Mailbox]:
    with mailbox() as sent:
        yield sent


@pytest.fixture(scope="module")
def inbox() -> Iterator[MailboxServer]:
    with imap_server() as inbox:
        yield inbox


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, sent: Mailbox, inbox: MailboxServer, worker_id: str
) -> Iterator[Server]:
    """The site as it is when mail is set up, out and in."""
    folder: Path = tmp_path_factory.mktemp("server")
    ours = tmp_path_factory.getbasetemp()
    with database_for_server(folder) as url:
        if url.startswith("sqlite"):
            put_demo_in(folder, shared=ours if worker_id == "master" else ours.parent)
        server = Server(folder, url, "--demo")
        server.environment |= {
            "EMAIL_URL": sent.url,
            "EMAIL_FROM": "Seminar <seminar@example.org>",
            "EMAIL_INBOX": "seminar@example.org",
            "EMAIL_INBOX_URL": inbox.url,
        }
        with server:
            yield server


def manage(server: Server, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=server.environment,
        check=True,
        capture_output=True,
    )


def answer_to(letter: EmailMessage, words: str) -> EmailMessage:
    """Return a reply as a mail program writes it, with all that it quotes."""
    plain = letter.get_body(("plain",))
    assert plain
    quoted = "".join(f"> {line}\n" for line in plain.get_content().splitlines())
    answer = EmailMessage()
    answer["From"], answer["To"] = str(letter["To"]), str(letter["Reply-To"])
    answer["Subject"], answer["Message-ID"] = f"Re: {letter['Subject']}", "<1@example.net>"
    answer["In-Reply-To"] = str(letter["Message-ID"])
    answer.set_content(f"{words}\n\nOn 30 Nov 2026, at 10:15, Seminar wrote:\n\n{quoted}")
    return answer


def test_a_mention_is_mailed_and_the_reply_is_seen_in_the_thread(
    open_as, server: Server, sent: Mailbox, inbox: MailboxServer
) -> None:
    room = acts.make_room(open_as)
    page = room.organizer
    paper = acts.path_in(row(page, "PACT"), "PACT")
    source = "@jonas-thiele, why is it **learned**?"
    thread = acts.sent_to(page, f"{paper}threads/new/", title="Why clip?", source=source)
    manage(server, "shell", "-c", LATER)
    letter = sent.letter_to("jonas@seminar.example")
    assert letter["Subject"].endswith("] Why clip?")
    inbox.add(answer_to(letter, "Since its gradient is *known*: $\\partial_\\alpha$.").as_bytes())
    manage(server, "read_mailbox")
    page.goto(thread)
    posted = acts.comment(page, "Since its gradient is")
    expect(posted).to_contain_text("Jonas Thiele")
    expect(posted.locator("em")).to_have_text("known")
    expect(page.get_by_text("Mute this thread:")).to_have_count(0)
    assert inbox.emails[0].flags == {"\\Seen", "\\Answered"}
