"""More of what lists hold beside papers: courses, software, people, folders, plans, wishes.

Each has links, names, days or words in capitals, as papers have.
"""

from collections.abc import Callable

from bench.grammar import people, prose, records, titles, words
from bench.grammar.page import Page

# fmt: off
_SCHOOLS = ("Stanley", "Oxbow", "TU Nordheim", "Lantern University", "UCM", "Basalt College", "MITT")
_FRAMEWORKS = ("HiveFlow", "Combch", "Waxano", "MXHive", "TernKit", "SwarmSeg", "PollenNet", "LarchRL")
_LANGUAGES = ("Python", "Rust", "C++", "Julia", "MATLAB", "Lua", "Java")
_DO = (
    "Send me an email", "Make a commit with your name and the topic", "Update the name of the folder", "prepare :)", "Fork this repository", "Add a row to the table", "Choose a paper and tell Ada",
    "Put your name next to a free slot", "Open an issue with the title of the paper", "Print the paper and bring it along", "Write a summary of one page", "Upload your slides before the meeting", "First, think about the section it belongs to",
    "Second, use the same format as the other entries", "Create a sheet with this header row", "Share the sheet with everybody", "Check that the link works", "Read the paper at least once", "Join the mailing list",
)
_AGENDA = (
    "Presentation of the chosen paper (~30 min)", "Discussion", "Other papers from the week", "News", "Introduction of new members", "Questions", "Plan for the next meeting", "1-2 papers on the theory of a method", "Some sort of exercise or demonstration",
    "A list of papers that are relevant if you want to know more", "Coffee", "Updates from the lab", "Open discussion (20 min)", "Short summary by the presenter", "Who reads what next week?",
)
_CRITERIA = (
    "The list should stay short.", "Papers should not be too long.", "They should be freely available online.", "They should be readable by someone new to the field.", "I tended to prefer topics that I know.", "Books are left out on purpose.",
    "Old papers count as much as new ones.", "I try to avoid papers longer than thirty pages.", "Preference is given to papers with code.", "Only papers that were cited more than a hundred times.", "They must be written in English.",
)
_COMMANDS = ("status", "prepare", "collect", "retry --failed", "import", "sync", "export --all", "fetch", "serve", "translate")
_LEGEND = ("Read it first", "Read it second", "Must read", "Worth a look", "Skim", "Has code", "New", "Survey", "Not read yet")
_PARTS = {
    "en": "Tools|Getting started|Theory|Interviews|Videos|Basics|Resources|Exercises|Part {k}|Lecture {k}|Chapter {k}|Fall {y}|Spring {y}|Week {k}|Old notes|Homework|Setup",
    "zh": "论文工具篇|会议收集篇|理论学习篇|视频学习篇|实战篇|面试篇|资源篇|入门篇|预训练模型论文研读|问答系统论文学习|文本匹配论文学习|关系抽取论文研读|第{k}章|课程笔记|代码实现|推荐阅读|国内外优秀团队汇总",
    "zh-tw": "工具篇|理論篇|實作篇|第{k}章|課程筆記", "ja": "論文まとめ|ツール|データセット|第{k}章|講義ノート|入門編|実装", "ko": "논문 정리|도구|데이터셋|{k}장|강의 노트|기초", "ru": "Инструменты|Лекция {k}|Глава {k}|Основы|Конспекты",
    "de": "Werkzeuge|Kapitel {k}|Grundlagen|Mitschriften|Übungen", "fr": "Outils|Chapitre {k}|Bases|Exercices", "es": "Herramientas|Capítulo {k}|Bases|Ejercicios", "ar": "أدوات|الفصل {k}|أساسيات", "he": "כלים|פרק {k}|יסודות",
}
_HEADINGS = {
    "courses": ("## Courses", "## Lectures", "### Courses and talks", "## Videos", "## Online courses", "## Talks", "## Tutorials", "## Slides and videos"),
    "software": ("## Software", "### Frameworks", "## Code", "## Open source", "### Applications", "## Implementations", "## Toolkits"),
    "folders": ("## Notes", "## Index", "## Structure", "## Overview", "### Study notes", "## What is here", "## Previous semesters", "## Archive"),
    "wishes": ("## Wishlist for topics", "## Topics", "## Ideas", "List of topics:", "## Topics of interest", "This repository is about", "## Scope", "## Keywords"),
}
# fmt: on


