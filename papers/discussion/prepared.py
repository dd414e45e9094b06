"""The HTML of what someone wrote, made before the transaction in which it is written opens."""

from typing import Any

from django.http import HttpRequest

from papers.discussion.forms import Previewed, PreviewForm
from papers.rendering.process import render_for


def render_source(request: HttpRequest, *args: Any, **kwargs: Any) -> None:
    """Render the `source` that was sent, if it is text that may be stored, for `html_of`.

    For `prepared_by`: on SQLite no one else can write while a transaction is open.
    """
    form = PreviewForm(request.POST)
    if form.is_valid():
        source = form.cleaned_data["source"]
        request.prepared_source = (source, render_for(request, source))  # type: ignore[attr-defined]


def html_of(request: HttpRequest, source: str) -> str:
    prepared: tuple[str, str] = getattr(request, "prepared_source", ("", ""))
    return prepared[1] if prepared[0] == source else render_for(request, source)


def add_preview(request: HttpRequest, form: Previewed) -> None:
    """Render the text of a form that was sent by its button for a preview, if it may be stored."""
    if form.wants_preview and form.is_valid():
        form.preview = html_of(request, form.cleaned_data["source"])
