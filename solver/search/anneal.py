"""Ruin and recreate under simulated annealing, compiled in chunks.

The clock lives outside: Python calls a chunk of iterations at a time and decides about the rest.
"""

import math

from solver.problem.arrays import D_V0, O_D0, O_D1, U_LIMITS, V_FROM, V_LOC, V_TO, Floats, Tables
from solver.problem.compiled import compiled
from solver.problem.legs import leg_metres
from solver.schedule.scratch import Scratch
from solver.search.candidates import draw
from solver.search.claim import claim
from solver.search.crowding import price_of_crowd, sum_up
from solver.search.exchange import exchange
from solver.search.near import Near
from solver.search.objective import W_LIMIT, W_MONEY, W_ORDER
from solver.search.opening import insert
from solver.search.routes import copy_items, restore
from solver.search.ruin import ruin
from solver.search.state import (
    N_ABSENT,
    N_BEST_ABSENT,
    N_ITERATIONS,
    N_SAVED_ABSENT,
    N_STAMP,
    N_TOUCHED,
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

# Ways of running: for the price; for fewer absent orders without new trips; for fewer, whatever it takes.
IMPROVE, REDUCE, SERVE = range(3)
WAYS = 17.0  # weights of the orders of insertion, summed; see `sort_key`
CLAIM_SHARE = 0.05  # iterations for more orders that take shifts away from trips
EXCHANGE_SHARE = 0.02  # iterations that begin with another vehicle for a trip
RETRIED = 4.0  # orders absent for long that an iteration tries to insert, about: most of them fit nowhere
RELOAD_SHARE = 0.1  # iterations that also try loading again on the way
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
def sort_absent(tables: Tables, state: State, share: float) -> tuple[int, int]:
    """Order the absent orders for insertion in ``state.sorted_absent``.

    Parameters
    ----------
    share : float
        Of the orders that were absent before this iteration, so many are tried again; the others move to the
        front of ``state.absent``.

    Returns
    -------
    (int, int)
        How many are to be inserted, and how many are not tried.
    """
    way, count, waiting = draw(state.random) * WAYS, 0, 0
    for k in range(state.counter[N_ABSENT]):
        order = state.absent[k]
        if k < state.counter[N_SAVED_ABSENT] and share < 1.0 and draw(state.random) >= share:
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
    new_trips: int,
    retried: float,
) -> bool:
    """Insert absent orders one by one; False if a rule broke on the way.

    ``retried``: how many of those that were absent before are tried again, about.
    """
    count, left = sort_absent(tables, state, retried / max(1.0, state.counter[N_SAVED_ABSENT]))
    reload = draw(state.random) < RELOAD_SHARE
    bound = 1e299
    if weights[W_MONEY] > 0.0 and draw(state.random) >= FORCE_SHARE:
        bound = 0.0
    if weights[W_LIMIT] > weights[W_ORDER] > 0.0:  # rather leave it out than break location limits
        bound = weights[W_ORDER]
    for k in range(count):
        order = state.sorted_absent[k]
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
        change += state.cost[state.saved_meta[k, 2]] - state.saved_cost[k]
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
def step(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    near: Near,
    exact: bool,
    temperature: float,
    way: int,
) -> None:
    """One iteration: ruin, recreate, keep or take back."""
    state.counter[N_STAMP] += 1
    state.counter[N_TOUCHED] = 0
    state.counter[N_ITERATIONS] += 1
    before = state.counter[N_ABSENT]
    state.counter[N_SAVED_ABSENT] = before
    copy_items(state.saved_absent, state.absent, before)
    if way == SERVE and before > 0 and draw(state.random) < CLAIM_SHARE:
        sound = claim(tables, state, work, weights, near, exact)
    else:
        sound = True
        if len(tables.vehicle) > 1 and draw(state.random) < EXCHANGE_SHARE:
            sound = exchange(tables, state, work, weights, exact)
        sound = sound and ruin(tables, state, work, weights, near, exact, 0.05 if way == IMPROVE else 0.3)
    new_trips = 0 if way == REDUCE else 1
    retried = RETRIED if way == IMPROVE else 1e9
    sound = sound and recreate(tables, state, work, weights, near, exact, new_trips, retried)
    change = change_of_price(state) if sound else 0.0
    crowded = 0.0
    if sound and tables.uses[U_LIMITS]:
        crowded = price_of_crowd(tables, state.crowd, weights)
        change += crowded - state.value[X_CROWDED]
    if sound and way != IMPROVE:
        sound = accept_reduction(state, change, temperature)
    elif sound:
        whole = change + weights[W_ORDER] * (state.counter[N_ABSENT] - before)
        sound = whole < -temperature * math.log(1.0 - draw(state.random))
    if not sound:
        restore(tables, state, work, weights, exact)
        state.counter[N_ABSENT] = before
        copy_items(state.absent, state.saved_absent, before)
        return
    for k in range(state.counter[N_TOUCHED]):
        state.meta[state.saved_meta[k, 2], T_DIRTY] = 1
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
) -> int:
    """A chunk of iterations with the temperature falling from hot to cold; how many were done.

    Other ways than IMPROVE end as soon as no more than ``target`` orders are absent.
    """
    cooling = (cold / hot) ** (1.0 / max(1, iterations))
    for done in range(iterations):
        step(tables, state, work, weights, near, exact, hot, way)
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
            restore(tables, state, work, weights, exact)
        if done != 1:
            state.absent[left] = order
            left += 1
    state.counter[N_ABSENT] = left
    state.value[X_ROUTES] = state.cost.sum() + sum_up(tables, state, weights)
    state.meta[:, T_DIRTY] = 1
    keep_best(tables, state)
