"""Whose rows staff see and change (AC1): what every admin page is built on."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from accounts.admin.changes import of_row, told
from accounts.models import Company, User
from accounts.roles import Role

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:  # generic to the type checker only
    ModelAdmin = admin.ModelAdmin


def who(request: HttpRequest) -> User:
    """Return who asks; the admin lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("an admin page without a user")
    return request.user


def managed(request: HttpRequest) -> QuerySet[Company]:
    """Return the companies somebody manages: an operator all, an administrator his own."""
    user = who(request)
    if user.is_superuser:
        return Company.objects.all()
    return Company.objects.filter(pk=user.company_id) if user.manages else Company.objects.none()


def watched(request: HttpRequest) -> QuerySet[Company]:
    """Return the companies somebody may look at: also an owner his own, a partner those assigned."""
    user = who(request)
    if user.is_superuser:
        return Company.objects.all()
    roles, seen = set(user.roles), Q(pk=None)
    if roles & {Role.ADMIN, Role.COMPANYOWNER}:
        seen |= Q(pk=user.company_id)
    if Role.PARTNER in roles:
        seen |= Q(pk__in=user.assigned_companies.values("pk"))
    return Company.objects.filter(seen)


class Named(ModelAdmin):
    """Pages called by the name of their rows: a sentence glued from pieces is wrong in most languages."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list under the name of its rows."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show one row under the name of what it is."""
        context["title"] = capfirst(self.opts.verbose_name)
        return super().render_change_form(request, context, *args, **kwargs)


class CompanyScoped(Named):
    """Rows of the companies somebody manages; every change is told with what was before and after.

    Attributes
    ----------
    company_path
        Where a row names its company, as a lookup.
    """

    company_path = "company"

    def companies(self, request: HttpRequest) -> QuerySet[Company]:
        """Return the companies whose rows are shown."""
        return managed(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows this user may see."""
        rows = super().get_queryset(request)
        if who(request).is_superuser:
            return rows
        return rows.filter(**{f"{self.company_path}__in": list(self.companies(request))})

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Leave the filter by company to those who see several."""
        filters = super().get_list_filter(request)
        if who(request).is_superuser:
            return filters
        return [item for item in filters if "company" not in str(item)]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        """Offer, and accept, only companies somebody manages and their users."""
        if db_field.related_model is Company:
            kwargs["queryset"] = managed(request)
        elif db_field.related_model is User:
            kwargs["queryset"] = User.objects.filter(company__in=managed(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        """Return what was changed, from what, and to what."""
        return told(form, formsets or (), add)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[LogEntry]:
        """Keep in the history what the rows held that are going."""
        kept = []
        for row in queryset:
            message = [{"changed": {"fields": list(of_row(row))}}]
            one = LogEntry.objects.log_actions(who(request).pk, [row], DELETION, message, single_object=True)
            kept.append(one)
        return kept


class Watched(CompanyScoped):
    """Rows of what companies do, for everybody who may look at them."""

    def companies(self, request: HttpRequest) -> QuerySet[Company]:
        """Return the companies whose rows are shown."""
        return watched(request)


class ReadOnly(Named):
    """Rows that only code writes."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False
