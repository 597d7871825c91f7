"""Which places go to the evaluator, and that the cheapest place is found with few of them."""

import json
from dataclasses import replace
from random import Random

import numpy as np
import pytest

import solver
from planning.samples.city import rich_city
from solver.problem import build
from solver.problem.arrays import D_TYPE, D_V0, DROP, O_D0, O_D1, O_SHAPE, PAIR, V_DEMAND, V_ORDER
from solver.refine import assume, horizon, refine
from solver.schedule.faults import Fault
from solver.search.engine import Engine, Route, set_up
from solver.search.lengths import REFUSED
from solver.search.options import KEPT, LIKELY, UNASKED, begin_options, is_told, offer
from solver.search.state import (
    I_AT,
    I_AT_SECOND,
    I_FAULT,
    I_KIND,
    I_ROUTE,
    N_OPTIONS,
    TWO,
    X_FOUND,
    State,
    empty_state,
)
from tests.solver.report.tiny import Tiny
from tests.solver.search.town import problem_of, town


@pytest.fixture
def state() -> State:
    made = empty_state(problem_of(town()), 1)
    begin_options(made)
    made.value[X_FOUND] = 100.0
    return made


def test_the_cheapest_places_of_a_route_are_kept(state: State) -> None:
    prices = [float(price) for price in range(2 * KEPT)]
    Random(3).shuffle(prices)
    limit = 100.0
    for at, price in enumerate(prices):
        if price < limit:
            limit = offer(state, 0, price, price, 0, TWO, -1, 0, at, 1, at)
    assert sorted(state.worth[: state.counter[N_OPTIONS], LIKELY].tolist()) == list(range(KEPT))
    assert limit == KEPT - 1.0


def test_places_of_one_route_do_not_push_out_those_of_another(state: State) -> None:
    for route in range(2):
        begin = state.counter[N_OPTIONS]
        for at in range(KEPT):
            offer(state, begin, float(route), float(route), route, TWO, -1, 0, at, 1, at)
    assert state.option[: 2 * KEPT, I_ROUTE].tolist() == KEPT * [0] + KEPT * [1]
    assert (state.option[: 2 * KEPT, I_FAULT] == UNASKED).all()


@pytest.mark.parametrize(
    ("fault", "route", "first", "last", "told"),
    [
        (Fault.BOX, 0, 2, 4, True),  # on board as long
        (Fault.BOX, 0, 1, 5, True),  # longer
        (Fault.BOX, 0, 3, 4, False),
        (Fault.BOX, 0, 2, 3, False),
        (Fault.BOX, 1, 2, 4, False),  # of another route
        (Fault.ORDER_MIX, 0, 7, 9, True),
        (Fault.ORDER_MIX, 1, 7, 9, False),
        (Fault.WINDOW, 0, 2, 4, False),
    ],
)
def test_a_refusal_holds_for_what_it_must(
    state: State, fault: Fault, route: int, first: int, last: int, told: bool
) -> None:
    offer(state, 0, 1.0, 1.0, 0, TWO, -1, 0, 2, 1, 4)
    state.option[0, I_FAULT] = fault
    offer(state, 1, 2.0, 2.0, route, TWO, -1, 0, first, 1, last)
    assert state.option[1, [I_KIND, I_AT, I_AT_SECOND]].tolist() == [TWO, first, last]
    assert is_told(problem_of(town()).tables, state, 1) is told


def without(routes: list[Route], visit_order: np.ndarray, order: int) -> list[Route]:
    """The routes, an order taken out."""
    return [Route(one.vehicle, one.visits[visit_order[one.visits] != order]) for one in routes]


def cheapest(engine: Engine, routes: list[Route], order: int) -> float:
    """The least that a delivery from the depot adds to a route, by trying every place."""
    tables = engine.tables
    up, down = range(tables.order[order, O_D0], tables.order[order, O_D1])
    pickup, drop = (int(tables.demand[demand, D_V0]) for demand in (up, down))
    best = float("inf")
    for route in routes:
        before = engine.price(route)
        kinds = tables.demand[tables.visit[route.visits, V_DEMAND], D_TYPE]
        loaded = int(np.nonzero(kinds == DROP)[0][0])
        for at in range(loaded, len(route.visits) + 1):
            visits = np.concatenate(([pickup], route.visits[:at], [drop], route.visits[at:]))
            best = min(best, engine.price(Route(route.vehicle, visits)) - before)
    return best


@pytest.mark.parametrize("configuration", ["optimize_time", "optimize_money", "optimize_locality_grouping"])
def test_the_cheapest_place_of_all_is_found(configuration: str) -> None:
    task: Tiny = town(5, configuration=configuration)
    made = Engine(replace(set_up(problem_of(task)), exact=True), 1)
    made.load([])
    made.construct()
    routes, visit_order = made.best(), made.tables.visit[:, V_ORDER]
    found = 0
    planned = sorted({int(visit_order[visit]) for route in routes for visit in route.visits})
    for order in planned:
        assert made.tables.order[order, O_SHAPE] == PAIR
        left = [route for route in without(routes, visit_order, order) if len(route.visits)]
        made.load(left)
        before, least = made.best_value()[1], cheapest(made, left, order)
        made.construct()
        found += made.best_value()[1] - before <= least + 1e-6  # less: a new trip is cheaper
    assert found >= 0.9 * len(planned)


def test_what_is_accepted_in_haste_costs_the_same_at_leisure() -> None:
    read = solver.read_task(json.dumps(rich_city(60)).encode())
    made = Engine(set_up(build(assume(refine(read).task), int(horizon(read)[0].timestamp()))), 1)
    made.load([])
    made.construct()
    routes, random, outcomes = made.best(), Random(2), []
    orders = made.tables.visit[:, V_ORDER]
    for _ in range(300):
        source, target = random.choice(routes), random.choice(routes)
        moved = source.visits[orders[source.visits] == random.choice(orders[source.visits])]
        if source is target:
            continue
        at = sorted(random.choices(range(len(target.visits) + 1), k=len(moved)))
        trial = Route(target.vehicle, np.insert(target.visits, at, moved))
        leisure = made.price(trial)
        made.work.hasty[0] = 1
        haste = made.price(trial)
        made.work.hasty[0] = 0
        assert haste in (leisure, REFUSED)
        outcomes.append((haste < REFUSED, leisure < REFUSED))
    assert {(True, True), (False, False)} <= set(outcomes)
    assert outcomes.count((False, True)) <= 0.1 * len(outcomes)
