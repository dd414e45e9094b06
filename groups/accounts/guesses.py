"""Guesses at passwords and codes, and mail asked for in someone's name: by account and by place.

A *place* is an IPv4 address, or a network of IPv6 of the size that one site is given: there are
some in each other, and the wider takes more. What is counted, and how long it delays:

- a try at an account from one place delays the next ones from there, the longer the more there
  were; what comes from elsewhere is delayed only when several places together have tried often;
- a known device (`groups.accounts.devices`) is delayed by its own tries only, a passkey by nothing;
- all tries from one place together are let through at a pace that the site can bear. Anyone who
  has waited is let in at a pace of their own, so a place full of others' failures locks no one out.

A try is counted before it is looked at. Whether the account exists makes no difference.
"""

import ipaddress
import time
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from groups.accounts.devices import known_device
from groups.models import Tally
from groups.models.tallies import BackoffLimit, Count, tally_key
from groups.web.rate_limits import tallied, too_many_tries

QUARTER, HOUR = 15 * 60, 60 * 60
# One account from one place, or by its own devices, whether the password is right or wrong.
OF_AN_ACCOUNT = BackoffLimit(free=30, first=3, most=3, leak=3)
# All accounts from one place. A password takes a fifth of a second of a processor to check.
OF_A_PLACE = BackoffLimit(free=30, first=3, most=3, leak=3)
OF_THE_PATIENT = BackoffLimit(free=5, first=2, most=2, leak=2)
OF_MAIL = BackoffLimit(free=30, first=1, most=1, leak=1)
SECONDS_OF_PATIENCE, SECONDS_TO_COME_BACK = 5, 10 * 60


class GuessPolicy(NamedTuple):
    """The rates at which guesses of one kind are delayed: those of unknown browsers by account and
    place, and by account alone; those of a known device; and by `pace` all that come from a place.
    """

    at_place: BackoffLimit
    at_account: BackoffLimit
    device: BackoffLimit
    pace: BackoffLimit | None = None
    also: str = ""


KINDS = {
    "password": GuessPolicy(
        at_place=BackoffLimit(free=5, first=30, most=QUARTER, leak=HOUR),
        at_account=BackoffLimit(free=20, first=30, most=QUARTER, leak=600),
        device=BackoffLimit(free=10, first=5, most=QUARTER, leak=600),
        pace=OF_A_PLACE,
        also="If you need to come in sooner, use a passkey or have a code sent to you.",
    ),
    # Asked for after a right password only.
    "second step": GuessPolicy(
        at_place=BackoffLimit(free=5, first=30, most=QUARTER, leak=HOUR),
        at_account=BackoffLimit(free=20, first=60, most=QUARTER, leak=600),
        device=BackoffLimit(free=10, first=5, most=QUARTER, leak=600),
    ),
    # A code is of use only in the browser that has asked for it.
    "code by mail": GuessPolicy(
        at_place=BackoffLimit(free=3, first=300, most=HOUR, leak=300),
        at_account=BackoffLimit(free=10, first=300, most=QUARTER, leak=QUARTER),
        device=BackoffLimit(free=3, first=60, most=QUARTER, leak=300),
        pace=OF_MAIL,
    ),
    # Only the reader of the mail can use a link, so it serves its owner no matter who asked for it.
    "new password": GuessPolicy(
        at_place=BackoffLimit(free=1, first=300, most=HOUR, leak=HOUR),
        at_account=BackoffLimit(free=1, first=300, most=HOUR, leak=HOUR),
        device=BackoffLimit(free=1, first=300, most=HOUR, leak=300),
        pace=OF_MAIL,
        also="The message that was sent last still works.",
    ),
}
# Lengths of the prefixes of the networks around an IPv6 address, the narrowest first: how many
# times as many tries are free there as from one address of IPv4.
IPV6 = {56: 1, 48: 3}


