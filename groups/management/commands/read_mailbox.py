"""`manage.py read_mailbox`: read the mailbox right now, and say what became of what was in it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from groups.mail.imap import OUTCOMES, MailboxAway, read_mailbox

ADVICE = """\
Check EMAIL_INBOX_URL: imap+ssl://user:password@host:993/folder; `@`, `:`, `/` and `%` in the \
user, the password and the folder are written %40, %3A, %2F and %25."""


class Command(BaseCommand):
    help = "Read the mailbox of EMAIL_INBOX_URL once, as the worker does every half a minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMAIL_INBOX_URL:
            raise CommandError("EMAIL_INBOX_URL is not set, so no mailbox is read.")
        try:
            counted = read_mailbox()
        except MailboxAway as error:
            raise CommandError(f"The mailbox cannot be read: {error}.\n{ADVICE}") from None
        for name, sentence in OUTCOMES.items():
            if counted[name]:
                self.stdout.write(f"{counted[name]:5} {sentence}")
        if not counted.total():
            self.stdout.write("The mailbox was read; nothing new was in it.")
