"""URLs of imports, and of starting a group, which may import a list."""

from django.urls import URLPattern, URLResolver, include, path

from papers.imports.views import groups, imports

import_urls = [
    path("", imports.import_list, name="import_list"),
    path("new/", imports.import_create, name="import_create"),
    path("<int:pk>/", imports.import_detail, name="import_detail"),
    path("<int:pk>/choose/", imports.import_choose, name="import_choose"),
    path("<int:pk>/correct/", imports.import_correct, name="import_correct"),
    path("<int:pk>/read-again/", imports.import_read_again, name="import_read_again"),
    path("<int:pk>/undo/", imports.import_undo, name="import_undo"),
]

group_urls: list[URLPattern | URLResolver] = [
    path("imports/", include(import_urls)),
]

site_urls = [
    path("groups/new/", groups.group_create, name="group_create"),
]
