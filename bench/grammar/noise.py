"""What lists hold beside papers: contents, intros, news, rules, tools, people, licences."""

from collections.abc import Callable

from bench.grammar import asides, people, prose, records, titles, words
from bench.grammar.page import Page

# fmt: off
_INTROS = {
    "en": (
        "A curated list of papers on bees, hives and honey. Contributions are welcome!", "We meet every Thursday at 4 pm in room 2.31. Everybody is welcome; please read the paper before.",
        "This is my personal list. I tick what I have read and add [notes](./notes) where I made some.", "Papers marked with a star are must-reads. See also [the other list](https://github.com/nordlab/awesome-hives).",
        "Last updated: 3 May 2024. Maintained by [Ada Marsh](https://example.org/~marsh) and [Bo Lindqvist](https://github.com/bo).", "The order is that in which we read them, the latest first.",
        "If you find this useful, please cite our survey **Bees: A Review** and give us a :star:.",
    ),
    "de": ("Wir treffen uns jeden Donnerstag um 16 Uhr in Raum 2.31.", "Diese Liste ist unvollständig; Vorschläge sind willkommen."), "fr": ("Nous nous réunissons tous les jeudis à 16 h.",), "es": ("Nos reunimos todos los jueves a las 16 h.",),
    "zh": ("本列表收集蜜蜂计数方向的论文，欢迎补充。", "每周四下午四点，二号会议室。", "持续更新中……"), "zh-tw": ("歡迎補充。",), "ja": ("毎週木曜日の16時から。どなたでも参加できます。", "随時更新します。"), "ko": ("매주 목요일 오후 4시에 모입니다.",), "ru": ("Собираемся по четвергам в 16:00.",),
    "ar": ("نلتقي كل خميس.",), "he": ("נפגשים בכל יום חמישי.",),
}
_RULES = (
    "Add new papers at the top of their section.", "Use the format below.", "One pull request per paper, please.", "Keep the list sorted by year.", "Papers need at least ten citations, except new ones.",
    "Talk: 40%", "Essay: 50%, at most 2,000 words", "Attendance: 10%", "Questions go to the forum.", "Bring a printed copy.", "Read the paper and write down two questions.",
)
_TOOLS = ("HiveKit", "BeeBench", "OpenComb", "WaxLib", "Quill Editor", "LarchDB Explorer", "Tern CLI", "MeadowVis", "PollenStore", "SwarmSim")
_FILES = ("`src/`", "`package.json`", "`LICENSE`", "`README.md`", "**`/data`**", "**`train.py`**", "`notebooks/`", "`Makefile`")
_FEATURES = (
    "Fast and small", "Written in Python", "No dependencies", "Works offline", "Dark mode", "Supports Markdown, BibTeX and RIS", "Easy to install", "Tested on Linux and macOS", "Sign in with a passkey",
    "**Search**: finds hives by name", "**Simple**: one file, one command", "Runs on a Raspberry Pi", "Import from a spreadsheet", "REST API", "Free for teams of five", "Open source",
)
_CHORES = (
    "Buy milk", "Call Ada about the room", "Water the plants", "Send the slides to everybody", "Book flights", "Fix the printer", "Eggs", "Flour, 500 g", "2 cups of sugar", "Pay the rent", "Ask Bo for the keys",
    "Write the report", "Finish chapter two", "Clean the hives", "Email the dean", "Order honey jars", "Plan the trip to Basel", "Renew the passport", "Laundry",
)
_STEPS = (
    "Clone the repository", "Run `make install`", "Open your browser", "Install Python 3.11 or later", "Set `DATA_DIR` to a folder", "Click on *Settings*, then on *Keys*", "Copy `config.example.yml` to `config.yml`", "Restart the server",
)
_SPENT = ("Rent", "Coffee", "Train to Bern", "Printer paper", "Honey jars", "Electricity", "Hotel Larch", "Insurance", "Lunch with the board", "Salary of Bo Lindqvist", "Postage", "Domain name")
_SPEECH = (
    "“You are late,” said Ada, and put the kettle on.", "He had not been in the valley since the winter of 1987, when the snow came down to the church.", "Nothing moved but the bees.", "“And what then?” asked Bo.",
    "In the spring of 1912 the two of them left for Basel, with one trunk and a borrowed map.", "She read the letter twice, folded it, and went out to the hives.", "The train was empty; Marsh took the seat by the window.",
    "It was, as Lindqvist used to say, a matter of patience.", "Years later, in a hotel room in Trieste, she would remember the smell of wax.",
)
_QUESTIONS = ("What is the main claim?", "How many bees are in the sample?", "Why is the loss not convex?", "Which of the two proofs is shorter?", "What would change your mind?")
# fmt: on


