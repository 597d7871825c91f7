"""Admin of companies and users; what every other admin needs to show each company its own rows only."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Company, User
from accounts.roles import MAX_ROLES, Role

admin.site.site_header = admin.site.site_title = _("Marshrut administration")
admin.site.unregister(Group)


if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    OfUsers = DjangoUserAdmin[User]
    AddForm = AdminUserCreationForm[User]
    ChangeForm = UserChangeForm[User]
else:  # generic to the type checker only
    ModelAdmin, OfUsers, AddForm, ChangeForm = (
        admin.ModelAdmin, DjangoUserAdmin, AdminUserCreationForm, UserChangeForm,
    )  # fmt: skip


def own_company(request: HttpRequest) -> QuerySet[Company]:
    """Return the company of who asks, as rows."""
    return Company.objects.filter(users__username=request.user.get_username())


class CompanyScoped(ModelAdmin):
    """Operators of the installation see everything, administrators the rows of their company (AC1).

    Attributes
    ----------
    company_path
        Where a row names its company, as a lookup.
    """

    company_path = "company"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows this user may see."""
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(**{f"{self.company_path}__in": own_company(request)})

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Leave the filter by company to those who see several."""
        filters = super().get_list_filter(request)
        return filters if request.user.is_superuser else [item for item in filters if item != "company"]


class ReadOnly(CompanyScoped):
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


@admin.register(Company)
class CompanyAdmin(CompanyScoped):
    """Companies: operators manage them, administrators look at theirs."""

    list_display = ["key", "name", "enabled", "users_count", "created_at"]
    list_filter = ["enabled"]
    search_fields = ["key", "name"]
    readonly_fields = ["created_at", "edited_at"]
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        """Return the companies this user may see, with the number of their users."""
        rows = Company.objects.annotate(users_count=Count("users"))
        if request.user.is_superuser:
            return rows
        return rows.filter(pk__in=own_company(request))

    @admin.display(description=_("users"), ordering="users_count")
    def users_count(self, company: Any) -> int:
        """How many users the company has."""
        return int(company.users_count)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators only."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        """Operators only."""
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        """Operators only; a company with users, datasets or calculations cannot be deleted at all."""
        return bool(request.user.is_superuser)


class RolesField(forms.TypedMultipleChoiceField):
    """Roles as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Role.choices, required=False, label=_("roles"), **kwargs)

    def clean(self, value: Any) -> list[str]:
        """Return the ticked roles.

        Raises
        ------
        ValidationError
            More than the contract allows one user.
        """
        roles = super().clean(value)
        if len(roles) > MAX_ROLES:
            raise forms.ValidationError(_("At most two different roles"))
        return list(roles)


class NewUserForm(AddForm):
    """A new user."""

    roles = RolesField()

    class Meta:
        model = User
        fields = ["username", "company", "roles"]


class UserForm(ChangeForm):
    """A user."""

    roles = RolesField()

    class Meta:
        model = User
        fields = "__all__"


class RoleFilter(admin.SimpleListFilter):
    """Users who have a role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer every role."""
        return [(role.value, str(role.label)) for role in Role]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """Return the users who have the chosen one."""
        role = self.value()
        return queryset.filter(roles__icontains=role) if role in Role.values else queryset


@admin.register(User)
class UserAdmin(CompanyScoped, OfUsers):
    """Users: administrators manage those of their company, and make nobody an operator (AC1)."""

    form = UserForm
    add_form = NewUserForm
    list_display = ["username", "specification", "company", "roles_text", "enabled", "last_login"]
    list_filter = ["enabled", RoleFilter, "company"]
    list_select_related = ["company"]
    search_fields = ["username", "specification", "email", "company__key"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "created_at", "edited_at"]
    fieldsets = [
        (None, {"fields": ["username", "password", "company", "enabled", "roles"]}),
        (_("Person"), {"fields": ["specification", "email", "phone", "timezone", "attributes"]}),
        (_("Dates"), {"fields": ["last_login", "created_at", "edited_at"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2", "company", "roles"]})
    ]

    @admin.display(description=_("roles"))
    def roles_text(self, user: User) -> str:
        """The roles in one line."""
        return ", ".join(user.roles)

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Leave an administrator the choices that are his: his company, and no role above him."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not request.user.is_superuser:
            fields = form.base_fields
            if "company" in fields:
                fields["company"].queryset = own_company(request)
            if "roles" in fields:
                fields["roles"].choices = [item for item in Role.choices if item[0] != Role.OVERLORD]
        return form

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Operators are changed by operators only."""
        return super().has_change_permission(request, obj) and not self._above(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Operators are deleted by operators only."""
        return super().has_delete_permission(request, obj) and not self._above(request, obj)

    @staticmethod
    def _above(request: HttpRequest, obj: User | None) -> bool:
        return obj is not None and obj.is_superuser and not request.user.is_superuser
