"""What the models see of a line and of a piece, as short texts.

A model weighs each such text by itself, so what is meant together is said in one. What they mean is
part of the models: after a change here these have to be trained anew.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import islice

from papers.formats.markdown import context, lines, pieces
from papers.formats.markdown.lexicon import columns, people, venues, words
from papers.formats.markdown.lines import Line
from papers.formats.markdown.pieces import Piece

Features = list[str]

_MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\b|\d月"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+$|[A-ZÀ-Þ]{1,2}$")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&.]*[A-Z][A-Za-z]*s?$|[A-Z]{2,}$")
_WORD = re.compile(r"\w+")
_PLACEHOLDER = re.compile(r"(?:tbd|tba|n/?a|none|no meeting|cancell?ed|-+|\?+)$", re.IGNORECASE)
_REPEATED = re.compile(r"(.)\1{2,}")
_EDGES = " .,:;!?*_`~'\"()[]{}"
_SIZES = (1, 2, 3, 5, 8, 12, 20, 40)
_NAMES_OF_SIZES = tuple(
    next(f"<{limit}" for limit in _SIZES if count <= limit) for count in range(_SIZES[-1] + 1)
)
_LONGEST_SHAPE = 6
_WITHOUT_BLANKS = {"han", "kana"}
_EAST_ASIAN = {"han", "kana", "hangul"}
_OTHER_THAN_LATIN = {*_EAST_ASIAN, "rtl", "cyr"}
_SCRIPTS = (
    *((0x4E00, 0x9FFF, "han"), (0x3040, 0x30FF, "kana"), (0xAC00, 0xD7AF, "hangul")),
    *((0x0590, 0x06FF, "rtl"), (0x0400, 0x052F, "cyr")),
)
_LATIN_UP_TO = 0x2FF
# Lines beyond these are left to the rules: no list has so many.
_MOST_LINES = 20_000
_LONGEST_RUN = 30
# Shapes of words that may be a person's name.
_SHAPES_OF_NAMES = {"hCC", "hiC", "hCi", "hC", "hi", "hCiC"}
# fmt: off
_HOSTS = (
    ("arxiv", ("arxiv.org",)), ("doi", ("doi.org", "/doi/")),
    ("paper", (
        "openreview.net", "aclanthology", "aclweb", "nips.cc", "neurips.cc", "mlr.press",
        "thecvf.com", "usenix.org", "sciencedirect", "springer", "ieeexplore", "acm.org",
        "nature.com", "ssrn.com", "semanticscholar", "jmlr.org", "biorxiv", "medrxiv",
        "hal.science", "plos", "wiley", "tandfonline", "jstor", "ncbi.nlm", "pnas", "aaai.org",
        "nber.org", "mdpi", "iacr.org", "researchgate",
    )),
    ("code", ("github.com", "gitlab", "bitbucket", "huggingface", "colab", "kaggle", "pypi")),
    ("talk", (
        "youtu", "vimeo", "slideshare", "x.com/", "twitter", "bilibili", "medium.com", "blog",
    )),
    ("badge", ("shields.io", "awesome.re", "badge")),
)
# fmt: on


def _families() -> frozenset[str]:
    """The first signs of names in scripts without blanks."""
    of = (people.NAMES[culture][1] for culture in sorted(people.GLUED))
    return frozenset(sign for names in of for sign in re.split(r"[,\s]+", names))


def _names() -> frozenset[str]:
    of = (both for culture, both in people.NAMES.items() if culture not in people.GLUED)
    return frozenset(
        word.casefold() for both in of for text in both for word in re.split(r"[,\s]+", text)
    )


NAMES, FAMILIES = _names(), _families()
VENUES = frozenset(
    name.casefold()
    for name in (
        *(*venues.CONFERENCES, *venues.LONG_CONFERENCES, *venues.JOURNALS),
        *(*venues.PREPRINTS, *venues.OTHERS),
    )
)
COLUMNS = {
    kind: frozenset(word.casefold() for names in of.values() for word in names)
    for kind, of in columns.NAMES.items()
}


@lru_cache(maxsize=16384)
def host(address: str) -> str:
    """What kind of place an address leads to."""
    low = address.casefold()
    if low.startswith("#"):
        return "inpage"
    for name, parts in _HOSTS:
        if any(part in low for part in parts):
            return name
    if low.partition("?")[0].endswith((".pdf", ".ps", ".ps.gz")):
        return "pdf"
    return "web" if low.startswith(("http", "www")) else "local"


@lru_cache(maxsize=1024)
def column(name: str) -> str:
    """What a column's name says that is in it, where it is a known one."""
    return next((kind for kind, names in COLUMNS.items() if name in names), "unknown")


