"""A mail server on this machine that keeps what it is sent, for tests to read."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

SECONDS_TO_ARRIVE = 20


class Mailbox(socketserver.ThreadingTCPServer):
    """`is_away` turns everybody away; `seconds` is what it takes to take a letter.

    `answers` has what is said to a command, such as `RCPT`, instead of yes.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.letters: list[EmailMessage] = []
        self.is_away = False
        self.answers: dict[str, str] = {}
        self.seconds = 0.0
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"

    def letters_to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["To"] == address]

    def letter_to(self, address: str, number: int = 1) -> EmailMessage:
        """The letter of that number to somebody, once it is there."""
        given_up_at = time.monotonic() + SECONDS_TO_ARRIVE
        while len(letters := self.letters_to(address)) < number:
            if time.monotonic() > given_up_at:
                raise AssertionError(f"{len(letters)} of {number} letters came to {address}.")
            time.sleep(0.05)
        return letters[number - 1]


class Session(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        with suppress(ConnectionError):
            self.listen()

    def listen(self) -> None:
        self.say("421 away" if self.server.is_away else "220 here")
        while not self.server.is_away and (line := self.rfile.readline()):
            command = line[:4].decode("ascii", "replace").upper()
            match command:
                case _ if command in self.server.answers:
                    self.say(self.server.answers[command])
                case "DATA":
                    self.say("354 go on")
                    self.take()
                    self.say("250 taken")
                case "QUIT":
                    self.say("221 bye")
                    break
                case _:
                    self.say("250 yes")

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.rstrip(b"\r\n").removeprefix(b"."))
        time.sleep(self.server.seconds)
        self.server.letters.append(message_from_bytes(b"\n".join(lines), policy=policy.default))

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        thread = threading.Thread(target=mailbox.serve_forever, daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            mailbox.shutdown()
            thread.join()
