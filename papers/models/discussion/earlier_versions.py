"""The texts that comments had before they were edited."""

from django.db import models


class EarlierVersion(models.Model):
    """The words of a comment before an edit, for everyone in the group to read."""

    comment = models.ForeignKey("papers.Comment", models.CASCADE, related_name="earlier")
    # That of the comment as long as it had these words.
    version = models.PositiveIntegerField()
    source = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "version"], name="one_text_per_comment_and_version"
            ),
        ]

    def __str__(self) -> str:
        return self.source[:60]
