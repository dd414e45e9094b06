"""A group's own page of settings."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from groups.access import Request, for_organizers
from groups.forms.groups import GroupForm
from groups.models import Membership
from groups.pages import form_page, saved


@for_organizers
def group_update(request: Request, membership: Membership) -> HttpResponse:
    form = GroupForm(request.POST or None, instance=copy(membership.group))
    if form.is_valid() and (group := saved(form, lambda: form.save_for(membership.user))):
        messages.success(request, "The settings were saved.")
        return redirect("groups:membership_list", group.slug)
    return form_page(
        request,
        form,
        heading="Group settings",
        action="Save",
        back=reverse("groups:membership_list", args=[membership.group.slug]),
        section="members",
    )
