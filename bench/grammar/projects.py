"""What the page of a project says of itself: news, rules, tools, files, steps, licence."""

from bench.grammar import people, records, titles, words
from bench.grammar.page import Page

# fmt: off
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
_STEPS = (
    "Clone the repository", "Run `make install`", "Open your browser", "Install Python 3.11 or later", "Set `DATA_DIR` to a folder", "Click on *Settings*, then on *Keys*", "Copy `config.example.yml` to `config.yml`", "Restart the server",
)
# fmt: on


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


def steps(page: Page) -> None:
    page.sheet.add(
        page.random.choice(("## Installation", "## Usage", "## Getting started", "## Quick start"))
    )
    page.sheet.blank()
    for number, step in enumerate(page.random.sample(_STEPS, k=page.random.randint(2, 5)), start=1):
        page.sheet.add(f"{number}. {step}")


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
