"""The list, a part of it or one paper, taken along as a file."""

import json
import re
from html import unescape

import pytest

from papers.archives import large_archives
from papers.exports import large_exports
from papers.formats.markdown import reading
from papers.formats.registry import CITING, WRITTEN
from papers.models import Paper
from tests.factories import Room, browser_of, make_paper, make_topic
from tests.pages import fields_of, text_of, words_of

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.name)
AS_A_PAGE = {"Accept": "text/html,*/*"}
LARGE_EXPORTS = [
    *(f"/groups/readers/export/list.{written.extension}" for written in WRITTEN),
    "/groups/readers/export/",
    "/groups/readers/export/list.md?ticks=yes&show=read",
    "/groups/readers/export/all/",
    "/accounts/data/export/",
]


def path(room: Room, name: str = "", query: str = "") -> str:
    return f"/groups/{room.group.slug}/export/{name}{query}"


def titles(answer: object) -> list[str]:
    return [entry.title for entry in reading.read(text_of(answer)).entries]


@pytest.fixture
def listed(room: Room) -> Room:
    """One paper under each of three topics, one of which is below another."""
    below = make_topic(room.group, "Structured", room.topic)
    make_paper(room.group, below, title="Whole rows at once", authors="Muster, Ada", year=2020)
    make_paper(room.group, room.other_topic, title="Fewer bits")
    Paper.objects.get(title="Fewer bits").set_status(room.member, "reading")
    room.paper.set_status(room.member, "read")
    return room


@EACH
def test_list_download_is_a_file_of_its_kind(listed, written):
    answer = browser_of(listed.member).get(path(listed, f"list.{written.extension}"))
    assert answer["Content-Type"] == written.media_type
    name = f"readers.{written.extension}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "no-store"
    for title in (listed.paper.title, "Whole rows at once", "Fewer bits"):
        assert title in text_of(answer)


@EACH
def test_list_download_knows_one_topic_with_those_below_it(listed, written):
    query = f"?topic={listed.topic.pk}"
    answer = text_of(
        browser_of(listed.member).get(path(listed, f"list.{written.extension}", query))
    )
    assert listed.paper.title in answer
    assert "Whole rows at once" in answer
    assert "Fewer bits" not in answer


@EACH
def test_list_download_knows_the_filters_of_the_list(listed, written):
    answer = text_of(
        browser_of(listed.member).get(path(listed, f"list.{written.extension}", "?show=reading"))
    )
    assert "Fewer bits" in answer
    assert listed.paper.title not in answer
    assert "Structured" not in answer


def test_list_download_has_my_ticks_only_where_i_ask_for_them(listed):
    browser = browser_of(listed.member)
    assert "- [x]" not in text_of(browser.get(path(listed, "list.md")))
    ticked = text_of(browser.get(path(listed, "list.md", "?ticks=1")))
    assert f"- [x] {listed.paper.title}" in ticked
    assert "- [ ] Fewer bits" in ticked
    others = text_of(browser_of(listed.author).get(path(listed, "list.md", "?ticks=1")))
    assert "- [x]" not in others


def test_list_download_of_no_format_is_not_there(listed):
    assert browser_of(listed.member).get(path(listed, "list.exe")).status_code == 404


def test_list_download_of_another_groups_topic_is_the_whole_list(listed, foreign):
    answer = browser_of(listed.member).get(path(listed, "list.md", f"?topic={foreign.topic.pk}"))
    assert "Fewer bits" in titles(answer)
    assert foreign.paper.title not in text_of(answer)


def test_what_was_downloaded_says_all_that_markdown_can(listed):
    fields = {"venue": "ICX", "url": "https://example.org/a", "doi": "10.1000/182"}
    make_paper(listed.group, title="All of it", year=1999, kind="book", isbn="1", **fields)
    text = text_of(browser_of(listed.member).get(path(listed, "list.md")))
    (entry,) = [e for e in reading.read(text).entries if e.title == "All of it"]
    assert {name: getattr(entry, name) for name in fields} == fields
    assert entry.year == 1999


# The page


def test_list_export_offers_each_format_for_the_part_that_one_looks_at(listed):
    query = f"?topic={listed.topic.pk}&show=read"
    page = browser_of(listed.member).get(path(listed, "", query), headers=AS_A_PAGE)
    html = text_of(page).replace("&amp;", "&")
    assert fields_of(html)["topic"] == [str(listed.topic.pk)]
    assert fields_of(html)["show"] == ["read"]
    assert "Pruning : 1 paper" in words_of(html)
    for written in WRITTEN:
        assert f'{path(listed)}list.{written.extension}{query}"' in html
    assert f'{path(listed)}list.md{query}&ticks=1"' in html


