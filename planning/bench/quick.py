"""How soon a small task is planned by the service itself: database, queue and worker as they run anywhere.

``python -m planning.bench.quick`` measures in an installation of its own, of which nothing is left: settings
in (orders, seed), outcome out.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from planning.bench.child import CHECKOUT, ask_child, environment
from planning.bench.streets import city_task

SHORT, LONG = 1, 60
"""Seconds of search: the short one leaves the rest of two seconds to everything around it."""

LOOK = 0.01  # seconds between looks at a calculation
LONGEST_WAIT = 300.0
HEADER = ["orders", "wall s", "search s", "gap to 60 s %", "fresh worker: first plan s"]


@dataclass(frozen=True, slots=True)
class Quick:
    """Times and values of a small task.

    Attributes
    ----------
    wall
        Seconds from handing in the bytes to the end of a calculation whose search has `SHORT` seconds; the
        worker has done another one before.
    search
        Seconds of these that were the search's.
    value, later
        Orders and metres of its plan, and of the plan after `LONG` seconds.
    fresh
        Seconds from starting a worker process, with compiled code in its cache, to the end of a calculation
        that was waiting for it, less the second it searched.
    """

    orders: int
    wall: float
    search: float
    value: list[int]
    later: list[int]
    fresh: float

    @property
    def gap(self) -> float:
        """How far the quick plan is above the later one, %; infinite when it plans fewer orders."""
        if self.value[0] < self.later[0]:
            return float("inf")
        return 100 * (self.value[1] / self.later[1] - 1)

    def cells(self) -> list[str]:
        """Write the row of the table."""
        return [
            str(self.orders), f"{self.wall:.2f}", f"{self.search:.2f}", f"{self.gap:.2f}", f"{self.fresh:.2f}"
        ]  # fmt: skip


def measure(orders: int, seed: int = 1) -> Quick:
    """Measure in a service of its own, on SQLite, with one worker process of one thread."""
    with tempfile.TemporaryDirectory() as folder:
        more = {
            "DATA_DIR": folder, "DATABASE_URL": "", "WORKERS": "1", "SOLVER_THREADS": "1",
            "LOG_LEVEL": "WARNING", "PRODUCTION": "false", "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        return Quick(**ask_child("planning.bench.quick", {"orders": orders, "seed": seed}, 600, **more))


@contextmanager
def _worker() -> Iterator[None]:
    """A worker as the service starts it."""
    with Path(environment()["DATA_DIR"], "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker"], cwd=CHECKOUT, env=environment(), stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def _task(orders: int, seed: int, seconds: int) -> bytes:
    task = city_task(orders, seed)
    task["plan_settings"]["calculation_settings"] = {"max_calculation_time": f"PT{seconds}S"}
    return json.dumps(task).encode()


def _ended(calculation: Any) -> tuple[float, Any]:
    """Wait for a calculation to end; the moment of it, and the row."""
    began = time.monotonic()
    while calculation.status in calculation.ACTIVE:
        if time.monotonic() - began > LONGEST_WAIT:
            raise TimeoutError(f"still {calculation.status} after {LONGEST_WAIT:.0f} s")
        time.sleep(LOOK)
        calculation.refresh_from_db()
    return time.monotonic(), calculation


def work(orders: int, seed: int) -> Quick:
    """Set the service up, measure, and stop it again."""
    import django

    django.setup()
    from django.core.management import call_command

    from accounts.models import User
    from planning.calculations import submit

    call_command("migrate", verbosity=0)
    call_command("demo", stdout=sys.stderr)
    user = User.objects.get(username="client")
    short = _task(orders, seed, SHORT)
    with _worker():  # puts what is not in the cache yet into it: no figure shall hold that
        _ended(submit(user, short))
    waiting = submit(user, short)
    started = time.monotonic()
    with _worker():
        fresh = _ended(waiting)[0] - started - SHORT
        handed_in = time.monotonic()
        ended, quick = _ended(submit(user, short))
        _, later = _ended(submit(user, _task(orders, seed, LONG)))
    return Quick(
        orders, round(ended - handed_in, 3), round(quick.timings["calculation"], 3),
        [quick.figures["planned"], quick.figures["distance"]],
        [later.figures["planned"], later.figures["distance"]],
        round(fresh, 3),
    )  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(asdict(work(**json.load(sys.stdin)))))
