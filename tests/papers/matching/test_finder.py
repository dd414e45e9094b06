"""A work is found on a group's list by one rule, and by index."""

from typing import Any

import pytest
from django.db import IntegrityError, connection

from papers.formats.core.reading_list import Entry, ReadingList
from papers.imports import workflow
from papers.imports.diff import Comparison
from papers.library.adding import Pasting
from papers.library.forms.papers import PaperForm
from papers.matching.finder import Finder
from papers.models import ListImport, Lookup, Paper, PaperMerge
from papers.providers.asking import ProviderMatch
from tests.factories import make_group, make_paper, make_user

pytestmark = pytest.mark.django_db

DOI, ARXIV = "10.1577/1548-8659(1981)110<446:eotofr>2.0.co;2", "1706.03762"
FORUM = "https://openreview.net/forum?id=aB1"
# What is on the list, and what is asked for; it is found by whatever asks.
FOUND: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "by its DOI": ({"title": "A", "doi": DOI}, {"title": "B", "doi": DOI.upper()}),
    "by its escaped DOI": (
        {"title": "A", "doi": DOI},
        {"title": "B", "doi": DOI.replace("<", "&lt;").replace(">", "%3E") + "/"},
    ),
    "by its arXiv number": (
        {"title": "A", "doi": "10.1000/a", "arxiv": ARXIV},
        {"title": "B", "arxiv": f"arXiv:{ARXIV}v2"},
    ),
    "by the DOI in its address": (
        {"title": "Bees", "url": "https://www.nature.com/articles/nature14539"},
        {"title": "doi:10.1038/nature14539", "doi": "10.1038/nature14539"},
    ),
    "by its page": (
        {"title": "Bees", "doi": "10.1000/a", "url": FORUM},
        {"title": "pdf?id=aB1", "url": FORUM.replace("forum", "pdf")},
    ),
    "by its title": ({"title": "A Tour of C++", "doi": "10.1000/a"}, {"title": "A tour of c++."}),
    "by the title that its list had": (
        {"title": "Another", "imported": {"title": "A Tour of C++"}},
        {"title": "A Tour of C++"},
    ),
}
NOT_FOUND: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "another sign": ({"title": "A Tour of C++"}, {"title": "A Tour of C"}),
    "another book": (
        {"title": "Introduction", "venue": "The Bee Book"},
        {"title": "Introduction", "venue": "The Wasp Book"},
    ),
    "another page": (
        {"title": "Bees", "url": FORUM},
        {"title": "Wasps", "url": FORUM.replace("aB1", "ab1")},
    ),
    "a link that was copied": (
        {"title": "Bees in winter", "url": FORUM}, {"title": "Wasps at sea", "url": FORUM}
    ),
}  # fmt: skip


@pytest.mark.parametrize(("there", "asked"), FOUND.values(), ids=FOUND.keys())
def test_a_paper_is_found(there, asked):
    paper = make_paper(make_group(), **there)
    make_paper(make_group(), **there)
    wanted = Entry(**asked)
    assert Finder(paper.group).find(wanted) == paper
    assert Finder(paper.group, about=[wanted]).find(wanted) == paper


@pytest.mark.parametrize(("there", "asked"), FOUND.values(), ids=FOUND.keys())
def test_a_list_a_form_and_a_look_up_find_the_same(there, asked):
    paper = make_paper(make_group(), **there)
    reading = ReadingList(entries=(Entry(**asked),))
    assert Comparison(paper.group, reading).found(reading.papers[0]) == paper
    form = PaperForm(paper.group, asked | {"new_topic": "Bees"})
    assert form.is_valid()
    with pytest.raises(IntegrityError):
        form.save_for(make_user())
    assert form.there == paper
    other = make_paper(paper.group, title="PMID 7", pmid="7", url=asked.get("url", ""))
    completed = Lookup(paper=other).completed(ProviderMatch(Entry(**asked), "crossref", 100))
    assert Finder(paper.group, about=[completed]).find(completed, but=completed) == paper


