"""Keeping a route's arrays up to date, compiled.

After any change of a route `refresh` recomputes where its visits are, its times, its loads and its price.
`touch` saves a route before its first change in an iteration, `restore` takes the change back.
"""

import math

from solver.problem.arrays import (
    BIG,
    D_TYPE,
    DROP,
    F_DUE,
    F_END,
    F_EXTRA,
    F_MAX_M,
    F_MAX_SECS,
    F_PERFORMER,
    F_POST_M,
    F_PRE_M,
    F_PROFILE,
    F_READY,
    F_START,
    F_TRANSPORT,
    F_WORK_FROM,
    FROM_BOX,
    O_GROUP,
    U_LOWEST,
    U_SOFT,
    V_DEMAND,
    V_FROM,
    V_LOC,
    V_ORDER,
    V_SECS,
    V_TO,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import leg_metres, leg_seconds
from solver.schedule.judge import judge
from solver.schedule.money import trip_cost
from solver.schedule.scratch import (
    R_COST,
    R_GROUPING,
    R_METRES,
    R_PENALTY,
    R_REWARD,
    R_SECONDS,
    R_SOFT,
    R_SOFT_REWARD,
    R_STOPS,
    Scratch,
)
from solver.schedule.timing import last_start, next_start, own_seconds, service_seconds
from solver.search.crowding import leave_places, note_places, restore_places, save_places
from solver.search.lengths import keep_lengths, lengths_kept
from solver.search.objective import (
    W_GROUPING,
    W_METRE,
    W_MONEY,
    W_PENALTY,
    W_SECOND,
    W_SOFT,
    W_SOFT_REWARD,
    W_STOP,
    W_TRIP,
)
from solver.search.state import (
    N_STAMP,
    N_TOUCHED,
    N_TRIPS,
    SAVED,
    T_BUSY,
    T_BY,
    T_FINE,
    T_FROM,
    T_IMPLICIT,
    T_LENGTH,
    T_LOADING,
    T_METRES,
    T_SECONDS,
    T_TOUCHED,
    T_VEHICLE,
    State,
)


@compiled
def copy_items(target: Ints, source: Ints, count: int) -> None:
    """Copy the first items of a list."""
    for i in range(count):
        target[i] = source[i]


@compiled
def price_of(result: Floats, weights: Floats) -> float:
    """Weighted objective of one evaluated trip."""
    return (
        weights[W_TRIP]
        + weights[W_METRE] * result[R_METRES]
        + weights[W_SECOND] * result[R_SECONDS]
        + weights[W_MONEY] * (result[R_COST] - result[R_REWARD])
        + weights[W_SOFT] * result[R_SOFT]
        + weights[W_SOFT_REWARD] * result[R_SOFT_REWARD]
        + weights[W_PENALTY] * result[R_PENALTY]
        + weights[W_GROUPING] * result[R_GROUPING]
        + weights[W_STOP] * result[R_STOPS]
    )


@compiled
def nowhere(tables: Tables, place: int) -> int:
    """Row of a place in the leg matrices; the last row for none."""
    return place if place >= 0 else len(tables.place)


@compiled
def load_in_turn(tables: Tables, out: Ints, count: int, pickup: int) -> int:
    """Add an implicit pickup, or none (-1), to those of a trip by its window; returns how many there are."""
    if pickup < 0:
        return count
    at = count
    while at > 0 and tables.visit[out[at - 1], V_FROM] > tables.visit[pickup, V_FROM]:
        out[at] = out[at - 1]
        at -= 1
    out[at] = pickup
    return count + 1


@compiled
def expand(tables: Tables, state: State, route: int, out: Ints) -> int:
    """Write all visits of a route, implicit pickups first by their window; returns how many."""
    count = 0
    for i in range(1, state.meta[route, T_LENGTH] + 1):
        visit = state.route[route, i]
        if tables.demand[tables.visit[visit, V_DEMAND], D_TYPE] == DROP:
            count = load_in_turn(tables, out, count, state.implicit[tables.visit[visit, V_ORDER]])
    for i in range(1, state.meta[route, T_LENGTH] + 1):
        out[count] = state.route[route, i]
        count += 1
    return count


@compiled
def note_position(tables: Tables, state: State, route: int, i: int) -> int:
    """Note where a visit of a route is; returns the implicit pickup that comes with it, or -1."""
    visit = state.route[route, i]
    state.at_route[visit], state.at_position[visit] = route, i
    pickup = state.implicit[tables.visit[visit, V_ORDER]]
    if pickup < 0 or tables.demand[tables.visit[visit, V_DEMAND], D_TYPE] != DROP:
        return -1
    state.at_route[pickup], state.at_position[pickup] = route, 0
    return pickup


@compiled
def locate(tables: Tables, state: State, route: int) -> None:
    """Note where the route's visits are, and what has to be loaded at its start."""
    vehicle = state.meta[route, T_VEHICLE]
    extra = tables.vehicle[vehicle, F_EXTRA]
    length = state.meta[route, T_LENGTH]
    first, last, loading, implicit = -BIG, BIG, 0, 0
    state.place[route, 0] = nowhere(tables, tables.vehicle[vehicle, F_START])
    for i in range(1, length + 1):
        state.place[route, i] = tables.visit[state.route[route, i], V_LOC]
        pickup = note_position(tables, state, route, i)
        if pickup >= 0:
            first = max(first, tables.visit[pickup, V_FROM])
            last = min(last, tables.visit[pickup, V_TO])
            loading += tables.visit[pickup, V_SECS] + tables.extra[extra, tables.visit[pickup, V_DEMAND]]
            implicit += 1
    state.place[route, length + 1] = nowhere(tables, tables.vehicle[vehicle, F_END])
    state.meta[route, T_FROM], state.meta[route, T_BY] = first, last
    state.meta[route, T_LOADING], state.meta[route, T_IMPLICIT] = loading, implicit


@compiled
def loaded_at(tables: Tables, state: State, vehicle: int, first: int, loading: int, implicit: int) -> int:
    """Earliest moment of leaving the start place with everything implicit loaded."""
    ready = tables.vehicle[vehicle, F_READY]
    if implicit > 0:
        ready = max(ready, tables.vehicle[vehicle, F_WORK_FROM], first)
    return ready + loading


@compiled
def time_route(tables: Tables, state: State, route: int) -> bool:
    """Earliest and latest moments along the route; False if it cannot be in time."""
    meta, length = state.meta[route], state.meta[route, T_LENGTH]
    vehicle = meta[T_VEHICLE]
    profile = tables.vehicle[vehicle, F_PROFILE]
    now = loaded_at(tables, state, vehicle, meta[T_FROM], meta[T_LOADING], meta[T_IMPLICIT])
    if meta[T_IMPLICIT] > 0 and now > meta[T_BY]:
        return False
    state.leave[route, 0] = now
    busy, metres = own_seconds(tables, vehicle) + meta[T_LOADING], 0
    for i in range(1, length + 1):
        visit = state.route[route, i]
        leg = leg_seconds(tables, profile, state.place[route, i - 1], state.place[route, i])
        metres += leg_metres(tables, profile, state.place[route, i - 1], state.place[route, i])
        seconds = service_seconds(tables, vehicle, visit)
        now = next_start(tables, vehicle, visit, now + leg, seconds)
        if now >= BIG:
            return False
        now += seconds
        busy += leg + seconds
        state.leave[route, i] = now
    leg = leg_seconds(tables, profile, state.place[route, length], state.place[route, length + 1])
    metres += leg_metres(tables, profile, state.place[route, length], state.place[route, length + 1])
    if now + leg > tables.vehicle[vehicle, F_DUE]:
        return False
    meta[T_BUSY], meta[T_METRES] = busy + leg, metres
    time_back(tables, state, route)
    return True


@compiled
def time_back(tables: Tables, state: State, route: int) -> None:
    """Latest starts, from the end of the route to its start."""
    meta, length = state.meta[route], state.meta[route, T_LENGTH]
    vehicle = meta[T_VEHICLE]
    profile = tables.vehicle[vehicle, F_PROFILE]
    now = tables.vehicle[vehicle, F_DUE]
    state.latest[route, length + 1] = now
    for i in range(length, 0, -1):
        visit = state.route[route, i]
        leg = leg_seconds(tables, profile, state.place[route, i], state.place[route, i + 1])
        seconds = service_seconds(tables, vehicle, visit)
        now = last_start(tables, vehicle, visit, now - leg - seconds, seconds)
        state.latest[route, i] = now
    now -= leg_seconds(tables, profile, state.place[route, 0], state.place[route, 1])
    state.latest[route, 0] = min(now, meta[T_BY])


@compiled
def load_route(tables: Tables, state: State, route: int) -> bool:
    """Loads on board along the route; False if the vehicle is overfull (L2)."""
    length, vehicle = state.meta[route, T_LENGTH], state.meta[route, T_VEHICLE]
    fits = True
    for m in range(tables.demand_load.shape[1]):
        now = 0.0
        for i in range(1, length + 1):
            demand = tables.visit[state.route[route, i], V_DEMAND]
            kind = tables.demand[demand, D_TYPE]
            order = tables.visit[state.route[route, i], V_ORDER]
            if kind == FROM_BOX or (kind == DROP and state.implicit[order] >= 0):
                now -= tables.demand_load[demand, m]
        most = now
        state.load[route, 0, m] = state.peak_before[route, 0, m] = now
        for i in range(1, length + 1):
            now += tables.demand_load[tables.visit[state.route[route, i], V_DEMAND], m]
            most = max(most, now)
            state.load[route, i, m], state.peak_before[route, i, m] = now, most
        fits = fits and most <= tables.room[vehicle, m] + 1e-6
        most = 0.0
        for i in range(length, -1, -1):
            most = max(most, state.load[route, i, m])
            state.peak_after[route, i, m] = most
    return fits


@compiled
def keep_outcome(tables: Tables, state: State, weights: Floats, result: Floats, route: int) -> None:
    """Take over what the evaluator has found out about a route."""
    state.cost[route] = price_of(result, weights)
    state.meta[route, T_SECONDS] = int(result[R_SECONDS])
    if tables.uses[U_SOFT]:
        fine = weights[W_SOFT] * result[R_SOFT] + weights[W_SOFT_REWARD] * result[R_SOFT_REWARD]
        state.meta[route, T_FINE] = math.ceil(fine)


@compiled
def price_route(
    tables: Tables, state: State, work: Scratch, weights: Floats, route: int, exact: bool
) -> bool:
    """Price of the route; False if the evaluator refuses it."""
    vehicle = state.meta[route, T_VEHICLE]
    if exact:
        count = expand(tables, state, route, state.spare)
        lowest = tables.uses[U_LOWEST] == 1
        if judge(tables, work, vehicle, state.spare, count, lowest, work.judge[0]) != 0:
            return False
        note_places(tables, state, work, vehicle, state.spare, count, route)
        keep_outcome(tables, state, weights, work.result, route)
        return True
    return price_plainly(tables, state, weights, route)


@compiled
def price_plainly(tables: Tables, state: State, weights: Floats, route: int) -> bool:
    """Price of the route without the evaluator; False if it takes too long or is too long (M1)."""
    vehicle, metres, seconds = state.meta[route, T_VEHICLE], state.meta[route, T_METRES], 0
    if lengths_kept(state):
        seconds = keep_lengths(tables, state, route)
        state.meta[route, T_SECONDS] = seconds
    if seconds > tables.vehicle[vehicle, F_MAX_SECS] or metres > tables.vehicle[vehicle, F_MAX_M]:
        return False
    own = tables.vehicle[vehicle, F_PRE_M] + tables.vehicle[vehicle, F_POST_M]
    price = weights[W_TRIP] + weights[W_METRE] * (metres + own) + weights[W_SECOND] * seconds
    if weights[W_MONEY] > 0.0:
        earned = reward_of(tables, state, route)
        price += weights[W_MONEY] * (trip_cost(tables, vehicle, seconds, metres) - earned)
    state.cost[route] = price
    return True


@compiled
def reward_of(tables: Tables, state: State, route: int) -> float:
    """What the visits of a route bring."""
    reward = 0.0
    for i in range(1, state.meta[route, T_LENGTH] + 1):
        visit = state.route[route, i]
        reward += tables.visit_reward[visit]
        pickup = state.implicit[tables.visit[visit, V_ORDER]]
        if pickup >= 0 and tables.demand[tables.visit[visit, V_DEMAND], D_TYPE] == DROP:
            reward += tables.visit_reward[pickup]
    return reward


@compiled
def refresh(tables: Tables, state: State, work: Scratch, weights: Floats, route: int, exact: bool) -> bool:
    """Recompute everything about a route after a change; False if it breaks a rule."""
    if state.meta[route, T_LENGTH] == 0:
        state.cost[route] = 0.0
        leave_places(tables, state, route)
        return True
    locate(tables, state, route)
    return (
        time_route(tables, state, route)
        and load_route(tables, state, route)
        and price_route(tables, state, work, weights, route, exact)
    )


@compiled
def refresh_judged(tables: Tables, state: State, weights: Floats, route: int) -> bool:
    """Recompute a route after the insertion that the evaluator has judged last of all good ones."""
    locate(tables, state, route)
    keep_outcome(tables, state, weights, state.outcome, route)
    return time_route(tables, state, route) and load_route(tables, state, route)


@compiled
def use_vehicle(tables: Tables, state: State, vehicle: int, change: int) -> None:
    """Count the shifts of a vehicle as used (+1) or free again (-1)."""
    performer = tables.vehicle[vehicle, F_PERFORMER]
    state.used_performer[performer] += change
    state.used_transport[tables.vehicle[vehicle, F_TRANSPORT]] += change
    if tables.performer_group[performer] >= 0:
        state.used_group[tables.performer_group[performer]] += change
    state.counter[N_TRIPS] += change


@compiled
def is_free(tables: Tables, state: State, vehicle: int) -> bool:
    """Whether a shift of both kinds is left (O6), within max_work_shifts (O4)."""
    performer, transport = tables.vehicle[vehicle, F_PERFORMER], tables.vehicle[vehicle, F_TRANSPORT]
    if state.used_performer[performer] >= tables.performer_count[performer]:
        return False
    if state.used_transport[transport] >= tables.transport_count[transport]:
        return False
    group = tables.performer_group[performer]
    return not (group >= 0 and state.used_group[group] >= tables.group_limit[group])


@compiled
def join_group(tables: Tables, state: State, order: int, route: int, change: int) -> None:
    """Count an order of a hardlink into its route (+1) or out of it (-1) (O5)."""
    group = tables.order[order, O_GROUP]
    if group >= 0:
        state.group_members[group] += change
        state.group_route[group] = route if state.group_members[group] > 0 else -1


@compiled
def touch(tables: Tables, state: State, route: int) -> None:
    """Save a route before its first change in this iteration."""
    if state.meta[route, T_TOUCHED] == state.counter[N_STAMP]:
        return
    state.meta[route, T_TOUCHED] = state.counter[N_STAMP]
    k = state.counter[N_TOUCHED]
    state.counter[N_TOUCHED] = k + 1
    state.saved_route[k], state.saved_cost[k] = route, state.cost[route]
    copy_items(state.saved_meta[k], state.meta[route], SAVED)
    save_places(tables, state, route, k)
    length = state.meta[route, T_LENGTH]
    for i in range(1, length + 1):
        visit = state.route[route, i]
        state.saved[k, i] = visit
        state.saved_implicit[k, i] = state.implicit[tables.visit[visit, V_ORDER]]
    for i in range(length + 2 if length > 0 else 0):
        save_position(state, route, i, k)


@compiled
def save_position(state: State, route: int, i: int, k: int) -> None:
    """Copy times and loads at a position of a route."""
    times, loads = state.saved_times[k, i], state.saved_loads[k, i]
    times[0], times[1], times[2] = state.place[route, i], state.leave[route, i], state.latest[route, i]
    if lengths_kept(state):
        times[3], times[4], times[5] = state.busy[route, i], state.lead[route, i], state.finish[route, i]
    for m in range(state.load.shape[2]):
        loads[3 * m] = state.load[route, i, m]
        loads[3 * m + 1], loads[3 * m + 2] = state.peak_before[route, i, m], state.peak_after[route, i, m]


@compiled
def restore_position(state: State, route: int, i: int, k: int) -> None:
    """Copy times and loads at a position of a route back."""
    times, loads = state.saved_times[k, i], state.saved_loads[k, i]
    state.place[route, i], state.leave[route, i], state.latest[route, i] = times[0], times[1], times[2]
    if lengths_kept(state):
        state.busy[route, i], state.lead[route, i], state.finish[route, i] = times[3], times[4], times[5]
    for m in range(state.load.shape[2]):
        state.load[route, i, m] = loads[3 * m]
        state.peak_before[route, i, m], state.peak_after[route, i, m] = loads[3 * m + 1], loads[3 * m + 2]


@compiled
def forget(tables: Tables, state: State, route: int) -> None:
    """Take every order of a route out of the books, before its visits are replaced."""
    length = state.meta[route, T_LENGTH]
    if length > 0:
        use_vehicle(tables, state, state.meta[route, T_VEHICLE], -1)
    for i in range(1, length + 1):
        visit = state.route[route, i]
        order = tables.visit[visit, V_ORDER]
        state.at_route[visit] = -1
        if state.order_route[order] >= 0:
            state.order_route[order] = -1
            join_group(tables, state, order, route, -1)
            if state.implicit[order] >= 0:
                state.at_route[state.implicit[order]] = -1
                state.implicit[order] = -1


@compiled
def enlist(tables: Tables, state: State, route: int) -> None:
    """Enter every order of a route into the books, after its visits were written."""
    length = state.meta[route, T_LENGTH]
    if length > 0:
        use_vehicle(tables, state, state.meta[route, T_VEHICLE], 1)
    for i in range(1, length + 1):
        order = tables.visit[state.route[route, i], V_ORDER]
        if state.order_route[order] != route:
            state.order_route[order] = route
            join_group(tables, state, order, route, 1)


@compiled
def restore(tables: Tables, state: State) -> None:
    """Take back all changes of this iteration."""
    for k in range(state.counter[N_TOUCHED]):
        forget(tables, state, state.saved_route[k])
    for k in range(state.counter[N_TOUCHED]):
        route = state.saved_route[k]
        copy_items(state.meta[route], state.saved_meta[k], SAVED)
        state.cost[route] = state.saved_cost[k]
        length = state.meta[route, T_LENGTH]
        for i in range(1, length + 1):
            visit = state.saved[k, i]
            state.route[route, i] = visit
            state.implicit[tables.visit[visit, V_ORDER]] = state.saved_implicit[k, i]
        enlist(tables, state, route)
        for i in range(1, length + 1):
            note_position(tables, state, route, i)
        for i in range(length + 2 if length > 0 else 0):
            restore_position(state, route, i, k)
        restore_places(tables, state, route, k)
