"""Labels to papers: which lines carry one, its title, its details, its links, and how sure it is."""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.trained import features
from bench.trained.features import host
from bench.trained.models import Marginals
from bench.trained.segments import Segment
from papers.formats import inline
from papers.formats.repair import mended

_TICK = re.compile(r"[☐⬜☑✅✔]|:heavy_check_mark:|:white_check_mark:|\[[ xX]\]")
# An item that is not even doubtful is not offered at all, so little is asked of it.
_LISTED = {"item", "number", "row"}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_STRIP = " \t,;:|/–—·・，。；：、~-"
_EDGE = re.compile(r"^(?:by|von|par|por|in|In:|In)\s+(?=\S)")
_AND_END = re.compile(r"[\s,;&]+(?:and|&|und|et|y)?\s*$")
_VENUE_END = re.compile(r"[\s,.;:(\[\-–—'’]+$")
_NUMBERS = re.compile(r"^\s*(?:\[\d+\]|\(\d+\)|\d+[.)]|\*\*\[\d+\]\*\*)\s*")


@dataclass(slots=True)
class Found:
    """A paper as the models see it, with what speaks for it."""

    number: int  # index of its line
    title: str
    pieces: dict[str, list[tuple[int, Segment]]] = field(default_factory=lambda: defaultdict(list))
    links: list[tuple[str, str, bool]] = field(
        default_factory=list
    )  # address, its text, whether on the title
    box: bool | None = None
    struck: bool = False
    sure: dict[str, float] = field(default_factory=dict)
    confidence: float = 0.0
    lines: list[int] = field(default_factory=list)
    source: str = ""
    # The line that the title ends in, and whether nothing is behind it there.
    last: tuple[int, bool] = (-1, False)
    start: int = 0


def papers(
    page: features.Page, roles: Marginals, labels: dict[int, Marginals], floor: float = 0.05
) -> list[Found]:
    """All that may be papers: `roles` and `labels` are per line and per piece."""
    numbers = features.real_lines(page)
    found: list[Found] = []
    current: list[Found] = []
    early: dict[int, list[int]] = {}  # lines above that of their paper's title
    for at, number in enumerate(numbers):
        role, line, said = roles[at], page.lines[number], labels.get(number, [])
        is_more = role.get("M", 0.0) > max(0.4, role.get("P", 0.0))
        ahead = _ahead(page, numbers, at, roles) if is_more else None
        if line.goes_on and current:
            _add_to_all(page, number, said, current, goes_on=True)
        elif is_more and ahead is not None and (not current or _begins(page, number, ahead)):
            early.setdefault(ahead, []).append(number)
        elif is_more and current:
            _add_to_all(page, number, said, current)
        elif begun := _begun(
            page, number, role, said, floor / 5 if line.kind in _LISTED else floor
        ):
            found += begun
            current = begun
        elif line.kind == "heading":
            current = []
    for one in found:
        for number in early.get(one.number, ()):
            _add(page, number, labels.get(number, []), one)
    return found


def _begins(page: features.Page, number: int, ahead: int) -> bool:
    """Whether the line begins a block that goes on with the paper ahead."""
    line, title = page.lines[number], page.lines[ahead]
    starts = line.is_after_blank or line.mark or line.tag == "li"
    return bool(starts) and not title.mark and not title.is_after_blank and title.kind != "heading"


def _add_to_all(
    page: features.Page,
    number: int,
    said: Marginals,
    current: Sequence[Found],
    goes_on: bool = False,
) -> None:
    for one in current:
        _add(page, number, said, one, goes_on)


def _ahead(page: features.Page, numbers: list[int], at: int, roles: Marginals) -> int | None:
    for other in range(at + 1, min(at + 4, len(numbers))):
        if roles[other].get("P", 0.0) > 0.4:
            return numbers[other]
        if roles[other].get("M", 0.0) < 0.4:
            return None
    return None


