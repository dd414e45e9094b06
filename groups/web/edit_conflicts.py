"""The answer to an edit of something that someone else has changed in the meantime."""

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.models.versions import VersionedModel
from groups.web.form_recovery import recovery_page


def stale_page(
    request: HttpRequest, form: BaseForm, row: VersionedModel, back: str
) -> HttpResponse:
    """Show both texts, to choose from; sending again is then an edit of the newer version."""
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist:
        return _gone_page(request, "deleted")
    if getattr(row, "merged_into_id", None):
        return _gone_page(request, "merged into another paper")
    theirs = [
        (field.label, shown_field(row, field.name))
        for field in form.visible_fields()
        if hasattr(row, field.name) and field.name != "topics"
    ]
    sent = request.POST.copy()
    sent["version"] = str(row.version)
    form.data = sent
    context = {"form": form, "theirs": theirs, "back": back}
    return render(request, "edit_conflict.html", context, status=409)


def _gone_page(request: HttpRequest, how: str) -> HttpResponse:
    return recovery_page(
        request,
        status=409,
        heading=f"It was {how}",
        sentence=f"It was {how} a moment ago. What you wrote was not saved, and is below.",
    )


def shown_field(row: VersionedModel, name: str) -> object:
    """Return the value of a field as a reader sees it."""
    in_words = getattr(row, f"get_{name}_display", None)
    return in_words() if in_words else getattr(row, name)
