"""The page of one's profile."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from groups.access import Request
from groups.forms.people import PersonForm
from groups.web.responses import form_page, page_before, saved
from groups.web.throttling import limited


@limited("choose")
@require_POST
def email_retry(request: Request) -> HttpResponse:
    """Send mail to the person's address again, to which none could be delivered."""
    request.user.try_mail_again()
    messages.success(request, f"Emails are sent to {request.user.email} again.")
    return redirect(page_before(request, otherwise=reverse("home")))


def person_update(request: Request) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=copy(request.user))
    if form.is_valid() and saved(form, form.keep) is not None:
        messages.success(request, "Your profile was saved.")
        return redirect("groups:person_update")
    return form_page(request, form, "groups/person_form.html", person=request.user)
