"""Coming in by an account elsewhere: who gets in, who does not, and what is believed.

The site runs as it ships and asks a small provider that the test starts.
"""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import requests

from groups.accounts.providers import name_from
from tests.openid import ANYBODY, OpenIdProvider, openid_provider
from tests.pages import fields_of, words_of
from tests.servers import Server, database_for_server

BEGIN = "accounts/with/university/login/"
BACK = f"{BEGIN}callback/"
PASSWORD = "correct horse battery"
_numbers = count(1)


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, provider: OpenIdProvider) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("site")
    with database_for_server(folder) as url:
        server = Server(folder, url)
        server.environment |= {"OPENID_SIGN_IN": provider.setting}
        with server:
            yield server


class Visitor:
    """Somebody with a browser: cookies, forms, redirects."""

    def __init__(self, site: Server) -> None:
        self.address, self.session = site.address, requests.Session()

    def get(self, path: str, **options) -> requests.Response:
        return self.session.get(f"{self.address}{path}", timeout=10, **options)

    def send(self, path: str, page: str = "", **fields: str) -> requests.Response:
        token = fields_of(self.get(page or path).text)["csrfmiddlewaretoken"][-1]
        form = {"csrfmiddlewaretoken": token, **fields}
        return self.session.post(
            f"{self.address}{path}", form, timeout=10, headers={"Referer": self.address}
        )

    def sign_up(self, email: str) -> None:
        self.send("accounts/signup/", name="Nina", email=email, password1=PASSWORD)
        assert self.who() == email

    def come(self) -> requests.Response:
        return self.send(BEGIN, "accounts/login/", process="login")

    def who(self) -> str:
        found = re.search(r'menu__who.*?class="small">([^<]+)<', self.get("").text, re.DOTALL)
        return found[1] if found else ""


@pytest.fixture
def visitor(site: Server) -> Visitor:
    return Visitor(site)


@pytest.fixture
def ada(provider: OpenIdProvider) -> str:
    """Somebody new at the provider; their address is returned."""
    number = next(_numbers)
    email = f"ada{number}@university.example"
    provider.person = {**ANYBODY, "sub": f"ada-{number}", "email": email}
    return email


@pytest.mark.server
def test_somebody_new_is_in_with_a_name_and_a_handle(visitor, ada):
    visitor.come()
    assert visitor.who() == ada
    page = visitor.get("").text
    assert "Ada Lovelace" in page


@pytest.mark.server
def test_two_of_one_name_get_a_handle_each(site, ada, provider):
    Visitor(site).come()
    other = Visitor(site)
    provider.person |= {"sub": f"{provider.person['sub']}-b", "email": f"b.{ada}"}
    other.come()
    assert other.who() == f"b.{ada}"


@pytest.mark.server
def test_anyone_who_came_once_comes_again_to_the_same_account(site, ada, provider):
    Visitor(site).come()
    provider.person["email"] = f"elsewhere.{ada}"
    again = Visitor(site)
    again.come()
    assert again.who() == ada


@pytest.mark.server
def test_an_address_that_has_an_account_is_not_opened_by_it(site, visitor, ada):
    visitor.sign_up(ada)
    stranger = Visitor(site)
    answer = stranger.come()
    assert answer.status_code == 409
    assert "You have an account already" in words_of(answer.text)
    assert stranger.who() == ""


@pytest.mark.server
def test_an_address_that_is_not_shown_to_be_theirs_opens_nothing_either(
    site, visitor, ada, provider
):
    visitor.sign_up(ada)
    provider.person["email_verified"] = False
    stranger = Visitor(site)
    answer = stranger.come()
    assert answer.status_code == 200
    assert stranger.who() == ""
    answer = stranger.send("accounts/connections/signup/", name="Thief", email=ada)
    assert "There is already an account with this email." in words_of(answer.text)
    assert stranger.who() == ""


@pytest.mark.server
def test_anyone_who_is_signed_in_connects_and_then_comes_in_by_it(site, visitor, ada, provider):
    visitor.sign_up(ada)
    visitor.send("accounts/reauthenticate/", password=PASSWORD)
    visitor.send(BEGIN, "accounts/connections/", process="connect")
    assert "University" in words_of(visitor.get("accounts/connections/").text)
    other = Visitor(site)
    other.come()
    assert other.who() == ada


@pytest.mark.server
def test_an_account_elsewhere_belongs_to_one_person(site, visitor, ada, provider):
    Visitor(site).come()
    visitor.sign_up(f"other.{ada}")
    visitor.send("accounts/reauthenticate/", password=PASSWORD)
    answer = visitor.send(BEGIN, "accounts/connections/", process="connect")
    assert "connected with somebody else's" in words_of(answer.text)
    assert visitor.who() == f"other.{ada}"


@pytest.mark.server
@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=y", "?error=access_denied"])
def test_an_answer_that_was_not_asked_for_opens_nothing(visitor, query):
    answer = visitor.get(f"{BACK}{query}")
    assert answer.status_code < 500
    assert visitor.who() == ""


@pytest.mark.server
def test_an_answer_meant_for_somebody_elses_browser_opens_nothing(site, ada):
    """Or a thief could sign somebody in to the thief's account, and read what they write there."""
    thief, victim = Visitor(site), Visitor(site)
    token = fields_of(thief.get("accounts/login/").text)["csrfmiddlewaretoken"][-1]
    asked = thief.session.post(
        f"{site.address}{BEGIN}",
        {"csrfmiddlewaretoken": token, "process": "login"},
        headers={"Referer": site.address},
        allow_redirects=False,
        timeout=10,
    )
    answered = requests.get(asked.headers["Location"], allow_redirects=False, timeout=10)
    victim.session.get(answered.headers["Location"], timeout=10)
    assert victim.who() == ""


@pytest.mark.server
def test_a_provider_that_is_away_is_told_and_opens_nothing(visitor, provider, monkeypatch):
    monkeypatch.setattr(provider, "token", lambda query, handler: (500, {}, {}))
    answer = visitor.come()
    assert "This did not work" in words_of(answer.text)
    assert visitor.who() == ""


@pytest.mark.server
@pytest.mark.parametrize("claim", ["iss", "aud", "exp"])
def test_a_token_of_somebody_else_is_not_believed(visitor, ada, provider, monkeypatch, claim):
    wrong = {"iss": "https://other.example", "aud": "another-client", "exp": 1}[claim]
    sign = provider.sign
    monkeypatch.setattr(provider, "sign", lambda claims: sign(claims | {claim: wrong}))
    answer = visitor.come()
    assert "This did not work" in words_of(answer.text)
    assert visitor.who() == ""


@pytest.mark.server
def test_no_secret_of_the_provider_is_in_the_log(site):
    assert "code=" not in site.errors().replace("code=…", "")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"name": "Ada Lovelace"}, "Ada Lovelace"),
        ({"first_name": "Ada", "last_name": "Lovelace"}, "Ada Lovelace"),
        ({"first_name": "Ada", "last_name": None}, "Ada"),
        ({"username": "ada"}, "ada"),
        ({"name": " Ada \n Lovelace "}, "Ada Lovelace"),
        ({"name": "x" * 200}, "x" * 80),
        ({"name": "\u200b"}, ""),
        ({"name": "Ada\u202e"}, ""),
        ({}, ""),
    ],
)
def test_a_name_is_taken_over_if_people_here_can_read_it(given, name):
    assert name_from(given) == name
