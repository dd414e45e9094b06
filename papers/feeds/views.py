"""Feeds for programs that read them, and the page that shows a member their addresses."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_members
from groups.models import Membership
from groups.web.idempotency import shows_secret
from groups.web.throttling import limited
from papers.feeds import addresses
from papers.feeds.atom import as_atom
from papers.feeds.entries import (
    FeedEntry,
    entries_of_group,
    entries_of_paper,
    entries_of_thread,
    tag_of_feed,
)
from papers.feeds.forms import FeedForm
from papers.models import Paper, Thread

ATOM = "application/atom+xml; charset=utf-8"


@require_safe
@login_not_required
def group_feed(request: HttpRequest, feed_token: str) -> HttpResponse:
    membership = _membership(feed_token)
    group = membership.group
    entries = entries_of_group(group)
    return _answer(request, membership, entries, "feed", group.name, group.get_absolute_url())


@require_safe
@login_not_required
def paper_feed(request: HttpRequest, feed_token: str, pk: int) -> HttpResponse:
    membership = _membership(feed_token)
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    title = f"{paper.title} ({membership.group.name})"
    entries = entries_of_paper(paper)
    path = paper.get_absolute_url()
    return _answer(request, membership, entries, f"papers/{pk}/feed", title, path)


@require_safe
@login_not_required
def thread_feed(request: HttpRequest, feed_token: str, pk: int) -> HttpResponse:
    membership = _membership(feed_token)
    thread = get_object_or_404(Thread.objects.in_group(membership.group), pk=pk)
    title = f"{thread.title} ({membership.group.name})"
    entries = entries_of_thread(thread)
    path = thread.get_absolute_url()
    return _answer(request, membership, entries, f"threads/{pk}/feed", title, path)


@require_safe
@for_members
@even_frozen
@shows_secret
def feed_detail(request: Request, membership: Membership) -> HttpResponse:
    """Show the addresses of a member's feeds: of the group, and of what the query string names."""
    about = FeedForm(membership.group, request.GET).about
    keys = {"thread" if isinstance(about, Thread) else "paper": about.pk} if about else {}
    context = {
        "address": settings.SITE_URL + addresses.feed_path(membership),
        "about": about,
        "address_about": settings.SITE_URL + addresses.feed_path(membership, **keys),
        "query": request.GET.urlencode() if about else "",
        "section": "list",
    }
    return render(request, "papers/feeds/feed_detail.html", context)


@limited("choose")
@require_POST
@for_members
@even_frozen
def feed_renew(request: Request, membership: Membership) -> HttpResponse:
    """Give the member's feeds of the group new addresses; the old ones end."""
    membership.renew_feeds()
    messages.success(request, "Your feeds have new addresses. The old ones do not work any more.")
    return redirect("papers:feed_detail", membership.group.slug)


def _membership(token: str) -> Membership:
    membership = addresses.membership_of(token)
    if membership is None:
        raise Http404
    return membership


def _answer(
    request: HttpRequest,
    membership: Membership,
    entries: list[FeedEntry],
    key: str,
    title: str,
    path: str,
) -> HttpResponse:
    """Return the feed, or that it is as it was.

    The latter by its contents alone: a comment that is deleted changes these, and no moment.
    """
    group = membership.group
    atom = as_atom(
        entries,
        tag=tag_of_feed(group, key),
        title=title,
        link=settings.SITE_URL + path,
        begun_at=group.created_at,
    )
    response = HttpResponse(atom, content_type=ATOM)
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response
