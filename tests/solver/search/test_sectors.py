"""Large plans are cut into sectors that share nothing and together are the plan."""

import numpy as np
import pytest

import solver
import solver.oracle
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, V_ORDER
from solver.search import Budget, Search, sectors
from solver.search.sectors import cut, how_many
from tests.solver.features.told import result_of
from tests.solver.report.tiny import Tiny, window
from tests.solver.search.town import problem_of, town


def county() -> Tiny:
    """A town that gives out its goods in the morning only, so that most of its vans are needed."""
    task = town(orders=40)
    for order in task.orders:
        order["demands"][0]["possible_events"][0]["hard_time_window"] = window("0:00-8:00")
    for name in ("dora", "emil", "fred"):
        task.performer(name, start="depot", finish="depot", hours="8:00-12:00")
        task.transport(f"{name}s")
    return task


@pytest.fixture
def small_sectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sectors, "FEWEST_ORDERS", 5)
    monkeypatch.setattr(sectors, "MOST_ORDERS", 10)


@pytest.mark.parametrize(
    ("orders", "threads", "count"),
    [(100, 2, 1), (800, 2, 2), (1000, 4, 1), (3000, 1, 1), (3001, 1, 3), (15_001, 2, 12), (15_001, 4, 12)],
)
def test_every_thread_has_as_many_sectors(orders: int, threads: int, count: int) -> None:
    assert how_many(orders, threads) == count


@pytest.mark.parametrize(
    ("configuration", "completed"), [("optimize_distance", True), ("optimize_money", False)]
)
def test_U1_orders_without_a_place_in_their_sector_get_one_elsewhere(
    configuration: str, completed: bool
) -> None:
    task = county()
    task.settings = {"trips_settings": {"configuration": configuration}}
    search = Search(problem_of(task), Budget(60, 300), 1, 1, lambda: False, lambda _: None)
    routes, _ = search.run()
    lost = {int(visit) for visit in routes[-1].visits}
    found = {int(visit) for route in search._completed(routes[:-1]) for visit in route.visits}
    assert bool(lost & found) == completed  # for money an order may be left out on purpose


@pytest.mark.parametrize("count", [2, 3, 4])
def test_sectors_share_no_order_and_no_shift(count: int) -> None:
    problem = problem_of(county())
    search = Search(problem, Budget(60, 300), 1, 1, lambda: False, lambda _: None)
    routes, _ = search.run()
    tables, hopeful = problem.tables, search.setup.hopeful
    assert len(routes) > count
    routes = routes[:-1]  # so that some orders are absent, and shifts idle
    parts = cut(tables, routes, hopeful, count, np.random.default_rng(1))
    assert len(parts) == count
    assert sorted(np.concatenate([part.orders for part in parts])) == sorted(hopeful)
    assert sum(len(part.routes) for part in parts) == len(routes)
    for part in parts:
        carried = {int(order) for route in part.routes for order in tables.visit[route.visits, V_ORDER]}
        assert carried <= set(part.orders.tolist())
    for kind, total, barred in (
        (F_PERFORMER, tables.performer_count, [part.performers for part in parts]),
        (F_TRANSPORT, tables.transport_count, [part.transports for part in parts]),
    ):
        free = np.array([total - one for one in barred])
        assert (free.sum(axis=0) == total).all()
        for part, mine in zip(parts, free, strict=True):
            used = np.bincount(
                [int(tables.vehicle[route.vehicle, kind]) for route in part.routes], minlength=len(total)
            )
            assert (used <= mine).all()


@pytest.mark.usefixtures("small_sectors")
@pytest.mark.parametrize("configuration", ["optimize_cars_then_distance", "optimize_money"])
def test_a_plan_made_in_sectors_is_whole_and_valid(configuration: str) -> None:
    task = county()
    task.settings = {"trips_settings": {"configuration": configuration}}
    typed = task.task()
    plan = solver.plan(typed, solver.Effort(seconds=60, threads=2, iterations=400, seed=2))
    alone = solver.plan(typed, solver.Effort(seconds=60, threads=1, iterations=1, seed=2))
    assert solver.oracle.verify(typed, result_of(plan)) == []
    assert plan.objective < alone.objective
