"""The staff side of planning: datasets, calculations with their plans, the queue, and files under way."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin import CompanyScoped, ReadOnly
from accounts.admin.changes import note
from accounts.admin.paging import CappedPaginator
from accounts.admin.scope import who
from planning import calculations, datasets, queue
from planning.models import Calculation, Dataset, Transfer
from planning.web import maps, shelf, why
from planning.web.results import PlanView
from planning.web.views.page import tiles

MOST_UNPLANNED = 100
"""Orders left out that are told with their reasons."""
HOURS = (24, 168)
"""Hours of the queue that can be looked at."""


@admin.register(Dataset)
class DatasetAdmin(CompanyScoped):
    """Datasets: made by the pages and the API, renamed, locked and removed here."""

    list_display = ["__str__", "owner", "company", "latest", "source", "orders", "created_at", "locked"]
    list_filter: ClassVar[Any] = ["source", "locked", ("created_at", admin.DateFieldListFilter), "company"]
    list_select_related = ["owner", "company"]
    search_fields = ["name", "=id", "owner__username"]
    readonly_fields = [
        "id", "owner", "company", "source", "task", "counts", "figures", "parent", "created_at", "latest",
    ]  # fmt: skip
    show_full_result_count = False
    paginator = CappedPaginator

    @admin.display(description=_("orders"))
    def orders(self, dataset: Dataset) -> int:
        """How many orders it has."""
        return int(dataset.counts.get("orders", 0))

    @admin.display(description=_("latest plan"))
    def latest(self, dataset: Dataset) -> str:
        """A link to the plan of the latest calculation."""
        found = dataset.calculations.order_by("-created_at").first()
        return plan_link(found) if found else "—"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """List what goes with a dataset; that its calculations go with it needs no right to delete those."""
        going, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return going, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Dataset) -> None:
        """Remove a dataset with its calculations and files."""
        datasets.remove(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Dataset]) -> None:
        """Remove datasets with their calculations and files."""
        for dataset in queryset:
            datasets.remove(dataset)


@admin.register(Calculation)
class CalculationAdmin(ReadOnly, CompanyScoped):
    """Calculations, to look at and to stop; their plans; the queue."""

    list_display = [
        "__str__", "plan", "kind", "status", "progress", "user", "company", "planned", "created_at",
        "finished_at",
    ]  # fmt: skip
    list_filter: ClassVar[Any] = ["status", "kind", ("created_at", admin.DateFieldListFilter), "company"]
    list_select_related = ["user", "company"]
    search_fields = ["=process_code", "name", "user__username"]
    show_full_result_count = False
    paginator = CappedPaginator
    actions = ["stop"]
    change_list_template = "admin/calculation_list.html"
    readonly_fields = ["plan", "process"]

    @admin.display(description=_("planned"))
    def planned(self, calculation: Calculation) -> str:
        """Planned orders of all."""
        return f"{calculation.figures.get('planned', 0)} / {calculation.counts.get('orders', 0)}"

    @admin.display(description=_("plan"))
    def plan(self, calculation: Calculation) -> str:
        """A link to trips, statistics, warnings and map."""
        return plan_link(calculation)

    @admin.display(description=_("process"))
    def process(self, calculation: Calculation) -> str:
        """A link to the process in the audit."""
        url = reverse("admin:audit_process_change", args=[calculation.pk])
        return format_html('<a href="{}">{}</a>', url, calculation.pk)

    @admin.action(description=_("Stop, and keep the best plan"), permissions=["view"])
    def stop(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Stop what waits or runs."""
        active = list(chosen.filter(status__in=Calculation.ACTIVE))
        for calculation in active:
            before = calculation.status
            calculations.cancel(calculation)
            calculation.refresh_from_db()
            note(who(request).pk, [calculation], str(_("status")), before, calculation.status)
        text = _("%(count)d calculations were told to stop.") % {"count": len(active)}
        self.message_user(request, text, messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        """Add the plan of a calculation, its map, and the queue."""
        view = self.admin_site.admin_view
        return [
            path("queue/", view(self.queue), name="planning_queue"),
            path("<uuid:code>/plan/", view(self.plan_page), name="planning_plan"),
            path("<uuid:code>/map.json", view(self.map_json), name="planning_map"),
            *super().get_urls(),
        ]

    def queue(self, request: HttpRequest) -> HttpResponse:
        """Show how many wait, and how long they waited."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("hours", "")
        hours = int(asked) if asked in {str(one) for one in HOURS} else HOURS[0]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Queue"),
            "opts": self.opts,
            "line": queue.line(self.get_queryset(request), timezone.now(), hours),
            "hours": hours,
            "choices": HOURS,
        }
        return TemplateResponse(request, "admin/queue.html", context)

    def plan_page(self, request: HttpRequest, code: UUID) -> HttpResponse:
        """Show trips, statistics, warnings and the map of a calculation."""
        calculation, view = self._view(request, code)
        count = len(view.trips) if view else 0
        context = {
            "calculation": calculation,
            "view": view,
            "read_from": calculation.dataset or Dataset(),
            "rows": why.rows(view, view.unplanned[:MOST_UNPLANNED]) if view else [],
            "ticked": shelf.ticked_trips(request.GET.get("trips"), count),
            "tiles": tiles(),
            "map_url": reverse("admin:planning_map", args=[code]),
        }
        return render(request, "admin/plan.html", context)

    def map_json(self, request: HttpRequest, code: UUID) -> JsonResponse:
        """Trips, stops and unplanned places as GeoJSON."""
        _calculation, view = self._view(request, code)
        if view is None:
            raise Http404
        return JsonResponse(maps.features(view), content_type="application/geo+json")

    def _view(self, request: HttpRequest, code: UUID) -> tuple[Calculation, PlanView | None]:
        """Return a calculation somebody may see, and the reading of its result.

        Raises
        ------
        Http404
        PermissionDenied
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        calculation = self.get_queryset(request).filter(pk=code).first()
        if calculation is None:
            raise Http404
        return calculation, shelf.view_of(calculation)


@admin.register(Transfer)
class TransferAdmin(ReadOnly, CompanyScoped):
    """Files that workers write and read, to look at."""

    company_path = "owner__company"
    list_display = ["__str__", "kind", "status", "progress", "owner", "company", "dataset", "created_at"]
    list_filter: ClassVar[Any] = [
        "status", "kind", ("created_at", admin.DateFieldListFilter), "owner__company",
    ]  # fmt: skip
    list_select_related = ["owner__company", "dataset"]
    search_fields = ["=id", "name", "file_name", "owner__username"]
    fields: ClassVar[Any] = [
        "id", "kind", "owner", "company", "dataset", "name", "file_name", "language", "status", "progress",
        "findings", "attempts", "created_at", "queued_at", "heartbeat", "expires_at",
    ]  # fmt: skip
    readonly_fields = fields
    show_full_result_count = False
    paginator = CappedPaginator

    @admin.display(description=_("company"), ordering="owner__company")
    def company(self, transfer: Transfer) -> str:
        """The company of its owner."""
        return str(transfer.owner.company)


def plan_link(calculation: Calculation) -> str:
    """Return a link to the plan of a calculation."""
    url = reverse("admin:planning_plan", args=[calculation.pk])
    return format_html('<a href="{}">{}</a>', url, _("Open the plan"))
