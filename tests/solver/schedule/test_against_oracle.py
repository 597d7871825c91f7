"""The evaluator and the oracle read the same rules twice; on random tasks they agree."""

from random import Random

import numpy as np
import pytest

from solver.contract import PlanResult, read_object
from solver.oracle import verify
from solver.problem import Problem
from solver.problem.arrays import V_ORDER, Ints
from solver.refine import LogicalErrors, refine
from solver.report import report
from solver.schedule import Fault, TripSchedule, TripTimer, evaluate
from solver.search import Budget, Search
from tests.solver.features.told import planned
from tests.solver.oracle.plans import document, wrapped
from tests.solver.report.horizons import horizon
from tests.solver.report.tiny import Tiny
from tests.solver.schedule.by_hand import ByHand
from tests.solver.schedule.random_tasks import random_task
from tests.solver.search.town import problem_of

TASKS = 64


@pytest.mark.parametrize("seed", range(TASKS))
def test_the_oracle_finds_nothing_wrong_with_a_plan(seed: int) -> None:
    try:
        told = planned(random_task(seed), iterations=60, seed=seed)
    except LogicalErrors as pointless:
        pytest.fail(f"the generator made a pointless task: {pointless.errors}")
    assert told.plan.finish == "CONVERGED"


RULES = {
    Fault.PERFORMER_TAGS: {"C1", "C3"},
    Fault.PLACE_TAGS: {"C1", "C3"},
    Fault.ORDER_MIX: {"C2", "C3"},
    Fault.PENALTY: {"C1", "C2", "C3"},
    Fault.PRECEDENCE: {"O2", "O3"},
    Fault.CAPACITY: {"L2"},
    Fault.BOX: {"L2", "C1", "C2", "C3"},
    Fault.STOPS: {"O4"},
    Fault.WINDOW: {"W1", "W2"},
    Fault.SHIFT: {"W1"},
    Fault.DURATION: {"M1"},
}


def changed(random: Random, problem: Problem, visits: Ints) -> Ints:
    """Two visits swapped, one moved, an order dropped, or another order put in."""
    order_of = problem.tables.visit[:, V_ORDER]
    new, i, j = visits.tolist(), *random.choices(range(len(visits)), k=2)
    match random.choice(["swap", "move", "drop", "add"]):
        case "swap":
            new[i], new[j] = new[j], new[i]
        case "move":
            new.insert(j, new.pop(i))
        case "drop":
            new = [x for x in new if order_of[x] != order_of[visits[i]]]
        case "add":
            order = random.randrange(len(problem.tables.order))
            if order not in order_of[visits]:
                for x in np.nonzero(order_of == order)[0].tolist():
                    i = random.randint(i, len(new))
                    new.insert(i, x)
                    i += 1
    return np.array(new or visits, dtype=np.int64)


def found(task: Tiny, problem: Problem, trip: TripSchedule) -> set[str]:
    """Rules that the oracle finds broken when the trip is the whole plan."""
    typed = task.task()
    told = report(problem.catalog, [trip], horizon=horizon(typed), seed=1)
    removed = document(refine(typed).removed)
    result = read_object(PlanResult, {**wrapped(told), "removed_items": removed})
    return {violation.rule for violation in verify(typed, result)}


@pytest.mark.parametrize("seed", range(25))
def test_a_changed_route_is_valid_for_the_evaluator_iff_the_oracle_finds_nothing(seed: int) -> None:
    task = random_task(seed, linked=False)
    problem, random = problem_of(task), Random(seed)
    timer, hand = TripTimer(problem), ByHand(task, problem)
    search = Search(problem, Budget(60, 30), 1, seed, lambda: False, lambda _: None)
    for route in search.run()[0]:
        visits = route.visits
        for _ in range(8):
            visits = changed(random, problem, visits)
            args = (problem.tables, timer.work, route.vehicle, visits, len(visits), problem.lowest_cost)
            fault = Fault(evaluate(*args))
            if fault is Fault.NONE:
                trip = timer.trip(route.vehicle, visits, *hand.shifts(route.vehicle))
                assert found(task, problem, trip) == set()
                continue
            for trip in hand.trips(route.vehicle, visits):
                assert found(task, problem, trip) & RULES[fault], (fault, visits)
            visits = route.visits
