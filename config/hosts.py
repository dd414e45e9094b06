"""Check the host that a request names, and keep it out of every link.

Anyone can send any `Host`, and a link in a mail is opened by someone else. So what leaves the site,
by mail, feed or export, begins with SITE_URL.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri


class HostMiddleware:
    """Refuse other hosts, with TLS also other ports; Django's ALLOWED_HOSTS knows no ports.

    Every way to make an absolute URL from a request, ours or a library's, goes through the
    request's `build_absolute_uri`, which is replaced.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = request.get_host().lower().removesuffix(":443")
        if settings.HAS_TLS and host not in settings.HOSTS_WITH_PORT:
            raise DisallowedHost(f"{host!r} is not the host of SITE_URL.")
        request.build_absolute_uri = partial(  # type: ignore[method-assign]
            absolute, request
        )
        return self.get_response(request)


def absolute(request: HttpRequest, location: str | None = None) -> str:
    """Return the URL of a page of the site, of the page that was asked for if none is named."""
    if location is None:
        return f"{settings.SITE_URL}{request.get_full_path()}"
    return str(iri_to_uri(urljoin(f"{settings.SITE_URL}{request.path}", location)))
