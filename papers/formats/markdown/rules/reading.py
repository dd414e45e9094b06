"""What the rules read of a list, without the models."""

from papers.formats.core.reading_list import ReadingList
from papers.formats.markdown.rules import document, selection
from papers.formats.markdown.rules.arranging import arranged


def read_by_rules(text: str) -> ReadingList:
    """Return the list that the rules alone read."""
    parsed = document.parse(text)
    selection.find(parsed)
    return arranged(parsed)
