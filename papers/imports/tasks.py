"""Tasks that read and apply long lists in the worker, while the importer sees the progress."""

import logging

from django_tasks import task

from groups.models import Membership, User
from papers.imports import workflow
from papers.models import ListImport

logger = logging.getLogger(__name__)


@task()
def read_list(pk: int) -> None:
    if found := ListImport.objects.filter(pk=pk, read_as__isnull=True, refused="").first():
        found.read()


@task()
def write_list(pk: int, reader_pk: int) -> None:
    """Apply the list, if the reader is still an organizer. If it fails, nothing is written, and the
    page offers it again."""
    found = ListImport.objects.filter(pk=pk, applied_at=None).select_related("group").first()
    reader = User.objects.filter(pk=reader_pk).first()
    if found is None or reader is None:
        return
    organizers = Membership.objects.in_group(found.group).organizers()
    try:
        if organizers.of(reader).exists() and not found.group.is_frozen:
            workflow.apply(found, reader)
    except Exception:
        logger.exception("List %s was not written", pk)
    ListImport.objects.filter(pk=pk, applied_at=None).update(asked_at=None)
