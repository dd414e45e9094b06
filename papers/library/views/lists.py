"""The reading list itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_readers
from groups.models import Membership
from papers.library.list_page import Shelf
from papers.library.views.public import list_read


@require_safe
@for_readers(list_read)
@even_frozen
def list_detail(request: Request, membership: Membership) -> HttpResponse:
    shelf = Shelf(membership, request.GET)
    context = {
        **shelf.context(),
        "sections": shelf.sections,
        "page": shelf.page,
        "my_assignments": shelf.my_assignments,
        "new_talk": shelf.new_talk,
    }
    return render(request, "papers/library/list_detail.html", context)
