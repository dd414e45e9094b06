"""Tallies: how often something was tried, and how long the next try has to wait."""

import math
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

# How many tries pass, about, between two looks at what can be forgotten.
BETWEEN_CLEANINGS = 100


class BackoffLimit(NamedTuple):
    """`free` tries at once; then each one waits, twice as long as the one before.

    The first wait is of `first` seconds and none is longer than `most`. Every `leak` seconds one
    try is forgotten.
    """

    free: int
    first: float
    most: float
    leak: float

    def wait_at(self, level: float) -> float:
        """Return the delay of the next try once the tally has reached this level."""
        if not self.is_filled(level):
            return 0
        doublings = min(math.ceil(level) - self.free, 60)
        return float(min(self.first * 2.0**doublings, self.most))

    def is_filled(self, level: float) -> bool:
        """Return whether no free try is left. A try that is forgotten in part counts."""
        return math.ceil(level) >= self.free


class Count(NamedTuple):
    """A tally that a try counts in.

    With `beside`, the name of another one, it counts only while that one has free tries left, or
    once this one has none: so one place alone does not fill the tally of an account.
    """

    name: str
    limit: BackoffLimit
    beside: str = ""

    @property
    def key(self) -> str:
        return tally_key(self.name)


def tally_key(name: str) -> str:
    """An HMAC, since the name may have an address in it, which is kept nowhere."""
    return salted_hmac("groups.tallies", name, algorithm="sha256").hexdigest()


class TallyQuerySet(models.QuerySet["Tally"]):
    def add(self, counts: Sequence[Count]) -> float:
        """Count a try everywhere, or nowhere and return the seconds that it has to wait.

        A try that waits costs one query and writes nothing. Otherwise the rows are locked, in one
        order always, so that of many tries at the same moment exactly as many pass as may.
        """
        now, by_key = time.time(), {count.key: count for count in counts}
        if wait := _longest_wait(self.in_bulk(list(by_key)), now):
            return wait
        with transaction.atomic():
            self.bulk_create([Tally(key=key) for key in sorted(by_key)], ignore_conflicts=True)
            locked = self.filter(pk__in=by_key).order_by("pk").select_for_update()
            rows = {row.key: row for row in locked}
            if wait := _longest_wait(rows, now):
                return wait
            levels = {key: row.level_at(now, by_key[key].limit) for key, row in rows.items()}
            limits = {count.name: count.limit for count in counts}
            added = []
            for key, row in rows.items():
                _, limit, beside = by_key[key]
                counts_here = not beside or (
                    not limits[beside].is_filled(levels[tally_key(beside)])
                    or limit.is_filled(levels[key])
                )
                if counts_here:
                    row.reach(levels[key] + 1, now, limit)
                    added.append(row)
            self.bulk_update(added, ["level", "counted_at", "free_at", "forget_at"])
        if not secrets.randbelow(BETWEEN_CLEANINGS):
            self.forgotten().delete()
        return 0

    def wait(self, counts: Sequence[Count]) -> float:
        """For how many seconds a try would have to wait now."""
        return _longest_wait(self.in_bulk([count.key for count in counts]), time.time())

    def take_back(self, counts: Sequence[Count]) -> None:
        """Let one try not count that turned out to be no guess."""
        rows = self.filter(pk__in=[count.key for count in counts])
        rows.update(level=Greatest(F("level") - 1, 0.0), free_at=0)

    def clear(self, counts: Sequence[Count]) -> None:
        """Begin to count anew."""
        self.filter(pk__in=[count.key for count in counts]).delete()

    def forgotten(self) -> Self:
        """Those that are as if nothing had been tried."""
        return self.filter(forget_at__lt=time.time())


def _longest_wait(rows: Mapping[str, "Tally"], now: float) -> float:
    return max((row.free_at - now for row in rows.values() if row.free_at > now), default=0)


class Tally(models.Model):
    """Moments are in seconds since 1970."""

    key = models.CharField(max_length=64, primary_key=True)
    level = models.FloatField(default=0)
    counted_at = models.FloatField(default=0)
    free_at = models.FloatField(default=0)
    forget_at = models.FloatField(default=0, db_index=True)

    objects = TallyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Tally {self.key[:8]}"

    def level_at(self, now: float, limit: BackoffLimit) -> float:
        """Return the tries that are not forgotten yet."""
        return float(max(0.0, self.level - max(0.0, now - self.counted_at) / limit.leak))

    def reach(self, level: float, now: float, limit: BackoffLimit) -> None:
        self.level, self.counted_at = level, now
        self.free_at = now + limit.wait_at(level)
        self.forget_at = max(self.free_at, now + level * limit.leak)
