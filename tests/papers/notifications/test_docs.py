"""What docs/notifications.md and docs/operating.md say of notifications is so."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail as outbox
from django.utils import timezone

from papers.discussion.posting import post_comment
from papers.models import Assignment, Frequency, Level, Notification
from papers.notifications.mail import send_due
from papers.notifications.pages import MOST_SHOWN
from papers.notifications.reasons import REASONS
from papers.notifications.timing import HELD, MONDAY, MORNING
from papers.rendering.markdown import render
from papers.rendering.mentions import MOST_MENTIONS
from tests.factories import Room

DOCS = Path(__file__).parents[3] / "docs"


def table(page: str, first: str) -> list[list[str]]:
    """The rows of the table of a page whose head begins with a word."""
    text = (DOCS / page).read_text()
    found = re.search(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert found, first
    return [
        [cell.strip().strip("`") for cell in row.strip("|").split(" | ")]
        for row in found[1].splitlines()
    ]


def shown(sentence: str) -> str:
    """The pattern of what a sentence may be, for any person, role and day."""
    roles = list(Assignment.Role)
    values = {
        "who": "Mina Kaya",
        "verb": f"(?:{'|'.join(role.verb for role in roles)})",
        "role": f"(?:{'|'.join(role.label.lower() for role in roles)})",
        "what": "(?:comment|thread)",
        "due": r" by \d{1,2} [A-Z][a-z]{2} \d{4}",
    }
    return sentence.format(**values)


def test_each_reason_has_its_row_and_each_row_is_so():
    rows = table("notifications.md", "what")
    assert [(label, why, soon) for label, _, why, soon in rows] == [
        (row.label, row.because, row.frequency.label if row.is_emailed else "apart")
        for row in REASONS.values()
    ]
    for (_, example, _, _), row in zip(rows, REASONS.values(), strict=True):
        assert re.fullmatch(shown(row.sentence), example), (example, row.sentence)


def test_levels_and_frequencies_are_those_that_can_be_chosen():
    assert [row[0] for row in table("notifications.md", "level")] == Level.labels
    assert [row[0] for row in table("notifications.md", "how soon")] == Frequency.labels


def test_the_numbers_are_those_of_the_code():
    text = (DOCS / "notifications.md").read_text()
    assert (timedelta(minutes=3), 20, 200) == (HELD, MOST_MENTIONS, MOST_SHOWN)
    assert (MORNING.hour, MORNING.minute, MONDAY) == (8, 0, 0)
    assert all(f"{words}" in text for words in ("three minutes", "most twenty", "most 200"))
    assert text.count("8 in the morning") == 3


@pytest.mark.django_db
def test_the_headers_of_an_email_are_those_that_operators_read_of(room: Room):
    source = f"@{room.member.handle}"
    post_comment(room.thread, room.author, source, None, html=render(source))
    Notification.objects.update(mail_at=timezone.now())
    assert send_due() == 1
    names = set(outbox.outbox[-1].message().keys())
    usual = {"From", "To", "Subject", "Date", "MIME-Version", "Content-Type"}
    assert names - usual == {row[0] for row in table("operating.md", "header")}
