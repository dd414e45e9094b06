"""How the details of one paper are put into a line: in which order, parted and marked by what.

An `Order` names the details; a `Style` is how one list, or one section of it, writes them all.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random

from bench.grammar import people, prose, titles, venues
from bench.grammar.records import Address, Record, arxiv_address, doi_address, slug
from bench.grammar.sheet import Run, Span, joined, plain, wrapped

# T title, A authors, V venue, Y year, P venue and year as one: the order in which a line has them.
# fmt: off
ORDERS = (
    "T", "T A", "T P", "T Y", "T V", "T A P", "T A Y", "T A V", "T P A", "T Y A", "T V Y", "T V Y A", "T A V Y", "T Y V", "T A Y V",
    "A T", "A T P", "A T Y", "A T V", "A T V Y", "A T Y V", "A Y T", "A Y T V", "A Y T P",
    "P T", "P T A", "V T", "V T A", "Y T", "Y T A", "Y V T", "V Y T", "Y V T A", "V Y T A", "Y A T", "Y A T V", "V A T", "P A T",
)
_WEIGHTS_OF_ORDERS = {"T": 14, "T A": 8, "T P": 7, "T Y": 6, "T A P": 9, "A T": 5, "A T P": 6, "A Y T V": 4, "A Y T": 4, "T P A": 4, "A T V Y": 5, "A T Y": 4, "P T": 4, "P T A": 2, "Y T": 2, "V T": 2, "Y V T": 2}
# What is around the address, where that is behind the details. {{}} is the address.
_BEHIND = {
    "bare": (" {{}}", ": {{}}", " - {{}}"), "line": ("\n{{}}",), "autolink": (" <{{}}>",), "number": (" [[1]]({{}})",), "address": (": [{0}]({{}})", " [{0}]({{}})", "  \n[{0}]({{}})"),
    "picture": (" [![](https://img.shields.io/badge/arXiv-b31b1b.svg)]({{}})",),
}
_ARXIV_FORMS = (" (arXiv:{})", " arXiv:{}", " [arXiv:{}]", ", arXiv: {}", " arXiv preprint arXiv:{}.")
_DOI_FORMS = (" (doi:{})", " DOI: {}", " doi:{}", " [doi: {}]", ". https://doi.org/{}")
YEARS = ("{Y}", "{m}-{Y}", "{M} {Y}", "{M}., {Y}", "{Y}.{m}", "{m}/{Y}", "{Y}-{m}", "{M} 12, {Y}", "{y}", "'{y}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# What stands between two details; the last ones put all but the title in brackets.
JOINTS = {
    "comma": ", ", "stop": ". ", "dash": " - ", "en dash": " – ", "em dash": " — ", "two dashes": " -- ", "colon": ": ",
    "bar": " | ", "slash": " / ", "semicolon": "; ", "dot": " · ", "full-width comma": "，", "full-width stop": "。",
    "full-width colon": "：", "tilde": " ~ ", "break": "<br>", "line": "\n", "blanks": "  ",
    "bracket": ", ", "parentheses": ", ", "citation": " ", "italics": ". ", "underscores": ", ", "small": ", ", "by": " by ",
}
# These put all but the title between marks.
_AROUND = {"bracket": ("[", "]"), "parentheses": ("(", ")"), "citation": ("(", ")"), "italics": ("*", "*"), "underscores": ("_", "_"), "small": ("<sub>", "</sub>")}
_WEIGHTS_OF_JOINTS = {"comma": 12, "stop": 12, "dash": 8, "bracket": 10, "parentheses": 10, "colon": 3, "by": 4, "line": 3}
_FULL_WIDTH = {"full-width comma", "full-width stop", "full-width colon"}
# How many styles of a hundred are without ornament.
_PLAIN = 0.2
# How the title is told from the rest.
TITLE_MARKS = {
    "plain": ("", ""), "bold": ("**", "**"), "italic": ("*", "*"), "underscores": ("_", "_"), "bold italic": ("***", "***"),
    "quoted": ('"', '"'), "curly quotes": ("“", "”"), "code": ("`", "`"), "tags": ("<b>", "</b>"), "underlined": ("<u>", "</u>"),
    "bold in quotes": ('"**', '**"'), "quotes in bold": ('**"', '"**'), "double underscores": ("__", "__"),
    "own quotes": ("", ""), "single quotes": ("‘", "’"), "straight single quotes": ("'", "'"), "struck": ("~~", "~~"), "brackets": ("[", "]"),
}
_WEIGHTS_OF_MARKS = {"plain": 30, "bold": 14, "italic": 6, "quoted": 8, "curly quotes": 4}
_OWN_QUOTES = {
    "de": ("„", "“"), "fr": ("« ", " »"), "ru": ("«", "»"), "uk": ("«", "»"), "es": ("«", "»"), "it": ("«", "»"), "pl": ("„", "”"),
    "zh": ("《", "》"), "zh-tw": ("《", "》"), "ja": ("「", "」"), "ko": ("「", "」"), "ar": ("«", "»"), "hu": ("„", "”"),
}
# How other details are marked.
OTHER_MARKS = {"plain": ("", ""), "bold": ("**", "**"), "italic": ("*", "*"), "underscores": ("_", "_"), "code": ("`", "`"),
               "parentheses": ("(", ")"), "brackets": ("[", "]"), "tags": ("<i>", "</i>"), "small": ("<sub>", "</sub>"),
               "bold brackets": ("**[", "]**"), "brackets of bold": ("[**", "**]"), "brackets of code": ("[`", "`]")}
# Where the link to the paper is.
LINKS = ("none", "title", "label", "labels", "bare", "autolink", "line", "venue", "line of labels", "citation", "authors",
         "number", "picture", "arxiv", "doi", "title with year", "title with people", "html", "wiki", "address", "details", "label first")
_WEIGHTS_OF_LINKS = {"none": 20, "title": 28, "label": 14, "labels": 8, "bare": 6, "line": 5, "line of labels": 4, "arxiv": 4, "doi": 4, "title with people": 7, "details": 5, "label first": 3}
_LABELS = ("pdf", "PDF", "paper", "Paper", "link", "Link", "arXiv", "arxiv", "html", "pub", "abs", "DOI", "full text", "📄", "here", "URL")
_LOCAL_LABELS = {"zh": ("论文", "链接", "原文"), "zh-tw": ("論文", "連結"), "ja": ("論文", "リンク"), "ko": ("논문", "링크"), "ru": ("статья", "ссылка"),
                 "de": ("Artikel", "Volltext"), "fr": ("article", "lien"), "es": ("artículo", "enlace"), "ar": ("الورقة", "رابط"), "he": ("מאמר", "קישור")}
_FURTHER = (
    ("code", "https://github.com/{slug}/{slug}"), ("Code", "https://github.com/nordlab/{slug}"), ("Project", "https://{slug}.example.io/"),
    ("homepage", "https://example.org/~{slug}"), ("slides", "https://example.org/slides/{slug}.pdf"), ("video", "https://www.youtube.com/watch?v={slug}"),
    ("Tweet", "https://x.com/nordlab/status/1{n}"), ("blog", "https://blog.example.org/{slug}"), ("notes", "notes/{slug}.md"), ("Dataset", "https://example.org/data/{slug}"),
    ("supp", "https://example.org/{slug}-supp.pdf"), ("poster", "posters/{slug}.pdf"), ("GitHub", "https://github.com/{slug}"), ("Demo", "https://huggingface.co/spaces/{slug}"),
)
LEADS = ("none", "number", "bold number", "shortcode", "emoji", "date", "date in bold", "star", "tag", "label", "month", "presenter", "code label", "words", "presents", "day and presents")
_WEIGHTS_OF_LEADS = {"none": 60, "number": 5, "shortcode": 3, "emoji": 3, "date": 4, "words": 2, "label": 3, "presents": 2, "day and presents": 2}
TAILS = ("none", "note", "prose", "optional", "code tag", "stars", "shortcodes", "badges", "reading", "pages", "presenter", "languages", "count", "organisation", "word",
         "translation", "nickname", "praise", "places", "stop and prose", "break and prose", "words")
_WEIGHTS_OF_TAILS = {"none": 60, "note": 5, "prose": 4, "code tag": 3, "presenter": 3, "word": 4, "nickname": 3, "stop and prose": 2, "break and prose": 3, "words": 2}
_PRAISE = ("Outstanding Work", "Overview", "best of its year", "must read", "step towards the hive", "Milestone, shows the promise of bees", "most cited method of its kind")
_NOTES = {
    "en": ("worth it for section 3", "classic", "see also the talk", "skim", "introduces the main idea", "good overview of the field", "long but fun", "Concepts", "read this first"),
    "de": ("lesenswert", "nur Abschnitt 3", "Klassiker"), "fr": ("à lire en premier", "un classique"), "es": ("un clásico", "leer primero"),
    "zh": ("经典论文", "先读这篇", "很好的综述"), "zh-tw": ("經典論文",), "ja": ("必読", "古典", "第3節のみ"), "ko": ("필독", "고전"), "ru": ("классика", "читать первой"),
    "ar": ("مهم",), "he": ("חובה",),
}
# Between a title and the people, where both are in one link, and behind these.
_BEFORE_PEOPLE = ((" (", ")"), (", ", ""), (" - ", ""), (" by ", ""), (" -", ""), (" / ", ""), (" By ", ""), (". ", ""))
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
# Before the links of a line, mostly a blank.
_BEFORE_LABELS = (" ", " ", " ", " ", ", ", ". ", " - ", " | ")
# Pages in these say what a title means.
_TRANSLATED = {"zh", "zh-tw", "ja", "ko"}
_STOPS_WIDE = {"zh", "zh-tw", "ja"}
_LETTERS = re.compile(r"(\bV(?=[Yy]\b)|(?<=V)[Yy]\b|\b[VYyNP]\b)")
_EMOJI = ("📄", "🔥", "📖", "📝", "⭐", "🐝", "👉", "📌")
_SHORTCODES = (":scroll:", ":page_facing_up:", ":fire:", ":star:", ":books:", ":white_check_mark:")
# fmt: on


@dataclass(frozen=True, slots=True)
class Style:
    order: str
    joint: str
    title_mark: str
    link: str
    authors_mark: str
    venue_mark: str
    year_mark: str
    lead: str
    tail: str
    people: str
    venue_spelling: tuple[tuple[str, str], ...]
    case: str
    language: str
    # That of names, headings and notes; titles may be English.
    surroundings: str
    label: str
    label_form: str
    further: tuple[int, ...]
    # How many papers of a hundred lack a detail that the others have.
    lacking: float
    ends_in_stop: bool
    affiliated: bool
    # How a year is written: alone, or with its month.
    year_form: str
    # Whether the mark of the title is around what is in brackets behind it, too.
    whole: bool = False
    number: int = 0


def style(random: Random, order: str, language: str, surroundings: str) -> Style:
    """One way to write papers, by chance."""
    joint = _joint_of(random, order, language)
    mark = _chosen(random, TITLE_MARKS, _WEIGHTS_OF_MARKS)
    if language in _OWN_QUOTES and random.random() < 0.25:
        mark = "own quotes"
    link = _chosen(random, LINKS, _WEIGHTS_OF_LINKS)
    way = _way(random, order, joint, language)
    if "V" in order and random.random() < 0.1:
        link = "venue"
    link = "title" if link == "title with people" and "A" in order else link
    labels = _LOCAL_LABELS.get(surroundings, _LABELS)
    kinds = ("conference", "journal", "preprint", "other")
    has_year = "P" in order
    found = Style(
        order=order,
        joint=_told_apart(order, joint, mark, link),
        title_mark=mark,
        link=link,
        authors_mark=random.choices(tuple(OTHER_MARKS), (60, 3, 20, 4, 2, 4, 2, 2, 1, 0, 0, 0))[0],
        venue_mark=random.choices(tuple(OTHER_MARKS), (60, 6, 16, 5, 6, 6, 8, 2, 1, 3, 2, 1))[0],
        year_mark=random.choices(tuple(OTHER_MARKS), (35, 4, 2, 1, 5, 40, 7, 1, 1, 1, 1, 1))[0],
        lead=_chosen(random, LEADS, _WEIGHTS_OF_LEADS),
        tail=_chosen(random, TAILS, _WEIGHTS_OF_TAILS),
        people=way,
        venue_spelling=tuple((kind, venues.spelling(random, kind, has_year)) for kind in kinds),
        case=_case(random),
        language=language,
        surroundings=surroundings,
        label=random.choice((*labels, *_LABELS)),
        label_form=random.choice(
            ("[[{}]]", "[{}]", "[[{}]", "({})", r"\[{}\]", "{}:", "**{}**", "[{}]")
        ),
        further=tuple(random.sample(range(len(_FURTHER)), random.randint(1, 3))),
        lacking=random.choice((0, 0, 0, 0.1, 0.3)),
        ends_in_stop=joint == "stop" and random.random() < 0.7,
        affiliated=random.random() < 0.07,
        year_form=random.choices(YEARS, (60, *(3 for _ in YEARS[1:])))[0],
        whole=random.random() < 0.2,
    )
    if surroundings in _TRANSLATED and random.random() < 0.15:
        return replace(found, tail="translation")
    return _plain(random, found) if random.random() < _PLAIN else found


def _joint_of(random: Random, order: str, language: str) -> str:
    """What parts the details of such an order."""
    joint = _chosen(random, JOINTS, _WEIGHTS_OF_JOINTS)
    is_wide = language in {"zh", "zh-tw", "ja"}
    if is_wide and random.random() < 0.4:
        joint = random.choice(sorted(_FULL_WIDTH))
    elif joint in _FULL_WIDTH and not is_wide:
        joint = "comma"
    if order[:3] == "T A" and random.random() < 0.1:
        joint = "by"
    if (joint == "by" and order[:3] != "T A") or (joint == "colon" and order[0] in "PVY"):
        joint = "comma"  # a venue before a colon would be written as titles begin
    if order[:3] == "A T" and random.random() < 0.2:
        joint = "colon"
    return joint


def _way(random: Random, order: str, joint: str, language: str) -> str:
    """How people are written. One word before a colon is how a title begins."""
    way = random.choice(people.ways(language))
    if order[0] != "A" or joint != "colon":
        return way
    if way in people.FULL or (random.random() < 0.7 and people.FULL[0] in people.ways(language)):
        return random.choice(people.FULL)
    return "surname et al" if way.startswith("surnames") else way


def bare(random: Random, how: Style) -> Style:
    """The style of titles that stand alone, perhaps with a link."""
    link = random.choice(("none", "none", "none", "title"))
    return replace(how, title_mark="plain", lead="none", tail="none", link=link, ends_in_stop=False)


def _plain(random: Random, how: Style) -> Style:
    """The style without ornament, as most people write who keep a list for themselves."""
    joint = random.choice(("comma", "stop", "dash", "parentheses", "bracket", "colon"))
    return replace(
        how, title_mark="plain", authors_mark="plain", venue_mark="plain", lead="none", tail="none", affiliated=False,
        link=random.choice(("none", "none", "title", "bare", "label")), joint="comma" if joint == "colon" and how.order[0] != "A" else joint,
        year_form="{Y}", year_mark=random.choice(("plain", "parentheses")),
    )  # fmt: skip


def order(random: Random) -> str:
    return _chosen(random, ORDERS, _WEIGHTS_OF_ORDERS)


def written(random: Random, one: Record, how: Style, number: int = 1) -> Run:
    """The paper as a line, or several, of a list."""
    how = _without_a_lone_colon(how, one)
    parts = dict(details(random, one, how))
    slots = [name for name in how.order.split() if parts.get(name)]
    if how.link == "details" and how.order[0] == "T" and len(slots) > 1:
        run = _with_linked_details(how, slots, parts, _address_of(how, one))
    else:
        run = _composed(how, slots, parts)
    if how.link == "label first":
        run = labelled(random, one, how, with_further=how.number % 3 == 0) + plain(" ") + run
    run = lead(random, how, number) + run
    if how.link == "citation":
        run = _linked(run, _address_of(how, one))
    elif how.link == "html" and "T" in slots:
        pass  # the title has it
    elif how.ends_in_stop:
        run += plain(".")
    return run + _links_behind(random, one, how) + tail(random, how, one)


def _without_a_lone_colon(how: Style, one: Record) -> Style:
    """The style with a full stop behind a single person or group: a name of a word or two before a
    colon is how a title begins."""
    is_colon = how.joint in {"colon", "full-width colon"} and how.order[0] == "A"
    return replace(how, joint="stop") if is_colon and len(one.authors) == 1 else how


def details(random: Random, one: Record, how: Style) -> list[tuple[str, Run]]:
    """Each detail of the order, marked as the style marks it, by its letter."""
    found = [("T", title(random, one, how))]
    if "A" in how.order and not _is_lacking(random, how):
        found.append(("A", authors(random, one, how)))
    if "P" in how.order:
        found.append(("P", publication(random, one, how, without_year=_is_lacking(random, how))))
    if "V" in how.order and not _is_lacking(random, how):
        found.append(("V", venue(random, one, how)))
    if "Y" in how.order and not _is_lacking(random, how):
        found.append(("Y", year(random, one, how)))
    return found


def title(random: Random, one: Record, how: Style, marked: bool = True) -> Run:
    """The title with its marks, and the link where that is on the title."""
    before, after = _marks_of_title(how)
    has_stop = _has_stop_within(how) and one.title[-1] not in "?!.？"
    run: Run = (Span(escaped(one.title), "title", one.title),)
    address = _address_of(how, one)
    if not marked:
        return run
    run += _translation(random, how) if how.tail == "translation" else ()
    if how.link in {"title with year", "title with people", "html", "wiki"}:
        return _within_link(random, run, one, how)
    if how.link != "title" or how.title_mark in {"brackets", "code"}:
        return wrapped(run, before, (after if not has_stop else f".{after}"))
    if how.number % 2:
        return wrapped(_linked(run, address), before, after)
    return _linked(wrapped(run, before, after), address)


def _within_link(random: Random, run: Run, one: Record, how: Style) -> Run:
    """The title in a link that holds more, or is none of Markdown's."""
    address = _address_of(how, one)
    if how.link == "title with year":
        return _linked(
            (*run, Span(" ("), Span(str(one.year), "year", str(one.year)), Span(")")), address
        )
    if how.link == "title with people":
        return _with_people(random, run, one, how)
    if how.link == "wiki":
        return (Span("[["), *run, Span("]]"))
    target = Span(address.url, "url", address.url, address.states)
    return (Span('<a href="'), target, Span('">'), *run, Span("</a>"))


