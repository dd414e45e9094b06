"""The two pages that most views answer with, and the way back from a form."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

Found = TypeVar("Found")
Saved = TypeVar("Saved")
# A full stop within a quoted title, or after an initial, ends no sentence.
_FIRST_SENTENCE = re.compile(
    r"((?:“[^”]*”|[^“])*?(?:[^\W\d_]{3}|“[^”]*”))\.(?:\s+(.*))?", re.DOTALL
)


def form_page(
    request: HttpRequest, form: BaseForm, template: str = "form_page.html", **context: Any
) -> HttpResponse:
    """Show a form; one that came back with errors says so in its status, too."""
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {"form": form, **context}, status=status)


def confirm_page(request: HttpRequest, **context: Any) -> HttpResponse:
    """Ask before something goes for good; a form in it that is wrong comes back with its errors."""
    form = context.get("form")
    status = 422 if isinstance(form, BaseForm) and form.is_bound and not form.is_valid() else 200
    return render(request, "confirm_page.html", context, status=status)


def problem(request: HttpRequest, sentence: str, status: int = 422) -> HttpResponse:
    """Say why an action failed: among the messages, or on a page that leads back.

    The first sentence says what happened; it is the heading of the page.
    """
    if not request.htmx:  # type: ignore[attr-defined]
        first = _FIRST_SENTENCE.fullmatch(sentence)
        heading, details = first.groups() if first else (sentence.removesuffix("."), "")
        context = {"heading": heading, "details": details}
        context["back"] = page_before(request, otherwise="/")
        return render(request, "problem.html", context, status=status)
    response = render(request, "_message.html", {"sentence": sentence}, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    response["HX-Reselect"] = "unset"
    return response


def saved(form: BaseForm, action: Callable[[], Saved]) -> Saved | None:
    """Do what a valid form asks for, or return None and leave the reason on the form.

    Between the check and the action someone else may have broken one of the promises that the
    database keeps. The form is then checked again and finds the row that is in the way.
    """
    try:
        with transaction.atomic():
            return action()
    except IntegrityError:
        form.full_clean()
        if form.is_valid():
            form.add_error(None, "Someone else changed this at the same moment. Send it again.")
        return None


def first_or_404(found: Sequence[Found], otherwise: str = "") -> Found:
    """Return the first of the rows that a query found; without one, the page is not there."""
    if not found:
        raise Http404(otherwise)
    return found[0]


def page_before(request: HttpRequest, otherwise: str) -> str:
    """Return the address of our own page from which a form was sent."""
    url = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if url and ours else otherwise
