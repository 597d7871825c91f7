"""Small plans begin on the shifts that suit them best."""

import json

import numpy as np
import pytest

import solver
from planning.bench.streets import city_task
from solver.problem import Problem, build
from solver.problem.arrays import F_TRANSPORT
from solver.refine import assume, horizon, refine
from solver.search.anneal import IMPROVE
from solver.search.budget import Share, never
from solver.search.engine import Engine, set_up
from solver.search.fleets import FIRST_SHARE, MOST_SHARE, Fleets, has_choice, race
from tests.solver.search.town import problem_of, town


def city(orders: int = 40) -> Problem:
    task = solver.read_task(json.dumps(city_task(orders, 1)).encode())
    return build(assume(refine(task).task), int(horizon(task)[0].timestamp()))


@pytest.fixture(scope="module")
def problem() -> Problem:
    return city()


def constructed(problem: Problem, seed: int = 1) -> Engine:
    engine = Engine(set_up(problem), seed)
    engine.load([])
    engine.construct()
    return engine


def test_a_fleet_has_no_more_shifts_than_there_are_and_comes_once(problem: Problem) -> None:
    engine = constructed(problem)
    fleets, seen = Fleets(engine), set()
    for _ in range(10):
        part = fleets.draw(fleets.whole)
        free = problem.tables.transport_count - part.transports
        assert (free >= 0).all()
        assert free.sum() >= 1
        assert not part.routes
        seen.add(part.transports.tobytes())
    assert len(seen) == 10


def test_a_plan_on_a_fleet_keeps_to_it(problem: Problem) -> None:
    engine = constructed(problem)
    part = Fleets(engine).draw(Fleets(engine).whole)
    engine.load_part(part)
    engine.construct()
    engine.run(50, 500.0, 500.0, IMPROVE)
    used = problem.tables.vehicle[[route.vehicle for route in engine.best()], F_TRANSPORT]
    numbers = np.bincount(used, minlength=len(part.transports))
    assert (numbers <= problem.tables.transport_count - part.transports).all()


def test_the_race_is_won_by_a_better_plan_that_may_use_every_shift(problem: Problem) -> None:
    engine = constructed(problem)
    before, share = engine.total(), Share(600.0, 8_000, never)
    race(engine, share)
    assert engine.total() < before
    assert engine.total() == pytest.approx(sum(engine.price(route) for route in engine.best()))
    assert not engine.part.transports.any()


def test_the_race_ends_with_its_part_of_the_time(problem: Problem) -> None:
    engine = constructed(problem)
    share = Share(600.0, 100, never)
    race(engine, share)
    assert MOST_SHARE * FIRST_SHARE * 100 <= share.done <= MOST_SHARE * 100 + 6


def test_the_same_seed_has_the_same_race(problem: Problem) -> None:
    engines = [constructed(problem, 7) for _ in range(2)]
    for engine in engines:
        race(engine, Share(600.0, 600, never))
    first, second = ([route.key() for route in engine.best()] for engine in engines)
    assert first == second


def test_vans_that_are_all_alike_need_no_race() -> None:
    assert not has_choice(constructed(problem_of(town())))
