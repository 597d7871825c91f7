"""Trips that exchange shifts keep every rule and all books (O6)."""

import numpy as np
import pytest

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT
from solver.schedule.evaluate import evaluate
from solver.schedule.scratch import scratch
from solver.search.engine import Engine, Route, set_up
from solver.search.exchange import exchange
from solver.search.routes import expand, restore
from solver.search.state import N_STAMP, N_TOUCHED, T_LENGTH, T_VEHICLE
from tests.solver.search.town import problem_of, town


def engine(seed: int, spare: bool) -> Engine:
    """A plan of three trips for drivers and vans that all differ; with a spare pair if told."""
    task = town(seed, orders=15)
    if spare:
        task.performer("dora", start="depot", finish="depot", hours="7:00-18:00")
        task.transport("doras", boxes={"small": 40})
    for number, (performer, transport) in enumerate(zip(task.performers, task.transports, strict=True)):
        performer["shifts"][0]["tariff"] = {"cost_per_shift": number + 1}
        transport["boxes"][0]["capacity"] = {"mass": 60 + 30 * number}
    made = Engine(set_up(problem_of(task)), seed)
    made.load([])
    made.construct()
    return made


def exchanged(made: Engine) -> bool:
    """One exchange, taken back if it breaks a rule, as an iteration of the search does."""
    state = made.state
    state.counter[N_STAMP] += 1
    state.counter[N_TOUCHED] = 0
    args = (made.tables, state, made.work, made.setup.weights)
    sound = bool(exchange(*args, made.setup.exact))
    if not sound:
        restore(made.tables, state)
    return sound


def trips(made: Engine) -> list[Route]:
    """The present routes."""
    found = []
    for row in np.nonzero(made.state.meta[:, T_LENGTH])[0]:
        visits = np.zeros(len(made.tables.visit), dtype=np.int64)
        count = expand(made.tables, made.state, row, visits)
        found.append(Route(int(made.state.meta[row, T_VEHICLE]), visits[:count]))
    return found


@pytest.mark.parametrize("spare", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_O6_exchanges_keep_rules_and_books(seed: int, spare: bool) -> None:
    made = engine(seed, spare)
    tables, work = made.tables, scratch(made.tables)
    planned = sorted(np.concatenate([trip.visits for trip in trips(made)]).tolist())
    before, changes = trips(made), set()
    for _ in range(200):
        exchanged(made)
        now = trips(made)
        assert sorted(np.concatenate([trip.visits for trip in now]).tolist()) == planned
        for kind, column in (("performer", F_PERFORMER), ("transport", F_TRANSPORT)):
            counts = np.bincount([tables.vehicle[trip.vehicle, column] for trip in now])
            used = getattr(made.state, f"used_{kind}")
            assert used[: len(counts)].tolist() == counts.tolist()
            assert (used <= getattr(tables, f"{kind}_count")).all()
        for trip in now:
            assert evaluate(tables, work, trip.vehicle, trip.visits, len(trip.visits), False) == 0
        changes.add(tuple(trip.vehicle for trip in now))
    assert len(before) > 1
    assert len(changes) > 1
