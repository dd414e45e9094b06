"""Instructions for search engines: every response says whether they may index it.

Nothing is closed to them here. What they may not read, they could not see to be closed.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow:\n", "text/plain; charset=utf-8")
