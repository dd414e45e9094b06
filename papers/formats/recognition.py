"""Which of the formats a text is in, told by what stands in it."""

from papers.formats import markdown
from papers.formats import text as texts
from papers.formats.reading_list import ReadingList


def recognised(text: str) -> str:
    return "markdown"


def read(text: str) -> ReadingList:
    """The list that the text holds, whichever its format. Raises Refused where it is too large."""
    return markdown.read(text)


def refuse_large(text: str) -> None:
    """Raise TooLarge at once for what would be refused when it is read."""
    if recognised(text) == "markdown":
        texts.refuse_large(len(text.encode(errors="surrogatepass")))
