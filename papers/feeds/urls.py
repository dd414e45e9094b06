"""URLs of feeds, and of the page that shows their addresses."""

from django.urls import URLPattern, URLResolver, path

from papers.feeds import views

site_urls = [
    path("feeds/<str:feed_token>/", views.group_feed, name="group_feed"),
    path("feeds/<str:feed_token>/papers/<int:pk>/", views.paper_feed, name="paper_feed"),
    path("feeds/<str:feed_token>/threads/<int:pk>/", views.thread_feed, name="thread_feed"),
]

group_urls: list[URLPattern | URLResolver] = [
    path("feeds/", views.feed_detail, name="feed_detail"),
    path("feeds/renew/", views.feed_renew, name="feed_renew"),
]
