"""A browser at a place of its own, which the proxy in front of the site tells of."""

import http.client
import re
from html import unescape
from urllib.parse import urlencode, urlsplit

from papers.demo.people import PASSWORD
from tests.servers import FORM, Answer, Server

SIGN_IN, SIGN_OUT = "/accounts/login/", "/accounts/logout/"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Browser:
    """Keeps cookies, and fills in what a form has hidden. `place` is an address of IPv4 or 6."""

    def __init__(self, server: Server, place: str) -> None:
        self.server, self.place = server, place
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, form: dict[str, str], page: str = "") -> Answer:
        """Open the page with the form, which is where it is sent unless another is named."""
        hidden = dict(HIDDEN.findall(self.get(page or path).text))
        sent = {name: unescape(value) for name, value in hidden.items()} | form
        return self._ask("POST", path, urlencode(sent))

    def sign_in(self, email: str, password: str = PASSWORD) -> Answer:
        return self.post(SIGN_IN, {"login": email, "password": password})

    def sign_out(self) -> None:
        self.post(SIGN_OUT, {})

    @property
    def is_in(self) -> bool:
        return self.get("/groups/new/").status == 200

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {
            "Host": "localhost",
            "X-Forwarded-For": self.place,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body:
            headers["Content-Type"] = FORM
        line.request(method, path, body or None, headers)
        response = line.getresponse()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        answer = Answer(response.status, response.headers, response.read().decode())
        line.close()
        return answer


def leads_to(answer: Answer) -> str:
    """The path of the page that an answer leads to."""
    return urlsplit(answer.headers.get("Location", "")).path
