"""The public pages of an open group: no statuses, no buttons, no one's progress."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from groups.models import Group
from papers.duplicates.redirects import redirect_to_merged
from papers.library.list_page import PublicListPage
from papers.library.paper_page import PublicPaperPage


def list_read(request: HttpRequest, group: Group) -> HttpResponse:
    list_page = PublicListPage(group, request.GET)
    context = {
        **list_page.context(),
        "sections": list_page.sections,
        "page": list_page.page,
        "topic_query": list_page.topic_query,
    }
    return render(request, "papers/library/list_read.html", context)


def paper_read(request: HttpRequest, group: Group, pk: int) -> HttpResponse:
    try:
        paper_page = PublicPaperPage(group, pk, request.GET)
    except Http404:
        return redirect_to_merged(group, pk)
    return render(request, "papers/library/paper_read.html", paper_page.context())
