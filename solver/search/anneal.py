"""Ruin and recreate under simulated annealing, compiled in chunks.

The clock lives outside: Python calls a chunk of iterations at a time and decides about the rest.
"""

import math

from solver.problem.arrays import D_V0, D_V1, O_D0, O_D1, U_LIMITS, V_FROM, V_LOC, V_TO, Floats, Ints, Tables
from solver.problem.compiled import compiled
from solver.problem.legs import leg_metres
from solver.schedule.scratch import Scratch
from solver.search.candidates import draw
from solver.search.claim import claim
from solver.search.crowding import price_of_crowd, sum_up
from solver.search.exchange import exchange
from solver.search.near import Near
from solver.search.objective import W_LIMIT, W_MONEY, W_ORDER, W_TRIP
from solver.search.opening import insert
from solver.search.routes import copy_items, restore
from solver.search.ruin import ruin
from solver.search.state import (
    N_ABSENT,
    N_BEST_ABSENT,
    N_BEST_TRIPS,
    N_ITERATIONS,
    N_RELOADED,
    N_SAVED_ABSENT,
    N_STAMP,
    N_TOUCHED,
    N_TRIPS,
    T_BEST_LENGTH,
    T_BEST_VEHICLE,
    T_DIRTY,
    T_LENGTH,
    T_VEHICLE,
    X_BEST,
    X_CROWDED,
    X_ROUTES,
    State,
)

# Ways of running: for the price; for fewer absent orders without new trips; for fewer, whatever it takes;
# for the price with one trip less than the best plan has.
IMPROVE, REDUCE, SERVE, FEWER = range(4)
WAYS = 17.0  # weights of the orders of insertion, summed; see `sort_key`
CLAIM_SHARE = 0.05  # iterations for more orders that take shifts away from trips
EXCHANGE_SHARE = 0.02  # iterations that begin with another vehicle for a trip
RETRIED = 4.0  # orders absent for long that an iteration tries to insert, about: most of them fit nowhere
STRICT_BESIDE, BESIDE = 0.05, 0.3  # ruins that begin beside an absent order, where one is
FAR_RETRIED = 1.0  # and so many of those far from its ruin
RELOAD_SHARE = 0.1  # iterations that also try loading again on the way, beside those that took such loads out
FORCE_SHARE = 0.3  # money: iterations that insert orders at a loss


@compiled
def sort_key(tables: Tables, state: State, way: float, order: int) -> float:
    """Key of an absent order: random, largest, far, near, tightest window, earliest, latest first."""
    if way < 4.0:
        return draw(state.random)
    first, last = tables.order[order, O_D0], tables.order[order, O_D1]
    if way < 8.0:
        size = 0.0
        for demand in range(first, last):
            for m in range(tables.demand_load.shape[1]):
                size += max(0.0, tables.demand_load[demand, m]) / max(1e-9, tables.room[0, m])
        return -size
    visit = tables.demand[last - 1, D_V0]
    if way < 11.0:
        base = tables.vehicle[0, 3]
        if base < 0:
            return draw(state.random)
        far = leg_metres(tables, tables.vehicle[0, 2], base, tables.visit[visit, V_LOC])
        return -float(far) if way < 10.0 else float(far)
    if way < 13.0:
        width = 0.0
        for demand in range(first, last):
            width += tables.visit[tables.demand[demand, D_V0], V_TO]
            width -= tables.visit[tables.demand[demand, D_V0], V_FROM]
        return width
    if way < 15.0:
        return float(tables.visit[visit, V_FROM])
    return -float(tables.visit[visit, V_TO])


@compiled
def is_close(tables: Tables, state: State, order: int) -> bool:
    """Whether this iteration's ruin began near the last of an order's places."""
    visit = tables.demand[tables.order[order, O_D1] - 1, D_V0]
    return state.close[tables.visit[visit, V_LOC]] == state.counter[N_STAMP]


@compiled
def sort_absent(tables: Tables, state: State, retried: float) -> tuple[int, int]:
    """Order the absent orders for insertion in ``state.sorted_absent``.

    Parameters
    ----------
    retried : float
        Of the orders that were absent before this iteration, so many near its ruin are tried again, about,
        and a few far from it; the others move to the front of ``state.absent``.

    Returns
    -------
    (int, int)
        How many are to be inserted, and how many are not tried.
    """
    way, count, waiting, near = draw(state.random) * WAYS, 0, 0, 0
    before = state.counter[N_SAVED_ABSENT]
    if retried < before:
        for k in range(before):
            near += is_close(tables, state, state.absent[k])
    for k in range(state.counter[N_ABSENT]):
        order = state.absent[k]
        if k < before and retried < before:
            wanted = retried / near if is_close(tables, state, order) else FAR_RETRIED / before
            if draw(state.random) >= wanted:
                state.absent[waiting] = order
                waiting += 1
                continue
        key = sort_key(tables, state, way, order)
        at = count
        count += 1
        while at > 0 and state.key[at - 1] > key:
            state.key[at], state.sorted_absent[at] = state.key[at - 1], state.sorted_absent[at - 1]
            at -= 1
        state.key[at], state.sorted_absent[at] = key, order
    return count, waiting


