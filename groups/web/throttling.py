"""Limit how much one signed-in person can ask of the site, so that no one stalls it for the others.

Guesses at secrets are counted in the database, see `limits`. What is counted here is work, and
work is done by a process, so each process counts for itself in its memory: a press costs no query
and no write. A limit is generous; a person who uses the site by hand does not meet it.

What is over a limit is answered 429 before anything is looked at, with a sentence, the time to wait
and the text that was sent. Each request is counted once, also if it is repeated.
"""

import math
import re
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from groups.models import User
from groups.web.form_recovery import recovery_page
from groups.web.humanize import duration
from groups.web.idempotency import view_of
from groups.web.responses import problem

READING = ("GET", "HEAD", "OPTIONS")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
RATE = re.compile(r"(\d+(?:\.\d+)?)/(\d*)([smhd])")
MB = 1_000_000
MOST_REMEMBERED = 20_000
HEADING = "That is a lot in a short time"
OFF = "off"
PERSON = "seminar.person"

LimitedView = TypeVar("LimitedView", bound=Callable[..., HttpResponse])


class Limit(NamedTuple):
    """`rates` are amounts in a time, as in "30/m+300/h": each of them holds."""

    rates: str
    # What there is so much of, as it is called in a sentence.
    what: str
    size: float = 1
    also_reading: bool = False

    def described(self, rate: "Rate") -> str:
        return f"{rate.amount / self.size:g} {self.what} in {duration(rate.seconds)}"


# Overridden by settings.LIMITS. "press" and the last three count for every form, whatever it is
# for: they are what a person may send and have worked on, wherever that goes.
LIMITS = {
    "press": Limit("300/m", "requests"),
    "post": Limit("30/m+300/h", "comments and threads"),
    "preview": Limit("60/m", "previews"),
    "draft": Limit("60/m+1500/h", "drafts"),
    "edit": Limit("60/m+1000/h", "changes to the list"),
    "import": Limit("20/m+100/h", "imports"),
    "choose": Limit("120/m", "choices"),
    "paste": Limit("30/m+300/h", "pasted texts"),
    "lookup": Limit("60/m+300/h", "searches for details"),
    "export": Limit("20/m+200/h", "downloads", also_reading=True),
    "group": Limit("10/m+60/h", "new groups"),
    "invite": Limit("30/m+200/h", "invitations"),
    "ask": Limit("10/m+60/h", "requests to join"),
    "text": Limit("20/h+60/d", "MB of text", MB),
    "group_text": Limit("60/h+200/d", "MB of text in one group", MB),
    "work": Limit("4/20s", "seconds of the server's time"),
}


class Rate(NamedTuple):
    amount: float
    seconds: float


class LimitUse(NamedTuple):
    """So many units of a limit, by a person or in a group."""

    name: str
    who: object
    rate: Rate
    units: float


def limited(name: str) -> Callable[[LimitedView], LimitedView]:
    """Return a view of which a person may ask so much as the limit of that name says."""
    if name not in LIMITS:
        raise ImproperlyConfigured(f"There is no limit called {name}.")

    def with_limit(view: LimitedView) -> LimitedView:
        view.limit = name  # type: ignore[attr-defined]
        return view

    return with_limit


def rates_of(name: str) -> list[Rate]:
    """Return the rates of a limit, as the settings have them; none where it is off."""
    if unknown := settings.LIMITS.keys() - LIMITS.keys():
        raise ImproperlyConfigured(
            f"LIMITS names {', '.join(sorted(unknown))}. There are: {', '.join(LIMITS)}."
        )
    rates = settings.LIMITS.get(name, LIMITS[name].rates)
    if rates == OFF:
        return []
    try:
        return [_rate(each, LIMITS[name].size) for each in rates.split("+")]
    except ValueError:
        raise ImproperlyConfigured(
            f"The limit {name}={rates} is not understood. Write it as 30/m, 30/m+300/h or off."
        ) from None


def _rate(rate: str, size: float) -> Rate:
    """Read a rate as allauth writes it: "30/m", or "4/20s" for four in twenty seconds."""
    found = RATE.fullmatch(rate.strip())
    if not found or not float(found[1]):
        raise ValueError(rate)
    return Rate(float(found[1]) * size, int(found[2] or 1) * SECONDS[found[3]])


