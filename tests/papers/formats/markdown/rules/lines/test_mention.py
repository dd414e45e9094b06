"""What a line says of a paper when it is written as people write."""

import pytest

from papers.formats.core.reading_list import Entry
from papers.formats.markdown.rules.reading import read_by_rules


def read(text: str) -> Entry:
    (entry,) = read_by_rules(text).entries
    return entry


def said(entry: Entry) -> tuple[str, str, str, int | None]:
    return entry.title, entry.authors, entry.venue, entry.year


@pytest.mark.parametrize(
    ("line", "title", "authors", "venue", "year"),
    [
        ("**On Lamps** (2015), G. Ohm et al. [[pdf]](URL)", "On Lamps", "G. Ohm et al.", "", 2015),
        (
            "On Lamps (2015), G. Ohm and L. Day [[pdf]](URL)",
            "On Lamps",
            "G. Ohm and L. Day",
            "",
            2015,
        ),
        ("On Lamps, G. Ohm and L. Day. [[web]](URL)", "On Lamps", "G. Ohm and L. Day", "", None),
        ("[On Lamps](URL) (2015)", "On Lamps", "", "", 2015),
        ("[On Lamps](URL) by Lena Day", "On Lamps", "Lena Day", "", None),
        ("[On Lamps](URL) (Oct., 2024 | ECCV 2025)", "On Lamps", "", "ECCV 2025", 2024),
        (
            "[[ICLR](URL)] On Lamps. [**`qnn`**] [[code](https://x.org)]",
            "On Lamps",
            "",
            "ICLR",
            None,
        ),
        ("[[ICLR](URL)] [67:fire:] On Lamps [12:star:]", "On Lamps", "", "ICLR", None),
        ("3) [On Lamps](URL) ([Code](https://x.org)) `Ohm` `2015`", "On Lamps", "", "", 2015),
        (":bulb: [On Lamps](URL)", "On Lamps", "", "", None),
        ("[:bulb:](a.pdf) [On Lamps](URL)", "On Lamps", "", "", None),
        ("Ohm and Day (1962) Lamps and the Night", "Lamps and the Night", "Ohm and Day", "", 1962),
        ("Ohm, G. (2015). On lamps in rooms. Light 3(1)", "On lamps in rooms", "Ohm, G.", "", 2015),
        (
            'Ohm, Georg, et al.. "On Lamps." [[pdf]](URL)',
            "On Lamps",
            "Ohm, Georg, et al.",
            "",
            None,
        ),
        ("On Lamps (by Accident) (Ohm et al 20)", "On Lamps (by Accident)", "Ohm et al", "", 2020),
        ("[“On Lamps” (1905) — Ohm](URL)", "On Lamps", "Ohm", "", 1905),
        ("`2019-ICLR` On Lamps [[pdf]](URL)", "On Lamps", "", "ICLR", 2019),
        ("`ICML 2020` On Lamps [[pdf]](URL)", "On Lamps", "", "ICML", 2020),
        ("**[NeurIPS 2018]** On Lamps [[pdf]](URL)", "On Lamps", "", "NeurIPS", 2018),
        ("**NeurIPS'18** On Lamps [[pdf]](URL)", "On Lamps", "", "NeurIPS", 2018),
        ("(CVPR 2021) [On Lamps](URL)", "On Lamps", "", "CVPR", 2021),
        ("(*2018.02*) On Lamps [[pdf]](URL)", "On Lamps", "", "", 2018),
        ("[2016-05] On Lamps [[pdf]](URL)", "On Lamps", "", "", 2016),
        ("2017.03 - On Lamps [[pdf]](URL)", "On Lamps", "", "", 2017),
        ("[2017.10] [On Lamps](URL), Ohm et al., ICLR'18", "On Lamps", "Ohm et al.", "ICLR", 2018),
        ("**[On Lamps](URL)** (EMNLP'19)", "On Lamps", "", "EMNLP", 2019),
        ("On Lamps: and Night - *AAAI 2019* - [pdf](URL)", "On Lamps: and Night", "", "AAAI", 2019),
        ("On Lamps | CVPR 2021 | [pdf](URL)", "On Lamps", "", "CVPR", 2021),
        ("On Lamps - [pdf](URL)", "On Lamps", "", "", None),
        (
            "[On Lamps](URL) **ICLR 2018** *G. Ohm, Lena Day*",
            "On Lamps",
            "G. Ohm, Lena Day",
            "ICLR",
            2018,
        ),
        (
            "[On Lamps](URL), Lena Day and Xi Li. In: Proceedings of Night, 2019, pp. 1-20.",
            "On Lamps",
            "Lena Day and Xi Li",
            "Proceedings of Night",
            2019,
        ),
        (
            'G. Ohm, L. Day, "On lamps," in SIGLAMP, 2017. [pdf](URL)',
            "On lamps",
            "G. Ohm, L. Day",
            "SIGLAMP",
            2017,
        ),
        (
            "Ohm, G., & Day, L. (2019). On lamps in rooms. *SIGLAMP*. [pdf](URL)",
            "On lamps in rooms",
            "Ohm, G., & Day, L.",
            "SIGLAMP",
            2019,
        ),
        ("Title: On Lamps [pdf](URL)", "On Lamps", "", "", None),
        ("On Lamps, VGG16 [[pdf]](URL)", "On Lamps, VGG16", "", "", None),
        ("On Lamps, NeurIPS 2017. [[pdf]](URL)", "On Lamps", "", "NeurIPS", 2017),
        ("[NIPS'17] On Lamps [pdf](URL)", "On Lamps", "", "NIPS", 2017),
        ("【ICLR 2015】On Lamps [pdf](URL)", "On Lamps", "", "ICLR", 2015),
        ("NeurIPS 2014 | On Lamps | [pdf](URL)", "On Lamps", "", "NeurIPS", 2014),
        (
            "[On Lamps](URL) — Ohm et al. — *NeurIPS 2017*",
            "On Lamps",
            "Ohm et al.",
            "NeurIPS",
            2017,
        ),
        (
            "[On Lamps](URL) | Ohm et al. | ICLR 2017 | [code](https://x.org)",
            "On Lamps",
            "Ohm et al.",
            "ICLR",
            2017,
        ),
        ("[On Lamps](URL)，Ohm 等，NeurIPS 2017", "On Lamps", "Ohm 等", "NeurIPS", 2017),
        (
            "On Lamps in Rooms. A. Ohm, B. Day. ICML. [[pdf]](URL)",
            "On Lamps in Rooms",
            "A. Ohm, B. Day",
            "ICML",
            None,
        ),
        (
            "**On Lamps.** *Ohm, A., Day, N.* ICML 2017. [[pdf]](URL)",
            "On Lamps",
            "Ohm, A., Day, N.",
            "ICML",
            2017,
        ),
        (
            "Ohm, Day & Li (2019), *On Lamps*. SIGLAMP. [pdf](URL)",
            "On Lamps",
            "Ohm, Day & Li",
            "SIGLAMP",
            2019,
        ),
        (
            "G. Ohm and L. Day. Lamps: a method for rooms. In ICLR, 2015. [pdf](URL)",
            "Lamps: a method for rooms",
            "G. Ohm and L. Day",
            "ICLR",
            2015,
        ),
        (
            "On Lamps (Ohm et al., ICLR 2017) [arXiv:1706.03762]",
            "On Lamps",
            "Ohm et al.",
            "ICLR",
            2017,
        ),
        (
            "On Lamps and $x_1$ in R*-trees [pdf](URL)",
            "On Lamps and $x_1$ in R*-trees",
            "",
            "",
            None,
        ),
    ],
)
def test_a_line_gives_title_people_venue_and_year(
    line: str, title: str, authors: str, venue: str, year: int | None
) -> None:
    entry = read("- " + line.replace("URL", "https://arxiv.org/abs/1706.03762"))
    assert said(entry) == (title, authors, venue, year)
    if "URL" in line:
        assert entry.arxiv == "1706.03762"


