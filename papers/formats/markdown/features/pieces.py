"""Features of pieces."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from papers.formats.markdown.features.page import Page, Runs
from papers.formats.markdown.features.texts import Features, Text, encoded, few, size
from papers.formats.markdown.pieces import Piece


def of_pieces(page: Page, number: int) -> list[Features]:
    """Return per piece of the line what it is like, and what the pieces around it are like."""
    line, own, texts = page.lines[number], page.pieces[number], page.texts[number]
    hosts, last = page.hosts[number], len(own) - 1
    kind = f"K{line.kind}"
    shared = _of_line(line.kind, line.level, line.tag, len(own))
    runs = page.runs.get(number) or page.runs.setdefault(number, _runs(own, texts))
    found = []
    for at, (one, text, of_run, rank, is_longest) in enumerate(zip(own, texts, *runs, strict=True)):
        features = [
            *_of_marks(one.kind, one.marks, one.before, one.after, kind),
            *_of_place(min(at, 5), min(last - at, 5), of_run, rank, is_longest),
            *_of_both(
                *(text.words[3], one.before[-1:], one.after[:1]),
                *(text.words[0], one.marks, min(at, 3)),
            ),
            *text.own,
            *shared,
        ]
        if one.link:
            features.append(_of_host(hosts[at]))
        if at:
            before = own[at - 1]
            features += texts[at - 1].before
            features += _beside("-", before.kind, before.run == one.run)
        else:
            features.append(b"-none")
        if at < last:
            after = own[at + 1]
            features += texts[at + 1].after
            features += _beside("+", after.kind, after.run == one.run)
        else:
            features.append(b"+none")
        if one.cell >= 0:
            features += page.of_cell(line, one.cell)
        found.append(features)
    return found


def _runs(own: Sequence[Piece], texts: Sequence[Text]) -> Runs:
    """Return per piece the size of its run, how many are longer, up to three, and whether none
    is."""
    of_run: dict[int, int] = defaultdict(int)
    for one, text in zip(own, texts, strict=True):
        of_run[one.run] += text.length
    lengths = [of_run[one.run] for one in own]
    ranks = [3] * len(own)
    longest = sorted(range(len(own)), key=lengths.__getitem__, reverse=True)
    for rank, at in enumerate(longest[:3]):
        ranks[at] = rank
    most = max(lengths, default=0)
    return [size(each) for each in lengths], ranks, [each == most for each in lengths]


@lru_cache(maxsize=4096)
def _of_line(kind: str, level: int, tag: str, count: int) -> Features:
    return _encoded(f"K{kind}{min(level, 3)}{tag}", f"N{few(count, 8)}")


# Most pieces share these, so they are kept: to make them anew takes most of the time and memory.


@lru_cache(maxsize=8192)
def _of_marks(kind: str, marks: str, before: str, after: str, of_line: str) -> Features:
    around = f"B{before[-1:]}A{after[:1]}"
    own = (f"t{kind}", f"m{marks}", f"B{before}", f"A{after}")
    return _encoded(*own, around, f"m{marks}|{of_line}")


@lru_cache(maxsize=8192)
def _of_place(at: int, left: int, run: str, rank: int, is_longest: bool) -> Features:
    first, last = few(at, 5), few(left, 5)
    return _encoded(f"p{first}", f"P{last}", f"r{run}", f"R{few(rank, 3)}", f"big{is_longest}")


@lru_cache(maxsize=16384)
def _of_both(shape: str, before: str, after: str, count: str, marks: str, at: int) -> Features:
    return _encoded(f"{shape}|B{before}|A{after}", f"{count}|m{marks}|p{few(at, 3)}")


@lru_cache(maxsize=64)
def _of_host(name: str) -> bytes:
    return encoded(f"l{name}")


@lru_cache(maxsize=64)
def _beside(name: str, kind: str, is_of_run: bool) -> Features:
    return _encoded(f"{name}t{kind}", f"{name}run{is_of_run}")


def _encoded(*features: str) -> Features:
    return [*map(encoded, features)]
