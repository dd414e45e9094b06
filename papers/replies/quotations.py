"""Cut from the text of a reply what its writer did not write: quotations and signatures.

Lines are looked at one after another, by words of many languages; none is looked at by a pattern
that could take long. An answer between quoted lines keeps the lines above it.
"""

import re
from collections.abc import Sequence

from papers.replies.quoting_words import (
    FROM,
    ORIGINAL,
    OTHER_LABELS,
    SENT_FROM,
    SENT_FROM_ENDS,
    WROTE,
)

# Where the HTML of an email marks the beginning of a quotation; no text holds it.
QUOTATION_BEGINS = "\x00quotation"
_SIGNATURE = re.compile(r"--[ \t]?$")
_DASHED = re.compile(r"[ \t]*-{4,}[ \t]?(\S.{0,80}?)[ \t]?-{2,}[ \t]*$")
_LINE = re.compile(r"[_\u2500\u2014-]{10,}$")
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[\w.-]{1,100}\.\w{2,}", re.ASCII)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?!\d)|\b(?:19|20)\d\d\b|\d{4}\s?[年년]")
_BLANKS = dict.fromkeys(map(ord, "\xa0\u2007\u202f\u2009\u3000\t"), " ")
_DIRECTION = dict.fromkeys([0x200E, 0x200F, 0x061C, 0x2068, 0x2069, *range(0x202A, 0x202F)])
_LONGEST_MARK = 400  # characters of a line that may be a mark
_LONGEST_ATTRIBUTION = 4  # lines
_LONGEST_HEAD = 8  # lines between the labels of a head
_LONGEST_SENT_FROM = 90


def without_quotations(text: str) -> str:
    """Return what the writer of a reply wrote; empty where that is nothing."""
    lines = [line.rstrip() for line in text.splitlines()]
    begin = _beginning(lines)
    if begin is None:
        own, below = lines, []
    else:
        own, below = lines[: begin[0]], _answers(lines[begin[1] :])
    own = _without_trailing_quotation(_without_signature(own), is_whole=not below)
    if below:
        own = [*own, "", *below] if _has_words(own) else below
    return "\n".join(own).strip("\n")


