"""What becomes of a look-up: filled in, proposed, tried again, given up. A person's words stay."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from papers.lookups import tasks
from papers.lookups.tasks import ask_about, look_up, look_up_overdue
from papers.matching.duplicate_candidates import pairs_in, similar_to
from papers.models import Lookup, NotDuplicate, Paper, ProviderResponse, ProviderSlot, Stale
from papers.models.lookups import MOST_TRIES
from tests.factories import make_group, make_paper, make_user
from tests.providers import ABSTRACT, ARXIV, DOI, TITLE, Providers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _they_are_here(providers: Providers, settings, monkeypatch):
    """And no request waits for its slot, which none of these tests is about."""
    settings.LOOKUP_HOSTS = providers.hosts
    monkeypatch.setattr(tasks, "SHORT_WAIT", timedelta(0))


@pytest.fixture
def group(db):
    return make_group()


def looked_up(paper: Paper) -> Lookup:
    ask_about([paper], make_user())
    paper.refresh_from_db()
    return Lookup.objects.get(paper=paper)


def come_back(paper: Paper) -> Lookup:
    """Time goes by until it is tried again."""
    long_ago = timezone.now() - timedelta(minutes=5)
    Lookup.objects.filter(next_try_at__isnull=False).update(next_try_at=long_ago)
    ProviderSlot.objects.update(free_at=long_ago)
    look_up_overdue()
    paper.refresh_from_db()
    return Lookup.objects.get(paper=paper)


# Filled in


def test_what_is_missing_is_filled_in_and_what_somebody_typed_stays(group):
    paper = make_paper(group, title=TITLE, doi=DOI, authors="Okonkwo et al.", venue="JIR")
    lookup = looked_up(paper)
    assert (lookup.state, lookup.provider) == ("found", "crossref")
    assert (paper.authors, paper.venue) == ("Okonkwo et al.", "JIR")
    assert (paper.year, paper.volume, paper.abstract) == (2021, "7", ABSTRACT)
    assert paper.filled["year"] == "crossref"
    assert {"authors", "venue", "title", "doi"}.isdisjoint(paper.filled)


def test_a_title_that_is_only_a_number_is_replaced(group):
    paper = make_paper(group, title=f"arXiv:{ARXIV}", arxiv=ARXIV)
    looked_up(paper)
    assert (paper.title, paper.authors) == (TITLE, "Okonkwo, Mira; van der Berg, Jan")
    assert paper.filled["title"] == "arxiv"
    assert paper.identity == f"arxiv:{ARXIV}"


def test_the_second_is_asked_where_the_first_knows_nothing(group, providers):
    providers.faults["crossref"] = "status 404"
    paper = make_paper(group, title=TITLE, doi=DOI)
    assert looked_up(paper).provider == "openalex"
    assert paper.filled["year"] == "openalex"


def test_the_second_is_asked_where_the_first_cannot_be_reached(group, providers):
    providers.faults["arxiv"] = "status 500"
    paper = make_paper(group, title=f"arXiv:{ARXIV}", arxiv=ARXIV)
    assert looked_up(paper).provider == "openalex"
    assert paper.title == TITLE


def test_a_number_of_quite_another_work_is_proposed_only(group):
    paper = make_paper(group, title="A History of Bread and Butter", doi=DOI)
    assert looked_up(paper).state == "proposed"
    assert paper.year is None


def test_becoming_another_paper_of_the_group_is_proposed_only(group):
    other = make_paper(group, title="The same", doi=DOI)
    paper = make_paper(group, title=TITLE, openalex="W2718281828")
    lookup = looked_up(paper)
    assert lookup.state == "proposed"
    assert lookup.proposal["same_as"] == other.pk
    assert (paper.doi, paper.year) == ("", None)


def test_a_number_that_is_a_paper_of_the_list_is_called_by_its_title_and_offered(group):
    other = make_paper(group, title="The same", doi=DOI)
    paper = make_paper(group, title="OpenAlex W2718281828", openalex="W2718281828")
    lookup = looked_up(paper)
    paper.refresh_from_db()
    assert (lookup.state, lookup.twin) == ("proposed", other.pk)
    assert paper.title == TITLE
    assert paper.doi == ""
    assert [(pair.one, pair.other, pair.reason) for pair in pairs_in(group)] == [
        (other, paper, "A search for details found that they are the same")
    ]
    assert [pair.other for pair in similar_to(paper)] == [other]
    NotDuplicate.objects.say(other, paper, by=make_user())
    assert pairs_in(group) == []


def test_an_edit_that_comes_between_wins(group, monkeypatch):
    """The first try finds the paper changed; the second looks at what is missing now."""
    paper = make_paper(group, title=TITLE, doi=DOI)
    fill = Lookup._fill_once
    tries = []

    def fill_after_somebody(self, found):
        tries.append(found)
        if len(tries) == 1:
            raise Stale
        Paper.objects.get(pk=paper.pk).revise(1, year=1999)
        fill(self, found)

    monkeypatch.setattr(Lookup, "_fill_once", fill_after_somebody)
    assert looked_up(paper).state == "found"
    assert len(tries) == 2
    assert (paper.year, paper.volume) == (1999, "7")
    assert "year" not in paper.filled


def test_a_paper_that_changed_is_not_written_over(group):
    paper = make_paper(group, title=TITLE, doi=DOI)
    opened = Paper.objects.get(pk=paper.pk)
    paper.revise(1, year=1999)
    with pytest.raises(Stale):
        opened.fill("crossref", year=2021)
    assert Paper.objects.get(pk=paper.pk).year == 1999


# Proposed


def test_what_a_title_leads_to_waits_for_somebody(group):
    paper = make_paper(group, title=TITLE, authors="Okonkwo et al.")
    lookup = looked_up(paper)
    assert (lookup.state, lookup.provider) == ("proposed", "crossref")
    assert lookup.proposal["confidence"] >= 90
    assert (paper.doi, paper.year) == ("", None)


def test_nothing_unlikely_is_proposed(group, providers):
    paper = make_paper(group, title="A History of Bread and Butter")
    assert looked_up(paper).state == "nothing"
    assert {who for who, _ in providers.asked} == {"crossref", "openalex", "arxiv"}


def test_what_is_accepted_is_written_and_the_rest_stays(group):
    paper = make_paper(group, title=TITLE, venue="JIR")
    lookup = looked_up(paper)
    assert lookup.accept(["doi", "year", "group", "nonsense"])
    paper.refresh_from_db()
    assert (paper.doi, paper.year, paper.venue, paper.volume) == (DOI, 2021, "JIR", "")
    assert paper.filled == {"doi": "crossref", "year": "crossref"}
    assert paper.identity == f"doi:{DOI}"
    assert not lookup.accept(["volume"])
    assert not lookup.decline()


# Tried again


@pytest.mark.parametrize("fault", ["busy", "busy 5", "status 500", "half"])
def test_it_is_tried_again_until_somebody_answers(group, providers, fault):
    providers.faults |= {"crossref": fault, "openalex": fault}
    paper = make_paper(group, title=TITLE, doi=DOI)
    lookup = looked_up(paper)
    assert (lookup.state, lookup.tries) == ("waiting", 1)
    providers.faults.clear()
    assert come_back(paper).state == "found"
    assert paper.year == 2021


def test_anyone_who_asks_to_be_left_alone_is(group, providers):
    providers.faults |= {"crossref": "busy 7200", "openalex": "busy"}
    lookup = looked_up(make_paper(group, title=TITLE, doi=DOI))
    in_an_hour = timezone.now() + timedelta(hours=1)
    assert ProviderSlot.objects.get(provider="crossref").free_at > in_an_hour
    assert ProviderSlot.objects.get(provider="openalex").free_at < in_an_hour
    assert lookup.next_try_at


def test_it_is_given_up_after_some_tries(group, providers):
    providers.faults |= {"crossref": "status 500", "openalex": "status 500"}
    paper = make_paper(group, title=TITLE, doi=DOI)
    lookup = looked_up(paper)
    pauses = []
    while lookup.next_try_at:
        pauses.append(lookup.next_try_at - timezone.now())
        lookup = come_back(paper)
    assert (lookup.state, lookup.failure, lookup.tries) == ("failed", "busy", MOST_TRIES)
    assert pauses == sorted(pauses)
    assert looked_up(paper).state == "waiting"


def test_without_a_network_everything_stays_as_it_is(group, settings):
    settings.LOOKUP_HOSTS = dict.fromkeys(settings.LOOKUP_HOSTS, "http://127.0.0.1:9")
    paper = make_paper(group, title=TITLE, doi=DOI)
    lookup = looked_up(paper)
    assert (lookup.state, lookup.failure) == ("waiting", "network")
    assert paper.version == 1


@pytest.mark.parametrize("fault", ["html", "cut", "odd null", "long", "leads http://localhost/"])
def test_what_cannot_be_read_is_not_asked_for_again_at_once(group, providers, fault):
    providers.faults |= {"crossref": fault, "openalex": fault}
    paper = make_paper(group, title=TITLE, doi=DOI)
    lookup = looked_up(paper)
    assert (lookup.state, lookup.failure) == ("failed", "garbled")
    asked = len(providers.asked)
    assert looked_up(paper).state == "failed"
    assert len(providers.asked) == asked


def test_the_worker_comes_back_by_itself(group, providers, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    providers.faults |= {"crossref": "status 500", "openalex": "status 500"}
    ask_about([make_paper(group, title=TITLE, doi=DOI)], make_user())
    lookup = Lookup.objects.get()
    look_up.call(lookup.pk)
    lookup.refresh_from_db()
    at = DBTaskResult.objects.order_by("enqueued_at").values_list("run_after", flat=True)
    assert list(at)[1:] == [lookup.next_try_at]


# Kept, and not asked twice


def test_an_answer_is_kept_and_no_one_is_asked_again(group, providers):
    looked_up(make_paper(group, title=TITLE, doi=DOI))
    asked = len(providers.asked)
    paper = make_paper(make_group(), title=TITLE, doi=DOI)
    assert looked_up(paper).state == "found"
    assert paper.year == 2021
    assert len(providers.asked) == asked


def test_an_old_answer_is_asked_for_anew(group, providers):
    looked_up(make_paper(group, title=TITLE, doi=DOI))
    asked = len(providers.asked)
    ProviderResponse.objects.update(got_at=timezone.now() - timedelta(weeks=5))
    ProviderSlot.objects.update(free_at=timezone.now())
    looked_up(make_paper(make_group(), title=TITLE, doi=DOI))
    assert len(providers.asked) > asked


def test_what_is_too_old_is_put_away(group, settings):
    looked_up(make_paper(group, title=TITLE, doi=DOI))
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    call_command("tidy")
    assert ProviderResponse.objects.exists()
    ProviderResponse.objects.update(got_at=timezone.now() - timedelta(weeks=5))
    call_command("tidy")
    assert not ProviderResponse.objects.exists()


def test_what_is_being_looked_up_is_not_asked_about_twice(group, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    paper = make_paper(group, title=TITLE, doi=DOI)
    assert ask_about([paper], make_user()) == 1
    assert ask_about([paper], make_user()) == 0
    assert DBTaskResult.objects.count() == 1


def test_a_turn_that_is_far_off_is_waited_for_elsewhere(group, providers):
    first = make_paper(group, title=f"arXiv:{ARXIV}", arxiv=ARXIV)
    looked_up(first)
    second = make_paper(group, title="arXiv:2101.00002", arxiv="2101.00002")
    lookup = looked_up(second)
    assert (lookup.state, lookup.tries, lookup.failure) == ("waiting", 0, "")
    assert lookup.next_try_at
    assert lookup.next_try_at > timezone.now()
    assert len(providers.of("arxiv")) == 1
    assert come_back(second).state == "nothing"


def test_a_group_that_can_only_be_read_stays_as_it_is(group, providers):
    paper = make_paper(group, title=TITLE, doi=DOI)
    group.archive(by=group.memberships.get().user)
    assert looked_up(paper).state == "nothing"
    assert providers.asked == []
    assert paper.year is None


def test_a_site_that_asks_no_one_asks_no_one(group, providers, settings):
    settings.LOOKUP = False
    assert ask_about([make_paper(group, title=TITLE, doi=DOI)], make_user()) == 0
    assert providers.asked == []
    assert not Lookup.objects.exists()
