"""The rows of papers that are on the list: those of a paper set aside come back with it."""

from typing import Any

from django.db.models import Q

from groups.models import Group

# Details of a paper that are long, and that no list shows.
NOT_IN_LISTS = ("abstract", "keywords", "further", "imported", "filled")


def on_a_list(path: str = "paper") -> Q:
    """Match rows of papers that are on their group's list; `path` leads from a row to its paper.

    A row that may have no paper is matched without one, too.
    """
    return Q((f"{path}__set_aside_at", None))


def on_list_of(group: Group | Any, path: str = "paper") -> Q:
    """Match rows of papers that are on the list of that group."""
    return Q((f"{path}__group", group)) & on_a_list(path)
