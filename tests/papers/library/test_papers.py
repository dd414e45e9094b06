"""Papers: once each on a group's list, edited by one at a time."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from papers.models import Paper, Stale
from tests.factories import Room, browser_of, make_paper, make_topic
from tests.pages import HTMX, fields_of, is_whole_page, text_of, words_of

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


def new(room: Room) -> str:
    return f"/groups/{room.group.slug}/papers/new/"


def edit(room: Room) -> str:
    return f"/groups/{room.group.slug}/papers/{room.paper.pk}/edit/"


def filled(room: Room, **changes: object) -> dict[str, object]:
    return {"title": "Deep Compression", "topics": [room.topic.pk]} | changes


# One per identity


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"title": "Deep Compression"}, {"title": "deep  compression."}),
        ({"title": "A", "doi": "10.1000/182"}, {"title": "B", "doi": "10.1000/182"}),
        ({"title": "A", "arxiv": "1706.03762"}, {"title": "B", "arxiv": "1706.03762"}),
    ],
)
def test_the_database_keeps_one_paper_per_identity_in_a_group(room, first, second):
    make_paper(room.group, **first)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_paper(room.group, **second)


def test_another_group_may_have_the_same_paper(room, foreign):
    ours = make_paper(room.group, title="Deep Compression")
    theirs = make_paper(foreign.group, title="Deep Compression")
    assert ours.identity == theirs.identity


@BOTH
@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ({"title": "Deep Compression"}, {"title": "DEEP compression"}),
        (
            {"title": "A", "doi": "10.1000/182"},
            {"title": "B", "doi": "https://doi.org/10.1000/182"},
        ),
        ({"title": "A", "arxiv": "1706.03762"}, {"title": "B", "arxiv": "arXiv:1706.03762v5"}),
        (
            {"title": "A", "arxiv": "1706.03762"},
            {"title": "B", "arxiv": "https://arxiv.org/abs/1706.03762"},
        ),
    ],
)
def test_paper_create_finds_the_paper_that_is_there(room, there, typed, headers):
    make_paper(room.group, **there)
    page = browser_of(room.member).post(new(room), filled(room, **typed), headers=headers)
    assert page.status_code == 422
    assert "This paper is already on the list." in words_of(text_of(page))
    assert fields_of(text_of(page))["title"] == [typed["title"]]
    assert Paper.objects.in_group(room.group).count() == 2


@BOTH
def test_paper_update_to_another_papers_identity_is_refused(room, headers):
    make_paper(room.group, title="Deep Compression")
    page = browser_of(room.member).post(edit(room), filled(room, version=1), headers=headers)
    assert page.status_code == 422
    assert "This paper is already on the list." in words_of(text_of(page))
    room.paper.refresh_from_db()
    assert room.paper.title != "Deep Compression"


# Adding


@BOTH
def test_paper_create_adds_a_paper_with_all_that_was_typed(room, headers):
    form = filled(
        room,
        authors="Han et al.",
        venue="ICLR",
        year="2016",
        url="https://example.org/p.pdf",
        doi="doi:10.1000/182",
        arxiv="arXiv:1510.00149v5",
        abstract="We…",
        new_topic="Distillation",
    )
    page = browser_of(room.member).post(new(room), form, headers=headers, follow=True)
    assert is_whole_page(page)
    paper = Paper.objects.get(title="Deep Compression")
    assert (paper.authors, paper.venue, paper.year) == ("Han et al.", "ICLR", 2016)
    assert (paper.url, paper.doi, paper.arxiv) == (
        "https://example.org/p.pdf",
        "10.1000/182",
        "1510.00149",
    )
    assert paper.added_by == room.member
    assert {topic.name for topic in paper.topics.all()} == {"Pruning", "Distillation"}
    assert "“Deep Compression” was added to the list." in words_of(text_of(page))


def test_a_new_topic_that_is_there_already_is_that_one(room):
    form = filled(room, topics=[], new_topic="pruning")
    browser_of(room.member).post(new(room), form)
    assert Paper.objects.get(title="Deep Compression").topics.get() == room.topic


def test_the_topic_that_one_came_from_is_chosen(room):
    page = browser_of(room.member).get(f"{new(room)}?topic={room.topic.pk}")
    assert fields_of(text_of(page))["topics"] == [str(room.topic.pk)]


@pytest.mark.parametrize("topic", ["abc", "-1", "9" * 40, ""])
def test_a_topic_that_is_none_chooses_none(room, topic):
    page = browser_of(room.member).get(f"{new(room)}?topic={topic}")
    assert page.status_code == 200
    assert "topics" not in fields_of(text_of(page))


@BOTH
@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "This field is required."),
        ("title", " \u200b", "Write something first."),
        ("title", "a\u202eb", "change the direction of text"),
        ("title", "x" * 501, "at most 500 characters"),
        ("authors", "x" * 2001, "at most 2000 characters"),
        ("year", "0", ""),
        ("year", "2201", ""),
        ("year", "99999999999", ""),
        ("year", "MMXVI", "Enter a whole number."),
        ("year", "9" * 5000, ""),
        ("url", "javascript:alert(1)", "Enter a valid URL."),
        ("url", "ftp://example.org/x y", "Enter a valid URL."),
        ("doi", "not a doi", "This is not a DOI."),
        ("arxiv", "not a number", "This is not an arXiv ID."),
        ("topics", "abc", "is not a valid"),
        ("topics", [], "Choose a topic, or name a new one."),
        ("abstract", "x" * 20_001, "at most 20000 characters"),
        ("new_topic", "x" * 201, "at most 200 characters"),
        ("new_topic", "a\u202eb", ""),
    ],
)
def test_paper_create_says_what_is_wrong_beside_the_field(room, field, value, sentence, headers):
    form = filled(room) | {field: value}
    page = browser_of(room.member).post(new(room), form, headers=headers)
    assert page.status_code == 422
    errors = page.context["form"].errors[field]
    assert sentence in words_of(text_of(page))
    assert errors[0] in words_of(text_of(page))
    if field not in ("topics", "abstract"):
        assert fields_of(text_of(page))[field] == [value]
    assert Paper.objects.in_group(room.group).count() == 1
    assert room.group.topics.count() == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x"])
def test_a_link_leads_to_the_web(room, url):
    """Whatever is kept as a link is shown as one."""
    page = browser_of(room.member).post(new(room), filled(room, url=url))
    if page.status_code == 302:
        assert url.startswith("ftp:")
    else:
        assert "Enter a valid URL." in words_of(text_of(page))


# Editing


def test_an_edit_of_an_older_version_is_stale(room):
    room.paper.revise(1, title="Mine")
    with pytest.raises(Stale):
        room.paper.revise(1, title="Too late")
    room.paper.refresh_from_db()
    assert (room.paper.title, room.paper.version) == ("Mine", 2)


@BOTH
def test_paper_update_writes_what_was_changed(room, headers):
    form = filled(room, venue="ICLR", version=1)
    page = browser_of(room.member).post(edit(room), form, headers=headers, follow=True)
    assert is_whole_page(page)
    room.paper.refresh_from_db()
    assert (room.paper.title, room.paper.venue, room.paper.version) == (
        "Deep Compression",
        "ICLR",
        2,
    )


def test_a_renamed_paper_is_known_by_its_new_name(room):
    """The old title is free again, the new one is taken."""
    old = room.paper.title
    browser = browser_of(room.member)
    browser.post(edit(room), filled(room, version=1))
    assert browser.post(new(room), filled(room)).status_code == 422
    assert browser.post(new(room), filled(room, title=old)).status_code == 302


@BOTH
@pytest.mark.parametrize("version", ["1", "", "abc", "99"])
def test_paper_update_of_a_changed_paper_shows_both_texts(room, headers, version):
    browser_of(room.author).post(edit(room), filled(room, title="Theirs", version=1))
    form = filled(room, title="Mine", version=version)
    page = browser_of(room.member).post(edit(room), form, headers=headers)
    room.paper.refresh_from_db()
    assert room.paper.title == "Theirs"
    if version == "abc":
        assert page.status_code == 422
        return
    assert page.status_code == 409
    assert is_whole_page(page)
    assert "Theirs" in words_of(text_of(page))
    fields = fields_of(text_of(page))
    assert fields["title"] == ["Mine"]
    assert fields["version"] == ["2"]
    assert fields["topics"] == [str(room.topic.pk)]


def test_choosing_ones_own_text_is_an_edit_of_the_newer_version(room):
    browser_of(room.author).post(edit(room), filled(room, title="Theirs", version=1))
    browser = browser_of(room.member)
    page = browser.post(edit(room), filled(room, title="Mine", version=1))
    again = {name: values for name, values in fields_of(text_of(page)).items() if name != "q"}
    assert browser.post(edit(room), again).status_code == 302
    room.paper.refresh_from_db()
    assert (room.paper.title, room.paper.version) == ("Mine", 3)


def test_an_edit_keeps_statuses_discussion_and_the_imported_title(room):
    Paper.objects.filter(pk=room.paper.pk).update(imported={"original": "Optimal Brain Dam age"})
    room.paper.set_status(room.member, "read")
    browser_of(room.member).post(edit(room), filled(room, version=1))
    room.paper.refresh_from_db()
    assert room.paper.imported["original"] == "Optimal Brain Dam age"
    assert room.paper.statuses.count() == room.paper.threads.count() == 1


# Removing


@BOTH
def test_paper_delete_asks_first_and_takes_everything_along(room, headers):
    browser = browser_of(room.organizer)
    address = f"/groups/{room.group.slug}/papers/{room.paper.pk}/delete/"
    question = browser.get(address, headers=headers)
    assert "All statuses, assignments and comments on it are deleted" in words_of(text_of(question))
    assert Paper.objects.filter(pk=room.paper.pk).exists()
    page = browser.post(address, headers=headers, follow=True)
    assert is_whole_page(page)
    assert not Paper.objects.filter(pk=room.paper.pk).exists()


# The paper's page


def test_the_page_shows_the_paper_and_all_about_it(room):
    room.paper.set_status(room.author, "read")
    Paper.objects.filter(pk=room.paper.pk).update(
        authors="LeCun et al.", venue="NeurIPS", year=1989, abstract="We prune.", doi="10.1000/182"
    )
    make_topic(room.group, "Second")
    page = browser_of(room.member).get(f"/groups/{room.group.slug}/papers/{room.paper.pk}/")
    words = words_of(text_of(page))
    for shown in (
        room.paper.title,
        "LeCun et al.",
        "NeurIPS 1989",
        "We prune.",
        "Pruning",
        room.author.name,
        room.thread.title,
        room.comment.source,
    ):
        assert shown in words
    assert "https://doi.org/10.1000/182" in text_of(page)


def test_a_title_is_shown_as_text(room):
    Paper.objects.filter(pk=room.paper.pk).update(title='<script>x</script> & "y"')
    page = text_of(
        browser_of(room.member).get(f"/groups/{room.group.slug}/papers/{room.paper.pk}/")
    )
    assert "<script>x</script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt; &amp; " in page


# More about it

MORE = {
    "kind": "chapter",
    "editors": "Muster, Ada; Probe, Beth",
    "volume": "12",
    "issue": "3",
    "pages": "1-10",
    "publisher": "Example Press",
    "published": "1999-04-21",
    "isbn": "9783161484100",
    "issn": "03785955",
    "pmid": "123",
    "openalex": "W2741809807",
    "semantic_scholar": "CorpusID:7",
    "language": "en",
    "keywords": "maps; nets",
    "citation_key": "muster99",
}


def test_all_that_is_known_of_a_paper_is_edited_and_shown(room):
    browser = browser_of(room.member)
    browser.post(edit(room), filled(room, version=1, **MORE))
    room.paper.refresh_from_db()
    assert {name: getattr(room.paper, name) for name in MORE} == MORE
    offered = fields_of(text_of(browser.get(edit(room))))
    assert {name: offered[name][0] for name in MORE} == MORE
    words = words_of(text_of(browser.get(room.paper.get_absolute_url())))
    for sentence in (
        "Kind Chapter of a book",
        "Editors Ada Muster, Beth Probe",
        "Pages 1-10",
        "ISBN 9783161484100",
        "ISSN 0378-5955",
        "PMID 123",
        "Keywords maps; nets",
    ):
        assert sentence in words


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("isbn", "3-16-148410-X", "9783161484100"),
        ("isbn", "3-16-148410-X, 978-0-306-40615-7", "9783161484100 9780306406157"),
        ("issn", "0378-5955", "03785955"),
        ("pmid", "PMID: 123", "123"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        ("openalex", "https://openalex.org/w2741809807", "W2741809807"),
        ("semantic_scholar", "corpusid:7", "CorpusID:7"),
    ],
)
def test_a_number_is_kept_in_one_spelling(room, name, typed, kept):
    browser_of(room.member).post(new(room), filled(room, **{name: typed}))
    assert getattr(Paper.objects.get(title="Deep Compression"), name) == kept


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("isbn", "978-3-16-148410-1", "This is not an ISBN."),
        ("issn", "0378-5954", "This is not an ISSN."),
        ("pmid", "a number", "This is not a PMID."),
        ("openalex", "A12", "This is not an OpenAlex ID."),
        ("semantic_scholar", "12", "This is not a Semantic Scholar ID."),
        ("published", "21 April", "Write it as 2021-04-21 or 2021-04."),
        ("kind", "poem", "Select a valid choice."),
    ],
)
def test_a_number_that_is_none_comes_back_unfolded(room, name, typed, sentence):
    page = browser_of(room.member).post(new(room), filled(room, **{name: typed}))
    assert page.status_code == 422
    assert sentence in words_of(text_of(page))
    assert '<details class="fold form__fold" open>' in text_of(page)
    assert not Paper.objects.filter(title="Deep Compression").exists()


def test_what_is_seldom_filled_in_is_folded_away(room):
    page = text_of(browser_of(room.member).get(new(room)))
    assert '<details class="fold form__fold">' in page


def test_what_is_not_known_of_a_paper_leaves_no_gap(room):
    page = text_of(browser_of(room.member).get(room.paper.get_absolute_url()))
    assert "metadata" not in page


def test_paper_create_asks_for_papers_by_what_they_are_found_by(room):
    """What has no id yet is not looked for by it: no index answers that."""
    browser = browser_of(room.member)
    with CaptureQueriesContext(connection) as captured:
        browser.post(new(room), filled(room, doi="10.1000/182"))
    assert Paper.objects.filter(doi="10.1000/182").exists()
    asked = [query["sql"] for query in captured if 'FROM "papers_paper"' in query["sql"]]
    assert asked
    assert not [sql for sql in asked if '"papers_paper"."id" IS NULL' in sql]
