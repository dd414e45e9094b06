"""Start a group, with its list or without one."""

from django.http import HttpResponse
from django.shortcuts import redirect

from groups.access import Request
from groups.models import Group
from groups.web.idempotency import prepared_by
from groups.web.responses import form_page, saved
from groups.web.throttling import limited
from papers.imports.forms import NewGroupForm


def read_group_form(request: Request) -> None:
    """Read the list that was handed in before the transaction opens."""
    form = NewGroupForm(request.POST, request.FILES)
    form.full_clean()
    request.__dict__["list_form"] = form


@limited("group")
@prepared_by(read_group_form)
def group_create(request: Request) -> HttpResponse:
    form = getattr(request, "list_form", None) or NewGroupForm(
        request.POST or None, request.FILES or None
    )
    if form.is_valid() and (
        group := saved(form, lambda: Group.objects.start(form.cleaned_data["name"], request.user))
    ):
        if not form.cleaned_data["list"]:
            return redirect(group)
        return redirect(form.hand_in(group, request.user))
    return form_page(request, form, "papers/imports/group_form.html")
