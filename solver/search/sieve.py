"""What an insertion or a new trip costs at least: sieves before any trial, compiled."""

from solver.problem.arrays import (
    BIG,
    D_V0,
    D_V1,
    F_END,
    F_POST_M,
    F_POST_SECS,
    F_PRE_M,
    F_PRE_SECS,
    F_PROFILE,
    F_START,
    O_D0,
    O_D1,
    U_SOFT,
    V_LOC,
    Floats,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import leg_metres, leg_seconds
from solver.schedule.money import trip_cost
from solver.search.objective import W_GROUPING, W_METRE, W_MONEY, W_SECOND, W_STOP, W_TRIP
from solver.search.routes import nowhere
from solver.search.state import T_BUSY, T_FINE, T_LENGTH, T_METRES, T_SECONDS, T_VEHICLE, State


@compiled
def least_price(
    tables: Tables, state: State, weights: Floats, route: int, metres: int, seconds: int, reward: float
) -> float:
    """Lower bound of what an insertion adds to the route's price.

    Waiting may swallow added seconds, so the bound compares the new busy time with the whole old trip; and
    with waiting filled by a service it may pay to keep a soft window that was broken before.
    """
    if weights[W_GROUPING] + weights[W_STOP] > 0.0:  # may even fall: only the evaluator knows
        return -1e299
    price = weights[W_METRE] * metres
    if weights[W_SECOND] + weights[W_MONEY] > 0.0 and tables.uses[U_SOFT]:
        price -= state.meta[route, T_FINE]
    if weights[W_SECOND] > 0.0:
        price += weights[W_SECOND] * (state.meta[route, T_BUSY] + seconds - state.meta[route, T_SECONDS])
    if weights[W_MONEY] > 0.0:
        vehicle = state.meta[route, T_VEHICLE]
        old = trip_cost(tables, vehicle, state.meta[route, T_SECONDS], state.meta[route, T_METRES])
        busy = state.meta[route, T_BUSY] + seconds
        new = trip_cost(tables, vehicle, busy, state.meta[route, T_METRES] + metres)
        price += weights[W_MONEY] * (new - old - reward)
    return price


@compiled
def nearest_route(tables: Tables, state: State, weights: Floats, route: int, order: int) -> float:
    """Least that the order's most awkward demand adds to a route by its way alone: a bound without times."""
    profile, length = tables.vehicle[state.meta[route, T_VEHICLE], F_PROFILE], state.meta[route, T_LENGTH]
    worst = -1e299
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        metres, seconds = BIG, BIG
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            there = tables.visit[visit, V_LOC]
            for i in range(length + 1):
                a, b = state.place[route, i], state.place[route, i + 1]
                way = leg_metres(tables, profile, a, there) + leg_metres(tables, profile, there, b)
                metres = min(metres, way - leg_metres(tables, profile, a, b))
                time = leg_seconds(tables, profile, a, there) + leg_seconds(tables, profile, there, b)
                seconds = min(seconds, time - leg_seconds(tables, profile, a, b))
        worst = max(worst, least_price(tables, state, weights, route, metres, seconds, 0.0))
    return worst


@compiled
def sort_routes(tables: Tables, state: State, weights: Floats, routes: int, order: int) -> None:
    """Sort the candidate routes by what the order adds to them at least; that is left in ``state.bound``."""
    for c in range(routes):
        route = state.candidate[c]
        price, at = nearest_route(tables, state, weights, route, order), c
        while at > 0 and state.bound[at - 1] > price:
            state.bound[at], state.candidate[at] = state.bound[at - 1], state.candidate[at - 1]
            at -= 1
        state.bound[at], state.candidate[at] = price, route


@compiled
def least_new(tables: Tables, weights: Floats, order: int, vehicle: int) -> float:
    """Lower bound of a new trip's price: there and back for the farthest demand of the order."""
    row = tables.vehicle[vehicle]
    profile, a, b = row[F_PROFILE], nowhere(tables, row[F_START]), nowhere(tables, row[F_END])
    far, long, reward = 0, 0, 0.0
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        metres, seconds, most = BIG, BIG, 0.0
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            there = tables.visit[visit, V_LOC]
            metres = min(
                metres, leg_metres(tables, profile, a, there) + leg_metres(tables, profile, there, b)
            )
            seconds = min(
                seconds, leg_seconds(tables, profile, a, there) + leg_seconds(tables, profile, there, b)
            )
            most = max(most, tables.visit_reward[visit])
        far, long, reward = max(far, metres), max(long, seconds), reward + most
    price = weights[W_TRIP] + weights[W_METRE] * (far + row[F_PRE_M] + row[F_POST_M])
    price += weights[W_SECOND] * (long + row[F_PRE_SECS] + row[F_POST_SECS])
    if weights[W_MONEY] > 0.0:
        own = row[F_PRE_SECS] + row[F_POST_SECS]
        price += weights[W_MONEY] * (trip_cost(tables, vehicle, long + own, far) - reward)
    return price
