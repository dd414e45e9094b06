"""Lists of which little is understood: an edit of one paper leaves all the rest as it was."""

import difflib
from dataclasses import replace

import pytest

from papers.exports.patching import Heading, Patched, WantedPlace, patch
from papers.formats.core.reading_list import Entry, ReadingList
from papers.formats.markdown import reading

PROPOSED = """\
# Proposed by Ann:

### Deep hives (ELMo)
https://arxiv.org/abs/1802.05365
- perhaps with: Contextual Bees for Labeling
http://example.org/coling.pdf

### MAML
- Meta-Learning of Bees
https://arxiv.org/abs/1703.03400

### Tradeoffs of Hives (long paper)
https://arxiv.org/abs/1804.03329

# Proposed by Ben:

### Swarms Without Queens
http://example.org/P18-1078.pdf
"""
WEEKS = """\
# Week 1: Ann

## Swarm maps
https://arxiv.org/abs/1802.05365
* see also: Mapping for Beginners

## Reptile
* Learning to Forage
https://arxiv.org/abs/1703.03400

## Hive attention
https://arxiv.org/abs/1706.03762

# Week 2: Ben

## Bees at scale
https://arxiv.org/abs/1804.03329
"""
TABLE = """\
# Weekly

Words about the list.

## Top papers of the week (June 2 - June 8)
| **Paper** | **Links** |
| --- | --- |
| 1) **Counting Bees** - bees. | [Paper](https://arxiv.org/abs/2410.01748), [T](https://x.com/1) |
| 2) **Aligning Hives** - how. | [Paper](https://arxiv.org/abs/2410.01749), [T](https://x.com/2) |

---
"""
NARROW = """\
# Weekly

## June
|Paper|Links|
|-|-|
|1. **Mapping Meadows**: a survey of meadows.|[Paper](https://arxiv.org/abs/2410.01748), [Code](https://github.com/a/b)|
|2. **Routing Swarms**: we route swarms.|[Paper](https://arxiv.org/abs/2410.01749)|
|3. *no meeting*| |
"""
REASONS = """\
| Topic | Paper | Why |
|:--|:--|--:|
| Food | [**Honey Budgets**](https://arxiv.org/abs/2410.01748) | it is *short*; see [notes](n.md) |
| Food | [**Nectar Prices**](https://arxiv.org/abs/2410.01749) | long \\| dense |

<!-- the end -->
"""
FILES = """\
## Papers:
1. [Counting Bees](<./bees/Counting Bees.md>)
2. [Hives: That Learn](./hives/Hives: That Learn.md)
3. [Honey Prime](./honey/p.md)
"""
SCANS = """\
## Read:
1) [Wax Models](<./a b/Wax Models.pdf>)
2) [Queen's Gambit](./q/q.pdf "scan")
3) [Combs of Wax](./c/combs.pdf)

See the `folder/` for all.
"""


def edited(text: str, title: str, new: str | None, **known: str) -> tuple[Patched, list[str]]:
    """The text with the paper called otherwise, or removed; and the lines that changed."""
    reading_list = reading.read(text, (title, *known.values()))
    (number,) = [n for n, one in enumerate(reading_list.entries) if one.title.startswith(title)]
    places = [WantedPlace(entry, (n,)) for n, entry in enumerate(reading_list.entries)]
    if new is None:
        del places[number]
    else:
        entry: Entry = replace(places[number].entry, title=new)
        places[number] = replace(places[number], entry=entry, is_changed=True)
    found = _patched(text, reading_list, places)
    compared = difflib.ndiff(text.splitlines(), found.text.splitlines())
    return found, [line for line in compared if line[0] in "+-"]


def _patched(text: str, reading_list: ReadingList, places: list[WantedPlace]) -> Patched:
    headings = [Heading(topic.path, topic.path) for topic in reading_list.topics]
    return patch(text, reading_list, headings, places)


@pytest.mark.parametrize(
    ("text", "title", "own"),
    [
        (
            PROPOSED,
            "Meta-Learning of Bees",
            ["- Meta-Learning of Bees", "https://arxiv.org/abs/1703.03400"],
        ),
        (
            PROPOSED,
            "Swarms Without Queens",
            ["### Swarms Without Queens", "http://example.org/P18-1078.pdf"],
        ),
        (WEEKS, "Learning to Forage", ["* Learning to Forage", "https://arxiv.org/abs/1703.03400"]),
        (
            PROPOSED,
            "Tradeoffs of Hives",
            ["### Tradeoffs of Hives (long paper)", "https://arxiv.org/abs/1804.03329"],
        ),
    ],
)
def test_removing_a_paper_takes_its_lines_and_no_other(
    text: str, title: str, own: list[str]
) -> None:
    found, changed = edited(text, title, None)
    gone = [line[2:] for line in changed if line[0] == "-" and line[2:]]
    came = {line[2:] for line in changed if line[0] == "+"}
    assert came <= {"", "<!-- -->"}
    if found.unshown:
        assert str(found.unshown[0]).startswith(f"“{title}")
        assert not gone
    else:
        assert gone == own


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        (TABLE, "Counting Bees", 8),
        (TABLE, "Aligning Hives", 9),
        (NARROW, "Mapping Meadows", 6),
        (NARROW, "Routing Swarms", 7),
        (REASONS, "Honey Budgets", 3),
        (REASONS, "Nectar Prices", 4),
        (FILES, "Counting Bees", 2),
        (FILES, "Hives: That Learn", 3),
        (FILES, "Honey Prime", 4),
        (SCANS, "Wax Models", 2),
        (SCANS, "Queen's Gambit", 3),
    ],
)
@pytest.mark.parametrize("new", ["Another Title", "{} Revisited", "Of Titles: {}"])
def test_renaming_a_paper_changes_words_of_its_line_alone(
    text: str, title: str, line: int, new: str
) -> None:
    name = new.format(title)
    found, changed = edited(text, title, name)
    if found.unshown:
        assert str(found.unshown[0]) == f"“{name}” (changed)"
        assert not changed
        return
    before, after = text.splitlines(), found.text.splitlines()
    assert [n + 1 for n, one in enumerate(before) if one != after[n]] == [line]
    assert len(before) == len(after)
    assert after[line - 1].count("|") == before[line - 1].count("|")
    assert after[line - 1].count("**") == before[line - 1].count("**")
    titles = [entry.title for entry in reading.read(found.text, (name,)).entries]
    assert name in titles


def test_most_of_these_are_shown() -> None:
    """The tests above let a patch give up; these it has to show."""
    shown = [
        edited(PROPOSED, "Meta-Learning of Bees", None),
        edited(WEEKS, "Learning to Forage", None),
        *(edited(TABLE, title, "Another Title") for title in ("Counting Bees", "Aligning Hives")),
        edited(NARROW, "Mapping Meadows", "Another Title"),
        edited(REASONS, "Honey Budgets", "Another Title"),
        edited(FILES, "Counting Bees", "Another Title"),
        edited(FILES, "Hives: That Learn", "Another Title"),
        edited(SCANS, "Wax Models", "Another Title"),
    ]
    assert not [str(one) for found, _ in shown for one in found.unshown]