@pytest.mark.parametrize(("there", "asked"), FOUND.values(), ids=FOUND.keys())
def test_what_is_pasted_is_found_unless_only_its_title_says_so(there, asked):
    paper = make_paper(make_group(), **there)
    text = " ".join(filter(None, [asked.get("doi", ""), asked.get("arxiv"), asked.get("url")]))
    if text:
        assert set(Pasting(paper.group, text).known.values()) == {paper}


@pytest.mark.parametrize(("there", "asked"), NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_another_paper_is_not_found(there, asked):
    paper = make_paper(make_group(), **there)
    wanted = Entry(**asked)
    assert Finder(paper.group).find(wanted) is None
    assert Finder(paper.group, about=[wanted]).find(wanted) is None


def test_a_paper_leads_to_the_one_that_it_was_merged_into():
    group = make_group()
    stays, goes = make_paper(group), make_paper(group, title="Bees", doi="10.1000/b")
    PaperMerge.objects.merge(goes, stays, make_user())
    for wanted in (Entry("x", doi="10.1000/b"), Entry("bees")):
        assert Finder(group, about=[wanted]).find(wanted) == stays


def test_what_another_group_has_set_aside_is_not_found():
    group, other = make_group(), make_group()
    stays, goes = make_paper(other), make_paper(other, title="Bees", doi="10.1000/b")
    PaperMerge.objects.merge(goes, stays, make_user())
    for wanted in (Entry("x", doi="10.1000/b"), Entry("bees")):
        assert Finder(group, about=[wanted]).find(wanted) is None


def test_what_a_file_is_called_finds_nothing_where_titles_are_none():
    paper = make_paper(make_group(), title="paper.pdf", url="https://a.example/paper.pdf")
    wanted = Entry("paper.pdf", url="https://b.example/paper.pdf")
    assert Finder(paper.group, about=[wanted]).find(wanted, by_title=False) is None


@pytest.mark.parametrize("wanted", [Entry("Bees", doi=DOI, arxiv=ARXIV, url=FORUM), Entry("Bees")])
def test_indexes_answer_which_paper_a_work_is(wanted):
    """No table of papers is read from end to end, nor all that a group has."""
    papers = Paper.all_objects.that_share_a_key(make_group(), [wanted])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # of no rows it would read all
        assert "Seq Scan" not in papers.explain()
    else:
        plan = papers.explain()
        assert "SCAN" not in plan
        assert {"papers_by_title", "papers_by_imported_title"} <= set(plan.split())


@pytest.mark.parametrize("name", ["pmid", "openalex", "semantic_scholar", "isbn"])
def test_an_index_answers_which_paper_has_a_number(name):
    """As few rows as there are papers with the number are read, not all that a group has."""
    papers = Paper.objects.with_any_of(make_group(), [Entry("Bees", **{name: "9780262033848"})])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "Seq Scan" not in papers.explain()
    else:
        index = f"papers_by_{'scholar' if name == 'semantic_scholar' else name}"
        assert "SCAN" not in papers.explain()
        assert index in papers.explain().split()


def test_works_that_were_one_by_earlier_rules_come_apart_when_their_list_is_brought_again():
    """Three books stood as one paper, as signs did not count."""
    group = make_group()
    user = make_user()
    text = "## Books\n- [ ] A Tour of C\n- [ ] A Tour of C++\n- [ ] A Tour of C#\n"
    first = ListImport.objects.create(group=group, text=text, imported_by=user)
    workflow.apply(first, user)
    kept, *others = group.papers.order_by("pk")
    places = [[topic, kept.pk, digest] for topic, _, digest in first.places]
    ListImport.objects.update(places=places)
    for paper in others:
        paper.delete()
    workflow.apply(ListImport.objects.create(group=group, text=text, imported_by=user), user)
    titles = group.papers.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["A Tour of C", "A Tour of C#", "A Tour of C++"]
