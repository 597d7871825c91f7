"""Order of services and number of stops (rules O2-O4), compiled."""

from solver.problem.arrays import (
    D_C0,
    D_C1,
    D_IN_ORDER,
    D_IN_TRIP,
    D_ORDER,
    D_TYPE,
    DROP,
    F_END,
    F_OWN_END,
    F_OWN_START,
    F_START,
    PICKUP,
    U_PRECEDENCE,
    V_DEMAND,
    V_LOC,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.scratch import Scratch


@compiled
def misplaced(tables: Tables, work: Scratch, route: Ints, count: int) -> int:
    """Position of the first service that comes before one it must follow, or -1 (O2, O3)."""
    top = 0
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        for row in range(tables.demand[demand, D_C0], tables.demand[demand, D_C1]):
            work.box_of[tables.demand_cargo[row]] = -1
    for i in range(count):
        demand = tables.visit[route[i], V_DEMAND]
        kind = tables.demand[demand, D_TYPE]
        for row in range(tables.demand[demand, D_C0], tables.demand[demand, D_C1]):
            if kind == PICKUP:
                work.box_of[tables.demand_cargo[row]] = -2
            elif kind == DROP and work.box_of[tables.demand_cargo[row]] != -2:
                return i
        if tables.uses[U_PRECEDENCE]:
            in_trip = tables.demand[demand, D_IN_TRIP]
            if 0 < in_trip < top:
                return i
            top = max(top, in_trip)
            if before_in_order(tables, route, i, demand):
                return i
    return -1


@compiled
def before_in_order(tables: Tables, route: Ints, position: int, demand: int) -> bool:
    """Whether an earlier service of the same order should have come later (O3)."""
    mine = tables.demand[demand, D_IN_ORDER]
    if mine == 0:
        return False
    for i in range(position):
        other = tables.visit[route[i], V_DEMAND]
        same = tables.demand[other, D_ORDER] == tables.demand[demand, D_ORDER]
        if same and tables.demand[other, D_IN_ORDER] > mine:
            return True
    return False


@compiled
def list_stops(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """Write the places of a trip's stops, start and finish included, into ``work.stops``; how many."""
    stops, place = 0, -1
    for i in range(-2, count + 2):
        if i == -2:
            there = tables.vehicle[vehicle, F_OWN_START]
        elif i == -1:
            there = tables.vehicle[vehicle, F_START]
        elif i < count:
            there = tables.visit[route[i], V_LOC]
        elif i == count:
            there = tables.vehicle[vehicle, F_END]
        else:
            there = tables.vehicle[vehicle, F_OWN_END]
        if there >= 0 and there != place:
            work.stops[stops] = place = there
            stops += 1
    return stops


@compiled
def count_places(work: Scratch, stops: int) -> int:
    """Different locations among the listed stops (O4)."""
    work.stamp[0] += 1
    places = 0
    for i in range(stops):
        if work.seen_place[work.stops[i]] != work.stamp[0]:
            work.seen_place[work.stops[i]] = work.stamp[0]
            places += 1
    return places
