"""Whatever task Hypothesis draws, the oracle finds nothing wrong with its plan; failures shrink."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, reject, settings
from hypothesis import strategies as st

import solver
from planning.management.commands.solve import result
from solver.checks.engines import with_engine
from solver.contract import PlanTask, read_object, write
from solver.oracle import verify
from solver.refine import LogicalErrors, refine
from tests.acceptance.tools import tool
from tests.shared import needs_shared
from tests.solver.features.told import result_of
from tests.solver.schedule.random_tasks import mixed_task
from tests.solver.schedule.rich_tasks import RULES, rich_task

QUICK, LONG = 30, 200
PATIENT = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
randoms = st.randoms(note_method_calls=False, use_true_random=False)


def planned(task: dict[str, Any], engine: str) -> tuple[PlanTask, solver.Plan]:
    """The task and its plan; a pointless task, or one the engine cannot carry, is not looked at."""
    note(json.dumps(task))
    typed = read_object(PlanTask, task)
    try:
        return typed, solver.plan(with_engine(typed, engine), solver.Effort(iterations=40, seed=1))
    except LogicalErrors:
        reject()
        raise


def holds(random: Random, engine: str) -> None:
    """Plan a drawn task; the oracle's verdict is the evaluator's."""
    typed, plan = planned(rich_task(random).document(), engine)
    assert [str(violation) for violation in verify(typed, result_of(plan))] == []
    assert plan.finish == "CONVERGED"


@given(randoms)
@settings(PATIENT, max_examples=QUICK)
def test_the_oracle_finds_nothing_wrong(random: Random) -> None:
    holds(random, "ruin")


@given(randoms)
@settings(PATIENT, max_examples=QUICK // 2)
def test_the_oracle_finds_nothing_wrong_with_the_second_engine(random: Random) -> None:
    holds(random, "routing")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["ruin", "routing"])
@given(randoms)
@settings(PATIENT, max_examples=LONG)
def test_the_oracle_finds_nothing_wrong_with_many(engine: str, random: Random) -> None:
    holds(random, engine)


@pytest.mark.slow
@pytest.mark.shared
@needs_shared
@given(randoms)
@settings(PATIENT, max_examples=LONG)
def test_two_readings_of_the_rules_agree_on_plans(random: Random) -> None:
    drawn = rich_task(random).document()
    try:
        refined = refine(read_object(PlanTask, drawn)).task
    except LogicalErrors:
        reject()
    if not (refined.orders and refined.performers and refined.transports):
        reject()
    task: dict[str, Any] = json.loads(write(refined))
    _, plan = planned(task, "ruin")
    told: dict[str, Any] = json.loads(result(plan))
    assert tool("verify").verify(task, told).violations == []


@pytest.mark.parametrize("add", RULES)
def test_every_rule_is_drawn_and_planned(add: Any) -> None:
    """With this rule and nothing else rare, some of a few tasks get trips, and all are valid."""
    trips = 0
    for seed in range(6):
        random = Random(seed)
        task = mixed_task(random, linked=False)
        add(random, task)
        typed = read_object(PlanTask, task.document())
        try:
            plan = solver.plan(typed, solver.Effort(iterations=40, seed=1))
        except LogicalErrors:
            continue
        assert [str(violation) for violation in verify(typed, result_of(plan))] == []
        trips += len(plan.trips)
    assert trips > 0
