"""A worker with much to do, for tests.attack.mail_first: ... busy_worker (queue|work) HOW.

HOW is "lanes", as the site does it, or "one-queue", as it did.
"""

import os
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.mail import send_mail  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from groups.mail.outbox import write_email  # noqa: E402
from groups.models import Audience  # noqa: E402
from papers.imports.tasks import read_list  # noqa: E402
from papers.lookups.tasks import ask_about  # noqa: E402
from papers.models import ListImport  # noqa: E402
from tests.factories import make_group, make_paper, make_topic  # noqa: E402

LOOKUPS, LISTS, LETTERS = 12, 2, 100
TEXT = "".join(f"- [ ] A title {n} [Author, NeurIPS 2020]\n" for n in range(4_000))


def queue(how: str) -> None:
    group = make_group()
    organizer, topic = group.memberships.get().user, make_topic(group)
    for number in range(LISTS):
        text = f"# List {number}\n{TEXT}"
        brought = ListImport.objects.create(group=group, imported_by=organizer, text=text)
        read_list.enqueue(brought.pk)
    papers = [make_paper(group, topic, doi=f"10.1000/{number}") for number in range(LOOKUPS)]
    ask_about(papers, organizer)
    context = {"request": {"user": organizer, "group": group}, "to": organizer, "link": ""}
    for number in range(LETTERS):
        write_email(
            f"reader{number}@example.org",
            "groups/mail/join_request.txt",
            context,
            audience=Audience.ACCOUNT,
            group=None,
        )
    send_mail("Your code", "1234", None, ["code@example.org"])
    if how == "one-queue":
        DBTaskResult.objects.update(queue_name="default", priority=0)


def work(how: str) -> None:
    silent = os.environ["SILENT_PROVIDER"]
    settings.LOOKUP_HOSTS = dict.fromkeys(("arxiv", "crossref", "openalex", "pubmed"), silent)
    if how == "one-queue":
        call_command("db_worker", queue_name="*")
    else:
        call_command("work")


if __name__ == "__main__":
    {"queue": queue, "work": work}[sys.argv[1]](sys.argv[2])
