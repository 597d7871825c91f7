"""A solver that answers at once, or step by step as a test tells it, for tests of the service around it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

import solver
from planning import outline
from solver import Effort, Finish, Plan, Progress, Timings
from solver.contract import PlanStatistics, PlanTask, RemovedItems, Trip, UnplannedItems, read_object
from tests.shared import ROOT

EXAMPLES = ROOT / "tests" / "data" / "contract" / "examples"


def example(name: str) -> bytes:
    return (EXAMPLES / f"{name}.json").read_bytes()


def example_trips() -> list[Trip]:
    return [read_object(Trip, trip) for trip in json.loads(example("plan.result"))["trips"]]


def whole_plan(task: PlanTask) -> Plan:
    """The printed plan, with the figures of none: nothing here looks at figures."""
    zeros = json.loads(outline.nothing_planned(task))["statistics"]
    statistics = read_object(PlanStatistics, zeros)
    total = statistics.total_statistics
    total.plan_orders_count = total.orders_count = len(task.orders)
    return Plan(
        example_trips(),
        statistics,
        [],
        UnplannedItems(),
        RemovedItems(),
        Finish.CONVERGED,
        Timings(1, 0.4, 0.6, 7),
    )


@dataclass
class FakeSolver:
    """Reports progress, lets the test look around meanwhile, then answers ``finish``.

    Attributes
    ----------
    held
        Goes on until it is told to stop.
    reports
        Percentages to report.
    fails
        What the search raises.
    """

    finish: Finish = Finish.CONVERGED
    held: bool = False
    fails: BaseException | None = None
    reports: list[int] = field(default_factory=lambda: [10])
    meanwhile: Callable[[], None] = lambda: None
    reported: threading.Event = field(default_factory=threading.Event)
    efforts: list[Effort] = field(default_factory=list)

    def plan(
        self,
        task: PlanTask,
        effort: Effort,
        *,
        on_progress: Callable[..., None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        limits: solver.Limits | None = None,
        language: str = "en",
        report_stopped: bool = True,
    ) -> Plan:
        self.efforts.append(effort)
        plan = whole_plan(task)
        plan.warnings = solver.check(task, limits=limits, language=language).warnings
        for number, percent in enumerate(self.reports):
            found = Progress(
                percent=percent, phase="improve", planned=len(task.orders),
                objective=(0.0, 100.0 - number), names=("unplanned", "distance"), seconds_left=None,
            )  # fmt: skip
            if on_progress:
                on_progress(found, lambda: plan)
        self.reported.set()
        self.meanwhile()
        if self.fails:
            raise self.fails
        while self.held and should_stop and not should_stop():
            time.sleep(0.02)
        plan.finish = Finish.STOPPED if should_stop and should_stop() else self.finish
        return plan

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(solver, "plan", self.plan)
        monkeypatch.setattr("planning.jobs.broken_rules", lambda *_given: [])  # its plans are no plans
