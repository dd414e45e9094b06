"""The forms of the preview: choices and corrections before an import is applied."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

from groups.models import Overtaken
from groups.validators import validate_one_line
from papers.corrections import columns
from papers.corrections.corrected import answer_tag, with_answer, with_pair
from papers.corrections.encodings import ENCODINGS
from papers.imports.preview import Preview, Where
from papers.models import ListImport

_KEY = RegexValidator(r"^q?[0-9a-f]{16}(\.\d{1,5})?$")
_OTHER = RegexValidator(r"^(?:q?[0-9a-f]{16}(\.\d{1,5})?|paper-\d{1,18})$")


class WhereForm(forms.Form):
    """The part of the list that the query string asks for; the whole for nonsense."""

    show = forms.CharField(max_length=20, required=False)
    topic = forms.IntegerField(min_value=0, max_value=30_000, required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False)
    edit = forms.CharField(max_length=30, required=False)

    @property
    def where(self) -> Where:
        self.is_valid()
        said = self.cleaned_data
        return Where(
            said.get("show", ""), said.get("topic"), said.get("page") or 1, said.get("edit", "")
        )


class _OfReading(forms.Form):
    """`read` names the reading that the page showed; a page of another one is refused."""

    read = forms.CharField(max_length=40, required=False)

    def is_of(self, list_import: ListImport) -> bool:
        return self.cleaned_data["read"] in ("", list_import.reading_tag)

    @property
    def sentence(self) -> str:
        """The first that is wrong."""
        errors = [error for several in self.errors.values() for error in several]
        return (
            str(errors[0]) if errors else "The list was read again since then. Load the page again."
        )


class ChoiceForm(_OfReading):
    key = forms.CharField(
        max_length=80,
        validators=[RegexValidator(r"^(topic|paper|remove)-\d{1,18}$|^change-\d{1,18}-[a-z_]+$")],
    )
    taken = forms.ChoiceField(choices=[("yes", "Take"), ("no", "Skip")])


class CorrectionForm(_OfReading):
    """`answer` is what is said of the entry or line with the key; `said` tells what the page showed
    that was said of it before."""

    key = forms.CharField(max_length=40, validators=[_KEY])
    answer = forms.ChoiceField(
        choices=[(one, one) for one in ("take", "drop", "rename", "apart", "together")]
    )
    title = forms.CharField(
        max_length=500,
        required=False,
        validators=[validate_one_line],
        error_messages={"max_length": "A title may have at most 500 characters."},
    )
    other = forms.CharField(max_length=40, required=False, validators=[_OTHER])
    said = forms.CharField(max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        answer = cleaned.get("answer")
        if answer == "rename" and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "Write a title first. Nothing was changed.")
        if answer in ("apart", "together") and not cleaned.get("other"):
            self.add_error("other", "Name the two papers.")
        return cleaned

    def is_offered(self, preview: Preview) -> bool:
        said = self.cleaned_data
        if said["answer"] in ("apart", "together"):
            return preview.may_be_paired(said["key"], said["other"])
        return preview.may_be_corrected(said["key"])

    def correction(self, there: ListImport) -> dict[str, Any]:
        """All that is noted of the list as it is now, with this. Raises Overtaken where it was read
        in another way since the page was made, or someone else said something else of this."""
        if not self.is_of(there):
            raise Overtaken
        noted = self._noted(there.corrections)
        seen, key = self.cleaned_data["said"], self.cleaned_data["key"]
        if seen and seen != answer_tag(there.corrections, key) != answer_tag(noted, key):
            raise Overtaken
        return noted

    @property
    def _noted(self) -> Callable[[dict[str, Any]], dict[str, Any]]:
        said = self.cleaned_data
        if said["answer"] in ("apart", "together"):
            is_apart = said["answer"] == "apart"
            return partial(with_pair, one=said["key"], other=said["other"], is_apart=is_apart)
        is_taken = {"take": True, "drop": False}.get(said["answer"])
        title = said["title"] or None
        return partial(with_answer, key=said["key"], is_taken=is_taken, title=title)


class ReadAgainForm(_OfReading):
    """Another encoding; or of a table, by its key, what each column is."""

    encoding = forms.ChoiceField(choices=list(ENCODINGS.items()), required=False)
    table = forms.CharField(
        max_length=20, required=False, validators=[RegexValidator(r"^[0-9a-f]{12}$")]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        roles = [role if role in columns.ROLES else "" for role in self._roles()]
        cleaned["roles"] = roles
        if cleaned.get("table"):
            named = [role for role in roles if role]
            if "title" not in named:
                self.add_error(
                    "table", "Choose the column that has the titles. Nothing was changed."
                )
            elif len(named) != len(set(named)):
                self.add_error(
                    "table", "Two columns cannot have the same meaning. Nothing was changed."
                )
        elif not cleaned.get("encoding"):
            self.add_error(None, "Choose how to read it.")
        return cleaned

    def _roles(self) -> list[str]:
        return self.data.getlist("role")[:50] if isinstance(self.data, QueryDict) else []

    @property
    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"encoding": said["encoding"], "table": said["table"], "roles": said["roles"]}
