"""One item of a Markdown list: `[x] Title [Authors, Venue Year]`, the title perhaps a link."""

import re
from enum import Enum

from papers.formats import citation, identifiers
from papers.formats.citation import Citation
from papers.formats.inline import Env, Parts, escaped, escaped_target, parted, plain
from papers.formats.reading_list import Entry
from papers.formats.repair import mended

# Longer than any title with its links; what is longer is prose, and dear to parse.
LONGEST_ITEM = 4_000
LONGEST_TITLE = 500

_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_NAMED = re.compile(r"(?:^|\s)(doi|arxiv):(?!\S*\]\()(\S+)\s*$", re.IGNORECASE)
_READERS = {"doi": identifiers.doi, "arxiv": identifiers.arxiv}
# What would open a block at the start of an item: the place where a backslash prevents it.
_BLOCK_START = re.compile(r"^\d{1,9}(?=[.)])|^(?=[-+*#>=~|:_<`])", re.ASCII)
# What people call a link that is not called by its title.
# fmt: off
_LABELS = frozenset({
    "abstract", "arxiv", "bib", "blog", "code", "demo", "doi", "html", "link",
    "paper", "pdf", "poster", "preprint", "project", "pub",
    "slides", "supplement", "talk", "video", "web",
})
# fmt: on


class Kind(Enum):
    """What makes an item a paper: a box before it, a link at its beginning, or words alone."""

    BOX = "box"
    LINK = "link"
    WORDS = "words"


def read(source: str, env: Env | None = None) -> tuple[Kind, Entry] | None:
    """What the item says of a paper, and what makes it one; None where it can be none."""
    if len(source) > LONGEST_ITEM:
        return None
    box = _BOX.match(source)
    source, cited = citation.cut(source[box.end() :] if box else source)
    source, named = _cut_names(source)
    parts = parted(source, env)
    written, note = _title_and_note(parts)
    title = mended(written)
    kind = Kind.BOX if box else _kind_without_box(parts)
    if not kind or not title or len(title) > LONGEST_TITLE:
        return None
    url = identifiers.web_address(parts.target)
    return kind, Entry(
        title=title,
        original="" if written == title else written,
        authors=cited.authors,
        venue=cited.venue,
        year=cited.year,
        url=url,
        doi=named.get("doi") or identifiers.doi_of(url),
        arxiv=named.get("arxiv") or identifiers.arxiv_of(url),
        checked=box[1] in "xX" if box else None,
        note=note,
    )


def write(entry: Entry) -> str:
    """The item, such that reading it gives the entry again, but for its topic."""
    box = {True: "[x] ", False: "[ ] ", None: ""}[entry.checked]
    cited = citation.write(Citation(entry.authors, entry.venue, entry.year))
    line = box + " ".join(filter(None, [_title(entry), entry.note, *_names(entry), cited]))
    return line if box else _BLOCK_START.sub(r"\g<0>\\", line)


def _kind_without_box(parts: Parts) -> Kind | None:
    """A link goes to a page and is called by the title; words are not the label of what follows."""
    if parts.has_link:
        is_page = identifiers.web_address(parts.target) and parts.label != parts.target
        return Kind.LINK if is_page and not parts.before and not _is_label(parts.label) else None
    is_label = parts.before.endswith((":", "\uff1a"))
    return Kind.WORDS if any(map(str.isalnum, parts.before)) and not is_label else None


def _title_and_note(parts: Parts) -> tuple[str, str]:
    """The title as written, and the Markdown around it. A link called `pdf` or the like follows the
    title, any other is called by it."""
    if not parts.has_link:
        return parts.before, ""
    before, behind = parts.before, parts.behind
    if before.endswith(("[", "(")) and behind.startswith(("]", ")")):
        before, behind = before[:-1].rstrip(), behind[1:].lstrip()
    if before and _is_label(parts.label):
        return before, behind
    return parts.label, " ".join(filter(None, [escaped(before), behind]))


def _is_label(text: str) -> bool:
    return text.strip("[]() ").casefold() in _LABELS


def _cut_names(source: str) -> tuple[str, dict[str, str]]:
    """The line without `doi:…` and `arXiv:…` at its end, and what these say."""
    named: dict[str, str] = {}
    while found := _NAMED.search(source):
        kind = found[1].casefold()
        number = _READERS[kind](plain(found[2]))
        if not number or kind in named or not source[: found.start()].strip():
            break
        named[kind] = number
        source = source[: found.start()]
    return source, named


def _title(entry: Entry) -> str:
    """The title as Markdown. Where it ends in `doi:10.1000/1` itself, this stays a part of it."""
    title = _NAMED.sub(lambda word: word[0].replace(":", r"\:"), escaped(entry.title))
    if not (entry.url or entry.note):
        return title
    return f"[{title}]({escaped_target(entry.url)})"


def _names(entry: Entry) -> list[str]:
    """The DOI and the arXiv number, where the address does not give them already."""
    doi = f"doi:{escaped(entry.doi)}" if entry.doi != identifiers.doi_of(entry.url) else ""
    arxiv = f"arXiv:{entry.arxiv}" if entry.arxiv != identifiers.arxiv_of(entry.url) else ""
    return [doi, arxiv]