def _begun(
    page: features.Page, number: int, role: dict[str, float], said: Marginals, floor: float
) -> list[Found]:
    own = page.segments[number]
    chance = role.get("P", 0.0)
    if not own or not said or chance < floor:
        return []
    title_chance = [one.get("B", 0.0) + one.get("T", 0.0) for one in said]
    best = max(range(len(own)), key=title_chance.__getitem__)
    if title_chance[best] < 0.08:
        return []
    runs = _runs(own, said, title_chance, best)
    found = []
    for first, last in runs:
        title, source = _title(page, number, first, last)
        if not title or (own[first].link or "").startswith("#"):
            continue
        line = page.lines[number]
        one = Found(
            number,
            title,
            box=line.box,
            source=source,
            last=(number, last == len(own) - 1),
            start=own[first].start,
        )
        one.struck = all(piece.strike for piece in own[first : last + 1])
        one.sure = {
            "line": chance, "title": sum(title_chance[first : last + 1]) / (last - first + 1), "first": said[first].get("B", 0.0), "least": min(title_chance[first : last + 1]),
            "after": title_chance[last + 1] if last + 1 < len(own) else 0.0, "before": title_chance[first - 1] if first else 0.0,
        }  # fmt: skip
        found.append(one)
    for at, piece in enumerate(own):
        owner = _owner(runs, at, len(found))
        if owner is None:
            continue
        inside = any(first <= at <= last for first, last in runs)
        _piece(found[owner], number, piece, said[at], inside)
    for one in found:
        one.lines.append(number)
    return found


def _runs(
    own: list[Segment], said: Marginals, chances: list[float], best: int
) -> list[tuple[int, int]]:
    """The stretches of pieces that are titles: one, or several that are each the text of a link."""
    picked = [at for at in range(len(own)) if chances[at] >= 0.5] or [best]
    runs: list[list[int]] = []
    for at in picked:
        if runs and _goes_on(own, runs[-1][-1], at, said):
            runs[-1] += range(runs[-1][-1] + 1, at + 1)
        else:
            runs.append([at])
    linked = [run for run in runs if own[run[0]].link is not None]
    if linked and sum(len(own[at].text) for at in linked[0]) > 8:
        runs = [
            run
            for run in linked
            if len(linked) == 1
            or sum(len(own[at].text.split()) for at in run) > 1
            or run is linked[0]
        ]
    else:
        runs = [max(runs, key=lambda run: sum(chances[at] * len(own[at].text) for at in run))]
    return [_stretched(own, run[0], run[-1], chances, said) for run in runs]


def _goes_on(own: list[Segment], last: int, at: int, said: Marginals) -> bool:
    """Whether the piece belongs to the title that has the last one: no title crosses the border of
    a link, or of a cell."""
    one, before = own[at], own[last]
    if one.link != before.link or one.cell != before.cell:
        return False
    if at == last + 1:
        return not (said[at].get("B", 0.0) > 0.8 and before.after[:1] == "<")
    return (at <= last + 2 and said[at].get("B", 0.0) < 0.5) or one.run == before.run


def _stretched(
    own: list[Segment], first: int, last: int, chances: list[float], said: Marginals
) -> tuple[int, int]:
    """The title up to the marks that it is in: the text of one link, or of one pair of stars."""
    one = own[first]

    def alike(other: Segment) -> bool:
        if one.link is not None:
            return other.link == one.link and other.kind != "url"
        if one.quote:
            return other.quote and other.cell == one.cell and other.run == one.run
        return (
            one.bold
            and other.bold
            and other.run == one.run
            and other.cell == one.cell
            and not one.bracket
        )

    def belongs(at: int) -> bool:
        """A piece of the same marks is of the title, if it is not clearly something else."""
        other = max(said[at].get(label, 0.0) for label in "AVYD")
        return alike(own[at]) and (chances[at] > 0.08 or other < 0.5)

    while first and belongs(first - 1):
        first -= 1
    while last + 1 < len(own) and belongs(last + 1):
        last += 1
    return first, last


def _owner(runs: list[tuple[int, int]], at: int, count: int) -> int | None:
    if not count:
        return None
    for number in range(count - 1, -1, -1):
        if number < len(runs) and at >= runs[number][0]:
            return number
    return 0


def _add(
    page: features.Page, number: int, said: Marginals, one: Found, goes_on: bool = False
) -> None:
    one.lines.append(number)
    own = page.segments[number]
    more = 0
    if goes_on:
        while more < len(own) and own[more].link is not None:
            more += 1
    elif number == one.last[0] + 1 and one.last[1]:
        while more < len(own) and said[more].get("T", 0.0) > 0.5:
            more += 1
    if more:
        rest, _ = _title(page, number, 0, more - 1)
        colon = ":" if page.lines[number - 1].text.rstrip().endswith(":") else ""
        one.title = f"{one.title}{colon} {rest}".strip()
        one.last = (number, more == len(own))
        if own[0].link:
            one.links.append((own[0].link, rest, True))
    for piece, each in zip(own[more:], said[more:], strict=False):
        _piece(one, number, piece, each, inside=False)


