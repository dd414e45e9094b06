"""How often something may be tried. Counted in the database, so it holds across all processes.

A try is counted before it is looked at, and whoever is over the limit gets 429 and the time to
wait. Only tries that were let through count, so whoever stops is let in again within the time that
the limit names, and whoever does not stop takes nobody else's tries away:

- what may be guessed is limited for a network, and for an account *from* a network;
- an account has a limit of its own for guesses from many networks, which is above what one network
  may use up: nobody can lock a person out from a single place.

Behind a proxy, who is asking is believed as BEHIND_PROXY says.
"""

import math
import time
from typing import NamedTuple

from allauth.account import app_settings as account_settings
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings as second_step_settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Tries, in what time, and of whom: a network ("ip"), the person who is signed in ("user") or what
# the caller names ("key").
LIMITS = {
    "join": "20/m/ip",
    "password_from_network": "5/5m/key",
    "password_of_account": "20/15m/key",
    "password_of_network": "20/m/ip",
}
OURS = "groups"
ACCOUNTS, SECOND_STEP = "allauth.account", "allauth.mfa"
# Which limit of allauth stands before which page; it asks for the answer without saying so.
LIMIT_OF_PAGE = {
    "account_login": "login",
    "account_signup": "signup",
    "account_email": "manage_email",
    "account_email_verification_sent": "confirm_email",
    "account_change_password": "change_password",
    "account_set_password": "change_password",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_request_login_code": "request_login_code",
    "account_reauthenticate": "reauthenticate",
    "mfa_reauthenticate": "reauthenticate",
    "mfa_reauthenticate_webauthn": "reauthenticate",
    "mfa_authenticate": "login_failed",
    "mfa_activate_totp": "login_failed",
    "mfa_login_webauthn": "webauthn_login",
}
OTHERWISE = 60  # seconds


class Try(NamedTuple):
    """One thing that was tried; `app` is under whose limits it falls."""

    action: str
    key: str = ""
    app: str = OURS


def within_limit(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count a try, and tell whether it is within the limit; if not, answer with `too_many`."""
    usage = _count(request, Try(action, key))
    if usage is None:
        _refused(request).append(Try(action, key))
        return False
    _counted(request)[Try(action, key)] = usage
    return True


def take_back(request: HttpRequest, action: str, key: str = "") -> None:
    """Let a try not count that turned out to be no guess."""
    if usage := _counted(request).pop(Try(action, key), None):
        usage.rollback()


def forget(request: HttpRequest, action: str, key: str = "") -> None:
    """Begin to count anew."""
    ratelimit.clear(request, app=OURS, action=action, config=LIMITS, key=key)


def count_again(request: HttpRequest) -> None:
    """Count what was counted in a transaction that has been rolled back."""
    for tried in _counted(request):
        _count(request, tried)


def network_of(request: HttpRequest) -> str:
    """Who is asking: an address of IPv4, or the part of an IPv6 address that names a network."""
    network: str = ratelimit.get_ip(request)
    return network


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to whoever is over a limit: it says how long to wait."""
    seconds = seconds_to_wait(request)
    context = {"sentence": f"Too many tries. Try again in {in_words(seconds)}."}
    if getattr(request, "htmx", False):
        response = render(request, "_message.html", context, status=429)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    else:
        response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def in_words(seconds: int) -> str:
    """A time to wait, rounded up to whole minutes, hours or days."""
    size, word = next(
        ((size, word) for size, word in ((86_400, "day"), (3_600, "hour")) if seconds > size),
        (60, "minute"),
    )
    number = math.ceil(seconds / size)
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def seconds_to_wait(request: HttpRequest) -> int:
    """Until the oldest try counts no more, in each of the limits that are used up."""
    now = time.time()
    waits = [
        history[rate.amount - 1] + rate.duration - now
        for rate, history in _histories(request, _refused(request) or _tried_of_allauth(request))
        if len(history) >= rate.amount
    ]
    return max(1, math.ceil(max(waits, default=OTHERWISE)))


def _histories(request: HttpRequest, tries: list[Try]) -> list[tuple[ratelimit.Rate, list[float]]]:
    config = {OURS: LIMITS, ACCOUNTS: account_settings.RATE_LIMITS}
    config[SECOND_STEP] = second_step_settings.RATE_LIMITS
    asked = [
        (rate, ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key))
        for action, key, app in tries
        for rate in ratelimit.get_rates(app=app, action=action, config=config[app])
        if rate.per != "user" or request.user.is_authenticated
    ]
    return [(rate, cache.get(name, [])) for rate, name in asked]


def _tried_of_allauth(request: HttpRequest) -> list[Try]:
    page = request.resolver_match.url_name if request.resolver_match else None
    action = LIMIT_OF_PAGE.get(page or "")
    if action is None:
        return []
    if action == "webauthn_login":
        return [Try(action, app=SECOND_STEP)]
    if action == "login_failed":
        stage = getattr(request, "_login_stage", None)
        person = stage.login.user if stage else request.user
        return [Try(action, f"mfa-auth-user-{person.pk}", ACCOUNTS)]
    return [Try(action, request.POST.get("email", "").strip().lower(), ACCOUNTS)]


def _count(request: HttpRequest, tried: Try) -> ratelimit.RateLimitUsage | None:
    usage: ratelimit.RateLimitUsage | None = ratelimit.consume(
        request, app=OURS, action=tried.action, config=LIMITS, key=tried.key, limit_get=True
    )
    return usage


def _counted(request: HttpRequest) -> dict[Try, ratelimit.RateLimitUsage]:
    counted: dict[Try, ratelimit.RateLimitUsage] = request.__dict__.setdefault("tries_counted", {})
    return counted


def _refused(request: HttpRequest) -> list[Try]:
    refused: list[Try] = request.__dict__.setdefault("tries_refused", [])
    return refused
