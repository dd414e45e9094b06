"""Log sign-ins, sign-outs and failed attempts, one line each.

The logger is `seminar.security`; its lines are written whatever LOG_LEVEL says. They name a person
by number. An address that was tried is identified by a keyed hash, so that guesses at one account
can be counted without a list of addresses. Refusals of a signed-in person (403, 404, 429) are
logged by Django, with the person and the network added by `config.log_lines`.
"""

import logging

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from groups.models import User

logger = logging.getLogger("seminar.security")
SALT = "groups.security_log"
# What an attempt is refused for, by the code of allauth's sentence about it.
FAILURES = {
    "email_password_mismatch": "wrong password",
    "incorrect_password": "wrong password when asked again",
    "enter_current_password": "wrong current password",
    "incorrect_code": "wrong code",
    "incorrect_passkey": "wrong passkey",
    "rate_limited": "too many tries",
    "too_many_login_attempts": "too many tries",
}


def signed_in(request: HttpRequest, user: User) -> None:
    ways = [record["method"] for record in get_authentication_records(request, user)]
    by = ", ".join(ways) or "signing up"
    logger.info("signed in: person %s by %s", user.pk, by, extra=_of(request))


def signed_out(request: HttpRequest) -> None:
    logger.info("signed out", extra=_of(request))


def failed(request: HttpRequest, code: str) -> None:
    """Log a failure to sign in, if `code` means one."""
    if reason := FAILURES.get(code):
        address = request.POST.get("login", "")
        at = f" for account {address_mark(address)}" if address else ""
        logger.warning("sign-in failed: %s%s", reason, at, extra=_of(request))


def address_mark(address: str) -> str:
    return salted_hmac(SALT, address.strip().lower(), algorithm="sha256").hexdigest()[:12]


def _of(request: HttpRequest) -> dict[str, HttpRequest]:
    return {"request": request}
