"""Rows that two people may edit at once: an edit names the version it was made on."""

from typing import Any, Self

from django.db import models
from django.db.models import F

from groups.models import Overtaken


class Stale(Overtaken):
    """Someone else changed the row since the editor opened it; nothing was written."""


class VersionedModel(models.Model):
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def revise(self, version: int, **changes: Any) -> Self:
        """Write the changes if the row still has that version, all in one statement.

        Raises Stale where it has another one. Only the named columns are written.
        """
        rows = type(self)._base_manager.filter(pk=self.pk, version=version)
        if not rows.update(version=F("version") + 1, **changes):
            raise Stale
        for name, value in {**changes, "version": version + 1}.items():
            setattr(self, name, value)
        return self
