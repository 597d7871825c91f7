"""The cheapest place for an order in the routes there are, compiled.

Every position passes three sieves: the added metres and seconds alone must beat the best insertion so far
(a lower bound of the price), the visit must fit between the earliest and latest moments of its neighbours
and into the vehicle (necessary, and all there is to plain tasks), and, where the task has rarer rules, the
evaluator must accept the whole sequence, whose price then counts. So nothing is inserted that the evaluator
would refuse.
"""

from solver.problem.arrays import (
    BIG,
    D_TYPE,
    DROP,
    F_EXTRA,
    F_PROFILE,
    F_START,
    F_WORK_FROM,
    F_WORK_TO,
    FROM_BOX,
    TO_BOX,
    V_DEMAND,
    V_FROM,
    V_LOC,
    V_SECS,
    V_TO,
    V_WIN0,
    V_WIN1,
    Floats,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import leg_metres, leg_seconds
from solver.schedule.scratch import Scratch
from solver.schedule.timing import next_start
from solver.search.candidates import added_price, next_blink, write_trial
from solver.search.objective import W_METRE, W_MONEY
from solver.search.routes import loaded_at
from solver.search.sieve import least_price
from solver.search.state import (
    I_AT,
    I_AT_SECOND,
    I_FIRST,
    I_KIND,
    I_PICKUP,
    I_ROUTE,
    I_SECOND,
    N_BLINK,
    N_TRIED,
    ONE,
    T_BY,
    T_FROM,
    T_IMPLICIT,
    T_LENGTH,
    T_LOADING,
    T_VEHICLE,
    TWO,
    X_FOUND,
    State,
)

EPS = 1e-6


@compiled
def note(
    state: State,
    price: float,
    route: int,
    kind: int,
    pickup: int,
    first: int,
    at: int,
    second: int,
    at_second: int,
) -> None:
    """Remember the best insertion so far."""
    state.value[X_FOUND] = price
    state.found[I_ROUTE], state.found[I_KIND], state.found[I_PICKUP] = route, kind, pickup
    state.found[I_FIRST], state.found[I_AT] = first, at
    state.found[I_SECOND], state.found[I_AT_SECOND] = second, at_second


@compiled
def loading_with(tables: Tables, state: State, route: int, pickup: int) -> int:
    """Moment of leaving the start place with one more implicit pickup; BIG if it does not fit there."""
    meta = state.meta[route]
    vehicle = meta[T_VEHICLE]
    if pickup < 0:
        return state.leave[route, 0]
    if tables.visit[pickup, V_LOC] != tables.vehicle[vehicle, F_START]:
        return BIG
    extra = tables.extra[tables.vehicle[vehicle, F_EXTRA], tables.visit[pickup, V_DEMAND]]
    loading = meta[T_LOADING] + tables.visit[pickup, V_SECS] + extra
    first = max(meta[T_FROM], tables.visit[pickup, V_FROM])
    by = min(meta[T_BY], tables.visit[pickup, V_TO], tables.vehicle[vehicle, F_WORK_TO])
    leave = loaded_at(tables, state, vehicle, first, loading, meta[T_IMPLICIT] + 1)
    return leave if leave <= by and leave <= state.latest[route, 0] else BIG


@compiled
def fits_on(
    tables: Tables, state: State, route: int, at: int, demand: int, before: bool, after: bool
) -> bool:
    """Whether the load of one visit fits before (it is brought along) or after it (it is taken up)."""
    vehicle = state.meta[route, T_VEHICLE]
    for m in range(tables.demand_load.shape[1]):
        size = abs(tables.demand_load[demand, m])
        if before and state.peak_before[route, at, m] + size > tables.room[vehicle, m] + EPS:
            return False
        if after and state.peak_after[route, at, m] + size > tables.room[vehicle, m] + EPS:
            return False
    return True


@compiled
def best_single(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    routes: int,
    visit: int,
    pickup: int,
    reward: float,
    exact: bool,
) -> None:
    """Cheapest position of one visit (with an implicit pickup or -1) in the candidate routes."""
    demand, there = tables.visit[visit, V_DEMAND], tables.visit[visit, V_LOC]
    kind = tables.demand[demand, D_TYPE]
    before = kind in (FROM_BOX, DROP)
    after = kind == TO_BOX
    plain_window = tables.visit[visit, V_WIN1] - tables.visit[visit, V_WIN0] == 1
    blink = state.counter[N_BLINK]
    w_metre, found = weights[W_METRE], state.value
    for c in range(routes):
        route = state.candidate[c]
        vehicle, length = state.meta[route, T_VEHICLE], state.meta[route, T_LENGTH]
        if length + 4 >= state.route.shape[1]:
            continue
        leave = loading_with(tables, state, route, pickup)
        if leave >= BIG:
            continue
        profile = tables.vehicle[vehicle, F_PROFILE]
        service = tables.visit[visit, V_SECS] + tables.extra[tables.vehicle[vehicle, F_EXTRA], demand]
        opens = max(tables.visit[visit, V_FROM], tables.vehicle[vehicle, F_WORK_FROM])
        closes = min(tables.visit[visit, V_TO], tables.vehicle[vehicle, F_WORK_TO]) - service
        tight = before and not fits_on(tables, state, route, length, demand, True, False)
        shifted = leave > state.leave[route, 0]
        added_loading = leave - state.leave[route, 0] if shifted else 0
        for i in range(length + 1):
            if i > 0:
                if shifted:
                    leg = leg_seconds(tables, profile, state.place[route, i - 1], state.place[route, i])
                    x = state.route[route, i]
                    spent = tables.visit[x, V_SECS]
                    spent += tables.extra[tables.vehicle[vehicle, F_EXTRA], tables.visit[x, V_DEMAND]]
                    leave = max(state.leave[route, i], leave + leg + spent)
                    if leave == state.leave[route, i]:
                        shifted = False
                else:
                    leave = state.leave[route, i]
            if leave > closes:
                break
            if tight and not fits_on(tables, state, route, i, demand, True, False):
                break
            a, b = state.place[route, i], state.place[route, i + 1]
            metres = (
                leg_metres(tables, profile, a, there)
                + leg_metres(tables, profile, there, b)
                - leg_metres(tables, profile, a, b)
            )
            if exact:
                secs = leg_seconds(tables, profile, a, there) + leg_seconds(tables, profile, there, b)
                secs += service + added_loading - leg_seconds(tables, profile, a, b)
                price = least_price(tables, state, weights, route, metres, secs, reward)
            else:
                price = w_metre * metres
            if price >= found[X_FOUND]:
                continue
            blink -= 1
            if blink <= 0:
                blink = next_blink(state)
                continue
            here = leave + leg_seconds(tables, profile, a, there)
            start = max(opens, here)
            if not plain_window:
                start = next_start(tables, vehicle, visit, here, service)
            late = start + service + leg_seconds(tables, profile, there, b) > state.latest[route, i + 1]
            if (
                start > closes
                or late
                or (after and not fits_on(tables, state, route, i, demand, False, True))
            ):
                continue
            if exact:
                count = write_trial(tables, state, route, pickup, visit, i, -1, -1)
                price = added_price(tables, state, work, weights, state.trial, count, route)
                if price >= found[X_FOUND]:
                    continue
            note(state, price, route, ONE, pickup, visit, i, -1, -1)
        state.counter[N_TRIED] += i + 1
    state.counter[N_BLINK] = blink


@compiled
def best_pair(
    tables: Tables,
    state: State,
    work: Scratch,
    weights: Floats,
    routes: int,
    first: int,
    second: int,
    reward: float,
    exact: bool,
) -> None:
    """Cheapest positions of a pickup and its drop in the candidate routes."""
    up, down = tables.visit[first, V_DEMAND], tables.visit[second, V_DEMAND]
    p, d = tables.visit[first, V_LOC], tables.visit[second, V_LOC]
    blink, tried = state.counter[N_BLINK], 0
    found = state.value
    measures = tables.demand_load.shape[1]
    most = weights[W_MONEY] * reward
    for c in range(routes):
        if state.bound[c] - most >= found[X_FOUND]:
            break
        route = state.candidate[c]
        vehicle, length = state.meta[route, T_VEHICLE], state.meta[route, T_LENGTH]
        if length + 5 >= state.route.shape[1]:
            continue
        profile, extra = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_EXTRA]
        serve_p = tables.visit[first, V_SECS] + tables.extra[extra, up]
        serve_d = tables.visit[second, V_SECS] + tables.extra[extra, down]
        closes_p = min(tables.visit[first, V_TO], tables.vehicle[vehicle, F_WORK_TO]) - serve_p
        closes_d = min(tables.visit[second, V_TO], tables.vehicle[vehicle, F_WORK_TO]) - serve_d
        pd_m, pd_s = leg_metres(tables, profile, p, d), leg_seconds(tables, profile, p, d)
        for i in range(length + 1):
            tried += 1
            leave = state.leave[route, i]
            if leave > closes_p:
                break
            a, b = state.place[route, i], state.place[route, i + 1]
            fits = True
            for m in range(measures):
                if state.load[route, i, m] + tables.demand_load[up, m] > tables.room[vehicle, m] + EPS:
                    fits = False
            if not fits:
                continue
            ap_m, ab_m = leg_metres(tables, profile, a, p), leg_metres(tables, profile, a, b)
            ap_s, ab_s = leg_seconds(tables, profile, a, p), leg_seconds(tables, profile, a, b)
            blink -= 1
            if blink <= 0:
                blink = next_blink(state)
                continue
            loaded = next_start(tables, vehicle, first, leave + ap_s, serve_p) + serve_p
            if loaded >= BIG:
                continue
            # the drop right after the pickup
            metres = ap_m + pd_m + leg_metres(tables, profile, d, b) - ab_m
            secs = ap_s + pd_s + leg_seconds(tables, profile, d, b) - ab_s + serve_p + serve_d
            price = least_price(tables, state, weights, route, metres, secs, reward)
            if price < found[X_FOUND]:
                start = next_start(tables, vehicle, second, loaded + pd_s, serve_d)
                if start + serve_d + leg_seconds(tables, profile, d, b) <= state.latest[route, i + 1]:
                    if exact:
                        count = write_trial(tables, state, route, -1, first, i, second, i)
                        price = added_price(tables, state, work, weights, state.trial, count, route)
                    if price < found[X_FOUND]:
                        note(state, price, route, TWO, -1, first, i, second, i)
            # the drop further on
            up_m = ap_m + leg_metres(tables, profile, p, b) - ab_m
            up_s = ap_s + leg_seconds(tables, profile, p, b) - ab_s + serve_p
            now = loaded + leg_seconds(tables, profile, p, b)
            for j in range(i + 1, length + 1):
                tried += 1
                if now > state.latest[route, j]:
                    break
                x = state.route[route, j]
                spent = tables.visit[x, V_SECS] + tables.extra[extra, tables.visit[x, V_DEMAND]]
                now = max(now + spent, state.leave[route, j])
                if tables.visit[x, V_WIN1] - tables.visit[x, V_WIN0] > 1:
                    now = next_start(tables, vehicle, x, now - spent, spent) + spent
                if now > closes_d:
                    break
                for m in range(measures):
                    if state.load[route, j, m] + tables.demand_load[up, m] > tables.room[vehicle, m] + EPS:
                        fits = False
                if not fits:
                    break
                y, z = state.place[route, j], state.place[route, j + 1]
                yd_s, dz_s = leg_seconds(tables, profile, y, d), leg_seconds(tables, profile, d, z)
                metres = up_m + leg_metres(tables, profile, y, d) + leg_metres(tables, profile, d, z)
                metres -= leg_metres(tables, profile, y, z)
                secs = up_s + yd_s + dz_s + serve_d - leg_seconds(tables, profile, y, z)
                price = least_price(tables, state, weights, route, metres, secs, reward)
                if price < found[X_FOUND]:
                    start = next_start(tables, vehicle, second, now + yd_s, serve_d)
                    if start + serve_d + dz_s <= state.latest[route, j + 1]:
                        if exact:
                            count = write_trial(tables, state, route, -1, first, i, second, j)
                            price = added_price(tables, state, work, weights, state.trial, count, route)
                        if price < found[X_FOUND]:
                            note(state, price, route, TWO, -1, first, i, second, j)
                now += leg_seconds(tables, profile, y, z)
    state.counter[N_BLINK] = blink
    state.counter[N_TRIED] += tried
