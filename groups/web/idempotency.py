"""Idempotency: a form that is sent twice is done once.

Every form that changes something carries a key (`{% idempotency_key %}`). The first sending does
the work and keeps its answer, both in one transaction; every further one with that key, be it a
double click, a retry after a lost answer or the back button, is answered from there. The same key
with other content is refused and the text handed back, since one of the two would be lost.

A kept page is given to someone who may still enter: the door of the view is asked first, except
where the answer only led elsewhere, as it does for someone who left. And what takes long is worked
out before the transaction opens, by what the view is `prepared_by`.

An answer that shows a secret is not kept at all: a view of ours says so by `shows_secret`, and all
of allauth's are taken for such. When the form comes again, it leads back to its page.

What belongs to a row that someone else changed or deleted in the meantime is refused, too: most
actions find that out themselves, the database at the end of the transaction, which is here, and the
rest is answered here so that no race ends as a fault. Where two of them wait for each other, the
database rolls one back, and that one is done again from its beginning.
"""

import hashlib
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.messages.storage import default_storage
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve

from groups.encryption import derive_all
from groups.models import IdempotencyKey, Overtaken, User
from groups.web.form_recovery import recovery_page
from groups.web.rate_limits import count_again
from groups.web.responses import page_before

KEY_FIELD = "idempotency_key"
# What pages called it that were opened before the upgrade to 0.4; release 0.6 drops it.
FORMER_KEY_FIELD = "request_key"
# What the button is called that shows what a form would write, and writes nothing.
PREVIEW_FIELD = "preview"
# How often a form is done that meets a deadlock each time.
TRIES = 4
# SQLSTATE of a deadlock, and of a transaction that cannot be put in an order with others.
COLLISIONS = {"40P01", "40001"}
logger = logging.getLogger(__name__)
KeyedView = TypeVar("KeyedView", bound=Callable[..., HttpResponse])


def writes_nothing(view: KeyedView) -> KeyedView:
    """Return a view that may be posted to with the key of a form that is still being written."""
    view.writes_nothing = True  # type: ignore[attr-defined]
    return view


def shows_secret(view: KeyedView) -> KeyedView:
    """Return a view whose page shows what is shown once, or lets someone in: no answer of it is
    kept.
    """
    view.shows_secret = True  # type: ignore[attr-defined]
    return view


def may_be_kept(match: ResolverMatch) -> bool:
    """Return whether the answers of a view may be given again.

    Those of allauth hold keys, codes and states. Those of the operators' pages have no door that a
    repeat could ask.
    """
    if hasattr(match.func, "shows_secret") or "admin" in match.app_names:
        return False
    return not match.func.__module__.startswith("allauth.")


def prepared_by(prepare: Callable[..., None]) -> Callable[[KeyedView], KeyedView]:
    """Return a view for which `prepare` is called first, with the same arguments, outside a
    transaction.

    On SQLite a transaction keeps everyone else from writing, so nothing that takes long belongs in
    one. What was prepared is left where the view finds it, who must do without it all the same: a
    form without a key is not prepared.
    """

    def with_preparation(view: KeyedView) -> KeyedView:
        view.prepare = prepare  # type: ignore[attr-defined]
        return view

    return with_preparation


class IdempotencyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_keyed = (
            request.method == "POST" and key_of_form(request) and PREVIEW_FIELD not in request.POST
        )
        match = view_of(request) if is_keyed else None
        if match and not hasattr(match.func, "writes_nothing") and isinstance(request.user, User):
            return self.once(request, request.user, match)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a conflict with another request: the forms were valid, so rows have changed
        since.
        """
        if is_collision(error) and transaction.get_connection().in_atomic_block:
            return Collision()
        if not is_overtaken(error):
            return None
        logger.warning("%s came too late: %s", request.path, error)
        if error.__cause__ is None and transaction.get_connection().needs_rollback:
            # The database itself refused nothing, so the page may ask it; what was written is
            # rolled back with the answer, see `answer`.
            transaction.set_rollback(False)
        return overtaken(request)

    def once(self, request: HttpRequest, user: User, match: ResolverMatch) -> HttpResponse:
        if prepare := getattr(match.func, "prepare", None):
            prepare(request, *match.args, **match.kwargs)
        for _ in range(TRIES):
            response = self.attempt(request, user, match)
            if not isinstance(response, Collision):
                return response
            forget_attempt(request)
        return overtaken(request)

    def attempt(self, request: HttpRequest, user: User, match: ResolverMatch) -> HttpResponse:
        try:
            return self.answer(request, user, match)
        except DatabaseError as error:
            if is_collision(error):
                count_again(request)
                return Collision()
            if not is_overtaken(error):
                raise
            count_again(request)
            if not User.objects.filter(pk=user.pk).exists():
                return redirect("groups:account_deleted")
            return self.process_exception(request, error) or HttpResponse(status=409)

    def answer(self, request: HttpRequest, user: User, match: ResolverMatch) -> HttpResponse:
        fingerprints = fingerprints_of(request)
        key = key_of_form(request)[:64]
        sent = IdempotencyKey(user=user, key=key, fingerprint=fingerprints[0])
        with transaction.atomic():
            is_new = sent.claim()
            if is_new:
                response = self.get_response(request)
                if response.status_code < 400:
                    if may_be_kept(match):
                        sent.keep(response)
                    return response
                transaction.set_rollback(True)
        if is_new:
            count_again(request)
            return response
        kept = IdempotencyKey.objects.get(user=user, key=key)
        if kept.has_page and (admit := getattr(match.func, "admit", None)):
            admit(request, **match.kwargs)
        if kept.fingerprint not in fingerprints:
            return recovery_page(
                request,
                status=409,
                heading="This form was already sent",
                sentence="It was sent before with other content, and that was saved. "
                "What you wrote now is below: send it as well, or copy it.",
            )
        return kept.answer() or look_again(request)


def overtaken(request: HttpRequest) -> HttpResponse:
    return recovery_page(
        request,
        status=409,
        heading="Somebody else was quicker",
        sentence="What this belongs to was changed or deleted at the same moment, so nothing was "
        "saved. What you wrote is below.",
    )


class Collision(HttpResponse):
    """Represents what the database rolled back because others waited for it; never sent."""

    status_code = 503


def is_collision(error: Exception) -> bool:
    return (
        isinstance(error, OperationalError)
        and getattr(error.__cause__, "sqlstate", None) in COLLISIONS
    )


def forget_attempt(request: HttpRequest) -> None:
    """Undo what an attempt has left in the request beside the database."""
    request._messages = default_storage(request)  # type: ignore[attr-defined]
    for _, files in request.FILES.lists():
        for file in files:
            file.seek(0)


def is_overtaken(error: Exception) -> bool:
    """Return whether a row is not as it was a moment ago: it was changed, or it is not there any
    more.

    Saving a row that is gone raises a DatabaseError that is of no narrower kind.
    """
    return isinstance(error, (IntegrityError, ObjectDoesNotExist, Overtaken)) or (
        type(error) is DatabaseError and not isinstance(error.__cause__, Exception)
    )


def key_of_form(request: HttpRequest) -> str:
    """Return the idempotency key of a form, or "" if it has none."""
    return request.POST.get(KEY_FIELD) or request.POST.get(FORMER_KEY_FIELD) or ""


def view_of(request: HttpRequest) -> ResolverMatch | None:
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def look_again(request: HttpRequest) -> HttpResponse:
    """Send the browser to the page as it is now: the form was taken, but its answer is not kept."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(page_before(request, otherwise="/"))


def digest(file: "UploadedFile[Any]") -> str:
    """SHA-256 of what is in a file, which is then as unread as before."""
    digested = hashlib.sha256()
    for chunk in file.chunks():
        digested.update(chunk)
    file.seek(0)
    return digested.hexdigest()


def fingerprints_of(request: HttpRequest) -> list[str]:
    """Return a hash of the form's address and fields, without its tokens, for each of the site's
    keys.

    Without a key a password among the fields could be guessed from the hash, and quickly.
    """
    sent = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in (KEY_FIELD, FORMER_KEY_FIELD, "csrfmiddlewaretoken")
    )
    files = sorted(
        (name, file.name, digest(file)) for name, files in request.FILES.lists() for file in files
    )
    return derive_all("groups.repeats", repr((request.path, sent, files)))
