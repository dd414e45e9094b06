"""URLs of finding missing details."""

from django.urls import path

from papers.lookups import views

group_urls = [
    path("lookups/", views.lookup_list, name="lookup_list"),
    path("papers/<int:pk>/lookup/", views.lookup_detail, name="lookup_detail"),
    path("papers/<int:pk>/lookup/new/", views.lookup_create, name="lookup_create"),
    path("papers/<int:pk>/lookup/edit/", views.lookup_update, name="lookup_update"),
]
