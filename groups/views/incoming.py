"""The door for emails that a mail server or a provider hands on, instead of a mailbox."""

import math

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from groups.mail.inbox import NotNow, take_in
from groups.mail.parsing import LARGEST_EMAIL
from groups.web.rate_limits import take_back, too_many_tries, within_limit
from groups.web.throttling import limited

PLAIN = "text/plain; charset=utf-8"
WRONG = "The secret is not that of EMAIL_INBOX_SECRET.\n"
EMPTY = "The body is the whole email as it came in, of the type message/rfc822.\n"
LARGE = "The email is too large.\n"


@limited("press")
@csrf_exempt
@login_not_required
@require_POST
def email_create(request: HttpRequest) -> HttpResponse:
    """Take in the email that is the body, and answer what became of it.

    Anyone who has the secret of EMAIL_INBOX_SECRET may hand one on. Tries without it are counted.
    """
    secret = settings.EMAIL_INBOX_SECRET
    if not secret:
        raise Http404
    if not within_limit(request, "incoming_email"):
        return too_many_tries(request)
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not constant_time_compare(given.strip(), secret):
        return _answer(WRONG, 403)
    take_back(request, "incoming_email")
    raw = request.read(LARGEST_EMAIL + 1)
    if not raw.strip():
        return _answer(EMPTY, 400)
    if len(raw) > LARGEST_EMAIL:
        return _answer(LARGE, 413)
    try:
        outcome = take_in(raw)
    except NotNow as later:
        response = _answer("Too many in a short time.\n", 429)
        response["Retry-After"] = str(math.ceil(later.seconds))
        return response
    return _answer(f"{outcome or 'not for us'}\n", 200)


def _answer(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type=PLAIN)
