"""Show and settle notifications, choose what to follow, and stop emails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_members
from groups.models import Group, Membership
from groups.web.responses import form_page, page_before, problem, saved
from groups.web.throttling import limited
from papers.models import Level, Notification, Paper, Thread, Topic
from papers.notifications import unsubscribing
from papers.notifications.choice import group_choices
from papers.notifications.following import choose_level
from papers.notifications.forms import LaterForm, LevelForm, NotificationSettingsForm, ShownForm
from papers.notifications.pages import NotificationPage


@require_safe
def notification_list(request: Request) -> HttpResponse:
    page = NotificationPage(request.user, is_later="later" in request.GET)
    return render(request, "papers/notifications/notification_list.html", page.context())


@limited("choose")
@require_POST
def notification_done(request: Request, pk: int) -> HttpResponse:
    notification = _found(request, pk)
    Notification.objects.filter(pk=notification.pk).note_done()
    return _answer(request)


@limited("choose")
@require_POST
def notification_later(request: Request, pk: int) -> HttpResponse:
    notification = _found(request, pk)
    form = LaterForm(request.user, request.POST)
    if not form.is_valid():
        return problem(request, f"{form.reason} Nothing was changed.")
    Notification.objects.filter(pk=notification.pk).note_later(form.moment)
    return _answer(request)


@limited("choose")
@require_POST
def notifications_done(request: Request) -> HttpResponse:
    """Note as done what the page showed, not what came since or did not fit."""
    form = ShownForm(request.POST)
    if not form.is_valid():
        raise Http404
    shown = (form.cleaned_data["oldest"], form.cleaned_data["newest"])
    Notification.objects.of(request.user).waiting().filter(pk__range=shown).note_done()
    return _answer(request)


@limited("choose")
def notification_settings(request: Request) -> HttpResponse:
    form = NotificationSettingsForm(request.user, request.POST or None)
    if form.is_valid() and saved(form, form.keep) is not None:
        messages.success(request, "Your choices were saved.")
        return redirect("papers:notification_settings")
    groups = group_choices(request.user)
    return form_page(request, form, "papers/notifications/settings_form.html", groups=groups)


@limited("choose")
@require_POST
@for_members
@even_frozen
def group_follow(request: Request, membership: Membership) -> HttpResponse:
    return _follow(request, membership.group)


@limited("choose")
@require_POST
@for_members
@even_frozen
def topic_follow(request: Request, membership: Membership, pk: int) -> HttpResponse:
    return _follow(request, get_object_or_404(Topic.objects.in_group(membership.group), pk=pk))


@limited("choose")
@require_POST
@for_members
@even_frozen
def paper_follow(request: Request, membership: Membership, pk: int) -> HttpResponse:
    return _follow(request, get_object_or_404(Paper.objects.in_group(membership.group), pk=pk))


@limited("choose")
@require_POST
@for_members
@even_frozen
def thread_follow(request: Request, membership: Membership, pk: int) -> HttpResponse:
    return _follow(request, get_object_or_404(Thread.objects.in_group(membership.group), pk=pk))


@limited("choose")
@csrf_exempt
@login_not_required
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what the link stops; POST stops it, for mail programs too, which have no cookie."""
    link = unsubscribing.read_token(token)
    if link is None:
        raise Http404(
            "This link does not work any more. You can change what you get when signed in."
        )
    if request.method == "POST":
        link.stop()
    context = {"link": link, "is_stopped": request.method == "POST"}
    return render(request, "papers/notifications/unsubscribe.html", context)


def _follow(request: Request, target: Group | Topic | Paper | Thread) -> HttpResponse:
    form = LevelForm(request.POST)
    if not form.is_valid():
        raise Http404
    level = Level(form.cleaned_data["level"])
    choose_level(request.user, level, target)
    messages.success(request, f"You are told: {level.label.lower()}.")
    return redirect(page_before(request, otherwise=target.get_absolute_url()))


def _found(request: Request, pk: int) -> Notification:
    return get_object_or_404(Notification.objects.of(request.user), pk=pk)


def _answer(request: Request) -> HttpResponse:
    """Answer with what still waits; without HTMX, by the page itself."""
    if not request.htmx:
        return redirect("papers:notification_list")
    page = NotificationPage(request.user, is_later="later" in request.POST)
    return render(request, "papers/notifications/_notifications.html", page.context())
