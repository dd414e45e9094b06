"""URLs of archives of a group and of a person, and of deleting a group."""

from django.urls import path

from papers.archives.views import groups, personal

group_urls = [
    path("export/all/", groups.group_export, name="group_export"),
    path("delete/", groups.group_delete, name="group_delete"),
    path("keep/", groups.group_keep, name="group_keep"),
]

site_urls = [
    path("accounts/data/", personal.data_detail, name="data_detail"),
    path("accounts/data/export/", personal.data_export, name="data_export"),
]
