"""What lists hold beside papers: contents, intros, news, rules, tools, people, licences."""

from collections.abc import Callable

from bench.grammar import asides, gatherings, projects, prose, records, words
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


Maker = Callable[[Page], None]
# Noise with a heading of its own, and noise that may be anywhere between blocks.
SECTIONS: dict[str, Maker] = {
    "contents": contents, "about": about, "news": projects.news, "contributing": projects.contributing, "tools": projects.tools, "links": projects.links, "people": gatherings.crew, "readme": projects.readme,
    "licence": projects.licence, "quiz": gatherings.quiz, "slides": gatherings.slides, "citation": projects.cite,
    "features": projects.features, "chores": gatherings.chores, "steps": projects.steps, "events": gatherings.talks, **asides.SECTIONS,
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
    "spendings": gatherings.spendings,
    "story": gatherings.story,
    "crew table": gatherings.crew_table,
    "example rows": projects.example_rows,
    **asides.ELSEWHERE,
}
NOISES = {**SECTIONS, **BLOCKS, **ELSEWHERE}