def courses(page: Page) -> None:
    random = page.random
    _head(page, "courses")
    form = page.pick("course", 0, 1, 2, 3, 4)
    for number in range(random.randint(2, 7)):
        name = titles.topic(random)
        who, school = people.person(random, "en").full, random.choice(_SCHOOLS)
        link = random.choice((
            f"http://cs{random.randint(100, 599)}.example.edu/", f"https://www.youtube.com/watch?v=bees{number}",
            f"https://www.youtube.com/playlist?list=PL{number}bees", f"https://www.example.com/learn/{records.slug(name)}",
        ))  # fmt: skip
        page.sheet.add((
            f"- [{school}] [CS{random.randint(100, 599)}: {name}]({link})", f"- [{name} by {who}]({link})", f"* {name}, {school} [[video]]({link})",
            f"- [{name}]({link}) - {who} ({school})", f"* [{school} CS{random.randint(100, 599)} {name}]({link})",
        )[form])  # fmt: skip


def software(page: Page) -> None:
    random = page.random
    _head(page, "software")
    form = page.pick("framework", 0, 1, 2, 3, 4, 5)
    for tool in random.sample(_FRAMEWORKS, k=random.randint(2, 6)):
        language, what = random.choice(_LANGUAGES), titles.topic(random)
        link = f"https://github.com/nordlab/{tool.lower()}"
        site = f"http://{tool.lower()}.example.org/"
        page.sheet.add((
            f"- {tool}: An open source library for {what.lower()} in {language} by {random.choice(_SCHOOLS)} [[Web]({site})]",
            f"* {tool}: {what} for {language} [[Web]]({site})", f"- **[{tool}]({link})** - {what.lower()} in {language}.",
            f'- Source code for "{titles.title(random, "en", "title case")}," {random.choice(("ICML", "CVPR", "ACL"))}, {random.randint(2008, 2024)}. [[Web]]({link})',
            f"- [{tool}]({link}): {prose.sentence(random, page.language)}", f'* Code for the paper "{titles.title(random, "en", "title case")}" [[Web]]({link})',
        )[form])  # fmt: skip


def lecturers(page: Page) -> None:
    random = page.random
    page.sheet.add(random.choice(
        ("## Lecturers", "# Instructors", "## Organizers", "## Contributors", "## Team", "## Speakers", "Presenters:")
    ))  # fmt: skip
    page.sheet.blank()
    form = page.pick("lecturer", 0, 1, 2, 3, 4, 5)
    for _ in range(random.randint(2, 7)):
        name, school = people.person(random, page.language).full, random.choice(_SCHOOLS)
        slug = records.slug(name)
        page.sheet.add((
            f"* {name} ({school})", f"- {name} ({school} and {random.choice(_SCHOOLS)})", f"- {name}, {school}",
            f"- {name} [{slug}] | [Github](https://github.com/{slug}) | [Linkedin](https://www.linkedin.com/in/{slug}/) |",
            f"- [{name}](https://example.org/~{slug}), {random.choice(('chair', 'TA', 'PhD student', 'since 2019'))}", f"- {name}",
        )[form])  # fmt: skip


def lectures(page: Page) -> None:
    """Headings of lectures with what they are about and their slides."""
    random = page.random
    page.sheet.add(random.choice(("# Lectures", "# Sessions", "## Classes")))
    for number in range(1, random.randint(3, 6)):
        name, who = titles.topic(random), people.person(random, "en").full
        page.sheet.blank()
        page.sheet.add(page.pick(
            "lecture", "### {0}. Lecture {0} - {1} [{2}]", "### Lecture {0}: {1}", "### Lecture {0} ({2}): {1}", "#### Lecture {0}"
        ).format(number, name, who))  # fmt: skip
        page.sheet.add(prose.paragraph(random, page.language))
        page.sheet.blank()
        page.sheet.add(f"[[slides]](slides/{number}.pdf)")
        if page.chance(0.6):
            page.sheet.add(f"[[video]](https://www.youtube.com/watch?v=bees{number})")


