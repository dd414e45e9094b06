"""Lists in the notes of programs: Obsidian, Logseq, Notion, and front matter."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.exports.patching import Heading, WantedPlace, patch
from papers.formats.core.reading_list import Entry
from papers.formats.markdown import reading
from papers.formats.markdown.notes import front_matter, wiki
from papers.formats.registry import recognition


def only(text: str) -> Entry:
    found = recognition.read(text)
    (entry,) = found.entries
    return entry


class TestWikiLinks:
    @pytest.mark.parametrize(
        ("item", "title"),
        [
            ("[[Counting bees from the air]]", "Counting bees from the air"),
            ("[[papers/Counting bees from the air]]", "Counting bees from the air"),
            ("[[marsh2019|Counting bees from the air]]", "Counting bees from the air"),
            ("[[Counting bees from the air.md#Results]] ^ab12", "Counting bees from the air"),
            ("![[Counting bees from the air]]", "Counting bees from the air"),
            ("[[Counting bees from the air]] #paper #cs/bees", "Counting bees from the air"),
            ("==Counting bees from the air== %%soon%%", "Counting bees from the air"),
            ("[[@marsh2019]] Counting bees from the air", "Counting bees from the air"),
        ],
    )
    def test_are_the_names_of_papers(self, item: str, title: str) -> None:
        text = f"## Air\n- {item}\n- [[A second paper on large hives]]\n"
        found = recognition.read(text)
        assert next(one.title for one in found.entries) == title

    def test_lead_to_the_file_of_a_paper(self) -> None:
        entry = only("## Air\n- [ ] [[papers/marsh.pdf|Counting bees from the air]]\n")
        assert (entry.title, entry.file) == ("Counting bees from the air", "papers/marsh.pdf")

    @pytest.mark.parametrize(
        "line",
        [
            "- Bees [[pdf]](https://example.org/b.pdf) [[code]]",
            "- [[CVPR](https://example.org/a)] Bees",
            "- [[ICLR 2019]] Bees in the air",
            "- [[1]] Bees",
            "- Bees [[paper]][1]",
            "- a == b, C++::x and 2^10",
            "# The #MeToo of bees",
        ],
    )
    def test_are_told_from_other_brackets(self, line: str) -> None:
        assert wiki.without_wiki_marks(line) == line

    def test_stand_as_they_came_among_what_was_not_understood(self) -> None:
        found = recognition.read("## Air\n- [ ] [[Bees of the air]]\n\nSee [[Home]], %%no%%\n")
        assert [line.text for line in found.not_understood] == ["See [[Home]], %%no%%"]


class TestProperties:
    @pytest.mark.parametrize(
        "text",
        [
            "# Air\n## Counting bees\nauthors:: Ada Marsh, Bo Day\nyear:: 2019\nvenue:: ICLR\n",
            (
                "# Air\n- [[Counting bees]]\n  - authors:: [[Ada Marsh]], [[Bo Day]]\n"
                "  - year:: 2019\n  - **venue**:: ICLR\n"
            ),
            "# Air\n- Counting bees (authors:: Ada Marsh, Bo Day) [year:: 2019] [venue:: ICLR]\n",
            (
                "# Air\n## Counting bees\n> [!info] Metadata\n> **Authors**:: Ada Marsh, Bo Day\n"
                "> **Year**:: 2019\n> **Journal**:: ICLR\n"
            ),
        ],
    )
    def test_of_dataview_are_of_the_paper_above(self, text: str) -> None:
        entry = only(text)
        assert (entry.title, entry.topic) == ("Counting bees", ("Air",))
        assert (entry.authors, entry.year, entry.venue) == ("Ada Marsh, Bo Day", 2019, "ICLR")

    def test_above_a_page_are_of_that_page(self) -> None:
        text = "type:: paper\ntitle:: Counting bees\nauthors:: [[Ada Marsh]]\nyear:: 2019\n\n- x\n"
        entry = only(text)
        assert (entry.title, entry.authors, entry.lines) == (
            "Counting bees",
            "Ada Marsh",
            (1, 2, 3, 4),
        )

    def test_of_tasks_of_logseq_say_what_is_read(self) -> None:
        text = (
            "- DONE [[Counting bees]]\n  authors:: [[Ada Marsh]]\n  collapsed:: true\n"
            "- TODO [[Hives that learn of bees]]\n"
        )
        found = recognition.read(text)
        assert [(one.title, one.checked) for one in found.entries] == [
            ("Counting bees", True),
            ("Hives that learn of bees", False),
        ]

    def test_of_a_box_are_of_its_paper(self) -> None:
        text = "- [x] [Counting bees](https://example.org/a)\n  doi:: 10.1000/182\n- [ ] Hives\n"
        first, second = recognition.read(text).entries
        assert (first.title, first.url, first.doi) == (
            "Counting bees",
            "https://example.org/a",
            "10.1000/182",
        )
        assert (first.checked, second.title, second.checked) == (True, "Hives", False)

    def test_of_a_page_of_notion_are_of_that_page(self) -> None:
        text = (
            "# Counting bees 0123456789abcdef0123456789abcdef\n\nAuthors: Ada Marsh, Bo Day\n"
            "Year: 2019\nStatus: Read\nURL: https://arxiv.org/abs/1706.03762\nTags: air, bees\n"
            "Created: March 5, 2024 10:00 AM\n\nSome words.\n\n## Summary\n\n- one\n"
        )
        found = recognition.read(text)
        (entry,) = found.entries
        assert (entry.title, entry.authors, entry.year) == (
            "Counting bees",
            "Ada Marsh, Bo Day",
            2019,
        )
        assert (entry.arxiv, entry.keywords, entry.checked) == ("1706.03762", "air; bees", True)
        assert found.topics == ()

    def test_of_pages_of_notion_lead_to_no_page_of_its_owner(self) -> None:
        hexes = "0123456789abcdef0123456789abcdef"
        text = (
            f"## Air\n- [ ] [Counting bees](https://www.notion.so/Counting-bees-{hexes}?pvs=4)\n"
            f"- [ ] [Hives that learn](Reading%20list%20{hexes}/Hives%20{hexes}.md)\n"
        )
        found = recognition.read(text)
        assert [(one.title, one.url, one.file) for one in found.entries] == [
            ("Counting bees", "", ""),
            ("Hives that learn", "", ""),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "# Reading list\nAuthor: Ada Marsh\nDate: 2020-01-01\n\n- [ ] Counting bees\n",
            "# Course\n\nTutor: Ada\nRoom: 12\nURL: https://example.org\n\n- [ ] Counting bees\n",
            "---\ntitle: Reading list\nauthor: Ada\ndate: 2020-01-01\n---\n- [ ] Counting bees\n",
            "# Code\n```\nauthors:: nobody\nyear:: 2019\n```\n- [ ] Counting bees\n",
        ],
    )
    def test_of_a_list_make_no_paper_of_it(self, text: str) -> None:
        assert [one.title for one in recognition.read(text).entries] == ["Counting bees"]


class TestFrontMatter:
    def test_of_a_note_is_its_paper(self) -> None:
        text = (
            "---\ntitle: 'Counting bees: a survey'\nauthors:\n  - Ada Marsh\n"
            "  - family: Day\n    given: Bo\nyear: 2019 # or so\ndoi: 10.1000/182\n"
            "tags: [paper, air]\nstatus: reading\n---\n# Notes\nSome words.\n"
        )
        found = recognition.read(text)
        (entry,) = found.entries
        assert (entry.title, entry.authors) == ("Counting bees: a survey", "Ada Marsh; Day, Bo")
        assert (entry.year, entry.doi, entry.keywords) == (2019, "10.1000/182", "air")
        assert (entry.status, entry.lines) == ("reading", (2, 3, 4, 5, 6, 7, 8, 9, 10))
        assert found.topics == ()

    def test_without_a_title_has_that_of_the_heading_below(self) -> None:
        entry = only("---\ncitekey: marsh2019\nauthors: Ada Marsh\nyear: 2019\n---\n# Bees\n")
        assert (entry.title, entry.citation_key) == ("Bees", "marsh2019")

    def test_may_hold_a_list(self) -> None:
        text = (
            "---\ntitle: Bees\nlayout: page\npapers:\n  - title: Counting bees\n"
            '    authors: [Ada Marsh, "Day, Bo"]\n    year: 2019\n'
            "  - {title: Hives that learn, url: 'https://example.org/a'}\n"
            "links:\n  - title: Home\n    url: https://example.org/\n---\n"
        )
        found = recognition.read(text)
        assert [(one.title, one.authors, one.url) for one in found.entries] == [
            ("Counting bees", "Ada Marsh; Day, Bo", ""),
            ("Hives that learn", "", "https://example.org/a"),
        ]

    def test_may_hold_lists_under_topics(self) -> None:
        text = (
            "---\ntopics:\n  - name: Air\n    papers:\n      - title: Counting bees\n"
            "        year: 2019\n  - name: Hives\n    papers:\n      - title: Honey\n---\n"
        )
        found = recognition.read(text)
        assert [(one.title, one.topic) for one in found.entries] == [
            ("Counting bees", ("Air",)),
            ("Honey", ("Hives",)),
        ]
        assert [topic.path for topic in found.topics] == [("Air",), ("Hives",)]

    @given(st.text(alphabet="ab: -[]{},'\"|>#\n\t&*", max_size=200))
    def test_any_text_is_some(self, text: str) -> None:
        lines = text.split("\n")
        said = [front_matter.parse_front_matter(lines)]
        for node in said:  # grows as it is walked
            assert 1 <= node.line <= len(lines)
            said += [*node.items, *node.pairs.values()]


EDITED = {
    "a link": "## Air\n- [ ] [[Counting bees in air]] ^ab1\n- [ ] [[x|Hives that learn]]\n",
    "a property": "## Air\n### Counting bees in air\nyear:: 2019\ndoi:: 10.1000/182\n\nWords.\n",
    "front matter": "---\ntitle: Counting bees in air\ndoi: 10.1000/182\n---\n\nWords.\n",
    "a page of Notion": "# Counting bees in air\n\nAuthors: Ada Marsh\nYear: 2019\n\nWords.\n",
    "a task": "- TODO [[Counting bees in air]]\n- TODO [[Hives that learn of bees]]\n",
}


@pytest.mark.parametrize("text", EDITED.values(), ids=EDITED)
def test_an_edit_changes_the_words_of_the_note_alone(text: str) -> None:
    found = recognition.read(text)
    first, *others = found.entries
    places = [WantedPlace(replace(first, title="Counting wasps"), (0,), True)]
    places += [WantedPlace(one, (at,), False) for at, one in enumerate(others, start=1)]
    headings = [Heading(topic.path, topic.path) for topic in found.topics]
    done = patch(text, found, headings, places)
    assert done.text == text.replace("Counting bees in air", "Counting wasps")
    assert not done.unshown


_TEXTS = st.text(alphabet="[]|!#%=:-(){}>*\n abT.^", max_size=150)


@given(_TEXTS)
def test_any_text_is_read_and_every_line_is_told_of(text: str) -> None:
    found = reading.read(text)
    told = {line for entry in found.entries for line in entry.lines} | set(found.title_lines)
    told |= {line for topic in found.topics for line in topic.lines}
    told |= {line.number for line in found.not_understood}
    lines = text.split("\n")
    assert told == {number for number, line in enumerate(lines, start=1) if line.strip()}
