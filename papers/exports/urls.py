"""URLs of the list and of single papers as files."""

from django.urls import path

from papers.exports import views

group_urls = [
    path("export/", views.list_export, name="list_export"),
    path("export/list.<slug:extension>", views.list_download, name="list_download"),
    path("papers/<int:pk>/export/<slug:extension>", views.paper_export, name="paper_export"),
]
