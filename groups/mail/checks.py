"""The system check of `manage.py check --deploy` for mail."""

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core import checks

SET_SENDER = "Set EMAIL_FROM to an address of your own domain."


def has_own_sender() -> bool:
    """Return whether mail is sent from an address to which mail servers can answer."""
    _, at, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")
    return bool(at) and domain.lower() != "localhost"


def check_sender(**_: Any) -> list[checks.CheckMessage]:
    """Warn of a sender at localhost where a mail server is set: most servers refuse it."""
    if not settings.EMAIL_URL or has_own_sender():
        return []
    return [
        checks.Warning(
            f"Mail is sent from {settings.DEFAULT_FROM_EMAIL}, which most mail servers refuse.",
            hint=SET_SENDER,
            id="groups.W001",
        )
    ]
