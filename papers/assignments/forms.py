"""The form of an assignment: role, member and due date."""

from datetime import date
from typing import Any

from django import forms
from django.db import transaction

from groups.forms.choices import offer
from groups.forms.constraints import ConstraintForm
from groups.models import Membership, User
from papers.models import Assignment, Paper
from papers.notifications import telling

NOT_A_DATE = "This is not a date. Write it as 2026-12-31."


class MemberChoice(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, membership: Membership) -> str:
        return membership.user.name


class AssignmentForm(ConstraintForm[Assignment]):
    given = ("paper",)

    member = MemberChoice(
        Membership.objects.none(),
        required=False,
        empty_label="Nobody yet: an open slot that any member can take",
    )
    due_on = forms.DateField(
        label="Due date",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": NOT_A_DATE},
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Assignment
        fields = ["role", "member", "due_on"]

    def __init__(self, paper: Paper, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.paper = paper
        self.initial["version"] = self.instance.version
        offer(self, "member", Membership.objects.in_group(paper.group).with_people())

    @transaction.atomic
    def save_for(self, by: User) -> Assignment:
        """Save the form, and tell whose turn it is, or is no longer.

        Raises Stale if the assignment was taken or finished meanwhile.
        """
        if not self.instance.pk:
            self.instance.paper.hold()
            assignment = super().save()
            telling.assigned(assignment, by)
            return assignment
        before = Assignment.objects.select_related("member__user").get(pk=self.instance.pk)
        changes = {name: self.cleaned_data[name] for name in self._meta.fields or []}
        changed = self.instance.revise(self.cleaned_data["version"] or 0, **changes)
        telling.reassigned(changed, before, by)
        return changed

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and not 1900 <= due_on.year <= 2200:
            raise forms.ValidationError(NOT_A_DATE)
        return due_on


@transaction.atomic
def remove_assignment(assignment: Assignment, by: User) -> None:
    """Delete it and tell who had it."""
    telling.unassigned(assignment, by)
    assignment.delete()
