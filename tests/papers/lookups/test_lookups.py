"""The pages of look-ups: the button, the progress, accepting and declining."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from papers.models import Lookup, Paper
from tests.factories import Room, browser_of, make_lookup, make_paper
from tests.pages import HTMX, as_on_the_page, is_whole_page, pieces, text_of, words_of
from tests.providers import DOI, TITLE, answering

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


@pytest.fixture
def providers(settings):
    with answering() as providers:
        settings.LOOKUP_HOSTS = providers.hosts
        yield providers


def page_of(paper: Paper, name: str = "paper_detail") -> str:
    return reverse(f"papers:{name}", args=[paper.group.slug, paper.pk])


def all_of(room: Room) -> str:
    return reverse("papers:lookup_list", args=[room.group.slug])


def bare(room: Room, **fields: object) -> Paper:
    return make_paper(room.group, room.topic, **({"title": TITLE} | fields))


# Asking


def test_lookup_create_fills_in_and_leads_back_to_the_paper(room, providers):
    paper = bare(room, doi=DOI)
    answer = browser_of(room.member).post(page_of(paper, "lookup_create"), follow=True)
    assert answer.redirect_chain == [(page_of(paper), 302)]
    assert is_whole_page(answer)
    words = words_of(text_of(answer))
    assert "Searching for details of" in words
    assert "Crossref knows this paper." in words
    assert "From Crossref: authors, venue, year" in words
    assert Lookup.objects.get(paper=paper).asked_by == room.member


def test_lookup_create_with_htmx_answers_with_the_piece_that_the_page_shows(room, providers):
    paper = bare(room)
    browser = browser_of(room.member)
    piece = browser.post(page_of(paper, "lookup_create"), headers=HTMX)
    key = f"lookup-{paper.pk}"
    for name in ("paper_detail", "lookup_detail"):
        page = pieces(text_of(browser.get(page_of(paper, name))))
        assert as_on_the_page(text_of(piece).strip()) == as_on_the_page(page[key])
    listed = pieces(text_of(browser.get(all_of(room))))
    assert as_on_the_page(text_of(piece).strip()) == as_on_the_page(listed[key])


def test_a_look_up_that_is_waiting_is_asked_after_until_it_is_done(room):
    paper = bare(room)
    lookup = make_lookup(
        paper, state="waiting", provider="", proposal={}, next_try_at=timezone.now()
    )
    browser = browser_of(room.member)
    page = text_of(browser.get(page_of(paper)))
    assert "Searching …" in words_of(page)
    assert 'hx-trigger="every 4s"' in page
    lookup.note_nothing()
    page = text_of(browser.get(page_of(paper, "lookup_detail")))
    assert "Nothing more was found." in words_of(page)
    assert "hx-trigger" not in page


def test_without_a_network_the_page_says_so(room):
    paper = bare(room)
    browser = browser_of(room.member)
    browser.post(page_of(paper, "lookup_create"))
    sentence = "No network, so nothing could be searched yet"
    assert sentence in words_of(text_of(browser.get(page_of(paper))))
    Lookup.objects.get(paper=paper).give_up("network")
    page = words_of(text_of(browser.get(page_of(paper))))
    assert "No network, so nothing was searched or changed" in page
    assert "Search again" in page


@BOTH
@pytest.mark.parametrize("name", ["lookup_create", "lookup_list"])
def test_a_site_that_asks_no_one_says_so(room, settings, name, headers):
    settings.LOOKUP = False
    paper = bare(room)
    browser = browser_of(room.member)
    page = text_of(browser.get(page_of(paper)))
    assert "This site does not search" in words_of(pieces(page)[f"lookup-{paper.pk}"])
    address = all_of(room) if name == "lookup_list" else page_of(paper, name)
    answer = browser.post(address, headers=headers)
    assert answer.status_code == 409
    assert "does not search" in words_of(text_of(answer))
    assert not Lookup.objects.filter(paper=paper).exists()


# All of them


def test_lookup_list_asks_about_all_that_lack_something(room, providers):
    papers = [bare(room, doi=DOI), bare(room, title="A History of Bread")]
    whole = bare(room, title="Whole", authors="A", year=2000, venue="V")
    browser = browser_of(room.member)
    words = words_of(text_of(browser.get(all_of(room))))
    assert "A History of Bread" in words
    assert "Whole" not in words
    answer = browser.post(all_of(room), follow=True)
    assert "Searching for details of 2 papers." in words_of(text_of(answer))
    assert set(Lookup.objects.values_list("paper", flat=True)) == {
        room.paper.pk,
        *(paper.pk for paper in papers),
    }
    assert not Lookup.objects.filter(paper=whole).exists()


def test_lookup_list_shows_what_waits_for_an_answer_first(room):
    first = bare(room, title="Not asked")
    page = text_of(browser_of(room.member).get(all_of(room)))
    assert page.index(f'id="lookup-{room.paper.pk}"') < page.index(f'id="lookup-{first.pk}"')


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 40, "2"])
def test_lookup_list_knows_no_strange_page(room, page):
    assert browser_of(room.member).get(f"{all_of(room)}?page={page}").status_code == 200


# Answering


def test_what_was_found_is_beside_what_is_there(room):
    Paper.objects.filter(pk=room.paper.pk).update(venue="Neural Networks")
    page = text_of(browser_of(room.member).get(page_of(room.paper, "lookup_detail")))
    words = words_of(page)
    assert "Crossref found this and is 93 % sure" in words
    assert "Now: Neural Networks Found: NIPS" in words
    assert "checked" not in pieces(page)[f"lookup-{room.paper.pk}"]


@BOTH
def test_lookup_update_accepts_what_is_ticked(room, headers):
    browser = browser_of(room.member)
    sent = {"decision": "accept", "details": ["venue"]}
    answer = browser.post(page_of(room.paper, "lookup_update"), sent, headers=headers)
    room.paper.refresh_from_db()
    assert (room.paper.venue, room.paper.filled) == ("NIPS", {"venue": "crossref"})
    if headers:
        shown = pieces(text_of(browser.get(page_of(room.paper))))[f"lookup-{room.paper.pk}"]
        assert as_on_the_page(text_of(answer).strip()) == as_on_the_page(shown)
    else:
        assert urlsplit(answer["Location"]).path == page_of(room.paper)


@BOTH
def test_lookup_update_declines_all(room, headers):
    sent = {"decision": "decline", "details": ["venue"]}
    browser_of(room.member).post(page_of(room.paper, "lookup_update"), sent, headers=headers)
    room.paper.refresh_from_db()
    room.lookup.refresh_from_db()
    assert (room.paper.venue, room.lookup.state) == ("", "declined")


@BOTH
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decision": "perhaps"},
        {"decision": "accept", "details": ["group"]},
        {"decision": "accept", "details": ["venue", "identity"]},
    ],
)
def test_lookup_update_takes_no_nonsense(room, sent, headers):
    answer = browser_of(room.member).post(
        page_of(room.paper, "lookup_update"), sent, headers=headers
    )
    assert answer.status_code == 422
    assert "Nothing was changed." in words_of(text_of(answer))
    room.paper.refresh_from_db()
    room.lookup.refresh_from_db()
    assert (room.paper.venue, room.lookup.state) == ("", "proposed")


@BOTH
def test_lookup_update_is_answered_once(room, headers):
    room.lookup.decline()
    answer = browser_of(room.member).post(
        page_of(room.paper, "lookup_update"),
        {"decision": "accept", "details": ["venue"]},
        headers=headers,
    )
    assert answer.status_code == 409
    assert "has already accepted or declined this" in words_of(text_of(answer))


@BOTH
def test_lookup_update_makes_no_paper_another_one(room, headers):
    other = bare(room, title="The same", doi=DOI)
    Lookup.objects.update(
        proposal={"entry": {"title": "x", "doi": DOI}, "confidence": 93, "same_as": other.pk}
    )
    browser = browser_of(room.member)
    assert page_of(other) in text_of(browser.get(page_of(room.paper, "lookup_detail")))
    sent = {"decision": "accept", "details": ["doi"]}
    answer = browser.post(page_of(room.paper, "lookup_update"), sent, headers=headers)
    assert answer.status_code == 409
    assert "the same as another paper" in words_of(text_of(answer))
    room.paper.refresh_from_db()
    room.lookup.refresh_from_db()
    assert (room.paper.doi, room.lookup.state) == ("", "proposed")


# Whose a detail is


def test_what_somebody_edits_is_theirs_from_then_on(room):
    paper = bare(room)
    paper.fill("crossref", year=2021, venue="JIR")
    form = {
        "title": paper.title,
        "venue": "JIR",
        "year": "2022",
        "topics": [room.topic.pk],
        "version": paper.version,
    }
    answer = browser_of(room.member).post(page_of(paper, "paper_update"), form)
    assert answer.status_code == 302
    paper.refresh_from_db()
    assert (paper.year, paper.filled) == (2022, {"venue": "crossref"})