class Counts:
    """The used share of each rate.

    Kept as one moment for each: when all of it would be free again. A unit moves it on by what it
    is worth of the rate's time, and no further than that time ahead of now.
    """

    def __init__(self) -> None:
        self.free_at: dict[tuple[str, object, Rate], float] = {}
        self.lock = threading.Lock()

    def take(self, uses: Sequence[LimitUse]) -> tuple[float, LimitUse | None]:
        """Count all of the uses, or none: then return the seconds to wait, and for which of them.

        A use that alone is more than its rate is let in when nothing else was; one of no units
        where it is not overdrawn.
        """
        with self.lock:
            now = time.monotonic()
            wait, which = max(
                ((self._wait(use, now), use) for use in uses),
                key=lambda each: each[0],
                default=(0, None),
            )
            if wait > 0:
                return wait, which
            self._note(uses, now)
            return 0, None

    def note(self, uses: Sequence[LimitUse]) -> None:
        """Count what was used already."""
        with self.lock:
            self._note(uses, time.monotonic())

    def clear(self) -> None:
        self.free_at = {}

    def _wait(self, use: LimitUse, now: float) -> float:
        ahead = max(self.free_at.get(use[:3], 0) - now, 0)
        return ahead + min(use.units / use.rate.amount, 1) * use.rate.seconds - use.rate.seconds

    def _note(self, uses: Sequence[LimitUse], now: float) -> None:
        for use in uses:
            worth = use.units / use.rate.amount * use.rate.seconds
            self.free_at[use[:3]] = max(self.free_at.get(use[:3], 0), now) + worth
        if len(self.free_at) > MOST_REMEMBERED:
            self.free_at = {use: at for use, at in self.free_at.items() if at > now}


counts = Counts()


class ThrottlingMiddleware:
    """Is before the transaction of a form and before all work on it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.rates = {name: rates_of(name) for name in LIMITS}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = view_of(request)
        names = limits_of(request, match)
        if not names or not isinstance(request.user, User):
            response = self.get_response(request)
            note_person(request)
            return response
        person, size = request.user.pk, int(request.META.get("CONTENT_LENGTH") or 0)
        uses = [use for name in names for use in self.uses(name, person, 1)]
        # What the work will be is known afterwards.
        uses += [*self.uses("text", person, size), *self.uses("work", person, 0)]
        group = match.kwargs.get("slug") if match else None
        uses += self.uses("group_text", group, 0)
        wait, which = counts.take(uses)
        if which:
            return too_much(request, which, wait)
        began = time.thread_time()
        response = self.get_response(request)
        spent = self.uses("work", person, time.thread_time() - began)
        if group and response.status_code < 400:  # else anyone could use it up from outside
            spent += self.uses("group_text", group, size)
        counts.note(spent)
        note_person(request)
        return response

    def uses(self, name: str, who: object, units: float) -> list[LimitUse]:
        return [LimitUse(name, who, rate, units) for rate in self.rates[name]]


def use_up(name: str, person: User) -> float:
    """Count one unit of a limit by what a person sends in another way than by a request; return the
    seconds to wait where it is over the limit, and then nothing is counted.
    """
    wait, _ = counts.take([LimitUse(name, person.pk, rate, 1) for rate in rates_of(name)])
    return wait


def note_person(request: HttpRequest) -> None:
    """Tell the server who asked, if that was looked up: each person has a queue of their own."""
    person = getattr(request, "_cached_user", None)
    if isinstance(person, User):
        request.META[PERSON] = person.pk


def limits_of(request: HttpRequest, match: ResolverMatch | None) -> list[str]:
    """Return the names of the limits that a request counts for; none where it reads what is
    cheap.
    """
    name: str | None = getattr(match.func, "limit", None) if match else None
    if request.method in READING:
        return [name] if name and LIMITS[name].also_reading else []
    return ["press", *([name] if name else [])]


def too_much(request: HttpRequest, use: LimitUse, wait: float) -> HttpResponse:
    """Return the answer to what is over a limit. Nothing that was typed is lost."""
    seconds = math.ceil(wait)
    limit = f"The limit is {LIMITS[use.name].described(use.rate)}."
    if request.method in READING:
        response = problem(request, f"{limit} Try again in {duration(seconds)}.", status=429)
    else:
        response = recovery_page(
            request,
            status=429,
            heading=HEADING,
            sentence=f"{limit} Nothing was saved, and what you wrote is still here: send it again "
            f"in {duration(seconds)}.",
        )
    response["Retry-After"] = str(seconds)
    return response
