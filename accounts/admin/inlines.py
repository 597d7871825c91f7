"""Quotas below a company and below a user."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from accounts.models import COUNTED, CompanyQuota, UserQuota

if TYPE_CHECKING:
    Inline = admin.TabularInline[Any, Any]
else:  # generic to the type checker only
    Inline = admin.TabularInline


class Quotas(Inline):
    """A line for each process type; where there is none, what stands above applies."""

    fields = ["service", "process_type", "points_per_request", "points_per_day", "max_concurrent_execution"]
    extra = 0
    max_num = len(COUNTED)


class CompanyQuotas(Quotas):
    """What each user of a company may spend who has no quota of his own."""

    model = CompanyQuota


class UserQuotas(Quotas):
    """What one user may spend, in place of his company's default."""

    model = UserQuota
