"""Export the list, or one paper, as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from groups.access import Request, even_frozen, for_members
from groups.models import Membership
from groups.web.throttling import limited
from papers.exports.large_exports import list_file, list_warning
from papers.formats.core.format import Format
from papers.formats.registry import BY_EXTENSION, MARKDOWN, WRITTEN
from papers.library.list_page import ListPage
from papers.models import Paper
from papers.models.details import entry_of_paper


@limited("export")
@require_safe
@for_members
@even_frozen
def list_export(request: Request, membership: Membership) -> HttpResponse:
    """Show what can be downloaded; a client that accepts no HTML gets the list as Markdown."""
    list_page = ListPage(membership, request.GET)
    if "text/html" in request.headers.get("Accept", ""):
        is_whole = not list_page.show and not list_page.topic
        warning = list_warning(request, list_page) if is_whole else ""
        context = {**list_page.part(), "formats": WRITTEN, "warning": warning, "section": "list"}
        response = render(request, "papers/exports/list_export.html", context)
    else:
        response = _list_as(request, MARKDOWN, list_page, with_ticks=True)
    patch_vary_headers(response, ["Accept"])
    return response


@limited("export")
@require_safe
@for_members
@even_frozen
def list_download(request: Request, membership: Membership, extension: str) -> HttpResponse:
    """Return the part of the list that the query string asks for, with own ticks if it does."""
    list_page = ListPage(membership, request.GET)
    return _list_as(request, _format(extension), list_page, with_ticks="ticks" in request.GET)


@limited("export")
@require_safe
@for_members
@even_frozen
def paper_export(request: Request, membership: Membership, pk: int, extension: str) -> HttpResponse:
    paper = get_object_or_404(Paper.objects.in_group(membership.group), pk=pk)
    written = _format(extension)
    text = written.write_paper(entry_of_paper(paper))
    return _file(written, text, f"{membership.group.slug}-{paper.pk}")


def _list_as(
    request: Request, written: Format, list_page: ListPage, with_ticks: bool
) -> HttpResponse:
    text = list_file(request, list_page, written, with_ticks=with_ticks)
    return _file(written, text, list_page.group.slug)


def _format(extension: str) -> Format:
    if written := BY_EXTENSION.get(extension):
        return written
    raise Http404


def _file(written: Format, text: str | bytes, stem: str) -> HttpResponse:
    name = content_disposition_header(True, written.file_name(stem))
    return HttpResponse(text, written.media_type, headers={"Content-Disposition": name or ""})
