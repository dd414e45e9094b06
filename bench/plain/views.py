"""The views of the plain twin."""

from collections import defaultdict
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from bench.plain import queries
from groups.models import Group, JoinRequest, Membership
from papers.library.citations import citations_of, meta_tags
from papers.library.metadata import metadata_of
from papers.matching.duplicate_candidates import similar_to
from papers.models import Assignment, Comment, Paper, Placement, ReadingStatus, Thread, Visit
from papers.models.reading_statuses import Status
from papers.rendering.markdown import render as render_markdown

ROWS_ON_A_PAGE = 200


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    context["today"] = timezone.localdate()
    return render(request, f"plain/{name}.html", context, using="plain")


def membership_of(request: HttpRequest, slug: str) -> Membership:
    memberships = Membership.objects.select_related("group", "user")
    return get_object_or_404(memberships, group__slug=slug, user=request.user)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    groups = Group.objects.filter(memberships__user=user).order_by("name")
    reading = (
        ReadingStatus.objects.filter(
            user=user,
            status="reading",
            paper__set_aside_at=None,
            paper__group__memberships__user=user,
        )
        .select_related("paper__group")
        .order_by("-set_at")[:21]
    )
    placed = Paper.objects.filter(group__memberships__user=user).values("group")
    totals = dict(placed.annotate(n=queries.Count("pk")).values_list("group", "n"))
    read = placed.filter(statuses__user=user, statuses__status="read")
    reads = dict(read.annotate(n=queries.Count("pk")).values_list("group", "n"))
    assignments = queries.assignments_to_do(user).filter(
        member__user=user,
        paper__set_aside_at=None,
        paper__group__archived_at=None,
        paper__group__deletion_asked_at=None,
    )
    return page(
        request,
        "home",
        groups=[(g, totals.get(g.pk, 0), reads.get(g.pk, 0)) for g in groups],
        assignments=assignments.select_related("paper__group", "member"),
        reading=reading,
        join_requests=JoinRequest.objects.waiting_for(user).for_list(),
        news=queries.threads_with_news(user, paper__group__memberships__user=user)[:10],
    )


