"""Lists of the kinds that people bring, each with variants: what is read of them.

A row has the text and, for each paper, what must be said of it. `sure` papers are entries; a kind
whose papers may be doubtful says so.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from papers.formats.core.reading_list import Entry
from papers.formats.markdown import reading

Said = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    text: str
    papers: tuple[Said, ...]


def paper(title: str, **said: Any) -> Said:
    return {"title": title, **said}


def kind(text: str, *papers: Said) -> Kind:
    return Kind(text, papers)


BEES, HIVES, SWARMS = "Counting Bees from the Air", "Hives That Learn", "Swarms Without Queens"
ARXIV, OTHER = "https://arxiv.org/abs/2301.00001", "https://arxiv.org/abs/2301.00002"

# fmt: off
KINDS: dict[str, Kind] = {
    "bare titles beside one reference": kind(
        "# Week 1\n- Alpha of beta in large nets\n- Gamma of delta in small nets\n"
        "- Zhang et al. Understanding deep learning. ICLR 2017.\n",
        paper("Alpha of beta in large nets"), paper("Gamma of delta in small nets"),
        paper("Understanding deep learning", authors="Zhang et al.", venue="ICLR", year=2017),
    ),
    "boxes however they are written": kind(
        "## T\n- [ ] Counting Bees\n-[ ] Hives That Learn\n-[x] Swarms Without Queens\n"
        "- [ ]Honey Prime\n- ✅ Wax and Wings\n- ☐ Smoke Signals\n",
        paper("Counting Bees", checked=False), paper(HIVES, checked=False),
        paper(SWARMS, checked=True), paper("Honey Prime", checked=False),
        paper("Wax and Wings", checked=True), paper("Smoke Signals", checked=False),
    ),
    "labels before titles": kind(
        f"# T\n- [arXiv]({ARXIV}) {BEES}\n- [arXiv]({OTHER}) {HIVES}\n",
        paper(BEES, arxiv="2301.00001"), paper(HIVES, arxiv="2301.00002"),
    ),
    "boxes, labels and titles": kind(
        f"# T\n- [ ] [pdf]({ARXIV}) {BEES}\n- [x] [pdf]({OTHER}) {HIVES}\n",
        paper(BEES, checked=False), paper(HIVES, checked=True),
    ),
    "links and people": kind(
        f"# T\n- [{BEES}]({ARXIV}) Ada Marsh, Bo Li, Nature\n"
        f"- [{HIVES}]({OTHER}) Cy Ortega, NeurIPS\n",
        paper(BEES, authors="Ada Marsh, Bo Li", venue="Nature"),
        paper(HIVES, authors="Cy Ortega", venue="NeurIPS"),
    ),
    "boxes and people": kind(
        f"- [ ] {BEES}, Ada Marsh and Bo Li\n- [x] *{HIVES}*, NeurIPS\n",
        paper(BEES, authors="Ada Marsh and Bo Li", checked=False),
        paper(HIVES, venue="NeurIPS", checked=True),
    ),
    "boxes and nothing else": kind(
        "- [ ] On Wax\n- [x] On Smoke\n", paper("On Wax", checked=False),
        paper("On Smoke", checked=True),
    ),
    "a box in a numbered list": kind(
        "## Later\n1. [ ] Counting Bees\n2. [x] Hives That Learn\n",
        paper("Counting Bees", checked=False), paper(HIVES, checked=True),
    ),
    "other digits": kind(
        "## T\n- [ ] 蜜蜂计数 [刘伟明 等，2021]\n- [ ] عد النحل [سعيد, ٢٠٢٠]\n",
        paper("蜜蜂计数", authors="刘伟明 等", year=2021),
        paper("عد النحل", authors="سعيد", year=2020),
    ),
    "a schedule by topic": kind(
        "# Reading group\n\n## 2024\n| Date | Topic | Presenters | Notes |\n|:-:|:-:|:-:|:-:|\n"
        f"| 3rd May, 2024 | [{BEES}]({ARXIV}) | Ada, Bo | [Summary](a.md) |\n"
        f"| 10th May, 2024 | [{HIVES}]({OTHER}) | Cy | [Summary](b.md) |\n",
        paper(BEES, date="3rd May, 2024", presenters="Ada, Bo", arxiv="2301.00001"),
        paper(HIVES, date="10th May, 2024", presenters="Cy", arxiv="2301.00002"),
    ),
    "a schedule by address, in a room": kind(
        "Date | Presenter | URL | Venue\n-----|----|-----|------\n"
        f"24/02/2025 | Ada | [{BEES}]({ARXIV}) | Room 2\n"
        f"28/01/2025 | Bo | [{HIVES}]({OTHER}) | Room 2\n",
        paper(BEES, date="24/02/2025", presenters="Ada", venue=""),
        paper(HIVES, date="28/01/2025", presenters="Bo", venue=""),
    ),
    "a schedule without a column of papers by name": kind(
        "| When | Who | What |\n|---|---|---|\n"
        f"| 2024-05-03 | Ada | [{BEES}]({ARXIV}) |\n| 2024-05-10 | Bo | [{HIVES}]({OTHER}) |\n",
        paper(BEES, date="2024-05-03", presenters="Ada"),
        paper(HIVES, date="2024-05-10", presenters="Bo"),
    ),
    "bold titles in references": kind(
        "# Roadmap\n## 1.1 Survey\n**[1]** Marsh, Ada, Bo Lindqvist, and Cy Ortega. "
        '"**Counting bees from the air**." Nature 521.7553 (2015): 436-444. '
        "[[pdf]](http://example.org/a.pdf) **(Overview)** :star::star:\n\n"
        '**[2]** Marsh, Ada, and Bo Lindqvist. "**Hives that learn**." arXiv preprint '
        "arXiv:1503.02531 (2015). [[pdf]](http://arxiv.org/pdf/1503.02531) :star:\n",
        paper("Counting bees from the air", venue="Nature", year=2015,
              authors="Marsh, Ada, Bo Lindqvist, and Cy Ortega"),
        paper("Hives that learn", arxiv="1503.02531", year=2015,
              authors="Marsh, Ada, and Bo Lindqvist"),
    ),
    "bold, then where and who": kind(
        f"## Surveys\n1. **{BEES}.** ICML 2019. [paper](https://arxiv.org/pdf/1901.00596.pdf)\n\n"
        f"    *Ada Marsh, Bo Lindqvist, Cy Ortega.*\n\n1. **{HIVES}: A Review.** AI Open 2020. "
        "[paper](https://doi.org/10.1016/j.aiopen.2021.01.001)\n\n    *Ada Marsh, Bo Lindqvist.*\n",
        paper(BEES, venue="ICML", year=2019, authors="Ada Marsh, Bo Lindqvist, Cy Ortega"),
        paper(f"{HIVES}: A Review", venue="AI Open", year=2020, authors="Ada Marsh, Bo Lindqvist"),
    ),
    "bold, then where": kind(
        f"## Surveys\n- **{BEES}**, ICML 2019 [[pdf]({ARXIV})]\n- **{HIVES}**, ACL 2020 "
        f"[[pdf]({OTHER})]\n",
        paper(BEES, venue="ICML", year=2019), paper(HIVES, venue="ACL", year=2020),
    ),
    "people before a colon": kind(
        "# Papers\n## Bees\n* Ada Marsh, et al.: Counting Bees from the Air, 2013.\n"
        "* Ada Marsh and Bo Lindqvist: Hives That Learn, NIPS 2013.\n"
        "* Ada Marsh, Bo Lindqvist: Swarms Without Queens, ACL 2014.\n",
        paper(BEES, year=2013), paper(HIVES, authors="Ada Marsh and Bo Lindqvist", venue="NIPS"),
        paper(SWARMS, authors="Ada Marsh, Bo Lindqvist", venue="ACL", year=2014),
    ),
    "a title line and a line of links": kind(
        f"## Image Translation\n\n:heavy_check_mark: [{BEES}]\n"
        "- [[Paper]](https://arxiv.org/abs/1606.07536)[[Code]](https://github.com/x/y)(NIPS 2016)\n"
        f"\n:heavy_check_mark: [{HIVES}]\n- [[Paper]](https://arxiv.org/abs/1703.00848)\n",
        paper(BEES, arxiv="1606.07536", venue="NIPS", year=2016), paper(HIVES, arxiv="1703.00848"),
    ),
    "a title and an address below": kind(
        f"### 7.29\n\n{BEES} (ICML2019)\n{ARXIV}\n\n{HIVES}\n{OTHER}\n",
        paper(BEES, arxiv="2301.00001", year=2019), paper(HIVES, arxiv="2301.00002"),
    ),
    "headings with people and links": kind(
        f"# Club\n## 13.11.2017\n### {BEES}\n**Author:** Ada Marsh, Bo Lindqvist (Hive Lab)\n\n"
        f"**Link:** {ARXIV}\n\n**Motivation:** bees are many and hard to count.\n\n"
        f"## 12.11.2017\n### {HIVES}\n**Author:** Cy Ortega\n\n**Link:** {OTHER}\n",
        paper(BEES, arxiv="2301.00001"), paper(HIVES, arxiv="2301.00002", authors="Cy Ortega"),
    ),
    "years and people within the link": kind(
        f"# Bees\n* [{BEES} (1977)](https://example.org/a.pdf)\n"
        f"* [{HIVES} (1999)](https://example.org/b.pdf)\n"
        f"* [{SWARMS} (Ada Marsh & Bo Lindqvist)](https://example.org/c.pdf)\n",
        paper(BEES, year=1977), paper(HIVES, year=1999),
        paper(SWARMS, authors="Ada Marsh & Bo Lindqvist"),
    ),
    "year, venue and then the title": kind(
        f"### Bees\n\n2017, NIPS, [{BEES}](https://arxiv.org/pdf/1706.03762.pdf)\n\n"
        f"2021, Journal of Hives, [{HIVES}](https://arxiv.org/pdf/1810.04805.pdf)\n",
        paper(BEES, venue="NIPS", year=2017), paper(HIVES, venue="Journal of Hives", year=2021),
    ),
    "a table of weeks": kind(
        "## Top Papers of the Week (June 2 - June 8)\n| **Paper** | **Links** |\n| --- | --- |\n"
        "| 1) **Counting Bees from the Air** - a framework that improves counting. | "
        f"[Paper]({ARXIV}), [Tweet](https://x.com/a/status/1) |\n"
        f"| 2) **{HIVES}** - shows that hives can learn. | [Paper]({OTHER}), "
        "[Tweet](https://x.com/a/status/2) |\n",
        paper(BEES, arxiv="2301.00001"), paper(HIVES, arxiv="2301.00002"),
    ),
    "homepages and code beside the paper": kind(
        f"# 3D\n\n**{BEES}**\n\n- Homepage: https://example.org/bees\n- Paper: {ARXIV}\n"
        f"- Code: https://github.com/x/bees\n\n**{HIVES}**\n\n- Paper: {OTHER}\n"
        "- Code: https://github.com/x/hives\n",
        paper(BEES, arxiv="2301.00001"), paper(HIVES, arxiv="2301.00002"),
    ),
    "blanks in the name of a file": kind(
        f"## Papers:\n1. [{BEES}](<./bees/Counting Bees.md>)\n"
        "2. [Hives: That Learn](./hives/Hives: That Learn.md)\n"
        "3. [Swarms Without Queens](https://example.org/s.md)\n",
        paper(BEES), paper("Hives: That Learn"), paper(SWARMS),
    ),
    "struck titles": kind(
        f"## Seen\n* [~~{BEES}~~]({ARXIV})\n* [{HIVES}]({OTHER})\n",
        paper(BEES, checked=True, arxiv="2301.00001"), paper(HIVES, checked=None),
    ),
    "keys before references": kind(
        f"[Mar70] Marsh et al. {BEES}. ICML 1970.\n[Ort09] Ortega, Li. {HIVES}. NeurIPS 2009.\n",
        paper(BEES, authors="Marsh et al.", venue="ICML", year=1970),
        paper(HIVES, authors="Ortega, Li", venue="NeurIPS", year=2009),
    ),
    "presenters behind papers": kind(
        f"# T\n- [{BEES}]({ARXIV}) — presented by Tom\n- [{HIVES}]({OTHER}), hosted by Jo\n",
        paper(BEES, authors="", presenters="Tom"), paper(HIVES, authors="", presenters="Jo"),
    ),
    "bars within items": kind(
        f"## Papers\n* 2021-03 | BEEP | {BEES} | {ARXIV}\n* 2022-04 | HUM 2 | {HIVES} | {OTHER}\n",
        paper(BEES, arxiv="2301.00001"), paper(HIVES, arxiv="2301.00002"),
    ),
    "two papers of one item": kind(
        f"# Schedule\n- **Week 2: Caching.** Readings: [{BEES}](https://x.org/bees.pdf), "
        f"[{HIVES}](https://doi.org/10.1000/hives)\n",
        paper(BEES, doi="", venue=""), paper(HIVES, doi="10.1000/hives"),
    ),
    "days of tasks": kind(
        f"- [ ] {BEES} 📅 2024-05-01 #paper\n- [x] {HIVES} ⏫ ✅ 2024-04-20\n",
        paper(BEES, checked=False, date="2024-05-01", year=None),
        paper(HIVES, checked=True, date="", year=None),
    ),
    "tasks of todo.txt": kind(
        f"x 2024-01-02 {HIVES} {ARXIV} +reading\n"
        f"(B) 2024-01-01 {BEES} (Reed et al., ICML 2019) +reading @home due:2024-02-01\n"
        "Attention for swarms +papers @desk prio:1\n",
        paper(HIVES, checked=True, arxiv="2301.00001"),
        paper(BEES, checked=False, authors="Reed et al.", year=2019, date="2024-02-01"),
        paper("Attention for swarms", checked=False, venue=""),
    ),
    "topics above titles with addresses": kind(
        f"# Reading list\n\n- Counting\n  - {BEES}, https://example.org/a.pdf\n"
        f"- Learning\n  - {HIVES}, https://example.org/b.pdf\n"
        f"  - Wax and wings in the wild, https://example.org/c.pdf\n",
        paper(BEES, url="https://example.org/a.pdf", year=None), paper(HIVES, year=None),
        paper("Wax and wings in the wild", year=None),
    ),
    "references of medicine": kind(
        f"# References\n\n1. Marsh AB, Li C. {BEES}. Lancet. 2019;393(10170):44-52.\n"
        f"2. Okafor D, Reyes M, et al. {HIVES}: a cohort study. BMJ. 2017;358:j3542.\n",
        paper(BEES, authors="Marsh AB, Li C.", venue="Lancet", year=2019),
        paper(f"{HIVES}: a cohort study", venue="BMJ", year=2017),
    ),
    "references of medicine by one person": kind(
        "- Vance O. TarnSeg. UAI. 2022;12:3-9.\n- Lin C. Swarmformer. NeurIPS. 2023;36:1-12.\n"
        "- Kowal P, Reed T. Counting bees from the air. Lancet. 2020;7:1-9.\n",
        paper("TarnSeg", authors="Vance O.", venue="UAI", year=2022),
        paper("Swarmformer", authors="Lin C.", venue="NeurIPS", year=2023),
        paper("Counting bees from the air", authors="Kowal P, Reed T.", venue="Lancet", year=2020),
    ),
    "families and two digits of a year": kind(
        f"- {BEES} (Marsh, Reed 84)\n- {HIVES} (Kowal, Marsh 91)\n"
        "- A theory of swarms (Reed 79)\n",
        paper(BEES, authors="Marsh, Reed", year=1984),
        paper(HIVES, authors="Kowal, Marsh", year=1991),
        paper("A theory of swarms", authors="Reed", year=1979),
    ),
    "people who are links to their own pages": kind(
        f"| Paper | Authors |\n|---|---|\n| [{BEES}]({ARXIV}) | [Anna Marsh](https://a.example), "
        "[Tom Reed](https://t.example) |\n"
        f"| [{HIVES}]({OTHER}) | [Piet Kowal](https://k.example) |\n",
        paper(BEES, authors="Anna Marsh, Tom Reed", url=ARXIV),
        paper(HIVES, authors="Piet Kowal", url=OTHER),
    ),
    "title and people who are links in one cell": kind(
        "| Date | Paper |\n|---|---|\n| 1 May | Counting bees from the air, "
        "[Anna Marsh](https://a.example) and [Tom Reed](https://t.example) |\n"
        "| 8 May | Hives that learn, [Piet Kowal](https://k.example) and "
        "[Lena Ode](https://l.example) |\n",
        paper("Counting bees from the air", authors="Anna Marsh, Tom Reed", url=""),
        paper("Hives that learn", authors="Piet Kowal, Lena Ode", url=""),
    ),
    "references of Russian libraries": kind(
        "# Литература\n\n1. Иванов И. И. Методы сжатия сетей // Вестник вычислений. 2018. Т. 12.\n"
        "2. Петров П. П., Сидорова А. В. Обучение на малых выборках // Журнал анализа. 2020.\n",
        paper("Методы сжатия сетей", authors="Иванов И. И.", venue="Вестник вычислений", year=2018),
        paper("Обучение на малых выборках", authors="Петров П. П., Сидорова А. В.", year=2020),
    ),
    "ideographic numbers": kind(
        f"# 阅读列表\n1、{BEES}，ICML 2020\n2、{HIVES}，NeurIPS 2019\n",
        paper(BEES, venue="ICML", year=2020), paper(HIVES, venue="NeurIPS", year=2019),
    ),
    "an address as an item of its own": kind(
        f"- [ ] {BEES}\n- [ ] {HIVES}\n- [ ] Wax and Wings\n- {ARXIV}\n",
        paper(BEES, arxiv=""), paper(HIVES, arxiv=""), paper("Wax and Wings", arxiv=""),
        paper("arXiv:2301.00001", arxiv="2301.00001"),
    ),
    "title, people and address on lines": kind(
        f"{BEES}: What every keeper should know\nAda Marsh\nhttps://bees.example.org/log\n\n"
        f"{HIVES}: a long way to the meadow\nAda Marsh, Bo Li, Cy Ortega\nhttps://hives.example.org/a\n",
        paper(f"{BEES}: What every keeper should know", authors="Ada Marsh"),
        paper(f"{HIVES}: a long way to the meadow", authors="Ada Marsh, Bo Li, Cy Ortega"),
    ),
    "a table below front matter": kind(
        "---\ntitle: Journal club\n---\n\n| # | Datum | Wer | Artikel |\n|---|---|---|---|\n"
        f"| 1 | 12.10. | Anna | Marsh et al. (2017), {BEES}, NeurIPS |\n"
        f"| 2 | 19.10. | Jonas | [{HIVES}]({OTHER}) (Li et al., CVPR 2016) |\n",
        paper(BEES, authors="Marsh et al.", date="12.10.", presenters="Anna", year=2017),
        paper(HIVES, authors="Li et al.", venue="CVPR", date="19.10.", presenters="Jonas"),
    ),
}
# fmt: on
# Texts that hold no papers.
NO_LISTS = {
    "a readme": "# A starter\n\n## What's inside?\n\n1.  **`/src`**: This directory will contain "
    "the code of the site.\n\n2.  **`package.json`**: A manifest file for the program.\n\n"
    "3.  **`LICENSE`**: The licence of this starter.\n",
    "features": "# HiveKit\n\nA toolbox for hives.\n\n## Features\n\n- Fast and small\n- No "
    "dependencies\n- Works offline\n\n## Installation\n\n1. Clone the repository\n2. Run `make`\n",
    "a novel": "## Chapter 1\n\nIt was late when Ada came home from the hives. The kettle was "
    "still warm.\n\n“You are late,” said Bo, and went on reading.\n\nIn the winter of 1987 "
    "the snow came down to the church, and nothing moved.\n",
    "payments": "| Date | What | Who | Amount |\n|---|---|---|---|\n| 2024-05-03 | Rent | Ada "
    "Marsh | 900.00 |\n| 2024-05-04 | Coffee | Bo Lindqvist | 4.50 |\n| 2024-05-09 "
    "| Train to Bern | Ada Marsh | 61.20 |\n",
    "minutes": "# Minutes\n\nPresent: Ada, Bo, Cy.\n\n- Bo calls the landlord\n- Next meeting on "
    "Thursday at 4 pm\n- The printer is broken again\n",
}


def found(entry: Entry, said: Said) -> Said:
    return {name: getattr(entry, name) for name in said}


@pytest.mark.parametrize("name", KINDS)
def test_a_list_of_that_kind_has_these_papers_and_no_others(name):
    entries = reading.read(KINDS[name].text).entries
    wanted = KINDS[name].papers
    assert [entry.title for entry in entries] == [said["title"] for said in wanted]
    assert [found(entry, said) for entry, said in zip(entries, wanted, strict=True)] == list(wanted)


@pytest.mark.parametrize("name", NO_LISTS)
def test_a_text_that_is_no_list_has_no_sure_papers(name):
    assert reading.read(NO_LISTS[name]).entries == ()


def test_bare_titles_in_a_section_of_their_own_are_at_least_doubtful():
    reading_list = reading.read(
        "# Methods\n- Alpha of beta in large nets\n- Gamma of delta in small nets\n"
        "- Epsilon of zeta\n\n# Theory\n- Zhang et al. Understanding deep learning. ICLR 2017.\n"
    )
    seen = {entry.title for entry in (*reading_list.entries, *reading_list.doubtful)}
    assert seen >= {"Alpha of beta in large nets", "Gamma of delta in small nets"}
    assert "Understanding deep learning" in {entry.title for entry in reading_list.entries}


def test_news_about_a_paper_do_not_rename_it():
    entries = reading.read(
        "# Bees papers\n\n## News\n- [2024/06] HiveGym has been released!\n"
        "  - Paper: [HiveGym](https://arxiv.org/abs/2406.04151).\n\n## Learning\n- [2024/06] "
        "**HiveGym: Evolving Bees across Environments.** *Bo Lindqvist et al. ACL.* "
        "[[paper](https://arxiv.org/abs/2406.04151)]\n"
    ).entries
    assert [entry.title for entry in entries] == ["HiveGym: Evolving Bees across Environments"]


def test_what_was_once_taken_for_a_paper_is_one_when_it_is_read_again():
    text = "## T\n- Epsilon of zeta\n\nWords about it, in two\nlines of prose.\n"
    known = reading.read(text, ("Epsilon of zeta",))
    assert [entry.title for entry in known.entries] == ["Epsilon of zeta"]
