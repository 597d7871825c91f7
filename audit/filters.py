"""Filters of long lists with fixed choices: to ask the table which ones occur would read all of it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from solver.contract import CalculationStatus, Service


class Fixed(admin.SimpleListFilter):
    """Rows by the value of one column."""

    column = ""
    choices_offered: Any = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every value."""
        return [(item.value, item.value) for item in self.choices_offered]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows with the chosen one."""
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset


class ServiceFilter(Fixed):
    """Processes of a service."""

    title = _("service")
    parameter_name = column = "service"
    choices_offered = (Service.UNIVERSAL, Service.ACCOUNT)


class CalculationStatusFilter(Fixed):
    """Processes by how they stand."""

    title = _("status")
    parameter_name = column = "status"
    choices_offered = CalculationStatus


class Answer(admin.SimpleListFilter):
    """Requests by the hundreds of their codes."""

    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what went well, what was refused, what failed."""
        return [("2", _("done")), ("4", _("refused")), ("5", _("failed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the requests with the chosen ones."""
        if self.value() not in {"2", "4", "5"}:
            return queryset
        hundreds = 100 * int(str(self.value()))
        return queryset.filter(http_status__gte=hundreds, http_status__lt=hundreds + 100)
