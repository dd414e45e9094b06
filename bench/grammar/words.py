"""What lists say around their papers: names of columns and labels, headings, days and notes."""

from random import Random

from bench.grammar import titles

# fmt: off
# What a column or a label is called, by what it holds. The first of a language are the plainest.
NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "title": {
        "en": ("Paper", "Title", "Name", "Papers", "Article", "Reading", "Publication", "Paper Title", "Paper name", "Topic", "Work", "What we read", "Reference", "Readings", "Papers/Links", "Title of paper"),
        "de": ("Titel", "Aufsatz", "Artikel", "Thema", "Text"), "fr": ("Titre", "Article", "Sujet", "Lecture"), "es": ("Título", "Artículo", "Lectura", "Tema"),
        "pt": ("Título", "Artigo"), "it": ("Titolo", "Articolo"), "nl": ("Titel", "Artikel"), "sv": ("Titel", "Artikel"), "pl": ("Tytuł", "Artykuł"), "tr": ("Başlık", "Makale"),
        "hu": ("Cím", "Cikk"), "vi": ("Tên bài", "Bài báo"), "ru": ("Название", "Статья", "Тема"), "uk": ("Назва", "Стаття"), "el": ("Τίτλος", "Άρθρο"),
        "zh": ("论文", "标题", "题目", "论文名称", "名称"), "zh-tw": ("論文", "標題"), "ja": ("論文", "タイトル", "題目"), "ko": ("논문", "제목"), "ar": ("العنوان", "الورقة"), "he": ("כותרת", "מאמר"), "hi": ("शीर्षक",), "th": ("ชื่อเรื่อง",),
    },
    "authors": {
        "en": ("Authors", "Author", "Author(s)", "By", "Written by"), "de": ("Autoren", "Autor:innen", "Verfasser"), "fr": ("Auteurs", "Auteur(s)"), "es": ("Autores", "Autor"), "pt": ("Autores",), "it": ("Autori",), "nl": ("Auteurs",),
        "sv": ("Författare",), "pl": ("Autorzy",), "tr": ("Yazarlar",), "hu": ("Szerzők",), "vi": ("Tác giả",), "ru": ("Авторы", "Автор"), "uk": ("Автори",), "el": ("Συγγραφείς",), "zh": ("作者",), "zh-tw": ("作者",), "ja": ("著者",), "ko": ("저자",),
        "ar": ("المؤلفون", "المؤلف"), "he": ("מחברים", "מאת"), "hi": ("लेखक",), "th": ("ผู้แต่ง",),
    },
    "venue": {
        "en": ("Venue", "Source", "Conference", "Journal", "Published in", "Where", "Conf.", "Conference/Journal", "Publisher", "Pub."), "de": ("Konferenz", "Zeitschrift", "Quelle"), "fr": ("Revue", "Conférence"), "es": ("Revista", "Conferencia"), "pt": ("Revista",),
        "it": ("Rivista",), "ru": ("Журнал", "Источник"), "uk": ("Журнал",), "zh": ("会议", "期刊", "来源", "发表"), "zh-tw": ("會議", "來源"), "ja": ("会議", "出典", "掲載"), "ko": ("학회", "출처"), "ar": ("المصدر",), "he": ("כתב עת", "מקור"),
    },
    "year": {
        "en": ("Year", "Date", "Published", "Year of publication", "Yr"), "de": ("Jahr",), "fr": ("Année",), "es": ("Año",), "pt": ("Ano",), "it": ("Anno",), "nl": ("Jaar",), "sv": ("År",), "pl": ("Rok",), "tr": ("Yıl",), "hu": ("Év",), "vi": ("Năm",), "ru": ("Год",), "uk": ("Рік",),
        "el": ("Έτος",), "zh": ("年份", "年"), "zh-tw": ("年份",), "ja": ("年", "発行年"), "ko": ("연도",), "ar": ("السنة",), "he": ("שנה",), "hi": ("वर्ष",), "th": ("ปี",),
    },
    "link": {
        "en": ("Link", "URL", "PDF", "Paper link", "Links", "arXiv", "Read", "Resources", "Paper"), "de": ("Link", "Volltext"), "fr": ("Lien",), "es": ("Enlace",), "ru": ("Ссылка",), "zh": ("链接", "下载"), "zh-tw": ("連結",), "ja": ("リンク",), "ko": ("링크",), "ar": ("الرابط",), "he": ("קישור",),
    },
    "date": {
        "en": ("Date", "When", "Week", "Day", "Session", "Meeting"), "de": ("Datum", "Termin"), "fr": ("Date", "Séance"), "es": ("Fecha", "Sesión"), "ru": ("Дата",), "zh": ("日期", "时间"), "zh-tw": ("日期",), "ja": ("日付", "日程"), "ko": ("날짜", "일시"), "ar": ("التاريخ",), "he": ("תאריך",),
    },
    "presenters": {
        "en": ("Presenter", "Presenters", "Presenter(s)", "Speaker", "Lead", "Discussant", "Who", "Led by", "Discussion leader"), "de": ("Vortrag", "Referent:in", "Wer"), "fr": ("Présentateur", "Intervenant"), "es": ("Ponente", "Presenta"), "ru": ("Докладчик",),
        "zh": ("报告人", "主讲人", "分享人"), "zh-tw": ("報告人",), "ja": ("発表者", "担当"), "ko": ("발표자",), "ar": ("المقدم",), "he": ("מציג",),
    },
    "proposer": {"en": ("Proposed by", "Suggested by", "Proposer", "Added by")},
    "topic": {"en": ("Topic", "Area", "Category", "Theme", "Subject"), "de": ("Thema", "Bereich"), "zh": ("主题", "方向"), "ja": ("分野",), "ru": ("Тема",)},
    "number": {"en": ("#", "No.", "No", "ID", "Nr.", ""), "zh": ("序号", "#"), "ru": ("№",), "de": ("Nr.",)},
    "code": {"en": ("Code", "Implementation", "Repo", "GitHub")},
    "notes": {"en": ("Notes", "Comments", "Summary", "Remarks", "TL;DR", "Room", "Material"), "de": ("Anmerkungen",), "zh": ("备注",), "ru": ("Примечания",)},
    "done": {"en": ("Done", "Read", "Read?", "Status", "✓"), "zh": ("已读",), "de": ("Gelesen",)},
    "rating": {"en": ("Rating", "Familiarity", "Score", "Citations", "Importance")},
}
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
    "Books|Dialogue|Transactions|Filters|Representation Learning (ICLR)|Other|2D to 3D|Attention|Speech|Climate & Energy"
).split("|")
_MONTHS = "January February March April May June July August September October November December".split()
_LABELS_BELOW = {
    "link": ("Link", "Paper", "PDF", "URL", "arXiv", "Paper link"), "code": ("Code", "Github", "Implementation"), "project": ("Homepage", "Project", "Website", "Project page"),
    "note": ("Motivation", "Comments", "Summary", "Notes", "Idea", "TL;DR", "Contribution", "Main idea"),
}
BADGES = (
    "[![Star](https://img.shields.io/github/stars/nordlab/{0}.svg?style=social&label=Star)](https://github.com/nordlab/{0})",
    "[![arXiv](https://img.shields.io/badge/arXiv-b31b1b.svg)](https://arxiv.org/)", "[![Website](https://img.shields.io/badge/Website-9cf)](https://{0}.example.io/)",
)
PLACEHOLDERS = ("TBD", "Bring an idea", "No meeting (holiday)", "Spring break", "Open slot", "Cancelled", "Guest lecture", "Kick-off", "Midterm", "Final presentations", "-", "?", "`Hard cases:`", "**Part II**")
# fmt: on


def name(random: Random, what: str, language: str) -> str:
    """What a column or label of that kind is called."""
    known = NAMES[what]
    return random.choice(known.get(language) or known["en"])


def list_title(random: Random, language: str) -> str:
    return random.choice(_LIST_TITLES.get(language, _LIST_TITLES["en"]))


def topic(random: Random, language: str) -> str:
    """The name of a topic: a word or two, or as long as a short title."""
    if language == "en" and random.random() < 0.5:
        return random.choice(_TOPICS)
    if language == "en":
        return titles.topic(random)
    phrase = random.choice(titles.phrases(language))
    return phrase[0].upper() + phrase[1:]


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
