"""Make a group of 5,000 papers with a person in it, and say its slug: ... make_big_group EMAIL."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from groups.models import Membership, User  # noqa: E402
from tests.big_groups import make_big_group  # noqa: E402

if __name__ == "__main__":
    User.objects.filter(email__contains="@group").delete()  # of a run before this one
    group = make_big_group(papers=5_000, members=6, comments=200).group
    Membership.objects.create(group=group, user=User.objects.get(email=sys.argv[1]))
    print(group.slug)
