"""Import and export of companies, users and quotas; no password, token or operator goes in or out."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, JSON, XLSX
from import_export.forms import ExportForm
from import_export.results import RowResult

from accounts.admin.changes import changed
from accounts.admin.scope import managed, who
from accounts.models import Company, CompanyQuota, User, UserQuota
from accounts.roles import Role

LIMITS = ("points_per_request", "points_per_day", "max_concurrent_execution")


class Scoped(resources.ModelResource):  # type: ignore[misc]  # the library is untyped
    """Rows somebody manages; each is checked on its own, and none is removed."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__()
        self._request = request

    @property
    def request(self) -> HttpRequest:
        """Who imports; a resource that only names its columns has nobody."""
        if self._request is None:
            raise TypeError("an import by nobody")
        return self._request

    def company_of(self, row: Any) -> Company | None:
        """Return the company of a row; None where it names none that exists."""
        raise TypeError("a resource without companies")

    def refusals(self, row: Any) -> Iterable[str]:
        """Yield why this row is none of his business."""
        company = self.company_of(row)
        if company is None or not managed(self.request).filter(pk=company.pk).exists():
            yield _("The company is unknown, or not yours to manage.")

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        """Check a row: first whether it may be changed at all, then its values.

        Raises
        ------
        ValidationError
        """
        if refusals := list(self.refusals(instance)):
            raise ValidationError(refusals)
        super().validate_instance(instance, *args, **kwargs)


class CompanyResource(Scoped):
    """Companies: operators only."""

    class Meta(Scoped.Meta):
        model = Company
        fields = import_order = export_order = ("key", "name", "enabled")
        import_id_fields = ("key",)

    def get_queryset(self) -> QuerySet[Company]:
        """Return what an import may meet."""
        return managed(self.request)

    def refusals(self, row: Company) -> Iterable[str]:
        """Refuse everybody but operators."""
        if not who(self.request).is_superuser:
            yield _("Companies are managed by operators.")


class OfCompany(widgets.ForeignKeyWidget):  # type: ignore[misc]  # the library is untyped
    """A company by its key, which has to exist."""

    def __init__(self) -> None:
        super().__init__(Company, "key")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the company of a cell.

        Raises
        ------
        ValueError
            There is no such company.
        """
        found = Company.objects.filter(key=value or "").first()
        if found is None:
            raise ValueError(_("There is no company with this key."))
        return found


class UserResource(Scoped):
    """Users without what lets them in: a new one gets a password in the admin."""

    company = fields.Field(attribute="company", column_name="company", widget=OfCompany())
    roles = fields.Field(attribute="roles", column_name="roles", widget=widgets.SimpleArrayWidget(" "))

    class Meta(Scoped.Meta):
        model = User
        fields = import_order = export_order = (
            "username", "company", "specification", "email", "phone", "enabled", "roles",
            "timezone", "attributes",
        )  # fmt: skip
        import_id_fields = ("username",)

    def get_queryset(self) -> QuerySet[User]:
        """Return what an import may meet."""
        return User.objects.filter(company__in=managed(self.request))

    def company_of(self, row: User) -> Company | None:
        """Return the user's company."""
        return row.company if row.company_id else None

    def refusals(self, row: User) -> Iterable[str]:
        """Refuse other companies, and operators: nobody becomes one, or is changed, by a file."""
        yield from super().refusals(row)
        stored = User.objects.filter(pk=row.pk).first() if row.pk else None
        if Role.OVERLORD in row.roles or (stored and stored.is_superuser):
            yield _("Operators are managed one by one, not by files.")

    def after_init_instance(self, instance: User, new: bool, row: Any, **kwargs: Any) -> None:
        """Let nobody in by a new row."""
        if new:
            instance.set_unusable_password()


class CompanyQuotaResource(Scoped):
    """Quotas of companies."""

    company = fields.Field(attribute="company", column_name="company", widget=OfCompany())

    class Meta(Scoped.Meta):
        model = CompanyQuota
        fields = import_order = export_order = ("company", "service", "process_type", *LIMITS)
        import_id_fields = ("company", "service", "process_type")

    def company_of(self, row: CompanyQuota) -> Company | None:
        """Return the company the quota is of."""
        return row.company if row.company_id else None


class UserQuotaResource(Scoped):
    """Quotas of users."""

    user = fields.Field(
        attribute="user", column_name="user", widget=widgets.ForeignKeyWidget(User, "username")
    )

    class Meta(Scoped.Meta):
        model = UserQuota
        fields = import_order = export_order = ("user", "service", "process_type", *LIMITS)
        import_id_fields = ("user", "service", "process_type")

    def company_of(self, row: UserQuota) -> Company | None:
        """Return the company of the user the quota is of."""
        return row.user.company if row.user_id else None


class Transfer(ImportExportMixin):  # type: ignore[misc]  # the library is untyped
    """Import with a preview, and export of what the list shows."""

    formats = (XLSX, CSV, JSON)
    export_form_class = ExportForm  # the other one needs scripts inside the page, which the policy forbids
    skip_export_form_from_action = True

    def get_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        """Tell the resource who asks."""
        return {"request": request}

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the list shows, but no operators."""
        rows: QuerySet[Any] = super().get_export_queryset(request)
        return rows.exclude(roles__icontains=Role.OVERLORD) if rows.model is User else rows

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Who may add and change rows."""
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Who may look at rows."""
        return bool(self.has_view_permission(request))

    def _log_actions(self, result: Any, request: HttpRequest) -> None:
        """Keep in the history what each row changed, from what, and to what."""
        names = self.get_import_resource_classes(request)[0]._meta.fields
        for row in result:
            flag = {RowResult.IMPORT_TYPE_NEW: ADDITION, RowResult.IMPORT_TYPE_UPDATE: CHANGE}.get(
                row.import_type
            )
            if flag is not None:
                message = (
                    [{"added": {}}]
                    if flag == ADDITION
                    else [{"changed": {"fields": differences(row, names)}}]
                )
                pk = who(request).pk
                LogEntry.objects.log_actions(pk, [row.instance], flag, message, single_object=True)


def differences(row: RowResult, names: Iterable[str]) -> list[str]:
    """Return the fields an imported row changed, with both values."""
    before, after = row.original, row.instance
    return [
        changed(label(after, name), getattr(before, name), getattr(after, name))
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]


def label(row: Model, name: str) -> str:
    """Return what a field is called."""
    return str(getattr(row._meta.get_field(name), "verbose_name", name))
