"""A list comes back in the text that it came in, and a file is kept in step with a group."""

import difflib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

import papers.demo
from papers.archives.group_archive import as_zip
from papers.exports.source_text import Source
from papers.imports import workflow
from papers.models import ListImport, Paper, PaperMerge, Topic
from tests.factories import browser_of, make_group, make_membership, make_paper
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SEED = (Path(papers.demo.__file__).parent / "reading-list.md").read_text()
LIST = """\
Some words before.

# Readings   

* [x] [Loose paper](https://example.org/loose.pdf)

## Pruning ##
1. [ ] Cutting nets [Stein et al., ICML 2015]
2. [X] **Small nets** (2016), B. Berg et al. [[pdf]](https://example.org/small.pdf) [[code]](https://example.org/c)
   with a note below it

## Nothing here

Sound
-----
| Year | Title | Venue |
|------|-------|-------|
| 2017 | [Hearing nets](https://example.org/h) | NeurIPS |
| 2018 | Singing *nets* | ICML |
"""  # noqa: W291


def brought(text: str, reader=None, **fields) -> ListImport:
    group = make_group()
    reader = reader or group.memberships.get().user
    made = group.imports.create(text=text, imported_by=reader, **fields)
    workflow.apply(made, reader)
    return ListImport.objects.leading(group)


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def paper_of(made: ListImport, title: str) -> Paper:
    return Paper.objects.in_group(made.group).get(title=title)


# Letter for letter


@pytest.mark.parametrize("text", [SEED, LIST, LIST.replace("\n", "\r\n"), LIST.rstrip("\n")])
def test_a_list_that_no_one_edited_comes_back_letter_for_letter(text):
    made = brought(text)
    assert Source(made, made.imported_by).text() == text
    assert Source(made, keeps_boxes=True).text() == text


def test_the_boxes_are_the_readers_own():
    made = brought(LIST)
    member = make_membership(made.group).user
    theirs = Source(made, member).text()
    assert changed_lines(LIST, theirs) == changed_lines(
        LIST, LIST.replace("[x] [Loose", "[ ] [Loose").replace("[X]", "[ ]")
    )
    paper_of(made, "Cutting nets").set_status(member, "read")
    assert "[x] Cutting nets" in Source(made, member).text()
    assert Source(made).text() == theirs


@pytest.mark.parametrize(
    ("encoding", "has_mark"), [("utf-8", True), ("utf-16-le", True), ("windows-1252", False)]
)
def test_a_file_comes_back_in_its_own_bytes(encoding, has_mark):
    text = "## Käse\n- [ ] Über Netze\n"
    made = brought(text, encoding=encoding, has_mark=has_mark)
    mark = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe"}.get(encoding, b"")
    assert Source(made, made.imported_by).as_bytes() == mark + text.encode(encoding)


# An edit changes its own lines


def test_an_edited_paper_changes_its_line_only():
    made = brought(LIST)
    paper = paper_of(made, "Small nets")
    paper.revise(paper.version, year=2017)
    after = Source(made, made.imported_by).text()
    changed = changed_lines(LIST, after)
    assert len(changed) == 2
    assert "(2017)" in changed[1]


def test_what_is_added_removed_and_moved_changes_its_own_lines_only():
    made = brought(SEED)
    pruning = Topic.objects.get(group=made.group, name="Pruning")
    make_paper(made.group, pruning, title="A paper of ours", authors="Om et al.", year=2025)
    after = Source(made, made.imported_by).text()
    assert changed_lines(SEED, after) == ["+ - [ ] A paper of ours [Om et al., 2025]"]
    paper_of(made, "Optimal Brain Damage").delete()
    gone = changed_lines(SEED, Source(made, made.imported_by).text())
    assert len(gone) == 2
    assert "Optimal Brain Damage" in gone[0] + gone[1]


def test_a_merged_paper_keeps_its_line_with_what_is_said_of_both():
    made = brought(LIST)
    stays, goes = paper_of(made, "Cutting nets"), paper_of(made, "Singing nets")
    PaperMerge.objects.merge(goes, stays, made.imported_by)
    changed = changed_lines(LIST, Source(made, made.imported_by).text())
    assert "Singing" in " ".join(line for line in changed if line[0] == "-")
    assert any(line.startswith("+ |") and "Cutting *nets*" in line for line in changed)