def folders(page: Page) -> None:
    """Links to other pages of the same place, each of which holds more."""
    random = page.random
    _head(page, "folders")
    mark, form = page.pick("folder mark", "-", "*"), page.pick("folder", 0, 1, 2, 3)
    for number in range(random.randint(3, 9)):
        name = _part(page, number)
        slug = records.slug(titles.topic(random)).replace("-", "_")
        indent = page.random.choice(("", "", "  ")) if number else ""
        target = (
            f"{slug}/",
            f"./{slug}/README.md",
            f"https://github.com/nordlab/{slug}/wiki/{slug}",
            "",
        )[form]
        tail = random.choice(("", "", "：", f": {prose.note(random, page.language)}"))
        page.sheet.add(f"{indent}{mark} [{name}]({target}){tail}")


def steps_to_join(page: Page) -> None:
    random = page.random
    page.sheet.add(random.choice(
        ("## How to join", "## Sign up", "## Sign up to present", "## Adding a paper", "If you want to present, do the following:", "## Participation")
    ))  # fmt: skip
    if page.chance(0.5):
        page.sheet.blank()
    form = page.pick("step", "- {}", "1. {}", "* {}.", "- {}.")
    for action in random.sample(_DO, k=random.randint(2, 6)):
        page.sheet.add(form.format(action))


def agenda(page: Page) -> None:
    random = page.random
    page.sheet.add(random.choice(
        ("## Agenda", "## Format of a session", "A session has these parts:", "## Content of sessions", "### Meetings")
    ))  # fmt: skip
    page.sheet.blank()
    form = page.pick("agenda", "- {}", "1. {}", "* {}")
    for part in random.sample(_AGENDA, k=random.randint(2, 6)):
        page.sheet.add(form.format(part))
    if page.chance(0.4):
        day = random.randrange(words.DAY_FORMS)
        page.sheet.blank()
        page.sheet.add("The dates of this term are:")
        for _ in range(random.randint(2, 6)):
            page.sheet.add(
                f"- {words.day(random, day)}:{random.choice(('', '', f' {people.first_name(random, page.language)}, something with {titles.word(random, chr(110))}'))}"
            )


def criteria(page: Page) -> None:
    random = page.random
    page.sheet.add(
        random.choice(
            (
                "## Selection criteria",
                "## What is in this list",
                "## Criteria",
                "## Rules of this list",
            )
        )
    )
    page.sheet.blank()
    for number, said in enumerate(random.sample(_CRITERIA, k=random.randint(2, 6)), start=1):
        page.sheet.add(
            f"{page.pick('criterion', '{}. ', '- ').format(number)}{said}{random.choice(('', ' ' + prose.sentence(random)))}"
        )
        if page.chance(0.2):
            page.sheet.add(f"   - {prose.sentence(random, page.language)}")


def wishes(page: Page) -> None:
    """Topics by name, of a word or a few, which somebody would like to hear about."""
    random = page.random
    _head(page, "wishes")
    form = page.pick("wish", "- {}", "* {}", "- {}", "{}. {{}}")
    for number in range(1, random.randint(3, 9)):
        name = random.choice((titles.word(random, "n"), titles.topic(random)))
        behind = random.choice(
            (
                "",
                "",
                "",
                f" ({titles.word(random, 'n')}, {titles.word(random, 'n')} etc.)",
                f" ({titles.word(random, 'acronym')})",
                f" / {titles.word(random, 'n')}",
            )
        )
        name = name if page.pick("wish case", True, False) else name[0].upper() + name[1:]
        page.sheet.add(form.format(number if "{{" in form else name).format(name) + behind)


