"""Lines in which no paper was read, as the papers that they may be all the same."""

import re
from html import unescape

from groups.validators import as_one_line
from papers.formats.core import identifier_list
from papers.formats.core.reading_list import Entry, Path, ReportedLine
from papers.formats.core.reading_list.placeholders import is_placeholder

# No line of a list says more of a paper; the rest is not looked at.
_LONGEST = 4_000
_LONGEST_TITLE = 500
_BEFORE = re.compile(
    r"^(?:[\s>|*+•·‣◦–—-]|#{1,6}\s|\d{1,4}[.)](?=\s)|\[(?P<tick>[ xX✓✔])\](?!\()|[☐☑☒✅])+"
)
# What comes before the text of a headline in Org-mode, and after it.
_HEADLINE = re.compile(r"^\*+\s+(?:(?P<word>[A-Z][A-Z_-]{2,15})\s+(?=\S))?(?:\[#\w\]\s+)?")
_TAGS = re.compile(r"\s:(?:[\w@#%-]+:)+\s*$")
_WIKI_LINK = re.compile(
    r"!?\[\[(?:[^\[\]|]*(?:\]\[|\|)([^\[\]]+)|(?:(?!://)[^\[\]|])*?([^\[\]|/]+))\]\](?!\()"
)
# [[pdf]](address)
_IN_BRACKETS = re.compile(r"\[(\[[^\[\]]*\])\]\(")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\[[^\[\]]*\])")
_TAG = re.compile(r"<[^<>]{1,300}>")
_ADDRESS = re.compile(r"<?https?://[^\s<>|]+>?")
_MARKS = re.compile(r"\*{1,3}|`+|~~|__|(?<!\w)_|_(?!\w)|\\(?=[^\w\s])")
_AROUND = " \t-–—:|;,.·*"


def entry_of_line(line: ReportedLine, topic: Path) -> Entry | None:
    """Return the paper that the line would be: its text without marks is the title, and a number or
    an address in it is that of the paper. None where it has no letters.
    """
    text = line.text[:_LONGEST]
    headline = _HEADLINE.match(text)
    is_of_org = headline and (headline["word"] or text.startswith("**"))
    start = None if is_of_org else _BEFORE.match(text)
    tick = start["tick"] if start else None
    rest = text[start.end() :] if start else text
    if headline and is_of_org:
        rest = _TAGS.sub("", text[headline.end() :])
    title = _title(rest)
    named = identifier_list.read(text.replace("\n", " ")).entries
    said = named[0] if len(named) == 1 else Entry(title="")
    if not any(map(str.isalpha, title)):
        if not is_placeholder(said):
            return None
        title = said.title
    return Entry(
        title=title,
        topic=topic,
        url=said.url or _only_address(text),
        doi=said.doi,
        arxiv=said.arxiv,
        pmid=said.pmid,
        checked=None if tick is None else tick != " ",
        lines=(line.number,),
        confidence=0.0,
    )


def _title(text: str) -> str:
    """Return the text as a reader sees it; of a row of a table, the cell with most letters."""
    text = _IN_BRACKETS.sub(r"\1(", text)
    text = _WIKI_LINK.sub(lambda found: found[1] or found[2], text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(" ", text)
    text = _MARKS.sub("", _TAG.sub(" ", text))
    cells = [cell for cell in re.split(r"\||\t", text) if cell.strip()]
    title = max(cells, key=lambda cell: sum(map(str.isalpha, cell)), default="")
    return as_one_line(unescape(title).strip(_AROUND), _LONGEST_TITLE)


def _only_address(text: str) -> str:
    found = set(re.findall(r"https?://[^\s<>|()\[\]\"]+", text))
    return found.pop().rstrip(".,;:") if len(found) == 1 else ""
