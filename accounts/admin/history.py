"""The history of all changes made in the admin, for operators."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.paging import CappedPaginator
from accounts.admin.scope import ReadOnly


@admin.register(LogEntry)
class HistoryAdmin(ReadOnly):
    """Who changed what, from what, to what."""

    list_display = ["action_time", "user", "content_type", "object_repr", "what"]
    list_display_links = None
    list_filter = ["action_flag", ("action_time", admin.DateFieldListFilter)]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "user__username"]
    show_full_result_count = False
    paginator = CappedPaginator

    @admin.display(description=_("change"))
    def what(self, entry: LogEntry) -> str:
        """What was changed, in words."""
        return f"{entry} {entry.get_change_message()}" if entry.is_deletion() else str(entry)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """Return everything; only operators come here."""
        return LogEntry.objects.select_related("user", "content_type")
