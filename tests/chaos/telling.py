"""Workers are killed fifty times while 500 people are told of comments: each is told once.

    python -m tests.chaos.telling [KILLS]

Two workers are at it at any time, as on two hosts, of which one is killed after the other. What is
to be emailed is held for three minutes, which are over here at once. Uses the database and the mail
server of tests.chaos.mailer. Ends with a status other than 0 where a notification or its email was
lost, a notification was written twice, or more emails came again than there were kills, or under
another Message-ID.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from subprocess import Popen

from tests.chaos.mailer import LONGEST, run, start_worker
from tests.mailbox import Mailbox, mailbox
from tests.servers import database_for_server

FOLLOWERS, THREADS = 50, 10
TOLD = FOLLOWERS * THREADS


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with (
        tempfile.TemporaryDirectory() as folder,
        database_for_server(Path(folder)) as url,
        mailbox() as inbox,
    ):
        inbox.seconds = 0.05
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "DATA_DIR": folder,
            "DATABASE_URL": url,
            "EMAIL_URL": inbox.url,
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        run("config.prepare", environment)
        os.environ.update(environment)
        import django

        django.setup()
        write_comments()
        at_work = kill_often(inbox, environment, kills)
        finish(inbox, environment)
        sys.exit(verdict(inbox, kills, at_work))


def write_comments() -> None:
    """Post a comment in each of some threads that all members follow."""
    from groups.models import Group
    from papers.discussion.posting import start_thread
    from papers.models import Follow, Level
    from papers.rendering.markdown import render
    from tests.factories import make_membership, make_paper, make_user

    author = make_user("Author")
    group = Group.objects.start("Told", author)
    for number in range(FOLLOWERS):
        member = make_membership(group, make_user(f"Follower {number}"))
        Follow.objects.choose(member.user, Level.ALL, group)
    paper = make_paper(group)
    for number in range(THREADS):
        words = {"title": f"Thread {number}", "source": "So it is.", "html": render("So it is.")}
        start_thread(paper, author, **words, page=None, quotation="")


def end_waiting() -> None:
    """Let the three minutes be over for what is to be emailed."""
    from django.utils import timezone

    from papers.models import Notification

    Notification.objects.filter(mail_at__gt=timezone.now()).update(mail_at=timezone.now())


def told() -> Counter[tuple[int, str]]:
    from papers.models import Notification

    return Counter(Notification.objects.values_list("user", "cause"))


def kill_often(inbox: Mailbox, environment: dict[str, str], kills: int) -> int:
    """Kill one of two workers after the other; return how many kills came while they worked."""
    workers: list[Popen[bytes]] = [start_worker(environment)]
    at_work = 0
    for _ in range(kills):
        workers.append(start_worker(environment))
        before = len(inbox.letters) + sum(told().values())
        time.sleep(0.8 + random.random())
        end_waiting()
        oldest = workers.pop(0)
        oldest.kill()
        oldest.wait()
        at_work += len(inbox.letters) + sum(told().values()) > before
    for worker in workers:
        worker.kill()
        worker.wait()
    return at_work


def finish(inbox: Mailbox, environment: dict[str, str]) -> None:
    worker = start_worker(environment)
    given_up_at = time.monotonic() + LONGEST
    while len(letters_of(inbox)) < TOLD and time.monotonic() < given_up_at:
        time.sleep(0.5)
        end_waiting()
    worker.terminate()
    worker.wait(15)


def letters_of(inbox: Mailbox) -> dict[tuple[str, str], set[str]]:
    """Return the Message-IDs of each email, by its reader and its subject."""
    found: dict[tuple[str, str], set[str]] = {}
    for letter in inbox.letters:
        found.setdefault((letter["To"], letter["Subject"]), set()).add(letter["Message-ID"])
    return found


def verdict(inbox: Mailbox, kills: int, at_work: int) -> int:
    notifications, letters = told(), letters_of(inbox)
    unwritten = TOLD - len(notifications)
    written_twice = sum(notifications.values()) - len(notifications)
    lost = TOLD - len(letters)
    again = len(inbox.letters) - len(letters)
    changed = sum(len(ids) - 1 for ids in letters.values())
    print(
        f"{TOLD} notifications, {kills} kills ({at_work} at work): {unwritten} lost, "
        f"{written_twice} twice; of the emails {lost} lost, {again} came again, "
        f"{changed} under another Message-ID"
    )
    return int(any([unwritten, written_twice, lost, changed, again > kills, not at_work]))


if __name__ == "__main__":
    main()
