"""Looking papers up elsewhere: asking, seeing what came of it, and accepting or declining it."""

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, for_members
from groups.models import Membership
from groups.web.pagination import PageOfItems, page_number
from groups.web.responses import page_before, problem
from groups.web.throttling import limited
from papers.lookups.forms import ProposalForm
from papers.lookups.tasks import ask_about
from papers.models import Lookup, Paper, Stale

PAPERS_ON_A_PAGE = 20
# One request searches for so many papers; the next request, for the next.
MOST_AT_ONCE = 200
OFF = "This site does not search elsewhere. Nothing was changed, and everything else works."
NOT_ANSWERED = "Choose whether to accept or to decline it. Nothing was changed."
GONE = "Someone else has already accepted or declined this. Nothing was changed."
STALE = (
    "Someone else just changed this paper, so nothing was changed. Reload the page and try again."
)
SAME = (
    "With this it would be the same as another paper on the list. Nothing was changed: leave its "
    "ID out, or ask an organizer to merge the two under Duplicates."
)


@limited("lookup")
@for_members
def lookup_list(request: Request, membership: Membership) -> HttpResponse:
    """GET lists papers with missing details; POST searches for those not searched for yet."""
    papers = Paper.objects.in_group(membership.group)
    if request.method == "POST":
        if not settings.LOOKUP:
            return problem(request, OFF, status=409)
        count = ask_about(papers.not_asked_about()[:MOST_AT_ONCE], membership.user)
        messages.success(
            request,
            f"Searching for details of {count} paper{pluralize(count)}. They appear when found.",
        )
        return redirect("papers:lookup_list", membership.group.slug)
    page: PageOfItems[Paper] = PageOfItems(page_number(request.GET), PAPERS_ON_A_PAGE)
    page.fill(papers.to_look_up()[page.wanted])
    context = {"page": page, "looks_up": settings.LOOKUP, "section": "list"}
    return render(request, "papers/lookups/lookup_list.html", context)


@require_safe
@for_members
def lookup_detail(request: Request, membership: Membership, pk: int) -> HttpResponse:
    return render(request, "papers/lookups/lookup_detail.html", _context(_found(membership, pk)))


@limited("lookup")
@require_POST
@for_members
def lookup_create(request: Request, membership: Membership, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    if not settings.LOOKUP:
        return problem(request, OFF, status=409)
    with transaction.atomic():
        ask_about([paper], membership.user)
    return _answer(request, membership, pk, f"Searching for details of “{paper}”.")


@require_POST
@for_members
def lookup_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Accept the ticked details of a proposal, or decline them all."""
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    lookup = Lookup.objects.in_group(membership.group).proposed_for(paper)
    if lookup is None:
        return problem(request, GONE, status=409)
    form = ProposalForm(lookup, request.POST)
    if not form.is_valid():
        return problem(request, NOT_ANSWERED)
    try:
        if not form.save():
            return problem(request, GONE, status=409)
    except Stale:
        return problem(request, STALE, status=409)
    except IntegrityError:
        return problem(request, SAME, status=409)
    return _answer(request, membership, pk, form.sentence)


def _found(membership: Membership, pk: int) -> Paper:
    return get_object_or_404(Paper.objects.in_group(membership.group).with_lookup(), pk=pk)


def _context(paper: Paper) -> dict[str, object]:
    return {"paper": paper, "looks_up": settings.LOOKUP, "section": "list"}


def _answer(request: Request, membership: Membership, pk: int, sentence: str) -> HttpResponse:
    """Answer with the state of the search; without HTMX, with the page of the button."""
    paper = _found(membership, pk)
    if request.htmx:
        return render(request, "papers/lookups/_lookup.html", _context(paper))
    messages.success(request, sentence)
    return redirect(page_before(request, otherwise=paper.get_absolute_url()))