def contents(page: Page) -> None:
    random = page.random
    form = "## 目录" if page.language == "zh" else "## TOC"
    page.sheet.add(
        random.choice(("## Contents", "## Table of Contents", "# Contents", "**Contents**", form))
    )
    page.sheet.blank()
    depth, mark, colon = (
        random.choice((0, 0, 1, 2)),
        random.choice(("-", "*", "1.")),
        random.choice(("", "", " : the first half", ":")),
    )
    for number in range(random.choice((random.randint(3, 8), random.randint(8, 30)))):
        name = words.topic(random, page.language)
        indent = "  " * random.randint(0, depth if number else 0)
        page.sheet.add(f"{indent}{mark} [{name}](#{records.slug(name)}){colon}")


def about(page: Page) -> None:
    random = page.random
    page.sheet.add(
        random.choice(
            (
                "## About",
                "## Overview",
                "## Introduction",
                "### Notes",
                "## Motivation",
                "# How this works",
                "## Format",
                "## Preface",
            )
        )
    )
    page.sheet.blank()
    for _ in range(random.randint(1, 3)):
        page.sheet.add(prose.paragraph(random, page.language))
        page.sheet.blank()
    mark = random.choice(("- ", "* ", "1. ", ""))
    for _ in range(random.randint(2, 6) if mark else 0):
        page.sheet.add(mark + random.choice((prose.note, prose.sentence))(random, page.language))


def intro(page: Page) -> None:
    known = page.random.choice(_INTROS.get(page.language, _INTROS["en"]))
    text = known if page.chance(0.5) else prose.paragraph(page.random, page.language)
    page.sheet.add(page.random.choice(("{}", "{}", "> {}", "*{}*")).format(text))


def badges(page: Page) -> None:
    page.sheet.add(
        "[![Awesome](https://awesome.re/badge.svg)](https://awesome.re) ![Stars](https://img.shields.io/github/stars/nordlab/bees.svg) [![License](https://img.shields.io/badge/License-MIT-green.svg)](LICENSE)"
    )


def news(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            (
                "## News",
                "### Updates",
                "## 🔥 News",
                "## Changelog",
                "## 更新" if page.language == "zh" else "## What's new",
            )
        )
    )
    page.sheet.blank()
    form = page.random.choice(("- [{}] {}", "- {}: {}", "* **{}** {}", "- `{}` {}", "{} {}"))
    for _ in range(page.random.randint(1, 5)):
        day = words.day(page.random, page.random.randrange(words.DAY_FORMS))
        tool = page.random.choice(_TOOLS)
        text = page.random.choice((
            f"{tool} has been released!", f"Our survey was accepted at ICLR {page.random.randint(2019, 2025)}.", f"We added {page.random.randint(2, 40)} papers.", f"We release [{tool}](https://github.com/nordlab/{tool.lower()}), a toolbox.",
            f"新增 {page.random.randint(2, 40)} 篇论文", f"[{tool}](https://arxiv.org/abs/24{page.random.randint(10, 12)}.{page.random.randint(10000, 19999)}) is out.",
        ))  # fmt: skip
        page.sheet.add(form.format(day, text))
        if page.titles and page.chance(0.4):
            known = page.random.choice(page.titles)
            page.sheet.add(
                f"  - Paper: [{known.partition(':')[0]}](https://arxiv.org/abs/24{page.random.randint(10, 12)}.12345)"
            )


def contributing(page: Page) -> None:
    page.sheet.add(
        page.random.choice(("## Contributing", "## How to contribute", "### Rules", "## Grading"))
    )
    page.sheet.blank()
    form = page.random.choice(("- {}", "1. {}", "* {}"))
    for rule in page.random.sample(_RULES, k=page.random.randint(2, 4)):
        page.sheet.add(form.format(rule))
    if page.random.random() < 0.5:
        page.sheet.blank()
        for line in (
            "```markdown",
            "- Title of the work. [[link]](address)",
            "  - First Author, Second Author. *Venue*, Year.",
            "```",
        ):
            page.sheet.add(line)


def tools(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            ("## Tools", "## Toolboxes", "## Software", "## Code", "## Datasets", "## Libraries")
        )
    )
    page.sheet.blank()
    says_more = page.chance(0.6)
    for tool in page.random.sample(_TOOLS, k=page.random.randint(2, 5)):
        page.sheet.add(
            f"- [{tool}](https://github.com/nordlab/{tool.lower().replace(' ', '-')}){page.random.choice((' - a toolbox in Python', ': simulation of swarms', ' (C++)')) if says_more else ''}"
        )


def links(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            ("## Related lists", "## Other resources", "## See also", "## Useful links")
        )
    )
    page.sheet.blank()
    for _ in range(page.random.randint(2, 4)):
        tool = page.random.choice(_TOOLS)
        page.sheet.add(
            page.random.choice(
                (
                    f"- [awesome-{records.slug(tool)}](https://github.com/nordlab/awesome-{records.slug(tool)})",
                    f"- [{tool} homepage](https://{tool.lower()}.example.io/)",
                    f"- [How to read a paper](https://blog.example.org/{tool.lower()})".replace(
                        "How to read a paper", f"Blog of {tool}"
                    ),
                )
            )
        )


