"""Load on board of all boxes together (rules L1, L2, L5), compiled."""

from solver.problem.arrays import D_TYPE, FROM_BOX, V_DEMAND, Floats, Ints, Tables
from solver.problem.compiled import compiled
from solver.schedule.scratch import Scratch

EPS = 1e-6


@compiled
def start_load(tables: Tables, route: Ints, count: int, load: Floats) -> None:
    """Load on board before the first service: what DROP_FROM_BOX demands will take out (L5)."""
    load[:] = 0.0
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        if tables.demand[demand, D_TYPE] == FROM_BOX:
            for m in range(tables.demand_load.shape[1]):
                load[m] -= tables.demand_load[demand, m]


@compiled
def overload(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """Position after which all boxes together are overfull, -1 at the start, or ``count`` for none (L2)."""
    start_load(tables, route, count, work.load)
    for i in range(-1, count):
        demand = tables.visit[route[i], V_DEMAND] if i >= 0 else 0
        for m in range(tables.cargo_size.shape[1]):
            if i >= 0:
                work.load[m] += tables.demand_load[demand, m]
            if work.load[m] > tables.room[vehicle, m] + EPS:
                return i
    return count
