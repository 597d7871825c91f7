"""Removes what the audit need not keep any longer; the worker does the same little by little."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit import retention


class Command(BaseCommand):
    """Apply the retention now."""

    help = "Removes kept bodies and audit rows whose time is over (KEPT_DAYS, AUDIT_DAYS)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, and say how much."""
        for name, count in retention.apply(timezone.now()).items():
            self.stdout.write(f"{name}: {count}")
