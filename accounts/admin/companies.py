"""Companies, with the quotas their users have by default."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.changes import note
from accounts.admin.inlines import CompanyQuotas
from accounts.admin.scope import CompanyScoped, managed, who
from accounts.admin.transfer import CompanyResource, Transfer
from accounts.models import Company


@admin.register(Company)
class CompanyAdmin(Transfer, CompanyScoped):
    """Companies: operators manage them, administrators look at theirs."""

    resource_class = CompanyResource
    list_display = ["key", "name", "enabled", "users_count", "created_at"]
    list_filter = ["enabled"]
    search_fields = ["key", "name"]
    readonly_fields = ["created_at", "edited_at"]
    inlines = [CompanyQuotas]
    actions = ["disable", "enable"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        """Return the companies this user may see, with the number of their users."""
        return managed(request).annotate(users_count=Count("users"))

    @admin.display(description=_("users"), ordering="users_count")
    def users_count(self, company: Any) -> int:
        """How many users the company has."""
        return int(company.users_count)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators only."""
        return who(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        """Operators only."""
        return who(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        """Operators only; a company with users, datasets or calculations cannot be deleted at all."""
        return who(request).is_superuser

    @admin.action(
        description=_("Switch off: sign-ins, tokens and sessions end at once"), permissions=["change"]
    )
    def disable(self, request: HttpRequest, chosen: QuerySet[Company]) -> None:
        """Switch companies off."""
        self._switch(request, chosen, enabled=False)

    @admin.action(description=_("Switch on"), permissions=["change"])
    def enable(self, request: HttpRequest, chosen: QuerySet[Company]) -> None:
        """Switch companies on."""
        self._switch(request, chosen, enabled=True)

    def _switch(self, request: HttpRequest, chosen: QuerySet[Company], *, enabled: bool) -> None:
        rows = list(chosen.filter(enabled=not enabled))
        for row in rows:
            row.enabled = enabled
            row.save()
        note(who(request).pk, rows, str(_("enabled")), not enabled, enabled)
        text = _("%(count)d companies were changed.") % {"count": len(rows)}
        self.message_user(request, text, messages.SUCCESS)
