"""Features of a text alone: its script and length, shapes of words, names, venues, dates."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from papers.formats.markdown.lexicon import columns, people, venues
from papers.formats.markdown.lexicon import words as lexicon

# In UTF-8: the library that asks the models would otherwise encode each of them anew.
Features = list[bytes]

# fmt: off
_MONTH_NAMES = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
)
# fmt: on
_DATE = re.compile(
    rf"\b(?:{'|'.join(_MONTH_NAMES)})[a-z]{{0,6}}\b|\d月"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_LETTER = re.compile("[A-Za-z]")
_ASKING = frozenset("?？!")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+$|[A-ZÀ-Þ]{1,2}$")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&.]*[A-Z][A-Za-z]*s?$|[A-Z]{2,}$")
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
# What a line is told of its pieces, whichever of them it is.
HELD = ("venue", "venueword", "date", "label", "family")
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


@lru_cache(maxsize=16384)  # the same ones come again and again
def encoded(feature: str) -> bytes:
    """Return the feature as the models know it."""
    return feature.encode()


def _families() -> frozenset[str]:
    """Return the first signs of names in scripts without blanks."""
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


# What `host` says of places where papers are.
HOSTS_OF_PAPERS = frozenset({"arxiv", "doi", "paper", "pdf"})


def leads_to_paper(address: str | None) -> bool:
    return host(address or "") in HOSTS_OF_PAPERS


@lru_cache(maxsize=16384)
def host(address: str) -> str:
    """Return what kind of place an address leads to."""
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
    """Return what a column's name says that is in it, where it is a known one."""
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


class Text:
    """The features of a piece of text, in words and by what it is seen from: itself, the piece
    behind it, that before it, or its line, of which it is the first piece or the longest."""

    __slots__ = (
        *("after", "before", "first", "held", "length", "longest", "may_be_names", "own"),
        "words",
    )

    def __init__(self, words: Sequence[str], length: int) -> None:
        self.length = length
        self.words = words
        self.own, self.before, self.after, self.first, self.longest = (
            [encoded(prefix + each) for each in words] for prefix in ("", "-", "+", "1", "x")
        )
        self.held = frozenset(HELD).intersection(words)
        self.may_be_names = any(map(_may_be_names, words))


def _may_be_names(feature: str) -> bool:
    return feature in _SHAPES_OF_NAMES or feature.startswith("names")


class Seen:
    """The features of each text alone, wherever it is. `dropped` are words that the lexicons lack:
    by that a model learns to do without, as it must where a name or a venue is not known."""

    def __init__(self, dropped: Collection[str] = ()) -> None:
        self._names, self._families, self._venues = (
            known.difference(dropped) if dropped else known for known in (NAMES, FAMILIES, VENUES)
        )
        self._known: dict[str, Text] = {}
        # Many texts are seen alike.
        self._alike: dict[tuple[int, tuple[str, ...]], Text] = {}

    def of(self, text: str) -> Text:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._seen(text)
        return found

    def _seen(self, text: str) -> Text:
        words = length(text)
        own = tuple(self._of(text, words))
        found = self._alike.get((words, own))
        if found is None:
            found = self._alike[words, own] = Text(own, words)
        return found

    def _of(self, text: str, words: int) -> list[str]:
        writing = script(text)
        said = text.strip(_EDGES).split()
        lower = [*map(_lower, said)]
        folded = text.casefold()
        low = folded.strip(" .,:;*_`")
        function = sum(map(lexicon.FUNCTION_WORDS.__contains__, lower))
        return [
            f"w{size(words)}",
            f"s{writing}",
            f"f{few(function, 3)}",
            _shape(said, writing, text),
            *self._of_venues(low, lower, writing),
            *self._of_people(lower, writing, text),
            *_rest(low, lower, text, folded),
        ]

    def _of_venues(self, low: str, lower: Sequence[str], writing: str) -> Iterable[str]:
        if not lexicon.VENUE_WORDS.isdisjoint(lower) or (
            writing in _OTHER_THAN_LATIN and any(part in low for part in lexicon.PARTS_OF_VENUES)
        ):
            yield "venueword"
        if low in self._venues or (
            len(lower) <= 4 and any(len(word) > 2 and word in self._venues for word in lower)
        ):
            yield "venue"

    def _of_people(self, lower: Sequence[str], writing: str, text: str) -> Iterable[str]:
        if known := sum(map(self._names.__contains__, lower)):
            yield f"names{few(known, 3)}{'all' if known == len(lower) else ''}"
        is_short = writing in _EAST_ASIAN and len(text) <= 6
        if is_short and text[:1] in self._families:
            yield "family"


@lru_cache(maxsize=16384)
def _lower(word: str) -> str:
    return word.casefold().strip(".,:;()'\"")


def _shape(said: Sequence[str], writing: str, text: str) -> str:
    if writing in _EAST_ASIAN:
        return f"h{few(len(text), 6)}"
    if not said:
        return "h0"
    if len(said) > _LONGEST_SHAPE:
        capital = sum(word[0].isupper() for word in said)
        return f"hL{3 * capital // len(said)}"
    return "h" + _REPEATED.sub(r"\1\1+", "".join(_sign(word, writing) for word in said))


@lru_cache(maxsize=16384)
def _sign(word: str, writing: str) -> str:
    """Return the kind of a word, as one letter."""
    low = word.casefold()
    if low in lexicon.AND:
        return "&"
    if _INITIAL.match(word):
        return "i"
    if low.strip(".") in lexicon.FUNCTION_WORDS:
        return "f"
    if _ACRONYM.match(word):
        return "A"
    if word[0].isupper():
        return "C"
    return "9" if word[0].isdigit() else "r" if writing == "rtl" else "c"


def _rest(low: str, lower: Sequence[str], text: str, folded: str) -> Iterable[str]:
    yield from _of_words(low, lower)
    has_digit = any(map(str.isdigit, text))
    if (has_digit or any(map(folded.__contains__, _MONTH_NAMES))) and _DATE.search(text):
        yield "date"
    if has_digit:
        yield "digits" if _LETTER.search(text) else "number"
    if text.rstrip("*_`\"”' ")[-1:] in _ASKING:
        yield "asks"
    if _PLACEHOLDER.match(low):
        yield "place"


def _of_words(low: str, lower: Sequence[str]) -> Iterable[str]:
    labels = lexicon.LABELS
    if low in labels or (len(lower) <= 2 and any(word in labels for word in lower)):
        yield "label"
    if lower and lower[0] == "in":
        yield "in"
    if lower and lower[0] in lexicon.AND:
        yield "and"
    if any(word.startswith(("http", "www.")) for word in lower):
        yield "url"
