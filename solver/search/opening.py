"""New trips, and the changes an insertion makes, compiled."""

import math

from solver.problem.arrays import (
    BIG,
    D_TYPE,
    D_V0,
    D_V1,
    F_START,
    MULTI,
    O_D0,
    O_D1,
    O_GROUP,
    O_SHAPE,
    PAIR,
    PICKUP,
    SINGLE,
    U_LIMITS,
    U_PRECEDENCE,
    V_DEMAND,
    V_LOC,
    V_ORDER,
    V_SOFT_FROM,
    V_WIN0,
    V_WIN1,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.scratch import Scratch
from solver.schedule.tags import order_fault
from solver.search.candidates import gather_routes
from solver.search.crowding import price_of_change
from solver.search.insertion import best_pair, best_single
from solver.search.lengths import REFUSED
from solver.search.near import EVERY_START, NO_START, SOME_START, Near
from solver.search.objective import W_MONEY, W_TRIP
from solver.search.options import ask, begin_options
from solver.search.routes import enlist, is_free, join_group, refresh, refresh_judged, touch
from solver.search.sieve import least_new, sort_routes
from solver.search.state import (
    I_AT,
    I_AT_SECOND,
    I_FIRST,
    I_KIND,
    I_LENGTH,
    I_PICKUP,
    I_ROUTE,
    I_SECOND,
    I_VEHICLE,
    N_FREE,
    NOTHING,
    T_LENGTH,
    T_VEHICLE,
    TWO,
    WHOLE,
    X_FOUND,
    State,
)
from solver.search.whole import alone, best_whole


@compiled
def can_hide(tables: Tables, order: int, pickup: int) -> bool:
    """Whether a pickup may be implicit: one of a pair, with a single hard window and no precedence."""
    if tables.order[order, O_SHAPE] != PAIR or tables.uses[U_PRECEDENCE]:
        return False
    if tables.visit[pickup, V_SOFT_FROM] > -BIG:
        return False
    return tables.visit[pickup, V_WIN1] - tables.visit[pickup, V_WIN0] == 1


@compiled
def adopt(
    tables: Tables, state: State, route: int, vehicle: int, sequence: Ints, count: int, hide: bool
) -> None:
    """Write a full sequence into a route; leading pickups at the start place become implicit if told."""
    start = tables.vehicle[vehicle, F_START]
    length, leading = 0, hide
    for i in range(count):
        visit = sequence[i]
        order, demand = tables.visit[visit, V_ORDER], tables.visit[visit, V_DEMAND]
        if tables.demand[demand, D_TYPE] == PICKUP:
            here = leading and tables.visit[visit, V_LOC] == start and can_hide(tables, order, visit)
            state.implicit[order] = visit if here else -1
            if here:
                continue
        leading = False
        length += 1
        state.route[route, length] = visit
    state.meta[route, T_LENGTH], state.meta[route, T_VEHICLE] = length, vehicle


@compiled
def solo_price(
    tables: Tables, state: State, work: Scratch, weights: Floats, near: Near, order: int, vehicle: int
) -> float:
    """Price of a trip for one order only; worked out once."""
    if near.priced[order, vehicle]:
        return near.solo[order, vehicle]
    price = REFUSED
    if order_fault(tables, vehicle, order) == 0:
        price = alone(tables, state, work, weights, vehicle, order)
    near.solo[order, vehicle], near.priced[order, vehicle] = price, True
    return price


@compiled
def solo_least(tables: Tables, weights: Floats, near: Near, order: int, vehicle: int) -> float:
    """Lower bound of the price of a trip for one order only, or that price if it is known."""
    if math.isnan(near.solo[order, vehicle]):
        near.solo[order, vehicle] = least_new(tables, weights, order, vehicle)
    return near.solo[order, vehicle]


@compiled
def keep_able(
    tables: Tables, state: State, work: Scratch, weights: Floats, near: Near, routes: int, order: int
) -> int:
    """Keep the candidate routes whose vehicle could serve the order alone; how many those are.

    Left to itself an order has more time and room than among others, so nothing is lost; orders with several
    possible events are not judged, because not all of those are tried alone.
    """
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        if tables.demand[demand, D_V1] - tables.demand[demand, D_V0] > 1:
            return routes
    kept = 0
    for c in range(routes):
        route = state.candidate[c]
        vehicle = state.meta[route, T_VEHICLE]
        if solo_price(tables, state, work, weights, near, order, vehicle) < REFUSED:
            state.candidate[kept] = route
            kept += 1
    return kept


@compiled
def is_loaded_first(tables: Tables, near: Near, order: int, up: int) -> bool:
    """Whether an order can only be picked up with the rest of the loading, wherever a trip starts."""
    for pickup in range(tables.demand[up, D_V0], tables.demand[up, D_V1]):
        everywhere = near.base[tables.visit[pickup, V_LOC]] == EVERY_START
        if not everywhere or not can_hide(tables, order, pickup):
            return False
    return True


@compiled
def try_routes(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    near: Near,
    order: int,
    exact: bool,
    reload: bool,
) -> None:
    """Best insertion of an order into the routes there are."""
    routes = gather_routes(tables, state, near, order)
    begin_options(state)
    if exact:
        routes = keep_able(tables, state, work, weights, near, routes, order)
    shape, d0 = tables.order[order, O_SHAPE], tables.order[order, O_D0]
    up = d0 if tables.demand[d0, D_TYPE] == PICKUP else d0 + 1
    quick = shape == SINGLE or (shape == PAIR and not reload and is_loaded_first(tables, near, order, up))
    if exact or not quick:  # a single visit is placed sooner than the routes are sorted
        sort_routes(tables, state, weights, routes, order)
    if shape == MULTI:
        best_whole(tables, state, work, weights, routes, order)
        return
    if shape != PAIR:
        for visit in range(tables.demand[d0, D_V0], tables.demand[d0, D_V1]):
            reward = tables.visit_reward[visit]
            best_single(tables, state, work, weights, routes, visit, -1, reward, exact)
        if exact:
            ask(tables, state, work, weights, REFUSED)
        return
    down = 2 * d0 + 1 - up
    for pickup in range(tables.demand[up, D_V0], tables.demand[up, D_V1]):
        base = near.base[tables.visit[pickup, V_LOC]]
        hide = base != NO_START and can_hide(tables, order, pickup)
        for drop in range(tables.demand[down, D_V0], tables.demand[down, D_V1]):
            reward = tables.visit_reward[pickup] + tables.visit_reward[drop]
            if hide:
                best_single(tables, state, work, weights, routes, drop, pickup, reward, exact)
            if not hide or reload or base == SOME_START:
                again = reload or not hide
                best_pair(tables, state, work, weights, routes, pickup, drop, reward, exact, again)
    if exact:
        ask(tables, state, work, weights, REFUSED)


@compiled
def crowded_price(
    tables: Tables, state: State, work: Scratch, weights: Floats, vehicle: int, order: int
) -> float:
    """Price of a trip for one order only, and of what it does at locations with limits (Y2)."""
    price = alone(tables, state, work, weights, vehicle, order)
    count = tables.order[order, O_D1] - tables.order[order, O_D0]
    return price + price_of_change(tables, state, work, weights, vehicle, state.trial, count, -1)


@compiled
def try_new(tables: Tables, state: State, work: Scratch, weights: Floats, near: Near, order: int) -> None:
    """Cheapest new trip for an order, if it beats what was found."""
    group = tables.order[order, O_GROUP]
    taken = group >= 0 and state.group_members[group] > 0
    if taken or (weights[W_MONEY] == 0.0 and weights[W_TRIP] >= state.value[X_FOUND]):
        return
    best = -1
    for vehicle in range(len(tables.vehicle)):
        least = solo_least(tables, weights, near, order, vehicle)
        if least >= state.value[X_FOUND] or not is_free(tables, state, vehicle):
            continue
        price = solo_price(tables, state, work, weights, near, order, vehicle)
        if price < REFUSED and tables.uses[U_LIMITS]:
            price = crowded_price(tables, state, work, weights, vehicle, order)
        if price < state.value[X_FOUND]:
            state.value[X_FOUND], best = price, vehicle
    if best >= 0:
        state.found[I_ROUTE], state.found[I_KIND], state.found[I_VEHICLE] = -1, WHOLE, best


@compiled
def free_row(state: State) -> int:
    """An empty route row; there are as many rows as trips can be."""
    rows = len(state.cost)
    for k in range(rows):
        row = (state.counter[N_FREE] + k) % rows
        if state.meta[row, T_LENGTH] == 0:
            state.counter[N_FREE] = row
            return row
    return -1


@compiled
def open_trip(tables: Tables, state: State, work: Scratch, weights: Floats, order: int, exact: bool) -> bool:
    """Start the new trip that was found for an order."""
    route, vehicle = free_row(state), state.found[I_VEHICLE]
    touch(tables, state, route)
    alone(tables, state, work, weights, vehicle, order)
    count = tables.order[order, O_D1] - tables.order[order, O_D0]
    adopt(tables, state, route, vehicle, state.trial, count, True)
    enlist(tables, state, route)
    return refresh(tables, state, work, weights, route, exact)


@compiled
def slip_in(state: State, route: int, at: int, visit: int) -> None:
    """Put a visit behind a position of a route."""
    length = state.meta[route, T_LENGTH]
    for i in range(length, at, -1):
        state.route[route, i + 1] = state.route[route, i]
    state.route[route, at + 1] = visit
    state.meta[route, T_LENGTH] = length + 1


@compiled
def carry_out(tables: Tables, state: State, work: Scratch, weights: Floats, order: int, exact: bool) -> bool:
    """Make the insertion that was found; False if the route turns out to break a rule."""
    route = state.found[I_ROUTE]
    if route < 0:
        return open_trip(tables, state, work, weights, order, exact)
    touch(tables, state, route)
    kind = state.found[I_KIND]
    if kind == WHOLE:
        adopt(
            tables, state, route, state.meta[route, T_VEHICLE], state.trial_best, state.found[I_LENGTH], True
        )
    else:
        state.implicit[order] = state.found[I_PICKUP]
        if kind == TWO:
            slip_in(state, route, state.found[I_AT_SECOND], state.found[I_SECOND])
        slip_in(state, route, state.found[I_AT], state.found[I_FIRST])
    state.order_route[order] = route
    join_group(tables, state, order, route, 1)
    if exact and kind != WHOLE and not tables.uses[U_LIMITS]:
        return refresh_judged(tables, state, weights, route)
    return refresh(tables, state, work, weights, route, exact)


@compiled
def insert(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    near: Near,
    order: int,
    bound: float,
    new_trips: int,
    exact: bool,
    reload: bool,
) -> int:
    """Insert an order where it costs least.

    Parameters
    ----------
    bound : float
        The insertion must add less than this.
    new_trips : int
        0: none; 1: where cheaper; 2: only if no route takes the order.

    Returns
    -------
    int
        1: done; 0: the order stays absent; -1: a rule broke, the iteration must be taken back.
    """
    state.value[X_FOUND], state.found[I_KIND] = bound, NOTHING
    try_routes(tables, state, work, weights, near, order, exact, reload)
    if new_trips == 1 or (new_trips == 2 and state.found[I_KIND] == NOTHING):
        try_new(tables, state, work, weights, near, order)
    if state.found[I_KIND] == NOTHING:
        return 0
    return 1 if carry_out(tables, state, work, weights, order, exact) else -1
