"""The audit application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who asked what, when, and how it ended."""

    name = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        """Listen for answered requests."""
        from accounts.trace import answered
        from audit.journal import on_answered

        answered.connect(on_answered, dispatch_uid="audit")
