"""What can be taken away from a plan: result and task as JSON, both as a workbook, the refined task."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

import solver
from accounts.trace import Trace
from planning import blobs, results
from planning.web import shelf
from planning.web.shelf import Row
from planning.web.views.access import SignedIn, signed_in
from planning.xlsx import Unwritable, write_workbook
from solver.contract import ProcessType, Service, write

MOST_ORDERS_AT_ONCE = 3000
"""Larger workbooks take too long for a page that waits."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def result_json(request: SignedIn, key: UUID) -> HttpResponseBase:
    """The result as the API gives it."""
    row = shelf.row_or_404(request.user, key)
    if row.calculation is None or not shelf.has_result(row.calculation):
        text = gettext("There is no result yet.")
        return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
    code = row.calculation.pk
    trace = Trace(Service.UNIVERSAL, "read_plan_result", ProcessType.NOTRACE, request.user, code)
    answer = StreamingHttpResponse(results.stream(row.calculation, trace), content_type="application/json")
    answer.headers["Content-Disposition"] = _attachment(row, "result.json")
    return answer


@require_safe
@signed_in
def task_json(request: SignedIn, key: UUID) -> HttpResponse:
    """The task as it was planned."""
    row = shelf.row_or_404(request.user, key)
    return _file(row, "task.json", shelf.task_bytes(row), "application/json")


@require_safe
@signed_in
def refined_json(request: SignedIn, key: UUID) -> HttpResponse:
    """The task that would be planned, without what nothing can serve (V2)."""
    row = shelf.row_or_404(request.user, key)
    return _file(row, "refined.json", write(solver.refine(shelf.read_task(row)).task), "application/json")


@require_safe
@signed_in
def workbook(request: SignedIn, key: UUID) -> HttpResponse:
    """Task and result as a workbook, in the plan's own times."""
    row = shelf.row_or_404(request.user, key)
    if (row.orders or 0) > MOST_ORDERS_AT_ONCE:
        limit = MOST_ORDERS_AT_ONCE
        text = gettext("A workbook of more than %(limit)d orders takes too long: download the JSON.")
        messages.error(request, text % {"limit": limit})
        return redirect("web:plan", key)
    data = json.loads(shelf.task_bytes(row))
    if row.calculation and shelf.has_result(row.calculation):
        result = json.loads(blobs.read(row.calculation.result))
        data |= {name: result[name] for name in ("trips", "statistics") if name in result}
    hours = shelf.read_task(row).plan_settings.calculation_settings.result_timezone
    try:
        body = write_workbook(data, hours)
    except Unwritable as unwritable:
        problems = "; ".join(f"{path}: {said}" for path, said in unwritable.problems[:5])
        messages.error(
            request, gettext("It does not fit into a workbook: %(problems)s") % {"problems": problems}
        )
        return redirect("web:plan", key)
    return _file(row, "xlsx", body, XLSX)


def _file(row: Row, suffix: str, body: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer.headers["Content-Disposition"] = _attachment(row, suffix)
    return answer


def _attachment(row: Row, suffix: str) -> str:
    stem = slugify(row.plan.name)[:80] or "plan"
    return f'attachment; filename="{stem}.{suffix}"'
