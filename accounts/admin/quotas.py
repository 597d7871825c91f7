"""Quotas as two tables to edit in place: what companies have by default, and what users have instead."""

from typing import Any, ClassVar

from django.contrib import admin

from accounts.admin.scope import CompanyScoped
from accounts.admin.transfer import CompanyQuotaResource, Transfer, UserQuotaResource
from accounts.models import CompanyQuota, UserQuota

LIMITS = ["points_per_request", "points_per_day", "max_concurrent_execution"]


class QuotaTable(Transfer, CompanyScoped):
    """A table of quotas; every limit is edited in its cell."""

    list_editable = LIMITS
    list_filter: ClassVar[Any] = ["process_type", "company"]
    list_per_page = 50


@admin.register(CompanyQuota)
class CompanyQuotaAdmin(QuotaTable):
    """What each user of a company may spend who has no quota of his own."""

    resource_class = CompanyQuotaResource
    list_display = ["company", "service", "process_type", *LIMITS]
    list_select_related = ["company"]
    search_fields = ["company__key", "company__name"]


@admin.register(UserQuota)
class UserQuotaAdmin(QuotaTable):
    """What one user may spend, in place of his company's default."""

    company_path = "user__company"
    resource_class = UserQuotaResource
    list_display = ["user", "company", "service", "process_type", *LIMITS]
    list_filter: ClassVar[Any] = ["process_type", "user__company"]
    list_select_related = ["user__company"]
    search_fields = ["user__username", "user__company__key"]
    autocomplete_fields = ["user"]

    @admin.display(ordering="user__company__key")
    def company(self, quota: UserQuota) -> str:
        """The company of the user."""
        return str(quota.user.company)
