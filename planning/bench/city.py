"""A large city planned by the minute: first complete plan, value over time, memory, progress, cancelling.

Every trial is a process of its own: ``python -m planning.bench.city``, trial in, outcome out.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

import solver
from planning.bench.child import ask_child
from planning.bench.streets import city_task
from planning.bench.worker import peak_mebibytes
from solver.contract import PlanTask

MINUTES = (1, 2, 5, 10, 20)
PREPARE = "prepare"
PHASES = (PREPARE, "construct", "improve")
PATIENCE = {PREPARE: 1.0, "construct": 1.0, "improve": 20.0}
"""Seconds after a phase has begun when the search is stopped."""

HEADER = [
    "orders", "budget", "planned", "first complete s", *(f"{minute} min" for minute in MINUTES), "end",
    "MiB", "widest silence s", "CPU s",
]  # fmt: skip
STOP_HEADER = ["orders", "stopped in", "after s", "ended in s"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A city to plan.

    Attributes
    ----------
    stop_in : str or None
        Stop the search in this phase.
    """

    orders: int
    seconds: float
    threads: int
    seed: int = 1
    stop_in: str | None = None

    @property
    def key(self) -> str:
        """Name of the trial in the file of results."""
        stop = f" stopped in {self.stop_in}" if self.stop_in else ""
        return f"city {self.orders} {self.seconds:g}s {self.threads}t seed {self.seed}{stop}"


@dataclass(slots=True)
class Outcome:
    """What came of a trial.

    Attributes
    ----------
    trace : list
        (seconds since the bytes were there, percent, orders planned, value) of each report.
    silence : float
        Longest time between two changes of percent or value, or between reports, s.
    stopped_after, ended_in : float or None
        When it was stopped; seconds from there until the bytes of the result were there.
    shares : list of float
        Shares of set partitioning and of reassignment in the improvement.
    """

    trial: dict[str, Any]
    planned: int = 0
    value: float = 0.0
    trace: list[list[float]] = field(default_factory=list)
    silence: float = 0.0
    mebibytes: int = 0
    cpu: float = 0.0
    stopped_after: float | None = None
    ended_in: float | None = None
    shares: list[float] = field(default_factory=list)

    def complete(self) -> float | None:
        """Seconds to the first plan with as many orders as the last; None where nothing was reported."""
        return next((at for at, _, planned, _ in self.trace if planned >= self.planned > 0), None)

    def value_at(self, seconds: float) -> float | None:
        """Value of the plan known at a moment; None before there was one with all orders of the end."""
        known = [value for at, _, planned, value in self.trace if at <= seconds and planned >= self.planned]
        return known[-1] if known else None

    def cells(self) -> list[str]:
        """Write the row of the table."""
        trial, last = self.trial, self.trace[-1][0] if self.trace else 0.0
        values = [self.value_at(60 * minute) if 60 * minute <= last + 5 else None for minute in MINUTES]
        complete = self.complete()
        return [
            str(trial["orders"]), f"{trial['seconds']:g} s x {trial['threads']}", str(self.planned),
            "-" if complete is None else f"{complete:.1f}",
            *("-" if value is None else f"{value:.0f}" for value in values),
            f"{self.value:.0f}", str(self.mebibytes), f"{self.silence:.1f}", f"{self.cpu:.0f}",
        ]  # fmt: skip

    def stop_cells(self) -> list[str]:
        """Write the row of the table of stopped trials."""
        trial = self.trial
        return [
            str(trial["orders"]), trial["stop_in"], _seconds(self.stopped_after), _seconds(self.ended_in)
        ]  # fmt: skip


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def trials(orders: int, budgets: Sequence[float], threads: int) -> list[Trial]:
    """A trial for each budget, and one for each phase that is stopped."""
    measured = [Trial(orders, seconds, threads) for seconds in budgets]
    return measured + [Trial(orders, max(budgets), threads, stop_in=phase) for phase in PHASES]


def run_trial(trial: Trial) -> Outcome:
    """Run a trial in a process of its own."""
    return Outcome(**ask_child("planning.bench.city", asdict(trial), 3 * trial.seconds + 600))


class _Watch:
    """Listens to a search, and stops it in the phase that is to be stopped."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.began = time.monotonic()
        self.trace: list[list[float]] = []
        self.entered: float | None = self.began if trial.stop_in == PREPARE else None
        self.stopped: float | None = None
        self.shares: list[float] = []

    def __call__(self, found: solver.Progress, best: Callable[[], solver.Plan]) -> None:
        """Take one report."""
        now = time.monotonic()
        if found.phase == self.trial.stop_in and self.entered is None:
            self.entered = now
        value = found.objective[-2] if len(found.objective) > 1 else found.objective[-1]
        self.trace.append([round(now - self.began, 2), found.percent, found.planned, value])
        self.shares = list(found.exact_shares)

    def should_stop(self) -> bool:
        """Whether the phase to be stopped has lasted long enough."""
        now = time.monotonic()
        if self.entered is None or now - self.entered < PATIENCE[self.trial.stop_in or PREPARE]:
            return False
        self.stopped = self.stopped or now
        return True

    def silence(self) -> float:
        """Longest time between two reports of which the later one tells something new."""
        news = [self.trace[0], *(late for early, late in pairwise(self.trace) if late[1:] != early[1:])]
        ends = [one[0] for one in news] + [self.trace[-1][0]]
        return max((late - early for early, late in pairwise(ends)), default=0.0)


def work(trial: Trial) -> Outcome:
    """Plan a city in this process, set up as a worker of the service is."""
    import django

    django.setup()
    from planning.planner import TOLD_AT_ONCE
    from planning.results import result_body

    solver.plan(_task(60, trial.seed), solver.Effort(iterations=20))  # what is compiled is not measured
    data = json.dumps(city_task(trial.orders, trial.seed)).encode()
    began, watch, outcome = time.process_time(), _Watch(trial), Outcome(asdict(trial))
    effort = solver.Effort(seconds=trial.seconds, threads=trial.threads, seed=trial.seed)
    told = trial.orders <= TOLD_AT_ONCE  # a larger plan that is stopped stays as it was stored last
    try:
        plan = solver.plan(
            solver.read_task(data),
            effort,
            on_progress=watch,
            should_stop=watch.should_stop,
            report_stopped=told,
        )
        result_body(plan)
        outcome.planned = plan.statistics.total_statistics.plan_orders_count
        outcome.value = plan.objective[-2]
    except solver.Halted:
        outcome.planned = 0
    ended = time.monotonic()
    outcome.cpu, outcome.mebibytes = round(time.process_time() - began, 1), peak_mebibytes()
    if watch.stopped is not None:
        outcome.stopped_after = round(watch.stopped - watch.began, 1)
        outcome.ended_in = round(ended - watch.stopped, 2)
    if watch.trace:
        outcome.trace, outcome.silence, outcome.shares = watch.trace, watch.silence(), watch.shares
    return outcome


def _task(orders: int, seed: int) -> PlanTask:
    return solver.read_task(json.dumps(city_task(orders, seed)).encode())


if __name__ == "__main__":
    print(json.dumps(asdict(work(Trial(**json.load(sys.stdin))))))
