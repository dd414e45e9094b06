"""Topics: the headings of the list."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from groups.access import Request, for_members, for_organizers
from groups.models import Membership
from groups.web.responses import form_page, saved
from groups.web.throttling import limited
from papers.library.forms.topics import TopicForm, TopicRemovalForm
from papers.models import Topic


@limited("edit")
@for_members
def topic_create(request: Request, membership: Membership) -> HttpResponse:
    form = TopicForm(membership.group, request.POST or None)
    if form.is_valid() and (topic := saved(form, form.save)):
        messages.success(request, f"“{topic}” was added to the list.")
        return redirect(topic)
    return form_page(
        request,
        form,
        heading="Add a topic",
        action="Add topic",
        back=membership.group.get_absolute_url(),
        section="list",
    )


@limited("edit")
@for_members
def topic_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Show the topic's own page: its name, its position, and the order of its papers."""
    topic = get_object_or_404(Topic.objects.in_group(membership.group), pk=pk)
    form = TopicForm(membership.group, request.POST or None, instance=copy(topic))
    if form.is_valid() and saved(form, form.save) is not None:
        messages.success(request, f"“{form.instance}” was saved.")
        return redirect(topic)
    placements = topic.placements.in_order().select_related("paper")
    return form_page(
        request,
        form,
        "papers/library/topic_form.html",
        topic=topic,
        placements=placements,
        section="list",
    )


@limited("edit")
@for_organizers
def topic_delete(request: Request, membership: Membership, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.in_group(membership.group), pk=pk)
    form = TopicRemovalForm(topic, request.POST or None)
    if form.is_valid():
        topic.remove(form.cleaned_data["move_to"], by=membership.user)
        messages.success(request, f"“{topic}” was removed from the list.")
        return redirect(membership.group)
    return form_page(
        request,
        form,
        "confirm_page.html",
        heading=f"Remove the topic “{topic}”?",
        sentence="Its subtopics are removed, too.",
        action="Remove",
        back=reverse("papers:topic_update", args=[membership.group.slug, topic.pk]),
        section="list",
    )