def crew(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            ("## People", "## Maintainers", "## Contributors", "## Acknowledgements", "## Members")
        )
    )
    page.sheet.blank()
    for _ in range(page.random.randint(2, 5)):
        name = people.person(page.random, "en").full
        page.sheet.add(
            page.random.choice(
                (
                    f"- [{name}](https://github.com/{records.slug(name)})",
                    f"- {name}, Nordlab",
                    f"- {name}",
                )
            )
        )


def readme(page: Page) -> None:
    page.sheet.add(page.random.choice(("## What's inside?", "## Files", "## Structure")))
    page.sheet.blank()
    for number, file in enumerate(page.random.sample(_FILES, k=3), start=1):
        page.sheet.add(
            page.random.choice(
                (
                    f"- {file}: the code of the site",
                    f"{number}. {file} - what the program needs",
                    f"- {file}",
                )
            )
        )
    page.sheet.add("```")
    page.sheet.add("pip install hivekit")
    page.sheet.add("python train.py --epochs 10")
    page.sheet.add("```")


def licence(page: Page) -> None:
    page.sheet.add("## License")
    page.sheet.blank()
    page.sheet.add("[MIT](LICENSE) © 2024 Nordlab. The papers belong to their authors.")


def quiz(page: Page) -> None:
    page.sheet.add(page.random.choice(("## Questions", "## Quiz", "## Discussion points")))
    page.sheet.blank()
    form = page.random.choice(("- {}", "1. {}", "**Q:** {}"))
    for question in page.random.sample(_QUESTIONS, k=3):
        page.sheet.add(form.format(question))


def slides(page: Page) -> None:
    page.sheet.add(page.random.choice(("## Slides", "## Lectures", "## Material")))
    page.sheet.blank()
    for number in range(1, page.random.randint(3, 5)):
        page.sheet.add(
            page.random.choice(
                (
                    f"- Lecture {number} ([slides](slides/{number}.pdf), [video](https://www.youtube.com/watch?v=bees{number}))",
                    f"- [Slides {number}](slides/{number}.pdf)",
                    f"- [Notes of week {number}](notes/{number}.md)",
                )
            )
        )


def cite(page: Page) -> None:
    page.sheet.add(page.random.choice(("## Citation", "## Reference", "## Cite us")))
    page.sheet.blank()
    page.sheet.add("If this list helps you, please cite:")
    for line in (
        "```bibtex",
        "@article{marsh2022bees,",
        f"  title={{{titles.title(page.random, 'en')}}},",
        "  author={Marsh, Ada and Lindqvist, Bo},",
        "  journal={arXiv preprint},",
        "  year={2022}",
        "}",
        "```",
    ):
        page.sheet.add(line)


def comment(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            (
                "<!-- omit in toc -->",
                "<!-- TODO: sort these -->",
                "<br>",
                "---",
                "![hives](./img/hives.png)",
                '<p align="center"><img src="img/hives.png" width="60%"></p>',
            )
        )
    )


def empty_items(page: Page) -> None:
    page.sheet.add(page.random.choice(("- ", "- [ ] ", "* ", "1. ")))


def template_words(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            (
                "(to be continued)",
                "Suggestions? Write to ada@example.org.",
                "[Back to top](#contents)",
                "Total: 42",
                "**[⬆ back to top](#contents)**",
            )
        )
    )


def features(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            ("## Features", "## Why?", "## What you get", "## Highlights", "## Goals")
        )
    )
    page.sheet.blank()
    form = page.random.choice(("- {}", "* {}", "1. {}", "- ✅ {}", "- [x] {}"))
    for feature in page.random.sample(_FEATURES, k=page.random.randint(3, 7)):
        page.sheet.add(form.format(feature))


def chores(page: Page) -> None:
    page.sheet.add(
        page.random.choice(
            (
                "## To do",
                "## Shopping",
                "## Next steps",
                "## Chores",
                "## Minutes",
                "## Action items",
                "## Tasks",
            )
        )
    )
    page.sheet.blank()
    form = page.random.choice(("- {}", "* {}", "- [x] {}", "- [ ] {}", "{}", "1. {}"))
    who = page.chance(0.3)
    for chore in page.random.sample(_CHORES, k=page.random.randint(3, 8)):
        doer = people.first_name(page.random, page.language) if who else ""
        page.sheet.add(form.format(f"{doer}: {chore}" if who else chore))


