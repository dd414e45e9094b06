"""The operators' site, at /admin/. To everyone but operators it does not exist."""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver

from groups.admin import SHOWN as GROUND_FLOOR
from papers.admin import SHOWN as ROOMS

# What accounts are for is done on the site's own pages.
ELSEWHERE = {
    "autocomplete", "login", "logout", "password_change", "password_change_done", "view_on_site",
}  # fmt: skip


class OperatorsSite(AdminSite):
    """Django's, behind the site's own sign-in. A stranger is led there before this is reached."""

    site_title = "Seminar"
    site_header = "Seminar, for operators"
    index_title = "For operators"
    empty_value_display = "–"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            pattern
            for pattern in super().get_urls()
            if getattr(pattern, "name", None) not in ELSEWHERE
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return not isinstance(user, AnonymousUser) and user.is_active and user.is_staff

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        shown = super().admin_view(view, cacheable)

        @wraps(shown)
        def door(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                raise Http404
            response: HttpResponseBase = shown(request, *args, **rest)
            return response

        return door


site = OperatorsSite()
for model, its_admin in (GROUND_FLOOR | ROOMS).items():
    site.register(model, its_admin)
