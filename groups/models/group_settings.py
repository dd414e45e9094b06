"""The settings of a group: one table for the form, its page and the group's history."""

from typing import NamedTuple


class GroupSetting(NamedTuple):
    section: str
    label: str
    # What the history calls it.
    in_history: str
    help_text: str = ""


# By the column of a group, in the order of the page.
SETTINGS = {
    "name": GroupSetting("The group", "Name", "the name"),
    "about": GroupSetting(
        "The group",
        "What it is about",
        "what it is about",
        "A sentence for those who do not know the group yet.",
    ),
    "time_zone": GroupSetting(
        "The group", "Time zone", "the time zone", "A due date ends when the day ends there."
    ),
    "visibility": GroupSetting(
        "Seen from outside",
        "Who can see the group",
        "who can see it",
        "Whatever you choose, no one outside the group sees who has read what.",
    ),
    "opens_threads": GroupSetting(
        "Seen from outside",
        "Anyone can read its discussions, too",
        "who can read its discussions",
        "With the names of their authors. Only in a public group.",
    ),
    "may_be_indexed": GroupSetting(
        "Seen from outside",
        "Search engines may show it",
        "search engines",
        "Otherwise they are asked not to. Only in a public group.",
    ),
    "emails_without_text": GroupSetting(
        "Emails",
        "Emails have no text of comments",
        "what emails say",
        "They say only that there is something, and where.",
    ),
    "seats": GroupSetting(
        "Seats",
        "Members at most",
        "how many members it takes",
        "Leave it empty for no limit.",
    ),
}
