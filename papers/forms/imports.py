"""A list as it is handed in: pasted or as a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from groups.models import Group
from papers.formats import recognition, text

EXAMPLE = "## Topic\n- [ ] Title of a paper [Author et al., Venue 2024]\n"


class ListForm(forms.Form):
    list_text = forms.CharField(
        label="Paste your list",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "placeholder": EXAMPLE, "data-draft": "", "spellcheck": "false"}
        ),
        help_text="Markdown: topics as headings, papers as items, rows of tables or paragraphs.",
    )
    list_file = forms.FileField(
        label="Or choose a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".md,.markdown,.txt,text/*", "data-max-bytes": text.LARGEST_TEXT}
        ),
        help_text="A text file of at most 1 MB.",
    )

    needs_list = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field = "list_file" if cleaned.get("list_file") else "list_text"
        try:
            cleaned["list"] = self._read(cleaned)
        except text.Refused as refused:
            self.add_error(field, str(refused))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> str:
        """The list as text, if there is one and something in it can be read."""
        source: str = cleaned.get("list_text") or ""
        if file := cleaned.get("list_file"):
            text.refuse_large(file.size)
            source = text.decode(file.read()).text
        if not source.strip() and not self.needs_list and not file:
            return ""
        if not recognition.read(source).entries:
            raise text.Refused(
                "No papers were found in it, so nothing was written. "
                "A list has its papers as items, like “- [ ] Title [Author et al., Venue 2024]”."
            )
        return source


class NewGroupForm(ListForm):
    """A group, and its list if there is one already."""

    name = forms.CharField(label="Name of the group", max_length=80)
    field_order = ["name", "list_text", "list_file"]
    needs_list = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        group = Group(name=name, slug="new")
        try:
            group.clean_fields(exclude=["slug"])
            group.validate_constraints(exclude=["slug"])
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return name
