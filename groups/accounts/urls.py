"""Addresses of accounts: allauth's pages under names of ours, and no page that nothing leads to."""

from allauth.urls import build_provider_urlpatterns
from django.conf import settings
from django.urls import include, path

from groups.views import sessions

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("second-step/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("sessions/<int:pk>/end/", sessions.session_delete, name="session_delete"),
]
if settings.SIGN_IN_PROVIDERS:
    urlpatterns += [
        path("connections/", include("allauth.socialaccount.urls")),
        path("with/", include(build_provider_urlpatterns())),
    ]
