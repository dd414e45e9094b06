"""Views as they must not be, at addresses of their own: a test that finds nothing finds these."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import include, path

from groups.models import Membership
from papers.models import Topic


def unguarded_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Shows a row of any group to anyone who is signed in."""
    return HttpResponse(get_object_or_404(Topic, pk=pk).name)


def telling_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Tells who may not look that there is something."""
    topic = get_object_or_404(Topic, pk=pk)
    if not Membership.objects.in_group(topic.group).of(request.user).exists():
        raise PermissionDenied
    return HttpResponse(topic.name)


def unguarded_update(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Writes to a row of any group, even for somebody who only looks."""
    Topic.objects.filter(pk=pk).update(name="Taken over")
    return redirect("home")


def gullible_update(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Writes whatever a form says."""
    topic = get_object_or_404(Topic.objects.filter(group__memberships__user=request.user), pk=pk)
    form_class = forms.modelform_factory(Topic, fields="__all__")
    sent = {"group": topic.group_id, "position": topic.position} | request.POST.dict()
    form = form_class(sent, instance=topic)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("home")
    return HttpResponse(str(form.errors))


urlpatterns = [
    path("naive/<slug:slug>/<int:pk>/", unguarded_detail, name="unguarded_detail"),
    path("naive/<slug:slug>/<int:pk>/telling/", telling_detail, name="telling_detail"),
    path("naive/<slug:slug>/<int:pk>/writing/", unguarded_update, name="unguarded_update"),
    path("naive/<slug:slug>/<int:pk>/gullible/", gullible_update, name="gullible_update"),
    path("", include("config.urls")),
]

# What would be right.
TABLE = """
unguarded_detail                  topic        -       302 404 200 200 200      401 405 405 405 405
telling_detail                    topic        -       302 404 200 200 200      401 405 405 405 405
unguarded_update                  topic        -       302 404 200 200 200      401 404 302 302 302
gullible_update                   topic        -       302 404 200 200 200      401 404 302 302 302
"""
