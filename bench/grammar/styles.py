"""How one list, or one section of it, writes all its papers.

An `order` names the details; a `Style` is how they are written, marked, parted and linked.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random

from bench.grammar import people, titles, venues

# fmt: off
ORDERS = (
    "T", "T A", "T P", "T Y", "T V", "T A P", "T A Y", "T A V", "T P A", "T Y A", "T V Y", "T V Y A", "T A V Y", "T Y V", "T A Y V",
    "A T", "A T P", "A T Y", "A T V", "A T V Y", "A T Y V", "A Y T", "A Y T V", "A Y T P",
    "P T", "P T A", "V T", "V T A", "Y T", "Y T A", "Y V T", "V Y T", "Y V T A", "V Y T A", "Y A T", "Y A T V", "V A T", "P A T",
)
_WEIGHTS_OF_ORDERS = {"T": 14, "T A": 8, "T P": 7, "T Y": 6, "T A P": 9, "A T": 5, "A T P": 6, "A Y T V": 4, "A Y T": 4, "T P A": 4, "A T V Y": 5, "A T Y": 4, "P T": 4, "P T A": 2, "Y T": 2, "V T": 2, "Y V T": 2}
YEARS = ("{Y}", "{m}-{Y}", "{M} {Y}", "{M}., {Y}", "{Y}.{m}", "{m}/{Y}", "{Y}-{m}", "{M} 12, {Y}", "{y}", "'{y}")
# What is between two details; the last ones put all but the title in brackets.
JOINTS = {
    "comma": ", ", "stop": ". ", "dash": " - ", "en dash": " – ", "em dash": " — ", "two dashes": " -- ", "colon": ": ",
    "bar": " | ", "slash": " / ", "semicolon": "; ", "dot": " · ", "full-width comma": "，", "full-width stop": "。",
    "full-width colon": "：", "tilde": " ~ ", "break": "<br>", "line": "\n", "blanks": "  ",
    "bracket": ", ", "parentheses": ", ", "citation": " ", "italics": ". ", "underscores": ", ", "small": ", ", "by": " by ",
}
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
OWN_QUOTES = {
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
FURTHER = (
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
# Pages in these say what a title means.
_TRANSLATED = {"zh", "zh-tw", "ja", "ko"}
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
    mark = chosen(random, TITLE_MARKS, _WEIGHTS_OF_MARKS)
    if language in OWN_QUOTES and random.random() < 0.25:
        mark = "own quotes"
    link = chosen(random, LINKS, _WEIGHTS_OF_LINKS)
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
        lead=chosen(random, LEADS, _WEIGHTS_OF_LEADS),
        tail=chosen(random, TAILS, _WEIGHTS_OF_TAILS),
        people=way,
        venue_spelling=tuple((kind, venues.spelling(random, kind, has_year)) for kind in kinds),
        case=_case(random),
        language=language,
        surroundings=surroundings,
        label=random.choice((*labels, *_LABELS)),
        label_form=random.choice(
            ("[[{}]]", "[{}]", "[[{}]", "({})", r"\[{}\]", "{}:", "**{}**", "[{}]")
        ),
        further=tuple(random.sample(range(len(FURTHER)), random.randint(1, 3))),
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
    joint = chosen(random, JOINTS, _WEIGHTS_OF_JOINTS)
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
    """The style of titles that are alone on a line, perhaps with a link."""
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
    return chosen(random, ORDERS, _WEIGHTS_OF_ORDERS)


def _told_apart(order: str, joint: str, mark: str, link: str) -> str:
    """The joint, or a comma where nothing else would tell a title from people before it."""
    is_bare = mark == "plain" and link != "title"
    if is_bare and joint in {"blanks", "citation"} and len(order) > 1:
        return "stop"
    return joint


def _case(random: Random) -> str:
    return random.choices((*titles.CASES, "", titles.NICKNAME), (45, 25, 5, 22, 3))[0]


def chosen(random: Random, among: Collection[str], weights: dict[str, int]) -> str:
    return random.choices(tuple(among), [weights.get(name, 1) for name in among])[0]
