"""Orders of many demands: placed one demand after the other in a copy of the route, compiled.

For each route four ways are tried: the demands have their turns as listed with the drops last, by the end of
their windows, or by the start, each at its cheapest place in time; or all go in one block. The evaluator
judges the outcome. This is a heuristic: not every combination of places is looked at.
"""

from solver.problem.arrays import (
    BIG,
    D_C0,
    D_C1,
    D_IN_ORDER,
    D_IN_TRIP,
    D_ORDER,
    D_TYPE,
    D_V0,
    D_V1,
    DROP,
    F_DUE,
    F_END,
    F_PROFILE,
    F_READY,
    F_START,
    O_D0,
    O_D1,
    PICKUP,
    U_SOFT,
    V_DEMAND,
    V_FROM,
    V_LOC,
    V_TO,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.fines import SOFT_METRES
from solver.problem.legs import leg_metres, leg_seconds
from solver.schedule.scratch import Scratch
from solver.schedule.soft import least_broken
from solver.schedule.timing import last_start, next_start, service_seconds
from solver.search.candidates import added_price, draw, trial_price
from solver.search.lengths import REFUSED
from solver.search.objective import W_MONEY
from solver.search.options import is_enough
from solver.search.routes import copy_items, expand, nowhere
from solver.search.sieve import least_price, spare_price
from solver.search.state import (
    I_KIND,
    I_LENGTH,
    I_ROUTE,
    N_ACCEPTED,
    N_TRIED,
    T_VEHICLE,
    WHOLE,
    X_FOUND,
    State,
)

WAYS = 4
AS_LISTED, BY_END, BY_START, BLOCK = range(WAYS)


@compiled
def time_sequence(tables: Tables, state: State, vehicle: int, sequence: Ints, count: int) -> bool:
    """Earliest ends and latest starts of a sequence's services, into ``state.moment``."""
    profile, place = tables.vehicle[vehicle, F_PROFILE], nowhere(tables, tables.vehicle[vehicle, F_START])
    now = tables.vehicle[vehicle, F_READY]
    for i in range(count):
        there = tables.visit[sequence[i], V_LOC]
        seconds = service_seconds(tables, vehicle, sequence[i])
        now = next_start(
            tables, vehicle, sequence[i], now + leg_seconds(tables, profile, place, there), seconds
        )
        if now >= BIG:
            return False
        now += seconds
        state.moment[0, i] = now
        place = there
    now = tables.vehicle[vehicle, F_DUE]
    place = nowhere(tables, tables.vehicle[vehicle, F_END])
    for i in range(count - 1, -1, -1):
        there = tables.visit[sequence[i], V_LOC]
        seconds = service_seconds(tables, vehicle, sequence[i])
        now -= leg_seconds(tables, profile, there, place) + seconds
        now = last_start(tables, vehicle, sequence[i], now, seconds)
        if now <= -BIG:
            return False
        state.moment[1, i] = now
        place = there
    return True


@compiled
def cheapest_place(
    tables: Tables, state: State, vehicle: int, sequence: Ints, count: int, visit: int, low: int, high: int
) -> tuple[int, int]:
    """Place for a visit among ``low..high`` (before the visit now there): (-1 if none, its price).

    The price are the metres added, and those that violations of its soft window are worth that nothing but
    another place would avoid (Z12).
    """
    profile = tables.vehicle[vehicle, F_PROFILE]
    there, seconds = tables.visit[visit, V_LOC], service_seconds(tables, vehicle, visit)
    best, least = -1, BIG
    state.counter[N_TRIED] += max(0, high + 1 - low)
    for i in range(low, high + 1):
        a, now = nowhere(tables, tables.vehicle[vehicle, F_START]), tables.vehicle[vehicle, F_READY]
        if i > 0:
            a, now = tables.visit[sequence[i - 1], V_LOC], state.moment[0, i - 1]
        b, due = nowhere(tables, tables.vehicle[vehicle, F_END]), tables.vehicle[vehicle, F_DUE]
        if i < count:
            b, due = tables.visit[sequence[i], V_LOC], state.moment[1, i]
        metres = leg_metres(tables, profile, a, there) + leg_metres(tables, profile, there, b)
        metres -= leg_metres(tables, profile, a, b)
        if metres >= least:
            continue
        start = next_start(tables, vehicle, visit, now + leg_seconds(tables, profile, a, there), seconds)
        latest = due - leg_seconds(tables, profile, there, b) - seconds
        if start > latest:
            continue
        if tables.uses[U_SOFT]:
            metres += int(SOFT_METRES) * least_broken(tables, vehicle, visit, start, latest)
        if metres < least:
            best, least = i, metres
    return best, least


@compiled
def bounds(tables: Tables, sequence: Ints, count: int, demand: int) -> tuple[int, int]:
    """Places among a sequence that the demand may take by O2 and O3: (first, last)."""
    low, high = 0, count
    row = tables.demand[demand]
    for i in range(count):
        other = tables.demand[tables.visit[sequence[i], V_DEMAND]]
        same = other[D_ORDER] == row[D_ORDER]
        after = same and other[D_TYPE] == PICKUP and row[D_TYPE] == DROP and feeds(tables, other, row)
        before = same and other[D_TYPE] == DROP and row[D_TYPE] == PICKUP and feeds(tables, row, other)
        if row[D_IN_TRIP] > 0 and other[D_IN_TRIP] > 0:
            after = after or other[D_IN_TRIP] < row[D_IN_TRIP]
            before = before or other[D_IN_TRIP] > row[D_IN_TRIP]
        if same and row[D_IN_ORDER] > 0 and other[D_IN_ORDER] > 0:
            after = after or other[D_IN_ORDER] < row[D_IN_ORDER]
            before = before or other[D_IN_ORDER] > row[D_IN_ORDER]
        if after:
            low = i + 1
        if before:
            high = min(high, i)
    return low, high


@compiled
def feeds(tables: Tables, pickup: Ints, drop: Ints) -> bool:
    """Whether a pickup loads what a drop unloads."""
    for i in range(pickup[D_C0], pickup[D_C1]):
        for j in range(drop[D_C0], drop[D_C1]):
            if tables.demand_cargo[i] == tables.demand_cargo[j]:
                return True
    return False


@compiled
def rank_demand(tables: Tables, demand: int, way: int) -> float:
    """When a demand has its turn: drops last as listed, or by the end of its window, or by its start."""
    visit = tables.demand[demand, D_V0]
    if way == BY_END:
        return float(tables.visit[visit, V_TO])
    if way == BY_START:
        return float(tables.visit[visit, V_FROM])
    return float(demand) + (1e9 if tables.demand[demand, D_TYPE] == DROP else 0.0)


@compiled
def demand_in_turn(tables: Tables, order: int, turn: int, way: int) -> int:
    """The demand that is placed in this turn."""
    first, last = tables.order[order, O_D0], tables.order[order, O_D1]
    for demand in range(first, last):
        mine, before = rank_demand(tables, demand, way), 0
        for other in range(first, last):
            rank = rank_demand(tables, other, way)
            if rank < mine or (rank == mine and other < demand):
                before += 1
        if before == turn:
            return demand
    return first


@compiled
def is_needless(tables: Tables, order: int, way: int) -> bool:
    """Whether the demands have their turns in the order of an earlier way."""
    first, last = tables.order[order, O_D0], tables.order[order, O_D1]
    for earlier in range(AS_LISTED, way if way < BLOCK else AS_LISTED):
        same = True
        for turn in range(last - first):
            if demand_in_turn(tables, order, turn, way) != demand_in_turn(tables, order, turn, earlier):
                same = False
                break
        if same:
            return True
    return False


@compiled
def most_reward(tables: Tables, order: int) -> float:
    """The most that carrying out an order can bring."""
    total = 0.0
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        best = 0.0
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            best = max(best, tables.visit_reward[visit])
        total += best
    return total


@compiled
def added_seconds(tables: Tables, vehicle: int, sequence: Ints, count: int, at: int, visit: int) -> int:
    """Seconds of driving, parking and service that a visit before position ``at`` adds to a sequence."""
    profile, there = tables.vehicle[vehicle, F_PROFILE], tables.visit[visit, V_LOC]
    a, b = tables.vehicle[vehicle, F_START], tables.vehicle[vehicle, F_END]
    if at > 0:
        a = tables.visit[sequence[at - 1], V_LOC]
    if at < count:
        b = tables.visit[sequence[at], V_LOC]
    a, b = nowhere(tables, a), nowhere(tables, b)
    legs = (
        leg_seconds(tables, profile, a, there)
        + leg_seconds(tables, profile, there, b)
        - leg_seconds(tables, profile, a, b)
    )
    return legs + service_seconds(tables, vehicle, visit)


@compiled
def place_order(
    tables: Tables,
    state: State,
    weights: Floats,
    vehicle: int,
    sequence: Ints,
    count: int,
    order: int,
    way: int,
    route: int,
) -> int:
    """Put an order's demands into a sequence.

    Parameters
    ----------
    route : int
        What the sequence was before, timed in ``state.moment``: it is given up once it costs more than the
        best insertion so far; -1 for a trip of its own.

    Returns
    -------
    int
        The new length, or -1.
    """
    size, last = tables.order[order, O_D1] - tables.order[order, O_D0], -1
    added, seconds, reward = 0, 0, 0.0
    if weights[W_MONEY] > 0.0 and route >= 0:
        reward = most_reward(tables, order)
    for turn in range(size):
        demand = demand_in_turn(tables, order, turn, way)
        known = turn == 0 and route >= 0  # the caller has timed it
        if not known and not time_sequence(tables, state, vehicle, sequence, count):
            return -1
        low, high = bounds(tables, sequence, count, demand)
        if way == BLOCK and turn > 0:
            low, high = max(low, last + 1), min(high, last + 1)
        best, least, chosen = -1, BIG, -1
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            at, metres = cheapest_place(tables, state, vehicle, sequence, count, visit, low, high)
            if at >= 0 and metres < least:
                best, least, chosen = at, metres, visit
        if best < 0:
            return -1
        if route >= 0:
            added += least
            seconds += added_seconds(tables, vehicle, sequence, count, best, chosen)
            if least_price(tables, state, weights, route, added, seconds, reward) >= state.value[X_FOUND]:
                return -1
        for i in range(count, best, -1):
            sequence[i] = sequence[i - 1]
        sequence[best] = chosen
        count, last = count + 1, best
    return count


@compiled
def keep_times(state: State, count: int, source: int, target: int) -> None:
    """Copy the moments of a sequence between two places for them."""
    for i in range(count):
        state.moment[target, i] = state.moment[source, i]
        state.moment[target + 1, i] = state.moment[source + 1, i]


@compiled
def may_take(
    tables: Tables, state: State, weights: Floats, route: int, count: int, order: int, reward: float
) -> bool:
    """Whether every demand by itself has a place in time in the sequence, cheap enough: a necessary test."""
    vehicle = state.meta[route, T_VEHICLE]
    for demand in range(tables.order[order, O_D0], tables.order[order, O_D1]):
        least = BIG
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            at, metres = cheapest_place(tables, state, vehicle, state.spare, count, visit, 0, count)
            if at >= 0:
                least = min(least, metres)
        if least >= BIG:
            return False
        if least_price(tables, state, weights, route, least, 0, 0.0) - reward >= state.value[X_FOUND]:
            return False
    return True


@compiled
def best_whole(tables: Tables, state: State, work: Scratch, weights: Floats, routes: int, order: int) -> None:
    """Cheapest way of putting an order of many demands into the candidate routes."""
    reward = weights[W_MONEY] * most_reward(tables, order)
    ways = 0
    for way in range(WAYS):
        ways |= 0 if is_needless(tables, order, way) else 1 << way
    for c in range(routes):
        if is_enough(tables, state, weights):
            return
        route = state.candidate[c]
        if state.bound[c] - spare_price(tables, state, weights, route) - reward >= state.value[X_FOUND]:
            continue
        vehicle = state.meta[route, T_VEHICLE]
        length = expand(tables, state, route, state.spare)
        if not time_sequence(tables, state, vehicle, state.spare, length):
            continue
        if not may_take(tables, state, weights, route, length, order, reward):
            continue
        keep_times(state, length, 0, 2)
        for way in range(WAYS):
            if not ways >> way & 1:
                continue
            copy_items(state.trial, state.spare, length)
            keep_times(state, length, 2, 0)
            count = place_order(tables, state, weights, vehicle, state.trial, length, order, way, route)
            if count < 0 or count + 2 >= state.route.shape[1]:
                continue
            price = added_price(tables, state, work, weights, state.trial, count, route)
            state.counter[N_ACCEPTED] += 1 if price < REFUSED else 0
            if price < state.value[X_FOUND] and draw(state.random) > 0.01:
                state.value[X_FOUND] = price
                state.found[I_ROUTE], state.found[I_KIND], state.found[I_LENGTH] = route, WHOLE, count
                copy_items(state.trial_best, state.trial, count)


@compiled
def alone(tables: Tables, state: State, work: Scratch, weights: Floats, vehicle: int, order: int) -> float:
    """Price of a trip for this order only; its sequence is left in ``state.trial``, ``REFUSED`` if none."""
    for way in range(WAYS):
        count = place_order(tables, state, weights, vehicle, state.trial, 0, order, way, -1)
        if count >= 0:
            price = trial_price(tables, state, work, weights, vehicle, state.trial, count)
            if price < REFUSED:
                return price
    return REFUSED
