"""Write a list, for tests.chaos.kill_imports: python -m tests.chaos.write_list PK."""

import sys

import django

django.setup()

from papers.imports import workflow  # noqa: E402
from papers.models import ListImport  # noqa: E402

handed_in = ListImport.objects.get(pk=sys.argv[1])
print("begins", flush=True)
workflow.apply(handed_in, handed_in.imported_by)
