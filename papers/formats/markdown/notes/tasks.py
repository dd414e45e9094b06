"""Read what the plugin Tasks of Obsidian writes behind the text of a task: days, priorities,
repeats."""

import re

# From where a run of blanks begins: from each blank of it the search takes as long as it is.
_BLANKS = r"(?:(?<!\s)\s+)?"
_DAY = r"\s*(\d{4}-\d\d-\d\d)"
# When it is due, or planned to be done; and when it was made, can begin, was done or given up.
_DUE = re.compile(rf"{_BLANKS}[📅📆🗓⏳⌛]\ufe0f?{_DAY}")
_OTHER_DAY = re.compile(rf"{_BLANKS}[🛫➕✅❌]\ufe0f?{_DAY}")
_REST = re.compile(
    rf"{_BLANKS}(?:[🔺⏫🔼🔽⏬]\ufe0f?(?=\s|$)|🔁\ufe0f?\s*every [a-z0-9 ]+"
    r"|(?:🆔|⛔)\ufe0f?\s*[\w,-]+)"
)
_ANY = re.compile(rf"{_DUE.pattern}|{_OTHER_DAY.pattern}|{_REST.pattern}")
SPEAKS_SO = r"[📅📆🗓⏳⌛🛫➕✅❌]\ufe0f?\s*\d{4}-\d\d-\d\d|🔁\ufe0f?\s*every "


def day_of(line: str) -> str:
    """Return the day on which the task is due, as it is written."""
    due = _DUE.search(line)
    return due[1] if due else ""


def without_task_signs(line: str) -> str:
    return _ANY.sub("", line)
