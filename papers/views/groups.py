"""Starting a group, which is also handing it its list; taking it along, and deleting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_members, for_organizers
from groups.forms.confirmation import TypedForm
from groups.models import Group, Membership
from groups.models.groups import DAYS_BEFORE_DELETION
from groups.web.idempotency import prepared_by
from groups.web.responses import form_page, saved
from groups.web.throttling import limited
from papers import parting
from papers.forms.imports import NewGroupForm
from papers.large_exports import group_archive


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
    return form_page(request, form, "papers/group_form.html")


@limited("export")
@require_safe
@for_members
@even_frozen
def group_export(request: Request, membership: Membership) -> HttpResponse:
    group = membership.group
    name = content_disposition_header(True, f"{group.slug}.zip")
    return HttpResponse(
        group_archive(request, membership),
        "application/zip",
        headers={"Content-Disposition": name or "", "Cache-Control": "no-store"},
    )


@limited("edit")
@for_organizers
@even_frozen
def group_delete(request: Request, membership: Membership) -> HttpResponse:
    """Ask for the name, unless the group is about to go anyway: then its pages say so."""
    group = membership.group
    form = TypedForm(
        group.name,
        "Name of the group, to be sure",
        "This is not the name of the group. Nothing was changed.",
        request.POST or None,
    )
    if form.is_valid() and parting.ask_deletion(group, membership.user):
        messages.success(request, "Everybody in the group is told, and handed what is in it.")
    if group.deletion_asked_at:
        return redirect(group)
    days = DAYS_BEFORE_DELETION
    return form_page(request, form, "papers/group_delete.html", days=days, section="members")


@limited("edit")
@require_POST
@for_organizers
@even_frozen
def group_keep(request: Request, membership: Membership) -> HttpResponse:
    if parting.withdraw_deletion(membership.group, membership.user):
        messages.success(request, "The group stays. Everybody in it is told.")
    return redirect(membership.group)