def test_the_list_page_leads_to_the_export_of_what_it_shows(listed):
    page = text_of(browser_of(listed.member).get(f"/groups/{listed.group.slug}/?show=read"))
    assert f'href="{path(listed)}?show=read"' in page


def test_a_program_that_asks_for_no_page_gets_the_list_as_before(listed):
    answer = browser_of(listed.member).get(path(listed), headers={"Accept": "*/*"})
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert f"- [x] {listed.paper.title}" in text_of(answer)
    assert "Accept" in answer["Vary"]


# One paper


@EACH
def test_paper_export_is_this_paper_alone(listed, written):
    paper = Paper.objects.get(title="Whole rows at once")
    address = f"/groups/{listed.group.slug}/papers/{paper.pk}/export/{written.extension}"
    answer = browser_of(listed.member).get(address)
    assert answer["Content-Type"] == written.media_type
    assert f'filename="readers-{paper.pk}.{written.extension}"' in answer["Content-Disposition"]
    assert "Whole rows at once" in text_of(answer)
    assert "Fewer bits" not in text_of(answer)


def test_the_page_of_a_paper_shows_how_to_cite_it(listed):
    paper = Paper.objects.get(title="Whole rows at once")
    html = text_of(browser_of(listed.member).get(paper.get_absolute_url()))
    assert "Muster, A. (2020). Whole rows at once." in words_of(html)
    for written in CITING:
        assert f'id="cite-{written.option}"' in html
        assert f"/papers/{paper.pk}/export/{written.extension}" in html


@pytest.mark.parametrize("format_", CITING, ids=[one.name for one in CITING])
def test_a_citation_holds_no_field_that_only_seminar_reads(listed, format_):
    """Neither on the page nor in the file, though authors as “et al.” are lost by that."""
    paper = Paper.objects.get(title="Whole rows at once")
    Paper.objects.filter(pk=paper.pk).update(authors="Muster et al.", kind="article-journal")
    browser = browser_of(listed.member)
    cited = text_of(browser.get(f"{paper.get_absolute_url()}export/{format_.extension}"))
    page = unescape(text_of(browser.get(paper.get_absolute_url())))
    for text in (cited, page.partition(f'id="cite-{format_.option}"')[2].partition("</pre>")[0]):
        assert "Muster" in text
        assert not re.search(r"x-\w+ =|^C[12]  -|\"custom\"", text, re.MULTILINE)


# For reference managers


def test_rows_and_papers_are_read_by_reference_managers(listed):
    listed.group.visibility = "public"
    listed.group.save()
    paper = Paper.objects.get(title="Whole rows at once")
    for browser in (browser_of(listed.member), browser_of()):
        rows = text_of(browser.get(f"/groups/{listed.group.slug}/"))
        assert rows.count('class="Z3988"') == 3
        assert "rft.atitle=Whole%20rows%20at%20once&amp;rft.date=2020" in rows
        head = text_of(browser.get(paper.get_absolute_url())).partition("</head>")[0]
        assert '<meta name="citation_title" content="Whole rows at once">' in head
        assert '<meta name="citation_author" content="Muster, Ada">' in head


def test_no_one_is_read_the_span_for_reference_managers(listed):
    html = text_of(browser_of(listed.member).get(f"/groups/{listed.group.slug}/"))
    assert html.count('class="Z3988"') == html.count(" hidden></span>")


@pytest.mark.parametrize("address", LARGE_EXPORTS)
def test_a_large_export_is_what_another_process_writes(listed, monkeypatch, address):
    """The child gets what JSON can hold, and writes what would be written here."""
    browser, offloaded = browser_of(listed.member), []
    expected = browser.get(address)

    def offload(request, function, *arguments):
        offloaded.append(function)
        return function(*json.loads(json.dumps(arguments)))

    for module in (large_exports, large_archives):
        monkeypatch.setattr(module, "offload", offload)
        monkeypatch.setattr(module, "LARGE", 2)
    monkeypatch.setattr(large_archives, "LARGE_DATA", 2)
    answer = browser.get(address)
    assert len(offloaded) == 1
    for each in (answer, expected):
        del each.headers["Content-Length"]
    assert answer.headers == expected.headers
    # An archive says when it was written.
    assert len(answer.content) == pytest.approx(len(expected.content), abs=20)


@pytest.mark.parametrize("address", LARGE_EXPORTS)
def test_a_small_export_starts_no_process(listed, monkeypatch, address):
    monkeypatch.setattr(large_exports, "offload", pytest.fail)
    monkeypatch.setattr(large_archives, "offload", pytest.fail)
    assert browser_of(listed.member).get(address).status_code == 200
