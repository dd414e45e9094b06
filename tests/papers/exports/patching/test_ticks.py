"""A tick is written as the list writes its ticks, or it is said that it cannot be shown."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from papers.exports.patching import Heading, Patched, Patching, WantedPlace, patch
from papers.formats.core.reading_list import ReadingList
from papers.formats.markdown import reading
from tests.papers.formats.list_shapes import read

LAMPS, LOOMS = "https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03763"


def patched(
    text: str, ticks: Sequence[bool | None], reading_list: ReadingList | None = None
) -> Patched:
    """The text with these ticks of its papers."""
    reading_list = reading_list or read(text)
    headings = [Heading(topic.path, topic.path) for topic in reading_list.topics]
    places = [
        WantedPlace(replace(entry, checked=tick), (n,))
        for n, (entry, tick) in enumerate(zip(reading_list.entries, ticks, strict=True))
    ]
    return patch(text, reading_list, headings, places)


def ticks_of(text: str) -> list[bool]:
    return [entry.checked is True for entry in read(text).entries]


# The first paper is read, the second is not. Each line as it is when that is exchanged.
FORMS = {
    "boxes": (
        "- [x] On lamps and gears (Ode et al., ICML 2016)",
        "- [ ] On looms and kites (Wick, ACL 2018)",
        "- [ ] On lamps and gears (Ode et al., ICML 2016)",
        "- [x] On looms and kites (Wick, ACL 2018)",
    ),
    "numbered boxes": (
        "1. [X] On lamps and gears (Ode et al., ICML 2016)",
        "2. [ ] On looms and kites (Wick, ACL 2018)",
        "1. [ ] On lamps and gears (Ode et al., ICML 2016)",
        "2. [x] On looms and kites (Wick, ACL 2018)",
    ),
    "ballots": (
        "- ☑ On lamps and gears (Ode et al., ICML 2016)",
        "- ☐ On looms and kites (Wick, ACL 2018)",
        "- ☐ On lamps and gears (Ode et al., ICML 2016)",
        "- ☑ On looms and kites (Wick, ACL 2018)",
    ),
    "squares": (
        f"* ✅ [On lamps and gears]({LAMPS})",
        f"* ⬜ [On looms and kites]({LOOMS})",
        f"* ⬜ [On lamps and gears]({LAMPS})",
        f"* ✅ [On looms and kites]({LOOMS})",
    ),
    "signs of what is read": (
        f"- ✅ [On lamps and gears]({LAMPS})",
        f"- [On looms and kites]({LOOMS})",
        f"- [On lamps and gears]({LAMPS})",
        f"- ✅ [On looms and kites]({LOOMS})",
    ),
    "names of signs": (
        "- :white_check_mark: On lamps and gears (Ode et al., ICML 2016)",
        "- On looms and kites (Wick, ACL 2018)",
        "- On lamps and gears (Ode et al., ICML 2016)",
        "- :white_check_mark: On looms and kites (Wick, ACL 2018)",
    ),
    "struck titles": (
        "- ~~On lamps and gears~~ (Ode et al., ICML 2016)",
        "- On looms and kites (Wick, ACL 2018)",
        "- On lamps and gears (Ode et al., ICML 2016)",
        "- ~~On looms and kites~~ (Wick, ACL 2018)",
    ),
    "struck titles in links": (
        f"* [~~On lamps and gears~~]({LAMPS}) - Concepts",
        f"* [On looms and kites]({LOOMS}) - Application",
        f"* [On lamps and gears]({LAMPS}) - Concepts",
        f"* [~~On looms and kites~~]({LOOMS}) - Application",
    ),
    "struck links": (
        f"* ~~[On lamps and gears]({LAMPS})~~",
        f"* [On looms and kites]({LOOMS})",
        f"* [On lamps and gears]({LAMPS})",
        f"* ~~[On looms and kites]({LOOMS})~~",
    ),
}
HEADERS = {
    "boxes in cells": (
        "| Paper | Year |",
        f"| [x] [On lamps and gears]({LAMPS}) | 2016 |",
        f"| [ ] [On looms and kites]({LOOMS}) | 2018 |",
        f"| [ ] [On lamps and gears]({LAMPS}) | 2016 |",
        f"| [x] [On looms and kites]({LOOMS}) | 2018 |",
    ),
    "a column of boxes": (
        "| | Paper |",
        f"| [x] | [On lamps and gears]({LAMPS}) |",
        f"| [ ] | [On looms and kites]({LOOMS}) |",
        f"| [ ] | [On lamps and gears]({LAMPS}) |",
        f"| [x] | [On looms and kites]({LOOMS}) |",
    ),
    "a column of words": (
        "| Paper | Read? |",
        f"| [On lamps and gears]({LAMPS}) | yes |",
        f"| [On looms and kites]({LOOMS}) | no |",
        f"| [On lamps and gears]({LAMPS}) | no |",
        f"| [On looms and kites]({LOOMS}) | yes |",
    ),
    "a column of signs": (
        "| Paper | Status |",
        f"| [On lamps and gears]({LAMPS}) | :heavy_check_mark: |",
        f"| [On looms and kites]({LOOMS}) | :x: |",
        f"| [On lamps and gears]({LAMPS}) | :x: |",
        f"| [On looms and kites]({LOOMS}) | :heavy_check_mark: |",
    ),
    "a column of other words": (
        "| Titel | Jahr | Gelesen |",
        f"| [On lamps and gears]({LAMPS}) | 2016 | ja |",
        f"| [On looms and kites]({LOOMS}) | 2018 | nein |",
        f"| [On lamps and gears]({LAMPS}) | 2016 | nein |",
        f"| [On looms and kites]({LOOMS}) | 2018 | ja |",
    ),
    "struck rows": (
        "| Paper | Year |",
        f"| ~~[On lamps and gears]({LAMPS})~~ | 2016 |",
        f"| [On looms and kites]({LOOMS}) | 2018 |",
        f"| [On lamps and gears]({LAMPS}) | 2016 |",
        f"| ~~[On looms and kites]({LOOMS})~~ | 2018 |",
    ),
}
BESIDE = "\nWords that are not read ✅ as a paper.\n"
LISTS = {
    **{
        name: (f"## Nets\n{a}\n{b}\n{BESIDE}", f"## Nets\n{c}\n{d}\n{BESIDE}")
        for name, (a, b, c, d) in FORMS.items()
    },
    **{
        name: tuple(
            f"## Nets\n{head}\n{'|---' * (head.count('|') - 1)}|\n{one}\n{two}\n{BESIDE}"
            for one, two in ((a, b), (c, d))
        )
        for name, (head, a, b, c, d) in HEADERS.items()
    },
}


@pytest.mark.parametrize("name", LISTS)
def test_ticks_are_written_in_the_form_of_the_list(name: str) -> None:
    text, exchanged = LISTS[name]
    reading_list = reading.read(text)
    assert [entry.checked is True for entry in reading_list.entries] == [True, False]
    assert patched(text, [True, None], reading_list) == Patched(text)
    found = patched(text, [False, True], reading_list)
    assert found.text.splitlines() == exchanged.splitlines()
    assert not found.unshown


@pytest.mark.parametrize("name", LISTS)
def test_a_title_and_a_tick_change_together(name: str) -> None:
    text, exchanged = LISTS[name]
    reading_list = reading.read(text)
    first, second = reading_list.entries
    headings = [Heading(topic.path, topic.path) for topic in reading_list.topics]
    renamed = replace(first, title="On lamps and stars", checked=False)
    places = [
        WantedPlace(renamed, (0,), is_changed=True),
        WantedPlace(replace(second, checked=True), (1,)),
    ]
    found = patch(text, reading_list, headings, places)
    assert found.text == exchanged.replace("lamps and gears", "lamps and stars")
    assert not found.unshown


@pytest.mark.parametrize(
    ("name", "done", "other"),
    [("Status", "✅", "in progress"), ("Read", "x", "half of it"), ("Done?", "yes", "ask Ann")],
)
def test_a_tick_for_which_there_is_no_room_is_named(name: str, done: str, other: str) -> None:
    rows = f"| [On lamps]({LAMPS}) | {done} |\n| [On looms]({LOOMS}) | {other} |\n"
    text = f"| Paper | {name} |\n|---|---|\n{rows}"
    found = patched(text, [True, True])
    assert found.text == text
    assert list(map(str, found.unshown)) == ["“On looms” (ticked)"]


def test_what_has_no_box_among_boxes_gets_none() -> None:
    text = "- [ ] On lamps\n- [x] On gears\n\n## Links\n- [On looms](https://example.org/l.pdf)\n"
    assert patched(text, [False, True, True]) == Patched(text)


def test_a_list_without_ticks_says_nothing_of_them() -> None:
    text = f"- [On lamps]({LAMPS})\n- [On looms]({LOOMS})\n"
    assert patched(text, [True, True]) == Patched(text)


@pytest.mark.parametrize("exchanged", [False, True])
def test_boxes_are_ticked_without_a_reading(
    monkeypatch: pytest.MonkeyPatch, exchanged: bool
) -> None:
    text = LISTS["boxes"][0]
    reading_list = reading.read(text)
    monkeypatch.setattr(reading, "read", pytest.fail)
    places = [
        WantedPlace(replace(entry, checked=bool(entry.checked) is not exchanged), (n,))
        for n, entry in enumerate(reading_list.entries)
    ]
    patching = Patching(text, reading_list, [Heading(("Nets",), ("Nets",))], places)
    assert not patching.takes_a_reading
    assert patching.patched() == Patched(LISTS["boxes"][exchanged])
