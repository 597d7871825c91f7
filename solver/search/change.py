"""Changes of a whole plan: taking it over, giving up a trip, compiled where it counts."""

import numpy as np

from solver.problem.arrays import (
    D_V0,
    F_START,
    O_D1,
    U_LOWEST,
    V_FROM,
    V_LOC,
    V_ORDER,
    V_TO,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import between
from solver.schedule.judge import judge
from solver.schedule.scratch import R_COST, Scratch
from solver.search.anneal import keep_best
from solver.search.candidates import draw, may_serve
from solver.search.crowding import leave_places, sum_up
from solver.search.lengths import REFUSED
from solver.search.near import Near
from solver.search.opening import adopt, free_row, solo_price
from solver.search.routes import enlist, expand, forget, refresh
from solver.search.state import (
    N_ABSENT,
    N_TRIPS,
    T_DIRTY,
    T_LENGTH,
    T_VEHICLE,
    X_ROUTES,
    State,
)


@compiled
def can_be_alone(
    tables: Tables, state: State, work: Scratch, weights: Floats, near: Near, order: int
) -> bool:
    """Whether some vehicle could serve the order on a trip of its own."""
    for vehicle in range(len(tables.vehicle)):
        if solo_price(tables, state, work, weights, near, order, vehicle) < REFUSED:
            return True
    return False


@compiled
def clear(tables: Tables, state: State) -> None:
    """Empty all routes."""
    for route in range(len(state.cost)):
        forget(tables, state, route)
        state.meta[route, T_LENGTH] = 0
        state.cost[route] = 0.0
        leave_places(tables, state, route)
    state.counter[N_ABSENT] = 0


@compiled
def add_route(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    vehicle: int,
    visits: Ints,
    count: int,
    exact: bool,
) -> bool:
    """Add a given route to the plan; False (and nothing added) if it breaks a rule."""
    route = free_row(state)
    if route < 0 or not may_serve(tables, vehicle, visits, count):
        return False
    for leading in range(2):
        adopt(tables, state, route, vehicle, visits, count, leading == 0)
        enlist(tables, state, route)
        if refresh(tables, state, work, weights, route, exact):
            return True
        forget(tables, state, route)
        state.meta[route, T_LENGTH] = 0
        state.cost[route] = 0.0
        leave_places(tables, state, route)
    return False


@compiled
def sum_plan(tables: Tables, state: State, weights: Floats) -> None:
    """Work out the price of the present plan's routes anew."""
    state.value[X_ROUTES] = state.cost.sum() + sum_up(tables, state, weights)
    state.meta[:, T_DIRTY] = 1


@compiled
def settle(tables: Tables, state: State, weights: Floats) -> None:
    """Make the present plan the best one."""
    sum_plan(tables, state, weights)
    keep_best(tables, state)


@compiled
def drop_trip(tables: Tables, state: State, weights: Floats) -> None:
    """Take one trip out of the plan; the shorter of three drawn at random."""
    chosen = -1
    for _ in range(3):
        skip = int(draw(state.random) * state.counter[N_TRIPS])
        for route in range(len(state.cost)):
            if state.meta[route, T_LENGTH] > 0:
                if skip == 0:
                    if chosen < 0 or state.meta[route, T_LENGTH] < state.meta[chosen, T_LENGTH]:
                        chosen = route
                    break
                skip -= 1
    if chosen < 0:
        return
    for i in range(1, state.meta[chosen, T_LENGTH] + 1):
        order = tables.visit[state.route[chosen, i], V_ORDER]
        if state.order_route[order] == chosen:
            state.absent[state.counter[N_ABSENT]] = order
            state.counter[N_ABSENT] += 1
            state.missed[order] += 1.0
            state.order_route[order] = -2
    for i in range(1, state.meta[chosen, T_LENGTH] + 1):
        order = tables.visit[state.route[chosen, i], V_ORDER]
        if state.order_route[order] == -2:
            state.order_route[order] = chosen
    forget(tables, state, chosen)
    state.meta[chosen, T_LENGTH], state.cost[chosen], state.meta[chosen, T_DIRTY] = 0, 0.0, 1
    leave_places(tables, state, chosen)
    state.value[X_ROUTES] = state.cost.sum() + sum_up(tables, state, weights)


@compiled
def costs_only(tables: Tables, state: State, work: Scratch) -> float:
    """Money spent on the present trips (M1, M2)."""
    total = 0.0
    for route in range(len(state.cost)):
        if state.meta[route, T_LENGTH] > 0:
            count = expand(tables, state, route, state.spare)
            lowest = tables.uses[U_LOWEST] == 1
            judge(tables, work, state.meta[route, T_VEHICLE], state.spare, count, lowest, work.judge[0])
            total += work.result[R_COST]
    return total


def urgency(tables: Tables, orders: Ints) -> Floats:
    """How early an order should be inserted: far from the start and tight in time comes first."""
    last = tables.demand[tables.order[orders, O_D1] - 1, D_V0]
    width = (tables.visit[last, V_TO] - tables.visit[last, V_FROM]).astype(np.float64)
    start = int(tables.vehicle[0, F_START]) if len(tables.vehicle) else -1
    far = np.ones(len(orders))
    if start >= 0:
        there = between(tables, int(tables.vehicle[0, 2]), start, tables.visit[last, V_LOC], metres=True)
        far = there.astype(np.float64)
    return far / max(1.0, far.max(initial=0.0)) + 0.5 / (1.0 + width / 3600.0)
