"""Papers by their numbers: pasted, shown, then added."""

from urllib.parse import urlencode

import pytest

from papers.library.adding import MOST_AT_ONCE
from papers.library.forms.adding import seen
from papers.models import Paper, Topic
from tests.factories import Room, browser_of, make_paper
from tests.pages import HTMX, fields_of, idempotency_key_in, is_whole_page, text_of, words_of
from tests.rows import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_worker")]
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
HASH = "0123456789abcdef0123456789abcdef01234567"


def address(room: Room) -> str:
    return f"/groups/{room.group.slug}/papers/paste/"


def look(room: Room, text: str, **fields: object) -> object:
    form = {"text": text, "topic": room.topic.pk, "preview": "1"} | fields
    return browser_of(room.member).post(address(room), form)


def add(room: Room, text: str, **fields: object) -> object:
    """Look at it, then add it, as the page says."""
    offered = fields_of(text_of(look(room, text)))
    form = {"text": text, "topic": room.topic.pk, "seen": offered["seen"][0]} | fields
    return browser_of(room.member).post(address(room), form, follow=True)


def written() -> object:
    """All rows except those of signing in."""
    return {name: rows for name, rows in everything().items() if name.startswith("papers.")}


def listed(room: Room) -> set[str]:
    return set(Paper.objects.in_group(room.group).values_list("title", flat=True))


def test_the_first_press_shows_what_was_recognised_and_writes_nothing(room):
    make_paper(room.group, title="A known one", arxiv="1706.03762")
    before = written()
    page = look(room, "10.1000/182\narXiv:1706.03762v3\nno number here")
    words = words_of(text_of(page))
    assert page.status_code == 200
    assert "New doi:10.1000/182" in words
    assert (
        "Already on the list They are added to the topic. Nothing else about them changes. "
        "A known one" in words
    )
    assert "Not recognised" in words
    assert "line 3 no number here" in words
    assert "Add 1 paper" in words
    assert written() == before


@BOTH
def test_the_second_press_adds_them_under_the_topic(room, headers):
    known = make_paper(room.group, room.other_topic, title="A known one", arxiv="1706.03762")
    text = "10.1000/182 1706.03762 PMID: 123"
    form = {"text": text, "topic": room.topic.pk} | {
        "seen": fields_of(text_of(look(room, text)))["seen"][0]
    }
    page = browser_of(room.member).post(address(room), form, headers=headers, follow=True)
    assert is_whole_page(page)
    assert "2 papers were added under “Pruning”. 1 was already on the list." in words_of(
        text_of(page)
    )
    new = Paper.objects.in_group(room.group).filter(added_by=room.member)
    assert {(paper.title, paper.doi, paper.pmid) for paper in new} == {
        ("doi:10.1000/182", "10.1000/182", ""),
        ("PMID 123", "", "123"),
    }
    order = [place.paper.title for place in room.topic.placements.in_order()]
    assert order[0] == room.paper.title
    assert set(order[1:]) == {"doi:10.1000/182", "A known one", "PMID 123"}
    assert set(known.topics.all()) == {room.topic, room.other_topic}


def test_what_was_not_looked_at_is_shown_first(room):
    """A press that adds, of another text than the one on the page, shows this one instead."""
    offered = fields_of(text_of(look(room, "10.1000/182")))["seen"]
    form = {"text": "10.1000/183", "topic": room.topic.pk, "seen": offered}
    page = browser_of(room.member).post(address(room), form)
    assert "New doi:10.1000/183" in words_of(text_of(page))
    assert listed(room) == {room.paper.title}


def test_pasting_the_same_again_adds_nothing(room):
    text = f"10.1000/182 1706.03762 PMID:12 W2741809807 {HASH} ISBN 978-3-16-148410-0\n"
    text += "https://example.org/a-page\nhttps://openreview.net/forum?id=a"
    add(room, text)
    before = listed(room)
    assert len(before) == 9
    page = look(room, text)
    assert "Add" not in fields_of(text_of(page))
    assert "Add to the topic" in words_of(text_of(page))
    add(room, text)
    assert listed(room) == before


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"doi": "10.1000/182"}, "https://publisher.example/doi/full/10.1000/182"),
        ({"arxiv": "math/0309136"}, "math.GT/0309136"),
        ({"pmid": "123"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"openalex": "W2741809807"}, "https://openalex.org/W2741809807"),
        ({"semantic_scholar": HASH}, HASH.upper()),
        ({"isbn": "9780306406157 9783161484100"}, "3-16-148410-X"),
        ({"url": "https://example.org/a"}, "https://example.org/a"),
    ],
)
def test_a_paper_is_known_by_each_of_its_numbers(room, said, text):
    known = make_paper(room.group, room.other_topic, title="A known one", **said)
    add(room, text)
    assert listed(room) == {room.paper.title, "A known one"}
    assert room.topic in known.topics.all()


def test_another_groups_papers_are_not_known(room, foreign):
    make_paper(foreign.group, title="Theirs", doi="10.1000/182")
    page = look(room, "10.1000/182")
    assert "Theirs" not in text_of(page)
    assert "Add 1 paper" in words_of(text_of(page))


