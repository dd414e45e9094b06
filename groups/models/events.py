"""Events: the group's history, a line for each thing that someone did. Lines are only added."""

from typing import Any, Never, Self

from django.db import models
from django.db.models.functions import Lower

from groups.models.groups import Group
from groups.models.invitations import Invitation
from groups.models.people import User


class EventQuerySet(models.QuerySet["Event"]):
    def in_group(self, group: Group) -> Self:
        return self.filter(group=group)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def about(self, user: User) -> Self:
        """Events in which the person is the actor, or whom the event is about."""
        return self.filter(models.Q(actor=user) | models.Q(person=user))

    def people(self) -> models.QuerySet[User]:
        """Whom these lines tell of, by name."""
        named = models.Q(pk__in=self.values("actor")) | models.Q(pk__in=self.values("person"))
        return User.objects.filter(named).order_by(Lower("name"), "pk")

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def with_people(self) -> Self:
        return self.select_related("actor", "person")

    def update(self, **changes: Any) -> Never:
        raise TypeError("History is only added to.")

    def delete(self) -> Never:
        raise TypeError("History is only added to.")


class Event(models.Model):
    """A line of a group's history; `groups.events.registry` has the kinds.

    The people can be forgotten, the line stays; it goes with its group only.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="actions")
    person = models.ForeignKey(User, models.SET_NULL, null=True, related_name="events")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="events")
    details = models.JSONField(default=dict, help_text="Names no people.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=Lower("kind"))
                & ~models.Q(kind="")
                & ~models.Q(kind__contains=" "),
                name="kind_of_event_is_one_word",
            ),
        ]
        indexes = [models.Index("group", models.F("id").desc(), name="history_of_a_group")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.group}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("History is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("History is only added to.")
