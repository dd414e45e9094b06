"""A server for mailboxes on this machine (IMAP4rev1, as much of it as is asked), for tests."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

USER, PASSWORD = "seminar@example.org", "p@ss:word/%"
_COMMAND = re.compile(rb"(\S+) (UID )?(\S+) ?(.*)", re.DOTALL)
_NOT = {"UNANSWERED": "\\Answered", "UNFLAGGED": "\\Flagged", "UNDELETED": "\\Deleted"}


@dataclass
class Kept:
    """An email in the mailbox."""

    raw: bytes
    flags: set[str] = field(default_factory=set)


class MailboxServer(socketserver.ThreadingTCPServer):
    """`emails` are in the mailbox; `sent` is how many bytes of them were asked for."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ImapSession)
        self.emails: list[Kept] = []
        self.sent = 0
        self.is_away = False
        self.port = self.server_address[1]
        self.url = f"imap://seminar%40example.org:p%40ss%3Aword%2F%25@127.0.0.1:{self.port}/INBOX"

    def add(self, raw: bytes) -> Kept:
        self.emails.append(Kept(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")))
        return self.emails[-1]


class ImapSession(socketserver.StreamRequestHandler):
    server: MailboxServer

    def handle(self) -> None:
        with suppress(ConnectionError):
            if self.server.is_away:
                return
            self.say(b"* OK ready")
            while line := self.rfile.readline():
                found = _COMMAND.match(line.rstrip(b"\r\n"))
                assert found, line
                tag, _, name, rest = found.groups()
                answer = getattr(self, f"do_{name.decode().lower()}")(rest.decode())
                self.say(tag + b" " + answer)
                if name.upper() == b"LOGOUT":
                    return

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def do_capability(self, rest: str) -> bytes:
        self.say(b"* CAPABILITY IMAP4rev1")
        return b"OK done"

    def do_login(self, rest: str) -> bytes:
        is_right = rest == f'{USER} "{PASSWORD}"'
        return b"OK in" if is_right else b"NO [AUTHENTICATIONFAILED] who are you, " + USER.encode()

    def do_select(self, rest: str) -> bytes:
        if rest != '"INBOX"':
            return b"NO no such folder"
        self.say(b"* %d EXISTS" % len(self.server.emails))
        return b"OK [READ-WRITE] done"

    def do_search(self, rest: str) -> bytes:
        without = {_NOT[word] for word in rest.split()}
        emails = enumerate(list(self.server.emails), start=1)
        found = [b"%d" % uid for uid, email in emails if not email.flags & without]
        self.say(b"* SEARCH " + b" ".join(found))
        return b"OK done"

    def do_fetch(self, rest: str) -> bytes:
        number, _, wanted = rest.partition(" ")
        uid = int(number)
        raw = self.server.emails[uid - 1].raw
        if wanted == "(RFC822.SIZE)":
            self.say(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (uid, uid, len(raw)))
            return b"OK done"
        part = re.fullmatch(r"\(BODY\.PEEK\[\]<0\.(\d+)>\)", wanted)
        assert part, wanted
        body = raw[: int(part[1])]
        self.server.sent += len(body)
        self.say(b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%b)" % (uid, uid, len(body), body))
        return b"OK done"

    def do_store(self, rest: str) -> bytes:
        number, what, flags = rest.split(" ", 2)
        assert what == "+FLAGS.SILENT"
        self.server.emails[int(number) - 1].flags |= set(flags.strip("()").split())
        return b"OK done"

    def do_logout(self, rest: str) -> bytes:
        self.say(b"* BYE")
        return b"OK done"


@contextmanager
def imap_server() -> Iterator[MailboxServer]:
    with MailboxServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
