"""What lists say around their papers: names of columns and labels, headings, days and notes."""

from random import Random

from bench.grammar import people, titles
from papers.formats.markdown.lexicon.columns import NAMES

# fmt: off
_LIST_TITLES = {
    "en": ("Reading list", "Papers", "Reading group", "Awesome Bees", "Journal Club", "Papers to read", "Thursday readings", "Hives: what to read", "Literature", "Bibliography", "Seminar: readings", "PhD reading list", "Hive Systems Papers"),
    "de": ("Leseliste", "Lesekreis", "Literatur", "Seminarplan"), "fr": ("Liste de lecture", "Groupe de lecture", "Bibliographie"), "es": ("Lista de lectura", "Club de lectura"), "pt": ("Lista de leitura",), "it": ("Letture", "Bibliografia"),
    "nl": ("Leeslijst",), "sv": ("Läslista",), "pl": ("Lista lektur",), "tr": ("Okuma listesi",), "hu": ("Olvasmánylista",), "vi": ("Danh sách đọc",), "ru": ("Список литературы", "Читаем вместе"), "uk": ("Список літератури",), "el": ("Λίστα ανάγνωσης",),
    "zh": ("论文列表", "阅读清单", "论文阅读", "读书会"), "zh-tw": ("論文列表", "閱讀清單"), "ja": ("論文リスト", "輪読会", "読書会"), "ko": ("논문 목록", "논문 읽기 모임"), "ar": ("قائمة القراءة",), "he": ("רשימת קריאה",), "hi": ("पठन सूची",), "th": ("รายการอ่าน",),
}
_WEEKS = {"en": "Week {}", "de": "Woche {}", "fr": "Semaine {}", "es": "Semana {}", "ru": "Неделя {}", "zh": "第{}周", "zh-tw": "第{}週", "ja": "第{}回", "ko": "{}주차", "ar": "الأسبوع {}", "he": "שבוע {}", "pl": "Tydzień {}", "it": "Settimana {}"}
_TOPICS = (
    "Pruning|Theory|Surveys|Methods|Optimization|Networks|Vision|Ethics|Data Structures|Consensus|Fairness|Memory|Classics|New Papers|Sequences|Search & Sorting|Bees/Wasps|"
    "Graphs and Trees|Causality|Labor|Public Goods|Perception|Evaluation|Measures|Storage|Security|Macroeconomics|Background|Foundations|Applications|Reinforcement Learning|To read|Misc|"
    "Benchmarks|Datasets|Datasets and Benchmarks|Tools and Methods|Related Work|Papers|Must-read papers|Survey Papers|Readings|Reading list|Course on Bees|Data Augmentation|Table Understanding|"
    "Projects|Software Engineering|Resources on Hives|Conference Papers|Roadmap to Hives|Discussed papers|Presented paper|Question Answering|"
    "Books|Dialogue|Transactions|Filters|Representation Learning (ICLR)|Other|2D to 3D|Attention|Speech|Climate & Energy"
).split("|")
_OF_PAPERS = {
    "en": ("Papers", "Paper list", "List of papers", "Reading list", "Must read", "Read", "To read", "Articles", "Selected papers", "Candidate papers", "Upcoming", "Past", "Next", "Queue", "Finished", "Backlog", "Now reading", "Previous meetings", "Past papers", "Schedule"), "zh": ("论文", "论文列表", "候选论文", "必读论文", "经典论文"), "zh-tw": ("論文",),
    "ja": ("論文", "読んだ論文", "候補"), "ko": ("논문", "읽은 논문"), "de": ("Aufsätze", "Leseliste", "Gelesen"), "fr": ("Articles", "À lire"), "es": ("Artículos", "Por leer"), "ru": ("Статьи", "Прочитано"),
}
_MONTHS = "January February March April May June July August September October November December".split()
_ODD_COLUMNS = ("Articles, books and theses", "Entry", "What", "What we read", "Works and reports", "", "Item", "Main", "Our pick", "Content", "Bees", "Part", "Details", "Core")
_LABELS_BELOW = {
    "link": ("Link", "Paper", "PDF", "URL", "arXiv", "Paper link"), "code": ("Code", "Github", "Implementation"), "project": ("Homepage", "Project", "Website", "Project page"),
    "note": ("Motivation", "Comments", "Summary", "Notes", "Idea", "TL;DR", "Contribution", "Main idea"),
}
BADGES = (
    "[![Star](https://img.shields.io/github/stars/nordlab/{0}.svg?style=social&label=Star)](https://github.com/nordlab/{0})",
    "[![arXiv](https://img.shields.io/badge/arXiv-b31b1b.svg)](https://arxiv.org/)", "[![Website](https://img.shields.io/badge/Website-9cf)](https://{0}.example.io/)",
)
PLACEHOLDERS = ("Introduction", "Introduction & Overview", "Course overview", "Overview", "Paper selection", "Project proposals", "Practice talks", "Discussion", "Reading week", "Organisation", "Logistics and introduction",
    "Review for the exam", "No class", "Poster session", "Exam", "`Limits of hives (HVS):`", "休会", "放假", "未定", "休講", "미정", "휴강", "каникулы", "Ferien", "Vacances", "How to read papers", "To be announced", "Invited talk", "arXiv", "TBA",
    "TBD", "Bring an idea", "No meeting (holiday)", "Spring break", "Open slot", "Cancelled", "Guest lecture", "Kick-off", "Midterm", "Final presentations", "-", "?", "`Hard cases:`", "**Part II**")
