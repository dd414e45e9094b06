"""Make threads of comments in the demonstration as earlier releases would have them.

Reads JSON: for each thread a list of (source, HTML); without HTML it is rendered. Prints the path
of each thread.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from papers.models import Comment, Paper  # noqa: E402
from papers.rendering.markdown import render  # noqa: E402

if __name__ == "__main__":
    paper = Paper.objects.filter(group__slug="efficient-deep-learning").order_by("pk")[0]
    author = paper.group.memberships.order_by("pk")[0].user
    for said in json.load(sys.stdin):
        thread = paper.threads.create(group=paper.group, author=author, title="An old thread")
        Comment.objects.bulk_create(
            (
                Comment(
                    thread=thread,
                    author=author,
                    source=source,
                    html=render(source) if html is None else html,
                    renderer=1,
                )
                for source, html in said
            ),
            batch_size=50,
        )
        paper.threads.keep_anew()
        print(thread.get_absolute_url())
