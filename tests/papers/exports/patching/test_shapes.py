"""Whatever the shape of a list: an edit changes the lines of its paper, and no other is lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from papers.exports.patching import Heading, Patched, WantedPlace, known_titles, patch
from papers.formats.core.reading_list import Entry, Path
from papers.formats.markdown import reading
from tests.papers.formats.list_shapes import lists, read

some_lists = lists().filter(lambda text: bool(read(text).entries))
EDITS = ("keep", "keep", "remove", "retitle", "move", "follow", "tick", "date")


class Edited:
    """A list and what people did to its papers."""

    def __init__(self, text: str, edits: list[str]) -> None:
        self.text, self.reading_list = text, read(text)
        self.edits = edits
        self.places: list[WantedPlace] = []
        moved: list[WantedPlace] = []
        topic = self.reading_list.entries[-1].topic
        for number, (entry, edit) in enumerate(zip(self.reading_list.entries, edits, strict=True)):
            place = WantedPlace(entry, (number,))
            # Of two papers of one topic that change places either may be the one that moved.
            if edit == "move" and entry.topic != topic:
                moved.append(replace(place, entry=replace(entry, topic=topic)))
            elif edit != "remove":
                self.places.append(_edited(place, edit))
            if edit == "follow":
                said = Entry(
                    f"A New One, Part {number}",
                    topic=entry.topic,
                    authors="Ode et al.",
                    venue="ICML",
                    year=2020,
                )
                self.places.append(WantedPlace(replace(said, url="https://example.org/new.pdf")))
        self.places += moved

    def patched(self) -> Patched:
        headings = [Heading(topic.path, topic.path) for topic in self.reading_list.topics]
        return patch(self.text, self.reading_list, headings, self.places)

    def read_again(self, text: str) -> tuple[Entry, ...]:
        """What a group whose papers these are reads of the text."""
        return reading.read(text, known_titles(self.reading_list, self.places)).entries

    @property
    def wanted(self) -> list[Entry]:
        return [place.entry for place in self.places]

    @property
    def own(self) -> set[int]:
        """The lines of the papers that are edited, from zero."""
        edited = (
            entry for entry, edit in zip(self.reading_list.entries, self.edits, strict=True)
            if edit not in {"keep", "follow"}
        )  # fmt: skip
        return {line - 1 for entry in edited for line in entry.lines}


def _edited(place: WantedPlace, edit: str) -> WantedPlace:
    entry = place.entry
    if edit == "retitle":
        return replace(place, entry=replace(entry, title=f"{entry.title} Again"), is_changed=True)
    if edit == "date":
        return replace(place, entry=replace(entry, year=1984), is_changed=True)
    if edit == "tick" and entry.checked is not None:
        return replace(place, entry=replace(entry, checked=not entry.checked))
    return place


@st.composite
def edited_lists(draw: st.DrawFn) -> Edited:
    text = draw(some_lists)
    count = len(read(text).entries)
    edits = draw(st.lists(st.sampled_from(EDITS), min_size=count, max_size=count))
    return Edited(text, edits)


def lines_of(text: str) -> list[str]:
    return [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]


@given(edited_lists())
def test_no_line_of_another_paper_and_none_that_was_not_understood_is_lost(edited: Edited) -> None:
    text = edited.patched().text
    all_lines = edited.text.removeprefix("\ufeff").splitlines()
    others = [
        line for number, line in enumerate(all_lines) if number not in edited.own and line.strip()
    ]
    coming = iter(lines_of(text))
    assert all(line in coming for line in others)
    not_understood = Counter(line.text for line in edited.reading_list.not_understood)
    assert not not_understood - Counter(text.removeprefix("\ufeff").splitlines())


@given(edited_lists())
def test_what_is_not_reported_is_read_as_it_is_wanted(edited: Edited) -> None:
    patched = edited.patched()
    found, wanted = places_of(edited.read_again(patched.text)), places_of(edited.wanted)
    assert (found - wanted).total() <= len(patched.unshown)
    assert (wanted - found).total() <= len(patched.unshown)


@given(edited_lists())
def test_line_ends_and_marks_of_the_file_stay(edited: Edited) -> None:
    text = edited.patched().text
    assert text.startswith("\ufeff") == edited.text.startswith("\ufeff")
    ends_in = "\r\n" if "\r\n" in edited.text else "\n"
    assert text.count("\n") == text.count(ends_in)


@given(edited_lists())
def test_a_text_that_was_patched_is_not_changed_by_patching_it_again(edited: Edited) -> None:
    text = edited.patched().text
    reading_list = read(text)
    places = [WantedPlace(entry, (number,)) for number, entry in enumerate(reading_list.entries)]
    headings = [Heading(topic.path, topic.path) for topic in reading_list.topics]
    assert patch(text, reading_list, headings, places) == Patched(text)


def places_of(entries: Iterable[Entry]) -> Counter[tuple[Path, str]]:
    return Counter((entry.topic, entry.title) for entry in entries)
