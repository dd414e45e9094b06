"""Ask for a new password of somebody else's account by another Host, and wait for their click."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.util import application_uri

import requests

from papers.demo.people import CAST as PEOPLE
from tests.attack.base import Outcome
from tests.attack.visitor import Visitor
from tests.mailbox import Mailbox, mailbox
from tests.servers import Server, database_for_server

FORGED = ["localhost:4444", "127.0.0.1:9999", "[::1]:1"]
SITE = "seminar.example"
FORGED_WITH_TLS = [f"{SITE}:9999", f"{SITE}:80", "localhost:4444", "evil.example", f"x.{SITE}"]
SECONDS_TO_ARRIVE = 15


def attempt(server: Server) -> Outcome:
    """The server itself is only the control's; the attacked ones have mail, or TLS in front."""
    with mailbox() as mails, another(EMAIL_URL=mails.url) as site:
        harm = [host for host in FORGED if not link_by(site, mails, host).startswith(site.address)]
    with another(SITE_URL=f"https://{SITE}", BEHIND_PROXY="true") as site:
        harm += [host for host in FORGED_WITH_TLS if answered(site, host) != 400]
        assert answered(site, SITE) == 200
    tried = len(FORGED) + len(FORGED_WITH_TLS)
    return Outcome(bool(harm), f"{len(harm)} of {tried} forged hosts were believed: {harm}")


@contextmanager
def another(**settings: str) -> Iterator[Server]:
    """A site with other settings."""
    with (
        tempfile.TemporaryDirectory(prefix="seminar-attack-") as folder,
        database_for_server(Path(folder)) as url,
    ):
        site = Server(Path(folder), url, "--demo")
        site.environment |= settings
        with site:
            yield site


def control(server: Server) -> Outcome:
    """As it was: the link begins with what the request names."""
    asked = {"wsgi.url_scheme": "http", "HTTP_HOST": FORGED[0], "SCRIPT_NAME": ""}
    made = f"{application_uri(asked)}accounts/password/reset/key/1-a-b/"
    return Outcome(not made.startswith(server.address), f"the link is {made}")


def link_by(site: Server, mails: Mailbox, host: str) -> str:
    """The link that the owner of an account is mailed when somebody asks by a forged host."""
    stranger, owner = Visitor(site), PEOPLE[FORGED.index(host)].email
    page = stranger.get("/accounts/password/reset/")
    token = page.cookies["csrftoken"]
    answer = requests.post(
        f"{site.address}accounts/password/reset/",
        {"email": owner, "csrfmiddlewaretoken": token},
        headers={"Host": host, "Cookie": f"csrftoken={token}"},
        timeout=SECONDS_TO_ARRIVE,
        allow_redirects=False,
    )
    assert answer.status_code == 302, answer.text
    found = re.search(r"http\S+/reset/key/\S+", mails.letter_to(owner).get_content())
    assert found
    return found[0]


def answered(server: Server, host: str) -> int:
    """The status of a page as a proxy with TLS in front asks for it."""
    visitor = Visitor(server, Host=host, **{"X-Forwarded-Proto": "https"})
    visitor.address = f"http://127.0.0.1:{server.port}"
    return visitor.get("/accounts/login/", allow_redirects=False).status_code
