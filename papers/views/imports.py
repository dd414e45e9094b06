"""A list is handed in, looked at and then written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from groups.access import Request, for_organizers
from groups.models import Membership
from groups.pages import form_page
from papers.forms.imports import ListForm
from papers.models import ListImport
from papers.preview import Preview


@for_organizers
def import_create(request: Request, membership: Membership) -> HttpResponse:
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        imported = membership.group.imports.create(
            text=form.cleaned_data["list"], imported_by=membership.user
        )
        return redirect("papers:import_detail", membership.group.slug, imported.pk)
    return form_page(request, form, "papers/import_form.html", section="list")


@for_organizers
def import_detail(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """GET shows what was read and what it would change, POST writes it."""
    imports = ListImport.objects.in_group(membership.group)
    imported = get_object_or_404(imports.select_related("group"), pk=pk)
    if request.method == "POST":
        if merge := imported.apply(membership.user):
            messages.success(request, f"{len(merge.new_papers)} papers were added to the list.")
        else:
            messages.info(request, "This list was imported before; nothing was added again.")
        return redirect(membership.group)
    preview = Preview(imported.merge(membership.user))
    context = {"list_import": imported, "preview": preview, "section": "list"}
    return render(request, "papers/import_detail.html", context)
