"""A solver that answers at once, or step by step as a test tells it, for tests of the service around it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from planning import outline
from solver.contract import PlanStatistics, PlanTask, RemovedItems, Trip, UnplannedItems, read, read_object
from tests.shared import ROOT

EXAMPLES = ROOT / "tests" / "data" / "contract" / "examples"


def example(name: str) -> bytes:
    return (EXAMPLES / f"{name}.json").read_bytes()


class Finish(StrEnum):
    CONVERGED = "CONVERGED"
    OUT_OF_TIME = "OUT_OF_TIME"
    STOPPED = "STOPPED"


@dataclass(frozen=True)
class Effort:
    seconds: float = 60
    threads: int = 1
    seed: int = 0


@dataclass
class Timings:
    preparing: float = 1.0
    business_validation: float = 0.4
    math_validation: float = 0.6
    calculation: float = 7.0


@dataclass
class Plan:
    trips: list[Trip]
    statistics: PlanStatistics
    finish: Finish = Finish.CONVERGED
    warnings: list[Any] = field(default_factory=list)
    unplanned_items: UnplannedItems = field(default_factory=UnplannedItems)
    removed_items: RemovedItems = field(default_factory=RemovedItems)
    timings: Timings = field(default_factory=Timings)


def example_trips() -> list[Trip]:
    return [read_object(Trip, trip) for trip in json.loads(example("plan.result"))["trips"]]


def whole_plan(task: PlanTask) -> Plan:
    """The printed plan, with the figures of none: nothing here looks at figures."""
    zeros = json.loads(outline.nothing_planned(task))["statistics"]
    statistics = read_object(PlanStatistics, zeros)
    total = statistics.total_statistics
    total.plan_orders_count = total.orders_count = len(task.orders)
    return Plan(example_trips(), statistics)


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
    fails: Exception | None = None
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
    ) -> Plan:
        self.efforts.append(effort)
        plan = whole_plan(task)
        for number, percent in enumerate(self.reports):
            found = SimpleNamespace(
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

    def install(self, monkeypatch: Any) -> None:
        import solver

        found = {"Finish": Finish, "Effort": Effort, "read_task": lambda data: read(PlanTask, data)}
        found["check"] = lambda task: SimpleNamespace(errors=[], warnings=[])
        for name, fake in found.items():
            if not hasattr(solver, name):
                monkeypatch.setattr(solver, name, fake, raising=False)
        monkeypatch.setattr(solver, "plan", self.plan, raising=False)
