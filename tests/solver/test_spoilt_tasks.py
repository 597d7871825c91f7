"""Spoilt tasks, all the way: refused, or planned as the oracle wants; refined first or not (V2)."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def outcome(raw: dict[str, Any]) -> str:
    """What becomes of a task; a plan keeps every rule, and the refined task's plan is as good (V2)."""
    try:
        task = read_object(PlanTask, raw)
        plan = solver.plan(task, EFFORT)
    except (SchemaErrors, solver.LogicalErrors):
        return "refused"
    assert verify(task, result_of(plan, task)) == []
    refined = solver.refine(task)
    if refined.is_empty:
        return "nothing left"
    again = solver.plan(refined.task, EFFORT)
    assert (again.names, again.objective) == (plan.names, plan.objective)
    assert verify(refined.task, result_of(again, refined.task)) == []
    return "planned"


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_V2_planning_a_refined_task_gives_the_objectives_of_the_raw_one(random: Random) -> None:
    outcome(corrupt(rich(), random))


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
@settings(max_examples=500, deadline=None)
def test_V2_many_refined_tasks_give_the_objectives_of_the_raw_ones(random: Random) -> None:
    outcome(corrupt(rich(), random))


def test_V2_some_spoilt_tasks_are_refused_and_some_are_planned() -> None:
    assert {outcome(corrupt(rich(), Random(seed))) for seed in range(10)} >= {"refused", "planned"}
