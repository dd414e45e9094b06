"""Spell the link of an invitation in ways that lead elsewhere, and read the log."""

import re
from collections.abc import Iterable

from tests.attack.base import Outcome
from tests.attack.visitor import Visitor
from tests.servers import Server

SPELLINGS = [
    "/join//{}/",
    "//join/{}/",
    "/JOIN/{}/",
    "/join/{}%2F",
    "/x/join/{}/",
    "/%6aoin/{}/",
    "/join/{}/and/more/",
    "/nowhere/{}.php",
    "/nowhere/?next=/join/{}/",
    "/accounts/{}/",
    "/accounts/password/reset/key/{}/x/",
    "/groups/{}/papers/",
]
# Only the address that routes to the page was known to hold a secret.
AS_IT_WAS = re.compile(r"(/join/)[^/\s?'\"]+")


def attempt(server: Server) -> Outcome:
    visitor = Visitor(server)
    visitor.sign_up()
    secret = visitor.make_link(visitor.start_group())
    before = len(server.errors())
    everywhere = {"Referer": f"{server.address}join/{secret}/", "User-Agent": f"x {secret}"}
    for spelling in SPELLINGS:
        path = spelling.format(secret)
        head = f"GET {path} HTTP/1.1\r\nReferer: {everywhere['Referer']}\r\n"
        server.send(head.encode())
    server.send(f"GET /join/{secret}/ HTTP/9.9\r\n".encode())
    server.send(f"POST /{secret} HTTP/1.1\r\n{secret} x\r\n".encode())
    log = server.errors()[before:]
    found = outcome(secret, log.splitlines())
    assert found.harmed or log.count("…") >= len(SPELLINGS) // 2, log
    return found


def control(server: Server) -> Outcome:
    secret = "q2Xv9LmZ_1aT-bYc7RkP0sWd4EfGh8Ju"
    lines = [f"Not Found: {spelling.format(secret)}" for spelling in SPELLINGS]
    return outcome(secret, [AS_IT_WAS.sub(r"\1…", line) for line in lines])


def outcome(secret: str, lines: Iterable[str]) -> Outcome:
    found = [line for line in lines if secret in line]
    return Outcome(bool(found), f"{len(found)} lines of the log have the link, {found[:1]}")
