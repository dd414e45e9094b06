"""URLs of the list, its topics and papers, and everyone's status on them."""

from django.urls import URLPattern, URLResolver, include, path

from papers.library.views import adding, lists, papers, placements, statuses, topics

topic_urls = [
    path("new/", topics.topic_create, name="topic_create"),
    path("<int:pk>/edit/", topics.topic_update, name="topic_update"),
    path("<int:pk>/delete/", topics.topic_delete, name="topic_delete"),
]

paper_urls = [
    path("new/", papers.paper_create, name="paper_create"),
    path("paste/", adding.paper_paste, name="paper_paste"),
    path("bookmarklet/", adding.bookmarklet, name="bookmarklet"),
    path("<int:pk>/", papers.paper_detail, name="paper_detail"),
    path("<int:pk>/edit/", papers.paper_update, name="paper_update"),
    path("<int:pk>/delete/", papers.paper_delete, name="paper_delete"),
    path("<int:pk>/status/", statuses.status_update, name="status_update"),
]

placement_urls = [
    path("<int:pk>/move/", placements.placement_update, name="placement_update"),
]

group_urls: list[URLPattern | URLResolver] = [
    path("", lists.list_detail, name="list_detail"),
    path("topics/", include(topic_urls)),
    path("papers/", include(paper_urls)),
    path("placements/", include(placement_urls)),
]

site_urls = [
    path("lists/pasted/", adding.html_convert, name="html_convert"),
]
