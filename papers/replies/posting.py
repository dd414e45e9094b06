"""Post what somebody writes in a reply by email as a comment, or tell them why it is not.

The address that the email was sent to names a person and a comment, and was mailed to that person
alone. The sender has to be that person, too. All of it is asked at the moment of posting, as on the
page. Told why it was refused is the person of the address, and no one else: a sender can be forged.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from groups.accounts.addresses import own_addresses
from groups.mail import outbox
from groups.mail.authentication import is_proven
from groups.mail.inbox import NotNow
from groups.mail.parsing import ParsedEmail
from groups.mail.signed_addresses import SignedAddress
from groups.models import Audience, IncomingEmail, Membership, User
from groups.models.incoming_emails import Outcome
from groups.validators import some_text
from groups.web.throttling import use_up
from papers.discussion.posting import post_comment
from papers.models import Comment, Notification, Thread, ThreadClosed
from papers.models.discussion import COMMENT_LIMIT
from papers.rendering.markdown import render
from papers.replies.reading import WrittenReply
from papers.replies.refusals import REFUSALS

# Anyone who has got hold of an address could else have its owner told without end.
MOST_REFUSALS_A_DAY = 10
_LONGEST_RETURNED = 100_000  # characters
_LONGEST_SUBJECT = 100


@dataclass(frozen=True)
class _Place:
    """The place where a reply goes: a thread, and the comment there, if that is still there."""

    thread: Thread
    parent: Comment | None


def take_reply(email: ParsedEmail, address: SignedAddress) -> Outcome:
    """Post a reply or refuse it, once however often it comes. Raises NotNow."""
    person = User.objects.filter(pk=address.keys[0], is_active=True).first()
    key = email.key_for(f"{address.kind}-{address.keys}")
    if known := IncomingEmail.objects.outcome_of(key):
        return known
    if person is None or email.is_automatic:
        IncomingEmail.objects.note(key, Outcome.IGNORED, person)
        return Outcome.IGNORED
    reply = WrittenReply.of(email)
    reason = _refused_for(email, address, person, reply)
    if reason:
        return _refuse(key, email, person, reply, reason)
    if wait := use_up("post", person):
        raise NotNow(wait)
    source = _source(reply)
    html = render(source)  # before the transaction, which keeps others from writing on SQLite
    try:
        with transaction.atomic():
            place = _place(person, address.keys[1])
            if isinstance(place, _Place):
                if IncomingEmail.objects.note(key, Outcome.TAKEN, person):
                    post_comment(place.thread, person, source, place.parent, html=html)
                    _note_seen(person, address.keys[1])
                return Outcome.TAKEN
    except ThreadClosed:  # at this very moment, or deleted
        found = _place(person, address.keys[1])
        place = "closed" if isinstance(found, _Place) else found
    return _refuse(key, email, person, reply, place)


def _refused_for(
    email: ParsedEmail, address: SignedAddress, person: User, reply: WrittenReply
) -> str:
    """Return why the email itself is refused, as a key of REFUSALS; empty where it is not."""
    if not email.is_from(own_addresses(person)):
        return "sender"
    if not is_proven(email):
        return "unproven"
    if address.is_stale:
        return "stale"
    if not email.is_whole:
        return "large"
    if not _is_text(reply.text):
        return "attachments" if reply.attachment_count and not reply.whole.strip() else "empty"
    return "long" if len(_source(reply)) > COMMENT_LIMIT else ""


def _is_text(text: str) -> bool:
    try:
        some_text(text)
    except ValidationError:
        return False
    return True


def _source(reply: WrittenReply) -> str:
    """Return the text of the comment, with a word about what was attached."""
    count = reply.attachment_count
    if not count:
        return reply.text
    what = "An attachment" if count == 1 else f"{count} attachments"
    return f"{reply.text}\n\n*{what} of this email {'was' if count == 1 else 'were'} left out.*"


def _place(person: User, pk: int) -> _Place | str:
    """Return where the reply goes at this moment, or why it goes nowhere."""
    comment = Comment.objects.select_related("thread__group").filter(pk=pk).first()
    if comment is None:
        return "gone"
    group = comment.thread.group
    if not Membership.objects.in_group(group).of(person).exists():
        return "left"
    if group.is_frozen:
        return "frozen"
    thread = Thread.objects.in_group(group).filter(pk=comment.thread_id).first()
    if thread is None:
        return "gone"
    if thread.closed_at:
        return "closed"
    return _Place(thread, comment if comment.deleted_at is None else None)


def _note_seen(person: User, pk: int) -> None:
    """Of what somebody answers, nothing is new to them."""
    Notification.objects.of(person).filter(comment=pk).note_seen()


@transaction.atomic
def _refuse(
    key: str, email: ParsedEmail, person: User, reply: WrittenReply, reason: str
) -> Outcome:
    """Note that it is refused, and tell its writer why, with their text."""
    yesterday = timezone.now() - timedelta(days=1)
    many = IncomingEmail.objects.refused_since(person, yesterday) >= MOST_REFUSALS_A_DAY
    if not IncomingEmail.objects.note(key, Outcome.REFUSED, person, reason):
        return Outcome.REFUSED
    if not many and email.may_be_answered:
        row, text = REFUSALS[reason], reply.text or reply.whole
        context: dict[str, Any] = {
            "subject": Truncator(email.subject).chars(_LONGEST_SUBJECT),
            "sender": email.sender if reason == "sender" else "",
            "why": row.why.format(most=COMMENT_LIMIT),
            "next_step": row.next_step,
            "text": text[:_LONGEST_RETURNED],
            "is_cut": len(text) > _LONGEST_RETURNED or not email.is_whole,
        }
        outbox.write_email(
            person,
            "papers/replies/mail/refused.txt",
            context,
            audience=Audience.ACCOUNT,
            group=None,
            headers=_headers(email),
        )
    return Outcome.REFUSED


def _headers(email: ParsedEmail) -> dict[str, str]:
    """Return headers that say that a program answers, and what it answers."""
    found = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    if 2 < len(email.message_id) < 250 and email.message_id.isascii():
        found |= {"In-Reply-To": email.message_id, "References": email.message_id}
    return found
