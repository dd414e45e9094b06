"""A list that changed is brought again: what it changed is done, what people did here stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from papers.archives.cleanup import clean_up
from papers.exports.reading_list import as_markdown, reading_list
from papers.formats.registry import BY_EXTENSION
from papers.imports import workflow
from papers.models import ListImport, Paper, Placement, ReadingStatus, Topic
from tests.factories import (
    browser_of,
    make_assignment,
    make_comment,
    make_group,
    make_membership,
    make_paper,
    make_thread,
)
from tests.pages import HTMX, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db

LIST = """\
# Readings

## Pruning
- [ ] Cutting nets [Stein et al., ICML 2015]
- [ ] Small nets [Berg et al., ICLR 2016]

## Sound
- [ ] Hearing nets [Tal et al., NeurIPS 2017]
"""


def bring(group, text: str, **choices: bool):
    """Bring a list, with choices by their keys (`_` for `-`)."""
    reader = group.memberships.order_by("pk").first().user
    brought = group.imports.create(text=text, imported_by=reader)
    brought.choices = {key.replace("_", "-"): taken for key, taken in choices.items()}
    brought.save()
    workflow.apply(brought, reader)
    return brought


def outline(group) -> dict[str, list[str]]:
    """The titles under each topic, in their order."""
    found: dict[str, list[str]] = {
        " / ".join(topic.path): [] for topic in Topic.objects.in_group(group).outline()
    }
    paths = {topic.pk: " / ".join(topic.path) for topic in Topic.objects.in_group(group).outline()}
    for place in Placement.objects.in_group(group).in_order().select_related("paper"):
        found[paths[place.topic_id]].append(place.paper.title)
    return found


@pytest.fixture
def group():
    group = make_group()
    bring(group, LIST)
    return group


def paper_of(group, title: str) -> Paper:
    return Paper.objects.in_group(group).get(title=title)


# What the list changed is done


def test_a_paper_that_moved_in_the_list_moves(group):
    moved = LIST.replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", "")
    bring(group, moved + "- [ ] Small nets [Berg et al., ICLR 2016]\n")
    assert outline(group) == {"Pruning": ["Cutting nets"], "Sound": ["Hearing nets", "Small nets"]}


def test_new_papers_stand_where_they_stand_in_the_list(group):
    text = LIST.replace("- [ ] Small", "- [ ] Between [Om, 2018]\n- [ ] Small")
    bring(group, text.replace("## Sound", "## Sight\n- [ ] Seeing nets\n\n## Sound"))
    assert outline(group) == {
        "Pruning": ["Cutting nets", "Between", "Small nets"],
        "Sight": ["Seeing nets"],
        "Sound": ["Hearing nets"],
    }


def test_another_order_in_the_list_is_the_order(group):
    first, second = LIST.splitlines()[3:5]
    bring(group, LIST.replace(f"{first}\n{second}", f"{second}\n{first}"))
    assert outline(group)["Pruning"] == ["Small nets", "Cutting nets"]


def test_a_renamed_heading_renames_the_topic(group):
    topic = group.topics.get(name="Pruning")
    bring(group, LIST.replace("## Pruning", "## Pruning and more"))
    assert list(outline(group)) == ["Pruning and more", "Sound"]
    assert group.topics.get(name="Pruning and more").pk == topic.pk


def test_what_the_list_tells_otherwise_is_changed(group):
    bring(group, LIST.replace("ICLR 2016", "ICML 2017"))
    paper = paper_of(group, "Small nets")
    assert (paper.venue, paper.year) == ("ICML", 2017)


def test_what_the_list_left_open_is_filled_in():
    group = make_group()
    bring(group, "## T\n- [ ] Cutting nets\n- [ ] Small nets\n")
    bring(group, "## T\n- [ ] Cutting nets [Stein et al., ICML 2015]\n- [ ] Small nets\n")
    paper = paper_of(group, "Cutting nets")
    assert (paper.authors, paper.year) == ("Stein et al.", 2015)


def test_a_paper_that_was_added_by_its_number_gets_its_title_from_a_list(group):
    paper = make_paper(group, title="doi:10.1000/7", doi="10.1000/7")
    bring(group, "@article{a, title = {Tasting nets}, doi = {10.1000/7}}")
    paper.refresh_from_db()
    assert paper.title == "Tasting nets"


@pytest.mark.parametrize(
    "text",
    ["## Taste\n- https://doi.org/10.1000/7\n", "TY  - JOUR\nDO  - 10.1000/7\nER  - \n"],
    ids=["markdown", "ris"],
)
def test_a_number_in_a_list_is_no_title_for_a_paper_that_has_one(text):
    group = make_group()
    paper = make_paper(group, title="Tasting nets", doi="10.1000/7")
    brought = bring(group, text)
    paper.refresh_from_db()
    assert paper.title == "Tasting nets"
    assert group.papers.count() == 1
    assert not [
        one for one in workflow.compare(brought, None).offered_changes if one.field == "title"
    ]


def test_bibtex_of_ours_changes_nothing_and_a_key_of_somebody_is_kept(group):
    written = BY_EXTENSION["bib"].write(reading_list(group))
    assert "{stein2015cutting," in written
    brought = group.imports.create(text=written, imported_by=group.memberships.get().user)
    assert workflow.compare(brought, None).is_nothing
    bring(group, written.replace("{stein2015cutting,", "{stein:cut,"))
    assert paper_of(group, "Cutting nets").citation_key == "stein:cut"
    assert paper_of(group, "Small nets").citation_key == ""


def test_a_line_that_is_a_number_is_written_again_with_the_title_it_was_given():
    group = make_group()
    text = "## Taste\n\n- https://doi.org/10.1000/7\n- [x] PMID 12345678\n"
    bring(group, text)
    reader = group.memberships.get().user
    assert as_markdown(group, reader).data == text.encode()
    paper = paper_of(group, "doi:10.1000/7")
    paper.revise(paper.version, title="Tasting nets")
    assert as_markdown(group, reader).data.decode() == text.replace(
        "https://doi.org/10.1000/7", "[Tasting nets](https://doi.org/10.1000/7)"
    )


# What people did here stays


def test_what_somebody_wrote_here_stays_unless_it_is_chosen(group):
    paper = paper_of(group, "Small nets")
    paper.revise(paper.version, year=2020)
    bring(group, LIST)
    assert paper_of(group, "Small nets").year == 2020
    bring(group, LIST.replace("ICLR 2016", "ICLR 2017"))
    assert paper_of(group, "Small nets").year == 2020
    chosen = {f"change-{paper.pk}-year": True}
    bring(group, LIST.replace("ICLR 2016", "ICLR 2018"), **chosen)
    assert paper_of(group, "Small nets").year == 2018


def test_a_paper_that_was_moved_here_stays_where_it_was_moved(group):
    paper = paper_of(group, "Small nets")
    paper.placements.get().move(group.topics.get(name="Sound"))
    bring(group, LIST)
    assert outline(group) == {"Pruning": ["Cutting nets"], "Sound": ["Hearing nets", "Small nets"]}


def test_a_paper_that_was_removed_here_does_not_come_back_unless_it_is_chosen(group):
    paper_of(group, "Small nets").delete()
    assert bring(group, LIST).effects["papers"] == []
    assert outline(group)["Pruning"] == ["Cutting nets"]
    bring(group, LIST, paper_1=True)
    assert outline(group)["Pruning"] == ["Cutting nets", "Small nets"]


def test_a_topic_that_was_renamed_here_keeps_its_name(group):
    group.topics.filter(name="Pruning").update(name="Cutting")
    bring(group, LIST + "\n## More\n- [ ] Tasting nets\n")
    assert list(outline(group)) == ["Cutting", "Sound", "More"]


def test_the_order_that_was_made_here_stays(group):
    paper_of(group, "Small nets").placements.get().arrange(1)
    bring(group, LIST)
    assert outline(group)["Pruning"] == ["Small nets", "Cutting nets"]


def test_statuses_assignments_and_discussions_stay_as_they_are(group):
    member = make_membership(group)
    paper = paper_of(group, "Small nets")
    paper.set_status(member.user, "reading")
    make_assignment(paper, member)
    make_comment(make_thread(paper, member.user), member.user)
    text = LIST.replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", "")
    bring(group, text + "- [x] Small nets [Berg et al., ICLR 2017]\n")
    paper = paper_of(group, "Small nets")
    assert paper.statuses.get(user=member.user).status == "reading"
    assert paper.assignments.get().member == member
    assert paper.threads.get().comments.count() == 1


# Removals are offered and never assumed


def test_a_paper_that_is_no_more_in_the_list_stays(group):
    brought = bring(group, LIST.replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", ""))
    assert outline(group)["Pruning"] == ["Cutting nets", "Small nets"]
    assert brought.effects["removed"] == []


def test_a_removal_that_is_chosen_puts_the_paper_aside(group):
    paper = paper_of(group, "Small nets")
    text = LIST.replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", "")
    bring(group, text, **{f"remove-{paper.pk}": True})
    assert outline(group)["Pruning"] == ["Cutting nets"]
    aside = Paper.all_objects.get(pk=paper.pk)
    assert aside.is_set_aside
    assert aside.group == group


def test_a_list_about_other_papers_offers_no_removals(group):
    other = group.imports.create(text="## Taste\n- [ ] Tasting nets\n")
    assert workflow.compare(other, None).removable_papers == []


# What is left out


def test_a_topic_that_is_left_out_brings_nothing():
    group = make_group()
    bring(group, LIST, topic_0=False)
    assert outline(group) == {"Sound": ["Hearing nets"]}


def test_a_paper_that_is_left_out_is_not_ticked_either():
    group = make_group()
    bring(group, LIST.replace("[ ] Small", "[x] Small"), paper_1=False)
    assert outline(group)["Pruning"] == ["Cutting nets"]
    assert not ReadingStatus.objects.exists()


def test_papers_without_a_topic_go_where_it_is_said():
    group = make_group()
    reader = group.memberships.get().user
    brought = group.imports.create(text="- [ ] Cutting nets", topic="To sort", imported_by=reader)
    workflow.apply(brought, reader)
    assert outline(group) == {"To sort": ["Cutting nets"]}


# Taking it back


def test_an_import_is_taken_back_whole(group):
    paper = paper_of(group, "Small nets")
    member = make_membership(group)
    paper.set_status(member.user, "read")
    before = outline(group)
    text = (
        LIST.replace("## Pruning", "## Cutting")
        .replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", "")
        .replace("ICML 2015", "ICML 2014")
        .replace("[ ] Cutting", "[x] Cutting")
    )
    text += "- [ ] New nets\n\n## More\n- [ ] Tasting nets\n"
    brought = bring(group, text, **{f"remove-{paper.pk}": True})
    assert outline(group) == {
        "Cutting": ["Cutting nets"],
        "Sound": ["Hearing nets", "New nets"],
        "More": ["Tasting nets"],
    }
    assert workflow.revert(brought, member.user) == []
    assert outline(group) == before
    assert paper_of(group, "Cutting nets").year == 2015
    assert ReadingStatus.objects.get().user == member.user


def test_an_import_of_an_earlier_release_can_be_reverted(group):
    brought = bring(group, LIST + "- [x] New nets\n")
    brought.effects["marks"] = brought.effects.pop("statuses")
    brought.save()
    assert "1 paper got your status Read" in brought.actions
    assert workflow.revert(brought, brought.imported_by) == []
    assert not ReadingStatus.objects.exists()


def test_history_tells_that_an_import_was_taken_back(group):
    brought = bring(group, LIST + "- [ ] New nets\n")
    workflow.revert(brought, brought.imported_by)
    page = browser_of(brought.imported_by).get(f"/groups/{group.slug}/history/")
    words = words_of(text_of(page))
    assert "took back an import" in words
    assert "imported a list: 1 new paper, 0 new topics" in words


def test_papers_that_people_use_stay_when_an_import_is_taken_back(group):
    member = make_membership(group)
    brought = bring(group, LIST + "- [ ] New nets\n- [ ] Dull nets\n")
    paper_of(group, "New nets").set_status(member.user, "reading")
    kept = workflow.revert(brought, member.user)
    assert kept is not None
    assert [paper.title for paper in kept] == ["New nets"]
    assert outline(group)["Sound"] == ["Hearing nets", "New nets"]


def test_what_was_edited_since_stays_edited(group):
    brought = bring(group, LIST.replace("ICLR 2016", "ICML 2017"))
    paper = paper_of(group, "Small nets")
    paper.revise(paper.version, year=2019)
    workflow.revert(brought, brought.imported_by)
    paper = paper_of(group, "Small nets")
    assert (paper.venue, paper.year) == ("ICLR", 2019)


def test_an_import_is_taken_back_once_and_for_thirty_days(group):
    brought = bring(group, LIST + "- [ ] New nets\n")
    assert workflow.revert(brought, brought.imported_by) is not None
    assert workflow.revert(brought, brought.imported_by) is None
    old = bring(group, LIST + "- [ ] Newer nets\n")
    ListImport.objects.filter(pk=old.pk).update(applied_at=timezone.now() - timedelta(days=31))
    assert workflow.revert(old, old.imported_by) is None
    assert "Newer nets" in outline(group)["Sound"]


def test_what_was_moved_in_an_import_moves_back(group):
    before = outline(group)
    text = LIST.replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", "")
    brought = bring(group, text + "- [ ] Small nets [Berg et al., ICLR 2016]\n")
    workflow.revert(brought, brought.imported_by)
    assert outline(group) == before


def test_a_paper_that_came_again_meanwhile_is_not_there_twice(group):
    paper = paper_of(group, "Small nets")
    text = LIST.replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", "")
    brought = bring(group, text, **{f"remove-{paper.pk}": True})
    bring(group, LIST, paper_1=True)
    workflow.revert(brought, brought.imported_by)
    assert outline(group)["Pruning"] == ["Cutting nets", "Small nets"]


def test_what_cannot_be_taken_back_any_more_is_put_away(group):
    paper = paper_of(group, "Small nets")
    text = LIST.replace("- [ ] Small nets [Berg et al., ICLR 2016]\n", "")
    brought = bring(group, text, **{f"remove-{paper.pk}": True})
    unwritten = group.imports.create(text=LIST)
    clean_up()
    assert Paper.all_objects.filter(pk=paper.pk).exists()
    before = timezone.now() - timedelta(days=31)
    ListImport.objects.update(created_at=before)
    ListImport.objects.filter(applied_at__isnull=False).update(applied_at=before)
    clean_up()
    assert not Paper.all_objects.filter(pk=paper.pk).exists()
    assert not ListImport.objects.filter(pk=unwritten.pk).exists()
    brought.refresh_from_db()
    assert brought.effects is None
    assert brought.text == text


# The pages


def address(brought, action: str = "") -> str:
    return brought.get_absolute_url() + action


def prepared(group, text: str):
    organizer = group.memberships.order_by("pk").first().user
    return group.imports.create(text=text, imported_by=organizer), browser_of(organizer)


def test_import_detail_tells_what_changes_line_by_line(group):
    paper = paper_of(group, "Small nets")
    paper.revise(paper.version, year=2020)
    text = LIST.replace("ICLR 2016", "ICLR 2017").replace(
        "- [ ] Hearing nets [Tal et al., NeurIPS 2017]\n", "- [ ] New nets\n"
    )
    brought, browser = prepared(group, text)
    words = words_of(text_of(browser.get(address(brought))))
    assert "Year, edited in the group" in words
    assert "No longer in the list" in words
    assert "line 8" in words
    assert "1 new paper" in words


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_import_choose_leaves_out_and_takes_in(group, headers):
    brought, browser = prepared(group, LIST + "- [ ] New nets\n")
    form = {"key": "paper-3", "taken": "no", "topic": "1"}
    page = browser.post(address(brought, "choose/"), form, headers=headers, follow=True)
    assert is_whole_page(page) != bool(headers)
    assert "Nothing would change" in words_of(text_of(page))
    again = browser.post(address(brought, "choose/"), form | {"taken": "yes"}, follow=True)
    assert "1 new paper" in words_of(text_of(again))


def test_the_piece_that_a_choice_is_answered_with_is_on_the_page(group):
    brought, browser = prepared(group, LIST + "- [ ] New nets\n")
    form = {"key": "paper-3", "taken": "no", "topic": "1"}
    piece = text_of(browser.post(address(brought, "choose/"), form, headers=HTMX))
    page = text_of(browser.get(address(brought) + "?topic=1"))
    for words in ("New nets", "skipped", "Take"):
        assert words in piece
        assert words in page


@pytest.mark.parametrize(
    "form",
    [{}, {"key": "paper-99", "taken": "no"}, {"key": "x", "taken": "no"}, {"key": "paper-0"}],
)
def test_import_choose_refuses_what_is_not_offered(group, form):
    brought, browser = prepared(group, LIST + "- [ ] New nets\n")
    assert browser.post(address(brought, "choose/"), form).status_code == 422
    brought.refresh_from_db()
    assert brought.choices == {}


def test_a_written_list_is_not_chosen_from_any_more(group):
    brought, browser = prepared(group, LIST + "- [ ] New nets\n")
    browser.post(address(brought))
    form = {"key": "paper-3", "taken": "no"}
    assert browser.post(address(brought, "choose/"), form).status_code == 409


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_import_undo_asks_first_and_takes_back(group, headers):
    brought, browser = prepared(group, LIST + "- [ ] New nets\n")
    browser.post(address(brought))
    asked = browser.get(address(brought, "undo/"))
    assert "Undo the import" in words_of(text_of(asked))
    page = browser.post(address(brought, "undo/"), headers=headers, follow=True)
    assert "was undone" in words_of(text_of(page))
    assert "New nets" not in outline(group)["Sound"]
    assert browser.post(address(brought, "undo/")).status_code == 409


def test_the_imports_are_told_with_what_became_of_them(group):
    _, browser = prepared(group, LIST)
    words = words_of(text_of(browser.get(f"/groups/{group.slug}/imports/")))
    assert "not imported yet" in words
    assert "imported" in words


# Long lists


def long_list() -> str:
    items = "\n".join(f"- [ ] Nets number {number}" for number in range(500))
    return f"## Long\n{items}\n{'<!-- ' + 'x' * 100_000 + ' -->'}\n"


def test_a_long_list_is_read_and_written_by_the_worker(group, settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}
    }
    organizer = group.memberships.order_by("pk").first().user
    browser = browser_of(organizer)
    form = {"list_text": long_list()}
    page = browser.post(f"/groups/{group.slug}/imports/new/", form, follow=True)
    assert "Reading your list" in words_of(text_of(page))
    brought = group.imports.latest("pk")
    brought.read()
    page = browser.get(address(brought))
    assert "500" in words_of(text_of(page))
    assert "Nets number 7" not in words_of(text_of(page))
    assert "Nets number 7" in words_of(text_of(browser.get(address(brought) + "?topic=0")))
    page = browser.post(address(brought), follow=True)
    assert "Importing your list" in words_of(text_of(page))
    brought.refresh_from_db()
    workflow.apply(brought, organizer)
    assert "500 papers were added" in words_of(text_of(browser.get(address(brought))))


def test_a_long_text_without_papers_says_so(group):
    organizer = group.memberships.order_by("pk").first().user
    browser = browser_of(organizer)
    form = {"list_text": "Only words. " * 10_000}
    browser.post(f"/groups/{group.slug}/imports/new/", form)
    brought = group.imports.latest("pk")
    brought.read()
    page = browser.get(address(brought))
    assert "No papers were found in it" in words_of(text_of(page))


def test_of_very_many_lines_that_were_not_understood_some_are_shown(group):
    brought, browser = prepared(group, LIST + "\n" + "```\nno paper\n```\n" * 300)
    brought.read()
    page = text_of(browser.get(address(brought)))
    assert page.count('<code dir="auto">no paper</code>') == 10
    assert "Show all 900 lines" in words_of(page)
    page = text_of(browser.get(address(brought) + "?show=lines&page=2"))
    assert page.count('<code dir="auto">') == 50
