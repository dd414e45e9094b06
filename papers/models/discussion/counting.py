"""Counts of comments that stop once a page would show no more."""

from typing import Any

from django.db import models
from django.db.models import Subquery

# Where only the number of what is new is shown, no more than these are counted.
MOST_COUNTED = 99


class CountOfSlice(Subquery):
    """Count the rows of a sliced query, for which the database looks at no more than these."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def counted_to_99(number: int) -> str:
    """Return a number that was counted up to `MOST_COUNTED` as people read it."""
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


def counted_up(comments: models.QuerySet[Any]) -> CountOfSlice:
    return CountOfSlice(comments.order_by().values("pk")[: MOST_COUNTED + 1])
