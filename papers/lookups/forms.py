"""The answer to what a look-up proposes."""

from typing import Any

from django import forms

from papers.models import Lookup


class ProposalForm(forms.Form):
    decision = forms.ChoiceField(choices=[("accept", "Accept"), ("decline", "Decline")])

    def __init__(self, lookup: Lookup, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lookup = lookup
        offered = [(each.name, each.label) for each in lookup.differences]
        self.fields["details"] = forms.MultipleChoiceField(choices=offered, required=False)

    def save(self) -> bool:
        """Do it; False where someone else answered. Raises Stale and IntegrityError."""
        if self.cleaned_data["decision"] == "decline":
            return self.lookup.decline()
        return self.lookup.accept(self.cleaned_data["details"])

    @property
    def sentence(self) -> str:
        paper = self.lookup.paper
        if self.cleaned_data["decision"] == "decline":
            return f"“{paper}” was not changed."
        return f"What was found was added to “{paper}”."
