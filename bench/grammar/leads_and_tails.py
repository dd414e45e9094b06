"""What a line has before its paper and behind it: numbers, days, notes, who presents it."""

from random import Random

from bench.grammar import people, prose, titles
from bench.grammar.records import Record, slug
from bench.grammar.sheet import Run, Span, plain
from bench.grammar.styles import Style

# fmt: off
_PRAISE = ("Outstanding Work", "Overview", "best of its year", "must read", "step towards the hive", "Milestone, shows the promise of bees", "most cited method of its kind")
_NOTES = {
    "en": ("worth it for section 3", "classic", "see also the talk", "skim", "introduces the main idea", "good overview of the field", "long but fun", "Concepts", "read this first"),
    "de": ("lesenswert", "nur Abschnitt 3", "Klassiker"), "fr": ("à lire en premier", "un classique"), "es": ("un clásico", "leer primero"),
    "zh": ("经典论文", "先读这篇", "很好的综述"), "zh-tw": ("經典論文",), "ja": ("必読", "古典", "第3節のみ"), "ko": ("필독", "고전"), "ru": ("классика", "читать первой"),
    "ar": ("مهم",), "he": ("חובה",),
}
# What is said around a linked title: that it is explained, discussed, in two parts.
_WORDS_BEFORE = {
    "en": ("Discussion of ", "Paper walkthrough: ", "Review of ", "Deep dive into ", "We read ", "Talk on "), "zh": ("零基础多图详解 ", "精读 ", "重读奠基作之一：", "论文分享：", "解读"), "zh-tw": ("導讀：",),
    "ja": ("論文紹介：", "輪読："), "ko": ("논문 리뷰: ",), "de": ("Diskussion: ",), "ru": ("Разбор: ",), "fr": ("Discussion de ",),
}
_WORDS_BEHIND = {
    "en": (" explained", " (part 1)", " walkthrough", " - discussion", " in detail", " (continued)"), "zh": (" 论文逐段精读", " 详解", "（上）", "（下）", " 逐段精读<br>", "论文解读"), "zh-tw": (" 導讀",),
    "ja": (" 輪読", "（前半）"), "ko": (" 리뷰", " (1부)"), "de": (" (Teil 1)",), "ru": (" (часть 1)",), "fr": (" (suite)",),
}
_BEFORE_PAPERS = ("Paper: ", "Reading: ", "Main paper: ", "**Paper:** ", "**Required:** ", "*Optional:* ", "(optional) ", "**Primary** ",
                  "**Paper {}:** ", "Paper {}: ", "Text: ", "Text {}: ", "Reading {}: ", "**Reading {}**: ", "Article: ", "*Reading*: ")
_PRESENTS = (" presents ", " on ", " will present ", " talks about ", " leads ", " discusses ")
_STOPS_WIDE = {"zh", "zh-tw", "ja"}
_EMOJI = ("📄", "🔥", "📖", "📝", "⭐", "🐝", "👉", "📌")
_SHORTCODES = (":scroll:", ":page_facing_up:", ":fire:", ":star:", ":books:", ":white_check_mark:")
# fmt: on


def lead(random: Random, how: Style, number: int) -> Run:
    """What is before the paper and not part of its title."""
    kind = how.lead
    day = f"{random.randint(2018, 2025)}/{random.randint(1, 12):02}"
    texts = {
        "number": f"[{number}] ", "bold number": f"**[{number}]** ", "shortcode": f"{_of(_SHORTCODES, how)} ", "emoji": f"{_of(_EMOJI, how)} ",
        "date in bold": f"**{day}** ", "code label": f"`{random.choice(('by hand', 'theory', 'slow', 'classic'))}`: ", "star": "⭐ " if random.random() < 0.3 else "", "tag": f"[{random.choice(('Survey', 'Theory', 'Must-read', 'Method'))}] ",
        "label": _of(_BEFORE_PAPERS, how).format(number), "month": f"({random.choice(('Jan', 'Mar', 'Sep'))} {random.randint(2018, 2025)}) ",
    }  # fmt: skip
    if kind == "words":
        return _words(random, how, _WORDS_BEFORE)
    if kind in {"presents", "day and presents"}:
        return _presents(random, how, day if kind != "presents" else "")
    if kind == "date":
        return (Span("["), Span(day, "date"), Span("] "))
    if kind == "presenter":
        name = people.first_name(random, how.surroundings)
        return (Span("("), Span(name, "presenters"), Span(") "))
    return plain(texts.get(kind, ""))


def _presents(random: Random, how: Style, day: str) -> Run:
    """Who presents the paper, where its marks or its link tell its title from that."""
    if how.order[0] != "T" or (how.link != "title" and how.title_mark in {"plain", "struck"}):
        return ()
    name = people.first_name(random, how.surroundings)
    dated: Run = (Span(day, "date"), Span(": ")) if day else ()
    return (*dated, Span(name, "presenters"), Span(_of(_PRESENTS, how)))


def _words(random: Random, how: Style, among: dict[str, tuple[str, ...]]) -> Run:
    """Words around a title, where it is a link and so differs from them."""
    if how.link != "title":
        return ()
    return plain(random.choice(among.get(how.surroundings, among["en"])))


def tail(random: Random, how: Style, one: Record) -> Run:
    """What is behind the paper: a note, a mark or who presents it."""
    if random.random() < 0.3:
        return ()
    note = random.choice(_NOTES.get(how.surroundings, _NOTES["en"]))
    badge = f"[![Star](https://img.shields.io/github/stars/n/{slug(one.title)}.svg)](https://github.com/n/{slug(one.title)})"
    texts = {
        "note": f" - {note}", "prose": f": {prose.paragraph(random, how.surroundings)}", "optional": " (optional)", "code tag": f" `{random.choice(('theory', 'qnn', 'bees', 'survey'))}`",
        "stars": " " + "⭐" * random.randint(1, 5), "shortcodes": " " + ":star:" * random.randint(1, 3), "badges": f" {badge}", "reading": " -- *reading this now*",
        "word": f" - {titles.topic(random)}", "pages": f" ({random.randint(4, 40)} pages)", "languages": " (in English)", "organisation": f" ({people.affiliation(random)})", "count": f" [{random.randint(2, 900)} :fire:]",
        "nickname": f" **({titles.word(random, 'acronym')})**", "praise": f" **({random.choice(_PRAISE)})** " + ":star:" * random.randint(1, 5),
        "break and prose": f"<br>{prose.paragraph(random, how.surroundings)}", "places": f", {people.affiliation(random)}", "stop and prose": f"{'。' if how.surroundings in _STOPS_WIDE else '. '}{prose.paragraph(random, how.surroundings)}",
    }  # fmt: skip
    if how.tail == "words":
        return _words(random, how, _WORDS_BEHIND)
    if how.tail == "presenter":
        return (
            Span(" (presented by "),
            Span(people.first_name(random, how.surroundings), "presenters"),
            Span(")"),
        )
    return plain(texts.get(how.tail, ""))


def _of(choices: tuple[str, ...], how: Style) -> str:
    """One of them, the same in all lines of a style."""
    return choices[sum(map(ord, how.label + how.people)) % len(choices)]
