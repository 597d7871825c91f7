"""Roles of users (AC1)."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MAX_ROLES = 2
MANAGED_APPS = frozenset({"accounts", "audit", "planning"})
"""What an administrator of a company finds in the admin; the rest is for operators."""
WATCHED_APPS = frozenset({"audit"})
"""What owners and partners find there, to look at."""


class Role(TextChoices):
    """The contract's user roles."""

    ADMIN = "ADMIN", _("Administrator of the company")
    PARTNER = "PARTNER", _("Partner")
    USER = "USER", _("User")
    BOT = "BOT", _("Bot")
    COMPANYOWNER = "COMPANYOWNER", _("Owner of the company")
    OVERLORD = "OVERLORD", _("Operator of the installation")


STAFF = frozenset({Role.ADMIN, Role.OVERLORD, Role.COMPANYOWNER, Role.PARTNER})
"""Roles that open the admin."""


def validate_roles(value: object) -> None:
    """Refuse anything but a list of at most two different roles.

    Raises
    ------
    ValidationError
    """
    if not isinstance(value, list) or not set(value) <= set(Role.values):
        raise ValidationError(_("Known roles wanted: %(roles)s"), params={"roles": ", ".join(Role.values)})
    if len(value) > MAX_ROLES or len(set(value)) < len(value):
        raise ValidationError(_("At most two different roles"))
