"""Format log lines: when, how bad, where in the code, what, and who asked.

Each event has one line, which names its moment with the zone; what follows it, such as a traceback,
is indented. So nothing that someone sends can pass for a line of its own.
"""

import logging
import re

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import LazyObject

# C0 and C1 controls, and what Unicode takes for the end of a line.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
INDENT = "    "


class LineFormatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return CONTROL.sub(_escaped, super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        first, *rest = super().format(record).split("\n")
        return "\n".join([first, *(INDENT + CONTROL.sub(_escaped, line) for line in rest)])


class WhoAsked(logging.Filter):
    """Add to the line of a request the person's number, if one is signed in, and the network.

    Looks at what is known already: a line of the log asks the database for nothing.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and "asked_by" not in vars(record):
            vars(record)["asked_by"] = asked_by = who(request)
            record.msg, record.args = f"{record.getMessage()} [{asked_by}]", None
        return True


def who(request: HttpRequest) -> str:
    person = getattr(request, "user", None)
    if isinstance(person, LazyObject):
        person = getattr(request, "_cached_user", None)
    number = person.pk if person is not None else None
    return f"{f'person {number}' if number else 'not signed in'} from {client_address(request)}"


def client_address(request: HttpRequest) -> str:
    """Return the network address, as the one proxy tells it that BEHIND_PROXY believes."""
    forwarded = request.headers.get("X-Forwarded-For") if settings.BEHIND_PROXY else None
    if forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR") or "nowhere")


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
