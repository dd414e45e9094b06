"""Clean-up of papers' data, which `manage.py tidy` does once a day."""

from django.utils import timezone

from papers.models import DiscussionDraft, ListImport, PaperMerge, ProviderResponse


def clean_up() -> None:
    """Keep nothing that is only there to be taken back, once it cannot be any more, no drafts that
    were left, and no answers of providers that are too old to be believed."""
    PaperMerge.objects.past_undoing().forget()
    ListImport.objects.clean_up(timezone.now())
    DiscussionDraft.objects.outdated().delete()
    ProviderResponse.objects.outdated().delete()
