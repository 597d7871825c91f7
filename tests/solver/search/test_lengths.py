"""What the search works out by itself is what the evaluator says (M1, W6, C1)."""

from random import Random

import numpy as np
import pytest

from solver.schedule.scratch import R_SECONDS
from solver.search.engine import Engine, Route, set_up
from solver.search.opening import insert
from solver.search.routes import touch
from solver.search.ruin import squeeze, take_out
from solver.search.shortcuts import keeps_lengths, needs_evaluator
from solver.search.state import I_ROUTE, N_ABSENT, N_STAMP, N_TOUCHED, T_LENGTH, T_SECONDS, X_FOUND
from tests.solver.report.tiny import Tiny
from tests.solver.search.town import problem_of

CONFIGURATIONS = ["optimize_distance", "optimize_time", "optimize_money", "optimize_cars_then_time"]


def suburb(seed: int, configuration: str) -> Tiny:
    """Orders of all simple shapes for drivers of two depots, who may not drive for long."""
    random = Random(seed)
    places = {f"p{number}": random.randint(-60, 60) for number in range(18)}
    task = Tiny({"east": 0, "west": 30, "home": 5, **places})
    task.settings = {"trips_settings": {"configuration": configuration}}
    task.locations["west"]["compatibilities"] = {"transport_restrictions": ["tall"]}
    for number, place in enumerate(places):
        opens = random.randint(8, 14)
        hard = random.choice(["0:00-23:59", f"{opens}:00-{opens + 3}:00"])
        more = {"hard": hard, "minutes": random.randint(0, 9), "reward": random.randint(0, 99)}
        start = random.choice(["east", "west", "home"])
        if number % 3 == 0:
            task.work(f"o{number}", place, **more)
            continue
        order = task.delivery(f"o{number}", start, place, mass=random.randint(5, 25), **more)
        loading = order["demands"][0]["possible_events"][0]
        loading["hard_time_window"]["from"] = f"2026-03-02T{random.randint(6, 11):02}:00:00Z"
    for number, start in enumerate(("east", "west", "east")):
        tariff = {"cost_per_shift": 9, "constraints": [{"stage_length": "PT5H", "cost_per_unit": 0.01}]}
        depot = {"start": start, "finish": start}
        task.performer(f"d{number}", start="home", finish="home", hours="7:00-19:00", tariff=tariff)
        far = {"constraints": [{"stage_length": 250_000, "cost_per_unit": 0.001 * (number + 1)}]}
        tags = {"transport_features": ["tall"] if start == "west" else []}
        task.transport(f"t{number}", **depot, tariff=far, compatibilities=tags, hours="8:00-18:00")
    return task


def engine(seed: int, configuration: str) -> Engine:
    """A plan of a suburb."""
    problem = problem_of(suburb(seed, configuration))
    made = Engine(set_up(problem), seed)
    assert not made.setup.exact
    assert keeps_lengths(problem)
    made.load([])
    made.construct()
    return made


def trips(made: Engine) -> dict[int, Route]:
    """The routes of the best plan, by row: the present plan, where the engine has just gone back to it."""
    rows = np.nonzero(made.state.meta[:, T_LENGTH])[0].tolist()
    return dict(zip(rows, made.best(), strict=True))


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@pytest.mark.parametrize("seed", range(5))
def test_M1_prices_of_trips_are_the_evaluators(seed: int, configuration: str) -> None:
    made = engine(seed, configuration)
    for _ in range(5):
        made.run(60, 1e6, 1e6, 0)
        made.back_to_best()
        assert trips(made)
        for row, route in trips(made).items():
            assert made.state.cost[row] == pytest.approx(made.price(route), rel=1e-12)
            assert made.state.meta[row, T_SECONDS] == made.work.result[R_SECONDS]


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@pytest.mark.parametrize("seed", range(5))
def test_M1_insertions_cost_what_they_were_chosen_for(seed: int, configuration: str) -> None:
    made, random = engine(seed, configuration), Random(seed)
    tables, state = made.tables, made.state
    args = (tables, state, made.work, made.setup.weights)
    inserted = 0
    for _ in range(100):
        state.counter[N_STAMP] += 1
        state.counter[N_TOUCHED] = 0
        planned = np.nonzero(state.order_route >= 0)[0].tolist()
        for order in random.sample(planned, min(2, len(planned))):
            row = int(state.order_route[order])
            touch(tables, state, row)
            take_out(tables, state, order)
            assert squeeze(*args, row, False)
        orders = state.absent[: state.counter[N_ABSENT]].tolist()
        left = []
        for order in orders:
            before = state.cost.copy()
            done = insert(*args, made.setup.near, order, 1e299, 0, False, random.random() < 0.5)
            assert done >= 0
            if done == 0:
                left.append(order)
                continue
            row = int(state.found[I_ROUTE])
            assert state.cost[row] - before[row] == pytest.approx(state.value[X_FOUND], abs=1e-6)
            inserted += 1
        state.absent[: len(left)] = left
        state.counter[N_ABSENT] = len(left)
    assert inserted > 50


def without(task: Tiny, **changes: object) -> bool:
    """Whether a task needs the evaluator after a change of its first order's first event."""
    task.orders[0]["demands"][0]["possible_events"][0] |= changes
    problem = problem_of(task)
    made = set_up(problem)
    return needs_evaluator(problem.tables, made.weights)


def test_M1_rarer_rules_are_left_to_the_evaluator() -> None:
    assert not without(suburb(1, "optimize_time"))
    soft = {"from": "2026-03-02T09:00:00Z", "to": "2026-03-02T10:00:00Z"}
    assert without(suburb(1, "optimize_time"), soft_time_window=soft)
    assert without(suburb(1, "optimize_time"), location_key="east", duration="PT5M")
    assert without(suburb(1, "optimize_visual_grouping"))
    assert not without(suburb(1, "optimize_distance"), location_key="home", duration="PT5M")
