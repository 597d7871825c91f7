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
from planning import clock, intake, results, transfers
from planning.web import shelf
from planning.web.carrying import workbook_of
from planning.web.shelf import Row
from planning.web.views.access import SignedIn, signed_in
from planning.xlsx import Unwritable, write_workbook
from solver.contract import PlanTask, ProcessType, Service, write

MOST_ORDERS_AT_ONCE = 1000
"""Larger workbooks are written by a worker."""

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
    return _file(row, "refined.json", write(_refined(row)), "application/json")


@require_safe
@signed_in
def refined_workbook(request: SignedIn, key: UUID) -> HttpResponse:
    """The same as a workbook, to go on with where the task came from one."""
    row = shelf.row_or_404(request.user, key)
    refined = _refined(row)
    hours = refined.plan_settings.calculation_settings.result_timezone
    try:
        body = write_workbook(json.loads(write(refined)), hours)
    except Unwritable as unwritable:
        return _unwritten(request, row, unwritable)
    return _file(row, "refined.xlsx", body, XLSX)


def _refined(row: Row) -> PlanTask:
    return solver.refine(shelf.read_task(row), limits=intake.ceilings(clock.now())).task


@require_safe
@signed_in
def workbook(request: SignedIn, key: UUID) -> HttpResponse:
    """Task and result as a workbook, in the plan's own times."""
    row = shelf.row_or_404(request.user, key)
    if (row.orders or 0) > MOST_ORDERS_AT_ONCE:
        return redirect("web:transfer", transfers.ask_export(request.user, row.plan).pk)
    try:
        body = workbook_of(row)
    except Unwritable as unwritable:
        return _unwritten(request, row, unwritable)
    return _file(row, "xlsx", body, XLSX)


def _unwritten(request: SignedIn, row: Row, unwritable: Unwritable) -> HttpResponse:
    problems = "; ".join(f"{path}: {said}" for path, said in unwritable.problems[:5])
    messages.error(request, gettext("It does not fit into a workbook: %(problems)s") % {"problems": problems})
    return redirect("web:plan", row.plan.pk)


def _file(row: Row, suffix: str, body: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer.headers["Content-Disposition"] = _attachment(row, suffix)
    return answer


def _attachment(row: Row, suffix: str) -> str:
    return attachment(row.plan.name, suffix)


def attachment(name: str, suffix: str) -> str:
    """The header that makes a browser keep a file under a plan's name."""
    stem = slugify(name)[:80] or "plan"
    return f'attachment; filename="{stem}.{suffix}"'