def rota(page: Page) -> None:
    """Who is in charge on which day, or what the day is about, with no paper said."""
    random = page.random
    columns = page.random.choice(
        (
            ("Date", "Presenter"),
            ("Date", "Who", "Snacks"),
            ("Date", "Topic", "Keywords", "Summary"),
            ("Week", "Topic", "Host"),
        )
    )
    page.sheet.add(f"| {' | '.join(columns)} |")
    page.sheet.add("|" + " --- |" * len(columns))
    day = random.randrange(words.DAY_FORMS)
    for number in range(1, random.randint(3, 9)):
        cells = {
            "Date": words.day(random, day), "Week": str(number), "Presenter": people.first_name(random, page.language), "Who": people.first_name(random, page.language),
            "Host": people.person(random, "en").full, "Snacks": random.choice(("", "cake", "Bo")), "Topic": titles.topic(random),
            "Keywords": ", ".join(titles.word(random, slot) for slot in ("n", "acronym", "n")), "Summary": f"[doc](./summary/{number}.md)",
        }  # fmt: skip
        page.sheet.add(f"| {' | '.join(cells[column] for column in columns)} |")


def commands(page: Page) -> None:
    random = page.random
    columns = random.choice(
        (
            ("Command", "Status", "Notes"),
            ("Option", "Default", "Meaning"),
            ("Planned item", "Issue", "Notes"),
        )
    )
    page.sheet.add(f"| {' | '.join(columns)} |")
    page.sheet.add("|" + " --- |" * len(columns))
    for command in random.sample(_COMMANDS, k=random.randint(2, 6)):
        number = random.randint(2, 300)
        middle = random.choice(
            (
                "Implemented",
                "planned",
                "`no`",
                f"[#{number}](https://github.com/nordlab/hivekit/issues/{number})",
                "future issue",
            )
        )
        page.sheet.add(f"| `{command}` | {middle} | {prose.sentence(random)} |")


def data_sets(page: Page) -> None:
    random = page.random
    page.sheet.add(random.choice(("## Datasets", "## Data", "## Benchmarks and data")))
    page.sheet.blank()
    is_table = page.chance(0.5)
    if is_table:
        page.sheet.add("| Dataset | Size | Link |")
        page.sheet.add("|---|---|---|")
    for _ in range(random.randint(2, 6)):
        name = titles.nickname(random)
        link = random.choice(
            (
                f"https://huggingface.co/datasets/nordlab/{records.slug(name)}",
                f"https://example.org/data/{records.slug(name)}",
                f"https://github.com/nordlab/{records.slug(name)}",
            )
        )
        page.sheet.add(
            f"| {name} | {random.randint(1, 900)}k | [link]({link}) |"
            if is_table
            else f"- [{name}]({link}) ({random.randint(1, 900)}k images)"
        )


def legend(page: Page) -> None:
    for sign, means in zip(
        page.random.sample((":one:", ":two:", ":star:", "🔥", "✅", "⭐", ":lock:"), k=3),
        page.random.sample(_LEGEND, k=3),
        strict=True,
    ):
        page.sheet.add(
            f"{sign} - {means}" if page.pick("legend", True, False) else f"- {sign}: {means}"
        )


def _head(page: Page, kind: str) -> None:
    page.sheet.add(page.random.choice(_HEADINGS[kind]))
    if page.chance(0.7):
        page.sheet.blank()


def _part(page: Page, number: int) -> str:
    name = page.random.choice(_PARTS.get(page.language, _PARTS["en"]).split("|"))
    return name.format(k=number + 1, y=2015 + number)


Maker = Callable[[Page], None]
SECTIONS: dict[str, Maker] = {
    "courses": courses, "software": software, "lecturers": lecturers, "lectures": lectures, "folders": folders, "steps to join": steps_to_join,
    "agenda": agenda, "criteria": criteria, "wishes": wishes, "data sets": data_sets,
}  # fmt: skip
BLOCKS: dict[str, Maker] = {"legend": legend}
# In lists of papers these would be hard to tell from schedules that hold some.
ELSEWHERE: dict[str, Maker] = {"rota": rota, "commands": commands}
