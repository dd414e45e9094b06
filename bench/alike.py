"""Whether the time that a form takes tells who has an account.

    python -m bench.alike ["sign in"] ["sign up"] ["new password"] ["code by mail"]

Each form is sent in turn for an address that is unknown and for one of each other kind, a hundred
times, and the medians of the times are set beside each other: how far they are apart, in per cent
and in milliseconds. Passwords are hashed as on a site, and limits are off, or there would be
nothing to measure after the fifth try. Times are those of the clock: leave the machine alone.
"""

import statistics
import sys
import time
from typing import Any

from bench.pages import prepared

PAIRS = 100
MOST_PER_CENT, MOST_MILLISECONDS = 5, 10
PASSWORD = "a good long password"  # noqa: S105
KINDS = ("known", "inactive", "unverified")
FORMS = {
    "sign in": ("/accounts/login/", "login", {"password": "wrong"}),
    "sign up": ("/accounts/signup/", "email", {"name": "Nina", "password1": PASSWORD}),
    "new password": ("/accounts/password/reset/", "email", {}),
    "code by mail": ("/accounts/login/code/", "email", {}),
}


def main() -> None:
    with prepared():
        sys.exit(0 if measured() else 1)


def measured() -> bool:
    from django.test.utils import override_settings

    from groups.accounts import guesses
    from groups.models.tallies import BackoffLimit
    from groups.web import rate_limits

    free = BackoffLimit(free=1_000_000, first=1, most=1, leak=1)
    rate_limits.LIMITS.update(dict.fromkeys(rate_limits.LIMITS, "1000000/s/ip"))
    guesses.KINDS.update(
        (name, kind._replace(at_place=free, at_account=free, pace=kind.pace and free))
        for name, kind in guesses.KINDS.items()
    )
    as_with_mail = {
        "ROOT_URLCONF": "config.urls",
        "ACCOUNT_RATE_LIMITS": False,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
        "ALLOWED_HOSTS": ["*"],
    }
    print(f"{'form':14} {'kind':12} {'unknown':>9} {'this one':>9} {'apart':>7} {'%':>6}")
    with override_settings(**as_with_mail):
        wanted = sys.argv[1:] or list(FORMS)
        results = [pair(form, kind) for form in wanted for kind in KINDS]
    return all(results)


def pair(form: str, kind: str) -> bool:
    """Measure one form for one kind of address beside an unknown one, and print the row."""
    times: dict[str, list[float]] = {"unknown": [], kind: []}
    for number in range(PAIRS + 3):
        for one in (kind, "unknown") if number % 2 else ("unknown", kind):
            took = seconds(form, address(one, f"{form.replace(' ', '')}{number}"))
            if number >= 3:
                times[one].append(took * 1000)
    unknown, known = (statistics.median(times[one]) for one in ("unknown", kind))
    apart = known - unknown
    per_cent = 100 * apart / unknown
    print(f"{form:14} {kind:12} {unknown:9.2f} {known:9.2f} {apart:7.2f} {per_cent:6.1f}")
    return abs(per_cent) <= MOST_PER_CENT and abs(apart) <= MOST_MILLISECONDS


def address(kind: str, name: str) -> str:
    """An address of that kind, whose account is made if it has one."""
    from allauth.account.models import EmailAddress

    from groups.models import User

    email = f"{name}.{kind}@example.org"
    if kind != "unknown" and not User.objects.filter(email=email).exists():
        user = User(email=email, name="Nina", is_active=kind != "inactive", password=hashed())
        user.save_with_handle()
        EmailAddress.objects.create(
            user=user, email=email, primary=True, verified=kind != "unverified"
        )
    elif kind == "unknown":
        User.objects.filter(email=email).delete()
    return email


_hashed: list[str] = []


def hashed() -> str:
    from django.contrib.auth.hashers import make_password

    if not _hashed:
        _hashed.append(make_password(PASSWORD))
    return _hashed[0]


def seconds(form: str, email: str) -> float:
    from django.test import Client

    where, field, sent = FORMS[form]
    browser, data = Client(), {**sent, field: email}
    began = time.perf_counter()
    answer: Any = browser.post(where, data)
    took = time.perf_counter() - began
    if answer.status_code not in (200, 302):
        raise AssertionError(f"{form} for {email} was answered with {answer.status_code}.")
    return took


if __name__ == "__main__":
    main()
