"""Serve `/.well-known/security.txt` (RFC 9116) if the operator has set a contact."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

# What is read after that may be out of date. Each reading says it anew.
GOOD_FOR = timedelta(days=90)


@require_safe
@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact(settings.SECURITY_CONTACT)}",
        f"Expires: {expires}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")


def contact(setting: str) -> str:
    """Return an e-mail address as a URI; what is one already stays."""
    return setting if setting.startswith(("https://", "mailto:", "tel:")) else f"mailto:{setting}"
