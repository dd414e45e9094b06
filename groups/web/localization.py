"""Each reader's own clock and language, for as long as their request takes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from groups.models import User


class LocalizationMiddleware:
    """Moments are shown as they were where the reader is, pages speak the reader's language.

    A stranger's language is what the browser asks for, as far as the site speaks it; a stranger's
    clock is unknown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()
            translation.deactivate()

    def process_view(self, request: HttpRequest, *args: object) -> None:
        """Here, and not before: responses that are no pages do not query the person."""
        if isinstance(request.user, User):
            timezone.activate(request.user.zone)
            translation.activate(request.user.language)
        else:
            translation.activate(translation.get_language_from_request(request))
