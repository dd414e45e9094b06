"""Invented people: given and family names of many languages and scripts, put together by chance,
and the ways in which lists write them."""

from dataclasses import dataclass
from random import Random

from papers.formats.markdown.lexicon.people import GLUED, NAMES, words_of

# fmt: off
_ORGANISATIONS = (
    "Open Hive Consortium", "The Meadow Collaboration", "Quillworks Research", "Team Larch",
    "Nordlab AI", "Working Group on Soil", "Tern Collaboration", "HiveMind Team", "Basalt Labs",
    "Lantern-AI", "Ministry of Lists", "World Honey Organization",
)
_AFFILIATIONS = (
    "Hive Lab", "UC Meadow", "Univ. of Larch", "Quillworks", "TU Nordheim", "ETH Basel", "Nordlab",
    "Lantern AI", "National Univ. of Tern", "Basalt Research", "MIT", "Tsinghua", "KAIST", "INRIA",
)
_LATIN = (
    "english", "english", "english", "german", "french", "spanish", "portuguese", "italian",
    "dutch", "nordic", "slavic", "turkic", "hungarian", "pinyin", "pinyin", "romaji",
    "korean latin", "indian", "persian and arabic latin", "vietnamese", "african", "hebrew latin",
    "russian latin",
)
_CULTURES = {
    "de": ("german", "german", "nordic"), "fr": ("french", "french", "italian"),
    "es": ("spanish",), "pt": ("portuguese", "portuguese", "spanish"), "it": ("italian",),
    "nl": ("dutch", "dutch", "german"), "sv": ("nordic",), "pl": ("slavic",), "tr": ("turkic",),
    "hu": ("hungarian",), "vi": ("vietnamese",), "ru": ("cyrillic",), "uk": ("cyrillic",),
    "el": ("greek",), "zh": ("chinese",), "zh-tw": ("traditional chinese",), "ja": ("japanese",),
    "ko": ("korean",), "ar": ("arabic",), "he": ("hebrew",), "hi": ("hindi",), "th": ("thai",),
}
_FAMILY_FIRST = GLUED | {"vietnamese"}
# Scripts without capitals, whose given names have no initials.
_NO_INITIALS = GLUED | {"arabic", "hebrew", "hindi", "thai"}
AND_OTHERS = {
    "en": ("et al.", "et al.", "et al.", "et al", "et. al.", "etal.", "and others", "..."),
    "de": ("et al.", "u. a.", "u.a."), "fr": ("et al.", "et coll."), "es": ("et al.", "y otros", "y cols."),
    "pt": ("et al.", "e outros"), "it": ("et al.", "e altri"), "nl": ("e.a.", "et al."),
    "sv": ("m.fl.", "et al."), "pl": ("i in.", "et al."), "tr": ("vd.", "ve ark."),
    "hu": ("és mtsai.", "et al."), "vi": ("và cộng sự", "et al."), "ru": ("и др.",), "uk": ("та ін.",),
    "el": ("κ.ά.", "et al."), "zh": (" 等", "等", "等人"), "zh-tw": ("等", "等人"), "ja": ("他", "ら", "ほか"),
    "ko": (" 외", " 등"), "ar": ("وآخرون",), "he": ("ואחרים",), "hi": ("आदि", "et al."), "th": ("และคณะ",),
}
_AND = {
    "en": "and", "de": "und", "fr": "et", "es": "y", "pt": "e", "it": "e", "nl": "en", "sv": "och",
    "pl": "i", "tr": "ve", "hu": "és", "vi": "và", "ru": "и", "uk": "і", "el": "και",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Person:
    given: str
    family: str
    culture: str

    @property
    def is_organisation(self) -> bool:
        return not self.given

    @property
    def full(self) -> str:
        if not self.given:
            return self.family
        if self.culture in _FAMILY_FIRST:
            glue = "" if self.culture in GLUED else " "
            return f"{self.family}{glue}{self.given}"
        return f"{self.given} {self.family}"

    @property
    def initials(self) -> str:
        if self.culture in _NO_INITIALS or not self.given:
            return ""
        return " ".join(f"{part[0]}." for part in self.given.replace("-", " ").split())

    @property
    def surname(self) -> str:
        """What the person is called in short: the whole name where the family's is one sign."""
        return self.full if self.culture in GLUED else self.family


def person(random: Random, language: str) -> Person:
    """Someone who may have written a paper in that language."""
    if random.random() < 0.01:
        return Person("", random.choice(_ORGANISATIONS), "organisation")
    culture = random.choice(_CULTURES.get(language, _LATIN))
    given, family = (words_of(names) for names in NAMES[culture])
    first = random.choice(given)
    if culture == "english" and random.random() < 0.2:
        first += f" {random.choice('ABCDEFGHJKLMNPRSTW')}."
    return Person(first, random.choice(family), culture)


def people(random: Random, language: str) -> tuple[Person, ...]:
    """The authors of a paper: mostly a few, now and then very many."""
    count = random.choices((1, 2, 3, 4, 5, 6, 8, 14), (20, 26, 20, 12, 8, 6, 5, 3))[0]
    found = {one.full: one for one in (person(random, language) for _ in range(count))}
    return tuple(found.values())


def first_name(random: Random, language: str) -> str:
    """A person as a group calls them: the presenter of a paper, who proposed it."""
    one = person(random, language)
    short = one.full if one.is_organisation or one.culture in GLUED else one.given.split()[0]
    return random.choice((short, short, one.full))


# The ways to write authors. Each takes them and the word for *and*.


def _in_full(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.full for one in them], f" {word} ")


def _in_full_with_commas(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(one.full for one in them)


def _in_full_oxford(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.full for one in them], f", {word} " if len(them) > 2 else f" {word} ")


