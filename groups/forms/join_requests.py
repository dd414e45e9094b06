"""Asking to join, and answering."""

from django import forms

from groups.validators import validate_one_line


class JoinRequestForm(forms.Form):
    note = forms.CharField(
        label="A sentence to the organizers",
        required=False,
        max_length=500,
        validators=[validate_one_line],
        help_text="Who you are, and why you want to join.",
    )


class AnswerForm(forms.Form):
    ACCEPT, DECLINE = "accept", "decline"

    decision = forms.ChoiceField(choices=[(ACCEPT, "Accept"), (DECLINE, "Decline")])
    answer = forms.CharField(
        label="A sentence to them",
        required=False,
        max_length=500,
        validators=[validate_one_line],
        help_text="It is part of the message they get.",
    )

    @property
    def accepts(self) -> bool:
        return bool(self.cleaned_data["decision"] == self.ACCEPT)
