"""An edited list in its own text: read again to see that it says what the list does, and where."""

import io
import json
import zipfile

import pytest

from papers.archives import large_archives
from papers.exports import large_exports
from papers.formats.markdown import reading
from papers.imports import workflow
from papers.models import Paper, imports
from tests.factories import browser_of, make_group
from tests.pages import text_of, words_of

pytestmark = pytest.mark.django_db
LIST = """\
# Readings

## Bees
- [ ] Counting bees from the air [Stein et al., ICML 2015]
- [x] Hives that learn [Wax, NeurIPS 2017]
"""
WITH_COLUMN = f"""\
{LIST}
## Done?
| Paper | Status |
|---|---|
| [On lamps and gears](https://arxiv.org/abs/1706.03762) | ✅ |
| [On looms and kites](https://arxiv.org/abs/1706.03763) | in progress |
"""


def bring(text: str):
    group = make_group()
    brought = group.imports.create(text=text, imported_by=group.memberships.get().user)
    workflow.apply(brought, brought.imported_by)
    return group


@pytest.fixture
def group():
    return bring(LIST)


@pytest.fixture
def offloaded(monkeypatch):
    """What is computed in a process of its own; here it is called at once."""
    found = []

    def offload(request, function, *arguments):
        found.append(function.__name__)
        return function(*json.loads(json.dumps(arguments)))

    monkeypatch.setattr(large_exports, "offload", offload)
    monkeypatch.setattr(large_archives, "offload", offload)
    return found


@pytest.fixture
def is_long(monkeypatch):
    monkeypatch.setattr(imports, "LONGEST_AT_ONCE", 10)


def edit(group):
    paper = Paper.objects.in_group(group).get(title="Counting bees from the air")
    paper.revise(paper.version, title="Counting bees from below")


def address(group, kind: str) -> str:
    return f"/groups/{group.slug}/{kind}"


ADDRESSES = {
    "export/list.md": "list_file_apart",
    "export/list.md?ticks=": "list_file_apart",
    "export/": "list_warning_apart",
    "export/all/": "group_archive_apart",
}


def fetch(group, kind: str):
    headers = {"accept": "text/html"} if kind == "export/" else {}
    return browser_of(group.memberships.get().user).get(address(group, kind), headers=headers)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_an_edited_long_list_is_read_by_another_process(group, offloaded, is_long, kind):
    edit(group)
    answer = fetch(group, kind)
    assert answer.status_code == 200
    assert offloaded == [ADDRESSES[kind]]
    if kind == "export/all/":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            assert b"Counting bees from below" in file.read("list.md")
    elif kind != "export/":
        assert b"Counting bees from below" in answer.content


@pytest.mark.parametrize("kind", ADDRESSES)
def test_a_long_list_that_was_ticked_at_most_is_not_read(
    group, offloaded, is_long, monkeypatch, kind
):
    user = group.memberships.get().user
    Paper.objects.in_group(group).get(title="Counting bees from the air").set_status(user, "read")
    monkeypatch.setattr(reading, "read", pytest.fail)
    assert fetch(group, kind).status_code == 200
    assert not offloaded


@pytest.mark.parametrize("kind", ADDRESSES)
def test_an_edited_short_list_starts_no_process(group, offloaded, kind):
    edit(group)
    assert fetch(group, kind).status_code == 200
    assert not offloaded


def test_a_tick_that_cannot_be_shown_is_named():
    group = bring(WITH_COLUMN)
    user = group.memberships.get().user
    Paper.objects.in_group(group).get(title="On looms and kites").set_status(user, "read")
    said = words_of(text_of(fetch(group, "export/")))
    assert "does not show one edit" in said
    assert "“On looms and kites” (ticked)" in said
    assert "in progress" in text_of(fetch(group, "export/list.md?ticks="))
