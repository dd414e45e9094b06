"""A group's own pages: its settings, and putting it away."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from groups.access import Request, even_frozen, for_organizers
from groups.forms.groups import GroupForm
from groups.models import Membership
from groups.web.responses import confirm_page, form_page, saved


@for_organizers
def group_update(request: Request, membership: Membership) -> HttpResponse:
    form = GroupForm(request.POST or None, instance=copy(membership.group))
    if form.is_valid() and (group := saved(form, lambda: form.save_for(membership.user))):
        messages.success(request, "The settings were saved.")
        return redirect("groups:membership_list", group.slug)
    return form_page(request, form, "groups/group_update.html", section="members")


@for_organizers
@even_frozen
def group_archive(request: Request, membership: Membership) -> HttpResponse:
    group = membership.group
    if request.method == "POST":
        group.archive(by=membership.user)
        messages.success(request, f"{group.name} is archived.")
        return redirect(group)
    return confirm_page(
        request,
        heading=f"Archive {group.name}?",
        sentence="It can still be read, by the same people as now. Nothing in it can be changed, "
        "no one can join, and nothing in it is due any more.",
        action="Archive the group",
        back=reverse("groups:group_update", args=[group.slug]),
        facts=["You can open it again at any time."],
        section="members",
    )


@require_POST
@for_organizers
@even_frozen
def group_reopen(request: Request, membership: Membership) -> HttpResponse:
    membership.group.reopen(by=membership.user)
    messages.success(request, f"{membership.group.name} is open again.")
    return redirect(membership.group)
