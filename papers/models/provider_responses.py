"""Keep the responses of providers, and whose turn it is to ask one of them again."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from papers.formats.core.reading_list import Entry
from papers.formats.core.reading_list.details import DETAILS
from papers.providers.asking import PROVIDERS
from papers.providers.client import SECONDS_IN_ALL
from papers.providers.provider import Provider, Question

RESPONSES_KEPT = timedelta(weeks=4)
FAILURES_KEPT = timedelta(hours=1)
LABELS = [(provider.name, provider.label) for provider in PROVIDERS.values()]


class ProviderResponseQuerySet(models.QuerySet["ProviderResponse"]):
    def to(self, question: Question) -> "ProviderResponse | None":
        """Responses that are still fresh."""
        return self.kept().filter(provider=question.provider, question=question.key).first()

    def kept(self) -> Self:
        now = timezone.now()
        return self.filter(
            Q(is_failure=False, got_at__gt=now - RESPONSES_KEPT)
            | Q(is_failure=True, got_at__gt=now - FAILURES_KEPT)
        )

    def outdated(self) -> Self:
        return self.filter(got_at__lte=timezone.now() - RESPONSES_KEPT)

    def keep(
        self, question: Question, entries: Iterable[Entry], *, is_failure: bool = False
    ) -> None:
        said = {
            "entries": [_as_json(entry) for entry in entries],
            "is_failure": is_failure,
            "got_at": timezone.now(),
        }
        self.update_or_create(said, provider=question.provider, question=question.key)


class ProviderResponse(models.Model):
    """A provider's response, cached so that the same is not asked again. The question is a hash."""

    provider = models.CharField(max_length=20, choices=LABELS)
    question = models.CharField(max_length=64)
    entries = models.JSONField(default=list)
    is_failure = models.BooleanField(default=False)
    got_at = models.DateTimeField(db_index=True)

    objects = ProviderResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "question"], name="one_answer_per_provider_and_question"
            ),
        ]

    def __str__(self) -> str:
        return f"Response of {self.get_provider_display()}"

    @property
    def read(self) -> list[Entry]:
        return [
            Entry(**{**said, "further": tuple(map(tuple, said.get("further", [])))})
            for said in self.entries
        ]


class ProviderSlotQuerySet(models.QuerySet["ProviderSlot"]):
    def claim(self, provider: Provider) -> datetime | None:
        """Take the provider's turn; or say from when on it is free.

        One statement decides, so that of all workers one gets it; and it has it until it hands it
        on, so that there is never more than one connection. Who is killed over it loses it.
        """
        now = timezone.now()
        self.bulk_create([ProviderSlot(provider=provider.name, free_at=now)], ignore_conflicts=True)
        longest = timedelta(seconds=SECONDS_IN_ALL + provider.seconds_between)
        free = self.filter(provider=provider.name, free_at__lte=now)
        if free.update(free_at=now + longest):
            return None
        return self.filter(provider=provider.name).values_list("free_at", flat=True).get()

    def release(self, provider: Provider, seconds: float = 0) -> None:
        """Give the turn back when the request is over, for the next after the provider's pause.

        `seconds` is how long it asked to be left alone.
        """
        pause = timedelta(seconds=max(provider.seconds_between, seconds))
        self.filter(provider=provider.name).update(free_at=timezone.now() + pause)


class ProviderSlot(models.Model):
    """From when on a provider may be asked again, by whichever process comes first."""

    provider = models.CharField(max_length=20, primary_key=True, choices=LABELS)
    free_at = models.DateTimeField()

    objects = ProviderSlotQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Slot of {self.get_provider_display()}"


def _as_json(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in asdict(entry).items() if name in DETAILS and value}
