"""The admin of papers, topics and discussions. Reading statuses are not in it."""

from django.db import models

from groups.admin import ReadOnlyAdmin
from papers.formats.core.reading_list.details import DETAILS, names_where
from papers.models import Comment, Paper, Thread, Topic


class TopicAdmin(ReadOnlyAdmin):
    list_display = ("name", "group", "parent", "position")
    list_select_related = ("group", "parent")
    search_fields = ("name", "group__name", "group__slug")
    search_help_text = "By name or group"
    fields = ("name", "group", "parent", "position")


class PaperAdmin(ReadOnlyAdmin):
    list_display = ("title", "group", "venue", "year", "added_by", "added_at")
    list_select_related = ("group", "added_by")
    list_filter = ("added_at",)
    search_fields = (
        *("title", "authors", *names_where(lambda one: one.is_identifier)),
        *("group__name", "group__slug"),
    )
    search_help_text = "By title, author, ID or group"
    fields = ("group", *DETAILS, "added_by", "added_at")


class ThreadAdmin(ReadOnlyAdmin):
    list_display = ("title", "group", "paper", "author", "created_at")
    list_select_related = ("group", "paper", "author")
    list_filter = ("created_at",)
    search_fields = ("title", "paper__title", "group__name", "author__name")
    search_help_text = "By title, paper, group or author"
    fields = ("title", "group", "paper", "author", "page", "quotation", "created_at")


class CommentAdmin(ReadOnlyAdmin):
    list_display = ("id", "author", "thread", "created_at", "edited_at", "deleted_at")
    list_select_related = ("author", "thread")
    list_filter = ("deleted_at", "created_at")
    search_fields = ("source", "thread__title", "author__name")
    search_help_text = "By words, thread or author"
    fields = ("author", "thread", "parent", "source", "created_at", "edited_at", "deleted_at")


SHOWN: dict[type[models.Model], type[ReadOnlyAdmin]] = {
    Topic: TopicAdmin,
    Paper: PaperAdmin,
    Thread: ThreadAdmin,
    Comment: CommentAdmin,
}
