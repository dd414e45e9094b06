"""Write a list as planned, though a paper that it changes was removed since."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from django.db import transaction  # noqa: E402

from papers.imports import workflow  # noqa: E402
from papers.models import ListImport  # noqa: E402
from tests.factories import make_group, make_paper  # noqa: E402

if __name__ == "__main__":
    group = make_group()
    organizer, paper = group.memberships.get().user, make_paper(group)
    text = f"- [ ] {paper.title} [Somebody et al., A Venue 2020]\n"
    brought = ListImport.objects.create(group=group, imported_by=organizer, text=text)
    plan = workflow.plan(brought, organizer)
    paper.remove(organizer)
    with transaction.atomic():
        plan.applier.apply(removed_by=brought)
