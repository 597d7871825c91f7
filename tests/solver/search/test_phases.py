"""What a thread may do to a plan in a round, and what stays of it."""

import math

import numpy as np
import pytest

from solver.problem.arrays import Floats, Ints
from solver.search.anneal import FEWER, IMPROVE
from solver.search.budget import Budget, Share
from solver.search.control import Search
from solver.search.engine import Engine, Route, set_up
from solver.search.phases import (
    CLOSE_SHARE,
    COLDEST,
    FADING,
    FEWER_SHARE,
    HOT,
    MONEY_HOT,
    REHEAT,
    WARMEST_END,
    Worker,
)
from solver.search.routes import refresh
from solver.search.state import SAVED, T_LENGTH
from tests.solver.report.tiny import Tiny
from tests.solver.search.town import problem_of, town

FLEET_FIRST = "optimize_cars_then_distance"


def begun(configuration: str = FLEET_FIRST, seed: int = 1, orders: int = 24) -> Engine:
    """A thread with the first plan of a town."""
    engine = Engine(set_up(problem_of(town(orders=orders, configuration=configuration))), seed)
    engine.load([])
    engine.construct()
    return engine


def share(iterations: int) -> Share:
    """A part of a budget that is counted."""
    return Share(60.0, iterations, lambda: False)


def left_out(engine: Engine, lack: float) -> list[int]:
    """Absent orders after each of some iterations."""
    leg = engine.mean_leg()
    seen = []
    for _ in range(200):
        engine.run(1, leg, leg, IMPROVE, 0, lack)
        seen.append(engine.absent())
    return seen


def test_Z1_orders_are_left_out_for_a_while_only_where_that_is_allowed() -> None:
    engine = begun()
    planned = engine.best_value()[0]
    assert set(left_out(engine, math.inf)) == {planned}
    assert max(left_out(engine, 0.1 * engine.mean_leg())) > planned
    assert engine.best_value()[0] == planned


def test_Z5_no_more_trips_are_opened_than_the_best_plan_has() -> None:
    engine = begun()
    leg = engine.mean_leg()
    for _ in range(200):
        engine.run(1, leg, leg, IMPROVE, 0, leg)
        assert engine.trips() <= len(engine.best())


@pytest.mark.parametrize("configuration", [FLEET_FIRST, "optimize_distance", "optimize_money"])
def test_a_round_from_nothing_serves_as_many_orders_on_as_few_trips_as_the_known_plan(
    configuration: str,
) -> None:
    worker = Worker(begun(configuration))
    worker.round(share(2_000), 0)
    known, (absent, _) = worker.engine.best(), worker.engine.best_value()
    again = Worker(begun(configuration, seed=2))
    again.afresh(share(2_000), known)
    assert again.engine.best_value()[0] <= absent
    if configuration == FLEET_FIRST:
        assert len(again.engine.best()) <= len(known)


def test_where_left_out_orders_find_no_place_again_leaving_out_becomes_dearer() -> None:
    worker = Worker(begun(orders=36))
    worker.round(share(500), 0)
    before = worker.engine.best_value()
    worker.fleet_lack = 1e-6
    for number in range(1, 9):
        worker.round(share(50), number)
    assert worker.fleet_lack > 1e-6
    assert worker.engine.best_value() <= before


def test_a_later_round_ends_where_the_one_before_gained_for_the_last_time() -> None:
    worker = Worker(begun("optimize_distance"))
    leg = worker.engine.mean_leg()
    worker.engine.run(1, leg, leg, IMPROVE)
    assert worker.coldest == COLDEST
    worker._improve(share(2_000), 1.0)
    first = worker.coldest
    assert COLDEST <= first <= WARMEST_END
    worker._improve(share(200), 1.0)
    assert worker.coldest == first  # nothing gained any more: nothing learnt


def test_Z5_an_attempt_with_one_trip_less_opens_no_more_and_leaves_the_best_plan_alone() -> None:
    engine = begun(orders=36)
    trips, planned, leg = engine.trips(), engine.best_value(), engine.mean_leg()
    assert trips > 1
    engine.drop_trip()
    for _ in range(200):
        engine.run(1, leg, leg, FEWER, 0, leg)
        assert engine.trips() <= trips - 1
    assert engine.absent() > 0  # at such a price orders are left out
    assert engine.best_value() == planned
    short, absent = engine.present(), engine.absent()
    engine.back_to_best()
    assert engine.trips() == trips
    engine.change_to(short)
    assert (engine.trips(), engine.absent()) == (len(short), absent)
    assert engine.best_value() == planned


