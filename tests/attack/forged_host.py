"""Ask for a new password of somebody else's account by another Host, and wait for their click."""

import re
import tempfile
import time
from pathlib import Path
from wsgiref.util import application_uri

from tests.attack.base import Outcome
from tests.attack.visitor import Visitor
from tests.servers import Server, database_for_server

FORGED = ["localhost:4444", "127.0.0.1:9999", "[::1]:1"]
SITE = "seminar.example"
FORGED_WITH_TLS = [f"{SITE}:9999", f"{SITE}:80", "localhost:4444", "evil.example", f"x.{SITE}"]
SECONDS_TO_ARRIVE = 15


def attempt(server: Server) -> Outcome:
    harm = [host for host in FORGED if not link_by(server, host).startswith(server.address)]
    with (
        tempfile.TemporaryDirectory() as folder,
        database_for_server(Path(folder)) as url,
    ):
        behind = Server(Path(folder), url)
        behind.environment |= {"SITE_URL": f"https://{SITE}", "BEHIND_PROXY": "true"}
        with behind:
            harm += [host for host in FORGED_WITH_TLS if answered(behind, host) != 400]
            assert answered(behind, SITE) == 200
    tried = len(FORGED) + len(FORGED_WITH_TLS)
    return Outcome(bool(harm), f"{len(harm)} of {tried} forged hosts were believed: {harm}")


def control(server: Server) -> Outcome:
    """As it was: the link begins with what the request names."""
    asked = {"wsgi.url_scheme": "http", "HTTP_HOST": FORGED[0], "SCRIPT_NAME": ""}
    made = f"{application_uri(asked)}accounts/password/reset/key/1-a-b/"
    return Outcome(not made.startswith(server.address), f"the link is {made}")


def link_by(server: Server, host: str) -> str:
    """The link that the owner of an account is mailed when somebody asks by a forged host."""
    owner, stranger = Visitor(server), Visitor(server)
    email = owner.sign_up()
    form = {"email": email}
    stranger.post("/accounts/password/reset/", form, headers={"Host": host, "Referer": ""})
    given_up_at = time.monotonic() + SECONDS_TO_ARRIVE
    while time.monotonic() < given_up_at:
        letters = (server.folder / "output").read_text().split("\nSubject: ")
        for letter in letters:
            found = re.search(r"(http\S+/reset/key/\S+)", letter)
            if found and f"To: {email}" in letter:
                return found[1]
        time.sleep(0.1)
    raise AssertionError("No letter came.")


def answered(server: Server, host: str) -> int:
    """The status of a page as a proxy with TLS in front asks for it."""
    visitor = Visitor(server, Host=host, **{"X-Forwarded-Proto": "https"})
    visitor.address = f"http://127.0.0.1:{server.port}"
    return visitor.get("/accounts/login/", allow_redirects=False).status_code
