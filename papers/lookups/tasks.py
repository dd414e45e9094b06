"""Looking papers up waits on the network: a task of its own for each, written down with the press.

What a provider answers is kept, so a look-up that has to come back, because it is not its turn or
no provider answered, goes through its questions again and asks only what is not known yet.
"""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks import task

from groups.models import User
from groups.task_queue import OUTSIDE
from papers.formats.core.reading_list import Entry
from papers.matching.finder import Finder
from papers.models import Lookup, Paper, ProviderResponse, ProviderSlot
from papers.models.lookups import Failure
from papers.providers.asking import (
    LEAST_CONFIDENCE,
    LEAST_LIKENESS,
    PROVIDERS,
    ProviderMatch,
    ask,
    best,
    questions,
)
from papers.providers.client import Client, RequestRefused, Unreachable
from papers.providers.provider import Garbled, Introduction, Question

# If one provider is this sure of a title, the others are not asked.
SURE_ENOUGH = 95
# So long a worker waits for its turn; for longer it does something else first.
SHORT_WAIT = timedelta(seconds=1.5)
logger = logging.getLogger(__name__)


class NotYet(Exception):
    """It is another person's turn to ask, until the moment."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def ask_about(papers: Iterable[Paper], asked_by: User) -> int:
    """Have the papers looked up when the transaction ends; return how many that are.

    What is being looked up already is not asked twice. Where look-ups are off nothing is done.
    """
    if not settings.LOOKUP:
        return 0
    lookups = Lookup.objects.ask(papers, asked_by)
    for lookup in lookups:
        look_up.enqueue(lookup.pk)
    return len(lookups)


@task(queue_name=OUTSIDE)
def look_up(pk: int) -> None:
    """Ask about one paper. What cannot be asked now comes back by itself, until it is given up."""
    lookup = Lookup.objects.claim(pk)
    if lookup is None:
        return
    try:
        again = Round(lookup).go()
    except (OperationalError, InterfaceError):
        raise  # no fault of the answer: the task is put back
    except Exception as error:  # whatever it is, others are still to be looked up
        logger.warning("Search for details %s failed: %s", pk, type(error).__name__)
        again = lookup.note_failure(Failure.GARBLED)
    if again and look_up.get_backend().supports_defer:
        look_up.using(run_after=again).enqueue(pk)


def look_up_overdue() -> int:
    """Take up every look-up whose time has come; return how many there were."""
    overdue = list(Lookup.objects.overdue().values_list("pk", flat=True))
    for pk in overdue:
        look_up.call(pk)
    return len(overdue)


class Round:
    """One walk through all that is to be asked about a paper."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self.paper = lookup.paper
        self.client = Client(settings.LOOKUP_MAILTO, settings.LOOKUP_HOSTS)
        self.who = Introduction(settings.LOOKUP_MAILTO, settings.OPENALEX_KEY)
        self.found: list[ProviderMatch] = []
        self.unreachable: Unreachable | None = None
        self.is_garbled = False

    def go(self) -> datetime | None:
        """Ask and write what came of it. Where it is not done, return when to come back."""
        is_open = not self.paper.is_set_aside and not self.paper.group.is_frozen
        if not is_open or not settings.LOOKUP:
            self.lookup.note_nothing()
            return None
        asked = questions(self.paper)
        try:
            for question in asked:
                self.ask(question)
                if self.is_enough(question):
                    break
        except NotYet as other:
            return self.lookup.wait_until(other.until)
        if any(question.is_a_number for question in asked):
            return self.settle_numbers()
        return self.settle_title()

    # Asking

    def ask(self, question: Question) -> None:
        """Remember the likeliest that is answered, or why nothing is."""
        known = ProviderResponse.objects.to(question)
        try:
            if known is None:
                entries = self.ask_outside(question)
            else:
                entries, self.is_garbled = known.read, self.is_garbled or known.is_failure
        except Unreachable as error:
            self.unreachable = error
        except (RequestRefused, Garbled) as error:
            logger.warning("%s gave no answer: %s", question.provider, error)
            ProviderResponse.objects.keep(question, [], is_failure=True)
            self.is_garbled = True
        else:
            if found := best(self.paper, question, entries):
                self.found.append(found)

    def ask_outside(self, question: Question) -> list[Entry]:
        """Ask when it is our turn, and keep the answer."""
        provider = PROVIDERS[question.provider]
        self.await_turn(question)
        left_alone = 0.0
        try:
            entries = ask(self.client, question, self.who)
        except Unreachable as error:
            left_alone = error.seconds or 0
            raise
        finally:
            ProviderSlot.objects.release(provider, left_alone)
        ProviderResponse.objects.keep(question, entries)
        return entries

    def await_turn(self, question: Question) -> None:
        """Raises NotYet where that takes long: each of those before us needs a turn, too."""
        provider = PROVIDERS[question.provider]
        while free_at := ProviderSlot.objects.claim(provider):
            wait = free_at - timezone.now()
            if wait > SHORT_WAIT:
                before = Lookup.objects.ahead_of(self.lookup).count()
                raise NotYet(free_at + timedelta(seconds=before * provider.seconds_between))
            time.sleep(max(wait.total_seconds(), 0))

    def is_enough(self, question: Question) -> bool:
        if not self.found:
            return False
        if not question.is_a_number:
            return self.likeliest.confidence >= SURE_ENOUGH
        said = [found.entry for found in self.found]
        return all(
            getattr(self.paper, name) or any(getattr(entry, name) for entry in said)
            for name in ("authors", "year", "abstract")
        )

    @property
    def likeliest(self) -> ProviderMatch:
        return max(self.found, key=lambda found: found.confidence)

    # Writing what came of it

    def settle_numbers(self) -> datetime | None:
        """Accept what an identifier leads to, unless the titles have nothing in common."""
        if not self.found:
            return self.settle_nothing()
        for found in self.found:
            if found.confidence < LEAST_LIKENESS or not self.lookup.fill(found):
                self.propose(found)
                return None
        self.lookup.note_found(self.found[0].provider)
        return None

    def settle_title(self) -> datetime | None:
        if self.found and self.likeliest.confidence >= LEAST_CONFIDENCE:
            self.propose(self.likeliest)
            return None
        return self.settle_nothing()

    def propose(self, found: ProviderMatch) -> None:
        """Propose what was found, with the paper of the group that this one would become."""
        paper = self.lookup.completed(found)
        same_as = None
        if not paper.is_set_aside:
            same_as = Finder(paper.group, about=[paper]).find(paper, but=paper)
        self.lookup.propose(found, same_as)

    def settle_nothing(self) -> datetime | None:
        """Ask again later those who could not be reached."""
        if self.unreachable:
            return self.lookup.note_failure(self.unreachable.reason, self.unreachable.seconds)
        if self.is_garbled:
            self.lookup.give_up(Failure.GARBLED)
        else:
            self.lookup.note_nothing()
        return None
