"""Venues, which are facts: the names of conferences, journals and series, and the ways in which
lists write one with its year."""

from dataclasses import dataclass
from random import Random

from papers.formats.markdown.lexicon.venues import (
    CONFERENCES,
    JOURNALS,
    LONG_CONFERENCES,
    OTHERS,
    PREPRINTS,
)

# fmt: off
_WORKSHOPS = ("{} Workshop", "{} Workshops", "{}-W", "{}W", "Workshop @ {}", "{} Workshop on Bees", "Findings of {}")
_LOCAL = {
    "de": ("Informatik-Spektrum", "GI-Jahrestagung", "Zeitschrift für Soziologie", "Kursbuch"),
    "fr": ("Revue d'intelligence artificielle", "TALN", "Annales"), "es": ("Revista de Informática", "Procesamiento del Lenguaje Natural"),
    "pt": ("Revista Brasileira de Informática", "SBBD"), "it": ("Rivista di linguistica",), "nl": ("Tijdschrift voor Filosofie",),
    "sv": ("Historisk tidskrift",), "pl": ("Przegląd Statystyczny",), "tr": ("Bilişim Dergisi",), "hu": ("Magyar Tudomány",),
    "vi": ("Tạp chí Tin học",), "ru": ("Вестник МГУ", "Труды ИСП РАН", "Успехи математических наук", "Препринт"),
    "uk": ("Кібернетика", "Вісник КНУ"), "el": ("Τα Ιστορικά",),
    "zh": ("计算机学报", "软件学报", "自动化学报", "中国科学", "中文信息学报", "电子学报"), "zh-tw": ("資訊科技學報", "中國工程學刊"),
    "ja": ("情報処理学会論文誌", "人工知能学会誌", "言語処理学会", "電子情報通信学会"),
    "ko": ("정보과학회논문지", "한국컴퓨터종합학술대회", "정보처리학회지"),
    "ar": ("مجلة الحاسوب", "المجلة العربية للعلوم"), "he": ("כתב העת למדעי המחשב", "מחשבים"), "hi": ("विज्ञान प्रगति",), "th": ("วารสารคอมพิวเตอร์",),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Venue:
    name: str
    kind: str  # conference, journal, preprint, other

    def __bool__(self) -> bool:
        return bool(self.name)


def venue(random: Random, language: str) -> Venue:
    """Where a paper was published."""
    if language in _LOCAL and random.random() < 0.5:
        return Venue(random.choice(_LOCAL[language]), "journal")
    kind = random.choices(("conference", "journal", "preprint", "other"), (55, 25, 14, 6))[0]
    if kind == "conference":
        return Venue(_conference(random), kind)
    names = {"journal": JOURNALS, "preprint": PREPRINTS, "other": OTHERS}[kind]
    return Venue(random.choice(names), kind)


def _conference(random: Random) -> str:
    chance = random.random()
    name = random.choice(CONFERENCES)
    if chance < 0.1:
        return random.choice(LONG_CONFERENCES)
    if chance < 0.16:
        return random.choice(_WORKSHOPS).format(name)
    return name


# How a venue and a year are written together. V is the venue and Y the year, y its last two digits,
# N a number, P pages. The first are for any venue, the others for those of the kind.
SPELLINGS = {
    "any": (
        *("V Y", "V Y", "V Y", "V, Y", "V, Y", "V (Y)", "V Y.", "V-Y", "V. Y"),
        *("In V, Y", "In V Y", "V 'y", "V'y", "V ’y", "V y", "VY", "Y V", "Y, V"),
    ),
    "conference": (
        *("V Y", "V Y", "V'y", "V 'y", "V y", "V Y (Oral)", "V Y (Spotlight)", "V Y Best Paper"),
        *(
            "V Y, **best paper award**",
            "V Y Oral",
            "V Y from the hive group",
            "V-W Y",
            "V ’y",
            "V, Y, oral",
        ),
        *(
            "Proc. V Y",
            "Proc. of V, Y",
            "In Proceedings of V (Y)",
            "In: V (Y), pp. P",
            "V Y, pages P",
            "VY",
        ),
    ),
    "journal": (
        *("V Y", "V (Y)", "V, Y", "V N(N) (Y)", "V N.N (Y): P", "V N(N), P (Y)", "V N:P, Y"),
        *("V, vol. N, no. N, pp. P, Y", "V N, P (Y)", "V, N(N), P, Y", "V. Y;N(N):P"),
    ),
}
# Those which name no year.
YEARLESS = {
    "any": ("V", "V", "V", "In V", "V."),
    "conference": ("V", "V", "V", "In V", "In Proc. of V", "In Proceedings of V", "V (Oral)"),
    "journal": ("V", "V", "V, N(N), P", "V N(N)", "V N, P", "V, vol. N"),
}


def spelling(random: Random, kind: str, has_year: bool) -> str:
    """A way to write venues of that kind."""
    among = SPELLINGS if has_year else YEARLESS
    return random.choice(among[kind] if kind in among and random.random() < 0.5 else among["any"])
