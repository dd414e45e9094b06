"""Take in an email that came to the site's mailbox, by the signed address that it was sent to.

Each kind of address has a function in settings.INCOMING_MAIL, which is given the email and the
address and says what became of it. It may be given one email at several places at once: it notes
the email in the transaction in which it acts, and where that was noted before it does nothing.
"""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.utils.module_loading import import_string

from groups.mail.parsing import ParsedEmail
from groups.mail.signed_addresses import SignedAddress
from groups.models.incoming_emails import Outcome
from groups.task_queue import persistently

Handler = Callable[[ParsedEmail, SignedAddress], Outcome]


class NotNow(Exception):
    """The email is to be given again in so many seconds: its sender sent many in a short time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} seconds")
        self.seconds = seconds


def take_in(raw: bytes, *, is_whole: bool = True) -> Outcome | None:
    """Return what became of an email; None where it was sent to none of our signed addresses.

    Raises NotNow, and what a database that is away raises.
    """
    email = ParsedEmail.of(raw, is_whole=is_whole)
    address = SignedAddress.find(email.recipients)
    if address is None or address.kind not in settings.INCOMING_MAIL:
        return None
    handler: Handler = import_string(settings.INCOMING_MAIL[address.kind])
    return persistently(partial(handler, email, address))
