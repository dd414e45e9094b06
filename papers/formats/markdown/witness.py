"""What the rules read, as a second witness beside what the models read."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from papers.formats.markdown.finding import Found
from papers.formats.markdown.rules.document import Section
from papers.formats.markdown.rules.lines.candidate import Candidate

_NO_LETTERS = re.compile(r"[\W_]+")
# The rules may take the line below for the first of a paper, or that above.
_APART = (0, -1, 1, -2, 2)


class Witness:
    """The papers that the rules read in the sections of a document."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self.candidates = [one for section in sections for one in section.found]
        self._lines = {one.entry.lines[0]: one for one in reversed(self.candidates)}
        self._known = {
            (letters(one.entry.title), one.entry.lines[0]): one for one in reversed(self.candidates)
        }

    def same(self, found: Found) -> Candidate | None:
        """The candidate of that title, if it is on that line or near it."""
        title, line = letters(found.title), found.number + 1
        near = (self._known.get((title, line + apart)) for apart in _APART)
        return next(filter(None, near), None)

    def reads(self, line: int) -> bool:
        """Whether the rules read a paper on the line."""
        return line in self._lines

    def at(self, line: int) -> Candidate | None:
        """The candidate that begins on the line."""
        return self._lines.get(line)


@lru_cache(maxsize=4096)  # both witnesses are asked for it, and each of them several times
def letters(title: str) -> str:
    """What of a title is compared: letters and digits, whatever their case and width."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", title).casefold()) or title
