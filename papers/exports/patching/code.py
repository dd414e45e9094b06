"""Find the lines that Markdown takes for code: indented, and below no item of a list."""

import re
from collections.abc import Iterator, Sequence

_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_TAB = _INDENT = 4


def lines_of_code(texts: Sequence[str]) -> set[int]:
    """Return the indices of the lines that are code by their indent."""
    return set(_lines(texts))


def _lines(texts: Sequence[str]) -> Iterator[int]:
    is_in_list, is_open = False, False
    for number, text in enumerate(texts):
        if not text.strip():
            is_open = False
            continue
        text = text.expandtabs(_TAB)
        indent = len(text) - len(text.lstrip())
        if indent >= _INDENT and not is_in_list and not is_open:
            yield number
            continue
        is_item = bool(_MARK.match(text))
        is_in_list = is_item or (is_in_list and (indent > 1 or is_open))
        is_open = not text.startswith("#")
