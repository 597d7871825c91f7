"""Users with their roles, attributes and quotas."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.changes import note
from accounts.admin.inlines import UserQuotas
from accounts.admin.scope import CompanyScoped, who
from accounts.admin.transfer import Transfer, UserResource
from accounts.models import User
from accounts.roles import MAX_ROLES, Role

if TYPE_CHECKING:
    OfUsers = DjangoUserAdmin[User]
    AddForm = AdminUserCreationForm[User]
    ChangeForm = UserChangeForm[User]
else:  # generic to the type checker only
    OfUsers, AddForm, ChangeForm = DjangoUserAdmin, AdminUserCreationForm, UserChangeForm


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
class UserAdmin(Transfer, CompanyScoped, OfUsers):
    """Users: administrators manage those of their company, and make nobody an operator (AC1)."""

    resource_class = UserResource
    form = UserForm
    add_form = NewUserForm
    list_display = ["username", "specification", "company", "roles_text", "enabled", "last_login"]
    list_filter = ["enabled", RoleFilter, "company"]
    list_select_related = ["company"]
    search_fields = ["username", "specification", "email", "company__key"]
    ordering = ["username"]
    filter_horizontal = ["assigned_companies"]
    inlines = [UserQuotas]
    actions = ["disable", "enable", "sign_out"]
    readonly_fields = ["last_login", "created_at", "edited_at"]
    fieldsets = [
        (None, {"fields": ["username", "password", "company", "enabled", "roles", "assigned_companies"]}),
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
        """Leave an administrator no role above him."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not who(request).is_superuser and "roles" in form.base_fields:
            choices = [item for item in Role.choices if item[0] != Role.OVERLORD]
            form.base_fields["roles"].choices = choices
        return form

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave it to operators to show a partner other companies."""
        found = super().get_fieldsets(request, obj)
        if who(request).is_superuser:
            return found
        return [
            (
                name,
                {
                    **options,
                    "fields": [field for field in options["fields"] if field != "assigned_companies"],
                },
            )
            for name, options in found
        ]

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        """Leave quotas for when the user exists."""
        return super().get_inlines(request, obj) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Operators are changed by operators only."""
        return super().has_change_permission(request, obj) and not self._above(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Operators are deleted by operators only."""
        return super().has_delete_permission(request, obj) and not self._above(request, obj)

    @staticmethod
    def _above(request: HttpRequest, obj: User | None) -> bool:
        return obj is not None and obj.is_superuser and not who(request).is_superuser

    @admin.action(
        description=_("Switch off: sign-ins, tokens and sessions end at once"), permissions=["change"]
    )
    def disable(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Switch users off."""
        self._switch(request, chosen, enabled=False)

    @admin.action(description=_("Switch on"), permissions=["change"])
    def enable(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Switch users on."""
        self._switch(request, chosen, enabled=True)

    @admin.action(
        description=_("Sign out: tokens and sessions end, the password stays"), permissions=["change"]
    )
    def sign_out(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """End all tokens and web sessions."""
        for user in self._his(request, chosen):
            before = user.token_version
            user.token_version += 1
            user.save(update_fields=["token_version"])
            note(who(request).pk, [user], str(_("generation of tokens")), before, user.token_version)
        self._done(request, chosen)

    def _switch(self, request: HttpRequest, chosen: QuerySet[User], *, enabled: bool) -> None:
        for user in self._his(request, chosen):
            if user.enabled != enabled:
                user.enabled = enabled
                user.save()
                note(who(request).pk, [user], str(_("enabled")), not enabled, enabled)
        self._done(request, chosen)

    def _his(self, request: HttpRequest, chosen: QuerySet[User]) -> list[User]:
        """Return the chosen users but those above whoever asks."""
        return [user for user in chosen.select_related("company") if not self._above(request, user)]

    def _done(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        count = len(self._his(request, chosen))
        self.message_user(request, _("%(count)d users were changed.") % {"count": count}, messages.SUCCESS)
