"""The staff side of the audit: processes, their requests, what came and went, and what was spent by day."""

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin import ReadOnly, Watched
from accounts.admin.changes import note
from accounts.admin.paging import CappedPaginator
from accounts.admin.scope import watched, who
from accounts.models import User
from audit import dashboard
from audit.filters import Answer, CalculationStatusFilter, ServiceFilter
from audit.models import DailyCounter, Process, Request

if TYPE_CHECKING:
    Inline = admin.TabularInline[Request, Process]
else:  # generic to the type checker only
    Inline = admin.TabularInline

MOST_REQUESTS = 200
"""Requests of a process shown on its page; clients that poll make thousands."""


class Requests(Inline):
    """The latest requests of a process."""

    model = Request
    fields = readonly_fields = ("time", "operation", "http_status", "username", "env", "pod", "request_code")
    extra = 0
    can_delete = False
    ordering = ["time"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Request]:
        """Return the latest ones, so that a page stays a page."""
        rows = super().get_queryset(request)
        process_code = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        latest = rows.filter(process=as_code(process_code)).order_by("-time").values("pk")[:MOST_REQUESTS]
        return rows.filter(pk__in=list(latest.values_list("pk", flat=True)))

    def has_add_permission(self, request: HttpRequest, obj: Process | None = None) -> bool:
        """Nobody."""
        return False


class AuditList(ReadOnly, Watched):
    """A list that may have millions of rows: nothing counts or sorts all of them."""

    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50
    user_path = "user"

    def with_code(self, code: UUID) -> Q:
        """Return the condition on rows that a process code or a request code names."""
        return Q(pk=code)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find a code exactly, or else the rows of users by a part of their names."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if code := as_code(term):
            return queryset.filter(self.with_code(code)), False
        users = User.objects.filter(username__icontains=term, company__in=watched(request))
        return queryset.filter(
            **{f"{self.user_path}__in": list(users.values_list("pk", flat=True)[:500])}
        ), False


@admin.register(Process)
class ProcessAdmin(AuditList):
    """Processes with their requests, and the bodies that are kept of them."""

    list_display = [
        "created_at", "service", "process_type", "status", "username", "company_key", "points", "elements",
        "process_code",
    ]  # fmt: skip
    list_display_links = ["created_at", "process_code"]
    list_filter: ClassVar[Any] = [
        ("created_at", admin.DateFieldListFilter), ServiceFilter, "process_type", CalculationStatusFilter,
        "company",
    ]  # fmt: skip
    search_fields = ["process_code"]
    fields: ClassVar[Any] = [
        "process_code", "created_at", "service", "process_type", "status", "username", "company_key",
        "points", "elements", "kept_input", "kept_output", "calculation_info",
    ]  # fmt: skip
    readonly_fields = fields
    inlines = [Requests]

    def with_code(self, code: UUID) -> Q:
        """Return the condition on a process: its own code, or that of one of its requests."""
        named = Request.objects.filter(pk=code).values_list("process_id", flat=True)
        return Q(pk__in=[code, *named])

    @admin.display(description=_("kept input"))
    def kept_input(self, process: Process) -> str:
        """A link to what came."""
        return self._link(process, "input", process.input_file)

    @admin.display(description=_("kept output"))
    def kept_output(self, process: Process) -> str:
        """A link to what was answered."""
        return self._link(process, "output", process.output_file)

    def _link(self, process: Process, what: str, name: str) -> str:
        if not name:
            return "—"
        url = reverse("admin:audit_process_body", args=[process.pk, what])
        return format_html('<a href="{}">{}</a>', url, _("Download"))

    def get_urls(self) -> list[URLPattern]:
        """Add the address of kept bodies."""
        body = self.admin_site.admin_view(self.body)
        mine = path("<uuid:code>/<str:what>.gz", body, name="audit_process_body")
        return [mine, *super().get_urls()]

    def body(self, request: HttpRequest, code: UUID, what: str) -> FileResponse:
        """Give a kept body as it is stored, compressed.

        Raises
        ------
        Http404
            It is of another company, was never kept, or retention has removed it.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        process = self.get_queryset(request).filter(pk=code).first()
        names = {"input": process.input_file, "output": process.output_file} if process else {}
        name = names.get(what, "")
        if not name or not default_storage.exists(name):
            raise Http404(what)
        return FileResponse(default_storage.open(name), as_attachment=True, filename=f"{code}-{what}.gz")


@admin.register(Request)
class RequestAdmin(AuditList):
    """Requests of all processes."""

    company_path = "process__company"
    user_path = "process__user"
    list_display = ["time", "operation", "http_status", "username", "company_key", "process_link"]
    list_filter: ClassVar[Any] = [("time", admin.DateFieldListFilter), Answer]
    search_fields = ["request_code"]
    ordering = ["-time"]

    def with_code(self, code: UUID) -> Q:
        """Return the condition on a request: its own code, or that of its process."""
        return Q(pk=code) | Q(process=code)

    @admin.display(description=_("process"))
    def process_link(self, request: Request) -> str:
        """A link to the process."""
        url = reverse("admin:audit_process_change", args=[request.process_id])
        return format_html('<a href="{}">{}</a>', url, request.process_id)


@admin.register(DailyCounter)
class UsageAdmin(ReadOnly, Watched):
    """What users spent by day, as rows and as a picture."""

    list_display = [
        "date", "username", "company_key", "service", "process_type", "points", "unique_points", "elements",
        "processes",
    ]  # fmt: skip
    list_filter: ClassVar[Any] = [("date", admin.DateFieldListFilter), "process_type", "company"]
    search_fields = ["username", "company_key"]
    show_full_result_count = False
    paginator = CappedPaginator
    actions = ["reset_day"]
    change_list_template = "admin/usage_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the picture."""
        picture = self.admin_site.admin_view(self.picture)
        return [path("picture/", picture, name="audit_usage"), *super().get_urls()]

    def picture(self, request: HttpRequest) -> HttpResponse:
        """Show points, elements and processes by day, and who spent most."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = dashboard.Period.of(request.GET)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Usage"),
            "opts": self.opts,
            "usage": dashboard.usage(self.get_queryset(request), asked),
            "companies": watched(request) if watched(request)[1:2].exists() else [],
        }
        return TemplateResponse(request, "admin/usage.html", context)

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Who manages users."""
        return who(request).manages

    @admin.action(description=_("Let the points of these days be spent again"), permissions=["reset"])
    def reset_day(self, request: HttpRequest, chosen: QuerySet[DailyCounter]) -> None:
        """Forgive what was spent; statistics and reports keep it."""
        rows = list(chosen)
        for row in rows:
            note(who(request).pk, [row], str(_("forgiven points")), row.forgiven, row.points)
        chosen.update(forgiven=F("points"))
        self.message_user(request, _("%(count)d days were reset.") % {"count": len(rows)}, messages.SUCCESS)


def as_code(text: object) -> UUID | None:
    """Return a code; None for any other text."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
