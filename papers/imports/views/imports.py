"""Hand in a list, check it, choose from it, import it, and undo the import."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, even_frozen, for_organizers
from groups.models import Membership, Overtaken
from groups.web.idempotency import prepared_by
from groups.web.responses import confirm_page, form_page, problem
from groups.web.throttling import limited
from papers.imports import workflow
from papers.imports.forms import ListForm
from papers.imports.preview import Preview
from papers.imports.preview_forms import ChoiceForm, CorrectionForm, ReadAgainForm, WhereForm
from papers.imports.tasks import read_list, write_list
from papers.models import ListImport
from papers.models.imports import ListImportQuerySet

UNDONE_BEFORE = "This import was undone already, or is too old to undo. Nothing was changed."
WRITTEN_BEFORE = "This list was imported already. Nothing was changed: import it again to choose."
NOT_IN_THAT = (
    "The list cannot be read that way, so nothing was changed. Choose another way, or go back."
)
CHANGED_BEFORE = (
    "Someone else changed the same line, imported the list or had it read again a moment ago. Your "
    "change was not saved. Load the page again to see the current list."
)
NO_SUCH_CHOICE = "The list changed a moment ago, and this is not offered any more. Load it again."


@require_safe
@for_organizers
@even_frozen
def import_list(request: Request, membership: Membership) -> HttpResponse:
    imports = _imports(membership).for_list().newest_first()[:100]
    context = {"imports": imports, "section": "list"}
    return render(request, "papers/imports/import_list.html", context)


def read_list_form(request: Request, **address: Any) -> None:
    """Read what was handed in before the transaction opens."""
    import_create.admit(request, **address)  # type: ignore[attr-defined]
    form = ListForm(request.POST, request.FILES)
    form.full_clean()
    request.__dict__["list_form"] = form


@limited("import")
@prepared_by(read_list_form)
@for_organizers
def import_create(request: Request, membership: Membership) -> HttpResponse:
    form = getattr(request, "list_form", None) or ListForm(
        request.POST or None, request.FILES or None, initial=_brought_before(request, membership)
    )
    if form.is_valid():
        return redirect(form.hand_in(membership.group, membership.user))
    return form_page(request, form, "papers/imports/import_form.html", section="list")


def plan_import(request: Request, pk: int, **address: Any) -> None:
    """Compare a short list with the group before the transaction opens."""
    membership = import_detail.admit(request, pk=pk, **address)  # type: ignore[attr-defined]
    if found := _imports(membership).to_plan(pk):
        request.__dict__["plan"] = workflow.plan(found, membership.user)


@limited("import")
@prepared_by(plan_import)
@for_organizers
def import_detail(request: Request, membership: Membership, pk: int) -> HttpResponse:
    """GET shows what was read and what it would change, POST writes it."""
    found = get_object_or_404(_imports(membership).select_related("group"), pk=pk)
    if request.method == "POST":
        return _write(request, membership, found)
    context: dict[str, object] = {"list_import": found, "section": "list"}
    if found.is_waiting or found.is_being_written or found.refused:
        return render(request, "papers/imports/import_progress.html", context)
    if found.applied_at:
        return render(request, "papers/imports/import_written.html", context)
    context["preview"] = Preview(found, membership.user, WhereForm(request.GET).where)
    return render(request, "papers/imports/import_detail.html", context)


UnwrittenView = Callable[[Request, Membership, ListImport], HttpResponse]


def of_unwritten(view: UnwrittenView) -> Callable[..., HttpResponse]:
    """Give the view the import of that number, unless it was written or is being written."""

    @wraps(view)
    def wrapped(request: Request, membership: Membership, pk: int) -> HttpResponse:
        found = get_object_or_404(_imports(membership).select_related("group"), pk=pk)
        if found.applied_at or found.is_being_written:
            return problem(request, WRITTEN_BEFORE, status=409)
        return view(request, membership, found)

    return wrapped


@limited("choose")
@require_POST
@for_organizers
@of_unwritten
def import_choose(request: Request, membership: Membership, found: ListImport) -> HttpResponse:
    """Take a topic, a paper, a change or a removal, or leave it out."""
    form = ChoiceForm(request.POST)
    is_offered = form.is_valid() and form.is_of(found)
    if not is_offered or not Preview(found, membership.user).offers(form.cleaned_data["key"]):
        return problem(request, NO_SUCH_CHOICE)
    try:
        is_taken = form.cleaned_data["taken"] == "yes"
        found.choose(form.cleaned_data["key"], is_taken=is_taken, is_of=form.is_of)
    except Overtaken:
        return problem(request, CHANGED_BEFORE, status=409)
    return _looked_at(request, membership, found)


@limited("choose")
@require_POST
@for_organizers
@of_unwritten
def import_correct(request: Request, membership: Membership, found: ListImport) -> HttpResponse:
    """Say that a line is a paper or none, what a paper is called, or that two are not one."""
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return problem(request, form.sentence)
    if not form.is_of(found) or not form.is_offered(Preview(found, membership.user)):
        return problem(request, NO_SUCH_CHOICE)
    try:
        found.correct(form.correction)
    except Overtaken:
        return problem(request, CHANGED_BEFORE, status=409)
    return _looked_at(request, membership, found)


@limited("import")
@require_POST
@for_organizers
@of_unwritten
def import_read_again(request: Request, membership: Membership, found: ListImport) -> HttpResponse:
    """Read the list in another encoding, or with its columns as someone says."""
    form = ReadAgainForm(request.POST)
    if not form.is_valid() or not form.is_of(found):
        return problem(request, form.sentence)
    if not found.read_again(**form.said):
        return problem(request, NOT_IN_THAT)
    if found.is_waiting:
        read_list.enqueue(found.pk)
    messages.success(request, "The list was read again.")
    return redirect(found)


@limited("import")
@for_organizers
def import_undo(request: Request, membership: Membership, pk: int) -> HttpResponse:
    found = get_object_or_404(_imports(membership).select_related("group"), pk=pk)
    if not found.may_be_undone:
        return problem(request, UNDONE_BEFORE, status=409)
    if request.method == "POST":
        kept = workflow.revert(found, membership.user) or []
        messages.success(request, _undone(len(kept)))
        return redirect("papers:import_list", membership.group.slug)
    return confirm_page(
        request,
        heading=f"Undo the import of “{found}”?",
        sentence="What it added is removed, and what it changed, moved or removed is restored. "
        "Papers that have got a status, an assignment or a discussion since then stay.",
        action="Undo the import",
        back=found.get_absolute_url(),
        section="list",
    )


def _brought_before(request: Request, membership: Membership) -> dict[str, str]:
    """Return what was typed before the preview, for the way back from it."""
    pk = request.GET.get("from", "")
    is_number = pk.isdecimal() and len(pk) < 19
    found = _imports(membership).numbered(int(pk)) if is_number else None
    if not found:
        return {}
    return {"list_text": "" if found.name else found.text, "topic": found.topic}


def _looked_at(request: Request, membership: Membership, found: ListImport) -> HttpResponse:
    """Answer with the part of the preview that was changed."""
    where = WhereForm(request.POST).where
    if request.htmx:
        preview = Preview(found, membership.user, where)
        context = {"list_import": found, "preview": preview}
        return render(request, "papers/imports/_import_answer.html", context)
    query = {name: value for name, value in where._asdict().items() if value not in ("", None, 1)}
    query.pop("edit", None)
    anchor = request.POST.get("at", "")[:40]
    anchor = f"#{anchor}" if anchor.replace("-", "").replace(".", "").isalnum() else ""
    return redirect(f"{found.get_absolute_url()}{f'?{urlencode(query)}' if query else ''}{anchor}")


def _imports(membership: Membership) -> ListImportQuerySet:
    return ListImport.objects.in_group(membership.group)


def _write(request: Request, membership: Membership, found: ListImport) -> HttpResponse:
    if found.is_long and not found.applied_at:
        if found.ask():
            write_list.enqueue(found.pk, membership.user.pk)
        return redirect(found)
    if done := workflow.apply(found, membership.user, getattr(request, "plan", None)):
        messages.success(request, _written(len(done.new_papers)))
    else:
        messages.info(request, "This list was imported before; nothing was added again.")
    return redirect(membership.group)


def _written(added: int) -> str:
    if not added:
        return "The list was imported. No paper in it was new."
    papers = "1 paper was" if added == 1 else f"{added} papers were"
    return f"{papers} added to the list."


def _undone(kept: int) -> str:
    if not kept:
        return "The import was undone."
    papers = "1 paper stays" if kept == 1 else f"{kept} papers stay"
    return f"The import was undone. {papers}, since they have been used since then."
