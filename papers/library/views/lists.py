"""The reading list itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_readers
from groups.models import Membership
from papers.library.list_page import ListPage
from papers.library.views.public import list_read
from papers.models.reading_statuses import Status


@require_safe
@for_readers(list_read)
@even_frozen
def list_detail(request: Request, membership: Membership) -> HttpResponse:
    list_page = ListPage(membership, request.GET)
    context = {
        **list_page.context(),
        "sections": list_page.sections,
        "page": list_page.page,
        "topic_query": list_page.topic_query,
        "my_assignments": list_page.my_assignments,
        "new_comments": list_page.new_comments,
        "statuses": Status.choices,
        "follow": list_page.follow,
    }
    return render(request, "papers/library/list_detail.html", context)