@compiled
def recreate(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    near: Near,
    exact: bool,
    most_trips: int,
    retried: float,
    lack: float,
) -> bool:
    """Insert absent orders one by one; False if a rule broke on the way.

    Parameters
    ----------
    most_trips : int
        New trips are opened up to this number of trips in all.
    retried : float
        How many of those that were absent before are tried again, about.
    lack : float
        See `anneal`.
    """
    count, left = sort_absent(tables, state, retried)
    reload = draw(state.random) < RELOAD_SHARE or state.counter[N_RELOADED] > 0
    bound = 1e299
    if weights[W_MONEY] > 0.0 and draw(state.random) >= FORCE_SHARE:
        bound = 0.0
    if weights[W_LIMIT] > weights[W_ORDER] > 0.0:  # rather leave it out than break location limits
        bound = weights[W_ORDER]
    elif weights[W_TRIP] < lack < weights[W_ORDER]:
        bound = lack
    for k in range(count):
        order = state.sorted_absent[k]
        new_trips = 1 if state.counter[N_TRIPS] < most_trips else 0
        done = insert(tables, state, work, weights, near, order, bound, new_trips, exact, reload)
        if done < 0:
            return False
        if done == 0:
            state.absent[left] = order
            left += 1
    state.counter[N_ABSENT] = left
    return True


@compiled
def change_of_price(state: State) -> float:
    """What this iteration has changed of the routes' price."""
    change = 0.0
    for k in range(state.counter[N_TOUCHED]):
        change += state.cost[state.saved_route[k]] - state.saved_cost[k]
    return change


@compiled
def keep_best(tables: Tables, state: State) -> None:
    """Copy what changed since the last time into the best plan."""
    state.value[X_BEST] = state.value[X_ROUTES]
    for route in range(len(state.cost)):
        if state.meta[route, T_DIRTY] == 0:
            continue
        state.meta[route, T_DIRTY] = 0
        length = state.meta[route, T_LENGTH]
        state.meta[route, T_BEST_LENGTH] = length
        state.meta[route, T_BEST_VEHICLE] = state.meta[route, T_VEHICLE]
        for i in range(1, length + 1):
            visit = state.route[route, i]
            state.best[route, i] = visit
            state.best_implicit[route, i] = state.implicit[tables.visit[visit, 1]]
    state.counter[N_BEST_ABSENT] = state.counter[N_ABSENT]
    state.counter[N_BEST_TRIPS] = state.counter[N_TRIPS]
    copy_items(state.best_absent, state.absent, state.counter[N_ABSENT])


@compiled
def accept_reduction(state: State, change: float, temperature: float) -> bool:
    """Fleet reduction: fewer absent orders, or ones that were left out less often, win."""
    absent, before = state.counter[N_ABSENT], state.counter[N_SAVED_ABSENT]
    now = was = 0.0
    for k in range(absent):
        now += state.missed[state.absent[k]]
    for k in range(before):
        was += state.missed[state.saved_absent[k]]
    better = absent < before or now < was
    equal = absent == before and now <= was
    if equal and not better:
        better = change < -temperature * math.log(1.0 - draw(state.random))
    for k in range(absent):
        state.missed[state.absent[k]] += 1.0
    return better


@compiled
def relief(tables: Tables, orders: Ints, count: int, lack: float) -> float:
    """How much of the rewards of absent orders is beyond ``lack`` each."""
    total = 0.0
    for k in range(count):
        worth = 0.0
        for demand in range(tables.order[orders[k], O_D0], tables.order[orders[k], O_D1]):
            most = 0.0
            for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
                most = max(most, tables.visit_reward[visit])
            worth += most
        total += max(0.0, worth - lack)
    return total


@compiled
def accept_improvement(
    tables: Tables,
    state: State,
    weights: Floats,
    change: float,
    temperature: float,
    lack: float,
    absent: int,
    trips: int,
) -> bool:
    """Less by the weights or, by chance, not much more; see `anneal` for ``lack``.

    ``absent`` and ``trips`` are the numbers before the iteration. Where orders may be left out for a while,
    a trip counts no more than an order, or one that was given up would never be opened again.
    """
    whole = change + min(lack, weights[W_ORDER]) * (state.counter[N_ABSENT] - absent)
    if weights[W_MONEY] > 0.0 and lack < math.inf:
        whole -= relief(tables, state.absent, state.counter[N_ABSENT], lack)
        whole += relief(tables, state.saved_absent, absent, lack)
    whole -= max(0.0, weights[W_TRIP] - lack) * (state.counter[N_TRIPS] - trips)
    return whole < -temperature * math.log(1.0 - draw(state.random))


