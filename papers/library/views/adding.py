"""Add papers by DOI, arXiv ID or link: pasted, or from the bookmarklet."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from groups.access import Request, for_members
from groups.models import Membership
from groups.web.idempotency import PREVIEW_FIELD
from groups.web.responses import form_page, saved
from groups.web.throttling import limited
from papers.formats.core.text import Refused
from papers.formats.web import web_page
from papers.library.adding import Added
from papers.library.bookmarklet import LONGEST_TEXT, href
from papers.library.forms.adding import PasteForm, seen

# What a browser may have pasted; of more the plain text is taken.
LONGEST_HTML = 2_000_000


@limited("paste")
@for_members
def paper_paste(request: Request, membership: Membership) -> HttpResponse:
    """Add the papers whose identifiers are in a text: the first POST shows them, the second adds
    them.
    """
    brought = {"text": request.GET.get("text", "")[:LONGEST_TEXT]}
    initial = brought | {"topic": request.GET.get("topic")}
    form = PasteForm(membership.group, request.POST or None, initial=initial)
    is_sure = PREVIEW_FIELD not in request.POST and form.is_valid() and form.was_seen
    if is_sure and (added := saved(form, lambda: form.save_for(membership.user))):
        messages.success(request, _message(added))
        return redirect(added.topic)
    context: dict[str, object] = {"section": "list"}
    if pasting := form.pasting:
        context |= {"pasting": pasting, "seen": seen(form["text"].value())}
    return form_page(request, form, "papers/library/paper_paste.html", **context)


@require_safe
@for_members
def bookmarklet(request: Request, membership: Membership) -> HttpResponse:
    form = settings.SITE_URL + reverse("papers:paper_paste", args=[membership.group.slug])
    context = {"bookmarklet": href(form), "section": "list"}
    return render(request, "papers/library/bookmarklet.html", context)


@limited("paste")
@require_POST
def html_convert(request: Request) -> HttpResponse:
    """Answer with the Markdown of what was pasted from a web page or a rich editor; nothing is
    written. Empty where it holds no list, so that the plain text is kept."""
    html = request.POST.get("html", "")[:LONGEST_HTML]
    try:
        text = web_page.page_as_markdown(html) if web_page.holds_a_list(html) else ""
    except Refused:
        text = ""
    return HttpResponse(text, "text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


def _message(added: Added) -> str:
    new, known = len(added.new), len(added.known)
    message = f"{new} {'paper was' if new == 1 else 'papers were'} added under “{added.topic}”."
    if known:
        message += f" {known} {'was' if known == 1 else 'were'} already on the list."
    return message
