"""What everybody can read of a group that opened it: no marks, no buttons, nobody's progress."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from groups.models import Group
from papers.assignments.schedule import Schedule
from papers.discussion.forms import PlaceForm
from papers.discussion.pages import ThreadPage
from papers.library.list_page import GuestsShelf
from papers.library.paper_page import GuestsDesk
from papers.models import Paper, Thread


def list_read(request: HttpRequest, group: Group) -> HttpResponse:
    shelf = GuestsShelf(group, request.GET)
    context = {**shelf.context(), "sections": shelf.sections, "page": shelf.page}
    return render(request, "papers/list_read.html", context)


def schedule_read(request: HttpRequest, group: Group) -> HttpResponse:
    schedule = Schedule(group, asked=request.GET)
    return render(request, "papers/schedule_detail.html", schedule.context())


def paper_read(request: HttpRequest, group: Group, pk: int) -> HttpResponse:
    try:
        desk = GuestsDesk(group, pk, request.GET)
    except Http404:
        return where_it_went(group, pk)
    return render(request, "papers/paper_read.html", desk.context())


def where_it_went(group: Group, pk: int) -> HttpResponse:
    """Lead on from a paper that was merged into another one; for now, since it can be undone."""
    merged = get_object_or_404(Paper.objects.merged_in(group), pk=pk)
    return redirect(merged.merged_into or group)


def thread_read(request: HttpRequest, group: Group, pk: int) -> HttpResponse:
    if not group.shows_threads:
        raise Http404
    thread = get_object_or_404(Thread.objects.in_group(group).with_talk().with_paper(), pk=pk)
    page = ThreadPage(thread, group, None, **PlaceForm(request.GET).wanted)
    return render(request, "papers/thread_detail.html", page.context())
