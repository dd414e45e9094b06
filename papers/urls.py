"""Include each feature's URLs: those of the site, and those below a group's slug."""

from django.urls import include, path

from papers.archives import urls as archives
from papers.assignments import urls as assignments
from papers.discussion import urls as discussion
from papers.duplicates import urls as duplicates
from papers.exports import urls as exports
from papers.feeds import urls as feeds
from papers.imports import urls as imports
from papers.library import urls as library
from papers.lookups import urls as lookups
from papers.notifications import urls as notifications

app_name = "papers"

group_urls = [
    *library.group_urls,
    *assignments.group_urls,
    *discussion.group_urls,
    *notifications.group_urls,
    *feeds.group_urls,
    *lookups.group_urls,
    *duplicates.group_urls,
    *imports.group_urls,
    *exports.group_urls,
    *archives.group_urls,
]
urlpatterns = [
    *library.site_urls,
    *imports.site_urls,
    *archives.site_urls,
    *discussion.site_urls,
    *notifications.site_urls,
    *feeds.site_urls,
    path("groups/<slug:slug>/", include(group_urls)),
]
