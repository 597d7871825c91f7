"""Running a list of cases: side by side, a line of progress for each, kept in a file where that is wanted."""

import json
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

import solver
from planning.bench.machine import machine

Judge = Callable[[Any, solver.Effort], Any]
Job = tuple[Any, solver.Effort]


class Kept:
    """Verdicts by the key of their case, written to a file after each; none without a file.

    Parameters
    ----------
    path : Path or None
        A file that is there is read: what it holds is not done again.
    kind : type
        Dataclass of the verdicts.
    """

    def __init__(self, path: Path | None, kind: Callable[..., Any]) -> None:
        self.path, self.kind = path, kind
        self.rows: dict[str, Any] = {}
        if path is not None and path.exists():
            self.rows = json.loads(path.read_text())["verdicts"]

    def get(self, key: str) -> Any:
        """The verdict of a case that was judged before, or None."""
        return self.kind(**self.rows[key]) if key in self.rows else None

    def put(self, key: str, verdict: Any) -> None:
        """Keep a verdict."""
        self.rows[key] = asdict(verdict)
        if self.path is not None:
            told = {"machine": machine(), "verdicts": self.rows}
            self.path.write_text(json.dumps(told, indent=1, ensure_ascii=False))


def key_of(case: Any, effort: solver.Effort) -> str:
    """Name of a case in the file."""
    return f"{case} {effort.seconds:g} s, {effort.threads} threads, seed {effort.seed}"


def judged(judge: Judge, jobs: Sequence[Job], beside: int) -> Iterator[tuple[int, Any]]:
    """Verdicts with the numbers of their jobs, as they come."""
    if beside <= 1:
        yield from ((number, judge(*job)) for number, job in enumerate(jobs))
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(beside, mp_context=fresh, initializer=django.setup) as executor:
        running = {executor.submit(judge, *job): number for number, job in enumerate(jobs)}
        for future in as_completed(running):
            yield running[future], future.result()


def run(judge: Judge, jobs: Sequence[Job], beside: int, kept: Kept) -> list[Any]:
    """Judge all cases that are not kept yet; the verdicts in the order of the jobs."""
    keys = [key_of(*job) for job in jobs]
    verdicts = [kept.get(key) for key in keys]
    left = [number for number, verdict in enumerate(verdicts) if verdict is None]
    for done, (turn, verdict) in enumerate(judged(judge, [jobs[number] for number in left], beside), 1):
        number = left[turn]
        verdicts[number] = verdict
        kept.put(keys[number], verdict)
        print(f"{done}/{len(left)} {' '.join(verdict.cells())}", file=sys.stderr, flush=True)
    return verdicts
