"""The headers of every response, no matter what produces it.

The policy is read from SECURE_CSP, spelt as in Django 6: there, `ContentSecurityPolicyMiddleware`
takes its part over.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

UNUSED_POWERS = ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"]


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return protect(self.get_response(request))


def protect(response: HttpResponseBase) -> HttpResponseBase:
    """Add what the answer does not say itself.

    A page that sets no age of its own depends on who asks, and is kept nowhere: not on a shared
    computer, not behind the back button after signing out. And what a group did not open to search
    engines is shown by none.
    """
    response.headers.setdefault("Content-Security-Policy", content_security_policy())
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", ", ".join(f"{p}=()" for p in UNUSED_POWERS))
    response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
    if settings.SECURE_HSTS_SECONDS:
        response.headers.setdefault("Strict-Transport-Security", strict_transport_security())
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("X-Robots-Tag", "noindex")
    if "Cache-Control" not in response:
        response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["HX-Request", "Cookie"])
    return response


def content_security_policy() -> str:
    return "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
    )


def strict_transport_security() -> str:
    """As `SecurityMiddleware` says it, for the answers that are given before it."""
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