def test_files_of_one_name_are_called_by_the_whole_address(room):
    make_paper(room.group, title="paper.pdf")
    add(room, "https://a.example.org/paper.pdf\nhttps://b.example.org/other.pdf\n"
        "https://c.example.org/other.pdf")  # fmt: skip
    assert listed(room) - {room.paper.title} == {
        "paper.pdf",
        "https://a.example.org/paper.pdf",
        "other.pdf",
        "https://c.example.org/other.pdf",
    }


def test_they_may_stand_under_a_new_topic(room):
    add(room, "10.1000/182", new_topic="Distillation")
    topic = Topic.objects.get(name="Distillation")
    assert [place.paper.title for place in topic.placements.all()] == ["doi:10.1000/182"]


def test_on_a_list_without_topics_they_begin_one(room):
    room.group.topics.all().delete()
    assert "topic" not in fields_of(text_of(look(room, "10.1000/182", new_topic="First")))
    refused = look(room, "10.1000/182", new_topic="")
    assert refused.status_code == 422
    form = {"text": "10.1000/182", "new_topic": "First", "seen": seen("10.1000/182")}
    assert browser_of(room.member).post(address(room), form).status_code == 302
    assert Topic.objects.get(name="First").placements.count() == 1


def test_a_paper_of_which_nothing_is_known_but_a_number_leads_there(room):
    add(room, f"PMID:12 CorpusID:7 {HASH} W2741809807 9783161484100")
    page = text_of(browser_of(room.member).get(f"/groups/{room.group.slug}/"))
    for href in (
        "https://pubmed.ncbi.nlm.nih.gov/12/",
        "https://api.semanticscholar.org/CorpusID:7",
        f"https://www.semanticscholar.org/paper/{HASH}",
        "https://openalex.org/W2741809807",
        "https://openlibrary.org/isbn/9783161484100",
    ):
        assert f'href="{href}"' in page


@BOTH
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "just words"}, "No DOI, arXiv ID, other ID or link to a paper was found"),
        ({"text": ""}, "This field is required."),
        ({"text": "10.1000/1", "topic": ""}, "Choose a topic, or name a new one."),
        ({"text": "x" * 20_001}, "at most 20000 characters"),
        (
            {"text": "\n".join(f"10.1000/{n}" for n in range(MOST_AT_ONCE + 1))},
            f"There are {MOST_AT_ONCE + 1} papers in it, and {MOST_AT_ONCE} can be added at once.",
        ),
    ],
)
def test_what_cannot_be_added_comes_back_with_its_reason(room, headers, fields, sentence):
    before = written()
    form = {"topic": room.topic.pk} | fields
    page = browser_of(room.member).post(address(room), form, headers=headers)
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert fields_of(text_of(page))["text"] == [fields["text"]]
    assert written() == before


def test_a_second_press_with_the_same_key_adds_nothing(room):
    browser = browser_of(room.member)
    page = browser.post(
        address(room), {"text": "10.1/1 PMID:7", "topic": room.topic.pk, "preview": "1"}
    )
    form = {
        "text": "10.1/1 PMID:7",
        "topic": room.topic.pk,
        "idempotency_key": idempotency_key_in(page),
    }
    form["seen"] = fields_of(text_of(page))["seen"][0]
    first, second = browser.post(address(room), form), browser.post(address(room), form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert listed(room) == {room.paper.title, "PMID 7"}


# Brought by the address


def test_what_the_address_brings_is_shown_and_not_written(room):
    before = written()
    query = urlencode({"text": "https://example.org/a doi:10.1000/182"})
    page = browser_of(room.member).get(f"{address(room)}?{query}")
    assert fields_of(text_of(page))["text"] == ["https://example.org/a doi:10.1000/182"]
    assert "Add 1 paper" in words_of(text_of(page))
    assert written() == before
    form = {name: values[-1] for name, values in fields_of(text_of(page)).items()}
    browser_of(room.member).post(address(room), form | {"topic": room.topic.pk})
    assert Paper.objects.get(doi="10.1000/182").url == "https://example.org/a"


def test_an_address_that_brings_too_much_is_cut(room):
    query = urlencode({"text": "x" * 6_000})
    page = browser_of(room.member).get(f"{address(room)}?{query}")
    assert page.status_code == 200
    assert len(fields_of(text_of(page))["text"][0]) == 3_000


def test_somebody_whose_session_ended_comes_to_the_filled_form(room):
    stranger = browser_of()
    asked = (
        f"{address(room)}?{urlencode({'text': 'https://example.org/a?b=1&c=2 doi:10.1000/182'})}"
    )
    sign_in = stranger.get(asked, follow=True)
    form = {"login": room.member.email, "password": "correct horse battery"}
    query = sign_in.request["QUERY_STRING"]
    page = stranger.post(f"/accounts/login/?{query}", form, follow=True)
    assert fields_of(text_of(page))["text"] == ["https://example.org/a?b=1&c=2 doi:10.1000/182"]


def test_bookmarklet_is_explained_and_can_be_dragged(room):
    page = text_of(browser_of(room.member).get(f"/groups/{room.group.slug}/papers/bookmarklet/"))
    assert 'href="javascript:%28function' in page
    assert f"testserver%2Fgroups%2F{room.group.slug}%2Fpapers%2Fpaste%2F" in page
