"""Recombination of routes: the best choice that uses each order and each shift no more than it may."""

from typing import Any

import numpy as np
import pytest

from solver.search import Route
from solver.search.engine import Engine, Kin, Priced, Setup, set_up
from solver.search.pool import Pool
from tests.solver.report.tiny import Tiny, window
from tests.solver.search.town import problem_of, town


def street(**performer: Any) -> Tiny:
    """Services x, y, z at 10, 20 and -10 km of the depot; visit 0, 1, 2. Alone they are 20, 40, 20 km."""
    task = Tiny({"depot": 0, "x": 10, "y": 20, "z": -10})
    for place in ("x", "y", "z"):
        task.work(place, place)
    task.performer(**{"start": "depot", "finish": "depot", **performer})
    task.transport("van")
    task.transport("car")
    return task


def route(*visits: int, vehicle: int = 0) -> Route:
    return Route(vehicle, np.array(visits, dtype=np.int64))


def recombined(setup: Setup, pool: list[Route], best: list[Route]) -> set[tuple[int, ...]] | None:
    """The visits of the routes that are chosen."""
    engine = Engine(setup, 1)
    made = Pool(setup)
    made.add(engine, [*pool, *best])
    found = made.recombine(engine, best, 1.0, True)
    return None if found is None else {tuple(one.visits.tolist()) for one in found}


def test_it_finds_the_best_choice_of_the_pool() -> None:
    task = street()
    task.performer("boris", start="depot", finish="depot")
    setup = set_up(problem_of(task))
    best = [route(0, 2), route(1)]  # 40 + 40 km
    pool = [route(0, 1), route(2), route(0), route(1, 2)]  # 40 + 20 km are best
    assert recombined(setup, pool, best) == {(0, 1), (2,)}


def test_it_says_nothing_if_there_is_nothing_better() -> None:
    task = street()
    task.performer("boris", start="depot", finish="depot")
    setup = set_up(problem_of(task))
    assert recombined(setup, [route(0), route(1, 2)], [route(0, 1), route(2)]) is None


def test_O6_no_shift_is_used_twice() -> None:
    setup = set_up(problem_of(street()))
    best = [route(2, 1)]
    pool = [route(0, 1), route(2), route(0, 2)]  # one performer: two orders on one route, not three on two
    assert recombined(setup, pool, best) in ({(0, 1)}, {(0, 2)})


def test_O4_max_work_shifts_binds_the_shifts_of_a_performer() -> None:
    task = street(hours="8:00-12:00")
    late = {"availability_time": window("13:00-17:00"), "working_time": window("13:00-17:00")}
    task.performers[0]["shifts"].append({**task.performers[0]["shifts"][0], "key": "anna-late", **late})
    free = set_up(problem_of(task))
    best, pool = [route(0)], [route(0, 1), route(2, vehicle=1)]
    assert recombined(free, pool, best) == {(0, 1), (2,)}
    task.performers[0]["limits"] = {"max_work_shifts": 1}
    assert recombined(set_up(problem_of(task)), pool, best) == {(0, 1)}


def test_O5_orders_of_a_hardlink_stay_on_one_route() -> None:
    task = street()
    task.performer("boris", start="depot", finish="depot")
    links = [{"type": "ORDER", "entity_key": key} for key in ("x", "z")]
    pool, best = [route(0, 1), route(2)], [route(1, 0, 2)]
    assert recombined(set_up(problem_of(task)), [*pool, route(1), route(0, 2)], [route(0)]) == {(0, 1), (2,)}
    task.hardlinks = [{"key": "pair", "links": links}]
    linked = set_up(problem_of(task))
    assert recombined(linked, [*pool, route(1), route(0, 2)], [route(0)]) == {(1,), (0, 2)}
    assert recombined(linked, pool, best) is None


def test_of_routes_with_the_same_visits_the_cheapest_is_kept() -> None:
    task = street()
    task.performer("boris", start="depot", finish="depot")
    setup = set_up(problem_of(task))
    engine, made = Engine(setup, 1), Pool(setup)
    astray, straight, rest = route(0, 2, 1), route(2, 0, 1), route(1)
    made.add(engine, [astray, rest])
    for one in (straight, astray):
        made.merge({one.kin(): (engine.price(one), one)})
    found = made.recombine(engine, [route(0, 2), rest], 1.0, True)
    assert found is not None
    assert [one.visits.tolist() for one in found] == [[2, 0, 1]]


def test_trips_are_noticed_with_what_is_loaded_for_them() -> None:
    setup = set_up(problem_of(town()))
    engine = Engine(setup, 1)
    seen: dict[Kin, Priced] = {}
    engine.load([])
    engine.construct()
    engine.notice(seen)
    priced = {route.key(): price for price, route in seen.values()}
    assert set(priced) == {route.key() for route in engine.best()}
    assert all(engine.price(route) == pytest.approx(price) for price, route in seen.values())
