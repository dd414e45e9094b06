"""Papers that may be one: all pairs of a group, and two beside each other."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, for_members
from groups.models import Membership
from groups.web.pagination import PageOfItems, page_number
from groups.web.responses import problem
from papers.duplicates.merge_page import MergePage, pair_of
from papers.duplicates.redirects import redirect_to_merged
from papers.matching.duplicate_candidates import DuplicateCandidate, pairs_in
from papers.models import NotDuplicate, PaperMerge

PAIRS_ON_A_PAGE = 50
MERGED = "Someone just merged one of the two into another paper. Nothing was changed."


@require_safe
@for_members
def duplicate_list(request: Request, membership: Membership) -> HttpResponse:
    group = membership.group
    context = {
        "page": _page(pairs_in(group), request.GET),
        "merges": PaperMerge.objects.in_group(group).for_list(),
        "section": "list",
    }
    return render(request, "papers/duplicates/duplicate_list.html", context)


@require_safe
@for_members
def duplicate_detail(request: Request, membership: Membership, pk: int, other: int) -> HttpResponse:
    """Show a pair side by side; the paper that the address names first is the one that stays."""
    try:
        two = MergePage(membership, pk, other)
    except Http404:
        for paper in pair_of(membership.group, pk, other):
            if paper.is_set_aside:
                return redirect_to_merged(membership.group, paper.pk)
        raise
    return render(request, "papers/duplicates/duplicate_detail.html", two.context())


@require_POST
@for_members
def not_duplicate_create(
    request: Request, membership: Membership, pk: int, other: int
) -> HttpResponse:
    paper, second = pair_of(membership.group, pk, other)
    if paper.is_set_aside or second.is_set_aside:
        return problem(request, MERGED, status=409)
    NotDuplicate.objects.say(paper, second, by=membership.user)
    messages.success(request, f"“{paper}” and “{second}” are kept as two papers.")
    return redirect("papers:duplicate_list", membership.group.slug)


def _page(pairs: list[DuplicateCandidate], asked: QueryDict) -> PageOfItems[DuplicateCandidate]:
    page: PageOfItems[DuplicateCandidate] = PageOfItems(page_number(asked), PAIRS_ON_A_PAGE)
    return page.fill(pairs[page.wanted])
