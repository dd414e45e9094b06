"""`manage.py render_comments`: what older versions rendered; may be stopped and started again."""

from typing import Any

from django.core.management.base import BaseCommand

from papers.models import Comment

AT_ONCE = 100


class Command(BaseCommand):
    help = "Render comments again that were rendered by an older version."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        while comments := list(Comment.objects.of_older_renderers()[:AT_ONCE]):
            for comment in comments:
                comment.render_again()
            done += len(comments)
        self.stdout.write(f"Rendered {done} comments again.")
