"""The site with the twins of its pages."""

from django.urls import include, path

import config.urls
from bench.bare import bare

urlpatterns = [
    path("bare/<path:name>/", bare),
    path("plain/", include("bench.plain.views", namespace="plain")),
    *config.urls.urlpatterns,
]
handler500 = config.urls.handler500
