"""Spoilt tasks, all the way: refused, or planned as the oracle wants; refined first or not (V2)."""

from random import Random

import pytest

import solver
from solver.contract import (
    CalculationInfo,
    CalculationStatus,
    PlanResult,
    PlanTask,
    SchemaErrors,
    Service,
    Tracedata,
    read_object,
)
from solver.oracle import verify
from tests.solver.checks.corruption import corrupt, rich

EFFORT = solver.Effort(seconds=20, iterations=40, seed=1)


def result_of(plan: solver.Plan, task: PlanTask) -> PlanResult:
    """The plan as a result, with what the service would fill in."""
    trace = Tracedata(
        process_code="11111111-2222-3333-4444-555555555555",
        request_code="11111111-2222-3333-4444-555555555555",
        username="tester",
        company="company",
        service=Service.UNIVERSAL,
        operation="run_plan_calculation",
        env="test",
        pod="test",
        time=task.orders[0].demands[0].possible_events[0].hard_time_window.start,
    )
    return PlanResult(
        tracedata=trace,
        trips=plan.trips,
        statistics=plan.statistics,
        warnings=plan.warnings,
        unplanned_items=plan.unplanned_items,
        removed_items=plan.removed_items,
        calculation_progress=100,
        calculation_info=CalculationInfo(
            status=CalculationStatus.FINISHED_IN_TIME,
            result_version=1,
            preparing_time=0,
            business_validation_time=0,
            math_validation_time=0,
            waiting_time=0,
            calculation_time=0,
        ),
    )


def outcome(seed: int) -> str:
    """What becomes of one spoilt task."""
    try:
        task = read_object(PlanTask, corrupt(rich(), Random(seed)))
        plan = solver.plan(task, EFFORT)
    except (SchemaErrors, solver.LogicalErrors):
        return "refused"
    found = verify(task, result_of(plan, task))
    assert found == [], (seed, found[:3])
    refined = solver.refine(task)
    if not refined.is_empty:
        assert solver.plan(refined.task, EFFORT).objective == plan.objective, seed
    return "planned"


@pytest.mark.parametrize("count", [25])
def test_V2_spoilt_tasks_are_refused_or_planned_by_the_rules(count: int) -> None:
    outcomes = [outcome(seed) for seed in range(count)]
    assert {"refused", "planned"} <= set(outcomes)