def _marks_of_title(how: Style) -> tuple[str, str]:
    if how.title_mark == "own quotes":
        return _OWN_QUOTES.get(how.language, ("“", "”"))
    return TITLE_MARKS[how.title_mark]


def _with_people(random: Random, run: Run, one: Record, how: Style) -> Run:
    """The title and the people as the text of one link."""
    who = Span(people.written(one.authors, how.people, one.language, random), "authors")
    between, behind = _BEFORE_PEOPLE[how.number % len(_BEFORE_PEOPLE)]
    return _linked((*run, Span(between), who, Span(behind)), _address_of(how, one))


def _translation(random: Random, how: Style) -> Run:
    """What the title means in the language of the list, or in English."""
    if how.language == how.surroundings == "en":
        return ()
    language = how.surroundings if how.surroundings != how.language else "en"
    other = titles.title(random, language)
    before, after = (("（", "）"), ("(", ")"), (" (", ")"), (" ", ""))[how.number % 4]
    has_no_bracket = language == "en" or not before.strip()
    if has_no_bracket and how.number % 4 != 2:
        before, after = " (", ")"
    return (Span(before), Span(other), Span(after))


def authors(random: Random, one: Record, how: Style) -> Run:
    text = people.written(one.authors, how.people, one.language, random)
    run: Run = (Span(text, "authors"),)
    if how.affiliated:
        run += plain(_affiliation(random, how))
    run = wrapped(run, *OTHER_MARKS[how.authors_mark])
    return _linked(run, _address_of(how, one)) if how.link == "authors" else run