@login_required
def paper_list(request: HttpRequest, slug: str) -> HttpResponse:
    membership = membership_of(request, slug)
    placements = (
        Placement.objects.filter(topic__group=membership.group, paper__set_aside_at=None)
        .select_related("topic")
        .order_by("topic__position", "topic__pk", "position", "pk")
    )
    shown = Paginator(placements, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    papers = queries.papers_for(membership).in_bulk([place.paper_id for place in shown])
    for paper in papers.values():
        paper.now = Status(paper.my_status)
    rows = [(place, papers[place.paper_id]) for place in shown if place.paper_id in papers]
    mine = queries.assignments_to_do(membership.user).filter(
        member=membership, paper__group=membership.group
    )
    return page(
        request,
        "list",
        group=membership.group,
        membership=membership,
        topics=queries.topics_of(membership),
        counts=queries.counts_for(membership),
        statuses=Status.choices,
        sections=[
            (topic, [paper for _, paper in found])
            for topic, found in groupby(rows, key=lambda row: row[0].topic)
        ],
        shown=shown,
        mine=mine.select_related("paper"),
        news=queries.threads_with_news(membership.user, paper__group=membership.group)[:5],
    )


class StatusForm(forms.Form):
    status = forms.ChoiceField(choices=Status.choices)


@require_POST
@login_required
def status_set(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set it, and answer the row, the counts and the topics, which HTMX puts in their places."""
    membership = membership_of(request, slug)
    form = StatusForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    paper = get_object_or_404(Paper, pk=pk, group=membership.group)
    status = form.cleaned_data["status"]
    finished_at = timezone.now() if status == "read" else None
    ReadingStatus.objects.update_or_create(
        paper=paper,
        user=request.user,
        defaults={"status": status, "finished_at": finished_at, "set_at": timezone.now()},
    )
    shown = queries.papers_for(membership).get(pk=pk)
    shown.now = Status(shown.my_status)
    return page(
        request,
        "status",
        group=membership.group,
        paper=shown,
        counts=queries.counts_for(membership),
        statuses=Status.choices,
        topics=queries.topics_of(membership).filter(placements__paper=pk),
    )


@login_required
def paper_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = membership_of(request, slug)
    papers = queries.papers_for(membership).defer(None).select_related("lookup")
    paper = get_object_or_404(papers, pk=pk)
    threads = list(
        queries.threads_for(membership).filter(paper=paper).order_by("-last_pk", "-pk")[:11]
    )
    opened = [thread for thread in threads[:10] if thread.comment_total <= 30]
    said = defaultdict(list)
    comments = Comment.objects.filter(thread__in=opened).select_related("author", "parent__author")
    for comment in comments.order_by("pk"):
        said[comment.thread_id].append(comment)
    for thread in opened:
        thread.plain_url = url_of(membership.group, thread)
        thread.tree = in_order(said[thread.pk])
    note_visits(membership, opened)
    readers = queries.shown_statuses(membership.group).filter(paper=paper)
    return page(
        request,
        "paper",
        group=membership.group,
        membership=membership,
        paper=paper,
        placements=paper.placements.select_related("topic"),
        metadata=metadata_of(paper),
        meta_tags=meta_tags.citation_tags(paper),
        citations=citations_of(paper),
        similar=similar_to(paper),
        readers=readers.exclude(status="to_read").select_related("user")[:30],
        assignments=Assignment.objects.filter(paper=paper).select_related("member__user"),
        threads=threads,
        statuses=Status.choices,
    )


@login_required
def thread_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership = membership_of(request, slug)
    threads = queries.threads_for(membership).select_related("paper")
    thread = get_object_or_404(threads, pk=pk)
    comments = thread.comments.select_related("author", "parent__author").order_by("pk")
    thread.plain_url = url_of(membership.group, thread)
    thread.tree = in_order(comments)
    note_visits(membership, [thread])
    context = {"thread": thread, "paper": thread.paper, "form": CommentForm()}
    return page(request, "thread", group=membership.group, membership=membership, **context)


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["source", "parent"]


@require_POST
@login_required
def comment_post(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add a comment, and answer it alone with an empty form."""
    membership = membership_of(request, slug)
    thread = get_object_or_404(Thread, pk=pk, paper__group=membership.group)
    form = CommentForm(request.POST)
    form.fields["parent"].queryset = thread.comments.filter(deleted_at=None)
    if not form.is_valid():
        return HttpResponse(status=422)
    comment = form.save(commit=False)
    comment.thread, comment.author = thread, request.user
    comment.html = render_markdown(comment.source)
    comment.save()
    thread.plain_url = url_of(membership.group, thread)
    comment.depth = 1 if comment.parent_id else 0
    context = {"thread": thread, "comment": comment, "form": CommentForm()}
    return page(request, "posted", group=membership.group, membership=membership, **context)


def url_of(group: Group, thread: Thread) -> str:
    return reverse("plain:thread", args=[group.slug, thread.pk])


def in_order(comments: Any) -> list[Comment]:
    """Return each comment followed by its answers, with its depth."""
    answers = defaultdict(list)
    for comment in comments:
        answers[comment.parent_id].append(comment)
    found: list[Comment] = []

    def add(parent: int | None, depth: int) -> None:
        for comment in answers[parent]:
            comment.depth = depth
            found.append(comment)
            add(comment.pk, depth + 1)

    add(None, 0)
    return found


def note_visits(membership: Membership, threads: list[Thread]) -> None:
    for thread in threads:
        if thread.last_pk > thread.seen:
            Visit.objects.update_or_create(
                thread=thread,
                user=membership.user,
                defaults={"seen_comment_id": thread.last_pk},
            )


group_urls = [
    path("", paper_list, name="list"),
    path("papers/<int:pk>/", paper_detail, name="paper"),
    path("papers/<int:pk>/status/", status_set, name="status"),
    path("threads/<int:pk>/", thread_detail, name="thread"),
    path("threads/<int:pk>/comments/", comment_post, name="comment"),
]
urlpatterns = [path("", home, name="home"), path("groups/<slug:slug>/", include(group_urls))]
app_name = "plain"
