"""What people said of a list is remembered when its exported text comes back."""

from io import StringIO

import pytest
from django.core.management import call_command

from papers.exports.reading_list import as_markdown
from papers.imports import workflow
from papers.imports.preview import Preview
from papers.models import Paper, Placement
from tests.factories import browser_of, make_group, make_paper
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db

# The second is an article of the group's own pages: no paper, though it looks like one.
LIST = """\
# Readings

## Bees
- [ ] Counting bees from the air [Stein et al., ICML 2015]
- [ ] How to join our group [Ann Weaver, 2016]
- [x] Hives that learn [Wax, NeurIPS 2017]

> Swarms without queens https://arxiv.org/abs/1706.03762
"""
NO_PAPER = "- [ ] How to join our group [Ann Weaver, 2016]"


@pytest.fixture
def group():
    """A group into which the list was brought, its second paper said to be none, and the line
    below taken as one."""
    group = make_group()
    brought = group.imports.create(text=LIST, imported_by=group.memberships.get().user)
    brought.read()
    browser = browser_of(brought.imported_by)
    (no_paper,) = [
        read.key for read in brought.corrected.entries if read.entry.title.startswith("How to")
    ]
    correct(browser, brought, key=no_paper, answer="drop")
    (line,) = [one.key for one in brought.corrected.questions if "Swarms" in one.entry.title]
    correct(browser, brought, key=line, answer="take")
    brought.refresh_from_db()
    workflow.apply(brought, brought.imported_by)
    return group


def correct(browser, brought, **said):
    assert browser.post(f"{brought.get_absolute_url()}correct/", said).status_code == 302


def titles(group) -> list[str]:
    places = Placement.objects.in_group(group).in_order().select_related("paper")
    return [place.paper.title for place in places]


PAPERS = ["Counting bees from the air", "Hives that learn", "Swarms without queens"]


def test_what_is_no_paper_stays_in_the_text_and_out_of_the_group(group):
    user = group.memberships.get().user
    assert titles(group) == PAPERS
    assert as_markdown(group, user).text == LIST


def test_what_is_no_paper_is_none_when_the_exported_text_is_brought_again(group):
    user = group.memberships.get().user
    browser = browser_of(user)
    text = as_markdown(group, user).text
    address = f"/groups/{group.slug}/imports/new/"
    page = words_of(text_of(browser.post(address, {"list_text": text}, follow=True)))
    assert "not a paper" in page
    again = group.imports.newest_first()[0]
    done = workflow.apply(again, user)
    assert done
    assert done.is_nothing
    assert titles(group) == PAPERS
    assert as_markdown(group, user).text == LIST


def test_what_is_no_paper_is_offered_and_may_be_taken_after_all(group):
    user = group.memberships.get().user
    again = group.imports.create(text=as_markdown(group, user).text, imported_by=user)
    again.read()
    (key,) = [read.key for read in again.corrected.entries if read.corrected is None]
    assert Preview(again, user).may_be_corrected(key)
    correct(browser_of(user), again, key=key, answer="take")
    again.refresh_from_db()
    workflow.apply(again, user)
    assert "How to join our group" in titles(group)


def test_what_is_no_paper_stays_where_others_are_edited(group):
    user = group.memberships.get().user
    first = Paper.objects.in_group(group).get(title="Counting bees from the air")
    first.revise(first.version, title="Counting bees from below")
    topic = Placement.objects.in_group(group).earliest("pk").topic
    make_paper(group, topic, title="A paper of ours", authors="Om et al.", year=2025)
    Paper.objects.in_group(group).get(title="Hives that learn").delete()
    text = as_markdown(group, user).text
    assert NO_PAPER in text.splitlines()
    assert text.splitlines()[:4] == [
        *LIST.splitlines()[:3],
        "- [ ] Counting bees from below [Stein et al., ICML 2015]",
    ]
    assert "> Swarms without queens https://arxiv.org/abs/1706.03762" in text.splitlines()
    again = group.imports.create(text=text, imported_by=user)
    again.read()
    done = workflow.apply(again, user)
    assert done
    assert done.is_nothing


@pytest.mark.parametrize("command", ["sync_list", "import_list"])
def test_commands_remember_what_is_no_paper(group, tmp_path, command):
    file = tmp_path / "list.md"
    file.write_text(as_markdown(group, group.memberships.get().user).text)
    call_command(command, group.slug, str(file), stdout=StringIO())
    assert sorted(titles(group)) == sorted(PAPERS)
    assert NO_PAPER in file.read_text()
