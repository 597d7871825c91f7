"""Admin of datasets and calculations."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin import CompanyScoped, ReadOnly
from planning import calculations, datasets
from planning.models import Calculation, Dataset


@admin.register(Dataset)
class DatasetAdmin(CompanyScoped):
    """Datasets: made by the pages and the API, renamed, locked and removed here."""

    list_display = ["__str__", "owner", "company", "source", "orders", "created_at", "locked"]
    list_filter = ["source", "locked", "company"]
    list_select_related = ["owner", "company"]
    search_fields = ["name", "id__exact", "owner__username"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "id", "owner", "company", "source", "task", "counts", "figures", "parent", "created_at",
    ]  # fmt: skip

    @admin.display(description=_("orders"))
    def orders(self, dataset: Dataset) -> int:
        """How many orders it has."""
        return int(dataset.counts.get("orders", 0))

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
class CalculationAdmin(ReadOnly):
    """Calculations, to look at and to stop."""

    list_display = [
        "__str__", "kind", "status", "progress", "user", "company", "planned", "created_at", "finished_at",
    ]  # fmt: skip
    list_filter = ["status", "kind", "company"]
    list_select_related = ["user", "company"]
    search_fields = ["process_code__exact", "name", "user__username"]
    date_hierarchy = "created_at"
    actions = ["stop"]

    @admin.display(description=_("planned"))
    def planned(self, calculation: Calculation) -> str:
        """Planned orders of all."""
        return f"{calculation.figures.get('planned', 0)} / {calculation.counts.get('orders', 0)}"

    @admin.action(description=_("Stop, and keep the best plan"))
    def stop(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        """Stop what waits or runs."""
        active = chosen.filter(status__in=Calculation.ACTIVE)
        for calculation in active:
            calculations.cancel(calculation)
        self.message_user(request, _("%(count)d calculations were told to stop.") % {"count": len(active)})
