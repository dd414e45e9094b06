"""A person's own reading status on a paper."""

from urllib.parse import urlsplit

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from groups.access import Request, for_members
from groups.models import Membership
from groups.web.responses import page_before, problem
from papers.library.list_page import ListPage
from papers.library.paper_page import PaperPage
from papers.library.queries import PRESSED_TOPICS
from papers.models import Paper
from papers.models.reading_statuses import Status

NOT_ON_LIST = (
    "This paper is not on the list, or no longer. Your status was not changed: load the page again "
    "to see the list as it is now."
)
UNKNOWN = "There is no such status. Nothing was changed: choose one of those on the page."


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=Status.choices)


@for_members
def status_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """GET offers all statuses; POST sets one and answers with every piece that shows it.

    The list sends that it has rows of the paper, the paper's own page has none.
    """
    if request.method != "POST":
        context = changed_rows(ListPage(membership, request.GET), pk)
        return render(request, "papers/library/status_form.html", context)
    papers = Paper.objects.in_group(membership.group)
    form = StatusForm(request.POST)
    if not form.is_valid():
        get_object_or_404(papers, pk=pk)
        return problem(request, UNKNOWN)
    if not papers.set_status(pk, membership.user, form.cleaned_data["status"]):
        return problem(request, NOT_ON_LIST, status=404)
    if not request.htmx:
        return redirect(_page_that_shows(request, membership, pk))
    if "row" in request.POST:
        context = changed_rows(ListPage(membership, request.GET), pk)
    else:
        context = PaperPage(membership, pk, request.GET).status_context()
    response = render(request, "papers/library/_status_changed.html", context)
    response["HX-Reswap"] = "none"  # each piece replaces its own element
    return response


def _page_that_shows(request: Request, membership: Membership, pk: int) -> str:
    """Return the page where the button was; for the page of all statuses, the list."""
    paper_path = reverse("papers:paper_detail", args=[membership.group.slug, pk])
    before = page_before(request, otherwise=paper_path)
    if urlsplit(before).path != request.path:
        return before
    return f"{membership.group.get_absolute_url()}?{request.GET.urlencode()}"


def changed_rows(list_page: ListPage, pk: int) -> dict[str, object]:
    """Return what shows the status on the list: the paper's rows, its topics, and the counts."""
    rows = list_page.rows_of_paper(pk)
    if not rows:
        raise Http404("This paper was just removed.")
    places = {row.topic_id for row in rows}
    chosen = list_page.chosen if list_page.topic else places
    return {
        **list_page.counts_context(),
        "rows": [row for row in rows if row.topic_id in chosen],
        "row": rows[0],
        "menu_path": f"{list_page.group.get_absolute_url()}{rows[0].status_path}",
        "statuses": Status.choices,
        "touched": PRESSED_TOPICS.fetch(member=list_page.membership, keys=places),
        "chosen": chosen,
        "section": "list",
    }
