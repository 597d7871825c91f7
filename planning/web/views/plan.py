"""One plan: overview and progress, running, stopping, settings, removing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

import solver
from accounts.models import User
from accounts.refusal import Refused
from planning import calculations, clock, datasets, intake
from planning.models import Calculation, Dataset
from planning.web import curve, formats, shelf, words
from planning.web.forms import RenameForm, SettingsForm
from planning.web.results import PlanView
from planning.web.shelf import Row
from planning.web.views.access import SignedIn, signed_in
from planning.web.views.page import open_page
from solver.contract import EntityWarning, EntityWarningType, PlanTask, RemovedItems, write


@dataclass(frozen=True, slots=True)
class Checked:
    """What a task that was not planned yet will meet: warnings; what is left out, in words and by keys."""

    warnings: list[EntityWarning]
    removed: str = ""
    keys: tuple[tuple[str, list[str]], ...] = ()


@require_safe
@signed_in
def plan(request: SignedIn, key: UUID) -> HttpResponse:
    """The overview: progress while it runs, key figures, map and trips when it is done."""
    page = open_page(request, key)
    row, view = page.row, page.view
    more: dict[str, object] = {"curve": curve.draw(row.calculation) if row.calculation else None}
    if row.calculation is None:
        task = shelf.read_task(row)
        more |= {"form": SettingsForm(task), "checked": _check(row), "counts": _counts(row)}
    elif view:
        more |= {"other_warnings": _other_warnings(view), "facts": _facts(row.calculation)}
    return render(request, "web/plan.html", page.context("plan", **more))


@require_safe
@signed_in
def progress(request: SignedIn, key: UUID) -> HttpResponse:
    """The progress bar; once the calculation has ended, the page is loaded again."""
    row = shelf.row_or_404(request.user, key)
    if row.calculation is None or not row.active:
        return HttpResponseClientRefresh()
    context = {
        "plan": row.plan,
        "calculation": row.calculation,
        "curve": curve.draw(row.calculation),
        "moving": True,
    }
    return render(request, "web/_progress.html", context)


@require_POST
@signed_in
def run(request: SignedIn, key: UUID) -> HttpResponse:
    """Start planning with the settings chosen."""
    row = shelf.row_or_404(request.user, key)
    if row.active:
        return redirect("web:plan", key)
    task = shelf.read_task(row)
    form = SettingsForm(task, request.POST)
    if form.is_valid() and _begun(request.user, row.plan, task, form):
        return redirect("web:plan", key)
    context = open_page(request, key).context("plan", form=form, checked=_check(row), counts=_counts(row))
    return render(request, "web/plan.html", context, status=422)


@require_http_methods(["GET", "POST"])
@signed_in
def settings(request: SignedIn, key: UUID) -> HttpResponse:
    """Plan the same task again with other settings: a new version, the old one stays."""
    page = open_page(request, key)
    task = shelf.read_task(page.row)
    form = SettingsForm(task, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        version = _version(request.user, page.row, task, form)
        if version:
            return redirect("web:plan", version.pk)
    status = 422 if form.is_bound else 200
    return render(request, "web/settings.html", page.context("settings", form=form), status=status)


@require_POST
@signed_in
def duplicate(request: SignedIn, key: UUID) -> HttpResponse:
    """A new version of the same task, not planned yet."""
    row = shelf.row_or_404(request.user, key)
    source = Dataset.Source(row.plan.source)
    try:
        copy = datasets.keep(request.user, shelf.task_bytes(row), source, row.plan.name, row.plan)
    except Refused as refused:
        messages.error(request, _told(refused))
        return redirect("web:plan", key)
    return redirect("web:plan", copy.pk)


@require_POST
@signed_in
def stop(request: SignedIn, key: UUID) -> HttpResponse:
    """End the search and keep the best plan found."""
    row = shelf.row_or_404(request.user, key)
    if row.calculation:
        calculations.cancel(row.calculation)
    return redirect("web:plan", key)


@require_POST
@signed_in
def rename(request: SignedIn, key: UUID) -> HttpResponse:
    """Give the plan another name."""
    row = shelf.row_or_404(request.user, key)
    form = RenameForm(request.POST)
    if form.is_valid():
        row.plan.name = form.cleaned_data["name"]
        row.plan.save(update_fields=["name"])
    else:
        messages.error(request, " ".join(map(str, form.errors["name"])))
    return redirect("web:plan", key)


@require_POST
@signed_in
def delete(request: SignedIn, key: UUID) -> HttpResponse:
    """Remove the plan with its calculations for good."""
    row = shelf.row_or_404(request.user, key)
    if row.plan.locked:
        messages.error(request, gettext("“%(name)s” is locked and was not deleted.") % {"name": row.name})
        return redirect("web:plan", key)
    datasets.remove(row.plan)
    messages.success(request, gettext("“%(name)s” is deleted.") % {"name": row.name})
    return redirect("web:plans")


def _begun(user: User, plan: Dataset, task: PlanTask, form: SettingsForm) -> bool:
    """Start the calculation with the form's settings; a refusal is told in the form."""
    form.apply(task)
    try:
        calculations.submit(user, write(task), dataset=plan)
    except Refused as refused:
        form.add_error(None, _told(refused))
        return False
    return True


