"""A list is uploaded, checked and applied once, and changes no status that is set."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import papers.demo
from papers.exports.reading_list import as_markdown
from papers.formats.core.text import LARGEST_FILE, LARGEST_TEXT
from papers.formats.markdown import reading
from papers.imports import workflow
from papers.imports.preview import MOST_OPEN, Preview
from papers.models import ListImport, Paper, Placement, ReadingStatus, Topic
from tests.factories import Room, browser_of, make_group, make_paper
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
SEED = (Path(papers.demo.__file__).parent / "reading-list.md").read_text()


def bring(group, text: str, reader=None):
    reader = reader or group.memberships.get().user
    return workflow.apply(group.imports.create(text=text, imported_by=reader), reader)


def counts(group) -> tuple[int, int, int]:
    return (
        Topic.objects.in_group(group).count(),
        Paper.objects.in_group(group).count(),
        Placement.objects.in_group(group).count(),
    )


def new(room: Room) -> str:
    return f"/groups/{room.group.slug}/imports/new/"


def detail(room: Room) -> str:
    return f"/groups/{room.group.slug}/imports/{room.list_import.pk}/"


# The list that the project comes with


def test_the_seed_is_read_to_the_last_paper():
    group = make_group()
    bring(group, SEED)
    assert counts(group) == (7, 78, 79)
    assert len(reading.read(SEED).duplicates) == 2
    twice = [p for p in Paper.objects.in_group(group) if p.placements.count() == 2]
    assert len(twice) == 1


def test_broken_titles_are_mended_and_kept_as_they_came():
    group = make_group()
    bring(group, SEED)
    paper = Paper.objects.get(title__startswith="Learning Both Weights")
    assert "Efficient" in paper.title
    assert "E ffi cient" in paper.imported["original"]


@pytest.mark.parametrize("is_edited", [False, True], ids=["as it was", "after edits"])
def test_the_same_list_again_adds_nothing(is_edited):
    group = make_group()
    bring(group, SEED)
    if is_edited:
        for number, paper in enumerate(Paper.objects.in_group(group)):
            paper.revise(1, title=f"Edited {number}")
    before = counts(group)
    merge = bring(group, SEED)
    assert merge.is_nothing
    assert counts(group) == before


def test_a_list_that_was_exported_brings_nothing_back():
    group = make_group()
    bring(group, SEED)
    assert bring(group, as_markdown(group).text).is_nothing
    copy = make_group()
    bring(copy, as_markdown(group).text)
    assert counts(copy) == counts(group)


def test_what_is_there_stays_as_it_is(room):
    room.paper.set_status(room.author, "read")
    bring(
        room.group, f"## pruning\n- [ ] {room.paper.title.upper()}\n- [ ] New one", room.organizer
    )
    assert counts(room.group) == (2, 2, 2)
    assert Paper.objects.get(pk=room.paper.pk).title == room.paper.title
    assert room.paper.statuses.get().user == room.author
    assert room.paper.threads.count() == 1


def test_a_known_paper_joins_a_further_topic(room):
    item = f"- [ ] {room.paper.title}"
    bring(room.group, f"## Pruning\n{item}\n## Quantization\n{item}", room.organizer)
    assert {topic.name for topic in room.paper.topics.all()} == {"Pruning", "Quantization"}
    assert Paper.objects.in_group(room.group).count() == 1


def test_papers_above_the_first_heading_get_a_topic(room):
    bring(room.group, "- [ ] Loose paper", room.organizer)
    assert Paper.objects.get(title="Loose paper").topics.get().name == "Papers"


# Ticks


def test_a_tick_is_a_status_of_the_person_who_imports_the_list(room):
    bring(room.group, "## T\n- [x] Ticked\n- [ ] Not ticked", room.organizer)
    [mark] = ReadingStatus.objects.all()
    assert (mark.paper.title, mark.user, mark.status) == ("Ticked", room.organizer, "read")
    assert mark.finished_at


@pytest.mark.parametrize("status", ["to_read", "reading", "skimmed", "skipped"])
def test_a_tick_changes_no_status_that_is_there(room, status):
    room.paper.set_status(room.organizer, status)
    bring(room.group, f"## Pruning\n- [x] {room.paper.title}", room.organizer)
    assert room.paper.statuses.get().status == status


SHELVES = (
    "title,author_text,remote_id,shelf,rating\n"
    "Counting Bees,Ada Marsh,https://books.example/1,read,5\n"
    "Hives,Bo Li,https://books.example/2,reading,\n"
    "Ants,Bo Li,https://books.example/3,stopped-reading,\n"
    "Wasps,Bo Li,https://books.example/4,to-read,\n"
)


def test_a_shelf_is_a_status_of_anyone_who_brings_the_list(room):
    bring(room.group, SHELVES, room.organizer)
    of_organizer = ReadingStatus.objects.of(room.organizer)
    marks = {mark.paper.title: (mark.status, bool(mark.finished_at)) for mark in of_organizer}
    assert marks == {
        "Counting Bees": ("read", True),
        "Hives": ("reading", False),
        "Ants": ("skipped", False),
    }
    assert ReadingStatus.objects.count() == 3


def test_others_see_no_shelf_of_anyone_who_brought_the_list(room):
    brought = room.group.imports.create(text=SHELVES, imported_by=room.organizer)
    seen = Preview(brought, room.member).reading.entries
    assert not any(entry.checked or entry.status for entry in seen)
    address = brought.get_absolute_url()
    assert "Reading</span>" in browser_of(room.organizer).get(address).content.decode()


def test_a_doubt_about_the_encoding_is_shown_before_anything_is_written(room):
    text = "% Encoding: windows-1250\n@book{a, author={Nowak, Łucja}, title={Łódź}}\n"
    file = SimpleUploadedFile("list.bib", text.encode("windows-1250"))
    address = f"/groups/{room.group.slug}/imports/new/"
    answer = browser_of(room.organizer).post(address, {"list_file": file}, follow=True)
    page = text_of(answer)
    assert "Łódź" in page
    assert "It says that it is windows-1250, and was read so: check the accents." in page
    assert not Paper.objects.filter(title="Łódź").exists()


def test_an_empty_box_takes_no_status_away(room):
    room.paper.set_status(room.organizer, "read")
    bring(room.group, f"## Pruning\n- [ ] {room.paper.title}", room.organizer)
    assert room.paper.statuses.get().status == "read"


def test_the_preview_counts_the_ticks_that_become_statuses(room):
    room.paper.set_status(room.organizer, "skipped")
    ticked = f"## Pruning\n- [x] {room.paper.title}\n"
    brought = room.group.imports.create(text=ticked, imported_by=room.organizer)
    assert Preview(brought, room.organizer).summary == []
    assert workflow.compare(brought, room.organizer).is_nothing
    brought = room.group.imports.create(text=f"{ticked}- [x] New\n", imported_by=room.organizer)
    assert Preview(brought, room.organizer).summary == ["1 new paper", "1 tick"]


def test_of_many_lines_that_were_not_understood_the_first_are_shown_and_the_rest_in_pages(room):
    lines = "\n\n".join(f"> It was {n} o'clock when we met." for n in range(MOST_OPEN + 1))
    brought = room.group.imports.create(
        text=f"{lines}\n\n## Pruning\n- [ ] New\n", imported_by=room.organizer
    )
    address = f"/groups/{room.group.slug}/imports/{brought.pk}/"
    browser = browser_of(room.organizer)
    page = browser.get(address).content.decode()
    assert page.count('class="question"') == MOST_OPEN
    assert f"Show all {MOST_OPEN + 1} lines" in page
    page = browser.get(f"{address}?show=lines").content.decode()
    assert page.count('class="question"') == MOST_OPEN + 1


# What is too long


def test_what_is_too_long_is_clipped_and_comes_once(room):
    text = (
        f"## {'T' * 300}\n"
        f"- [ ] Many authors [{'Author B., ' * 250} et al., {'V' * 400} 2024]\n"
        f"- [ ] [Long address](https://example.org/{'u' * 3000})\n"
    )
    for _ in range(2):
        bring(room.group, text, room.organizer)
    assert counts(room.group) == (3, 3, 3)
    for paper in Paper.objects.exclude(pk=room.paper.pk):
        paper.full_clean(exclude=["added_by"])
        assert len(paper.topics.get().name) == 200
    paper = Paper.objects.get(title="Many authors")
    assert (len(paper.authors), len(paper.venue)) == (2000, 300)
    assert paper.authors.endswith("…")
    assert Paper.objects.get(title="Long address").url == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pruning", "PRUNING"),
        ("T" * 300, "T" * 299 + "X"),
        ("To\u202epic", "Topic"),
        ("\u202e", "Papers"),
    ],
)
def test_headings_that_become_one_name_become_one_topic(one, other):
    group = make_group()
    text = f"# List\n## {one}\n- [ ] A\n- [ ] B\n## {other}\n- [ ] B\n- [ ] C\n"
    for _ in range(2):
        bring(group, text)
    assert counts(group) == (1, 3, 3)


def test_a_topic_below_one_of_several_spellings_stays_below_it():
    group = make_group()
    bring(group, "# List\n## Pruning\n### Nets\n- [ ] A\n## Other\n- [ ] B\n## PRUNING\n- [ ] C\n")
    paths = [" / ".join(topic.path) for topic in Topic.objects.in_group(group).outline()]
    assert paths == ["Pruning", "Pruning / Nets", "Other"]


def test_a_title_that_is_far_too_long_is_shown_as_not_understood(room):
    list_text = f"- [ ] A paper\n- [ ] {'Long title ' * 60}\n"
    browser = browser_of(room.organizer)
    page = browser.post(new(room), {"list_text": list_text}, follow=True)
    assert "Long title Long title" in words_of(text_of(page))
    assert "Not understood" in words_of(text_of(page))


def test_a_name_that_would_turn_the_text_is_straightened(room):
    bring(room.group, "## To\u202epic\n- [ ] A pa\u202eper", room.organizer)
    paper = Paper.objects.exclude(pk=room.paper.pk).get()
    assert paper.title == "A paper"
    assert paper.topics.get().name == "Topic"


# The pages


def test_import_create_shows_the_list_before_anything_is_written(room):
    before = counts(room.group)
    browser = browser_of(room.organizer)
    page = browser.post(new(room), {"list_text": SEED}, follow=True)
    assert is_whole_page(page)
    assert counts(room.group) == before
    assert not ReadingStatus.objects.exists()
    words = words_of(text_of(page))
    assert "Optimal Brain Damage" in words
    assert "E ffi cient" in words
    browser.post(page.redirect_chain[-1][0])
    assert counts(room.group)[1] == 79


@BOTH
def test_import_detail_writes_once(room, headers):
    browser = browser_of(room.organizer)
    first = browser.post(detail(room), headers=headers, follow=True)
    assert "1 paper" in words_of(text_of(first))
    assert is_whole_page(first)
    after = counts(room.group)
    again = browser.post(detail(room), headers=headers, follow=True)
    assert "nothing was added again" in words_of(text_of(again))
    assert counts(room.group) == after == (2, 2, 2)


def test_a_file_is_read_like_a_pasted_text(room):
    file = SimpleUploadedFile("list.md", "## Prüfung\n- [ ] Poincaré".encode())
    page = browser_of(room.organizer).post(new(room), {"list_file": file}, follow=True)
    assert "Poincaré" in words_of(text_of(page))
    assert ListImport.objects.latest("pk").text == "## Prüfung\n- [ ] Poincaré"


def test_a_file_in_org_mode_is_read_and_the_list_is_exported_as_markdown(room):
    data = b"* Bees\n# A comment\n- [X] Counting bees from the air\n"
    file = SimpleUploadedFile("reading.org", data)
    browser = browser_of(room.organizer)
    page = browser.post(new(room), {"list_file": file}, follow=True)
    words = words_of(text_of(page))
    assert "This was read as Org-mode" in words
    assert "An export of the list will not contain it, so keep your own copy." in words
    browser.post(page.redirect_chain[-1][0])
    paper = Paper.objects.get(title="Counting bees from the air")
    assert paper.topics.get().name == "Bees"
    exported = as_markdown(room.group, room.organizer).text
    assert "# Bees\n" in exported
    assert "- [x] Counting bees from the air" in exported
    assert ListImport.objects.latest("pk").text == data.decode()


def test_a_web_page_that_was_saved_is_read_with_its_links(room):
    item = b"<li><a href='https://x.org/1'>Bees and hives</a>, Ada Marsh, Nature 2017"
    data = b"<!doctype html><ul>" + item + b"</ul>"
    file = SimpleUploadedFile("page.html", data)
    browser = browser_of(room.organizer)
    page = browser.post(new(room), {"list_file": file}, follow=True)
    assert "Bees and hives" in words_of(text_of(page))
    browser.post(page.redirect_chain[-1][0])
    assert Paper.objects.get(title="Bees and hives").url == "https://x.org/1"


@pytest.mark.parametrize(
    ("html", "status", "text"),
    [
        ("<ul><li><a href='https://x.org'>Bees</a></ul>", 200, "- [Bees](https://x.org)\n"),
        ("<p>Only words", 200, ""),
        ("<li>" + "<a '" * 30_000, 200, ""),
        ("<div>" * 50_000 + "<li>Bees", 200, "- Bees\n"),
        ("<li>a\0b", 400, "cannot be stored"),
    ],
)
def test_what_is_pasted_from_a_page_is_answered_as_markdown_whatever_it_is(
    room, html, status, text
):
    answer = browser_of(room.outsider).post("/lists/pasted/", {"html": html})
    assert answer.status_code == status
    assert text in answer.content.decode()


def test_a_table_is_known_for_one_whatever_its_name(room):
    table = "Titel;Autor;Jahr;Thema;Gelesen\nOn Lists;Roe, J.;2020;Order;ja\nOn Gaps;Doe\n"
    file = SimpleUploadedFile("list.md", table.encode("windows-1252"))
    browser = browser_of(room.organizer)
    page = browser.post(new(room), {"list_file": file}, follow=True)
    assert "On Lists" in words_of(text_of(page))
    assert "On Gaps;Doe" in words_of(text_of(page))
    browser.post(page.redirect_chain[-1][0])
    paper = Paper.objects.in_group(room.group).get(title="On Lists")
    assert (paper.authors, paper.year) == ("Roe, J.", 2020)
    assert paper.statuses.get().user == room.organizer


@BOTH
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "No papers were found in it"),
        ("just some words", "No papers were found in it"),
        ("10.1000/182\n10.1000/183", "use “Add by DOI, arXiv or link”"),
        ("# Heading only", "No papers were found in it"),
        ("x" * (LARGEST_TEXT + 1), ""),
        ("Title,Year,DOI\nOn Lists,2020\n", "Row 2: 2 columns, expected 3"),
        ("Title,Year,DOI\n", "has column names but no rows"),
        ("<!doctype html><title>Lists</title>", "This is a web page"),
    ],
    ids=[
        *("empty", "prose", "numbers", "heading", "too large"),
        *("ragged", "header only", "web page"),
    ],
)
def test_import_create_refuses_what_is_no_list_and_keeps_it(room, text, sentence, headers):
    page = browser_of(room.organizer).post(
        new(room), {"list_text": text, "x": "1"}, headers=headers
    )
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert page.context["form"].errors["list_text"]
    assert fields_of(text_of(page))["list_text"] == [text]
    assert ListImport.objects.count() == 1


def test_import_create_says_afterwards_of_a_long_text_that_it_holds_too_many(room):
    text = "Title,Year,DOI\n" + "x,,\n" * 5001
    page = browser_of(room.organizer).post(new(room), {"list_text": text}, follow=True)
    assert "at most 5,000 papers at a time" in words_of(text_of(page))


@BOTH
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "No papers were found in it"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is a picture"),
        (b"%PDF-1.7\n\x01\x02\x03\xff", "This is a PDF"),
        (b"- [ ] a\n\0", "cannot be stored (at line 2)"),
        (b"x" * (LARGEST_TEXT + 1), "in Markdown may be at most 1 MB"),
        (b"x" * (LARGEST_FILE + 1), "at most 4 MB"),
    ],
    ids=["empty", "picture", "pdf", "nul", "too large a list", "too large a file"],
)
def test_import_create_refuses_a_file_that_is_no_list(room, data, sentence, headers):
    file = SimpleUploadedFile("list.md", data)
    page = browser_of(room.organizer).post(new(room), {"list_file": file}, headers=headers)
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert ListImport.objects.count() == 1


def test_a_group_starts_with_its_list(room):
    browser = browser_of(room.outsider)
    form = {"name": "My own", "list_text": SEED}
    page = browser.post("/groups/new/", form, follow=True)
    group = room.outsider.memberships.get().group
    assert page.redirect_chain[0][0].startswith(f"/groups/{group.slug}/imports/")
    browser.post(page.redirect_chain[0][0])
    assert counts(group) == (7, 78, 79)


@BOTH
@pytest.mark.parametrize(
    ("form", "field", "sentence"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"name": "\u200b"}, "name", "Write something first."),
        ({"name": "x" * 81}, "name", "at most 80 characters"),
        ({"name": "Mine", "list_text": "no list"}, "list_text", "No papers were found in it"),
    ],
)
def test_group_create_says_what_is_wrong_and_starts_nothing(room, form, field, sentence, headers):
    page = browser_of(room.outsider).post("/groups/new/", form, headers=headers)
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert page.context["form"].errors[field]
    assert fields_of(text_of(page))["name"] == [form["name"]]
    assert not room.outsider.memberships.exists()


def test_a_paper_that_another_group_has_is_new_here(room, foreign):
    make_paper(foreign.group, title="Deep Compression")
    merge = bring(room.group, "## T\n- [ ] Deep Compression", room.organizer)
    assert len(merge.new_papers) == 1


def test_a_list_in_org_mode_that_comes_again_is_compared_with_what_it_was():
    group = make_group()
    bring(
        group, "* Air\n** TODO Bees in the air\n** TODO Wasps in the air\n* Hives\n** TODO Honey\n"
    )
    again = group.imports.create(
        text="* Air\n** TODO Bees in the air\n* Hives\n** TODO Honey\n** TODO Wax\n",
        imported_by=group.memberships.get().user,
    )
    again.read()
    found = workflow.compare(again, again.imported_by)
    assert [paper.title for paper in found.removable_papers] == ["Wasps in the air"]
    assert [paper.title for paper in found.new_papers] == ["Wax"]
