"""Addresses of everything that happens in a group, each noun with its deeds."""

from django.urls import URLPattern, URLResolver, include, path

from papers.views import (
    assignments,
    comments,
    data,
    duplicates,
    exports,
    groups,
    imports,
    lists,
    lookups,
    merges,
    papers,
    pasting,
    placements,
    reading,
    schedule,
    threads,
    topics,
)

app_name = "papers"

topic_urls = [
    path("new/", topics.topic_create, name="topic_create"),
    path("<int:pk>/edit/", topics.topic_update, name="topic_update"),
    path("<int:pk>/delete/", topics.topic_delete, name="topic_delete"),
]
paper_urls = [
    path("new/", papers.paper_create, name="paper_create"),
    path("paste/", pasting.paper_paste, name="paper_paste"),
    path("bookmarklet/", pasting.bookmarklet, name="bookmarklet"),
    path("<int:pk>/", papers.paper_detail, name="paper_detail"),
    path("<int:pk>/edit/", papers.paper_update, name="paper_update"),
    path("<int:pk>/delete/", papers.paper_delete, name="paper_delete"),
    path("<int:pk>/export/<slug:extension>", exports.paper_export, name="paper_export"),
    path("<int:pk>/status/", reading.status_update, name="status_update"),
    path("<int:pk>/assignments/new/", assignments.assignment_create, name="assignment_create"),
    path("<int:pk>/lookup/", lookups.lookup_detail, name="lookup_detail"),
    path("<int:pk>/lookup/new/", lookups.lookup_create, name="lookup_create"),
    path("<int:pk>/lookup/edit/", lookups.lookup_update, name="lookup_update"),
    path("<int:pk>/threads/new/", threads.thread_create, name="thread_create"),
]
placement_urls = [
    path("<int:pk>/move/", placements.placement_update, name="placement_update"),
]
assignment_urls = [
    path("<int:pk>/take/", assignments.assignment_take, name="assignment_take"),
    path("<int:pk>/give-back/", assignments.assignment_give_back, name="assignment_give_back"),
    path("<int:pk>/done/", assignments.assignment_finish, name="assignment_finish"),
    path("<int:pk>/edit/", assignments.assignment_update, name="assignment_update"),
    path("<int:pk>/delete/", assignments.assignment_delete, name="assignment_delete"),
]
thread_urls = [
    path("<int:pk>/", threads.thread_detail, name="thread_detail"),
    path("<int:pk>/edit/", threads.thread_update, name="thread_update"),
    path("<int:pk>/delete/", threads.thread_delete, name="thread_delete"),
    path("<int:pk>/comments/new/", comments.comment_create, name="comment_create"),
]
comment_urls = [
    path("preview/", comments.comment_preview, name="comment_preview"),
    path("<int:pk>/edit/", comments.comment_update, name="comment_update"),
    path("<int:pk>/delete/", comments.comment_delete, name="comment_delete"),
]
import_urls = [
    path("", imports.import_list, name="import_list"),
    path("new/", imports.import_create, name="import_create"),
    path("<int:pk>/", imports.import_detail, name="import_detail"),
    path("<int:pk>/choose/", imports.import_choose, name="import_choose"),
    path("<int:pk>/correct/", imports.import_correct, name="import_correct"),
    path("<int:pk>/read-again/", imports.import_read_again, name="import_read_again"),
    path("<int:pk>/undo/", imports.import_undo, name="import_undo"),
]
duplicate_urls = [
    path("", duplicates.duplicate_list, name="duplicate_list"),
    path("<int:pk>/<int:other>/", duplicates.duplicate_detail, name="duplicate_detail"),
    path("<int:pk>/<int:other>/merge/", merges.merge_create, name="merge_create"),
    path("<int:pk>/<int:other>/keep/", duplicates.distinction_create, name="distinction_create"),
]
merge_urls = [
    path("<int:pk>/undo/", merges.merge_undo, name="merge_undo"),
]
group_urls: list[URLPattern | URLResolver] = [
    path("", lists.list_detail, name="list_detail"),
    path("schedule/", schedule.schedule_detail, name="schedule_detail"),
    path("export/", exports.list_export, name="list_export"),
    path("export/list.<slug:extension>", exports.list_download, name="list_download"),
    path("lookups/", lookups.lookup_list, name="lookup_list"),
    path("export/all/", groups.group_export, name="group_export"),
    path("delete/", groups.group_delete, name="group_delete"),
    path("keep/", groups.group_keep, name="group_keep"),
    path("topics/", include(topic_urls)),
    path("papers/", include(paper_urls)),
    path("placements/", include(placement_urls)),
    path("assignments/", include(assignment_urls)),
    path("threads/", include(thread_urls)),
    path("comments/", include(comment_urls)),
    path("imports/", include(import_urls)),
    path("duplicates/", include(duplicate_urls)),
    path("merges/", include(merge_urls)),
]

urlpatterns = [
    path("accounts/data/", data.data_detail, name="data_detail"),
    path("accounts/data/export/", data.data_export, name="data_export"),
    path("lists/pasted/", pasting.html_convert, name="html_convert"),
    path("groups/new/", groups.group_create, name="group_create"),
    path("groups/<slug:slug>/", include(group_urls)),
]