@pytest.mark.parametrize(
    "line",
    [
        "[Contents](#contents)",
        "[pdf](https://x.org/a.pdf)",
        "[![badge](https://x.org/b.svg)](https://x.org)",
        "More in [that list](https://x.org/list)",
        "Berlin: https://x.org/papers.html",
    ],
)
def test_what_only_points_elsewhere_is_no_paper(line: str) -> None:
    assert not read_by_rules(f"- {line}\n").entries


def test_two_papers_may_stand_in_one_item() -> None:
    first, second = read_by_rules(
        "- [Lamps](https://x.org/a) (1981) and The [Dark](https://x.org/b) (1990): of light.\n"
    ).entries
    assert [(one.title, one.year, one.lines) for one in (first, second)] == [
        ("Lamps", 1981, (1,)),
        ("The Dark", 1990, (1,)),
    ]


def test_a_sentence_behind_the_year_is_a_note() -> None:
    entry = read("- [Lamps](https://x.org/a) (2001): They shine. Since 1879.")
    assert (entry.year, entry.note) == (2001, "They shine. Since 1879.")


def test_further_links_stay_in_the_note_with_their_labels() -> None:
    entry = read("- **Lamps** (2001) [[pdf]](https://x.org/a.pdf) [[code]](https://x.org/c)")
    assert (entry.url, entry.note) == ("https://x.org/a.pdf", "[code](https://x.org/c)")


