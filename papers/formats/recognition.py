"""Which of the formats a text is in, told by what stands in it."""

from papers.formats import markdown
from papers.formats.reading_list import ReadingList


def read(text: str) -> ReadingList:
    """The list that the text holds, whichever its format. Raises Refused where it is too large."""
    return markdown.read(text)