def _affiliation(random: Random, how: Style) -> str:
    """Where the people work, behind their names."""
    where = [people.affiliation(random) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    return (" ({})", " ({})", ". {}", ", {}", " {}", " @ {}", " - {}", " [{}]")[how.number].format(
        ", ".join(where)
    )


def venue(random: Random, one: Record, how: Style) -> Run:
    run = wrapped((Span(one.venue.name, "venue"),), *OTHER_MARKS[how.venue_mark])
    return _linked(run, _address_of(how, one)) if how.link == "venue" else run


def year(random: Random, one: Record, how: Style) -> Run:
    shown = Span(digits(str(one.year), how.language, random), "year", str(one.year))
    month = {"M": random.choice(_MONTHS), "m": f"{random.randint(1, 12):02}"}
    form = how.year_form
    if "{y}" in form and 1980 <= one.year <= 2025:
        form, shown = form.replace("{y}", "{Y}"), shown._replace(text=f"{one.year % 100:02}")
    before, _, after = form.replace("'{y}", "{Y}").replace("{y}", "{Y}").partition("{Y}")
    run = (*plain(_filled(before, month)), shown, *plain(_filled(after, month)))
    return wrapped(run, *OTHER_MARKS[how.year_mark])


def _filled(text: str, month: dict[str, str]) -> str:
    return text.replace("{M}", month["M"]).replace("{m}", month["m"])


def publication(random: Random, one: Record, how: Style, without_year: bool = False) -> Run:
    """The venue and the year as one, in the spelling of the style."""
    pattern = _pattern(one, how, without_year)
    first = random.randint(1, 900)
    texts = {
        "V": Span(one.venue.name, "venue"),
        "Y": Span(str(one.year), "year", str(one.year)),
        "y": Span(f"{one.year % 100:02}", "year", str(one.year)),
        "N": Span(str(random.randint(1, 60))),
        "P": Span(f"{first}{random.choice('-–')}{first + random.randint(4, 30)}"),
    }
    run = tuple(texts.get(piece) or Span(piece) for piece in _LETTERS.split(pattern) if piece)
    mark = how.venue_mark if how.venue_mark != "code" else "plain"
    run = wrapped(run, *OTHER_MARKS[mark])
    return _linked(run, _address_of(how, one)) if how.link == "venue" else run


def _pattern(one: Record, how: Style, without_year: bool) -> str:
    """How the venue and the year are spelt. Two digits are for years that they can mean."""
    pattern = dict(how.venue_spelling)[one.venue.kind]
    if without_year:
        return "V"
    is_short = any(piece == "y" for piece in _LETTERS.split(pattern))
    return "V Y" if is_short and not 1980 <= one.year <= 2025 else pattern


def lead(random: Random, how: Style, number: int) -> Run:
    """What stands before the paper, which is none of its title."""
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
    """What stands behind the paper and is a note, a mark or who presents it."""
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


def address_run(random: Random, one: Record, how: Style) -> Run:
    """The bare address of the paper."""
    where = _address_of(how, one)
    return (Span(where.url, "url", where.url, where.states),)


def labelled(random: Random, one: Record, how: Style, with_further: bool = False) -> Run:
    """`[[pdf](…)]` and its kin, and links that lead elsewhere."""
    run = _labelled(how, _address_of(how, one), how.label)
    if not with_further:
        return run
    others = [_further(one, how, number) for number in how.further]
    runs = [run, *others] if random.random() < 0.75 else [*others, run]
    return joined(
        runs, random.choice((" ", " ", ", ", " | ", "" if how.label_form != "{}:" else "; "))
    )


def digits(text: str, language: str, random: Random) -> str:
    """The number in the digits of the script, sometimes."""
    if language == "ar" and random.random() < 0.5:
        return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    if language == "hi" and random.random() < 0.4:
        return text.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    if language == "zh" and random.random() < 0.2:
        return f"{text}年"
    return text


def escaped(text: str) -> str:
    """A title as people write it in Markdown: stars that would make it italic get a backslash."""
    return text.replace("A* search", r"A\* search") if "A* search" in text else text


def _composed(how: Style, slots: list[str], parts: dict[str, Run]) -> Run:
    """The details with what parts them."""
    if how.joint in _AROUND and len(slots) > 1:
        return _in_brackets(how, slots, parts)
    run: Run = ()
    for before, slot in zip([None, *slots], slots, strict=False):
        run += (plain(_joint(how, before, slot)) if before else ()) + parts[slot]
    return run


def _in_brackets(how: Style, slots: list[str], parts: dict[str, Run]) -> Run:
    """All but the title in one bracket, before it or behind it."""
    marks = _AROUND[how.joint]
    bare = {slot: bare_of(parts[slot]) for slot in slots if slot != "T"}
    at = slots.index("T")
    before, behind = slots[:at], slots[at + 1 :]
    runs = []
    for group in (before, behind):
        inner = joined((bare[slot] for slot in group), JOINTS[how.joint])
        runs.append(wrapped(inner, *marks))
    run = joined((runs[0], parts["T"], runs[1]), " ")
    return _marked_whole(how, parts["T"], run) if not before else run


def _with_linked_details(
    how: Style, slots: list[str], parts: dict[str, Run], where: Address
) -> Run:
    """The title, and behind it all other details as the text of a link."""
    run: Run = ()
    for before, slot in zip([None, *slots[1:]], slots[1:], strict=False):
        run += (plain(_joint(how, before, slot)) if before else ()) + parts[slot]
    joint = _joint(how, "T", slots[1])
    return parts["T"] + plain(joint) + _linked(run, where)


def _marked_whole(how: Style, title_run: Run, run: Run) -> Run:
    """The run with the marks of the title around all of it, if the style has them there."""
    marks = _marks_of_title(how)
    if not how.whole or not marks[0] or (title_run[0].text, title_run[-1].text) != marks:
        return run
    return wrapped((*title_run[1:-1], *run[len(title_run) :]), *marks)


def bare_of(run: Run) -> Run:
    """A detail without its marks."""
    has_them = len(run) > 2 and (run[0].text, run[-1].text) in OTHER_MARKS.values()
    return run[1:-1] if has_them else run


def _joint(how: Style, before: str, slot: str) -> str:
    """What parts two details: a blank before a year in brackets, the style's own otherwise."""
    joint = JOINTS[how.joint] if before != "T" or not _has_stop_within(how) else " "
    is_in_brackets = how.year_mark in {"parentheses", "brackets", "code"}
    if before == "T" and slot in "VP" and how.venue_mark in {"code", "brackets of code"}:
        return " "
    if slot == "Y" and is_in_brackets and how.joint not in {"break", "line", "bar"}:
        return " "
    if before == "Y" and is_in_brackets and how.joint in {"comma", "blanks", "colon", "stop"}:
        return {"comma": " ", "blanks": " ", "colon": ": ", "stop": ". "}[how.joint]
    if "T" not in (before, slot) and how.joint in {
        "colon",
        "by",
        "line",
        "blanks",
        "dash",
        "full-width colon",
    }:
        return ", "
    is_colon_alone = how.joint in {"colon", "full-width colon"} and how.order[0] == "A"
    return ", " if before == "T" and is_colon_alone else joint


def _has_stop_within(how: Style) -> bool:
    """Whether the full stop behind the title is within its marks: `**Counting Bees.** ICML`."""
    return (
        how.title_mark in {"bold", "quoted", "italic"}
        and how.joint == "stop"
        and how.link != "title"
    )


def _told_apart(order: str, joint: str, mark: str, link: str) -> str:
    """The joint, or a comma where nothing else would tell a title from people before it."""
    is_bare = mark == "plain" and link != "title"
    if is_bare and joint in {"blanks", "citation"} and len(order) > 1:
        return "stop"
    return joint


def _links_behind(random: Random, one: Record, how: Style) -> Run:
    """The links of a line that are on none of its details."""
    if how.link in {"label", "labels", "line of labels"}:
        before = "\n" if how.link == "line of labels" else _BEFORE_LABELS[how.number]
        return plain(before) + labelled(random, one, how, with_further=how.link != "label")
    if how.link in {"arxiv", "doi"}:
        form = random.choice(_ARXIV_FORMS if how.link == "arxiv" else _DOI_FORMS)
        return _number(form, getattr(one, how.link), how.link)
    if how.link not in _BEHIND:
        return ()
    where = _address_of(how, one)
    shown = where.url.partition("://")[2] if how.number % 2 else where.url
    before, _, after = random.choice(_BEHIND[how.link]).format(shown or where.url).partition("{}")
    return (Span(before), Span(where.url, "url", where.url, where.states), *plain(after))


def _number(form: str, number: str, name: str) -> Run:
    before, _, after = form.partition("{}")
    return (Span(before), Span(number, name, number, ((name, number),)), Span(after))


def _labelled(how: Style, where: Address, label: str, field: str = "url") -> Run:
    target = Span(where.url, field, where.url, where.states)
    name, form = label, how.label_form
    if form == "[[{}]":
        return (Span(f"[[{name}]("), target, Span(")]"))
    if form == "{}:":
        return (Span(f"{name}: "), target)
    inner = form.format(name)
    if form.startswith("("):
        return (Span(f"([{name}]("), target, Span("))"))
    if form.startswith("\\"):
        return (Span(rf"\[[{name}]("), target, Span(r")\]"))
    if form == "[{}]":
        return (Span(f"{inner}("), target, Span(")"))
    return (Span(f"[{inner}](" if "[" not in inner else f"{inner}("), target, Span(")"))


def _further(one: Record, how: Style, number: int) -> Run:
    label, address = _FURTHER[number]
    where = address.format(slug=slug(one.title), n=one.year * 7919)
    return _labelled(how, Address(where), label, field="")


def _linked(run: Run, where: Address) -> Run:
    target = Span(where.url, "url", where.url, where.states)
    return (Span("["), *run, Span("]("), target, Span(")"))


def _address_of(how: Style, one: Record) -> Address:
    """The paper's address, the same each time that a line asks."""
    chance = sum(map(ord, one.title)) % 10
    own = Random(one.arxiv)  # the same for all places of a line
    if how.label in {"arXiv", "arxiv"} or chance < 2:
        return arxiv_address(own, one)
    return doi_address(own, one) if how.label == "DOI" else one.address


def _is_lacking(random: Random, how: Style) -> bool:
    return random.random() < how.lacking


def _of(choices: tuple[str, ...], how: Style) -> str:
    """One of them, the same in all lines of a style."""
    return choices[sum(map(ord, how.label + how.people)) % len(choices)]


def _case(random: Random) -> str:
    return random.choices((*titles.CASES, "", titles.NICKNAME), (45, 25, 5, 22, 3))[0]


def _chosen(random: Random, among: Collection[str], weights: dict[str, int]) -> str:
    return random.choices(tuple(among), [weights.get(name, 1) for name in among])[0]
