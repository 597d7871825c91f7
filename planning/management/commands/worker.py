"""Runs calculations: the queue's cluster of worker processes, and the care for what they cannot see to."""

import logging
import os
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django_q.cluster import Cluster
from django_q.models import Schedule

from planning import calculations, jobs, transfers
from planning.warming import warm

logger = logging.getLogger(__name__)

MOMENT = 0.25
SWEEP_SECONDS = 3.0
STUCK_SECONDS = 20.0
"""Work that waits beside idle workers for this long shows a broken queue between them: start anew."""


class Command(BaseCommand):
    """Start the cluster, and sweep every few seconds until told to stop."""

    help = "Runs calculations until it is stopped."
    requires_system_checks = ()  # they load every page; those who set the service up have made them
    told_to_stop = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal; running calculations are then put back in line.

        Raises
        ------
        SystemExit
            The cluster broke; whoever started this starts it again.
        """
        self.stdout.write("Preparing the compiled code ...")
        warm()  # here and once: the processes forked below share it
        Schedule.objects.update_or_create(
            name="clean",
            defaults={"func": "planning.jobs.clean", "schedule_type": Schedule.MINUTES, "minutes": 1},
        )
        Schedule.objects.update_or_create(
            name="retain",
            defaults={"func": "planning.jobs.retain", "schedule_type": Schedule.MINUTES, "minutes": 10},
        )
        connection.close()  # not to be shared with the processes forked now
        os.register_at_fork(after_in_child=end_with_parent)
        cluster = Cluster()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        cluster.start()
        self.stdout.write("Ready for calculations.")
        self._care(cluster)
        jobs.stopping.set()
        cluster.stop()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop = True  # no more than that: a lock taken here may be one that is held already

    def _care(self, cluster: Cluster) -> None:
        idle_since = next_sweep = time.monotonic()
        while not self.told_to_stop:
            time.sleep(MOMENT)
            if not cluster.sentinel.is_alive():
                raise SystemExit("The queue's cluster ended by itself.")
            if time.monotonic() < next_sweep:
                continue
            next_sweep = time.monotonic() + SWEEP_SECONDS
            try:
                calculations.sweep()
                transfers.sweep()
                if not calculations.waits_beside_idle_workers():
                    idle_since = time.monotonic()
            except DatabaseError:
                logger.exception("The sweep could not use the database")
                connection.close()
            if time.monotonic() - idle_since > STUCK_SECONDS:
                logger.error("Calculations wait beside idle workers: the queue between them is broken")
                os._exit(1)  # its processes end with this one; nothing here may wait for a broken lock


def end_with_parent() -> None:
    """Make a forked process end when its parent is gone, however that ended."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
