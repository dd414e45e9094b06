"""Turn what Obsidian, Logseq and Notion write within a line into Markdown."""

import re
from itertools import takewhile

from papers.formats.markdown.links import is_label

# [[file#part|label]], not [[pdf]](address) and not [[label](address)].
_LINK = re.compile(
    r"(?P<embeds>!?)\[\[(?P<target>[^\[\]|\\\n]{1,300})(?:\\?\|(?P<label>[^\[\]\n]{0,300}))?\]\]"
    r"(?![(\[])"
)
_FILE = re.compile(r"\.(?:pdf|djvu|epub|ps)$", re.IGNORECASE)
_ATTACHMENT = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|mp[34]|mov|canvas|base)$", re.IGNORECASE)
_NOTE = re.compile(r"\.(?:md|org|txt)$", re.IGNORECASE)
_ID = re.compile(r"\s[0-9a-f]{32}$")
# A venue, or a number, in the brackets that people put before a title.
_CITED = re.compile(r"[\w.+-]*\s?['’]?(?:\d\d|\d{4})|\d+|[A-Z]{2,8}")
_BLOCK = re.compile(r"(?<!\s)\s+\^[A-Za-z0-9-]{1,40}\s*$")
_COMMENT = re.compile(r"%%(?:(?!%%).){0,2000}%%")
_HIGHLIGHT = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]{1,500}?)(?<=[^\s=])==(?![=\w])")
_MARK = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d{1,4}[.)]|#{1,6})\s+(?:\[.\]\s+)?")
_WORD = re.compile(r"\S+")
_TAG = re.compile(r"#[a-z][\w/-]{0,60}")
_LEFT = frozenset({"TODO", "NOW", "LATER", "DOING", "WAITING"})
_TASK = re.compile(rf"(\s*[-*] )({'|'.join(sorted(_LEFT))}|DONE|CANCELED|CANCELLED)\s+(?=\S)")
_MOST_LINKS = 200


def without_wiki_marks(line: str) -> str:
    """Return the line with its links to notes as their names, the words of Logseq as boxes, and
    without what only the program needs."""
    if task := _TASK.match(line):
        line = f"{task[1]}[{' ' if task[2] in _LEFT else 'x'}] {line[task.end() :]}"
    if "%%" in line:
        line = _COMMENT.sub("", line)
    if "[[" in line:
        line = _LINK.sub(_named, line, count=_MOST_LINKS)
    if "==" in line:
        line = _HIGHLIGHT.sub(r"**\1**", line)
    if "^" in line:
        line = _BLOCK.sub("", line)
    if "#" in line and (mark := _MARK.match(line)):
        words = list(_WORD.finditer(line, mark.end() - 1))
        tags = sum(1 for _ in takewhile(lambda word: _TAG.fullmatch(word[0]), reversed(words)))
        if 0 < tags < len(words):
            line = line[: words[-tags - 1].end()]
    return line


def page_name(target: str) -> str:
    """Return what a page is called: without its folders, its part, its ending and the number of
    Notion."""
    target = target.partition("#")[0] if target[:1] != "#" else target
    name = target.rsplit("/", 1)[-1].strip()
    return _ID.sub("", _NOTE.sub("", name))


def _named(found: re.Match[str]) -> str:
    target, label = found["target"].strip(), (found["label"] or "").strip()
    if found["embeds"] and (_ATTACHMENT.search(target) or label.isdecimal()):
        return ""
    if _FILE.search(target):
        name = label or page_name(target)[: -len(_FILE.search(page_name(target))[0])]  # type: ignore[index]
        return f"[{name}](<{target}>)" if "<" not in target and ">" not in target else name
    if label:
        return label
    name = page_name(target)
    if not name or is_label(name) or _CITED.fullmatch(name):
        return found[0]
    if name[:1] != "@":
        return name
    # The key of a work, beside its title unless there is none.
    is_beside = any(map(str.isalpha, found.string[found.end() :]))
    return "" if is_beside else name[1:]
