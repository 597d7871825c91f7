"""Legs of many places are computed as the matrices would have them."""

import numpy as np
import pytest

import solver
from solver.problem import legs, places
from solver.problem.arrays import Problem
from solver.problem.legs import between, fastest_leg, leg_metres, leg_seconds, longest_leg
from tests.solver.report.tiny import Tiny
from tests.solver.search.town import problem_of, town


def wide() -> Tiny:
    """A town with parking, two kinds of transport, and a speed multiplier for one of them."""
    task = town(orders=12)
    task.performer("zoe", start="depot", finish="p3", hours="8:00-17:00")
    task.transport("zoes", transport_type="TRUCK_5000")
    settings = {"assumptions": {"transport_speed_multipliers": [{"transport_type": "CAR", "speed": 0.7}]}}
    task.settings = {"trips_settings": settings}
    return task


def both(monkeypatch: pytest.MonkeyPatch, task: Tiny) -> tuple[Problem, Problem]:
    """The problem with matrices, and with computed legs."""
    document = task.document()
    for number, location in enumerate(document["locations"]):
        location["arrival_duration"], location["departure_duration"] = f"PT{number}M", "PT2M"
    document.pop("external_routing", None)
    monkeypatch.setattr(task, "document", lambda: document)
    looked_up = problem_of(task)
    monkeypatch.setattr(places, "MOST_PLACES", 3)
    return looked_up, problem_of(task)


def test_T1_T4_W3_computed_legs_are_those_of_the_matrices(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up, computed = both(monkeypatch, wide())
    assert len(computed.tables.pace) == len(looked_up.tables.metres) == 2
    assert computed.tables.metres.shape == (2, 1, 1)
    count = len(looked_up.tables.place) + 1
    every = np.arange(count)
    for profile in range(2):
        for metres, leg in ((True, leg_metres), (False, leg_seconds)):
            expected = (looked_up.tables.metres if metres else looked_up.tables.seconds)[profile]
            found = between(computed.tables, profile, every[:, None], every[None, :], metres=metres)
            assert (found == expected).all()
            assert leg(computed.tables, profile, 1, 2) == expected[1, 2] > 0
            assert leg(looked_up.tables, profile, 1, 2) == expected[1, 2]


def test_bounds_hold_for_every_leg(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up, computed = both(monkeypatch, wide())
    driven = looked_up.tables.seconds > 0
    speeds = looked_up.tables.metres[driven] / looked_up.tables.seconds[driven]
    for problem in (looked_up, computed):
        assert longest_leg(problem.tables) >= looked_up.tables.metres.max()
        assert fastest_leg(problem.tables) >= speeds.max() - 0.1
    assert fastest_leg(looked_up.tables) == pytest.approx(speeds.max())


@pytest.mark.slow
def test_the_same_plan_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    task = wide()
    both(monkeypatch, task)
    effort = solver.Effort(iterations=300, seed=3)
    computed = solver.plan(task.task(), effort)
    monkeypatch.setattr(places, "MOST_PLACES", legs.MOST_PLACES)
    looked_up = solver.plan(task.task(), effort)
    assert computed.objective == looked_up.objective
    assert computed.statistics.total_statistics == looked_up.statistics.total_statistics
