"""Imports: a list that somebody handed in, seen before it is written, and written once."""

from functools import cached_property
from typing import Self

from django.db import models, transaction
from django.utils import timezone

from groups.models import Group, User
from papers.formats import recognition
from papers.formats.reading_list import ReadingList
from papers.merging import Merge


class ListImportQuerySet(models.QuerySet["ListImport"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)


class ListImport(models.Model):
    """The text is kept as it came; what was read in it, and what that changes, follows from it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="imports")
    imported_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="imports")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    objects = ListImportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"List for {self.group}"

    @cached_property
    def reading(self) -> ReadingList:
        return recognition.read(self.text)

    def reading_for(self, reader: User | None) -> ReadingList:
        """What was read; the ticks are marks of whoever handed it in, which others do not see."""
        if reader and reader.pk == self.imported_by_id:
            return self.reading
        return self.reading.without_ticks()

    def merge(self, reader: User | None) -> Merge:
        """What the list would change in the group as it is now, if the reader wrote it."""
        return Merge(self.group, self.reading_for(reader))

    @transaction.atomic
    def apply(self, reader: User) -> Merge | None:
        """Write what is new, and the ticks of whoever handed it in; the first time only."""
        self.group.lock()
        now = timezone.now()
        if not ListImport.objects.filter(pk=self.pk, applied_at=None).update(applied_at=now):
            return None
        merge = self.merge(reader)
        topics, papers = len(merge.new_topics), len(merge.new_papers)
        merge.write(reader)
        self.group.tell("imported", reader, topics=topics, papers=papers)
        return merge