def _beginning(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return the line at which what was said before begins, and the one after its head."""
    for at, line in enumerate(lines):
        if line == QUOTATION_BEGINS:
            return at, _after_attribution(lines, at + 1)
        if not line.strip() or len(line) > _LONGEST_MARK:
            continue
        if length := _head(lines, at):
            return at, at + length
        if found := _attribution(lines, at):
            return found
    return None


def _after_attribution(lines: Sequence[str], at: int) -> int:
    """Return the line below the words about who wrote what follows, if they are there."""
    while at < len(lines) and (not lines[at].strip() or lines[at] == QUOTATION_BEGINS):
        at += 1
    found = _attribution(lines, at)
    return found[1] if found else at


def _plain(line: str) -> str:
    """Return the line in small letters, without marks of quotation, bold or direction."""
    return line.translate(_BLANKS).translate(_DIRECTION).strip(" >*").lower()


def _head(lines: Sequence[str], at: int) -> int:
    """Return how many lines the head of a message is that begins there, as Outlook writes it."""
    found = _DASHED.match(lines[at])
    if found and (any(word in found[1].lower() for word in ORIGINAL) or _is_written(found[1])):
        return 1
    first = at
    if _LINE.match(lines[at].strip()):
        first = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), at)
    labels, last = set(), first
    for number in range(first, min(first + _LONGEST_HEAD, len(lines))):
        label = _label(lines[number])
        if number == first and not label:
            return 0
        if label:
            labels.add(label)
            last = number
    has_sender = bool(labels & FROM)
    return last + 1 - at if has_sender and len(labels - FROM) >= 2 else 0


def _label(line: str) -> str:
    """Return the label before the colon of a line, if it is one of a message's head."""
    if len(line) > _LONGEST_MARK:
        return ""
    name = _plain(line).replace("：", ":").partition(":")
    label = name[0].strip(" *")
    return label if name[1] and (label in FROM or label in OTHER_LABELS) else ""


def _attribution(lines: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return from which line to which it is said who wrote what follows: `On Monday, Mina wrote:`.

    It is looked for from a line on. Where words of the writer are right above, it is the shortest.
    """
    above = lines[at - 1].strip() if at else ""
    is_within = above not in {"", QUOTATION_BEGINS} and not above.startswith(">")
    end = _end_with_colon(lines, at)
    if end is None or (is_within and (end > at + 1 or not _is_quoted(lines[end : end + 1]))):
        return None
    for begin in range(end - 1, at - 1, -1):
        said = " ".join(map(_plain, lines[begin:end]))
        if _says_who(said, lines[end:]):
            return begin, end
    return None


def _end_with_colon(lines: Sequence[str], at: int) -> int | None:
    """Return the line after the next one that ends with a colon, in the same short paragraph."""
    for number, line in enumerate(lines[at : at + _LONGEST_ATTRIBUTION], start=at):
        is_mark = line == QUOTATION_BEGINS or (number > at and line.startswith(">"))
        if not line.strip() or len(line) > _LONGEST_MARK or is_mark:
            return None
        if _plain(line).endswith((":", "：")):
            return number + 1
    return None


def _says_who(said: str, below: Sequence[str]) -> bool:
    if not _TIME.search(said):
        return False
    if _is_quoted([line for line in below if line.strip()][:1]) or _ADDRESS.search(said):
        return True
    return _is_written(said) and not any(_has_words([line]) for line in below)


def _is_written(said: str) -> bool:
    words = said.lower()
    return any(word in words for word in WROTE)


def _without_signature(lines: Sequence[str]) -> list[str]:
    """Leave out what is below `-- `, and what a telephone says of itself at the end."""
    for at, line in enumerate(lines):
        if _SIGNATURE.match(line) and not _is_table(lines, at):
            lines = lines[:at]
            break
    kept = list(lines)
    while kept and (not kept[-1].strip() or _is_sent_from(kept)):
        kept.pop()
    return kept


def _is_table(lines: Sequence[str], at: int) -> bool:
    """Return whether two hyphens are a heading's line: they are right below words."""
    return bool(at and lines[at - 1].strip() and lines[at].rstrip() == "--" and at + 1 < len(lines)
                and not lines[at + 1].strip())  # fmt: skip


def _is_sent_from(lines: Sequence[str]) -> bool:
    """Return whether the last line is what a telephone says, alone in its paragraph."""
    line = _plain(lines[-1])
    if len(line) > _LONGEST_SENT_FROM or (len(lines) > 1 and lines[-2].strip()):
        return False
    ends = line.rstrip(" .").endswith(SENT_FROM_ENDS) and len(line) < 60
    return ends or (line.startswith(SENT_FROM) and not line.endswith(":"))


def _answers(lines: Sequence[str]) -> list[str]:
    """Return answers below quoted lines, with these between them; none where nothing is marked.

    What was said before and is not marked cannot be told from an answer, so all of it goes. Of an
    answer below everything the quotation goes.
    """
    if not _is_quoted([line for line in lines if line.strip()][:1]):
        return []
    kept = _without_trailing_quotation(_without_signature(list(lines)), is_whole=False)
    blocks = _blocks(kept)
    if len(blocks) <= 2:
        return [line for is_quoted, block in blocks if not is_quoted for line in block]
    found: list[str] = []
    for is_quoted, block in blocks:
        found += ["", *(_without_foot(block) if is_quoted else _without_signature(block))]
    return found[1:]


def _without_foot(block: Sequence[str]) -> list[str]:
    """Leave out the foot of a quoted email, which has links that are its reader's own."""
    for at, line in enumerate(block):
        if line.lstrip("> ") in {"--", "-- "}:
            return list(block[:at])
    return list(block)


def _blocks(lines: Sequence[str]) -> list[tuple[bool, list[str]]]:
    """Return runs of lines that are quoted, and of lines that are not, in their order."""
    found: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_quoted = line.startswith(">")
        if not line.strip():
            if found and not found[-1][0]:
                found[-1][1].append(line)
        elif found and found[-1][0] == is_quoted:
            found[-1][1].append(line)
        else:
            if found and not found[-1][0]:
                found[-1] = (False, _without_blank_end(found[-1][1]))
            found.append((is_quoted, [line]))
    return found


def _without_blank_end(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _without_trailing_quotation(lines: list[str], *, is_whole: bool) -> list[str]:
    """Leave out quoted lines at the end."""
    kept = _without_blank_end(list(lines))
    while kept and (kept[-1].startswith(">") or not kept[-1].strip()):
        kept.pop()
    if is_whole and len(kept) < len(lines):
        return _without_signature(kept)
    return kept


def _is_quoted(lines: Sequence[str]) -> bool:
    return bool(lines) and lines[0].startswith(">")


def _has_words(lines: Sequence[str]) -> bool:
    return any(line.strip() and not line.startswith(">") for line in lines)
