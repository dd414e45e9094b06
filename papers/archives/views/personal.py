"""One's own data: counts, and the archive to download."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from groups.access import Request
from groups.web.throttling import limited
from papers.archives.large_archives import personal_archive
from papers.archives.personal_archive import PersonalArchive


@require_safe
def data_detail(request: Request) -> HttpResponse:
    return render(
        request,
        "papers/archives/data_detail.html",
        {"parts": PersonalArchive(request.user).counted()},
    )


@limited("export")
@require_safe
def data_export(request: Request) -> HttpResponse:
    name = content_disposition_header(True, f"seminar-{request.user.handle}.zip")
    return HttpResponse(
        personal_archive(request, request.user),
        "application/zip",
        headers={"Content-Disposition": name or "", "Cache-Control": "no-store"},
    )
