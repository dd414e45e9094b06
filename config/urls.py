"""All addresses: accounts, the ground floor, and what stands on it."""

from django.urls import include, path

from config.admin import site
from config.robots import robots
from papers.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("admin/", site.urls),
    path("robots.txt", robots, name="robots"),
    path("accounts/", include("groups.account_urls")),
    path("", include("groups.urls")),
    path("", include("papers.urls")),
]
handler429 = "groups.limits.too_many"
handler500 = "config.outages.server_error"
