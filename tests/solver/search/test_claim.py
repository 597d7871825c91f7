"""Orders that only a certain pair of shifts can serve (C1, O6)."""

import numpy as np
import pytest

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, V_ORDER
from solver.search.anneal import SERVE
from solver.search.claim import claim
from solver.search.engine import Engine, Route, set_up
from solver.search.state import N_ABSENT, T_VEHICLE
from tests.solver.report.tiny import Tiny
from tests.solver.search.town import problem_of


def crossed(orders: int = 6) -> Tiny:
    """Anna may work, and only the truck may stop, at one place; both have other work with others."""
    task = Tiny({"depot": 0, "gate": 5, **{f"p{number}": 10 + number for number in range(orders)}})
    for number in range(orders):
        task.work(f"o{number}", f"p{number}", minutes=60)
    task.work("special", "gate")["compatibilities"] = {"performer_restrictions": ["trained"]}
    task.locations["gate"]["compatibilities"] = {"transport_restrictions": ["tall"]}
    for name, tags in (("anna", ["trained"]), ("boris", [])):
        task.performer(name, start="depot", finish="depot", compatibilities={"performer_features": tags})
    for name, tags in (("truck", ["tall"]), ("van", [])):
        task.transport(name, start="depot", finish="depot", compatibilities={"transport_features": tags})
    return task


def loaded(task: Tiny) -> tuple[Engine, dict[tuple[int, int], int]]:
    """A plan with Anna in the van and Boris in the truck; vehicles by performer and transport."""
    problem = problem_of(task)
    tables = problem.tables
    vehicles = {(int(row[F_PERFORMER]), int(row[F_TRANSPORT])): i for i, row in enumerate(tables.vehicle)}
    engine = Engine(set_up(problem), 1)
    halves = np.array_split(np.arange(len(tables.visit) - 1), 2)
    engine.load([Route(vehicles[0, 1], halves[0]), Route(vehicles[1, 0], halves[1])])
    return engine, vehicles


def claimed(engine: Engine) -> bool:
    setup = engine.setup
    return bool(claim(engine.tables, engine.state, engine.work, setup.weights, setup.near, setup.exact))


def test_C1_an_absent_order_gets_the_shifts_that_two_trips_have() -> None:
    engine, vehicles = loaded(crossed())
    special = int(engine.tables.visit[-1, V_ORDER])
    assert (engine.absent(), engine.trips()) == (1, 2)
    assert claimed(engine)
    state = engine.state
    assert engine.trips() == 1
    assert state.meta[state.order_route[special], T_VEHICLE] == vehicles[0, 0]
    absent = set(state.absent[: state.counter[N_ABSENT]].tolist())
    assert absent == set(range(len(engine.tables.order))) - {special}
    assert (state.used_performer.tolist(), state.used_transport.tolist()) == ([1, 0], [1, 0])


def test_nothing_is_claimed_for_an_order_whose_shifts_are_free() -> None:
    engine, _ = loaded(crossed())
    engine.load([])
    assert not claimed(engine)
    assert engine.trips() == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_C1_O6_the_search_finds_the_pair(seed: int) -> None:
    engine, _ = loaded(crossed())
    engine = Engine(engine.setup, seed)
    engine.load(loaded(crossed())[0].best())
    engine.run(300, 100.0, 100.0, SERVE)
    assert engine.best_value()[0] == 0
