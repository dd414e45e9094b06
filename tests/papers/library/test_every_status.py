"""A new status is one member of `Status` and one row of its table: a test says what it still lacks.

Styles and icons are found by the value of the status, everything else by the table.
"""

import io
import itertools
import re
import zipfile

import pytest

from papers.models import PaperMerge, ReadingStatus
from papers.models.reading_statuses import TRAITS, Status
from tests.factories import browser_of, make_paper
from tests.test_layout import HOUSE

STYLES = (HOUSE / "config/static/css/statuses.css").read_text()
SPRITE = (HOUSE / "templates/_icons.html").read_text()
every_status = pytest.mark.parametrize("status", Status)


@every_status
def test_it_has_a_row_in_the_table(status):
    assert status in TRAITS
    assert status.next in Status


def test_ranks_decide_between_any_two():
    ranks = [status.rank for status in Status]
    assert len(set(ranks)) == len(ranks)


@every_status
def test_it_has_an_icon(status):
    assert f'<symbol id="disc-{status.value}"' in SPRITE


def test_icons_differ_in_shape_so_that_a_status_needs_no_colour():
    shapes = dict(re.findall(r'<symbol id="disc-(\w+)"[^>]*>(.*?)</symbol>', SPRITE, re.DOTALL))
    assert shapes.keys() == set(Status.values)
    assert len(set(shapes.values())) == len(shapes)


def test_styles_are_those_of_statuses():
    """All look alike by `.status-pill`; one that has a colour of its own has a rule for it."""
    assert re.search(r"^  \.status-pill \{", STYLES, re.MULTILINE)
    assert set(re.findall(r"\.(?:status-pill|disc)--(\w+)", STYLES)) <= set(Status.values)


@every_status
def test_every_page_that_sets_or_filters_a_status_offers_it(room, status):
    browser = browser_of(room.member)
    room.paper.set_status(room.member, status)
    for path in ("", f"papers/{room.paper.pk}/status/", f"papers/{room.paper.pk}/"):
        page = browser.get(f"/groups/{room.group.slug}/{path}").content.decode()
        assert status.label in re.sub(r"<[^>]+>", " ", page), path
    shown = browser.get(f"/groups/{room.group.slug}/?show={status}")
    assert [row.title for _, rows in shown.context["sections"] for row in rows] == [
        room.paper.title
    ]


@pytest.mark.parametrize(("one", "other"), [*itertools.product(Status, repeat=2)])
def test_merging_keeps_the_status_of_higher_rank(room, one, other):
    twin = make_paper(room.group, title="The twin")
    room.paper.set_status(room.member, one)
    twin.set_status(room.member, other)
    PaperMerge.objects.merge(twin, room.paper, room.organizer)
    kept = ReadingStatus.objects.get(paper=room.paper, user=room.member)
    assert kept.status == max(one, other, key=lambda status: status.rank)
    assert (kept.finished_at is not None) == (kept.status == Status.READ)


@every_status
def test_it_leaves_in_every_archive(room, status):
    room.paper.set_status(room.member, status)
    assert status.value in archived(room, "/groups/{slug}/export/all/", "list.json")
    assert status.value in archived(room, "/accounts/data/export/", "statuses.csv")


def archived(room, path, name):
    answer = browser_of(room.member).get(path.format(slug=room.group.slug))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return archive.read(next(one for one in archive.namelist() if one.endswith(name))).decode()
