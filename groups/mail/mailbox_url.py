"""The address of the mailbox that is read: what EMAIL_INBOX_URL says."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

PORTS = {"imap": 143, "imap+tls": 143, "imap+ssl": 993}


class MailboxUrl(NamedTuple):
    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str

    @classmethod
    def read(cls, url: str) -> "MailboxUrl":
        """Read `imap+ssl://user:password@host:993/folder`. Raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("It begins with imap+ssl://, imap+tls:// or imap://, and a host.")
        return cls(
            parts.scheme,
            parts.hostname,
            parts.port or PORTS[parts.scheme],
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            unquote(parts.path.strip("/")) or "INBOX",
        )
