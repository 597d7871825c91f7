"""One measured run in a process of its own: ``python -m planning.bench.worker``, job in, outcome out."""

import json
import re
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from planning.bench.engines import Effort, engine
from planning.bench.instance import read_instance
from planning.bench.plane import Plane
from planning.bench.solution import measure


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to run.

    Attributes
    ----------
    path
        The instance's file.
    scale, rounding
        How it becomes whole metres and seconds.
    """

    path: str
    engine: str
    scale: int
    rounding: str
    seconds: float
    threads: int
    seed: int
    variant: int = 0

    def as_bytes(self) -> bytes:
        """Write the job for a worker's standard input."""
        return json.dumps(asdict(self)).encode()


def peak_mebibytes() -> int:
    """Give the peak memory of this process since its program began, MiB.

    What the kernel tells a parent of its child counts the parent's own memory in.
    """
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s*(\d+) kB", told)[0]) // 1024


def work(job: Job) -> dict[str, Any]:
    """Run a job: wall time from the planner's call, peak memory, figures, trace, routes."""
    plane = Plane.of(read_instance(Path(job.path)), job.scale, job.rounding)
    planner = engine(job.engine)
    started = time.perf_counter()
    outcome = planner.run(plane, Effort(job.seconds, job.threads, job.seed, job.variant))
    return {
        "wall": round(time.perf_counter() - started, 2),
        "mebibytes": peak_mebibytes(),
        "figures": measure(plane, outcome.routes).as_json(),
        "trace": [[round(at, 2), value] for at, value in outcome.trace],
        "exact": outcome.exact,
        "routes": [[route.vehicle, route.visits] for route in outcome.routes],
    }


if __name__ == "__main__":
    print(json.dumps(work(Job(**json.load(sys.stdin)))))
