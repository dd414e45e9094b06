"""The kinds of threads, in one table: how each is called, and whether it waits for an answer.

A new kind is a member of `ThreadKind` and a row of `THREAD_KINDS`.
"""

from dataclasses import dataclass

from django.db import models


class ThreadKind(models.TextChoices):
    DISCUSSION = "discussion", "Discussion"
    QUESTION = "question", "Question"
    NOTE = "note", "Note"


@dataclass(frozen=True, slots=True)
class ThreadKindRow:
    """`is_shown` is whether threads say of which kind they are; `hint` is for who chooses it."""

    label: str
    hint: str
    is_shown: bool = True
    is_answered: bool = False


THREAD_KINDS: dict[str, ThreadKindRow] = {
    ThreadKind.DISCUSSION: ThreadKindRow("Discussion", "Anything to talk about", is_shown=False),
    ThreadKind.QUESTION: ThreadKindRow(
        "Question",
        "Stays among the open questions until it is marked as answered",
        is_answered=True,
    ),
    ThreadKind.NOTE: ThreadKindRow("Note", "Something worth keeping, such as a summary"),
}
ANSWERED_KINDS = [kind for kind, row in THREAD_KINDS.items() if row.is_answered]


@dataclass(frozen=True, slots=True)
class ThreadTag:
    """One word that says how a thread is, and the name of its look."""

    word: str
    look: str = ""
