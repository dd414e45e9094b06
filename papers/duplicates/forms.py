"""The form that chooses which of two papers' details the merged paper keeps."""

from typing import Any

from django import forms

from papers.formats.core.reading_list.details import DETAILS, names_where
from papers.models import Paper
from papers.models.papers import detail_label

THIS, OTHER = "this", "other"
# Of these the longer one says more; of the rest the one that is there.
SAID_AT_LENGTH = names_where(lambda one: one.is_better_longer)


class MergeForm(forms.Form):
    """A choice for each detail in which the two differ; both versions that the person saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    other_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, paper: Paper, other: Paper, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = paper.version
        self.initial["other_version"] = other.version
        for name in differing(paper, other):
            self.initial[name] = fuller(name, paper, other)
            self.fields[name] = forms.ChoiceField(
                label=detail_label(name),
                required=False,
                choices=[(THIS, shown_value(paper, name)), (OTHER, shown_value(other, name))],
                widget=forms.RadioSelect,
            )

    @property
    def chosen(self) -> set[str]:
        """The details that are to be those of the other paper."""
        said = {name: self.cleaned_data.get(name) or self.initial[name] for name in self.details}
        return {name for name, whose in said.items() if whose == OTHER}

    @property
    def details(self) -> list[str]:
        return [name for name in self.fields if name in DETAILS]

    @property
    def versions(self) -> tuple[int, int] | None:
        one, other = self.cleaned_data.get("version"), self.cleaned_data.get("other_version")
        return (one, other) if one is not None and other is not None else None


def differing(paper: Paper, other: Paper) -> list[str]:
    return [name for name in DETAILS if getattr(paper, name) != getattr(other, name)]


def fuller(name: str, paper: Paper, other: Paper) -> str:
    """Whose detail says more; where both say as much, that of the paper that stays."""
    this, that = getattr(paper, name), getattr(other, name)
    if name in SAID_AT_LENGTH:
        return OTHER if len(that) > len(this) else THIS
    return OTHER if that and not this else THIS


def shown_value(paper: Paper, name: str) -> str:
    """Return a detail of a paper as text; empty if it has none."""
    value = getattr(paper, name)
    if name == "kind":
        return str(paper.get_kind_display())
    if name == "further":
        return "; ".join(f"{key}: {text}" for key, text in value)
    return str(value or "")
