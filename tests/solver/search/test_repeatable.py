"""One thread, one seed, a budget of iterations: the same plan, however it is searched."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import solver
from planning.bench.streets import city_task
from planning.samples.city import plain_city, rich_city
from solver.contract import write
from solver.search import sectors


def plan(task: dict[str, Any], seed: int) -> bytes:
    """The trips of a plan."""
    effort = solver.Effort(seconds=600, threads=1, seed=seed, iterations=60)
    found = solver.plan(solver.read_task(json.dumps(task).encode()), effort)
    assert found.trips
    return write(found.trips)


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "sectors"])
@pytest.mark.parametrize("city", [plain_city, rich_city, city_task])
def test_a_seed_and_iterations_give_the_same_plan(
    monkeypatch: pytest.MonkeyPatch, city: Callable[[int], dict[str, Any]], whole: bool
) -> None:
    cuts: list[int] = []
    cut = sectors.cut

    def counted(*args: Any) -> Any:
        parts = cut(*args)
        cuts.append(len(parts))
        return parts

    monkeypatch.setattr("solver.search.control.cut", counted)
    monkeypatch.setattr("solver.search.control.MOST_ORDERS", 50 if whole else 15)
    monkeypatch.setattr(sectors, "MOST_ORDERS", 50 if whole else 15)
    monkeypatch.setattr(sectors, "FEWEST_ORDERS", 5)
    task = city(48)
    first = plan(task, 3)
    assert (max(cuts, default=1) > 1) is not whole
    assert plan(task, 3) == first
    assert plan(task, 4) != first
