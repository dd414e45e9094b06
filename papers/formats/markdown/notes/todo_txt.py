"""Read files of todo.txt: a task a line, `x` before what is done, `+project` and `@place`."""

import re
from collections.abc import Sequence

# How a line begins in no other way of keeping a list.
BEGINS = r"x \d{4}-\d\d-\d\d |\([A-Z]\) \S"
_BEGINS = re.compile(BEGINS)
_TASK = re.compile(
    r"(?P<done>x )?(?:\([A-Z]\) )?(?:\d{4}-\d\d-\d\d ){0,2}(?P<text>\S.*)"  # done and begun on
)
_MARKDOWN = re.compile(r"\s|[-*+#>|<`~=]|\d{1,4}[.)]\s")
_TAG = re.compile(r"(?<!\S)[+@][^\W\d][\w-]*(?!\S)")
# What a key says; an address or a number of a paper is none.
_KEY = re.compile(r"(?<!\S)(?!doi:|arxiv:|pmid:)[a-z]{1,12}:[\w.+-]+(?!\S)")
# What is said of papers, and of hardly another task.
_OF_PAPERS = re.compile(
    r"https?://|doi:|arxiv|\bet al\b|(?<![\d-])(?:19|20)\d\d(?![\d-])"
    r"|[+@](?:paper|read|article|literature|journal)",
    re.IGNORECASE,
)
_DUE = re.compile(r"(?<!\S)(?:due|t):(\d{4}-\d\d-\d\d)(?!\S)")


def is_todo_txt(lines: Sequence[str]) -> bool:
    """Return whether a line begins as no other list does, at least half have a sign of todo.txt,
    as many say what papers say, and none is Markdown: a box makes a paper of each."""
    said = [line for line in lines if line.strip()]
    if any(map(_MARKDOWN.match, said)) or not any(map(_BEGINS.match, said)):
        return False
    signs = sum(bool(_BEGINS.match(line) or _TAG.search(line)) for line in said)
    of_papers = sum(bool(_OF_PAPERS.search(line)) for line in said)
    return 2 * min(signs, of_papers) >= len(said)


def as_item(line: str) -> str:
    """Return the task as an item with a box, without its priority, days, projects and places."""
    task = _TASK.match(line)
    if task is None:
        return line
    text = " ".join(_KEY.sub("", _TAG.sub("", task["text"])).split())
    return f"- [{'x' if task['done'] else ' '}] {text}" if text else line


def due_on(line: str) -> str:
    """Return the day on which the task is due or begins; empty if it says none."""
    found = _DUE.search(line)
    return found[1] if found else ""
