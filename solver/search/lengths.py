"""How long a trip takes with a visit more, worked out from the route's arrays, compiled.

A trip ends as early as it can and then begins as late as it can (W6). Where every service has one window, its
length follows from three figures of a sequence: its busy seconds, the earliest end and the latest start that
its windows allow. These are kept for what comes before and what comes after each position of a route, so no
insertion has to be timed as a whole. Where that does not hold (`solver.search.shortcuts`) there are no
columns in ``state.busy``, and the evaluator tells.
"""

from solver.problem.arrays import (
    BIG,
    F_MAX_M,
    F_MAX_SECS,
    F_PROFILE,
    F_WORK_FROM,
    F_WORK_TO,
    V_FROM,
    V_TO,
    Floats,
    Tables,
)
from solver.problem.compiled import compiled, inlined
from solver.problem.legs import leg_seconds
from solver.schedule.money import trip_cost
from solver.schedule.timing import own_seconds, service_seconds
from solver.search.objective import W_METRE, W_MONEY, W_SECOND
from solver.search.state import (
    T_BY,
    T_IMPLICIT,
    T_LENGTH,
    T_LOADING,
    T_METRES,
    T_SECONDS,
    T_VEHICLE,
    State,
)

REFUSED = 1e300


@inlined
def lengths_kept(state: State) -> bool:
    """Whether lengths of trips matter and are kept with the routes."""
    return state.busy.shape[1] > 0


@compiled
def keep_lengths(tables: Tables, state: State, route: int) -> int:
    """Fill the arrays that lengths follow from; the trip's own length in seconds."""
    meta, length = state.meta[route], state.meta[route, T_LENGTH]
    vehicle = meta[T_VEHICLE]
    profile = tables.vehicle[vehicle, F_PROFILE]
    works_from, works_to = tables.vehicle[vehicle, F_WORK_FROM], tables.vehicle[vehicle, F_WORK_TO]
    busy, lead, leg = meta[T_LOADING], BIG, 0
    if meta[T_IMPLICIT] > 0:
        lead = min(meta[T_BY], works_to) - busy
    state.busy[route, 0], state.lead[route, 0] = 0, lead
    for i in range(1, length + 2):
        leg = leg_seconds(tables, profile, state.place[route, i - 1], state.place[route, i])
        busy += leg
        state.busy[route, i] = busy
        if i <= length:
            visit = state.route[route, i]
            seconds = service_seconds(tables, vehicle, visit)
            lead = min(lead, min(tables.visit[visit, V_TO], works_to) - seconds - busy)
            state.lead[route, i] = lead
            busy += seconds
    finish = -BIG
    state.finish[route, length + 1] = finish
    for i in range(length, 0, -1):
        opens = max(tables.visit[state.route[route, i], V_FROM], works_from)
        finish = max(finish, opens + busy - state.busy[route, i])
        state.finish[route, i] = finish
    end = state.leave[route, length] + leg
    return own_seconds(tables, vehicle) + max(busy, end - lead)


@compiled
def length_with(tables: Tables, state: State, route: int, at: int, now: int, busy: int, lead: int) -> int:
    """Length of a trip that is another one up to a position.

    Parameters
    ----------
    at : int
        The first position that stays, up to the end place.
    now, busy, lead : int
        Earliest moment of coming to its place, busy seconds until then, the latest start of the trip for
        what comes before.
    """
    length = state.meta[route, T_LENGTH]
    rest = state.busy[route, length + 1] - state.busy[route, at]
    end = max(now + rest, state.finish[route, at])
    lead = min(lead, state.latest[route, at] - busy)
    return own_seconds(tables, state.meta[route, T_VEHICLE]) + max(busy + rest, end - lead)


@compiled
def plain_price(
    tables: Tables, state: State, weights: Floats, route: int, metres: int, seconds: int, reward: float
) -> float:
    """What an insertion adds to the price of a trip; ``REFUSED`` if the trip gets too long (M1).

    Parameters
    ----------
    metres : int
        Added to the trip.
    seconds : int
        Of the whole trip; 0 where lengths do not matter.
    reward : float
        Added.
    """
    vehicle, driven = state.meta[route, T_VEHICLE], state.meta[route, T_METRES]
    if seconds > tables.vehicle[vehicle, F_MAX_SECS] or driven + metres > tables.vehicle[vehicle, F_MAX_M]:
        return REFUSED
    before = state.meta[route, T_SECONDS]
    price = weights[W_METRE] * metres + weights[W_SECOND] * (seconds - before)
    if weights[W_MONEY] > 0.0:
        more = trip_cost(tables, vehicle, seconds, driven + metres) - trip_cost(
            tables, vehicle, before, driven
        )
        price += weights[W_MONEY] * (more - reward)
    return price