def _initials_first(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(_short(one) for one in them)


def _initials_first_and(them: tuple[Person, ...], word: str) -> str:
    return _listed([_short(one) for one in them], f" {word} ")


def _apa(them: tuple[Person, ...], word: str) -> str:
    return _listed([_reversed(one) for one in them], ", & ")


def _harvard(them: tuple[Person, ...], word: str) -> str:
    return _listed([_reversed(one) for one in them], f" {word} ")


def _vancouver(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(
        f"{one.family} {one.initials.replace('. ', '').rstrip('.')}".strip() for one in them
    )


def _gost(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(f"{one.family} {one.initials}".strip() for one in them)


def _initials_behind(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(f"{one.family} {one.initials.replace(' ', '')}".strip() for one in them)


def _slashes(them: tuple[Person, ...], word: str) -> str:
    return " / ".join(_family_given(one) for one in them)


def _semicolons(them: tuple[Person, ...], word: str) -> str:
    return "; ".join(_family_given(one) for one in them)


def _bibtex(them: tuple[Person, ...], word: str) -> str:
    return " and ".join(_family_given(one) for one in them)


def _mla(them: tuple[Person, ...], word: str) -> str:
    names = [_family_given(them[0]), *(one.full for one in them[1:])]
    return _listed(names, f", {word} ")


def _surnames(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.surname for one in them], f" {word} ")


def _surnames_ampersand(them: tuple[Person, ...], word: str) -> str:
    return _listed([one.surname for one in them], " & ")


def _capitals(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(
        f"{one.family.upper()}, {one.given}" if one.given else one.family for one in them
    )


def _starred(them: tuple[Person, ...], word: str) -> str:
    return ", ".join(f"{one.full}{'*' if number < 2 else ''}" for number, one in enumerate(them))


def _ideographic(them: tuple[Person, ...], word: str) -> str:
    return "、".join(one.full for one in them)


def _full_width(them: tuple[Person, ...], word: str) -> str:
    return "，".join(one.full for one in them)


def _dots(them: tuple[Person, ...], word: str) -> str:
    return "・".join(one.full for one in them)


def _arabic_commas(them: tuple[Person, ...], word: str) -> str:
    return "، ".join(one.full for one in them)


WAYS = {
    "in full": _in_full,
    "in full, commas": _in_full_with_commas,
    "in full, oxford": _in_full_oxford,
    "initials first": _initials_first,
    "initials first, and": _initials_first_and,
    "apa": _apa,
    "harvard": _harvard,
    "vancouver": _vancouver,
    "initials behind": _initials_behind,
    "slashes": _slashes,
    "semicolons": _semicolons,
    "bibtex": _bibtex,
    "mla": _mla,
    "surnames": _surnames,
    "surnames, ampersand": _surnames_ampersand,
    "capitals": _capitals,
    "starred": _starred,
    "ideographic": _ideographic,
    "full width": _full_width,
    "dots": _dots,
    "arabic commas": _arabic_commas,
    # These say one name and that there are others.
    "surname et al": _surnames,
    "name et al": _in_full,
    "reversed et al": _harvard,
    # Of the habits alone.
    "gost": _gost,
}
_OF_SCRIPT = {
    "zh": ("ideographic", "full width", "in full, commas", "name et al"),
    "zh-tw": ("ideographic", "full width", "in full, commas", "name et al"),
    "ja": ("ideographic", "dots", "in full, commas", "full width", "name et al"),
    "ko": ("in full, commas", "name et al", "dots"),
    "ar": ("arabic commas", "in full, commas", "name et al", "surname et al"),
    "he": ("in full, commas", "surname et al", "surnames, ampersand"),
    "hi": ("in full, commas", "name et al"),
    "th": ("in full, commas", "name et al"),
}
_ANY = tuple(
    way
    for way in WAYS
    if way not in {"ideographic", "full width", "dots", "arabic commas", "starred", "gost"}
)


FULL = ("in full", "in full, oxford", "in full, commas", "name et al")

# Lists that people keep for themselves name people in short.
_SHORT = (
    "surnames",
    "surname et al",
    "surname et al",
    "surnames, ampersand",
    "surnames",
    "in full",
    "in full, commas",
    "name et al",
)


def ways(language: str) -> tuple[str, ...]:
    """The ways in which people are written in that language."""
    return _OF_SCRIPT.get(language, (*_ANY, "starred", *_SHORT))


def written(them: tuple[Person, ...], way: str, language: str, random: Random) -> str:
    """The authors as a list writes them."""
    word = _AND.get(language, "and")
    others = AND_OTHERS.get(language, AND_OTHERS["en"])
    if way.endswith("et al") and len(them) > 1:
        text = f"{WAYS[way](them[:1], word)}{_joined(random.choice(others))}"
    elif len(them) > random.choice((3, 6, 20)):
        text = f"{WAYS[way](them[:3], word)},{_joined(random.choice(others))}"
    elif way in {"surnames", "surnames, ampersand"} and len(them) > 2:
        text = f"{WAYS[way](them[:1], word)}{_joined(random.choice(others))}"
    else:
        text = WAYS[way](them, word)
    return text


def affiliation(random: Random) -> str:
    return random.choice(_AFFILIATIONS)


def _joined(others: str) -> str:
    return others if others[0] in " 等" else f" {others}"


def _listed(names: list[str], last: str) -> str:
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _short(one: Person) -> str:
    return f"{one.initials} {one.family}" if one.initials else one.full


def _reversed(one: Person) -> str:
    return f"{one.family}, {one.initials}" if one.initials else one.full


def _family_given(one: Person) -> str:
    return one.full if not one.given or one.culture in GLUED else f"{one.family}, {one.given}"
