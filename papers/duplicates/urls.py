"""URLs of duplicates and of merging them."""

from django.urls import URLPattern, URLResolver, include, path

from papers.duplicates.views import duplicates, merges

duplicate_urls = [
    path("", duplicates.duplicate_list, name="duplicate_list"),
    path("<int:pk>/<int:other>/", duplicates.duplicate_detail, name="duplicate_detail"),
    path("<int:pk>/<int:other>/merge/", merges.merge_create, name="merge_create"),
    path(
        "<int:pk>/<int:other>/keep/", duplicates.not_duplicate_create, name="not_duplicate_create"
    ),
]

merge_urls = [
    path("<int:pk>/undo/", merges.merge_undo, name="merge_undo"),
]

group_urls: list[URLPattern | URLResolver] = [
    path("duplicates/", include(duplicate_urls)),
    path("merges/", include(merge_urls)),
]
