"""The site-wide policy that operators set."""

from typing import Self

from django.db import models


class PolicyQuerySet(models.QuerySet["Policy"]):
    def now(self) -> "Policy":
        """Return the policy; the defaults if none was ever saved."""
        return self.filter(pk=Policy.ONLY).first() or Policy()

    def decide(self, **decisions: str) -> Self:
        self.update_or_create(pk=Policy.ONLY, defaults=decisions)
        return self


class Policy(models.Model):
    """One row, see `manage.py sign_up`."""

    ONLY = 1

    class SignUp(models.TextChoices):
        OPEN = "open", "Anybody can sign up"
        INVITED = "invited", "Only who was invited to a group can sign up"
        CLOSED = "closed", "Nobody can sign up"

    sign_up = models.CharField(max_length=7, choices=SignUp, default=SignUp.OPEN)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_policy"),
            models.CheckConstraint(
                condition=models.Q(sign_up__in=["open", "invited", "closed"]),
                name="sign_up_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.get_sign_up_display()