@compiled
def trips_allowed(state: State, weights: Floats, way: int, lack: float) -> int:
    """Up to how many trips an iteration may open new ones."""
    if way == REDUCE:
        return 0
    if way == FEWER:
        return state.counter[N_BEST_TRIPS] - 1
    return state.counter[N_BEST_TRIPS] if lack < weights[W_TRIP] else len(state.cost)


@compiled
def step(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    near: Near,
    exact: bool,
    temperature: float,
    way: int,
    lack: float,
) -> None:
    """One iteration: ruin, recreate, keep or take back."""
    state.counter[N_STAMP] += 1
    state.counter[N_TOUCHED] = 0
    state.counter[N_ITERATIONS] += 1
    state.counter[N_RELOADED] = 0
    before, trips = state.counter[N_ABSENT], state.counter[N_TRIPS]
    state.counter[N_SAVED_ABSENT] = before
    copy_items(state.saved_absent, state.absent, before)
    if way == SERVE and before > 0 and draw(state.random) < CLAIM_SHARE:
        sound = claim(tables, state, work, weights, near, exact)
    else:
        sound = True
        if len(tables.vehicle) > 1 and draw(state.random) < EXCHANGE_SHARE:
            sound = exchange(tables, state, work, weights, exact)
        beside = STRICT_BESIDE if way == IMPROVE and lack >= weights[W_ORDER] else BESIDE
        sound = sound and ruin(tables, state, work, weights, near, exact, beside)
    most_trips = trips_allowed(state, weights, way, lack)
    sound = sound and recreate(tables, state, work, weights, near, exact, most_trips, RETRIED, lack)
    change = change_of_price(state) if sound else 0.0
    crowded = 0.0
    if sound and tables.uses[U_LIMITS]:
        crowded = price_of_crowd(tables, state.crowd, weights)
        change += crowded - state.value[X_CROWDED]
    if sound and way in (REDUCE, SERVE):
        sound = accept_reduction(state, change, temperature)
    elif sound:
        sound = accept_improvement(tables, state, weights, change, temperature, lack, before, trips)
    if not sound:
        restore(tables, state)
        state.counter[N_ABSENT] = before
        copy_items(state.absent, state.saved_absent, before)
        return
    for k in range(state.counter[N_TOUCHED]):
        state.meta[state.saved_route[k], T_DIRTY] = 1
    state.value[X_ROUTES] += change
    state.value[X_CROWDED] = crowded
    now = state.value[X_ROUTES] + weights[W_ORDER] * state.counter[N_ABSENT]
    if now < state.value[X_BEST] + weights[W_ORDER] * state.counter[N_BEST_ABSENT] - 1e-6:
        keep_best(tables, state)


@compiled
def anneal(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    near: Near,
    exact: bool,
    iterations: int,
    hot: float,
    cold: float,
    way: int,
    target: int,
    lack: float,
) -> int:
    """A chunk of iterations with the temperature falling from hot to cold; how many were done.

    IMPROVE counts an absent order as ``lack`` when it accepts, which may be far less than it costs in truth:
    in a tight fleet the way to another plan leads through plans in which an order has no place for a while.
    For money, no more than that of an order's reward is lost.
    Other ways than IMPROVE end as soon as no more than ``target`` orders are absent.
    """
    cooling = (cold / hot) ** (1.0 / max(1, iterations))
    for done in range(iterations):
        step(tables, state, work, weights, near, exact, hot, way, lack)
        hot *= cooling
        if way != IMPROVE and state.counter[N_ABSENT] <= target:
            return done + 1
    return iterations


@compiled
def construct(
    tables: Tables, state: State, work: Scratch, weights: Floats, near: Near, exact: bool, new_trips: int
) -> None:
    """Insert the absent orders once, in the order they are listed, and take the outcome as it is."""
    left = 0
    for k in range(state.counter[N_ABSENT]):
        order = state.absent[k]
        state.counter[N_STAMP] += 1
        state.counter[N_TOUCHED] = 0
        done = insert(tables, state, work, weights, near, order, 1e299, new_trips, exact, True)
        if done < 0:
            restore(tables, state)
        if done != 1:
            state.absent[left] = order
            left += 1
    state.counter[N_ABSENT] = left
    state.value[X_ROUTES] = state.cost.sum() + sum_up(tables, state, weights)
    state.meta[:, T_DIRTY] = 1
    keep_best(tables, state)
