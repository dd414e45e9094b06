"""Somebody who visits the attacked site over HTTP, with cookies and forms."""

import itertools
import re
from typing import Any

import requests

from tests.pages import fields_of
from tests.servers import Server

SECONDS = 20
PASSWORD = "correct horse battery"
_numbers = itertools.count(1)


class Visitor:
    """`headers` go with every request."""

    def __init__(self, server: Server, **headers: str) -> None:
        self.address = server.address.rstrip("/")
        self.session = requests.Session()
        self.session.headers.update(headers)

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.session.get(self.address + path, timeout=SECONDS, **options)

    def post(self, path: str, form: dict[str, str], **options: Any) -> requests.Response:
        """Post a form with the token of a page of the site."""
        token = fields_of(self.get("/accounts/password/reset/").text)["csrfmiddlewaretoken"][-1]
        sent = {"csrfmiddlewaretoken": token, **form}
        headers = {"Referer": self.address, **options.pop("headers", {})}
        return self.session.post(
            self.address + path, sent, timeout=SECONDS, headers=headers, **options
        )

    def sign_up(self) -> str:
        """Make an account; return its address."""
        email = f"visitor-{next(_numbers)}@example.org"
        self.post("/accounts/signup/", {"name": "Nina", "email": email, "password1": PASSWORD})
        return email

    def start_group(self) -> str:
        """Start a group; return its path."""
        answer = self.post("/groups/new/", {"name": f"Group {next(_numbers)}", "time_zone": "UTC"})
        found = re.search(r"/groups/[\w-]+/", answer.url)
        assert found, answer.text
        return found[0]

    def make_link(self, path: str, *, twice: bool = False) -> str:
        """Make an invitation's link, by one press or two; return its secret."""
        form = {"role": "member", "days": "7", "uses_allowed": "20"}
        if twice:
            form["idempotency_key"] = f"k{next(_numbers)}"
            self.post(f"{path}invitations/new/", form)
        answer = self.post(f"{path}invitations/new/", form)
        found = re.search(r"/join/([\w-]+)/", answer.text)
        assert found, answer.text
        return found[1]
