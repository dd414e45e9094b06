"""Convert Org-mode's markup within a line to Markdown."""

import re

from papers.formats.core import identifiers
from papers.formats.core.commonmark.inline import escaped, escaped_target
from papers.formats.core.text.repair import one_line

_BEFORE = r"(?<![^\s\-–—({'\"|])"
_BEHIND = r"(?![^\s\-–—.,;:!?'\")}\[|\\])"
_INNER = r"(?=\S)(?:(?!{0}{{2}})[^\n]){{1,500}}?(?<=\S)"
_DATE = r"\d{4}-\d\d-\d\d"
_TOKEN = re.compile(
    rf"""
    (?P<link>\[\[(?P<target>(?:[^\[\]\\]|\\.){{1,2000}})\](?:\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\]){{0,1000}})\])?\])
  | (?P<cite>\[cite[^:\[\]]{{0,30}}:[^\[\]]{{1,500}}\]|(?<![\w/])cite[a-z]*:&?[\w:.,&;-]+)
  | (?P<note>\[fn:[^\[\]]{{0,500}}\]|<<<?[^<>\n]{{1,200}}>>>?)
  | (?P<time>[<\[]{_DATE}(?:[ ][^<>\[\]\n]{{0,40}})?[>\]](?:--?[<\[]{_DATE}[^<>\[\]]{{0,40}}[>\]])?)
  | (?P<address><?(?:https?|ftp)://[^\s<>|\[\]]+>?)
  | (?P<math>\\\((?:(?!\\\)).){{1,500}}\\\)|\$[^\s$][^$\n]{{0,500}}\$)
  | {_BEFORE}(?P<code>[=~])(?P<inside>{_INNER.format("[=~]")})(?P=code){_BEHIND}
  | {_BEFORE}(?P<mark>[*/_+])(?P<marked>{_INNER.format("[*]")})(?P=mark){_BEHIND}
  | (?P<sign>[`*]|~~|\\\\[ \t]*$|\\nbsp(?:\{{\}})?)
    """,
    re.VERBOSE,
)
_MARKS = {"*": "**", "/": "*", "_": "", "+": "~~"}
_DAY = re.compile(_DATE)
_KEYS = re.compile(r"@([^\s;,\]]+)|:&?([\w:.-]+)")
_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_FILES = ("file", "file+sys", "file+emacs", "attachment", "docview", "pdf", "pdfview", "nov")
_SCHEME = re.compile(r"([a-zA-Z][\w+-]*):(.*)", re.DOTALL)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)
_DEEPEST = 3


def markdown(text: str, depth: int = 0) -> str:
    """Return the text in Markdown, in one line."""
    if depth > _DEEPEST:
        return text
    return _TOKEN.sub(lambda found: _written(found, depth), text)


def without_times(text: str) -> str:
    """Return the text without the moments that are noted in it."""
    return one_line(_TOKEN.sub(lambda found: "" if found["time"] else found[0], text))


def first_day(text: str) -> str:
    """Return the first day that is noted in the text, as `2024-03-05`."""
    for found in _TOKEN.finditer(text):
        if found["time"]:
            return _day(found["time"])
    return ""


def citation_key_of(text: str) -> str:
    """Return the key by which the text cites a work, if it cites one."""
    for found in _TOKEN.finditer(text):
        if found["cite"] and (key := _KEYS.search(found["cite"])):
            return (key[1] or key[2]).strip("&.,;:")
    return ""


def is_a_link(text: str) -> bool:
    """Return whether the text is a link to the web or a file, called by something, and nothing
    else.
    """
    found = _TOKEN.fullmatch(text.strip())
    return bool(found and found["link"] and found["label"] and _target(found["target"]))


def _written(found: re.Match[str], depth: int) -> str:
    if found["link"]:
        return _link(found["target"], found["label"] or "", depth)
    if found["cite"] or found["note"]:
        return ""
    if found["time"]:
        return _day(found["time"])
    if found["code"]:
        return escaped(found["inside"])
    if found["mark"]:
        mark = _MARKS[found["mark"]]
        return f"{mark}{markdown(found['marked'], depth + 1)}{mark}"
    if found["sign"]:
        sign = found["sign"]
        return f"\\{sign}" if sign in "`*" else r"\~~" if sign == "~~" else " "
    return found[0]


def _link(target: str, label: str, depth: int) -> str:
    address = _target(target)
    label = markdown(label, depth + 1).replace("[", r"\[").replace("]", r"\]")
    if not address:
        return label or ("" if _SCHEME.match(target) else target.lstrip("*#"))
    if _PICTURE.search(address) and not label:
        return ""
    if not label and _WEB.match(address):
        return f"<{address}>"
    return f"[{label or address.rsplit('/', 1)[-1]}]({_as_target(address)})"


def _as_target(address: str) -> str:
    return f"<{address}>" if " " in address and "<" not in address else escaped_target(address)


def _target(target: str) -> str:
    """Return where the link leads: an address, or a file beside the list; else empty."""
    target = re.sub(r"\\([\[\]\\])", r"\1", target).strip()
    if _WEB.match(target):
        return target
    scheme = _SCHEME.match(target)
    if scheme and scheme[1].lower() == "doi":
        return identifiers.doi_address(scheme[2].lstrip("/"))
    if scheme and scheme[1].lower() == "arxiv":
        return f"https://arxiv.org/abs/{scheme[2]}"
    if scheme and scheme[1].lower() in _FILES:
        return scheme[2].partition("::")[0]
    is_path = target.startswith(("./", "../", "/", "~/"))
    return target.partition("::")[0] if is_path else ""


def _day(time: str) -> str:
    found = _DAY.search(time)
    return found[0] if found else ""