def test_a_renamed_topic_changes_its_heading_only():
    made = brought(LIST)
    Topic.objects.filter(group=made.group, name="Pruning").update(name="Cutting")
    changed = changed_lines(LIST, Source(made, made.imported_by).text())
    assert [line[2:] for line in changed] == ["## Pruning ##", "## Cutting ##"]


def test_a_list_that_is_brought_changed_comes_back_as_it_was_brought():
    made = brought(SEED)
    text = SEED.replace("## Quantization", "## Fewer bits").replace(
        "- [ ] Optimal Brain", "- [ ] A new one\n- [ ] Optimal Brain"
    )
    again = made.group.imports.create(text=text, imported_by=made.imported_by)
    workflow.apply(again, made.imported_by)
    leading = ListImport.objects.leading(made.group)
    assert leading == again
    assert Source(leading, made.imported_by).text() == text


def test_a_list_that_tells_less_does_not_lead():
    made = brought(SEED)
    other = made.group.imports.create(text="## Taste\n- [ ] Tasting nets\n")
    workflow.apply(other, made.imported_by)
    assert ListImport.objects.leading(made.group) == made
    after = Source(made, made.imported_by).text()
    assert changed_lines(SEED, after)[-2:] == ["+ ## Taste", "+ - [ ] Tasting nets"]


def test_what_was_taken_back_leads_no_more():
    made = brought(SEED)
    again = made.group.imports.create(text=SEED + "\n## More\n- [ ] New nets\n")
    workflow.apply(again, made.imported_by)
    assert ListImport.objects.leading(made.group) == again
    workflow.revert(again, made.imported_by)
    assert ListImport.objects.leading(made.group) == made
    assert Source(made, made.imported_by).text() == SEED


# What was not understood stays

HEADED = """\
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
WEEKLY = """\
# Weekly

Words about the list.

