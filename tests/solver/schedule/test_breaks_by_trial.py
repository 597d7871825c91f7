"""Breaks and rests of random tasks: held against the oracle, and against trying all pauses there could be."""

from random import Random

import numpy as np
import pytest

from solver.problem.arrays import Ints
from solver.schedule import Fault, TripSchedule, TripTimer, evaluate
from tests.solver.features.told import planned
from tests.solver.schedule.random_tasks import random_task
from tests.solver.schedule.rested import Rested, random_rules, short_trip
from tests.solver.schedule.test_against_oracle import found
from tests.solver.search.town import problem_of

BROKEN_BY_TIME = {"W1", "W2", "B1", "B2", "B3", "B4", "B5"}


@pytest.mark.parametrize("seed", range(40))
def test_B1_to_B5_the_oracle_finds_nothing_wrong_with_a_plan(seed: int) -> None:
    task, random = random_task(seed), Random(seed)
    for performer in task.performers:
        for shift in performer["shifts"]:
            shift["work_and_rest_rules"] = random_rules(random, task.places)
    assert planned(task, iterations=40, seed=seed).plan.finish == "CONVERGED"


def end(trip: TripSchedule) -> int:
    """When a trip ends."""
    return trip.steps[-1].end


@pytest.mark.parametrize("seed", range(60))
def test_B2_B3_no_other_choice_of_pauses_ends_earlier(seed: int) -> None:
    random = Random(seed)
    task = short_trip(random)
    problem = problem_of(task)
    visits: Ints = np.array(random.sample(range(len(problem.tables.visit)), len(task.orders)), dtype=np.int64)
    timer, hand = TripTimer(problem), Rested(task, problem)
    tried = sorted(hand.every_trip(visits), key=end)
    best = next((trip for trip in tried if not found(task, problem, trip) & BROKEN_BY_TIME), None)
    args = (problem.tables, timer.work, 0, visits, len(visits), problem.lowest_cost)
    fault = Fault(evaluate(*args))
    if best is None:
        assert fault in (Fault.BREAKS, Fault.WINDOW, Fault.SHIFT)
        return
    assert fault is Fault.NONE
    trip = timer.trip(0, visits, 0, 0)
    assert found(task, problem, trip) == set()
    assert end(trip) <= end(best)  # trials start as early as they can, which is not always best (B5)
