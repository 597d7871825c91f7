"""Our findings beside those of an independent reading of the rules, on generated tasks."""

import sys
from random import Random
from typing import Any

import pytest

from solver.checks import check
from solver.contract import PlanTask, read_object
from solver.refine import assume, horizon, refine
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]
SEEDS = [*range(3, 9), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(20, 60))]


def made(seed: int, orders: int = 20) -> dict[str, Any]:
    sys.path.append(str(SHARED / "tools"))
    import make_task

    task: dict[str, Any] = make_task.make(seed=seed, orders=orders)[0]
    return task


def linted(raw: dict[str, Any]) -> set[str]:
    import lint_task

    return {line.split()[0] for line in lint_task.lint(raw)}


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_tasks_draw_no_warning(seed: int) -> None:
    raw = made(seed)
    task = read_object(PlanTask, raw)
    findings = check(task)
    assert (findings.errors, findings.warnings) == ([], [])
    assert refine(task).task == task
    assert linted(raw) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_V4_both_readings_find_the_same_in_a_spoilt_event(seed: int) -> None:
    """One event's window or duration spoilt; windows that A1 replaces are not judged here, so it is off."""
    raw = made(seed, 5)
    raw["plan_settings"]["trips_settings"].setdefault("assumptions", {})["same_order_time_window"] = False
    events = [e for o in raw["orders"] for d in o["demands"] for e in d["possible_events"]]
    event = Random(seed).choice(events)
    kept = dict(event)
    past = {"from": "2020-01-01T00:00:00Z", "to": "2020-01-02T00:00:00Z"}
    early = event["hard_time_window"] | {"from": past["from"]}
    for spoilt in ({"duration": "P20D"}, {"soft_time_window": early}, {"hard_time_window": past}):
        event.update(spoilt)
        findings = check(read_object(PlanTask, raw))
        first = (*findings.errors, *findings.warnings)[0].type
        assert first in linted(raw)
        event.clear()
        event.update(kept)


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("name", ["same_order_time_window", "expand_shift_time_window"])
def test_A1_A2_as_the_verifier_reads_them(seed: int, name: str) -> None:
    raw = made(seed)
    raw.setdefault("plan_settings", {}).setdefault("trips_settings", {}).setdefault("assumptions", {})[
        name
    ] = True
    from verify import Task

    theirs = Task(raw)
    task = read_object(PlanTask, raw)
    ours = assume(refine(task).task)
    assert tuple(moment.timestamp() for moment in horizon(task)) == theirs.horizon
    for order in ours.orders:
        for demand in order.demands:
            for event in demand.possible_events:
                window = event.hard_time_window
                assert (window.start.timestamp(), window.end.timestamp()) == (
                    theirs.demand[demand.key].events[event.key].hard
                )
    for performer in ours.performers:
        for shift in performer.shifts:
            window = shift.availability_time
            assert (window.start.timestamp(), window.end.timestamp()) == theirs.pshift[shift.key].avail
            assert (shift.working_time.start.timestamp(), shift.working_time.end.timestamp()) == (
                theirs.pshift[shift.key].work
            )
    for transport in ours.transports:
        for transport_shift in transport.shifts:
            window = transport_shift.availability_time
            assert (window.start.timestamp(), window.end.timestamp()) == theirs.tshift[
                transport_shift.key
            ].avail
