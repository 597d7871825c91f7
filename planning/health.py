"""Health of the service, from probes of what it needs."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.status import Stat

from planning import line
from planning.models import Calculation

ROOM_BYTES = 2 * 1024**3
"""Free disk space that is plenty."""

PATIENCE = timedelta(minutes=5)
"""A calculation that waits longer shows a queue that is too long or stands still."""


def measure() -> float:
    """Return 0 without a database, else the mean of all probes, 1 when everything works."""
    if not database():
        return 0.0
    probes = (1.0, queue(), workers(), disk())
    return round(sum(probes) / len(probes), 3)


def database() -> bool:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def queue() -> float:
    """Return 1 while nobody whose turn it could be waits for long, 0 otherwise."""
    turns = list(line.startable())
    late = Calculation.objects.filter(pk__in=turns, created_at__lt=timezone.now() - PATIENCE)
    return 0.0 if late.exists() else 1.0


def workers() -> float:
    """Return 1 while a worker shows signs of life, else 0."""
    return 1.0 if Stat.get_all(get_broker()) else 0.0


def disk() -> float:
    """Return 1 with plenty of free space for data, less the less there is."""
    return min(1.0, shutil.disk_usage(settings.DATA_DIR).free / ROOM_BYTES)
