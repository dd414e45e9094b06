"""Rate limits, counted in the database, so that they hold across all processes.

A try is counted before it is looked at, and over the limit the answer is 429 with the time to wait.
Only tries that were let through count, so when they stop the next one passes within the time that
the limit names. Passwords and codes are counted in `groups.accounts.guesses`, where one person's
tries delay no one else. Behind a proxy, who is asking is believed as BEHIND_PROXY says.
"""

import math
import time
from typing import NamedTuple

from allauth.account import app_settings as account_settings
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.models import Tally
from groups.models.tallies import Count
from groups.web.humanize import duration

# Tries, in what time, and of whom: a network ("ip"), the person who is signed in ("user") or what
# the caller names ("key").
LIMITS = {
    "join": "20/m/ip",
    "incoming_email": "20/m/ip",
}
OURS = "groups"
ACCOUNTS = "allauth.account"
# Which limit of allauth guards which page; it asks for the answer without saying so.
LIMIT_OF_PAGE = {
    "account_signup": "signup",
    "account_email": "manage_email",
    "account_email_verification_sent": "confirm_email",
    "account_change_password": "change_password",
    "account_set_password": "change_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_reauthenticate": "reauthenticate",
    "mfa_reauthenticate": "reauthenticate",
    "mfa_reauthenticate_webauthn": "reauthenticate",
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


def tallied(request: HttpRequest) -> list[list[Count]]:
    """Return the tries counted for this request in `groups.accounts.guesses`."""
    counted: list[list[Count]] = request.__dict__.setdefault("tallied", [])
    return counted


def count_again(request: HttpRequest) -> None:
    """Count what was counted in a transaction that has been rolled back."""
    for tried in _counted(request):
        _count(request, tried)
    for counts in tallied(request):
        Tally.objects.add(counts)


def too_many_tries(request: HttpRequest, wait: float = 0, also: str = "") -> HttpResponse:
    """Answer that a limit is reached, with how long to wait and what to do meanwhile."""
    seconds = math.ceil(wait) or seconds_to_wait(request)
    context = {"sentence": f"Too many tries. Try again in {duration(seconds)}. {also}".rstrip()}
    if getattr(request, "htmx", False):
        response = render(request, "_message.html", context, status=429)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    else:
        response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


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
