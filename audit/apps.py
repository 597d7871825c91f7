"""The audit application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who asked what, when, and how it ended."""

    name = "audit"
    verbose_name = _("Audit")
