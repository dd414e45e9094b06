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

from papers.models import Comment, Paper, Thread  # noqa: E402
from papers.rendering.markdown import render  # noqa: E402

if __name__ == "__main__":
    paper = Paper.objects.filter(group__slug="efficient-deep-learning").order_by("pk")[0]
    author = paper.group.memberships.order_by("pk")[0].user
    for said in json.load(sys.stdin):
        thread = Thread.objects.create(paper=paper, author=author, title="An old thread")
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
        print(thread.get_absolute_url())