def _piece(one: Found, number: int, piece: Segment, said: dict[str, float], inside: bool) -> None:
    if piece.link is not None and (not one.links or one.links[-1][0] != piece.link):
        one.links.append((piece.link, piece.text, inside))
    if inside:
        return
    # The title is elsewhere: what is left is shared among the other labels.
    left = 1.0 - said.get("B", 0.0) - said.get("T", 0.0)
    label = max("AVYDWO", key=lambda each: said.get(each, 0.0))
    if label != "O" and left > 0.03 and said[label] / left > 0.4:
        one.pieces[label].append((number, piece))


def _title(page: features.Page, number: int, first: int, last: int) -> tuple[str, str]:
    own, text = page.segments[number], page.lines[number].text
    start, end = own[first].start, own[last].end
    tail = re.match(r"[?!？！]+|…", text[end:])
    end += len(tail[0]) if tail else 0
    source = text[start:end]
    source = _balanced(source, text, start, end)
    shown = inline.plain(_unmarked(source)).strip(_STRIP.replace("-", ""))
    shown = re.sub(r"\s*<br ?/?>\s*", " ", shown)
    shown = _NUMBERS.sub("", shown) if len(shown) > 6 else shown
    shown = shown.strip(" *_`~")
    if shown[:1] in '"“„«' and not any(sign in shown[1:-1] for sign in '"”“»'):
        shown = shown.strip('"“”„«»')
    title = mended(
        shown.rstrip("„«").lstrip("”»")
        if shown.count("“") == shown.count("”")
        else shown.strip('"“”„«»')
    )
    return (title or "", source)


def _balanced(source: str, text: str, start: int, end: int) -> str:
    """With the bracket that closes behind the title what opened within it."""
    for opening, closing in ("()", "（）", "“”"):
        if source.count(opening) > source.count(closing) and text[end : end + 1] == closing:
            return source + closing
        if source.count(opening) > source.count(closing):
            found = re.match(r"[^\w]{0,3}" + re.escape(closing), text[end:])
            if found:
                return source + found[0]
    for sign in "$―":
        if source.count(sign) % 2 and (
            found := re.match(r"[^\w\s]{0,3}?" + re.escape(sign), text[end:])
        ):
            return source + found[0]
    if source.count('"') % 2 and text[end : end + 1] == '"':
        return source + '"'
    if source.count('"') % 2 and text[start - 1 : start] == '"':
        return '"' + source
    if (
        source[:1] != "“"
        and source.count("”") > source.count("“")
        and text[start - 1 : start] == "“"
    ):
        return "“" + source
    return source


def _unmarked(source: str) -> str:
    """Without marks that open or close outside of it."""
    for mark in ("**", "__", "~~", "`", "[", "]"):
        if source.count(mark) % 2 or mark in "[]":
            if mark == "[" and source.count("[") == source.count("]"):
                continue
            if mark == "]" and source.count("[") == source.count("]"):
                continue
            source = source.replace(mark, "")
    return source


def heading(page: features.Page, number: int) -> str:
    """What a line calls the papers below it."""
    text = re.sub(r"<[^<>]*>|:[a-z_]+:", "", page.lines[number].content.rstrip("# "))
    shown = inline.plain(text).strip(" *_`")
    return re.sub(r"^[^\w(\[]+", "", shown).rstrip(":： ").strip()


def entry(one: Found, page: features.Page) -> dict[str, Any]:
    """The paper as the command prints it."""
    said: dict[str, Any] = {
        "title": one.title,
        "line": page.lines[one.number].number,
        "confidence": round(one.confidence, 3),
    }
    authors = _text(one, page, "A")
    if authors:
        said["authors"] = _AND_END.sub("", _EDGE.sub("", authors)).strip(_STRIP)
    venue = _first(one, page, "V")
    if venue:
        venue = re.sub(
            r"^(?:In:?|in:?|Proc\.? of|Proceedings of|In Proceedings of|In Proc\.? of)\s+",
            "",
            venue,
        )
        venue = re.sub(r"^(?:Proceedings of|Proc\.? of|Proc\.)\s+", "", venue)
        venue = re.sub(r"[\s,]*(?:vol\.?\s*\d.*|\d[\d\s.:()\-–—]*)$", "", venue)
        said["venue"] = _VENUE_END.sub("", venue)
    said["year"] = _year(one)
    said["date"] = _first(one, page, "D") or None
    said["presenters"] = _text(one, page, "W") or None
    said["url"] = _link(one)
    if one.box is not None:
        said["checked"] = one.box
    elif found := _TICK.search(page.lines[one.number].text[: one.start][-20:]):
        said["checked"] = found[0] not in "☐⬜" and found[0] != "[ ]"
    elif one.struck:
        said["checked"] = True
    text = " ".join(page.lines[number].text for number in one.lines)
    doi, arxiv = _numbers(said["url"] or "", one, text)
    said["doi"], said["arxiv"] = doi, arxiv
    return {name: value for name, value in said.items() if value not in (None, "")}


