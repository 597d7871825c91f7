"""Files that a worker writes or reads: progress, what came of it, the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from audit import blobs
from planning.models import Transfer
from planning.web.views.access import SignedIn, signed_in
from planning.web.views.downloads import XLSX, attachment


@require_safe
@signed_in
def transfer(request: SignedIn, file: UUID) -> HttpResponse:
    """How it stands; a file that was read becomes the page of its plan."""
    found = _own(request, file)
    if _is_plan(found):
        return redirect("web:plan", found.dataset_id)
    return render(request, "web/transfer.html", _context(found))


@require_safe
@signed_in
def progress(request: SignedIn, file: UUID) -> HttpResponse:
    """The progress bar; once it has ended, the page is loaded again."""
    found = _own(request, file)
    if _is_plan(found):
        return HttpResponseClientRedirect(reverse("web:plan", args=[found.dataset_id]))
    if not found.is_active:
        return HttpResponseClientRefresh()
    return render(request, "web/_transfer.html", _context(found))


@require_safe
@signed_in
def workbook(request: SignedIn, file: UUID) -> HttpResponseBase:
    """The workbook.

    Raises
    ------
    Http404
        There is none yet, or none any more.
    """
    found = _own(request, file)
    if not found.output:
        raise Http404
    try:
        pieces = blobs.pieces(found.output)
    except FileNotFoundError:
        raise Http404 from None
    answer = StreamingHttpResponse(pieces, content_type=XLSX)
    answer.headers["Content-Disposition"] = attachment(found.name, "xlsx")
    return answer


def _own(request: SignedIn, file: UUID) -> Transfer:
    return get_object_or_404(Transfer.objects.select_related("dataset"), pk=file, owner=request.user)


def _is_plan(found: Transfer) -> bool:
    return found.kind == Transfer.Kind.IMPORT and found.status == Transfer.Status.FINISHED


def _context(found: Transfer) -> dict[str, Any]:
    return {"transfer": found, "is_export": found.kind == Transfer.Kind.EXPORT, "findings": found.findings}
