"""A mail server on this machine that keeps what it is sent, for tests to read."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

SECONDS_TO_ARRIVE = 20


class Mailbox:
    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        mailbox = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 here")
                while line := self.rfile.readline():
                    word = line.strip().upper()
                    if word.startswith(b"DATA"):
                        self.say("354 go on")
                        self.take()
                        self.say("250 taken")
                    elif word.startswith(b"QUIT"):
                        self.say("221 bye")
                        break
                    else:
                        self.say("250 yes")

            def take(self) -> None:
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line.rstrip(b"\r\n").removeprefix(b"."))
                mailbox.letters.append(message_from_bytes(b"\n".join(lines), policy=policy.default))

            def say(self, words: str) -> None:
                self.wfile.write(f"{words}\r\n".encode())

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"

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


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    thread = threading.Thread(target=mailbox.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        mailbox.server.shutdown()
        mailbox.server.server_close()
        thread.join()
