"""Pieces in Jinja2 within a page of Django's templates."""

from typing import Any

from django.template import Context, Library, engines
from django.utils.safestring import SafeString, mark_safe

register = Library()


@register.simple_tag(takes_context=True)
def jinja(context: Context, name: str, **values: Any) -> SafeString:
    """Render a piece, in which everything is escaped, from the values and the token of forms."""
    template = engines["jinja2"].get_template(name)
    values["csrf_token"] = str(context.get("csrf_token", ""))
    return mark_safe(template.render(values))  # noqa: S308