def places_of(request: HttpRequest) -> dict[str, int]:
    """From where a request comes, as `IPV6` says."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        if not address.ipv4_mapped:
            networks = {ipaddress.IPv6Network((int(address), n), strict=False): n for n in IPV6}
            return {str(network): IPV6[length] for network, length in networks.items()}
        address = address.ipv4_mapped
    return {str(address): 1}


class Guess:
    """One try of a kind at an account.

    `account` names what is tried, known or unknown; `address` is its owner's, if that is another
    name.
    """

    def __init__(self, request: HttpRequest, kind: str, account: str, address: str = "") -> None:
        account = account.strip().lower()
        self.request, self.limits = request, KINDS[kind]
        self.places = places_of(request)
        self.device = known_device(request, address.lower() or account)
        self.name, self.account = f"{kind} of {account}", account

    def count(self) -> None:
        """Count it before it is looked at, or answer how long it has to wait."""
        if wait := self.add():
            raise ImmediateHttpResponse(self._answer(wait))

    def add(self) -> float:
        """Count it, or return for how many seconds it has to wait."""
        counts = [*self.delays, *self._paces(self.limits.pace)]
        wait = Tally.objects.add(counts)
        if wait and self._was_patient:
            counts = [*self.delays, *self._paces(OF_THE_PATIENT, "who waited ")]
            wait = Tally.objects.add(counts)
        if not wait:
            tallied(self.request).append(counts)
        return wait

    def was_right(self) -> None:
        """Begin to count anew here, and let it not count at the account from elsewhere."""
        here = [count for count in self.delays if count.name != self._anywhere]
        Tally.objects.clear(here)
        Tally.objects.take_back([count for count in self.delays if count not in here])
        tallied(self.request).clear()

    def forget(self) -> None:
        """Begin to count anew, here and everywhere."""
        Tally.objects.clear(self.delays)

    @property
    def _anywhere(self) -> str:
        return f"{self.name} from anywhere"

    @property
    def delays(self) -> list[Count]:
        """The tallies that make tries at the account wait."""
        if self.device:
            return [Count(f"{self.name} on {self.device}", self.limits.device)]
        at_places = [
            Count(f"{self.name} from {place}", _times(self.limits.at_place, times))
            for place, times in self.places.items()
        ]
        return [*at_places, Count(self._anywhere, self.limits.at_account, at_places[-1].name)]

    def _paces(self, pace: BackoffLimit | None, who: str = "") -> list[Count]:
        if pace is None:
            return []
        if self.device:
            return [Count(f"pace of {self.account} on known devices", OF_AN_ACCOUNT)]
        place = next(iter(self.places))
        of_mail = "mail " if pace is OF_MAIL else ""
        return [
            Count(f"pace of {self.account} from {place}", OF_AN_ACCOUNT),
            *(
                Count(f"pace of {of_mail}{who}{place}", _times(pace, times))
                for place, times in self.places.items()
            ),
        ]

    # Patience: who was refused because of others gets a note that lets them come back

    @property
    def _note(self) -> str:
        return tally_key(f"{self.name} from {next(iter(self.places))}")[:32]

    @property
    def _waiting_since(self) -> float:
        """Return the Unix time at which this browser was refused with this account; 0 if it was
        not.
        """
        try:
            cookie = self.request.COOKIES.get(settings.WAITING_COOKIE_NAME, "")
            note, since = signing.loads(cookie, salt="groups.guesses", max_age=SECONDS_TO_COME_BACK)
            return float(since) if note == self._note else 0
        except (signing.BadSignature, TypeError, ValueError):
            return 0

    @property
    def _was_patient(self) -> bool:
        since = self._waiting_since
        return bool(since and self.limits.pace is OF_A_PLACE) and (
            time.time() - since >= SECONDS_OF_PATIENCE
        )

    def _answer(self, wait: float) -> HttpResponse:
        has_pace = self.limits.pace is OF_A_PLACE and not self.device
        if has_pace and not self._waiting_since:
            wait = max(Tally.objects.wait(self.delays), SECONDS_OF_PATIENCE)
        response = too_many_tries(self.request, wait, self.limits.also)
        if has_pace and not self._waiting_since:
            response.set_cookie(
                settings.WAITING_COOKIE_NAME,
                signing.dumps([self._note, round(time.time(), 3)], salt="groups.guesses"),
                max_age=SECONDS_TO_COME_BACK,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def _times(limit: BackoffLimit, times: int) -> BackoffLimit:
    return limit._replace(free=limit.free * times)
