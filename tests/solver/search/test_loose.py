"""Plans that leave orders out for a while, in a fleet that has hardly a shift to spare."""

import math

import numpy as np
import pytest

from solver.search.anneal import IMPROVE, relief
from solver.search.budget import Share
from solver.search.engine import Engine, set_up
from solver.search.phases import Worker
from tests.solver.search.town import problem_of, town


def tight_engine(seed: int) -> Engine:
    """A plan of all orders whose three trips take every shift there is."""
    made = Engine(set_up(problem_of(town(seed, orders=30))), seed)
    made.load([])
    made.construct()
    made.run(300, 1.0, 1.0, IMPROVE)
    made.back_to_best()
    assert made.trips() == 3
    return made


@pytest.mark.parametrize("seed", range(3))
def test_orders_are_left_out_only_where_their_absence_is_cheap(seed: int) -> None:
    made = tight_engine(seed)
    before, heat = made.best_value(), made.mean_leg()
    absent = {}
    for lack in (math.inf, heat):
        made.back_to_best()
        absent[lack] = max(made.absent() for _ in range(50) if made.run(5, heat, heat, IMPROVE, 0, lack))
        assert made.best_value() <= before
    assert absent[math.inf] <= before[0] < absent[heat]


@pytest.mark.parametrize("seed", range(3))
def test_a_round_in_a_tight_fleet_plans_everything_again(seed: int) -> None:
    worker = Worker(tight_engine(seed))
    before = worker.engine.best_value()
    worker.round(Share(60.0, 2_000, lambda: False), 1)
    assert worker.engine.best_value() <= before
    planned = np.concatenate([route.visits for route in worker.engine.best()])
    assert len(set(planned.tolist())) == len(planned)
    assert worker.engine.absent() <= before[0]


@pytest.mark.parametrize(("lack", "beyond"), [(2_000.0, 0.0), (400.0, 1_200.0)])
def test_Z6_of_a_reward_no_more_is_lost_than_an_absence_costs(lack: float, beyond: float) -> None:
    task = town(1, orders=12, configuration="optimize_money")
    for number, order in enumerate(task.orders):
        for demand in order["demands"]:
            demand["possible_events"][0]["reward"] = 500.0 if number < 2 else 0.0
    made = Engine(set_up(problem_of(task)), 1)
    made.load([])
    assert made.absent() == 12
    assert relief(made.tables, made.state.absent, 12, lack) == beyond
