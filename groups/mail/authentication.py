"""Ask what the receiving mail server found out about where an email comes from.

Anyone can write any sender into an email. A mail server checks that by SPF, DKIM and DMARC and says
what it found in a header. Such a header can be written by anyone, too, so that one alone counts
that our own server wrote: EMAIL_INBOX_CHECKED_BY names it.
"""

import re

from django.conf import settings

from groups.mail.parsing import ParsedEmail

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"(dmarc|spf|dkim)\s*=\s*pass\b(.*)", re.IGNORECASE | re.DOTALL)
_DOMAIN = re.compile(
    r"(?:header\.d|header\.i|header\.from|smtp\.mailfrom)\s*=\s*\"?(?:[^\s;@\"]*@)?([\w.-]+)",
    re.IGNORECASE,
)


def is_proven(email: ParsedEmail) -> bool:
    """Return whether the sender's domain answers for the email; True where no server is asked."""
    server = settings.EMAIL_INBOX_CHECKED_BY.lower()
    if not server:
        return True
    domain = email.sender.rpartition("@")[2].lower()
    said = (each for each in email.headers("Authentication-Results") if _writer_of(each) == server)
    # A server writes above what is there, so what is further below is not its own.
    results = _COMMENT.sub(" ", next(said, "")).split(";")[1:]
    return bool(domain) and any(_passes(result, domain) for result in results)


def _writer_of(header: str) -> str:
    words = _COMMENT.sub(" ", header).partition(";")[0].split()
    return words[0].lower() if words else ""


def _passes(result: str, domain: str) -> bool:
    """Return whether a result is good, and is about that domain or one above or below it."""
    found = _RESULT.match(result.strip())
    about = _DOMAIN.search(found[2]) if found else None
    if about is None:
        return False
    one, other = about[1].lower().strip("."), domain
    return one == other or (
        (one.count(".") and other.endswith(f".{one}")) or one.endswith(f".{other}")
    )
