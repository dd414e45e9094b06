"""The form renderer of the site: `_form.html` and `_field.html` of the project."""

from typing import Any

from django.forms import BoundField, Textarea, TextInput
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template


class AutofocusBoundField(BoundField):
    """Takes the focus if it is the first that is wrong, and lets text run in its own direction."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if self.errors and self.name == self._first_wrong():
            attrs["autofocus"] = True
        elif self.form.is_bound:
            attrs["autofocus"] = False
        if type(widget) in (TextInput, Textarea):
            attrs.setdefault("dir", "auto")
        if _repeats(widget.attrs.get("placeholder"), self.label):
            attrs["placeholder"] = False
        return attrs

    def _first_wrong(self) -> str | None:
        return next((name for name in self.form.fields if name in self.form.errors), None)


def _repeats(placeholder: object, label: object) -> bool:
    """Return whether a placeholder only says again what the label says, as those of allauth do."""
    return bool(placeholder) and str(placeholder).casefold().startswith(str(label).casefold())


class FieldRenderer(DjangoTemplates):
    """Widgets are Django's own; forms and fields are templates of the project."""

    form_template_name = "_form.html"
    field_template_name = "_field.html"
    bound_field_class = AutofocusBoundField

    def get_template(self, template_name: str) -> Any:
        if template_name in (self.form_template_name, self.field_template_name):
            return get_template(template_name)
        return super().get_template(template_name)