def test_code_slides_and_videos_are_not_the_address_of_the_paper() -> None:
    entry = read("- **Lamps** (2001) [[code]](https://x.org/c) [[pdf]](https://x.org/a.pdf)")
    assert entry.url == "https://x.org/a.pdf"


def test_a_file_beside_the_list_is_kept_as_a_path() -> None:
    entry = read("* [Lamps](../light/lamps.pdf) by Ohm")
    assert (entry.url, entry.file, entry.authors) == ("", "../light/lamps.pdf", "Ohm")


def test_brackets_in_an_address_are_balanced() -> None:
    entry = read("- [Lamps](https://doi.org/10.1016/0010-4655(94)90120-1) (1994)")
    assert (entry.doi, entry.year) == ("10.1016/0010-4655(94)90120-1", 1994)


@pytest.mark.parametrize(
    "line", ["2023/7/24: I add ten papers", "**2015** : +200 citations", "[2017.10]", "`2016`"]
)
def test_a_date_that_announces_news_makes_no_paper(line: str) -> None:
    found = read_by_rules(f"## A\n- [On Lamps](https://x.org/a.pdf)\n\n## B\n- {line}\n").entries
    assert [entry.title for entry in found] == ["On Lamps"]


class TestBelowAnItem:
    def test_a_line_that_is_called_paper_has_its_address(self) -> None:
        entry = read("- On Lamps\n  - Paper: https://x.org/a.pdf\n  - Code: https://x.org/code")
        assert (entry.title, entry.url) == ("On Lamps", "https://x.org/a.pdf")

    def test_what_is_said_under_its_name_belongs_to_the_paper(self) -> None:
        entry = read("- Title: On Lamps\n  - Authors: G. Ohm, Lena Day\n  - Link: https://x.org/a")
        assert (entry.title, entry.authors) == ("On Lamps", "G. Ohm, Lena Day")
        assert entry.url == "https://x.org/a"

    def test_a_line_of_people_belongs_to_the_paper(self) -> None:
        entry = read(
            "- On Lamps: A Survey.\n"
            "  [[pdf]](https://x.org/a.pdf)\n"
            "  - Georg A. Ohm, Lena Day, and Xi Li. *Journal of Light*, 2022.\n"
        )
        people = "Georg A. Ohm, Lena Day, and Xi Li"
        assert said(entry) == ("On Lamps: A Survey", people, "Journal of Light", 2022)
        assert entry.lines == (1, 2, 3)

    def test_a_paragraph_is_a_note(self) -> None:
        entry = read("* [Lamps](https://x.org/a)\n\n  They *shine*.\n")
        assert (entry.note, entry.lines) == ("They *shine*.", (1, 3))
