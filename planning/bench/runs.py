"""Measured runs: each planner on each instance, one after the other, every run in processes of its own."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from planning.bench import city, quick
from planning.bench.catalog import Catalog, metres_of
from planning.bench.child import CHECKOUT, environment
from planning.bench.engines import engine
from planning.bench.instance import read_instance
from planning.bench.worker import Job

NEAR_FINAL = 0.01


@dataclass(frozen=True, slots=True)
class Case:
    """One planner on one instance with one budget.

    Attributes
    ----------
    seconds, threads
        The budget: wall seconds on so many threads. A planner of one thread runs so many times side by side,
        each time begun differently, and the best counts: the same CPU time for all.
    """

    instance: str
    engine: str
    seconds: float
    threads: int
    seed: int

    @property
    def key(self) -> str:
        """Name of the case in the file of results."""
        return f"{self.instance} {self.engine} {self.seconds:g}s {self.threads}t seed {self.seed}"


@dataclass(slots=True)
class Record:
    """What came of a case.

    Attributes
    ----------
    refused
        Why the planner cannot take the instance, or why it gave nothing.
    figures
        Of the best run: vehicles, served, distance, cost, broken rules.
    wall, cpu
        Seconds of the planner's call; CPU seconds of all processes.
    mebibytes
        Peak memory of all processes.
    settled
        Seconds until the plan was within 1 % of its own final value; None when the planner does not tell.
    exact
        Share of the improvement that exact models (SCIP, CP-SAT) made; None when the planner does not tell.
    """

    case: dict[str, Any]
    machine: str
    refused: str | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    wall: float = 0.0
    cpu: float = 0.0
    mebibytes: int = 0
    settled: float | None = None
    exact: float | None = None


class Results:
    """The file of results: what is in it is not run again."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.records: dict[str, Record] = {}
        self.cities: dict[str, city.Outcome] = {}
        self.quick: dict[str, quick.Quick] = {}
        if path is not None and path.exists():
            stored = json.loads(path.read_text(encoding="utf-8"))
            self.records = {key: Record(**value) for key, value in stored["runs"].items()}
            self.cities = {key: city.Outcome(**value) for key, value in stored.get("cities", {}).items()}
            self.quick = {key: quick.Quick(**value) for key, value in stored.get("quick", {}).items()}

    def add(self, case: Case, record: Record, versions: dict[str, str]) -> None:
        """Keep a record, in the file too, so that a long list can go on after an interruption."""
        self.records[case.key] = record
        self.keep(versions)

    def keep(self, versions: dict[str, str]) -> None:
        """Write the file."""
        if self.path is not None:
            kinds: dict[str, dict[str, Any]] = {
                "runs": self.records,
                "cities": self.cities,
                "quick": self.quick,
            }
            stored = {name: {key: asdict(one) for key, one in kind.items()} for name, kind in kinds.items()}
            draft = self.path.with_suffix(".draft")
            draft.write_text(json.dumps({"versions": versions, **stored}, indent=1), encoding="utf-8")
            draft.replace(self.path)


@dataclass(frozen=True, slots=True)
class _Run:
    answer: dict[str, Any] | None
    error: str
    cpu: float


def run_case(catalog: Catalog, case: Case, machine: str) -> Record:
    """Run a case and tell what came of it; a planner that fails is a record too, never an exception."""
    path = catalog.folder / case.instance
    planner = engine(case.engine)
    instance = read_instance(path)
    record = Record(asdict(case), machine, refused=planner.unfit(instance))
    if record.refused is not None:
        return record
    scale, rounding = metres_of(case.instance)
    times, threads = (1, case.threads) if planner.THREADED else (case.threads, 1)
    jobs = [
        Job(str(path), case.engine, scale, rounding, case.seconds, threads, case.seed, variant)
        for variant in range(times)
    ]
    with ThreadPoolExecutor(times) as together:
        runs = list(together.map(_run_worker, jobs))
    record.cpu = round(sum(run.cpu for run in runs), 1)
    answers = [run.answer for run in runs if run.answer is not None]
    if not answers:
        record.refused = runs[0].error
        return record
    best = min(answers, key=lambda answer: _rank(answer["figures"], fleet_first=instance.fleet_first))
    record.figures = best["figures"]
    record.mebibytes = sum(answer["mebibytes"] for answer in answers)
    record.wall = max(answer["wall"] for answer in answers)
    record.settled, record.exact = settled(best["trace"]), best.get("exact")
    return record


def _rank(figures: dict[str, Any], *, fleet_first: bool) -> tuple[bool, int, float]:
    return bool(figures["broken"]), figures["vehicles"] if fleet_first else 0, figures["cost"]


def settled(trace: Sequence[tuple[float, list[float]]]) -> float | None:
    """Give the moment from which a plan was within 1 % of its own final value, what comes before it equal."""
    if len(trace) < 2:  # a planner that tells only its end
        return None
    *final_head, final = trace[-1][1]
    for at, (*head, value) in trace:
        if head == final_head and abs(value - final) <= NEAR_FINAL * abs(final):
            return at
    return trace[-1][0]


def _run_worker(job: Job) -> _Run:
    """Run a job in a process of its own, whose CPU time the kernel tells."""
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "planning.bench.worker"],
            cwd=CHECKOUT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        too_long = threading.Timer(3 * job.seconds + 180, process.kill)
        too_long.start()
        try:
            return _attend(process, job, errors)
        finally:
            too_long.cancel()


def _attend(process: "subprocess.Popen[bytes]", job: Job, errors: IO[str]) -> _Run:
    task, told = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    with task:
        task.write(job.as_bytes())
    with told:
        answer = told.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    if process.returncode == 0:
        return _Run(json.loads(answer.splitlines()[-1]), "", cpu)
    errors.seek(0)
    last = (errors.read().strip().splitlines() or [f"ended with code {process.returncode}"])[-1]
    return _Run(None, last[:200], cpu)
