"""The table of reasons why a reply by email is not posted, each with the words for its writer.

A new reason is a row here; a test walks the table.
"""

from dataclasses import dataclass

# What a writer can do in each case, beside what the row says.
ON_THE_SITE = "You can post it on the page of the thread."


@dataclass(frozen=True)
class Refusal:
    """`why` follows "Your reply was not posted", `next_step` says what to do."""

    why: str
    next_step: str


REFUSALS: dict[str, Refusal] = {
    "sender": Refusal(
        "It came from an address that is not the one of your account",
        "Send it from the address of your account, or post it on the page of the thread. If it "
        "was not you who wrote it, you need not do anything: nothing was posted.",
    ),
    "unproven": Refusal(
        "The mail server could not find out whether it really came from your address",
        f"{ON_THE_SITE} If it was not you who wrote it, you need not do anything.",
    ),
    "stale": Refusal("The email that it answers is more than half a year old", ON_THE_SITE),
    "left": Refusal(
        "You are not a member of that group any more",
        "Ask an organizer of the group if you would like to come back.",
    ),
    "frozen": Refusal(
        "The group is archived: it can be read, and nothing in it changes",
        "An organizer can open it again.",
    ),
    "gone": Refusal(
        "The thread was deleted, or its paper was removed from the list",
        "You can start a new thread in the group.",
    ),
    "closed": Refusal(
        "The thread was closed",
        "You can start a new one, or ask an organizer to open it again.",
    ),
    "large": Refusal("The email is larger than 5 MB", "Send the text without attachments."),
    "long": Refusal(
        "The text is longer than a comment may be, which is {most:,} characters",
        "Shorten it, or send it in parts.",
    ),
    "empty": Refusal(
        "There was no text of yours in it, beside what it quotes", "Write above what is quoted."
    ),
    "attachments": Refusal(
        "There was no text in it, and attachments are not taken in",
        "Write what they say, or where they are.",
    ),
}