@pytest.mark.parametrize(("mass", "fewest"), [(20, 1), (30, 2)])
def test_Z5_no_fewer_trips_are_tried_for_than_the_loads_fill(mass: int, fewest: int) -> None:
    task = Tiny({"depot": 0, "west": -50, "east": 50})
    task.settings = {"trips_settings": {"configuration": FLEET_FIRST}}
    for number in range(4):
        order = task.delivery(f"o{number}", "depot", "west" if number % 2 else "east", mass=mass)
        order["demands"][0]["possible_events"] = [task.event("depot", hard="8:00-8:10")]  # no second load
    for name in ("anna", "boris"):
        task.performer(name, start="depot", finish="depot")
        task.transport(f"{name}s", boxes={"box": 100})
    worker = Worker(Engine(set_up(problem_of(task)), 1))
    worker.engine.load([])
    worker.engine.construct()
    assert worker.engine.fewest_trips() == fewest
    worker._do_without(share(40))
    assert worker.engine.iterations() == 0  # one trip, or two that are full


@pytest.mark.parametrize("configuration", [FLEET_FIRST, "optimize_distance", "optimize_money"])
def test_rounds_of_small_tasks_begin_hot_and_later_ones_of_large_tasks_do_not(
    configuration: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(begun(configuration))
    assert worker._heat(0) == worker._heat(3) == HOT
    monkeypatch.setattr("solver.search.phases.SMALL", 5)
    first = MONEY_HOT if configuration == "optimize_money" else HOT
    assert (worker._heat(0), worker._heat(3)) == (first, first * REHEAT)


@pytest.mark.parametrize(
    ("absent", "next_share"), [(1, CLOSE_SHARE), (4, FEWER_SHARE), (9, FEWER_SHARE * FADING)]
)
def test_what_one_trip_less_comes_to_decides_how_much_of_the_next_round_it_takes(
    absent: int, next_share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(begun(orders=36))
    monkeypatch.setattr(worker.engine, "fewest_trips", lambda: 1)
    monkeypatch.setattr(worker.engine, "absent", lambda: absent)
    worker._do_without(share(20))
    assert worker.fewer_share == next_share


@pytest.mark.parametrize("configuration", [FLEET_FIRST, "optimize_time", "optimize_money"])
def test_what_iterations_take_back_is_as_if_worked_out_anew(configuration: str) -> None:
    engine = begun(configuration)
    leg, state = engine.mean_leg() * 0.01, engine.state
    arrays: list[Ints | Floats] = [state.place, state.leave, state.latest, state.busy, state.lead]
    arrays += [state.finish, state.load, state.peak_before, state.peak_after]
    for _ in range(100):
        engine.run(1, leg, leg, IMPROVE)
        for row in map(int, np.nonzero(state.meta[:, T_LENGTH])[0]):
            end = int(state.meta[row, T_LENGTH]) + 2
            kept = [one[row, :end].copy() for one in arrays]
            meta, cost = state.meta[row, :SAVED].copy(), float(state.cost[row])
            assert refresh(engine.tables, state, engine.work, engine.setup.weights, row, engine.setup.exact)
            anew = [one[row, :end] for one in arrays]
            assert all(np.array_equal(one, other) for one, other in zip(kept, anew, strict=True))
            assert np.array_equal(meta, state.meta[row, :SAVED])
            assert cost == pytest.approx(state.cost[row])


def test_threads_go_on_from_the_plan_nearest_to_a_trip_less() -> None:
    search = Search(problem_of(town()), Budget(60, 1), 3, 1, lambda: False, lambda _: None)
    far, near = [Route(0, np.array([0]))], [Route(0, np.array([1]))]
    first, second, third = search.workers
    first.short, first.lacking = far, 3
    second.short, second.lacking, second.fewer_share = near, 1, CLOSE_SHARE
    search._share_short()
    assert [worker.short for worker in (first, second, third)] == [near] * 3
    assert [worker.fewer_share for worker in (first, second, third)] == [CLOSE_SHARE] * 3