def steps(page: Page) -> None:
    page.sheet.add(
        page.random.choice(("## Installation", "## Usage", "## Getting started", "## Quick start"))
    )
    page.sheet.blank()
    for number, step in enumerate(page.random.sample(_STEPS, k=page.random.randint(2, 5)), start=1):
        page.sheet.add(f"{number}. {step}")


def spendings(page: Page) -> None:
    """A table of what was paid."""
    day = page.random.randrange(words.DAY_FORMS)
    columns = page.random.sample(("Date", "What", "Who", "Amount", "Category"), k=4)
    page.sheet.add(f"| {' | '.join(columns)} |")
    page.sheet.add("|" + "---|" * len(columns))
    for spent in page.random.sample(_SPENT, k=page.random.randint(3, 9)):
        cells = {
            "Date": words.day(page.random, day),
            "What": spent,
            "Who": people.person(page.random, "en").full,
            "Amount": f"{page.random.randint(2, 900)}.{page.random.randint(10, 99)}",
            "Category": page.random.choice(("Travel", "Office", "Food", "")),
        }
        page.sheet.add(f"| {' | '.join(cells[column] for column in columns)} |")


def story(page: Page) -> None:
    """Some paragraphs of a novel."""
    if page.chance(0.5):
        page.sheet.add(page.random.choice(("## Chapter 1", "## II", "## The valley", "# Winter")))
        page.sheet.blank()
    for _ in range(page.random.randint(2, 6)):
        page.sheet.add(" ".join(page.random.sample(_SPEECH, k=page.random.randint(1, 4))))
        page.sheet.blank()


def crew_table(page: Page) -> None:
    """Members with what they do."""
    page.sheet.add("| Name | Role | Since |")
    page.sheet.add("|---|---|---|")
    for _ in range(page.random.randint(2, 6)):
        name = people.person(page.random, "en").full
        role = page.random.choice(("Organizer", "PhD student", "Professor of Biology", "Guest"))
        page.sheet.add(f"| {name} | {role} | {page.random.randint(2010, 2025)} |")


def example_rows(page: Page) -> None:
    """How a row is to be filled in, with a row or two that show it."""
    page.sheet.add(page.random.choice(("## Adding a meeting", "## Format", "Example rows:")))
    page.sheet.blank()
    for number, step in enumerate(page.random.sample(_STEPS, k=2), start=1):
        page.sheet.add(f"{number}. {step}")
    page.sheet.blank()
    page.sheet.add("| date | presenter | title | authors | venue | link |")
    page.sheet.add("| --- | --- | --- | --- | --- | --- |")
    for _ in range(page.random.randint(1, 3)):
        day = words.day(page.random, page.random.randrange(words.DAY_FORMS))
        short = titles.title(page.random, "en").split()[0].strip(":,")
        said = page.random.choice((f"{short}: ...", "Title of the paper", "Practice talk", "..."))
        where = page.random.choice(("https://arxiv.org/abs/2503.18666", "link", ""))
        who = people.person(page.random, "en").full
        page.sheet.add(f"| {day} | {who} | {said} | {who}, ... | ICSE | {where} |")


def talks(page: Page) -> None:
    """Events, which have days, people and names, and are no papers."""
    page.sheet.add(page.random.choice(("## Events", "## Meetings", "## Deadlines", "## Calendar")))
    page.sheet.blank()
    form = page.random.choice(("- {day}: {what}", "- {what}, {day}", "* **{day}** {what}"))
    day = page.random.randrange(words.DAY_FORMS)
    for _ in range(page.random.randint(2, 6)):
        what = page.random.choice(
            (
                "Summer party",
                "No meeting",
                f"{people.person(page.random, 'en').full} visits",
                "Deadline of the workshop",
                "Tour of the hives",
                "Kick-off",
                f"Meeting in room {page.random.randint(1, 400)}",
                "Budget",
            )
        )
        page.sheet.add(form.format(day=words.day(page.random, day), what=what))


Maker = Callable[[Page], None]
# Noise with a heading of its own, and noise that may be anywhere between blocks.
SECTIONS: dict[str, Maker] = {
    "contents": contents, "about": about, "news": news, "contributing": contributing, "tools": tools, "links": links, "people": crew, "readme": readme,
    "licence": licence, "quiz": quiz, "slides": slides, "citation": cite,
    "features": features, "chores": chores, "steps": steps, "events": talks, **asides.SECTIONS,
}  # fmt: skip
BLOCKS: dict[str, Maker] = {
    "intro": intro,
    "badges": badges,
    "comment": comment,
    "empty items": empty_items,
    "words": template_words,
    **asides.BLOCKS,
}
# Noise of texts that hold no papers at all.
ELSEWHERE: dict[str, Maker] = {
    "spendings": spendings,
    "story": story,
    "crew table": crew_table,
    "example rows": example_rows,
    **asides.ELSEWHERE,
}
NOISES = {**SECTIONS, **BLOCKS, **ELSEWHERE}
