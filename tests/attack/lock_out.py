"""Keep a person out of their own account by guessing at it, from few places and from many.

On the site the owner has a device that is known to the account, and tries a strange one too. The
control is the limits of earlier releases: so many tries for an account from one network, for an
account, and for one network.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from papers.demo.people import CAST
from tests.attack.base import Outcome
from tests.attack.browser import SIGN_IN, Browser, leads_to
from tests.mailbox import Mailbox
from tests.servers import Server

HOME, ELSEWHERE = "192.0.2.1", "192.0.2.200"
# The longest that somebody at a strange device waits, where others fail at the same place.
SECONDS_TO_WAIT = 15
LONGEST_DELAY = 900
AT_ONCE = 6
CODE, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
PASSKEY = "/accounts/second-step/webauthn/login/"


class Siege(NamedTuple):
    """Who is attacked, from which places the guesses come, and from where the owner does.

    `names` are the accounts that are guessed at, where that is not the owner's.
    """

    owner: str
    guesses_from: list[str]
    owner_at: str
    names: list[str] = []


OWNERS = [person.email for person in CAST]
SIEGES = {
    "one IPv4": Siege(OWNERS[0], ["203.0.113.7"] * 20, ELSEWHERE),
    "one /56": Siege(OWNERS[1], [f"2001:db8:0:{n % 4:x}::1" for n in range(20)], ELSEWHERE),
    "one /48": Siege(OWNERS[2], [f"2001:db8:1:{n << 8:x}::1" for n in range(24)], ELSEWHERE),
    "invented names": Siege(OWNERS[3], [HOME] * 50, HOME, [f"x{n}@a.example" for n in range(50)]),
    "a botnet": Siege(OWNERS[4], [f"198.51.100.{n}" for n in range(1, 24)], ELSEWHERE),
}


def attempt(server: Server) -> Outcome:
    refused, report = [], []
    with behind_proxy(server) as mailbox:
        known = {name: known_device(server, mailbox, siege) for name, siege in SIEGES.items()}
        for name, siege in SIEGES.items():
            passed = lay(server, siege)
            refused += [
                f"{way} ({name})" for way in shut(server, mailbox, siege, known[name], name)
            ]
            report.append(f"{name}: {passed} of {len(siege.guesses_from)} guesses looked at")
    refused += ["one /48 guesses too often"] * (int(report[2].split(":")[1].split()[0]) > 15)
    return Outcome(
        bool(refused), "; ".join([*report, f"refused: {', '.join(refused) or 'no one'}"])
    )


@contextmanager
def behind_proxy(server: Server) -> Iterator[Mailbox]:
    """The site as it is told of places by a proxy, and with a mail server."""
    mailbox = Mailbox()
    threading.Thread(target=mailbox.serve_forever, daemon=True).start()
    server.stop()
    server.environment |= {"BEHIND_PROXY": "true", "EMAIL_URL": mailbox.url}
    server.start()
    try:
        yield mailbox
    finally:
        mailbox.shutdown()


def sign_in_by_code(browser: Browser, mailbox: Mailbox, email: str) -> bool:
    number = len(mailbox.letters_to(email)) + 1
    browser.post(CODE, {"email": email})
    words = mailbox.letter_to(email, number).get_content()
    browser.post(CONFIRM, {"code": words.split("    ")[1].split()[0]})
    return browser.is_in


def known_device(server: Server, mailbox: Mailbox, siege: Siege) -> Browser:
    """The owner's own browser, which has signed in before and is signed out now."""
    browser = Browser(server, HOME)
    assert sign_in_by_code(browser, mailbox, siege.owner)
    browser.sign_out()
    assert not browser.is_in
    return browser


def lay(server: Server, siege: Siege) -> int:
    """Guess; return how many passwords were looked at."""
    accounts = siege.names or [siege.owner] * len(siege.guesses_from)

    def guess(place: str, account: str) -> int:
        return Browser(server, place).sign_in(account, "wrong").status

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = Counter(threads.map(guess, siege.guesses_from, accounts))
    assert set(answers) <= {200, 429}
    return answers[200]


def shut(
    server: Server, mailbox: Mailbox, siege: Siege, known: Browser, name: str
) -> Iterator[str]:
    """The ways that are not open to the owner now."""
    known.place = siege.guesses_from[0]  # even where the guesses come from
    known.sign_in(siege.owner)
    if not known.is_in:
        yield "known device"
    attacked = Browser(server, siege.guesses_from[0])
    if {attacked.post(PASSKEY, {"credential": "{}"}, SIGN_IN).status for _ in range(12)} != {302}:
        yield "passkey"
    if not sign_in_by_code(Browser(server, ELSEWHERE), mailbox, siege.owner):
        yield "code by mail"
    strange = Browser(server, siege.owner_at)
    waited = 0.0
    while not leads_to(answer := strange.sign_in(siege.owner)):
        wait = int(answer.headers.get("Retry-After", LONGEST_DELAY))
        waited += wait
        if name == "a botnet" and wait <= LONGEST_DELAY:
            return
        if waited > SECONDS_TO_WAIT:
            yield "strange device"
            return
        time.sleep(wait)


def control(server: Server) -> Outcome:
    """The limits of earlier releases, asked in the same order at one moment."""
    refused = []
    for name, siege in SIEGES.items():
        tried: Counter[str] = Counter()
        accounts = siege.names or [siege.owner] * len(siege.guesses_from)
        for place, account in zip(siege.guesses_from, accounts, strict=True):
            passes_earlier_limits(tried, place, account)
        if not passes_earlier_limits(tried, siege.owner_at, siege.owner):
            refused.append(name)
    return Outcome(bool(refused), f"the owner is refused after {', '.join(refused) or 'nothing'}")


def passes_earlier_limits(tried: Counter[str], place: str, account: str) -> bool:
    """Five from a network at an account, twenty at an account, twenty from a network."""
    network = ":".join(place.split(":")[:4])
    keys = {f"{account} {network}": 5, account: 20, network: 20}
    if any(tried[key] >= most for key, most in keys.items()):
        return False
    tried.update(keys.keys())
    return True
