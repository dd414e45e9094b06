"""Assignments of a paper: create, change, take, give back and finish them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from groups.access import Request, for_members, for_organizers, require
from groups.models import Membership
from groups.web.edit_conflicts import stale_page
from groups.web.responses import confirm_page, form_page, page_before, problem, saved
from papers.assignments.forms import AssignmentForm, remove_assignment
from papers.library.rows import assignment_rows_of
from papers.models import Assignment, Paper, SlotTaken, Stale


@for_organizers
def assignment_create(request: Request, membership: Membership, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    form = AssignmentForm(paper, request.POST or None)
    if form.is_valid() and saved(form, lambda: form.save_for(membership.user)) is not None:
        return redirect(paper)
    return form_page(
        request,
        form,
        heading="Assign",
        sentence=paper.title,
        action="Assign",
        back=paper.get_absolute_url(),
        section="list",
    )


@for_organizers
def assignment_update(request: Request, membership: Membership, pk: int) -> HttpResponse:
    assignment = _found(membership, pk)
    form = AssignmentForm(assignment.paper, request.POST or None, instance=assignment)
    try:
        if form.is_valid() and saved(form, lambda: form.save_for(membership.user)) is not None:
            return redirect(assignment.paper)
    except Stale:
        return stale_page(request, form, assignment, assignment.paper.get_absolute_url())
    return form_page(
        request,
        form,
        heading="Change the assignment",
        sentence=assignment.paper.title,
        action="Save",
        back=assignment.paper.get_absolute_url(),
        delete_url=reverse("papers:assignment_delete", args=[membership.group.slug, pk]),
        delete_label="Remove",
        section="list",
    )


@for_organizers
def assignment_delete(request: Request, membership: Membership, pk: int) -> HttpResponse:
    assignment = _found(membership, pk)
    if request.method == "POST":
        remove_assignment(assignment, membership.user)
        messages.success(request, "The assignment was removed.")
        return redirect(assignment.paper)
    return confirm_page(
        request,
        heading="Remove this assignment?",
        sentence=f"{assignment}. Whoever had it is told.",
        action="Remove",
        back=assignment.paper.get_absolute_url(),
        section="list",
    )


@require_POST
@for_members
def assignment_take(request: Request, membership: Membership, pk: int) -> HttpResponse:
    assignment = _found(membership, pk)
    try:
        assignment.take(membership)
    except SlotTaken as taken:
        return problem(request, f"{taken} Nothing was changed.", status=409)
    return _answer(request, membership, assignment, _turn(assignment))


@require_POST
@for_members
def assignment_give_back(request: Request, membership: Membership, pk: int) -> HttpResponse:
    assignment = _found(membership, pk)
    _require_own(assignment, membership)
    try:
        assignment.give_back(membership)
    except SlotTaken as gone:
        return problem(request, f"{gone} Nothing was changed.", status=409)
    return _answer(
        request, membership, assignment, "It is an open slot again that others can take."
    )


@require_POST
@for_members
def assignment_finish(request: Request, membership: Membership, pk: int) -> HttpResponse:
    assignment = _found(membership, pk)
    _require_own(assignment, membership)
    try:
        assignment.finish(membership)
    except SlotTaken as gone:
        return problem(request, f"{gone} Nothing was changed.", status=409)
    return _answer(request, membership, assignment, "Marked as done.")


def _turn(assignment: Assignment) -> str:
    return f"It is your turn to {assignment.verb} “{assignment.paper}”."


def _found(membership: Membership, pk: int) -> Assignment:
    assignments = Assignment.objects.in_group(membership.group).select_related("paper__group")
    return get_object_or_404(assignments, pk=pk)


def _require_own(assignment: Assignment, membership: Membership) -> None:
    """Let an open slot pass: on a repeated request it was the visitor's a moment ago."""
    require(assignment.member_id in (membership.pk, None), "This assignment is someone else's.")


def _answer(
    request: Request, membership: Membership, assignment: Assignment, sentence: str
) -> HttpResponse:
    """Answer with all assignments of the paper; without HTMX, with the page of the button."""
    if request.htmx:
        rows = assignment_rows_of(assignment.paper, membership)
        context = {"paper": assignment.paper, "assignments": rows}
        return render(request, "papers/assignments/_assignments.html", context)
    messages.success(request, sentence)
    return redirect(page_before(request, otherwise=assignment.paper.get_absolute_url()))