def few(count: int, most: int = 4) -> str:
    return str(count) if count < most else f"{most}+"


def size(count: int) -> str:
    return _NAMES_OF_SIZES[count] if count < len(_NAMES_OF_SIZES) else "long"


def script(text: str) -> str:
    if text.isascii():
        return "lat"
    first = next((ord(sign) for sign in text if sign > "\u02ff" and sign.isalpha()), 0)
    if first <= _LATIN_UP_TO:
        return "lat"
    return next((name for start, end, name in _SCRIPTS if start <= first <= end), "oth")


def length(text: str) -> int:
    """Words; of scripts without blanks, pairs of signs."""
    return max(1, len(text) // 2) if script(text) in _WITHOUT_BLANKS else len(text.split())


class Seen:
    """What is seen of a text alone, wherever it is. `dropped` are words that the lexicons lack: by
    that a model learns to do without, as it must where a name or a venue is not known."""

    def __init__(self, dropped: Collection[str] = ()) -> None:
        self.dropped = dropped
        self._known: dict[str, Features] = {}
        self._prefixed: dict[tuple[str, str], Features] = {}

    def of(self, text: str) -> Features:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = [sys.intern(each) for each in self._of(text)]
        return found

    def prefixed(self, prefix: str, text: str) -> Features:
        found = self._prefixed.get((prefix, text))
        if found is None:
            found = [sys.intern(prefix + each) for each in self.of(text)]
            self._prefixed[prefix, text] = found
        return found

    def _of(self, text: str) -> Features:
        writing = script(text)
        said = text.strip(_EDGES).split()
        lower = [word.casefold().strip(".,:;()'\"") for word in said]
        low = text.casefold().strip(" .,:;*_`")
        function = sum(word in words.FUNCTION_WORDS for word in lower)
        return [
            f"w{size(length(text))}",
            f"s{writing}",
            f"f{few(function, 3)}",
            self._shape(said, writing, text),
            *self._venues(low, lower, writing),
            *self._people(lower, writing, text),
            *_rest(low, lower, text),
        ]

    def _venues(self, low: str, lower: Sequence[str], writing: str) -> Iterable[str]:
        if any(word in words.VENUE_WORDS for word in lower) or (
            writing in _OTHER_THAN_LATIN and any(part in low for part in words.PARTS_OF_VENUES)
        ):
            yield "venueword"
        if self._is_venue(low) or (
            len(lower) <= 4 and any(len(word) > 2 and self._is_venue(word) for word in lower)
        ):
            yield "venue"

    def _is_venue(self, name: str) -> bool:
        return name in VENUES and name not in self.dropped

    def _people(self, lower: Sequence[str], writing: str, text: str) -> Iterable[str]:
        known = sum(word.rstrip(".") in NAMES and word not in self.dropped for word in lower)
        if known:
            yield f"names{few(known, 3)}{'all' if known == len(lower) else ''}"
        first = text[:1]
        is_short = writing in _EAST_ASIAN and len(text) <= 6
        if is_short and first in FAMILIES and first not in self.dropped:
            yield "family"

    def _shape(self, said: Sequence[str], writing: str, text: str) -> str:
        if writing in _EAST_ASIAN:
            return f"h{few(len(text), 6)}"
        if not said:
            return "h0"
        if len(said) > _LONGEST_SHAPE:
            capital = sum(word[0].isupper() for word in said)
            return f"hL{3 * capital // len(said)}"
        return "h" + _REPEATED.sub(r"\1\1+", "".join(_sign(word, writing) for word in said))


def _sign(word: str, writing: str) -> str:
    """The kind of a word, as one letter."""
    low = word.casefold()
    if low in words.AND:
        return "&"
    if _INITIAL.match(word):
        return "i"
    if low.strip(".") in words.FUNCTION_WORDS:
        return "f"
    if _ACRONYM.match(word):
        return "A"
    if word[0].isupper():
        return "C"
    return "9" if word[0].isdigit() else "r" if writing == "rtl" else "c"


def _rest(low: str, lower: Sequence[str], text: str) -> Iterable[str]:
    yield from _of_words(low, lower)
    if _MONTHS.search(text):
        yield "date"
    if any(map(str.isdigit, text)):
        yield "digits" if any(sign.isascii() and sign.isalpha() for sign in text) else "number"
    if text.rstrip("*_`\"”' ")[-1:] in set("?？!"):
        yield "asks"
    if _PLACEHOLDER.match(low):
        yield "place"


def _of_words(low: str, lower: Sequence[str]) -> Iterable[str]:
    if low in words.LABELS or (len(lower) <= 2 and any(word in words.LABELS for word in lower)):
        yield "label"
    if lower and lower[0] == "in":
        yield "in"
    if lower and lower[0] in words.AND:
        yield "and"
    if any(word.startswith(("http", "www.")) for word in lower):
        yield "url"


class Page:
    """A text in lines and pieces, and what lines of one kind have in common."""

    def __init__(
        self, read: Sequence[Line], split: Sequence[list[Piece]], dropped: Collection[str] = ()
    ) -> None:
        self.lines, self.pieces, self.seen = read, split, Seen(dropped)
        self.groups = [_group(line) for line in read]
        self.sizes = Counter(self.groups)
        self.forms = [
            _form(group, own) for group, own in zip(self.groups, self.pieces, strict=True)
        ]
        self.alike = Counter(self.forms)
        self.columns = self._columns()
        self.hosts = [sorted({host(one.link) for one in own if one.link}) for own in split]
        self.sections = context.sections(read)
        self.context = context.of(read, split, self.hosts)
        # The indices of the lines that are asked about.
        self.numbers = list(islice(self._asked(), _MOST_LINES))

    @classmethod
    def of(cls, texts: Sequence[str], dropped: Collection[str] = ()) -> "Page":
        """The page of a text in lines."""
        read = lines.parse(texts)
        return cls(read, [pieces.split(line) for line in read], dropped)

    def slot(self, number: int, at: int) -> str:
        """The place of a piece among the lines that are written alike."""
        own = self.pieces[number]
        one = own[at]
        where = f"c{one.cell}" if one.cell >= 0 else few(at, 3)
        return f"{self.groups[number]}|{one.marks}|{where}|{one.before[-1:]}"

    def _asked(self) -> Iterable[int]:
        """The lines that are not blank; of a long run of such as hold nothing, the first ones."""
        run = 0
        for number, (line, own) in enumerate(zip(self.lines, self.pieces, strict=True)):
            if line.kind == "blank":
                continue
            run = 0 if own else run + 1
            if run <= _LONGEST_RUN:
                yield number

    def _columns(self) -> dict[tuple[int, int], Features]:
        """What is in each column of a table, whatever it is called."""
        cells: dict[tuple[int, int], list[list[Piece]]] = defaultdict(list)
        for line, own in zip(self.lines, self.pieces, strict=True):
            if line.kind == "row":
                of_cell: dict[int, list[Piece]] = defaultdict(list)
                for one in own:
                    of_cell[one.cell].append(one)
                for number in range(len(line.cells)):
                    cells[line.table, number].append(of_cell[number])
        found = {}
        sizes: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        for key, of_column in cells.items():
            wide = sum(length(one.text) for cell in of_column for one in cell) / len(of_column)
            found[key] = [f"cw{size(int(wide))}", *self._of_column(of_column)]
            sizes[key[0]].append((wide, key))
        for of_table in sizes.values():
            for rank, (_, key) in enumerate(sorted(of_table, reverse=True)):
                found[key].append(f"cr{few(rank, 3)}")
        return found

    def _of_column(self, cells: Sequence[Sequence[Piece]]) -> Iterable[str]:
        """Of how many cells something is true, in tenths."""
        told: Counter[str] = Counter()
        for cell in cells:
            kinds = {each for one in cell for each in self.seen.of(one.text)}
            told.update({kind for kind in ("venue", "date") if kind in kinds})
            told["names"] += any(kind.startswith("names") for kind in kinds)
            told["linked"] += any(one.link for one in cell)
            told["year"] += any(one.kind == "year" for one in cell)
            told["empty"] += not cell
        rows = len(cells)
        for name, letter in (
            *(("linked", "l"), ("year", "y"), ("names", "n")),
            *(("venue", "v"), ("date", "d"), ("empty", "e")),
        ):
            yield f"c{letter}{told[name] / rows:.1f}"
        yield f"cm{few(round(sum(map(len, cells)) / rows), 10)}"
        different = len({" ".join(one.text for one in cell) for cell in cells})
        yield f"cu{different / rows:.1f}"


def _group(line: Line) -> str:
    """Lines that are written alike: as items of one depth, rows of one table …"""
    if line.kind == "row":
        return f"row{line.table}"
    quoted = "q" if line.is_quoted else ""
    return f"{line.kind}{line.level}{line.mark}{min(line.indent, 6)}{line.tag}{quoted}"


def _form(group: str, own: Sequence[Piece]) -> str:
    """The marks of a line in their order."""
    return group + "".join(
        f"{one.before[-1:]}{'b' if one.is_bold else ''}{'i' if one.is_italic else ''}"
        f"{'l' if one.link else ''}{'Y' if one.kind != 'text' else ''}"
        for one in own[:6]
    )


def of_lines(page: Page, first: int = 0, stop: int | None = None) -> list[Features]:
    """Per line that is asked about what it is like, and what the lines around it are like.

    Of the lines of `page.numbers` from the first to before the stop.
    """
    numbers = page.numbers[max(0, first - 2) : None if stop is None else stop + 2]
    own = [_of_line(page, number) for number in numbers]
    shared = [[each for each in one if each[:2] in _SHARED] for one in own]
    begin = min(2, first)
    end = len(numbers) if stop is None else begin + min(stop, len(page.numbers)) - first
    found = []
    for at in range(begin, end):
        features = own[at].copy()
        for name, other in (("-", at - 1), ("+", at + 1), ("--", at - 2), ("++", at + 2)):
            if not 0 <= other < len(numbers):
                features.append(f"{name}none")
                continue
            line = page.lines[numbers[other]]
            depth = min(line.indent, 4)
            features.append(f"{name}{line.kind}{line.level}{line.tag}{depth}{line.mark[:1]}")
            if len(name) == 1:
                features += [name + each for each in shared[other]]
                is_same = page.groups[numbers[other]] == page.groups[numbers[at]]
                features.append(f"{name}same{is_same}")
        found.append(features)
    return found


# What is seen of the lines beside a line.
_SHARED = {"n:", "H:", "L:", "M:"}


def _of_line(page: Page, number: int) -> Features:
    line, own = page.lines[number], page.pieces[number]
    sizes = [length(one.text) for one in own]
    most, count = size(max(sizes, default=0)), len(own)
    found = [
        *(f"k{line.kind}{line.level}", f"kt{line.tag}", f"km{line.mark[:1]}"),
        *(f"i{min(line.indent, 4)}", f"box{line.box}", f"q{line.is_quoted}"),
        *(f"ab{line.is_after_blank}", f"bb{line.is_before_blank}"),
        *(f"n:{few(count, 6)}", f"W:{size(sum(sizes))}", f"L:{most}"),
        *(f"g{size(page.sizes[page.groups[number]])}", f"a{size(page.alike[page.forms[number]])}"),
        f"k{line.kind}|L:{most}|n:{few(count)}",
    ]
    found += [f"H:{name}" for name in page.hosts[number]] or ["H:none"]
    if own:
        found += _of_its_pieces(page, own, sizes)
    text = line.text.rstrip(" *_`")
    found.append(f"end{text[-1:] if text[-1:] in set(':.?!)]|>') else ''}")
    found += _of_section(line)
    found += page.context[number]
    return found


def _of_its_pieces(page: Page, own: Sequence[Piece], sizes: Sequence[int]) -> Iterable[str]:
    first, longest = own[0], max(range(len(own)), key=sizes.__getitem__)
    one = own[longest]
    yield from page.seen.prefixed("1", first.text)
    yield from page.seen.prefixed("x", one.text)
    yield f"M:{one.marks}"
    yield f"xat{few(longest)}"
    if one.link:
        yield f"xlink{host(one.link)}"
    seen = [page.seen.of(piece.text) for piece in own]
    kinds = {each for of in seen for each in of}
    for name in ("venue", "venueword", "date", "label", "family"):
        if name in kinds:
            yield f"has{name}"
    for name in ("year", "etal"):
        if any(piece.kind == name for piece in own):
            yield f"has{name}"
    named = sum(any(map(_may_be_names, of)) for of in seen)
    yield f"people{few(named)}"
    if first.after[:1] == ":" and sizes[0] <= 3:
        yield "labelled"
        if "label" in seen[0]:
            yield "labelledknown"


def _may_be_names(feature: str) -> bool:
    return feature in _SHAPES_OF_NAMES or feature.startswith("names")


def _of_section(line: Line) -> Iterable[str]:
    section = {word.casefold() for word in _WORD.findall(line.heading[:200])[:4]}
    if section & words.BESIDE_PAPERS:
        yield "noisy"
    if not line.heading:
        yield "unheaded"
    if line.kind == "heading":
        own = {word.casefold() for word in _WORD.findall(line.content[:200])}
        if own & words.BESIDE_PAPERS:
            yield "noisyself"


def of_pieces(page: Page, number: int) -> list[Features]:
    """Per piece of the line what it is like, and what the pieces around it are like."""
    line, own = page.lines[number], page.pieces[number]
    lengths: Counter[int] = Counter()
    for one in own:
        lengths[one.run] += length(one.text)
    ranks = sorted(range(len(own)), key=lambda at: -lengths[own[at].run])
    rank = {at: position for position, at in enumerate(ranks)}
    most = max(lengths.values(), default=0)
    kind = f"K{line.kind}"
    shared = [f"{kind}{min(line.level, 3)}{line.tag}", f"N{few(len(own), 8)}"]
    found = []
    for at, one in enumerate(own):
        said, of_run = page.seen.of(one.text), lengths[one.run]
        before, after = one.before[-1:], one.after[:1]
        features = [
            *_of_marks(one.kind, one.marks, one.before, one.after, kind),
            *_of_place(at, len(own) - at - 1, size(of_run), rank[at], of_run == most),
            *_of_both(said[3], before, after, said[0], one.marks, at),
        ]
        features += said
        features += shared
        if one.link:
            features.append(_of_host(one.link))
        features += _of_neighbours(page, own, at)
        if one.cell >= 0:
            features += _of_cell(page, line, one)
        found.append(features)
    return found


# Most pieces share these, so they are kept: to make them anew takes most of the time and memory.


@lru_cache(maxsize=8192)
def _of_marks(kind: str, marks: str, before: str, after: str, of_line: str) -> Features:
    around = f"B{before[-1:]}A{after[:1]}"
    return [f"t{kind}", f"m{marks}", f"B{before}", f"A{after}", around, f"m{marks}|{of_line}"]


@lru_cache(maxsize=8192)
def _of_place(at: int, left: int, run: str, rank: int, is_longest: bool) -> Features:
    first, last = few(at, 5), few(left, 5)
    return [f"p{first}", f"P{last}", f"r{run}", f"R{few(rank, 3)}", f"big{is_longest}"]


@lru_cache(maxsize=16384)
def _of_both(shape: str, before: str, after: str, count: str, marks: str, at: int) -> Features:
    return [f"{shape}|B{before}|A{after}", f"{count}|m{marks}|p{few(at, 3)}"]


@lru_cache(maxsize=16384)
def _of_host(address: str) -> str:
    return sys.intern(f"l{host(address)}")


@lru_cache(maxsize=64)
def _beside(name: str, kind: str, is_of_run: bool) -> Features:
    return [f"{name}t{kind}", f"{name}run{is_of_run}"]


def _of_neighbours(page: Page, own: Sequence[Piece], at: int) -> Features:
    features: Features = []
    for name, other in (("-", at - 1), ("+", at + 1)):
        if 0 <= other < len(own):
            features += page.seen.prefixed(name, own[other].text)
            features += _beside(name, own[other].kind, own[other].run == own[at].run)
        else:
            features.append("-none" if name == "-" else "+none")
    return features


def _of_cell(page: Page, line: Line, one: Piece) -> Features:
    name = line.header[one.cell].casefold() if one.cell < len(line.header) else None
    return [*page.columns.get((line.table, one.cell), ()), *_of_header(name, one.cell)]


@lru_cache(maxsize=4096)
def _of_header(name: str | None, cell: int) -> Features:
    place = f"cc{few(cell)}"
    return [place] if name is None else [f"ch{column(name)}", place]
