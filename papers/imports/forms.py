"""A list as it is handed in: pasted or as a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from groups.models import Group, User
from groups.validators import as_one_line, validate_one_line
from papers.formats import registry
from papers.formats.core import text
from papers.formats.registry import recognition
from papers.formats.web import web_page
from papers.imports.tasks import read_list
from papers.models import ListImport

EXAMPLE = "## Topic\n- [ ] Title of a paper [Author et al., Venue 2024]\n"


class ListForm(forms.Form):
    list_text = forms.CharField(
        label="Paste your list",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "placeholder": EXAMPLE, "data-draft": "", "spellcheck": "false"}
        ),
        help_text=f"{registry.labels()}, or what you copied from a web page or a document.",
    )
    list_file = forms.FileField(
        label="Or choose a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": registry.accepted(), "data-max-bytes": text.LARGEST_FILE}
        ),
        help_text=registry.limits(),
    )

    topic = forms.CharField(
        label="Topic for papers without one",
        required=False,
        max_length=200,
        validators=[validate_one_line],
        help_text="For papers without a heading, as in BibTeX. If you leave it empty: “Papers”.",
    )

    needs_list = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["list_text"].widget.attrs["data-paste-url"] = reverse("papers:html_convert")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field = "list_file" if cleaned.get("list_file") else "list_text"
        cleaned["list"] = None
        try:
            cleaned["list"] = self._read(cleaned)
        except text.Refused as refused:
            self.add_error(field, str(refused))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> ListImport | None:
        """Return the list, if there is one; read already, unless that takes long."""
        source: str = (cleaned.get("list_text") or "").replace("\r\n", "\n")
        handed = ListImport(text=source, topic=cleaned.get("topic") or "")
        if file := cleaned.get("list_file"):
            text.refuse_large(file.size)
            decoded = text.decode(file.read())
            handed.text = decoded.text
            handed.encoding, handed.has_mark = decoded.encoding, decoded.has_mark
            handed.name = as_one_line(file.name, 200)
        listed = web_page.text_of(handed.text)
        if listed != handed.text:
            handed.text, handed.encoding, handed.has_mark = listed, "utf-8", False
        if not handed.text.strip() and not self.needs_list and not file:
            return None
        recognition.refuse_too_long_format(handed.text, handed.name)
        if not handed.is_long:
            handed.read()
            if handed.refused:
                raise text.Refused(handed.refused)
        return handed

    def hand_in(self, group: Group, user: User) -> ListImport:
        """Keep the list, and have it read if it was not yet."""
        handed: ListImport = self.cleaned_data["list"]
        handed.group, handed.imported_by = group, user
        if handed.is_read:
            handed.recall()
        handed.save()
        if handed.is_waiting:
            read_list.enqueue(handed.pk)
        return handed


class NewGroupForm(ListForm):
    """A group, and its list if there is one already."""

    name = forms.CharField(label="Name of the group", max_length=80)
    field_order = ["name", "list_text", "list_file", "topic"]
    needs_list = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        try:
            Group(name=name).clean_fields(exclude=["slug"])
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return name
