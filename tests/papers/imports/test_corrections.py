"""What people say of a reading before it is written: taken, no paper, renamed, kept apart."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from papers.corrections.corrected import key_of_group_paper, keys_of
from papers.exports.reading_list import as_markdown
from papers.formats.core.reading_list import (
    Entry,
    ListedTopic,
    ReadingList,
    ReportedLine,
    serialization,
)
from papers.formats.core.text import encode
from papers.imports import workflow
from papers.imports.preview import Preview
from papers.models import NotDuplicate, Paper, Placement, Topic
from tests.factories import browser_of, make_group, make_paper
from tests.pages import HTMX, fields_of, text_of, words_of

pytestmark = pytest.mark.django_db


def bring(group, text: str, **corrections):
    reader = group.memberships.order_by("pk").first().user
    brought = group.imports.create(text=text, imported_by=reader, corrections=corrections)
    workflow.apply(brought, reader)
    return brought


def outline(group) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    paths = {t.pk: " / ".join(t.path) for t in Topic.objects.in_group(group).outline()}
    for pk in paths:
        found[paths[pk]] = []
    for place in Placement.objects.in_group(group).in_order().select_related("paper"):
        found[paths[place.topic_id]].append(place.paper.title)
    return found


NESTED = "# A\n## B\n- [ ] Counting Bees\n- [ ] Hives That Learn\n"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            NESTED,
            NESTED + "\n# C\n- [ ] Swarms Without Queens\n",
            {
                "A": [],
                "A / B": ["Counting Bees", "Hives That Learn"],
                "C": ["Swarms Without Queens"],
            },
        ),
        (
            NESTED + "### D\n- [ ] Wax\n",
            NESTED + "- [ ] New\n### D\n- [ ] Wax\n# C\n- [ ] Swarms\n",
            {
                "A": [],
                "A / B": ["Counting Bees", "Hives That Learn", "New"],
                "A / B / D": ["Wax"],
                "C": ["Swarms"],
            },
        ),
        (
            NESTED + "# C\n- [ ] Swarms\n",
            NESTED,
            {"A": [], "A / B": ["Counting Bees", "Hives That Learn"], "C": ["Swarms"]},
        ),
        (
            "# List\n## A\n### B\n- [ ] One\n- [ ] Two\n",
            "# List\n## Z\n### B\n- [ ] One\n- [ ] Two\n- [ ] Three\n",
            {"A": [], "Z": [], "Z / B": ["One", "Two", "Three"]},
        ),
    ],
    ids=["a second heading", "deeper", "the second goes again", "below another"],
)
def test_an_extended_list_keeps_nested_topics_together(first, second, expected):
    group = make_group()
    bring(group, first)
    brought = bring(group, second)
    assert outline(group) == expected
    before = outline(group)
    assert bring(group, second).effects["moved_topics"] == []
    assert outline(group) == before
    workflow.revert(brought, brought.imported_by)


def test_a_topic_that_moved_with_a_list_moves_back_with_it():
    group = make_group()
    bring(group, NESTED)
    before = outline(group)
    brought = bring(group, NESTED + "\n# C\n- [ ] Swarms Without Queens\n")
    workflow.revert(brought, brought.imported_by)
    assert outline(group) == before


# Lines that may be papers


LIST = "## Bees\n- [ ] Counting bees [Stein, 2015]\n\n> Hives that learn https://arxiv.org/abs/1706.03762\n"


def waiting(group, text: str = LIST, reading: ReadingList | None = None):
    """A list that waits to be written, and the browser of who brought it."""
    organizer = group.memberships.order_by("pk").first().user
    brought = group.imports.create(text=text, imported_by=organizer)
    brought.read()
    if reading:
        brought.read_as, brought.refused = serialization.serialize(reading), ""
        brought.save()
    return brought, browser_of(organizer)


def doubtful_reading() -> tuple[str, ReadingList]:
    text = "# Bees\n- Sure paper\n- Doubtful paper\n- Other doubt\n- A label\n"
    topic = ("Bees",)
    doubts = [("Doubtful paper", 3, 0.6), ("Other doubt", 4, 0.4)]
    return text, ReadingList(
        topics=(ListedTopic(topic, (1,)),),
        entries=(Entry("Sure paper", topic=topic, lines=(2,)),),
        doubtful=tuple(Entry(t, topic=topic, lines=(n,), confidence=c) for t, n, c in doubts),
        not_understood=(
            ReportedLine(3, "- Doubtful paper"),
            ReportedLine(4, "- Other doubt"),
            ReportedLine(5, "- A label"),
        ),
    )


def correct(browser, brought, *, headers=None, **form: str):
    return browser.post(f"{brought.get_absolute_url()}correct/", form, headers=headers)


def questions(brought) -> dict[str, str]:
    """The keys of what may be a paper, by its title."""
    return {one.entry.title: one.key for one in brought.corrected.questions}


def keys(brought) -> list[str]:
    return [read.key for read in brought.corrected.entries]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_doubtful_line_is_taken_with_the_title_that_somebody_gave_it(headers):
    group = make_group()
    brought, browser = waiting(group, *doubtful_reading())
    key = questions(brought)["Doubtful paper"]
    answer = correct(
        browser, brought, key=key, answer="take", title="A paper for sure", headers=headers
    )
    assert answer.status_code == (200 if headers else 302)
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    assert outline(group) == {"Bees": ["Sure paper", "A paper for sure"]}


def test_what_no_one_takes_is_left_out_and_says_so():
    group = make_group()
    brought, browser = waiting(group, *doubtful_reading())
    page = words_of(text_of(browser.get(brought.get_absolute_url())))
    assert "Are these papers?" in page
    assert page.count("Take as a paper") == 3
    correct(browser, brought, key=questions(brought)["Other doubt"], answer="drop")
    assert "not a paper" in words_of(text_of(browser.get(brought.get_absolute_url())))
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    assert outline(group) == {"Bees": ["Sure paper"]}


def test_a_line_without_a_reading_is_taken_with_its_number_under_its_topic():
    group = make_group()
    brought, browser = waiting(group)
    assert list(questions(brought)) == ["Hives that learn"]
    correct(browser, brought, key=questions(brought)["Hives that learn"], answer="take")
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    assert outline(group) == {"Bees": ["Counting bees", "Hives that learn"]}
    assert Paper.objects.get(title="Hives that learn").arxiv == "1706.03762"


def test_the_text_of_a_list_is_exported_as_it_came_after_lines_were_taken():
    group = make_group()
    brought, browser = waiting(group)
    correct(browser, brought, key=questions(brought)["Hives that learn"], answer="take")
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    assert as_markdown(group).text == LIST


def test_a_paper_that_is_none_stays_in_the_text_and_out_of_the_group():
    group = make_group()
    brought, browser = waiting(group)
    correct(browser, brought, key=keys(brought)[0], answer="drop")
    correct(browser, brought, key=questions(brought)["Hives that learn"], answer="take")
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    assert outline(group) == {"Bees": ["Hives that learn"]}
    assert "Counting bees" in as_markdown(group).text


def test_a_choice_stays_with_its_paper_when_lines_above_it_are_taken():
    group = make_group()
    text, reading = doubtful_reading()
    last = Entry("Last paper", topic=("Bees",), lines=(6,))
    reading = replace(reading, entries=(*reading.entries, last))
    brought, browser = waiting(group, text + "- Last paper\n", reading)
    brought.choose("paper-1", is_taken=False)
    correct(browser, brought, key=questions(brought)["Doubtful paper"], answer="take")
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    assert outline(group) == {"Bees": ["Sure paper", "Doubtful paper"]}


# Titles


def test_a_title_is_corrected_in_the_group_and_in_the_text():
    group = make_group()
    brought, browser = waiting(group)
    correct(browser, brought, key=keys(brought)[0], answer="rename", title="Counting all bees")
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    paper = Paper.objects.get(title="Counting all bees")
    assert (paper.authors, paper.imported["original"]) == ("Stein", "Counting bees")
    assert as_markdown(group).text == LIST.replace("Counting bees", "Counting all bees")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"key": "x", "answer": "take"},
        {"key": "0" * 16, "answer": "take"},
        {"answer": "rename", "title": " \u200b "},
        {"answer": "rename", "title": ""},
        {"answer": "rename", "title": "two\nlines"},
        {"answer": "rename", "title": "x" * 501},
        {"answer": "apart"},
        {"answer": "apart", "other": "paper-1"},
        {"answer": "burn"},
        {"answer": "drop", "read": "latin-1.7"},
    ],
)
def test_a_correction_that_says_nothing_changes_nothing(form):
    brought, browser = waiting(make_group())
    said = {"key": keys(brought)[0]} | form if form else {}
    assert correct(browser, brought, **said).status_code == 422
    brought.refresh_from_db()
    assert brought.corrections == {}


def test_a_list_that_was_written_is_not_corrected_any_more():
    brought, browser = waiting(make_group())
    browser.post(brought.get_absolute_url())
    assert correct(browser, brought, key=keys(brought)[0], answer="drop").status_code == 409


# What is kept apart


TWICE = "## A\n- [ ] Bees [Stein, 2015]\n- [ ] Bees\n- [ ] bees!\n"


def test_entries_that_were_taken_for_one_are_kept_apart_pair_by_pair():
    group = make_group()
    brought, browser = waiting(group, TWICE)
    one, two, _ = keys(brought)
    page = words_of(text_of(browser.get(brought.get_absolute_url())))
    assert page.count("Keep apart") == 2
    assert correct(browser, brought, key=one, other=two, answer="apart").status_code == 302
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    assert Paper.objects.in_group(group).count() == 2
    assert NotDuplicate.objects.in_group(group).count() == 1
    again = bring(group, TWICE, **brought.corrections)
    assert again.effects["papers"] == []
    assert Paper.objects.in_group(group).count() == 2


def test_a_pair_that_was_kept_apart_is_made_one_again():
    brought, browser = waiting(make_group(), TWICE)
    one, two, _ = keys(brought)
    correct(browser, brought, key=one, other=two, answer="apart")
    assert "Kept apart" in words_of(text_of(browser.get(brought.get_absolute_url())))
    correct(browser, brought, key=one, other=two, answer="together")
    brought.refresh_from_db()
    assert len(brought.corrected.papers) == 1


def test_an_entry_is_kept_apart_from_a_paper_of_the_group():
    group = make_group()
    there = make_paper(group, title="Counting bees")
    brought, browser = waiting(group)
    page = words_of(text_of(browser.get(brought.get_absolute_url())))
    assert "Already in the group" in page
    other = key_of_group_paper(there.pk)
    assert correct(browser, brought, key=keys(brought)[0], other=other, answer="apart").status_code
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    titles = [paper.title for paper in Paper.objects.in_group(group)]
    assert titles == ["Counting bees", "Counting bees"]
    again, _ = waiting(group)
    again.recall()
    again.save()
    done = workflow.apply(again, again.imported_by)
    assert done
    assert done.is_nothing


# What is remembered


def test_corrections_are_remembered_for_the_same_list_when_it_comes_again():
    group = make_group()
    brought, browser = waiting(group, TWICE + "- [ ] Wax\n\n> A talk about honey\n")
    one, two, _, wax = keys(brought)
    correct(browser, brought, key=wax, answer="rename", title="On wax")
    correct(browser, brought, key=one, other=two, answer="apart")
    correct(browser, brought, key=questions(brought)["A talk about honey"], answer="take")
    browser.post(brought.get_absolute_url())
    text = "## New above\n- [ ] Swarms\n\n" + TWICE + "- [x] Wax\n\n> A talk about honey\n"
    page = browser.post(f"/groups/{group.slug}/imports/new/", {"list_text": text}, follow=True)
    words = words_of(text_of(page))
    assert "1 new topic, 1 new paper, 1 tick" in words
    assert "taken as a paper" in words


def test_corrections_of_another_group_are_not_remembered():
    brought, browser = waiting(make_group(), TWICE)
    correct(browser, brought, key=keys(brought)[0], answer="drop")
    other, _ = waiting(make_group(), TWICE)
    other.recall()
    assert other.corrections == {}


# Keys


@given(st.lists(st.sampled_from(["Bees", "bees.", "Wax", "蜂"]), max_size=12))
def test_every_entry_has_a_key_of_its_own(titles):
    entries = [Entry(title, lines=(n,)) for n, title in enumerate(titles)]
    assert len(set(keys_of(entries))) == len(entries)


# Reading it again


TABLE = (
    "| Week | What | Led by |\n|---|---|---|\n"
    "| 2 Feb | [Counting bees](https://example.org/a) | Ada |\n"
    "| 9 Feb | [Hives that learn](https://example.org/b) | Jo |\n"
)


def read_again(browser, brought, **form):
    return browser.post(f"{brought.get_absolute_url()}read-again/", form, follow=True)


def test_the_columns_of_a_table_are_chosen_and_remembered():
    group = make_group()
    brought, browser = waiting(group, TABLE)
    [table] = Preview(brought, brought.imported_by).tables
    page = words_of(text_of(browser.get(brought.get_absolute_url())))
    assert "How the table was read" in page
    roles = ["date", "title", "presenters"]
    page = read_again(browser, brought, table=table.key, role=roles)
    assert "You chose this." in words_of(text_of(page))
    brought.refresh_from_db()
    assert [(e.title, e.date, e.presenters) for e in brought.reading.entries] == [
        ("Counting bees", "2 Feb", "Ada"),
        ("Hives that learn", "9 Feb", "Jo"),
    ]
    assert [line.text for line in brought.reading.not_understood] == TABLE.split("\n")[:2]
    other, _ = waiting(group, TABLE + "| 16 Feb | Swarms | Kim |\n")
    other.recall()
    assert other.reading.entries[2].presenters == "Kim"


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        (["date", "", ""], "Choose the column that has the titles."),
        (["title", "title", ""], "Two columns cannot have the same meaning."),
        (["title"], "cannot be read that way"),
    ],
)
def test_columns_that_make_no_list_are_refused_with_a_sentence(roles, sentence):
    brought, browser = waiting(make_group(), TABLE)
    [table] = Preview(brought, brought.imported_by).tables
    page = read_again(browser, brought, table=table.key, role=roles)
    assert sentence in words_of(text_of(page))
    brought.refresh_from_db()
    assert brought.corrections == {}


def test_a_table_in_csv_is_read_with_other_columns():
    text = "Title,Note,Author\nAda,Counting bees,x\nJo,Hives that learn,y\n"
    brought, browser = waiting(make_group(), text)
    [table] = Preview(brought, brought.imported_by).tables
    read_again(browser, brought, table=table.key, role=["authors", "title", ""])
    brought.refresh_from_db()
    assert [(e.title, e.authors) for e in brought.reading.entries] == [
        ("Counting bees", "Ada"),
        ("Hives that learn", "Jo"),
    ]


def test_a_file_whose_letters_are_wrong_is_read_in_another_encoding():
    group = make_group()
    organizer = group.memberships.get().user
    browser = browser_of(organizer)
    source = "## Zwierzęta\n- [ ] Łódź i pszczoły [Nowak, 2015]\n"
    file = SimpleUploadedFile("list.md", source.encode("windows-1250"))
    page = browser.post(f"/groups/{group.slug}/imports/new/", {"list_file": file}, follow=True)
    words = words_of(text_of(page))
    assert "Are the characters right?" in words
    assert "Central European (Windows): ## Zwierzęta" in words
    brought = group.imports.get()
    read_again(browser, brought, encoding="windows-1250")
    brought.refresh_from_db()
    assert brought.text == source
    workflow.apply(brought, organizer)
    assert outline(group) == {"Zwierzęta": ["Łódź i pszczoły"]}
    assert encode(brought, brought.text) == source.encode("windows-1250")


def test_an_encoding_in_which_the_bytes_mean_nothing_is_refused():
    group = make_group()
    file = SimpleUploadedFile("list.md", "- [ ] Über Bienen\n".encode("windows-1252"))
    browser = browser_of(group.memberships.get().user)
    browser.post(f"/groups/{group.slug}/imports/new/", {"list_file": file})
    brought = group.imports.get()
    page = read_again(browser, brought, encoding="utf-8")
    assert "cannot be read that way" in words_of(text_of(page))
    brought.refresh_from_db()
    assert (brought.encoding, "Über" in brought.text) == ("windows-1252", True)


# Going back


def test_back_returns_to_the_text_that_was_typed():
    brought, browser = waiting(make_group())
    page = text_of(browser.get(brought.get_absolute_url()))
    assert f"imports/new/?from={brought.pk}" in page
    form = browser.get(f"/groups/{brought.group.slug}/imports/new/?from={brought.pk}")
    assert fields_of(text_of(form))["list_text"] == [LIST]


@pytest.mark.parametrize("pk", ["0", "x", "9" * 30, "٣"])
def test_back_to_what_is_not_there_is_the_empty_form(pk):
    brought, browser = waiting(make_group())
    form = browser.get(f"/groups/{brought.group.slug}/imports/new/?from={pk}")
    assert fields_of(text_of(form))["list_text"] == [""]


# In pages


@pytest.mark.parametrize(
    "query",
    ["?show=topics&page=2", "?topic=0&page=2", "?topic=99", "?show=x", "?page=-1", "?edit=x"],
)
def test_a_large_list_is_looked_at_in_pages(query):
    text = "".join(
        f"## Topic {t}\n" + "".join(f"- [ ] Nets {t} of {n}\n" for n in range(60))
        for t in range(15)
    )
    brought, browser = waiting(make_group(), text)
    page = text_of(browser.get(brought.get_absolute_url() + query))
    assert page.count('class="line__main"') <= 60
    assert page.count('class="read-topic ') <= 10


def test_the_first_papers_of_each_topic_are_shown_and_the_others_folded():
    text = "## Bees\n" + "".join(f"- [ ] Bees and {n} more\n" for n in range(5))
    brought, browser = waiting(make_group(), text)
    page = text_of(browser.get(brought.get_absolute_url()))
    before, _, folded = page.partition('id="topics"')[2].partition("<details")
    assert before.count("Bees and") >= 3
    assert "Bees and 3 more" not in before
    assert "Bees and 3 more" in folded
    key = keys(brought)[0]
    page = text_of(browser.get(f"{brought.get_absolute_url()}?edit={key}"))
    assert "Change the title" in page


def test_titles_that_differ_only_in_blanks_and_stops_are_no_mended_ones():
    text = "## A\n- [ ] E ffi cient nets [Tan, 2019]\n- [ ] Small  nets. [Berg, 2016]\n"
    brought, _ = waiting(make_group(), text)
    preview = Preview(brought, brought.imported_by)
    assert [one.after for one in preview.mended] == ["Efficient nets"]
