"""docs/asvs.md says of each requirement of levels 1 and 2 what holds it, and that is so.

The numbers and levels are those of the OWASP Application Security Verification Standard 5.0.0.
Below are the tests of what no other file is about.
"""

import ast
import inspect
import re
from functools import cache
from typing import NamedTuple

import pytest
from allauth.account import app_settings as accounts
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.backends.base import SessionBase
from django.core import mail

from tests.factories import PASSWORD, browser_of, make_membership, make_room, make_user
from tests.groups.accounts.test_mfa import person_with_app
from tests.pages import fields_of, text_of
from tests.test_layout import HOUSE, MODULES, imported_by, name_of

# Of each section the levels of its requirements, in their order; 3 is not for this table.
LEVELS = {
    "1.1": "22",
    "1.2": "1111122223",
    "1.3": "112222222223",
    "1.4": "222",
    "1.5": "123",
    "2.1": "122",
    "2.2": "112",
    "2.3": "12223",
    "2.4": "23",
    "3.1": "3",
    "3.2": "113",
    "3.3": "12223",
    "3.4": "11222233",
    "3.5": "11122333",
    "3.6": "3",
    "3.7": "22333",
    "4.1": "12233",
    "4.2": "23333",
    "4.3": "22",
    "4.4": "1222",
    "5.1": "2",
    "5.2": "112333",
    "5.3": "113",
    "5.4": "222",
    "6.1": "122",
    "6.2": "111111112222",
    "6.3": "11223333",
    "6.4": "112233",
    "6.5": "22222333",
    "6.6": "2223",
    "6.7": "33",
    "6.8": "2222",
    "7.1": "222",
    "7.2": "1111",
    "7.3": "22",
    "7.4": "11222",
    "7.5": "223",
    "7.6": "22",
    "8.1": "1233",
    "8.2": "1123",
    "8.3": "133",
    "8.4": "23",
    "9.1": "111",
    "9.2": "1222",
    "10.1": "22",
    "10.2": "223",
    "10.3": "22223",
    "10.4": "1111122222233333",
    "10.5": "22222",
    "10.6": "22",
    "10.7": "222",
    "11.1": "2233",
    "11.2": "22233",
    "11.3": "11233",
    "11.4": "1222",
    "11.5": "23",
    "11.6": "23",
    "11.7": "33",
    "12.1": "12233",
    "12.2": "11",
    "12.3": "22223",
    "13.1": "2333",
    "13.2": "222223",
    "13.3": "2233",
    "13.4": "1222233",
    "14.1": "22",
    "14.2": "12223333",
    "14.3": "122",
    "15.1": "12233",
    "15.2": "12233",
    "15.3": "1222222",
    "15.4": "3333",
    "16.1": "2",
    "16.2": "22222",
    "16.3": "2222",
    "16.4": "222",
    "16.5": "2223",
    "17.1": "23",
    "17.2": "22223333",
    "17.3": "22",
}
# What is asked to be written down, and where it is.
WRITTEN_DOWN = {
    "2.1.1": ("security.md", "What is taken"),
    "2.1.3": ("security.md", "## Limits"),
    "5.1.1": ("security.md", "What is taken"),
    "6.1.1": ("accounts.md", "## Limits"),
    "6.1.2": ("accounts.md", "words like it (seminar, reading"),
    "6.1.3": ("accounts.md", "## Ways in"),
    "7.1.1": ("accounts.md", "ninety days after it began"),
    "7.1.2": ("accounts.md", "any number of sessions"),
    "8.1.2": ("privacy.md", "## What you have read"),
    "11.1.1": ("security.md", "## Keys"),
    "11.1.2": ("security.md", "## Keys"),
    "13.1.1": ("security.md", "## Whom the site speaks with"),
    "14.1.1": ("security.md", "## What is worth protecting"),
    "14.1.2": ("security.md", "## What is worth protecting"),
    "15.1.1": ("security.md", "within seven days"),
    "15.1.3": ("security.md", "What costs much"),
    "16.1.1": ("operating.md", "## The log"),
}
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/\S+\.py)::(\w+)`")
REASON = re.compile(r"\*\*(?:deviation|n/a)\*\*: (\S.{10,})")


class Line(NamedTuple):
    number: str
    level: str
    sense: str
    held_by: str


def table() -> list[Line]:
    return [Line(*found) for found in ROW.findall((HOUSE / "docs" / "asvs.md").read_text())]


def required() -> dict[str, str]:
    return {
        f"{section}.{number}": level
        for section, levels in LEVELS.items()
        for number, level in enumerate(levels, 1)
        if level in "12"
    }


@cache
def functions_of(path: str) -> set[str]:
    if not (HOUSE / path).exists():
        return set()
    tree = ast.walk(ast.parse((HOUSE / path).read_text()))
    return {node.name for node in tree if isinstance(node, ast.FunctionDef)}


def holds(held_by: str) -> bool:
    """Whether it names tests, all of which are there, or a reason why there are none."""
    named = TEST.findall(held_by)
    all_there = all(function in functions_of(path) for path, function in named)
    is_plain = held_by.count("::") == len(named)
    return is_plain and all_there and bool(named or REASON.search(held_by))


# The table


def test_each_requirement_has_one_row_with_its_level():
    assert [(line.number, line.level) for line in table()] == list(required().items())
    assert len(required()) == 253


def test_each_row_names_tests_that_are_there_or_a_reason():
    assert {line.number: line.held_by for line in table() if not holds(line.held_by)} == {}


@pytest.mark.parametrize(
    "held_by",
    ["see above", "**deviation**: no", "`tests/x.py::test_y`", "`tests/test_asvs.py::test_y`"],
)
def test_a_row_without_either_is_found(held_by):
    assert not holds(held_by)


def test_the_documents_say_what_the_table_rests_on():
    this = "test_the_documents_say_what_the_table_rests_on"
    assert {line.number for line in table() if this in line.held_by} == set(WRITTEN_DOWN)
    missing = {
        number
        for number, (document, words) in WRITTEN_DOWN.items()
        if words not in (HOUSE / "docs" / document).read_text()
    }
    assert missing == set()


# Ways in


@pytest.mark.django_db
def test_a_password_is_masked():
    for address in ("/accounts/login/", "/accounts/signup/"):
        page = text_of(browser_of().get(address))
        fields = re.findall(r'<input[^>]*name="password1?"[^>]*>', page)
        assert fields
        assert all('type="password"' in field for field in fields)


@pytest.mark.django_db
def test_a_password_is_changed_by_somebody_who_knows_it():
    user = make_user()
    form = {"oldpassword": "not mine", "password1": "quite another", "password2": "quite another"}
    assert browser_of(user).post("/accounts/password/change/", form).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def reset_link_of(user) -> str:
    browser_of().post("/accounts/password/reset/", {"email": user.email})
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


@pytest.mark.django_db
def test_what_is_mailed_to_come_in_works_for_a_short_time(monkeypatch):
    link = reset_link_of(make_user())
    assert "password1" in fields_of(text_of(browser_of().get(link, follow=True)))
    now = PasswordResetTokenGenerator._now
    later = 61 * 60
    monkeypatch.setattr(
        PasswordResetTokenGenerator,
        "_now",
        lambda self: now(self) + type(now(self) - now(self))(seconds=later),
    )
    assert "password1" not in fields_of(text_of(browser_of().get(link, follow=True)))
    assert accounts.LOGIN_BY_CODE_TIMEOUT <= 10 * 60
    assert accounts.EMAIL_VERIFICATION_BY_CODE_TIMEOUT <= 10 * 60


@pytest.mark.django_db
def test_a_new_password_does_not_spare_the_second_step():
    user = person_with_app()
    browser = browser_of()
    link = browser.get(reset_link_of(user)).url
    browser.post(link, {"password1": "quite another one", "password2": "quite another one"})
    assert browser.get("/groups/new/").status_code == 302
    answer = browser.post(
        "/accounts/login/", {"login": user.email, "password": "quite another one"}
    )
    assert answer.url == "/accounts/second-step/authenticate/"


@pytest.mark.django_db
def test_a_code_by_mail_works_in_the_browser_that_asked_for_it():
    user = make_user()
    asked, other = browser_of(), browser_of()
    asked.post("/accounts/login/code/", {"email": user.email})
    code = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", mail.outbox[0].body, re.MULTILINE)
    assert code
    other.post("/accounts/login/code/confirm/", {"code": code[1]})
    assert other.get("/groups/new/").status_code == 302
    asked.post("/accounts/login/code/confirm/", {"code": code[1]})
    assert asked.get("/groups/new/").status_code == 200


# Secrets


def test_what_is_secret_is_drawn_from_the_systems_source():
    drawn = {
        name_of(path)
        for path in MODULES
        if "random" in imported_by(ast.parse((HOUSE / path).read_text()))
    }
    assert drawn == {"papers.demo.story"}
    key = inspect.getsource(SessionBase._get_new_session_key)
    assert "get_random_string(32" in key  # of 36 signs: 165 bits
    codes = {get_adapter().generate_login_code() for _ in range(50)}
    assert len(codes) == 50
    assert min(len(code.replace("-", "")) for code in codes) >= 6


def test_no_hash_that_is_broken_is_used():
    broken = re.compile(r"\b(md5|sha1|crc32|adler32)\b", re.IGNORECASE)
    found = {name_of(path) for path in MODULES if broken.search((HOUSE / path).read_text())}
    assert found == set()
    assert settings.SESSION_ENGINE == "groups.accounts.sessions"


# Answers


@pytest.mark.server
@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/nowhere/", "/healthz", "/readyz", "/robots.txt", "/?q=%00"]
)
def test_every_answer_says_what_it_is_and_in_which_letters(server, path):
    assert "charset=utf-8" in server.get(path).headers["content-type"].lower()


@pytest.mark.django_db
def test_a_name_of_a_file_breaks_no_header():
    room = make_room('evil"; filename="page.html\r\nX-Evil: yes ../../')
    browser = browser_of(room.organizer)
    home = f"/groups/{room.group.slug}/"
    for path in ("export/list.csv", "export/list.md", "history.csv", "export/all/"):
        answer = browser.get(f"{home}{path}")
        assert re.fullmatch(r'attachment; filename="[\w.-]+"', answer["Content-Disposition"])
        assert "X-Evil" not in answer


@pytest.mark.django_db
def test_a_parameter_given_twice_does_no_harm():
    room = make_room()
    browser = browser_of(room.member)
    home = f"/groups/{room.group.slug}/"
    for query in ("?page=1&page=x", "?topic=1&topic=x", "?mark=read&mark=x", "?next=/&next=//x.y"):
        assert browser.get(f"{home}{query}").status_code == 200
    membership = make_membership(room.group)
    role = f"{home}members/{membership.pk}/role/"
    answer = browser_of(room.organizer).post(role, {"role": ["organizer", "nobody"]})
    membership.refresh_from_db()
    assert answer.status_code in (302, 404, 422)
    assert membership.role == "member"
