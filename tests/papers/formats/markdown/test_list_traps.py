"""What is beside papers and looks like one, and papers that look like something else."""

from typing import NamedTuple

import pytest

from papers.formats.markdown import reading

BEES, HIVES, SWARMS = "Counting Bees from the Air", "Hives That Learn", "Swarms Without Queens"
ARXIV, OTHER = "https://arxiv.org/abs/2301.00001", "https://arxiv.org/abs/2301.00002"


class Trap(NamedTuple):
    text: str
    # The titles that are sure, and others that are read at least.
    sure: list[str]
    read: list[str]


# fmt: off
TRAPS = {
    # Notes below a paper whose address is in a line of its own.
    "notes below an address": Trap(
        f"### 7.29\n\n{BEES} (ICML2019)\n{ARXIV}\n\n{HIVES}\n{OTHER}\n\n### 7.30\n\nHoney Prime\n\n"
        "https://arxiv.org/abs/1812.00332\n\n-   counts are costly on a phone\n"
        "-   latency can be part of the loss\n",
        [BEES, HIVES], ["Honey Prime"],
    ),
    "notes right below an address": Trap(
        f"## Monday\n\n{BEES}\n{ARXIV}\n- counts are costly on a phone\n- uses a small model\n\n"
        f"{HIVES}\n{OTHER}\n- no code\n",
        [BEES, HIVES], [],
    ),
    "notes in a star list": Trap(
        f"# Notes\n\n{BEES} (ICLR 2020)\n{ARXIV}\n\n* the proof is short\n* skip the appendix\n\n"
        f"{HIVES} (ACL 2021)\n{OTHER}\n\n* what about the queens?\n",
        [BEES, HIVES], [],
    ),
    "notes below a linked paragraph": Trap(
        f"### 2024-05-03: Ada\nPresented paper:\n[{BEES}]({ARXIV}) (Marsh et al., 2023)\n"
        "- first to count bees by drone\n- harder in the dark\n\n### 2024-05-10: Bo\n"
        f"Presented paper:\n[{HIVES}]({OTHER}) (Lindqvist et al., 2024)\n- needs more data\n",
        [BEES, HIVES], [],
    ),
    # A companion of a paper is none.
    "a companion in an item": Trap(
        f"# Proposed by Ann:\n\n### Deep hives (ELMo)\n{ARXIV}\n- perhaps with: "
        f"Contextual Bees for "
        "Labeling\nhttp://example.org/coling.pdf\n\n### Tradeoffs of Hives (long paper)\n"
        f"{OTHER}\n\n# Proposed by Ben:\n\n### {SWARMS}\nhttp://example.org/P18-1078.pdf\n",
        [SWARMS], ["Deep hives (ELMo)", "Tradeoffs of Hives (long paper)"],
    ),
    "see also below headings": Trap(
        f"# Club\n\n### {BEES}\n{ARXIV}\n- see also: Bees and Their Kin\n\n### {HIVES}\n{OTHER}\n",
        [BEES, HIVES], [],
    ),
    # Bare titles in a section of their own, beside one with a reference.
    "a section of bare titles": Trap(
        "# Methods\n- Alpha of beta in large nets\n- Gamma of delta in small nets\n- "
        "Epsilon of zeta\n"
        "\n# Theory\n- Zhang et al. Understanding deep learning. ICLR 2017.\n",
        ["Understanding deep learning"],
        ["Alpha of beta in large nets", "Gamma of delta in small nets", "Epsilon of zeta"],
    ),
    "bare titles before references": Trap(
        "## Bees\n* Learning to count bees with drones\n* Why hives fail in winter\n\n## Hives\n"
        "* Marsh and Lindqvist. The geometry of hives. NeurIPS 2019.\n"
        "* Ortega et al. Reading the dance of bees. ICML 2020.\n",
        ["The geometry of hives", "Reading the dance of bees"],
        ["Learning to count bees with drones", "Why hives fail in winter"],
    ),
    # One line without its colon costs no other paper anything.
    "a label without its colon": Trap(
        f"# Others\n\n**{BEES}**\n\n- Paper: {ARXIV}\n- Code: "
        f"https://github.com/x/bees\n\n**{HIVES}**\n\n"
        f"- Paper  {OTHER}\n- Code: https://github.com/x/hives\n",
        [], [BEES, HIVES],
    ),
    # A label in a schedule is no paper.
    "a label in a schedule": Trap(
        "| Date | Presenter | Paper |\n|---|---|---|\n| 01/03/2018 | Ann | Ada Marsh, Bo "
        "Lindqvist. "
        f"**{BEES}**. ACL 2017 |\n| 15/03/2018 | Ben | `Hard cases:` |\n| | | `by hand`: "
        f"Cy Ortega, "
        f"Bo Lindqvist. **{HIVES}**. ACL 2015 |\n",
        [BEES, HIVES], [],
    ),
    "an introduction in a schedule": Trap(
        "| # | Date | Presenter | Paper |\n|---|---|---|---|\n| 0 | 2026-03-18 | Ann | "
        "Introduction & "
        f"Overview |\n| 1 | 2026-03-25 | Ben | [{BEES}]({ARXIV}) (NeurIPS 2018) |\n| 2 | "
        f"2026-04-01 | "
        f"Cy | [{HIVES}]({OTHER}) (ICML 2019) |\n",
        [BEES, HIVES], [],
    ),
    # Courses and software beside papers.
    "courses and software": Trap(
        f"# Bees\n\n## Papers\n- [{BEES}]({ARXIV}), Marsh et al., ICML 2019\n- [{HIVES}]({OTHER}), "
        "Lindqvist et al., ACL 2020\n\n## Courses\n- [Oxbow] [CS231: Bees for Visual Recognition]"
        "(http://cs231.example.edu/)\n- [Stanley] [Hives by Ada "
        "Marsh](https://www.youtube.com/watch?v=x)\n\n"
        "## Software\n- HiveFlow: An open source library for counting by Oxbow "
        "[[Web](https://hiveflow.example.org/)]\n",
        [BEES, HIVES], [],
    ),
}
# fmt: on
# Titles that look as if they ended before their end, or began behind their beginning.
WHOLE = {
    "a name before a colon": f"# List\n\n| Paper | Venue | Part |\n|---|---|---|\n"
    f"| Lamp: A Model of {BEES} | SIGCOMM 19 | 1 |\n"
    f"| anchor: a novel framework for hives | ATC 12 | 2 |\n",
    "a number behind a small word": f"## Bees\n- [ ] Part 3 of 12\n- [ ] {HIVES}\n",
    "brackets in words": f"# Bees\n- [Hives That Get Smart(er): (Un)fair Swarms]({ARXIV})\n"
    f"- [{HIVES}]({OTHER})\n",
    "two links to one address": f"# Bees\n1. [{BEES}]({ARXIV}) ([Paper]({ARXIV})) `2020`\n"
    f"2. [{HIVES}]({OTHER}) ([Paper]({OTHER})) `2021`\n",
    "two parts": f"# Bees\n1. [{BEES}]({ARXIV}) ([Part 2]({OTHER}))\n2. [{HIVES}]({OTHER})\n",
    "a name as a link": f"# Stores\n* [Lantern]({ARXIV}) (2012): Lantern is "
    f'"a scalable, honest, and replicated hive of bees"\n* [{HIVES}]({OTHER}) (2013): a classic\n',
    "people who keep the list": f"# Bees\n\nBy [Ada Marsh](https://ada.example.org/), [Bo Day]("
    f"https://bo.example.org/), [Cy Ortega](https://cy.example.org/)\n\n- [{BEES}]({ARXIV})\n"
    f"- [{HIVES}]({OTHER})\n",
    "a day before": f"# Bees\n\n### 2016-07-28 {BEES}\n{ARXIV}\n\n"
    f"### 2017-05-01 {HIVES}\n{OTHER}\n",
    "headings of one level": "# Club\n\n## 13.11.2017\n## Drones of the Air\n\n**Author:** Ada "
    f"Marsh, Bo Day\n**Link:** {ARXIV}\n\n## 12.11.2017\n## {HIVES}\n**Author:** Cy Ortega\n\n"
    f"**Link:** {OTHER}\n",
    "an address with a remark": f"# Bees\n\n## {SWARMS}\n{ARXIV} (needs an account)\n",
}
TITLES = {
    "a name before a colon": [f"Lamp: A Model of {BEES}", "anchor: a novel framework for hives"],
    "a number behind a small word": ["Part 3 of 12", HIVES],
    "brackets in words": ["Hives That Get Smart(er): (Un)fair Swarms", HIVES],
    "a name as a link": ["Lantern", HIVES],
    "headings of one level": ["Drones of the Air", HIVES],
    "an address with a remark": [SWARMS],
}
# Remarks that are no people.
REMARKS = {
    "struck": f"## Seen\n* [~~{BEES}~~]({ARXIV}) - Concepts\n* [{HIVES}]({OTHER}) - Application\n",
    "plain": f"## Seen\n- [{BEES}]({ARXIV}) - Theory\n- [{HIVES}]({OTHER}) - Survey\n",
    "numbers": f"# List\n1. [{BEES}]({ARXIV}) – Background\n2. [{HIVES}]({OTHER}) – Basics\n",
}
NO_LISTS = {
    "a page of a group": "# Hive Club\nFor students of bees.\n\n## Sign up\nIf you want "
    "to present do "
    "the following:\n- Send me an email\n- Make a commit with your name and the topic\n- "
    "prepare :)\n",
    "lecturers": "# Course\n\n# Lecturers\n* Ada Marsh (Oxbow University and "
    "HiveMind)\n* Bo Lindqvist "
    "(Stanley)\n\n# Assessment\nThere is a take-home exam at the end of the term.\n",
    "commands": "# Hive tools\n\n| Command | Status | Notes |\n| --- | --- | --- |\n| `status` | "
    "Implemented | Shows how many papers are read. |\n| `retry` | planned | Runs failed "
    "work again. |\n",
    "folders": "# Notes\n\n## Contents\n- [Basics](basics/)\n- [Theory of hives](theory/)\n"
    "  - [Lecture 1](theory/lecture1/)\n- [Tools](tools/)\n",
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_is_beside_papers_is_none_of_them(name):
    text, sure, read = TRAPS[name]
    reading_list = reading.read(text)
    entries = [entry.title for entry in reading_list.entries]
    assert set(sure) <= set(entries) <= {*sure, *read}
    assert set(read) <= {entry.title for entry in (*reading_list.entries, *reading_list.doubtful)}


@pytest.mark.parametrize("name", WHOLE)
def test_a_title_is_read_whole_and_alone(name):
    titles = [entry.title for entry in reading.read(WHOLE[name]).entries]
    assert titles == TITLES.get(name, [BEES, HIVES])


def test_a_day_before_a_title_is_its_date():
    dates = [entry.date for entry in reading.read(WHOLE["a day before"]).entries]
    assert dates == ["2016-07-28", "2017-05-01"]


@pytest.mark.parametrize("name", REMARKS)
def test_a_remark_is_not_taken_for_people(name):
    assert [(entry.title, entry.authors) for entry in reading.read(REMARKS[name]).entries] == [
        (BEES, ""),
        (HIVES, ""),
    ]


@pytest.mark.parametrize("name", NO_LISTS)
def test_a_page_about_a_group_has_no_sure_papers(name):
    assert reading.read(NO_LISTS[name]).entries == ()
