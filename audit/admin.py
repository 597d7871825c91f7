"""Admin of the audit: to look at."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin import ReadOnly
from audit.models import Process, Request

if TYPE_CHECKING:
    Inline = admin.TabularInline[Request, Process]
else:  # generic to the type checker only
    Inline = admin.TabularInline


class Requests(Inline):
    """The requests of a process."""

    model = Request
    fields = readonly_fields = ("time", "operation", "http_status", "username", "env", "pod", "request_code")
    extra = 0
    can_delete = False
    ordering = ["time"]

    def has_add_permission(self, request: HttpRequest, obj: Process | None = None) -> bool:
        """Nobody."""
        return False


@admin.register(Process)
class ProcessAdmin(ReadOnly):
    """Processes with their requests."""

    list_display = [
        "created_at", "service", "process_type", "status", "username", "company_key", "points", "elements",
        "process_code",
    ]  # fmt: skip
    list_display_links = ["created_at", "process_code"]
    list_filter = ["service", "process_type", "status", "company"]
    search_fields = ["process_code__exact", "username", "company_key"]
    date_hierarchy = "created_at"
    inlines = [Requests]
    show_full_result_count = False


@admin.register(Request)
class RequestAdmin(ReadOnly):
    """Requests of all processes."""

    company_path = "process__company"
    list_display = ["time", "operation", "http_status", "username", "company_key", "process"]
    list_filter = ["http_status", "operation"]
    list_select_related = ["process"]
    search_fields = ["request_code__exact", "process__process_code__exact", "username"]
    date_hierarchy = "time"
    show_full_result_count = False