def _version(user: User, row: Row, task: PlanTask, form: SettingsForm) -> Dataset | None:
    """A new version of a plan that is being planned; None, and nothing stored, when it is refused."""
    form.apply(task)
    source = Dataset.Source(row.plan.source)
    try:
        version = datasets.keep(user, write(task), source, row.plan.name, row.plan)
    except Refused as refused:
        form.add_error(None, _told(refused))
        return None
    if _begun(user, version, task, form):
        return version
    datasets.remove(version)
    return None


def _told(refused: Refused) -> str:
    reasons = [error.info or words.of("error", error.type.value) for error in refused.logical_errors]
    reasons += [error.info or words.of("warning", error.type.value) for error in refused.warnings]
    return " ".join([refused.message, *reasons[:5]])


def _check(row: Row) -> Checked:
    """What would be cut; a task that is refused by now, its dates being long past, shows why."""
    try:
        task, warnings = intake.check_task(shelf.task_bytes(row))
    except Refused as refused:
        return Checked(refused.warnings)
    told = [item for item in warnings if item.type is not EntityWarningType.REMOVED_ITEMS_NOT_EMPTY]
    removed = solver.refine(task, limits=intake.ceilings(clock.now())).removed
    keys = (
        (gettext("orders"), removed.order_keys),
        (gettext("drivers"), removed.performer_keys),
        (gettext("vehicles"), removed.transport_keys),
        (gettext("hardlinks"), removed.hardlink_keys),
    )
    return Checked(told, _removed(removed), tuple((label, found) for label, found in keys if found))


def _removed(items: RemovedItems) -> str:
    """What refining cuts out, counted: 3 orders, 1 driver."""
    orders, performers = items.order_keys_count, items.performer_keys_count
    transports, hardlinks = items.transport_keys_count, items.hardlink_keys_count
    parts = [
        orders and formats.orders(orders),
        performers and ngettext("%(count)d driver", "%(count)d drivers", performers) % {"count": performers},
        transports
        and ngettext("%(count)d vehicle", "%(count)d vehicles", transports) % {"count": transports},
        hardlinks and ngettext("%(count)d hardlink", "%(count)d hardlinks", hardlinks) % {"count": hardlinks},
    ]
    return ", ".join(part for part in parts if part)


def _counts(row: Row) -> list[tuple[str, int]]:
    counts = row.plan.counts
    labels = {
        "orders": gettext("orders"),
        "demands": gettext("services"),
        "locations": gettext("places"),
        "performers": gettext("drivers"),
        "transports": gettext("vehicles"),
    }
    return [(label, counts[name]) for name, label in labels.items() if name in counts]


def _other_warnings(view: PlanView) -> list[EntityWarning]:
    """Warnings that no unplanned order already shows as its reason."""
    shown = {id(reason) for order in view.unplanned for reason in order.reasons}
    return [warning for warning in view.warnings if id(warning) not in shown]


def _facts(calculation: Calculation) -> list[tuple[str, str]]:
    used = calculation.settings_used
    info = calculations.info(calculation)
    roads = gettext("straight lines") if used.get("flight_distance") else str(used.get("geo_provider", ""))
    return [
        (gettext("Goal"), words.of("configuration", str(used.get("configuration", "")))),
        (gettext("Distances"), roads),
        (gettext("Search"), formats.duration(info.calculation_time)),
        (gettext("Longest search"), formats.duration(calculation.max_calculation)),
        (gettext("Waited in line"), formats.duration(info.waiting_time)),
        (gettext("Process code"), str(calculation.pk)),
    ]
