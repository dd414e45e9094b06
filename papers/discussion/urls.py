"""URLs of threads and comments."""

from django.urls import URLPattern, URLResolver, include, path

from papers.discussion.views import catching_up, comments, drafts, moderation, reactions, threads

thread_urls = [
    path("", threads.thread_list, name="thread_list"),
    path("new/", threads.group_thread_create, name="group_thread_create"),
    path("<int:pk>/", threads.thread_detail, name="thread_detail"),
    path("<int:pk>/edit/", threads.thread_update, name="thread_update"),
    path("<int:pk>/delete/", threads.thread_delete, name="thread_delete"),
    path("<int:pk>/answered/", moderation.thread_answer, name="thread_answer"),
    path("<int:pk>/pin/", moderation.thread_pin, name="thread_pin"),
    path("<int:pk>/close/", moderation.thread_close, name="thread_close"),
    path("<int:pk>/move/", moderation.thread_move, name="thread_move"),
    path("<int:pk>/comments/new/", comments.comment_create, name="comment_create"),
]

comment_urls = [
    path("preview/", comments.comment_preview, name="comment_preview"),
    path("<int:pk>/edit/", comments.comment_update, name="comment_update"),
    path("<int:pk>/delete/", comments.comment_delete, name="comment_delete"),
    path("<int:pk>/reactions/", reactions.reaction_list, name="reaction_list"),
    path("<int:pk>/react/", reactions.reaction_update, name="reaction_update"),
    path("<int:pk>/split/", moderation.comment_split, name="comment_split"),
    path("<int:pk>/versions/", comments.comment_versions, name="comment_versions"),
]

site_urls = [
    path("catch-up/", catching_up.catch_up, name="catch_up"),
    path("catch-up/seen/", catching_up.catch_up_seen, name="catch_up_seen"),
    path("catch-up/new/", catching_up.catch_up_keep, name="catch_up_keep"),
    path("catch-up/all/", catching_up.catch_up_all, name="catch_up_all"),
]

group_urls: list[URLPattern | URLResolver] = [
    path("papers/<int:pk>/threads/new/", threads.thread_create, name="thread_create"),
    path("papers/mentionable/", comments.mentionable_paper_list, name="mentionable_paper_list"),
    path("drafts/", drafts.draft_save, name="draft_save"),
    path("drafts/discard/", drafts.draft_delete, name="draft_delete"),
    path("threads/", include(thread_urls)),
    path("comments/", include(comment_urls)),
]
