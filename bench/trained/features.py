"""What the models see of a line and of a segment, as short texts."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache

from bench.grammar import people, venues
from bench.trained.lines import Line
from bench.trained.segments import Segment

_FUNCTION = frozenset(
    "the a an of for in on to and with from via by is are at as how why what do does can towards toward into "
    "der die das und ein eine für von zur zum über im mit le la les des du de et une un pour sur dans el los las y en "
    "del o da do os e il i per het een van och att і и в на о с для".split()
)
_LABELS = frozenset(
    "pdf paper papers link links code html web arxiv doi pub abs url slides slide video videos project page website homepage blog bib bibtex poster "
    "supp supplementary demo dataset data github git notes note summary talk tweet twitter tutorial here text full poster openreview repo implementation "
    "readings reading title author authors venue year date presenter speaker source published abstract motivation comments comment tl;dr "
    "论文 链接 代码 原文 作者 标题 論文 連結 著者 리뷰 논문 링크 저자 статья ссылка код автор авторы artikel volltext autor autoren titel article lien auteurs titre "
    "artículo enlace autores título".split()
)
_VENUE_WORDS = frozenset(
    "conference conf journal proceedings proc transactions trans workshop workshops review letters symposium press arxiv preprint annals bulletin magazine "
    "corr biorxiv medrxiv ssrn thesis report findings university lecture international ieee acm usenix springer elsevier wiley nature science "
    "acta archives quarterly advances communications society research zeitschrift revue revista rivista tidskrift journal's "
    "журнал вестник труды вісник 学报 学会 論文誌 大会 会议 期刊 학회 학회지 논문지 مجلة كتب".split()
)
_NOISE_WORDS = frozenset(
    "contents toc content news update updates changelog contributing contribute license licence tools toolboxes software libraries datasets data related resources links "
    "people maintainers contributors members acknowledgements acknowledgments citation cite reference quiz questions slides lectures material grading rules faq structure files "
    "inside table about schedule rubric 目录 更新 贡献 致谢 inhalt lizenz".split()
)
_MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b|\d月|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"^(?:[^\W\d_]\.-?)+$|^[A-ZÀ-Þ]{1,2}$")
_AND = frozenset("and & und et y e en och i ve és và и та і και with".split())
_ACRONYM = re.compile(r"^[A-Z][A-Za-z&.]*[A-Z][A-Za-z]*s?$|^[A-Z]{2,}$")
_WORD = re.compile(r"\w+", re.UNICODE)
_PLACE = re.compile(r"^(?:tbd|tba|n/?a|none|no meeting|cancell?ed|-+|\?+)$", re.IGNORECASE)


def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    names: set[str] = set()
    for culture, (given, family) in people._NAMES.items():
        if culture not in people._GLUED:
            names |= {
                word.casefold() for text in (given, family) for word in re.split(r"[,\s]+", text)
            }
    signs = {
        sign
        for culture in ("chinese", "traditional chinese", "japanese", "korean")
        for sign in re.split(r"[,\s]+", people._NAMES[culture][1])
    }
    return frozenset(names), frozenset(signs)


_NAMES, _FAMILY_SIGNS = _lexicon()
_VENUES = frozenset(
    name.casefold()
    for name in (
        *venues._CONFERENCES,
        *venues._LONG_CONFERENCES,
        *venues._JOURNALS,
        *venues._PREPRINTS,
        *venues._OTHERS,
    )
)
_HOSTS = (
    ("arxiv", ("arxiv.org",)), ("doi", ("doi.org", "/doi/")),
    ("paper", ("openreview.net", "aclanthology", "aclweb", "nips.cc", "neurips.cc", "mlr.press", "thecvf.com", "usenix.org", "sciencedirect", "springer", "ieeexplore", "acm.org",
               "nature.com", "ssrn.com", "semanticscholar", "jmlr.org", "biorxiv", "medrxiv", "hal.science", "plos", "wiley", "tandfonline", "jstor", "ncbi.nlm", "pnas", "aaai.org", "nber.org", "mdpi", "iacr.org", "researchgate")),
    ("code", ("github.com", "gitlab", "bitbucket", "huggingface", "colab", "kaggle", "pypi")), ("talk", ("youtu", "vimeo", "slideshare", "x.com/", "twitter", "bilibili", "medium.com", "blog")),
    ("badge", ("shields.io", "awesome.re", "badge")),
)  # fmt: skip


@lru_cache(maxsize=65536)
def host(address: str) -> str:
    low = address.casefold()
    if low.startswith("#"):
        return "inpage"
    for name, parts in _HOSTS:
        if any(part in low for part in parts):
            return name
    if low.split("?")[0].endswith((".pdf", ".ps", ".ps.gz")):
        return "pdf"
    if not low.startswith(("http", "www")):
        return "local"
    return "web"


def few(count: int, most: int = 4) -> str:
    return str(count) if count < most else f"{most}+"


def size(count: int) -> str:
    for limit in (1, 2, 3, 5, 8, 12, 20, 40):
        if count <= limit:
            return f"<{limit}"
    return "long"


@lru_cache(maxsize=32768)
def script(text: str) -> str:
    if text.isascii():
        return "lat"
    for sign in text:
        code = ord(sign)
        if code > 0x2FF and sign.isalpha():
            if 0x4E00 <= code <= 0x9FFF:
                return "han"
            if 0x3040 <= code <= 0x30FF:
                return "kana"
            if 0xAC00 <= code <= 0xD7AF:
                return "hangul"
            if 0x0590 <= code <= 0x06FF:
                return "rtl"
            if 0x0400 <= code <= 0x052F:
                return "cyr"
            return "oth"
    return "lat"


def length(text: str, writing: str) -> int:
    """Words; of scripts without blanks, pairs of signs."""
    return max(1, len(text) // 2) if writing in {"han", "kana"} else len(text.split())


class Seen:
    """What is seen of a text alone, wherever it is. `dropped` are words that the lexicons lack,
    so that a model learns to do without: outside, few names are known."""

    def __init__(self, dropped: Collection[str] = ()) -> None:
        self.dropped = dropped
        self.known: dict[str, list[str]] = {}

    def of(self, text: str) -> list[str]:
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self._of(text)
        return found

    def _of(self, text: str) -> list[str]:
        writing = script(text)
        words = text.strip(" .,:;!?*_`~'\"()[]{}").split()
        count = length(text, writing)
        low = text.casefold().strip(" .,:;*_`")
        found = [f"w{size(count)}", f"s{writing}"]
        lower = [word.casefold().strip(".,:;()'\"") for word in words]
        function = sum(word in _FUNCTION for word in lower)
        found.append(f"f{few(function, 3)}")
        found.append(self.shape(words, writing, text))
        if low in _LABELS or (len(lower) <= 2 and any(word in _LABELS for word in lower)):
            found.append("label")
        if any(word in _VENUE_WORDS for word in lower) or (
            writing in {"han", "kana", "hangul", "rtl", "cyr"}
            and any(
                word in low
                for word in (
                    "学报",
                    "学会",
                    "論文誌",
                    "학회",
                    "논문지",
                    "مجلة",
                    "журнал",
                    "вестник",
                    "труды",
                )
            )
        ):
            found.append("venueword")
        if self._is_venue(low, lower):
            found.append("venue")
        if lower and lower[0] in {"in", "in:"}:
            found.append("in")
        if any(word in _AND for word in lower[:1]):
            found.append("and")
        known = [word for word in lower if word.rstrip(".") in _NAMES and word not in self.dropped]
        if known:
            found.append(f"names{few(len(known), 3)}{'all' if len(known) == len(lower) else ''}")
        if (
            writing in {"han", "hangul", "kana"}
            and text[:1] in _FAMILY_SIGNS
            and len(text) <= 6
            and text[:1] not in self.dropped
        ):
            found.append("family")
        if _MONTHS.search(text):
            found.append("date")
        if any(sign.isdigit() for sign in text):
            found.append("digits" if re.search(r"[A-Za-z]", text) else "number")
        last = text.rstrip("*_`\"”' ")[-1:]
        if last in "?？!":
            found.append("asks")
        if any(word.startswith(("http", "www.")) for word in lower):
            found.append("url")
        if _PLACE.match(low):
            found.append("place")
        return found

    def _is_venue(self, low: str, lower: Sequence[str]) -> bool:
        if low in _VENUES and low not in self.dropped:
            return True
        return len(lower) <= 4 and any(
            word in _VENUES and word not in self.dropped and len(word) > 2 for word in lower
        )

    def shape(self, words: Sequence[str], writing: str, text: str) -> str:
        if writing in {"han", "kana", "hangul"}:
            return f"h{few(len(text), 6)}"
        if not words:
            return "h0"
        if len(words) > 6:
            capital = sum(word[0].isupper() for word in words)
            return f"hL{3 * capital // len(words)}"
        shape = ""
        for word in words:
            if word.casefold() in _AND:
                shape += "&"
            elif _INITIAL.match(word):
                shape += "i"
            elif word.casefold().strip(".") in _FUNCTION:
                shape += "f"
            elif _ACRONYM.match(word):
                shape += "A"
            elif word[0].isupper():
                shape += "C"
            elif word[0].isdigit():
                shape += "9"
            elif writing == "rtl":
                shape += "r"
            else:
                shape += "c"
        return "h" + re.sub(r"(.)\1{2,}", r"\1\1+", shape)


class Page:
    """A text in lines and segments, and what lines of one kind have in common."""

    def __init__(
        self, lines: Sequence[Line], segments: Sequence[list[Segment]], seen: Seen
    ) -> None:
        self.lines, self.segments, self.seen = lines, segments, seen
        self.groups = [group(line) for line in lines]
        self.sizes = Counter(self.groups)
        self.forms = [form(line, own) for line, own in zip(lines, segments, strict=True)]
        self.alike = Counter(self.forms)
        self.columns = self._columns()
        self.labels: dict[int, str] = {}  # what the models take for headings, by line
        self.hosts = [sorted({host(one.link) for one in own if one.link}) for own in segments]

    def _columns(self) -> dict[tuple[int, int], list[str]]:
        """What is in the columns of tables, whatever they are called."""
        cells: dict[tuple[int, int], list[list[Segment]]] = defaultdict(list)
        for line, own in zip(self.lines, self.segments, strict=True):
            if line.kind == "row":
                for number in range(len(line.cells)):
                    cells[line.table, number].append([one for one in own if one.cell == number])
        found = {}
        totals: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        for key, column in cells.items():
            rows = max(1, len(column))
            share = lambda test: sum(1 for cell in column if any(map(test, cell))) / rows  # noqa: B023, E731
            words = (
                sum(length(one.text, script(one.text)) for cell in column for one in cell) / rows
            )
            of = lambda name: share(lambda one: name in self.seen.of(one.text))  # noqa: B023, E731
            found[key] = [
                f"cw{size(int(words))}", f"cl{share(lambda one: bool(one.link)):.1f}", f"cy{share(lambda one: one.kind == 'year'):.1f}", f"cn{of('names1') + of('names1all') + of('names2all'):.1f}"[:5],
                f"cv{of('venue'):.1f}", f"cd{of('date'):.1f}", f"ce{sum(1 for cell in column if not cell) / rows:.1f}", f"cm{sum(map(len, column)) / rows:.0f}"[:4],
                f"cu{len({' '.join(one.text for one in cell) for cell in column}) / rows:.1f}",
            ]  # fmt: skip
            totals[key[0]].append((words, key))
        for columns in totals.values():
            for rank, (_, key) in enumerate(sorted(columns, reverse=True)):
                found[key].append(f"cr{few(rank, 3)}")
        return found


def group(line: Line) -> str:
    """Lines that are written alike: as items of one depth, rows of one table …"""
    if line.kind == "row":
        return f"row{line.table}"
    depth = min(line.indent, 6)
    return f"{line.kind}{line.level}{line.mark}{depth}{line.tag}{'q' if line.quoted else ''}"


def form(line: Line, own: Sequence[Segment]) -> str:
    """The marks of a line in their order."""
    return group(line) + "".join(
        f"{one.before[-1:]}{'b' if one.bold else ''}{'i' if one.italic else ''}{'l' if one.link else ''}{'Y' if one.kind != 'text' else ''}"
        for one in own[:6]
    )


def of_lines(page: Page, told: Sequence[Sequence[str]] | None = None) -> list[list[str]]:
    """Per line what it is like, and what the lines around it are like."""
    own = [_of_line(page, number) for number in range(len(page.lines))]
    found = []
    real = [n for n, line in enumerate(page.lines) if line.kind != "blank"]
    order = {n: at for at, n in enumerate(real)}
    for number in real:
        at = order[number]
        features = list(own[number])
        for name, other in (("-", at - 1), ("+", at + 1), ("--", at - 2), ("++", at + 2)):
            if 0 <= other < len(real):
                line = page.lines[real[other]]
                features.append(
                    f"{name}{line.kind}{line.level}{line.tag}{min(line.indent, 4)}{line.mark[:1]}"
                )
                if len(name) == 1:
                    features += [
                        f"{name}{each}"
                        for each in own[real[other]]
                        if each[:2] in {"n:", "H:", "L:", "M:"}
                    ]
                    features.append(f"{name}same{page.groups[real[other]] == page.groups[number]}")
            else:
                features.append(f"{name}none")
        if told:
            features += told[number]
        found.append(features)
    return found


def real_lines(page: Page) -> list[int]:
    return [number for number, line in enumerate(page.lines) if line.kind != "blank"]


def _of_line(page: Page, number: int) -> list[str]:
    line, own = page.lines[number], page.segments[number]
    if line.kind == "blank":
        return []
    first = own[0].text if own else ""
    words = [length(one.text, script(one.text)) for one in own]
    longest = max(range(len(own)), key=words.__getitem__) if own else -1
    found = [
        f"k{line.kind}{line.level}", f"kt{line.tag}", f"km{line.mark[:1]}", f"i{min(line.indent, 4)}", f"box{line.box}", f"q{line.quoted}", f"ab{line.is_after_blank}", f"bb{line.is_before_blank}",
        f"n:{few(len(own), 6)}", f"W:{size(sum(words))}", f"L:{size(max(words, default=0))}", f"g{size(page.sizes[page.groups[number]])}", f"a{size(page.alike[page.forms[number]])}",
        f"k{line.kind}|L:{size(max(words, default=0))}|n:{few(len(own), 4)}",
    ]  # fmt: skip
    found += [f"H:{name}" for name in page.hosts[number]]
    if not page.hosts[number]:
        found.append("H:none")
    if own:
        found += [f"1{each}" for each in page.seen.of(first)]
        found += [f"x{each}" for each in page.seen.of(own[longest].text)]
        one = own[longest]
        found.append(
            f"M:{'b' if one.bold else ''}{'i' if one.italic else ''}{'q' if one.quote else ''}{'l' if one.link else ''}{'c' if one.code else ''}{'s' if one.strike else ''}{one.bracket}"
        )
        found.append(f"xat{few(longest)}")
        if one.link:
            found.append(f"xlink{host(one.link)}")
        kinds = {each for piece in own for each in page.seen.of(piece.text)}
        for name in ("venue", "venueword", "date", "label", "family"):
            if name in kinds:
                found.append(f"has{name}")
        if any(piece.kind == "year" for piece in own):
            found.append("hasyear")
        if any(piece.kind == "etal" for piece in own):
            found.append("hasetal")
        named = sum(
            1
            for piece in own
            if any(
                each.startswith("names") or each in {"hCC", "hiC", "hCi", "hC", "hi", "hCiC"}
                for each in page.seen.of(piece.text)
            )
        )
        found.append(f"people{few(named)}")
        if own[0].after[:1] == ":" and words[0] <= 3:
            found.append("labelled")
            if "label" in page.seen.of(first):
                found.append("labelledknown")
    text = line.text.rstrip(" *_`")
    found.append(f"end{text[-1:] if text[-1:] in ':.?!)]|>' else ''}")
    section = {word.casefold() for word in _WORD.findall(line.heading)[:4]}
    if section & _NOISE_WORDS and len(section) <= 4:
        found.append("noisy")
    if (
        line.kind == "heading"
        and {word.casefold() for word in _WORD.findall(line.content)} & _NOISE_WORDS
    ):
        found.append("noisyself")
    if not line.heading:
        found.append("unheaded")
    return found


def of_segments(
    page: Page,
    number: int,
    told: Sequence[str] = (),
    slots: "Sequence[Sequence[str]] | None" = None,
) -> list[list[str]]:
    """Per piece of the line what it is like. `told` is what is known of the line, `slots` of the
    pieces that have its place in other lines."""
    line, own = page.lines[number], page.segments[number]
    words = [length(one.text, script(one.text)) for one in own]
    runs: dict[int, int] = defaultdict(int)
    for one, count in zip(own, words, strict=True):
        runs[one.run] += count
    ranks = sorted(range(len(own)), key=lambda at: -runs[own[at].run])
    rank = {at: position for position, at in enumerate(ranks)}
    most = max(runs.values(), default=0)
    shared = [f"K{line.kind}{min(line.level, 3)}{line.tag}", f"N{few(len(own), 8)}", *told]
    found = []
    seen = [page.seen.of(one.text) for one in own]
    for at, one in enumerate(own):
        marks = f"{'b' if one.bold else ''}{'i' if one.italic else ''}{'q' if one.quote else ''}{'c' if one.code else ''}{'s' if one.strike else ''}{'l' if one.link else ''}{one.bracket}"
        features = [
            f"t{one.kind}", f"m{marks}", f"B{one.before}", f"A{one.after}", f"B{one.before[-1:]}A{one.after[:1]}", f"p{few(at, 5)}", f"P{few(len(own) - at - 1, 5)}",
            f"r{size(runs[one.run])}", f"R{few(rank[at], 3)}", f"big{runs[one.run] == most}", f"m{marks}|K{line.kind}", *seen[at], *shared,
        ]  # fmt: skip
        if one.link:
            features.append(f"l{host(one.link)}")
        for name, other in (("-", at - 1), ("+", at + 1)):
            if 0 <= other < len(own):
                features += [f"{name}{each}" for each in seen[other]]
                features.append(f"{name}t{own[other].kind}")
                features.append(f"{name}run{own[other].run == one.run}")
            else:
                features.append(f"{name}none")
        features.append(f"{seen[at][3]}|B{one.before[-1:]}|A{one.after[:1]}")
        features.append(f"{seen[at][0]}|m{marks}|p{few(at, 3)}")
        if one.cell >= 0:
            features += page.columns.get((line.table, one.cell), ())
            if one.cell < len(line.header):
                name = line.header[one.cell].casefold()
                features.append(f"ch{header(name)}")
            features.append(f"cc{few(one.cell, 4)}")
        if slots:
            features += slots[at]
        found.append(features)
    return found


@lru_cache(maxsize=4096)
def header(name: str) -> str:
    """What a column's name says that is in it, where it is a known one."""
    for kind, words in _HEADERS.items():
        if name in words:
            return kind
    return "unknown"


def _headers() -> dict[str, frozenset[str]]:
    from bench.grammar.words import NAMES

    return {
        kind: frozenset(word.casefold() for words in of.values() for word in words)
        for kind, of in NAMES.items()
    }


_HEADERS = _headers()


def slot(line: Line, one: Segment, at: int, count: int) -> str:
    """The place of a piece among the lines that are written alike."""
    marks = (
        f"{one.bold:d}{one.italic:d}{one.quote:d}{one.link is not None:d}{one.code:d}{one.bracket}"
    )
    where = f"c{one.cell}" if one.cell >= 0 else few(at, 3)
    return f"{group(line)}|{marks}|{where}|{one.before[-1:]}"