_NO_PAPERS = (
    "Practice talk for the workshop", "Practice talk: {topic}", "{name}'s practice talk", "Practice talk ({name})", "Homework {number} out", "Homework {number} due", "Project {number} presentations", "Welcome and planning",
    "Kick-off of the term", "Semester planning", "Defence of {name}", "{name}'s thesis proposal", "No class (holiday)", "No meeting", "Lecture: {topic}", "Lecture {number}", "Guest lecture by {name}", "Talk by {name}",
    "Planning of the next term", "Review of chapter {number}", "Exam {number}", "Lab visit", "Social event", "Research updates", "Research update: {name}", "Tutorial: {topic}", "Demo of {name}", "Reading week (no class)", "Conference trip",
    "Introduction to {topic}", "Break", "Holiday", "Free slot", "To be decided", "Overview: {topic}", "{name}: own work", "Rehearsal of talks", "Poster session ({name})", "Quiz {number}", "Assignment {number} is due",
)
# fmt: on


def name(random: Random, what: str, language: str) -> str:
    """What a column or label of that kind is called."""
    known = NAMES[what]
    return random.choice(known.get(language) or known["en"])


def odd_column(random: Random, language: str) -> str:
    """A name of a column that does not say what is in it."""
    return random.choice((*_ODD_COLUMNS, topic(random, language)))


def list_title(random: Random, language: str) -> str:
    return random.choice(_LIST_TITLES.get(language, _LIST_TITLES["en"]))


def topic(random: Random, language: str) -> str:
    """The name of a topic: a word or two, or as long as a short title; in capitals in some."""
    found = _topic(random, language)
    return found.upper() if random.random() < 0.05 else found


def _topic(random: Random, language: str) -> str:
    if random.random() < 0.08:
        return random.choice(_OF_PAPERS.get(language, _OF_PAPERS["en"]))
    if language == "en" and random.random() < 0.5:
        return random.choice(_TOPICS)
    if language == "en":
        return titles.topic(random)
    phrase = random.choice(titles.phrases(language))
    return phrase[0].upper() + phrase[1:]


def placeholder(random: Random, language: str) -> str:
    """What a schedule says of a day on which no paper is read."""
    if random.random() < 0.5:
        return random.choice(PLACEHOLDERS)
    form = random.choice(_NO_PAPERS)
    name = people.first_name(random, language)
    return form.format(name=name, number=random.randint(1, 6), topic=titles.topic(random))


def week(number: int, language: str) -> str:
    return _WEEKS.get(language, _WEEKS["en"]).format(number)


def day(random: Random, form: int) -> str:
    """A day in one of the ways in which a list writes them."""
    year, month, number = random.randint(2016, 2025), random.randint(1, 12), random.randint(1, 28)
    long, short = _MONTHS[month - 1], _MONTHS[month - 1][:3]
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(number, "th")
    forms = (
        f"{year}-{month:02}-{number:02}", f"{number:02}/{month:02}/{year}", f"{short} {number}", f"{long} {number}, {year}", f"{number}{ending} {long}, {year}",
        f"{number}.{month}.{year}", f"{month}/{number}", f"{number} {short} {year}", f"{short}. {number}", f"{year}.{month:02}.{number:02}", f"{month}月{number}日", f"{number:02}.{month:02}.", f"{year}{month:02}{number:02}",
    )  # fmt: skip
    return forms[form % len(forms)]


DAY_FORMS = 13


def label_below(random: Random, kind: str) -> str:
    return random.choice(_LABELS_BELOW[kind])


def first_name(random: Random) -> str:
    return random.choice(("GRETA", "Pavel", "ANN", "Bo", "Hugo", "kim", "Noor", "Clara"))
