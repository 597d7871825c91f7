"""The start page, the list of plans, and the way in for a new one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from planning import datasets, transfers
from planning.health import measure
from planning.models import Calculation, Dataset
from planning.samples.heidelberg import heidelberg_json, heidelberg_xlsx
from planning.web import curve, shelf, uploads
from planning.web.forms import UploadForm
from planning.web.uploads import Unusable
from planning.web.views.access import SignedIn, search_text, signed_in
from planning.xlsx import write_template

RECENT = 8
A_PAGE = 50
OF_API = 20
MOST_BYTES_AT_ONCE = 2**20
"""Larger files are read by a worker."""

STATES = {
    "running": Q(calculations__status__in=Calculation.ACTIVE),
    "planned": Q(calculations__status__in=Calculation.FINISHED),
    "stopped": Q(
        calculations__status__in=(
            Calculation.Status.CANCELED,
            Calculation.Status.CANCELED_BY_TIMEOUT,
            Calculation.Status.CANCELED_BY_QUOTA,
        )
    ),
    "failed": Q(calculations__status=Calculation.Status.FAILED),
    "new": Q(calculations=None),
}

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "template.xlsx": (XLSX, write_template),
    "heidelberg.xlsx": (XLSX, heidelberg_xlsx),
    "heidelberg.json": ("application/json", heidelberg_json),
}
"""Files to start from, made when asked for: an empty workbook, and the sample day."""


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For probes: how healthy the service is, 503 when it cannot work at all."""
    found = measure()
    return JsonResponse({"health": found}, status=200 if found else 503)


@require_safe
@signed_in
def home(request: SignedIn) -> HttpResponse:
    """What runs, and what was made last."""
    rows = shelf.rows(shelf.plans_of(request.user)[:RECENT], request.user)
    running = [row for row in rows if row.active]
    context = {
        "rows": [row for row in rows if not row.active],
        "empty": not rows,
        "running": [(row, row.calculation and curve.draw(row.calculation)) for row in running],
        "api_calculations": shelf.api_calculations(request.user, RECENT),
    }
    return render(request, "web/home.html", context)


@require_safe
@signed_in
def plans(request: SignedIn) -> HttpResponse:
    """Every plan of the user, searched by name and status."""
    query, state = search_text(request), request.GET.get("state", "")
    found = shelf.plans_of(request.user)
    if query:
        found = found.filter(name__icontains=query)
    if state in STATES:
        found = found.filter(STATES[state]).distinct()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    names = {
        "": gettext("Any status"),
        "new": gettext("Not planned yet"),
        "running": gettext("Running"),
        "planned": gettext("Planned"),
        "stopped": gettext("Stopped"),
        "failed": gettext("Failed"),
    }
    context = {
        "page": page,
        "rows": shelf.rows(page.object_list, request.user),
        "query": query,
        "state": state if state in STATES else "",
        "states": list(names.items()),
        "api_calculations": shelf.api_calculations(request.user, OF_API) if not (query or state) else [],
    }
    return render(request, "web/plans.html", context)


@require_safe
@signed_in
def row(request: SignedIn, key: UUID) -> HttpResponse:
    """One line of the list, which keeps asking while its calculation runs."""
    found = shelf.row_or_404(request.user, key)
    return render(request, "web/_plan_line.html", {"row": found})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: SignedIn) -> HttpResponse:
    """Drop a file: it becomes a plan, or all its errors are told by their place."""
    form = UploadForm(request.POST if request.method == "POST" else None, label_suffix="")
    findings, status = None, 200
    if request.method == "POST" and form.is_valid():
        file = request.FILES.get("file")
        try:
            if not isinstance(file, File):
                raise Unusable(uploads.no_file())
            there = _dropped(request.user, file, form.cleaned_data["name"])
        except Unusable as unusable:
            findings, status = unusable.findings, 422
        else:
            return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
    context = {
        "form": form,
        "findings": findings,
        "max_size": settings.MAX_BODY_BYTES,
        "files": [
            {
                "url": reverse("web:sample-file", args=["heidelberg.xlsx"]),
                "label": gettext("Sample workbook"),
            },
            {"url": reverse("web:sample-file", args=["heidelberg.json"]), "label": gettext("Sample JSON")},
        ],
    }
    return render(request, "web/new.html", context, status=status)


def _dropped(user: User, file: File[bytes], name: str) -> str:
    """Where a dropped file is to be seen: as a plan, or, a large one, as a transfer under way.

    Raises
    ------
    Unusable
    """
    uploads.check_size(file, settings.MAX_BODY_BYTES)
    file_name = file.name or ""
    if (file.size or 0) > MOST_BYTES_AT_ONCE:
        return reverse("web:transfer", args=[transfers.ask_import(user, file.read(), name, file_name).pk])
    return reverse("web:plan", args=[uploads.keep_upload(user, file.read(), name, file_name).pk])


@require_POST
@signed_in
def sample(request: SignedIn) -> HttpResponse:
    """Make a plan of the sample day."""
    plan = datasets.keep(request.user, heidelberg_json(), Dataset.Source.JSON)
    return redirect("web:plan", plan.pk)


@require_safe
@signed_in
def sample_file(request: SignedIn, name: str) -> HttpResponse:
    """A file to start from.

    Raises
    ------
    Http404
        No such file.
    """
    if name not in FILES:
        raise Http404
    kind, make = FILES[name]
    answer = HttpResponse(make(), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@signed_in
def keep(request: SignedIn, code: UUID) -> HttpResponse:
    """Make a calculation of the API a plan."""
    return redirect("web:plan", shelf.keep_calculation(request.user, code).pk)