def _text(one: Found, page: features.Page, label: str) -> str:
    """The stretch from the first piece of that label to the last one that follows it."""
    pieces = one.pieces.get(label, [])
    if not pieces:
        return ""
    number = pieces[0][0]
    text = page.lines[number].text
    own = [piece for at, piece in pieces if at == number]
    start, end = own[0].start, own[0].end
    for before, piece in itertools.pairwise(own):
        if piece.start - before.end > 12 or piece.cell != before.cell:
            break
        end = piece.end
    if text[end : end + 1] == "." and (re.search(r"(?:^|[\s.-])\w$|al$", text[start:end])):
        end += 1
    shown = inline.plain(_unmarked(text[start:end]))
    return shown.strip(' *_`~"()[]').strip()


def _first(one: Found, page: features.Page, label: str) -> str:
    return _text(one, page, label)


def _year(one: Found) -> int | None:
    for _, piece in one.pieces.get("Y", ()):
        text = unicodedata.normalize(
            "NFKC",
            "".join(
                str(unicodedata.digit(sign, sign)) if sign.isdigit() else sign
                for sign in piece.text
            ),
        )
        if found := _YEAR.search(text):
            return int(found[0])
        if found := re.search(r"\d\d", text):
            short = int(found[0])
            return 2000 + short if short < 40 else 1900 + short
    return None


_RANK = {
    "arxiv": 5,
    "doi": 5,
    "paper": 5,
    "pdf": 4,
    "web": 3,
    "local": 2,
    "talk": 0,
    "code": 0,
    "badge": -1,
    "inpage": -1,
}
_NO = frozenset(
    "code github git repo implementation slides video videos poster talk tweet twitter blog demo dataset data supp supplementary homepage project website page notes note summary tutorial 代码".split()
)
_YES = frozenset(
    "pdf paper link arxiv doi html abs pub url 论文 链接 論文 논문 статья article openreview full text".split()
)


def _link(one: Found) -> str | None:
    """The address of the paper: that of its title, else the one whose host or label says so."""
    best, most = None, -1.0
    for at, (address, text, inside) in enumerate(one.links):
        kind = host(address)
        if kind in {"badge", "inpage"}:
            continue
        rank = _RANK[kind] - 0.01 * at
        words = set(re.findall(r"\w+", text.casefold()))
        rank += 4 if inside else 0
        rank -= 3 if words & _NO and not inside else 0
        rank += 1 if words & _YES else 0
        if rank > most and (rank > 1 or inside):
            best, most = address, rank
    return best


def _numbers(url: str, one: Found, text: str) -> tuple[str | None, str | None]:
    doi, arxiv = _doi(url), _arxiv(url)
    for address, label, _ in one.links:
        kind = host(address)
        if kind in {"arxiv", "doi"} or label.casefold() in {"doi", "arxiv"}:
            doi, arxiv = doi or _doi(address), arxiv or _arxiv(address)
    if not doi and (
        found := re.search(r"doi(?:\.org/|:)?\s*:?\s*(10\.\d{4,9}/[^\s|]+)", text, re.IGNORECASE)
    ):
        doi = _doi(found[1])
    if not arxiv and (
        found := re.search(
            r"arxiv:?\s*((?:\d{4}\.\d{4,5})|(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}))", text, re.IGNORECASE
        )
    ):
        arxiv = found[1]
    return doi, arxiv


def _arxiv(text: str) -> str | None:
    found = re.search(
        r"arxiv\.org/(?:abs|pdf|html)/([a-z.-]+/\d{7}|\d{4}\.\d{4,5})", text, re.IGNORECASE
    )
    return found[1] if found else None


def _doi(text: str) -> str | None:
    found = re.search(r"10\.\d{4,9}/[^\s?#]+", text)
    return (
        found[0].rstrip(".,;)")
        if found and found[0].count(")") > found[0].count("(")
        else found[0].rstrip(".,;")
        if found
        else None
    )
