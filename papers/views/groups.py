"""Starting a group, which is also handing it its list."""

from django.http import HttpResponse
from django.shortcuts import redirect

from groups.access import Request
from groups.models import Group
from groups.pages import form_page, saved
from papers.forms.imports import NewGroupForm


def group_create(request: Request) -> HttpResponse:
    form = NewGroupForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (
        group := saved(form, lambda: Group.objects.start(form.cleaned_data["name"], request.user))
    ):
        if not form.cleaned_data["list"]:
            return redirect(group)
        imported = group.imports.create(text=form.cleaned_data["list"], imported_by=request.user)
        return redirect("papers:import_detail", group.slug, imported.pk)
    return form_page(request, form, "papers/group_form.html")
