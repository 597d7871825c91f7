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
    F_PSTAGE0,
    F_PSTAGE1,
    F_START,
    F_TSTAGE0,
    F_TSTAGE1,
    O_D0,
    O_D1,
    U_SOFT,
    V_LOC,
    Floats,
    Tables,
)
from solver.problem.compiled import compiled, inlined
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
def slopes(
    tables: Tables, state: State, weights: Floats, route: int, reward: float
) -> tuple[float, float, float]:
    """A straight line below `least_price`: its value for nothing added, and for a metre and a second more."""
    if weights[W_GROUPING] + weights[W_STOP] > 0.0:
        return -1e301, 0.0, 0.0
    row = tables.vehicle[state.meta[route, T_VEHICLE]]
    metre = weights[W_MONEY] * cheapest_stage(tables.stages, row[F_TSTAGE0], row[F_TSTAGE1])
    second = weights[W_MONEY] * cheapest_stage(tables.stages, row[F_PSTAGE0], row[F_PSTAGE1])
    base = least_price(tables, state, weights, route, 0, 0, reward)
    return base, weights[W_METRE] + metre, weights[W_SECOND] + second


@inlined
def has_hourly_pay(tables: Tables, vehicle: int) -> bool:
    """Whether the length of a trip has a tariff, if only of nothing at first."""
    return tables.vehicle[vehicle, F_PSTAGE0] < tables.vehicle[vehicle, F_PSTAGE1]


@inlined
def at_least(base: float, metre: float, second: float, metres: int, seconds: int) -> float:
    """Value of the line of `slopes`; none where the way gets shorter, which may change the tariff's stage."""
    return base + metre * metres + second * seconds if min(metres, seconds) >= 0 else -1e301


@compiled
def cheapest_stage(stages: Floats, first: int, last: int) -> float:
    """Lowest price of a unit in some stages of a tariff."""
    if first == last:
        return 0.0
    least = stages[first, 1]
    for row in range(first + 1, last):
        least = min(least, stages[row, 1])
    return least


@compiled
def spare_price(tables: Tables, state: State, weights: Floats, route: int) -> float:
    """How far the lower bound may be below what is likely: what a route's waits, pauses and fines cost."""
    return -least_price(tables, state, weights, route, 0, 0, 0.0)


@compiled
def likely_price(weights: Floats, least: float, spare: float, metres: int) -> float:
    """What an insertion adds if waits and pauses stay as they are; its metres where no bound is known."""
    if weights[W_GROUPING] + weights[W_STOP] > 0.0:
        return weights[W_METRE] * metres
    return least + spare


@compiled
def nearest_route(tables: Tables, state: State, weights: Floats, route: int, order: int) -> float:
    """Least that the order's most awkward demand adds to a route by its way alone: a bound without times."""
    profile, length = tables.vehicle[state.meta[route, T_VEHICLE], F_PROFILE], state.meta[route, T_LENGTH]
    worst, timed = -1e299, weights[W_SECOND] + weights[W_MONEY] > 0.0
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        metres, seconds = BIG, BIG if timed else 0
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            there = tables.visit[visit, V_LOC]
            for i in range(length + 1):
                a, b = state.place[route, i], state.place[route, i + 1]
                way = leg_metres(tables, profile, a, there) + leg_metres(tables, profile, there, b)
                metres = min(metres, way - leg_metres(tables, profile, a, b))
                if not timed:
                    continue
                time = leg_seconds(tables, profile, a, there) + leg_seconds(tables, profile, there, b)
                seconds = min(seconds, time - leg_seconds(tables, profile, a, b))
        worst = max(worst, least_price(tables, state, weights, route, metres, seconds, 0.0))
    return worst


@compiled
def sort_routes(tables: Tables, state: State, weights: Floats, routes: int, order: int) -> None:
    """Sort the candidate routes by what the order adds to them in all likelihood, left in ``state.bound``."""
    for c in range(routes):
        route = state.candidate[c]
        price, at = nearest_route(tables, state, weights, route, order), c
        price += spare_price(tables, state, weights, route)
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
