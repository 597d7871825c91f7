"""Whose rows staff see and change (AC1): what every admin page is built on."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest

from accounts.admin.changes import told
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


class CompanyScoped(ModelAdmin):
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


class Watched(CompanyScoped):
    """Rows of what companies do, for everybody who may look at them."""

    def companies(self, request: HttpRequest) -> QuerySet[Company]:
        """Return the companies whose rows are shown."""
        return watched(request)


class ReadOnly(ModelAdmin):
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
