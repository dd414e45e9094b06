"""Take in what mail servers report of emails that they could not deliver after all.

Each email has a signed address of its own as the sender of its envelope, to which such reports go.
"""

from collections.abc import Iterator
from email.message import Message

from django.db import transaction

from groups.mail.parsing import ParsedEmail
from groups.mail.refusal_codes import status_about_address
from groups.mail.signed_addresses import SignedAddress
from groups.models import IncomingEmail, OutgoingEmail, User
from groups.models.incoming_emails import Outcome


def take_bounce(email: ParsedEmail, address: SignedAddress) -> Outcome:
    """Note that an email of ours could not be delivered, by the report of a mail server."""
    key = email.key_for(f"{address.kind}-{address.keys}")
    if known := IncomingEmail.objects.outcome_of(key):
        return known
    sent = OutgoingEmail.objects.filter(pk=address.keys[0]).first()
    status = next(_reported(email), "") if sent and not address.is_stale else ""
    outcome = Outcome.TAKEN if status else Outcome.IGNORED
    with transaction.atomic():
        if IncomingEmail.objects.note(key, outcome) and sent and status:
            User.objects.note_refused(sent.recipient, status)
    return outcome


def _reported(email: ParsedEmail) -> Iterator[str]:
    """Yield the statuses of a report (RFC 3464) by which an address was refused for good."""
    if email.message.get_content_type() != "multipart/report":
        return
    for part in _blocks(email.message):
        action = str(part.get("Action") or "").strip().lower()
        status = status_about_address(str(part.get("Status") or ""))
        if action == "failed" and status:
            yield status


def _blocks(message: "Message[str, str]") -> "Iterator[Message[str, str]]":
    """Yield the blocks of the report, of which each is about one recipient."""
    parts = message.get_payload()
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, Message) and part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks if isinstance(blocks, list) else []:
                if isinstance(block, Message):
                    yield block
