"""The page of one's profile."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from groups.access import Request
from groups.forms.people import PersonForm
from groups.web.responses import form_page, saved


def person_update(request: Request) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=copy(request.user))
    if form.is_valid() and saved(form, form.keep) is not None:
        messages.success(request, "Your profile was saved.")
        return redirect("groups:person_update")
    return form_page(request, form, "groups/person_form.html", person=request.user)
