"""Looking papers up elsewhere: asking, seeing what came of it, and accepting or declining it."""

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, for_members
from groups.models import Membership
from groups.web.pagination import Page, page_number
from groups.web.responses import page_before, problem
from groups.web.throttling import limited
from papers.lookups.forms import ProposalForm
from papers.lookups.tasks import ask_about
from papers.models import Lookup, Paper, Stale

PAPERS_ON_A_PAGE = 20
# So many are asked about with one press; the next press asks about the next.
MOST_AT_ONCE = 200
OFF = "This site asks nobody outside. Nothing was looked up, and everything else works."
NOT_ANSWERED = "Say whether to accept or to decline it. Nothing was changed."
GONE = "There is nothing to accept here any more: somebody answered it. Nothing was changed."
STALE = "Somebody changed the paper a moment ago. Nothing was changed: look at it again."
SAME = (
    "With this it would be the same paper as another one on the list. Nothing was changed: leave "
    "its number out, or have an organizer merge the two, see Duplicates."
)


@limited("lookup")
@for_members
def lookup_list(request: Request, membership: Membership) -> HttpResponse:
    """GET shows which papers lack something, POST asks about those that nobody asked about."""
    papers = Paper.objects.in_group(membership.group)
    if request.method == "POST":
        if not settings.LOOKUP:
            return problem(request, OFF, status=409)
        count = ask_about(papers.not_asked_about()[:MOST_AT_ONCE], membership.user)
        messages.success(request, f"Looking up: {count}. What is found is filled in by and by.")
        return redirect("papers:lookup_list", membership.group.slug)
    page: Page[Paper] = Page(page_number(request.GET), PAPERS_ON_A_PAGE)
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
    return _answer(request, membership, pk, f"“{paper}” is being looked up.")


@require_POST
@for_members
def lookup_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """Accept those details of a proposal that were ticked, or decline all."""
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
    """What shows how it stands; without HTMX the page on which the button was."""
    paper = _found(membership, pk)
    if request.htmx:
        return render(request, "papers/lookups/_lookup.html", _context(paper))
    messages.success(request, sentence)
    return redirect(page_before(request, otherwise=paper.get_absolute_url()))
