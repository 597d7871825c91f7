"""The one clock that tasks are judged by: what is past, and when an execution stands (rule Q3)."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the moment of the request; tests set it."""
    return timezone.now()
