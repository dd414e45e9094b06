"""Every page asks who is there; what a visitor wrote is not lost by that."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from groups.web.form_recovery import recovery_page


class SignInMiddleware(LoginRequiredMiddleware):
    """Strangers are led to the sign-in page and back.

    A press of HTMX is told to go there as a whole page, or the sign-in page would land inside a
    row; a form that was sent after its session ended comes back with what was typed.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        return ask_to_sign_in(request)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        sign_in = redirect_to_login(current_page(request), resolve_url(settings.LOGIN_URL))
        return HttpResponse(status=401, headers={"HX-Redirect": sign_in.url})
    if request.method == "POST":
        return recovery_page(
            request,
            status=401,
            heading="You are signed out",
            sentence="Nothing was saved, but nothing is lost: what you wrote is below. "
            "Sign in, come back to this page and send it again.",
            sign_in=True,
        )
    if request.path == resolve_url(settings.LOGIN_REDIRECT_URL):
        return redirect(settings.LOGIN_URL)  # a person who then signs up begins with a group
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Hand back a form whose token is missing, stale or from another session; nothing is saved."""
    return recovery_page(
        request,
        status=403,
        heading="This page was open too long",
        sentence="Nothing was saved, but nothing is lost: what you wrote is below. Send it again.",
    )


def current_page(request: HttpRequest) -> str:
    """Return the path of the page on which HTMX was pressed."""
    url = request.headers.get("HX-Current-URL", "")
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
