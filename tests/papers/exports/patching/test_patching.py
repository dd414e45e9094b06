"""A list back into its own text: nothing changes but what somebody changed."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.exports.patching import Heading, WantedPlace, patch
from papers.formats.core.reading_list import Entry
from papers.formats.markdown import reading
from tests.papers.formats.list_shapes import read

WORDS = ["Lamps", "Gears", "Looms", "Kites", "Wells", "Clocks", "Mills", "Bells"]
LIST = """# Our list

## Lamps
- [ ] [On lamps](https://example.org/lamps) [Ode, ICLR 2016]
- [x] On wicks [Wick et al., ACL 2018]

  They burn. Read it twice.
- [X] On oil

## Looms
* [On looms](https://example.org/looms.pdf) by Ann Weaver
* [On shuttles](https://example.org/shuttles.pdf)
"""


def headings_of(text: str) -> list[Heading]:
    return [Heading(topic.path, topic.path) for topic in read(text).topics]


def places_of(text: str) -> list[WantedPlace]:
    return [WantedPlace(entry, (n,)) for n, entry in enumerate(read(text).entries)]


def woven(
    text: str,
    places: Sequence[WantedPlace] | None = None,
    headings: Sequence[Heading] | None = None,
) -> str:
    places = places_of(text) if places is None else places
    headings = headings_of(text) if headings is None else headings
    return patch(text, read(text), headings, places).text


def titles(text: str, *path: str) -> list[str]:
    return [entry.title for entry in read(text).entries if entry.topic == path]


def ticked(place: WantedPlace, tick: bool | None = True) -> WantedPlace:
    return replace(place, entry=replace(place.entry, checked=tick))


def changed(place: WantedPlace, **details: object) -> WantedPlace:
    return replace(place, entry=replace(place.entry, **details), is_changed=True)


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that are gone, and those that came."""
    found = [*difflib.ndiff(old.splitlines(), new.splitlines())]
    gone, came = ([line[2:] for line in found if line.startswith(sign)] for sign in "-+")
    return gone, came


class TestTitles:
    @pytest.mark.parametrize("start", ["", "# Our list\n", "\n## Lamps\n\n"])
    @pytest.mark.parametrize(
        ("line", "patched"),
        [
            ("- [x] Of $Lamps_0^*$ and more", "- [x] Of nothing"),
            ("- [ ] **Of $Lamps_0^*$ and more** (2020)", "- [ ] **Of nothing** (2020)"),
            (
                "- [Of $Lamps_0^*$ and *more*](https://x.org/a.pdf)",
                "- [Of *nothing*](https://x.org/a.pdf)",
            ),
            ("- *Of $Lamps_0$ and 2\\*3*, Ode 2020", "- *Of nothing*, Ode 2020"),
            (
                "**Of $Lamps_0^*$ and more** [[pdf]](https://x.org/a.pdf)",
                "**Of nothing** [[pdf]](https://x.org/a.pdf)",
            ),
        ],
    )
    def test_signs_of_a_formula_are_no_marks(self, start: str, line: str, patched: str) -> None:
        text = f"{start}{line}\n"
        (place,) = places_of(text)
        assert woven(text, [changed(place, title="Of nothing")]) == f"{start}{patched}\n"

    def test_a_part_of_a_title_keeps_the_marks_of_the_rest(self) -> None:
        text = "- [x] **Of $x_0^*$ and** *more* lamps\n"
        (place,) = places_of(text)
        title = place.entry.title.replace("lamps", "looms")
        assert woven(text, [changed(place, title=title)]) == text.replace("lamps", "looms")

    def test_an_author_is_not_read_as_the_presenter_besides(self) -> None:
        text = (
            "## Topic Lamps\n- [ ] [Of Lamps 0](https://example.org/0.pdf) [Ann Weaver]\n"
            "- [ ] [Of Lamps 1](https://example.org/1.pdf)\n"
        )
        first, second = places_of(text)
        patched = woven(text, [changed(first, title="[Sic] and so"), second])
        assert patched == text.replace("Of Lamps 0", r"\[Sic\] and so")

    def test_a_paper_is_removed_though_a_number_in_a_title_looks_like_a_day(self) -> None:
        kept = "".join(
            f"**{title}** [[pdf]](https://example.org/{number}.pdf)\n\n"
            for number, title in enumerate(
                ["Of $Lamps_10^*$ and more", "Of Lamps 11", "Why Lamps? 12"]
            )
        )
        text = (
            "## Topic Lamps\n**Of Lamps 0** [[pdf]](https://example.org/0.pdf)\n\n"
            f"## Topic Gears\n{kept}## Topic Looms\n**Of Lamps 20** [[pdf]](https://example.org/0.pdf)\n"
        )
        assert "Of Lamps 0" not in woven(text, places_of(text)[1:])


class TestTicks:
    def test_an_untouched_list_comes_back_letter_for_letter(self) -> None:
        assert woven(LIST) == LIST

    def test_a_tick_changes_its_own_box_alone(self) -> None:
        first, *others = places_of(LIST)
        assert woven(LIST, [ticked(first), *others]) == LIST.replace(
            "- [ ] [On lamps]", "- [x] [On lamps]"
        )

    def test_anyone_who_read_nothing_gets_empty_boxes(self) -> None:
        none = [ticked(place, None) for place in places_of(LIST)]
        assert woven(LIST, none) == LIST.replace("[x]", "[ ]").replace("[X]", "[ ]")

    def test_a_paper_without_a_box_gets_none(self) -> None:
        every = [ticked(place) for place in places_of(LIST)]
        assert "* [On looms]" in woven(LIST, every)

    def test_boxes_below_a_paper_are_of_their_own(self) -> None:
        text = "- [ ] On lamps\n  - [ ] On wicks\n  - see [x] above\n"
        first, second = places_of(text)
        assert woven(text, [first, ticked(second)]) == text.replace("[ ] On wicks", "[x] On wicks")

    @pytest.mark.parametrize(("mark", "left"), [("✅", ""), ("yes", "no"), ("x", "")])
    def test_marks_in_a_column_are_ticks_too(self, mark: str, left: str) -> None:
        rows = f"| On lamps | 2016 | {mark} |\n| On looms | 2017 | {left}    |\n"
        text = "| Title | Year | Done |\n|---|---|---|\n" + rows
        first, second = places_of(text)
        turned = woven(text, [ticked(first, None), ticked(second)])
        assert [entry.checked or False for entry in read(turned).entries] == [False, True]
        assert f"| 2017 | {mark} " in turned
        assert mark not in turned.splitlines()[2]
        assert turned.splitlines()[:2] == text.splitlines()[:2]

    def test_a_paper_named_twice_is_ticked_twice(self) -> None:
        text = "## A\n- [ ] On lamps\n- [ ] On looms\n- [ ] On lamps\n"
        first, second, _ = places_of(text)
        both = ticked(replace(first, came_from=(0, 2)))
        assert woven(text, [both, second]) == text.replace("[ ] On lamps", "[x] On lamps")


class TestPapers:
    def test_a_removed_paper_takes_its_lines_along(self) -> None:
        first, _, *others = places_of(LIST)
        gone, came = changed_lines(LIST, woven(LIST, [first, *others]))
        assert gone == ["- [x] On wicks [Wick et al., ACL 2018]", "", "  They burn. Read it twice."]
        assert came == []

    def test_the_papers_below_a_removed_one_stay(self) -> None:
        text = "- [ ] On lamps\n  - [x] On wicks\n    - with a note\n- [ ] On looms\n"
        _, *others = places_of(text)
        assert woven(text, others) == text.replace("- [ ] On lamps\n", "")

    def test_an_empty_item_stays_for_papers_that_would_be_code_without_it(self) -> None:
        text = "1. [ ] On lamps\n    - [x] On wicks\n\n2. [ ] On looms\n"
        _, *others = places_of(text)
        assert woven(text, others) == text.replace("1. [ ] On lamps", "1.")

    def test_a_new_paper_follows_the_one_before_it(self) -> None:
        first, *others = places_of(LIST)
        new = WantedPlace(
            Entry(
                "On flames",
                topic=first.entry.topic,
                authors="Ash",
                venue="ICML",
                year=2020,
                checked=True,
            )
        )
        gone, came = changed_lines(LIST, woven(LIST, [first, new, *others]))
        assert gone == []
        assert came == ["- [x] On flames [Ash, ICML 2020]"]

    def test_a_new_paper_has_no_box_where_its_neighbours_have_none(self) -> None:
        places = places_of(LIST)
        url = "https://example.org/warp.pdf"
        new = WantedPlace(Entry("On warp", topic=places[-1].entry.topic, url=url, checked=True))
        assert woven(LIST, [*places, new]) == LIST + f"* [On warp]({url})\n"

    def test_a_new_paper_is_numbered_on(self) -> None:
        text = "1. [ ] On lamps\r\n2. [ ] On looms"
        places = places_of(text)
        new = WantedPlace(Entry("On kites", topic=places[0].entry.topic))
        assert woven(text, [*places, new]) == text + "\r\n3. [ ] On kites"

    def test_a_new_paper_is_a_row_among_rows(self) -> None:
        head = "| Year | Paper | Authors |\n|--|--|--|\n"
        text = head + "| 2016 | [On lamps](https://example.org/1.pdf) | Ode |\n"
        url = "https://example.org/2.pdf"
        new = WantedPlace(Entry("On looms", authors="Ann Weaver", year=2017, url=url))
        assert woven(text, [*places_of(text), new]) == (
            text + f"| 2017 | [On looms]({url}) | Ann Weaver |\n"
        )

    def test_the_first_paper_of_a_topic_is_below_its_heading(self) -> None:
        text = "# List\n\n## A\n- [ ] On lamps\n\n## B\n\n## C\n- [ ] On looms\n"
        first, last = places_of(text)
        new = WantedPlace(Entry("On kites", topic=("B",)))
        assert woven(text, [first, new, last]) == text.replace("## B\n", "## B\n- [ ] On kites\n")

    def test_a_moved_paper_brings_its_lines_along(self) -> None:
        first, second, third, *others = places_of(LIST)
        gone, came = changed_lines(LIST, woven(LIST, [first, third, second, *others]))
        assert sorted(gone) == sorted(came)
        assert titles(woven(LIST, [first, third, second, *others]), "Lamps") == [
            "On lamps", "On oil", "On wicks",
        ]  # fmt: skip

    def test_a_paper_moved_to_another_topic_fits_in_there(self) -> None:
        text = "## A\n- [ ] On lamps\n  - a note\n- [ ] On oil\n\n## B\n  1) [x] On looms\n"
        first, second, third = places_of(text)
        moved = replace(first, entry=replace(first.entry, topic=("B",), checked=True))
        assert woven(text, [second, third, moved]) == (
            "## A\n- [ ] On oil\n\n## B\n  1) [x] On looms\n  2) [x] On lamps\n     - a note\n"
        )

    @pytest.mark.parametrize(
        ("details", "line"),
        [
            ({"title": "On flames"}, "- [x] On flames [Wick et al., ACL 2018]"),
            ({"year": 2019}, "- [x] On wicks [Wick et al., ACL 2019]"),
            ({"venue": "ICML"}, "- [x] On wicks [Wick et al., ICML 2018]"),
            ({"authors": "Ann Wick"}, "- [x] On wicks [Ann Wick, ACL 2018]"),
            (
                {"url": "https://example.org/1"},
                "- [x] [On wicks](https://example.org/1) [Wick et al., ACL 2018]",
            ),
            ({"year": None}, "- [x] On wicks [Wick et al., ACL]"),
        ],
    )
    def test_a_changed_paper_changes_on_its_line(
        self, details: dict[str, object], line: str
    ) -> None:
        first, second, *others = places_of(LIST)
        gone, came = changed_lines(LIST, woven(LIST, [first, changed(second, **details), *others]))
        assert gone == ["- [x] On wicks [Wick et al., ACL 2018]"]
        assert came == [line]

    @pytest.mark.parametrize(
        ("line", "details", "new"),
        [
            (
                "- [ ] Of *oil* by night [Ode]",
                {"title": "Of oil by day"},
                "- [ ] Of *oil* by day [Ode]",
            ),
            (
                "- **On oil** and rope [Ode]",
                {"title": "On oil and wax"},
                "- **On oil** and wax [Ode]",
            ),
            ("- On oil [Ash, 2001]", {"doi": "10.1000/7"}, "- On oil doi:10.1000/7 [Ash, 2001]"),
            ("- [ ] On oil", {"venue": "ICML", "year": 2001}, "- [ ] On oil [ICML 2001]"),
            ("- [ ] On oil [Ash]", {"authors": ""}, "- [ ] On oil"),
            ("1) [On oil](https://e.org/1.pdf)", {"url": ""}, "1) On oil"),
        ],
    )
    def test_a_detail_is_changed_where_it_is_written(
        self, line: str, details: dict[str, object], new: str
    ) -> None:
        text = f"## A\n- [ ] On lamps [Ode, ICLR 2016]\n{line}\n- [x] [On looms](https://e.org/2.pdf)\n"
        first, second, third = places_of(text)
        assert woven(text, [first, changed(second, **details), third]) == text.replace(line, new)

    def test_what_is_beside_a_changed_title_stays_as_it_was_written(self) -> None:
        old, new = "Counting  bees in the dark", "Counting moths in the dark"
        text = f"- :scroll:  *{old}* (2016), A. Ode  [[pdf]](https://example.org/1.pdf)  \n"
        (place,) = places_of(text)
        assert woven(text, [changed(place, title=new)]) == text.replace(old, new)

    def test_a_paper_changed_in_a_table_changes_its_cell(self) -> None:
        text = "| Title | Year |\n|---|---|\n| On lamps | 2016 |\n| On looms | 2016 |\n"
        first, second = places_of(text)
        assert woven(text, [first, changed(second, year=2017)]) == text.replace(
            "looms | 2016", "looms | 2017"
        )

    def test_one_of_two_papers_on_a_line_may_go(self) -> None:
        text = (
            "* [On lamps](https://example.org/1.pdf) and [On oil](https://example.org/2.pdf)\n"
            "* [On looms](https://example.org/3.pdf)\n"
        )
        _, second, third = places_of(text)
        assert woven(text, [second, third]) == (
            "* [On oil](https://example.org/2.pdf)\n* [On looms](https://example.org/3.pdf)\n"
        )


class TestWhatIsNotShown:
    def test_the_other_edits_are_shown_all_the_same(self) -> None:
        text = "# L\n\n## A\n\n### On lamps\nhttps://arxiv.org/abs/2410.01748\n"
        text += "\n## B\n- [ ] On oil\n"
        first, second = places_of(text)
        wanted = [changed(first, venue="Zoom"), changed(second, title="On salt")]
        patched = patch(text, read(text), headings_of(text), wanted)
        assert patched.text == text.replace("On oil", "On salt")
        assert list(map(str, patched.unshown)) == ["“On lamps” (changed)"]

    def test_a_detail_without_a_place_is_named(self) -> None:
        text = "# L\n\n## A\n\n### On lamps\n\nhttps://arxiv.org/abs/2410.01748\n"
        (place,) = places_of(text)
        patched = patch(text, read(text), headings_of(text), [changed(place, venue="Zoom")])
        assert patched.text == text
        assert list(map(str, patched.unshown)) == ["“On lamps” (changed)"]

    def test_a_reading_of_an_earlier_version_is_no_reason_to_give_up(self) -> None:
        first, *others = places_of(LIST)
        reading_list = read(LIST)
        entries = tuple(
            replace(entry, venue="", note="as it was") for entry in reading_list.entries
        )
        earlier = replace(reading_list, entries=entries[:-1])
        wanted = [ticked(first), *others[1:-1]]
        patched = patch(LIST, earlier, headings_of(LIST), wanted)
        gone, came = changed_lines(LIST, patched.text)
        assert came == ["- [x] [On lamps](https://example.org/lamps) [Ode, ICLR 2016]"]
        assert len(gone) == 4
        assert not patched.unshown

    def test_a_text_takes_few_readings_whatever_is_done_to_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reading_list, headings = read(LIST), headings_of(LIST)
        places = [changed(place, title=place.entry.title * 2) for place in places_of(LIST)]
        counted = Mock(wraps=reading.read)
        monkeypatch.setattr(reading, "read", counted)
        patch(LIST, reading_list, headings, places[::2])
        assert counted.call_count == 1


class TestTopics:
    def test_a_renamed_topic_changes_its_heading(self) -> None:
        text = LIST.replace("## Looms", "## <a name='l'></a> Looms ##")
        headings = [Heading(("Lamps",), ("Lamps",)), Heading(("Weaving",), ("Looms",))]
        places = [moved_to(place, "Looms", "Weaving") for place in places_of(text)]
        assert woven(text, places, headings) == text.replace(" Looms ##", " Weaving ##")

    def test_a_new_topic_is_where_it_belongs(self) -> None:
        new = WantedPlace(Entry("On kites", topic=("Kites",)))
        headings = [Heading(("Lamps",), ("Lamps",)), Heading(("Kites",)), *headings_of(LIST)[1:]]
        gone, came = changed_lines(LIST, woven(LIST, [*places_of(LIST), new], headings))
        assert gone == []
        assert came == ["## Kites", "- [ ] On kites", ""]

    def test_a_removed_topic_takes_its_heading_along(self) -> None:
        places = [place for place in places_of(LIST) if place.entry.topic != ("Lamps",)]
        assert woven(LIST, places, headings_of(LIST)[1:]) == (
            "# Our list\n\n" + LIST[LIST.index("## Looms") :]
        )

    def test_a_heading_stays_for_the_text_below_it(self) -> None:
        text = LIST.replace("## Lamps\n", "## Lamps\nThey are lit at dusk.\n\n")
        places = [place for place in places_of(text) if place.entry.topic != ("Lamps",)]
        left = woven(text, places, headings_of(text)[1:])
        assert "## Lamps\nThey are lit at dusk.\n" in left
        assert "On wicks" not in left

    def test_topics_change_places_with_all_that_is_below_them(self) -> None:
        lamps, looms = headings_of(LIST)
        turned = woven(LIST, None, [looms, lamps])
        assert [topic.name for topic in read(turned).topics] == ["Looms", "Lamps"]
        assert sorted(turned.splitlines()) == sorted(LIST.splitlines())

    def test_a_topic_put_below_another_goes_a_level_down(self) -> None:
        text = "## A\n- [ ] On lamps\n\nB\n-\n- [ ] On looms\n"
        headings = [Heading(("A",), ("A",)), Heading(("A", "B"), ("B",))]
        places = [moved_to(place, "B", "A", "B") for place in places_of(text)]
        assert woven(text, places, headings) == text.replace("B\n-\n", "### B\n")

    def test_a_topic_too_deep_for_markdown_is_reported_with_its_papers(self) -> None:
        deep = tuple("ABCDEFG")
        text = "\ufeff# Z\r\n- [ ] On kites\r\n\r\n# A\r\n- [ ] On lamps\r\n"
        new = WantedPlace(Entry("On looms", topic=deep, checked=True))
        wanted = [*headings_of(text), Heading(deep)]
        patched = patch(text, read(text), wanted, [*places_of(text), new])
        assert titles(patched.text, "A") == ["On lamps"]
        assert list(map(str, patched.unshown)) == ["“G” (a new topic)", "“On looms” (added)"]


def moved_to(place: WantedPlace, topic: str, *path: str) -> WantedPlace:
    if place.entry.topic != (topic,):
        return place
    return replace(place, entry=replace(place.entry, topic=path))


# What lists look like: sections of one form each, whatever is around them.
ends = st.sampled_from(["\n", "\r\n"])
notes = st.sampled_from(["", "  a note", "  - [code](https://example.org/c)", "", "    - by hand"])
years = st.integers(1950, 2029)


@st.composite
def items(draw: st.DrawFn, names: list[str]) -> list[str]:
    mark = draw(st.sampled_from(["-", "*", "+", "1.", "7)", "  -"]))
    is_linked, has_boxes = draw(st.booleans()), draw(st.booleans())
    has_boxes = has_boxes or not is_linked
    lines = []
    for number, name in enumerate(names):
        box = draw(st.sampled_from(["[ ] ", "[x] ", "[X] "])) if has_boxes else ""
        title = f"[{name}](https://example.org/{number}.pdf)" if is_linked else name
        said = draw(st.sampled_from(["", f" [Ode and Ash, ICML {draw(years)}]", " [Ann Weaver]"]))
        lines.append(f"{mark} {box}{title}{said}" + draw(st.sampled_from(["", "  ", " "])))
        note = draw(notes)
        if note and mark in {"-", "*", "+"}:
            lines.append(note)
    return lines


@st.composite
def nested(draw: st.DrawFn, names: list[str]) -> list[str]:
    boxes = [draw(st.sampled_from("xX ")) for _ in names]
    deep = [min(n, draw(st.integers(0, 2))) for n in range(len(names))]
    return [
        f"{'  ' * indent}- [{box}] {name}"
        for name, box, indent in zip(names, boxes, accumulate(deep, shallower), strict=True)
    ]


def shallower(before: int, indent: int) -> int:
    """No item is more than one step deeper than the one before it."""
    return min(before + 1, indent)


@st.composite
def tables(draw: st.DrawFn, names: list[str]) -> list[str]:
    mark = draw(st.sampled_from(["✅", "yes", "x", "X"]))
    rows = []
    for number, name in enumerate(names):
        cell = draw(st.sampled_from([mark, " " * 5])).ljust(5)
        rows.append(f"| {draw(years)} | [{name}](https://example.org/{number}.pdf) | {cell} |")
    return ["| Year | Paper | Done |", "|------|:-----:|------|", *rows]


@st.composite
def paragraphs(draw: st.DrawFn, names: list[str]) -> list[str]:
    links = (f"[[pdf]](https://example.org/{number}.pdf)" for number in range(len(names)))
    lines = [f"**{name}** {link}" for name, link in zip(names, links, strict=True)]
    return [line for paper in lines for line in (paper, draw(st.sampled_from(["", " "])))][:-1]


@st.composite
def lists(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 3))
    is_titled = draw(st.booleans())
    lines = draw(st.sampled_from([[], ["---", "layout: page", "---"], ["<!-- [ ] kept -->", ""]]))
    lines += ["# Our list", "", "Add to it: `- [ ] Title`.", ""] if is_titled else []
    form = draw(st.sampled_from([items, items, nested, tables, paragraphs]))
    for number in range(count):
        lines += heading(draw, f"Topic {WORDS[number]}")
        size = draw(st.integers(1, 4))
        names = [named(draw, 10 * number + n) for n in range(size)]
        lines += [*draw(form(names)), *draw(st.sampled_from([[""], ["", ""], ["", "* * *", ""]]))]
    end = draw(ends)
    text = end.join(lines)
    return draw(st.sampled_from(["", "\ufeff"])) + text + draw(st.sampled_from(["", end]))


def heading(draw: st.DrawFn, name: str) -> list[str]:
    forms = [[f"## {name}"], [f"## {name} ##"], [name, "-----"], [f"##{name}"]]
    return [*draw(st.sampled_from(forms)), *draw(st.sampled_from([[], [""]]))]


def named(draw: st.DrawFn, number: int) -> str:
    word = draw(st.sampled_from(WORDS))
    return draw(
        st.sampled_from([
            f"Of {word} {number}", f"Of ${word}_{number}^*$ and more", f"Why {word}? {number}",
            f"{word} <{number}MB", f"Über {word} und {number}", f"{word}: a study, {number}",
        ])
    )  # fmt: skip


some_lists = lists().filter(lambda text: bool(read(text).entries))


@given(some_lists)
def test_any_list_comes_back_letter_for_letter(text: str) -> None:
    assert woven(text) == text


@given(some_lists, st.data())
def test_ticks_come_and_go_without_a_trace(text: str, data: st.DataObject) -> None:
    places = places_of(text)
    chosen = data.draw(st.sets(st.integers(0, len(places) - 1)))
    turned = woven(text, [ticked(p) if n in chosen else p for n, p in enumerate(places)])
    if "| Done |" not in text:
        assert len(turned) == len(text)
        assert {b for a, b in zip(text, turned, strict=True) if a != b} <= {"x"}
    read_ticks = [entry.checked for entry in read(turned).entries]
    assert all(read_ticks[n] for n in chosen if places[n].entry.checked is not None)
    back = [ticked(p, q.entry.checked) for p, q in zip(places_of(turned), places, strict=True)]
    assert woven(turned, back) == text


@given(some_lists, st.data())
def test_removing_a_paper_removes_its_lines(text: str, data: st.DataObject) -> None:
    places = places_of(text)
    at = data.draw(st.integers(0, len(places) - 1))
    left = woven(text, [*places[:at], *places[at + 1 :]])
    assert read_titles(left) == [*read_titles(text)[:at], *read_titles(text)[at + 1 :]]
    assert is_part_of(others(text, places[at]), left)


@given(some_lists, st.data())
def test_retitling_a_paper_changes_its_lines(text: str, data: st.DataObject) -> None:
    places = places_of(text)
    at = data.draw(st.integers(0, len(places) - 1))
    title = data.draw(
        st.sampled_from(["Of nothing", "A | B", "[Sic] and so", "$x^*$ or *y*", "1. One"])
    )
    again = woven(text, [*places[:at], changed(places[at], title=title), *places[at + 1 :]])
    assert read_titles(again) == [*read_titles(text)[:at], title, *read_titles(text)[at + 1 :]]
    assert is_part_of(others(text, places[at]), again)


@given(some_lists, st.data())
def test_a_new_paper_adds_its_lines(text: str, data: st.DataObject) -> None:
    places = places_of(text)
    at = data.draw(st.integers(0, len(places) - 1))
    url = data.draw(st.sampled_from(["https://example.org/new.pdf", ""]))
    new = WantedPlace(
        Entry(
            "Of the new",
            topic=places[at].entry.topic,
            authors="Ode et al.",
            venue="ACL",
            year=2020,
            url=url,
        )
    )
    more = woven(text, [*places[: at + 1], new, *places[at + 1 :]])
    titles = read_titles(text)
    assert read_titles(more) == [*titles[: at + 1], "Of the new", *titles[at + 1 :]]
    assert is_part_of(text.removeprefix("\ufeff").splitlines(), more)


@given(some_lists, st.data())
def test_moving_a_paper_moves_its_lines(text: str, data: st.DataObject) -> None:
    places = places_of(text)
    at = data.draw(st.integers(0, len(places) - 1))
    topic = [place for place in places if place.entry.topic == places[at].entry.topic]
    first = places.index(topic[0])
    moved = [*places[:first], places[at], *(p for p in places[first:] if p is not places[at])]
    again = woven(text, moved)
    assert read_titles(again) == [place.entry.title for place in moved]
    assert is_part_of(others(text, places[at]), again)


@given(some_lists)
def test_renaming_a_topic_changes_its_heading(text: str) -> None:
    first, *rest = headings_of(text)
    named = Heading((*first.path[:-1], "Other things"), first.path)
    places = [moved_to(place, first.path[-1], *named.path) for place in places_of(text)]
    again = woven(text, places, [named, *rest])
    assert read(again).topics[0].path == named.path
    assert read_titles(again) == read_titles(text)
    own = {line - 1 for line in read(text).topics[0].lines}
    lines = text.removeprefix("\ufeff").splitlines()
    assert is_part_of([line for n, line in enumerate(lines) if n not in own], again)


def read_titles(text: str) -> list[str]:
    return [entry.title for entry in read(text).entries]


def others(text: str, place: WantedPlace) -> list[str]:
    """The lines of the text that are not the paper's, of which those below it are."""
    reading_list = read(text)
    claimed = {entry.lines[0] for entry in reading_list.entries}
    claimed |= {line for topic in reading_list.topics for line in topic.lines}
    first = place.entry.lines[0]
    own = range(first, min((line for line in claimed if line > first), default=10_000))
    lines = text.removeprefix("\ufeff").splitlines()
    return [
        line
        for number, line in enumerate(lines, start=1)
        if number not in own or line in {"* * *", "<!-- [ ] kept -->"}
    ]


def is_part_of(lines: list[str], text: str) -> bool:
    """Whether the text has all of the lines in their order. Papers below a removed one come up."""
    coming = iter(line.strip() for line in text.removeprefix("\ufeff").splitlines())
    return all(line.strip() in coming for line in lines if line.strip())