## Top papers of the week (June 2 - June 8)
| **Paper** | **Links** |
| --- | --- |
| 1) **Counting Bees** - a framework. | [Paper](https://e.org/1.pdf), [Tweet](https://e.org/1) |
| 2) **Aligning Hives** - an overview. | [Paper](https://e.org/2.pdf), [Tweet](https://e.org/2) |

---
"""
FILES = """\
## Papers:
1. [Counting Bees](<./bees/Counting Bees.md>)
2. [Hives: That Learn](./hives/Hives: That Learn.md)
3. [Honey Prime](./honey/p.md)
"""


def test_removing_a_paper_below_a_heading_leaves_every_other_line():
    made = brought(HEADED)
    paper_of(made, "Meta-Learning of Bees").delete()
    changed = changed_lines(HEADED, Source(made, made.imported_by).text())
    gone = ["- - Meta-Learning of Bees", "- https://arxiv.org/abs/1703.03400"]
    assert [line for line in changed if line != "+ <!-- -->"] == gone


@pytest.mark.parametrize(
    ("text", "title"),
    [(WEEKLY, "Counting Bees"), (WEEKLY, "Aligning Hives"), (FILES, "Counting Bees")],
)
def test_retitling_a_paper_changes_the_words_of_its_title_only(text, title):
    made = brought(text)
    paper = paper_of(made, title)
    paper.revise(paper.version, title="Numbering Wasps")
    assert Source(made, made.imported_by).text() == text.replace(title, "Numbering Wasps", 1)


# What cannot be shown is said

HEADINGS = """\
# Ours

## Old

### Counting Bees from the Air

### Aligning Hives with Words
https://arxiv.org/abs/2410.01748
"""


@pytest.fixture
def unshowable():
    """A list whose form has no place for another arXiv number of a paper."""
    made = brought(HEADINGS)
    paper_of(made, "Aligning Hives with Words").amend(arxiv="2410.01750")
    return made


def test_an_edit_that_would_be_read_wrongly_leaves_the_text_alone_and_is_named(unshowable):
    source = Source(unshowable, unshowable.imported_by)
    assert source.text() == HEADINGS
    assert "does not show one edit" in source.warning
    assert "“Aligning Hives with Words” (changed)" in source.warning


def test_the_export_page_names_what_the_markdown_file_does_not_show(unshowable):
    browser = browser_of(unshowable.imported_by)
    address = reverse("papers:list_export", args=[unshowable.group.slug])
    page = browser.get(address, headers={"Accept": "text/html"})
    assert "“Aligning Hives with Words” (changed)" in text_of(page)
    assert "Nothing is lost" in text_of(page)


def test_everything_of_a_group_comes_with_what_its_list_does_not_show(unshowable):
    packed = zipfile.ZipFile(io.BytesIO(as_zip(unshowable.group, unshowable.imported_by)))
    assert packed.read("list.md").decode() == HEADINGS
    assert "“Aligning Hives with Words”" in packed.read("not-in-list.md.txt").decode()


def test_export_list_says_beside_the_list_what_it_does_not_show(unshowable, capsys):
    call_command("export_list", unshowable.group.slug)
    printed = capsys.readouterr()
    assert printed.out == HEADINGS
    assert "“Aligning Hives with Words” (changed)" in printed.err


# In step with a file


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "list.md"
    file.write_text(LIST)
    return file


def sync(group, file, *options: str) -> str:
    from io import StringIO

    said = StringIO()
    call_command("sync_list", group.slug, str(file), *options, stdout=said)
    return said.getvalue()


def test_sync_list_brings_a_file_and_leaves_it_as_it_is(file):
    group = make_group()
    assert "5 new papers" in sync(group, file)
    assert file.read_text() == LIST
    assert "as it is" in sync(group, file)
    assert group.imports.count() == 1


def test_sync_list_goes_both_ways(file):
    group = make_group()
    sync(group, file)
    paper = Paper.objects.in_group(group).get(title="Cutting nets")
    paper.revise(paper.version, venue="ICLR")
    file.write_text(LIST.replace("| 2018 |", "| 2019 |"))
    assert "does not show" not in sync(group, file)
    assert "ICLR 2015" in file.read_text()
    assert "| 2019 |" in file.read_text()
    assert Paper.objects.in_group(group).get(title="Singing nets").year == 2019


def test_sync_list_marks_nothing_unless_it_is_for_somebody(file):
    group = make_group()
    sync(group, file)
    assert not Paper.objects.in_group(group).get(title="Small nets").statuses.exists()
    member = make_membership(group).user
    sync(group, file, "--for", member.email)
    assert "[ ] **Small nets**" in file.read_text()


def test_sync_list_removes_only_when_it_is_told(file):
    group = make_group()
    sync(group, file)
    shorter = LIST.replace("1. [ ] Cutting nets [Stein et al., ICML 2015]\n", "")
    file.write_text(shorter)
    assert "kept: Cutting nets" in sync(group, file)
    assert "Cutting nets" in file.read_text()
    file.write_text(shorter)
    sync(group, file, "--remove")
    assert file.read_text() == shorter


def test_sync_list_says_what_the_file_cannot_show(file):
    group = make_group()
    file.write_text(HEADINGS)
    sync(group, file)
    Paper.objects.in_group(group).get(title="Aligning Hives with Words").amend(arxiv="2410.01750")
    assert "“Aligning Hives with Words” (changed)" in sync(group, file)
    assert file.read_text() == HEADINGS


def test_sync_list_writes_nothing_when_it_only_says_what_it_would_do(file):
    group = make_group()
    assert "Nothing was written" in sync(group, file, "--dry-run")
    assert not group.papers.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "No papers"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG|picture|text"),
        (b'[{"title":"A","id":"a"}]', "."),
    ],
)
def test_sync_list_refuses_what_is_no_list_in_markdown(file, data, sentence):
    group = make_group()
    file.write_bytes(data)
    with pytest.raises(CommandError, match=sentence):
        sync(group, file)
    assert file.read_bytes() == data
