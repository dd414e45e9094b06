"""All URLs: accounts, groups, and papers."""

from django.urls import include, path

from config.admin import site
from config.robots import robots
from config.security_txt import security_txt
from papers.library.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("admin/", site.urls),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("accounts/", include("groups.accounts.urls")),
    path("", include("groups.urls")),
    path("", include("papers.urls")),
]
handler429 = "groups.web.rate_limits.too_many_tries"
handler500 = "config.outages.server_error"
