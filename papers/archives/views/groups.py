"""Export and delete a group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_members, for_organizers
from groups.forms.confirmation import ConfirmationForm
from groups.models import Membership
from groups.models.groups import DAYS_BEFORE_DELETION
from groups.web.responses import form_page
from groups.web.throttling import limited
from papers.archives import group_deletion
from papers.archives.large_archives import archive_of_group


@limited("export")
@require_safe
@for_members
@even_frozen
def group_export(request: Request, membership: Membership) -> HttpResponse:
    group = membership.group
    name = content_disposition_header(True, f"{group.slug}.zip")
    return HttpResponse(
        archive_of_group(request, membership),
        "application/zip",
        headers={"Content-Disposition": name or "", "Cache-Control": "no-store"},
    )


@limited("edit")
@for_organizers
@even_frozen
def group_delete(request: Request, membership: Membership) -> HttpResponse:
    """Ask for the name, unless the group is to be deleted already: then its pages say so."""
    group = membership.group
    form = ConfirmationForm(
        group.name,
        "Type the name of the group to confirm",
        "This is not the name of the group. Nothing was deleted.",
        request.POST or None,
    )
    if form.is_valid() and group_deletion.ask_deletion(group, membership.user):
        messages.success(request, "All members get an email with the contents of the group.")
    if group.deletion_asked_at:
        return redirect(group)
    days = DAYS_BEFORE_DELETION
    return form_page(
        request, form, "papers/archives/group_delete.html", days=days, section="members"
    )


@limited("edit")
@require_POST
@for_organizers
@even_frozen
def group_keep(request: Request, membership: Membership) -> HttpResponse:
    if group_deletion.withdraw_deletion(membership.group, membership.user):
        messages.success(request, "The group will not be deleted. All members get an email.")
    return redirect(membership.group)
