"""Catch up: read what is new over all groups, and say what of it was seen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request
from groups.web.responses import confirm_page, problem
from groups.web.throttling import limited
from papers.discussion.catching_up import CatchUpPage
from papers.discussion.forms import SeenForm, UptoForm
from papers.discussion.seen import note_all_seen, note_new, note_seen
from papers.models import Thread


@require_safe
def catch_up(request: Request) -> HttpResponse:
    """Show what is new. It stays new until its reader says otherwise.

    `one` names the threads that were marked a moment ago, which can be kept as new.
    """
    form = SeenForm(request.GET)
    marked = _marked(request, form.comments) if form.is_valid() else {}
    context = CatchUpPage(request.user).context() | {"marked": marked}
    return render(request, "papers/discussion/catch_up.html", context)


@limited("choose")
@require_POST
def catch_up_seen(request: Request) -> HttpResponse:
    """Mark some threads as seen, each up to one comment.

    A single thread of HTMX is answered by the line that takes its place.
    """
    form = SeenForm(request.POST)
    if not form.is_valid():
        return problem(request, f"{form.reason} Nothing was changed.")
    before = note_seen(request.user, _marked(request, form.comments))
    if request.htmx and form.cleaned_data["one"]:
        return render(request, "papers/discussion/_caught_up.html", {"marked": before})
    pairs = " ".join(f"{thread.pk}-{seen}" for thread, seen in before.items())
    return redirect(reverse("papers:catch_up", query={"one": pairs} if pairs else None))


@limited("choose")
@require_POST
def catch_up_keep(request: Request) -> HttpResponse:
    """Make new again what came after one comment in each thread."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return problem(request, f"{form.reason} Nothing was changed.")
    note_new(request.user, _marked(request, form.comments))
    return redirect("papers:catch_up")


@limited("choose")
def catch_up_all(request: Request) -> HttpResponse:
    """Mark as seen all that was there when the page was made."""
    form = UptoForm(request.GET)
    if not form.is_valid():
        return redirect("papers:catch_up")
    if request.method == "POST":
        note_all_seen(request.user, form.cleaned_data["upto"])
        messages.success(request, "Everything is marked as seen.")
        return redirect("papers:catch_up")
    return confirm_page(
        request,
        heading="Mark everything as seen?",
        sentence="In all your groups, also what the page did not show. What came since stays new.",
        action="Mark everything",
        back=reverse("papers:catch_up"),
        section="home",
    )


def _marked(request: Request, comments: dict[int, int]) -> dict[Thread, int]:
    """Return the threads that the person may read, each with its comment."""
    threads = Thread.objects.readable_by(request.user).among(comments).with_place()
    return {thread: comments[thread.pk] for thread in threads}
