"""The cheapest place for an order in the routes there are, compiled.

Every position passes three sieves: the added metres and seconds alone must beat the best insertion so far
(a lower bound of the price), the visit must fit between the earliest and latest moments of its neighbours
and into the vehicle (necessary, and with the trip's length all there is to plain tasks), and, where the task
has rarer rules, the evaluator must accept the whole sequence, whose price then counts (see
`solver.search.options`).
So nothing is inserted that the evaluator would refuse.
"""

from math import isinf

from solver.problem.arrays import (
    BIG,
    D_TYPE,
    DROP,
    F_EXTRA,
    F_PROFILE,
    F_WORK_FROM,
    F_WORK_TO,
    FROM_BOX,
    TO_BOX,
    U_PLACE,
    U_PRECEDENCE,
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
from solver.schedule.tags import place_price
from solver.schedule.timing import next_start
from solver.search.candidates import next_blink
from solver.search.lengths import REFUSED, length_with, lengths_kept, plain_price
from solver.search.objective import W_METRE, W_MONEY, W_SECOND
from solver.search.options import ask, offer
from solver.search.routes import loaded_at
from solver.search.sieve import at_least, has_hourly_pay, least_price, likely_price, slopes, spare_price
from solver.search.state import (
    I_AT,
    I_AT_SECOND,
    I_FIRST,
    I_KIND,
    I_PICKUP,
    I_ROUTE,
    I_SECOND,
    N_ACCEPTED,
    N_BLINK,
    N_OPTIONS,
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
    """Moment of leaving the start place with one more implicit pickup there; BIG if it does not fit."""
    meta = state.meta[route]
    vehicle = meta[T_VEHICLE]
    if pickup < 0:
        return state.leave[route, 0]
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
def is_barred(tables: Tables, vehicle: int, place: int) -> bool:
    """Whether the vehicle's transport must not stop at a place (C1)."""
    return tables.uses[U_PLACE] == 1 and isinf(place_price(tables, vehicle, place))


@compiled
def latest_loading(tables: Tables, vehicle: int, pickup: int) -> int:
    """Latest start of the trip for an implicit pickup, whose loading takes no time; BIG for none."""
    if pickup < 0:
        return BIG
    return min(tables.visit[pickup, V_TO], tables.vehicle[vehicle, F_WORK_TO])


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
    state.counter[N_ACCEPTED] = 0
    w_metre, limit, most, spare, begin = weights[W_METRE], state.value[X_FOUND], REFUSED, 0.0, 0
    base = per_metre = per_second = 0.0
    secs, timed = 0, False
    bounded = exact or weights[W_SECOND] + weights[W_MONEY] > 0.0
    for c in range(routes):
        route = state.candidate[c]
        if pickup >= 0 and state.place[route, 0] != tables.visit[pickup, V_LOC]:
            continue
        if exact:
            if not ask(tables, state, work, weights, state.bound[c] - weights[W_MONEY] * reward):
                break
            spare, begin = spare_price(tables, state, weights, route), state.counter[N_OPTIONS]
            limit, most = state.value[X_FOUND], REFUSED
            if state.bound[c] - spare - weights[W_MONEY] * reward >= limit:
                continue
        vehicle, length = state.meta[route, T_VEHICLE], state.meta[route, T_LENGTH]
        if bounded:
            base, per_metre, per_second = slopes(tables, state, weights, route, reward)
            timed, secs = weights[W_SECOND] > 0.0 or has_hourly_pay(tables, vehicle), 0
        if length + 4 >= state.route.shape[1] or is_barred(tables, vehicle, there):
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
            if bounded:
                if timed:
                    secs = leg_seconds(tables, profile, a, there) + leg_seconds(tables, profile, there, b)
                    secs += service + added_loading - leg_seconds(tables, profile, a, b)
                if at_least(base, per_metre, per_second, metres, secs) >= min(limit, most - spare):
                    continue
                price = least_price(tables, state, weights, route, metres, secs, reward)
            else:
                price = w_metre * metres
            likely = likely_price(weights, price, spare, metres) if exact else price
            if price >= limit or likely >= most:
                continue
            blink -= 1
            if blink <= 0:
                blink = next_blink(state)
                continue
            here = leave + leg_seconds(tables, profile, a, there)
            start = max(opens, here)
            if not plain_window:
                start = next_start(tables, vehicle, visit, here, service)
            then = start + service + leg_seconds(tables, profile, there, b)
            if (
                start > closes
                or then > state.latest[route, i + 1]
                or (after and not fits_on(tables, state, route, i, demand, False, True))
            ):
                continue
            if exact:
                most = offer(state, begin, likely, price, route, ONE, pickup, visit, i, -1, -1)
                continue
            trip = 0
            if lengths_kept(state):
                busy = state.busy[route, i + 1] - leg_seconds(tables, profile, a, b)
                busy += leg_seconds(tables, profile, a, there)
                lead = min(state.lead[route, i], latest_loading(tables, vehicle, pickup), closes - busy)
                busy += service + leg_seconds(tables, profile, there, b)
                trip = length_with(tables, state, route, i + 1, then, busy, lead)
            price = plain_price(tables, state, weights, route, metres, trip, reward)
            if price < min(limit, most):
                most = price
                note(state, price, route, ONE, pickup, visit, i, -1, -1)
        state.counter[N_TRIED] += i + 1
    state.counter[N_BLINK] = blink


@compiled
def least_added(tables: Tables, state: State, route: int, profile: int, place: int) -> tuple[int, int]:
    """Least metres and least seconds of way that a stop at a place adds behind some visit of a route."""
    metres = seconds = BIG
    for i in range(1, state.meta[route, T_LENGTH] + 1):
        a, b = state.place[route, i], state.place[route, i + 1]
        way = leg_metres(tables, profile, a, place) + leg_metres(tables, profile, place, b)
        metres = min(metres, way - leg_metres(tables, profile, a, b))
        time = leg_seconds(tables, profile, a, place) + leg_seconds(tables, profile, place, b)
        seconds = min(seconds, time - leg_seconds(tables, profile, a, b))
    return metres, seconds


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
    reload: bool,
) -> None:
    """Cheapest positions of a pickup and its drop in the candidate routes.

    Without ``reload`` the routes that start at the pickup's place are left to `best_single`.
    """
    up, down = tables.visit[first, V_DEMAND], tables.visit[second, V_DEMAND]
    p, d = tables.visit[first, V_LOC], tables.visit[second, V_LOC]
    blink, tried = state.counter[N_BLINK], 0
    measures = tables.demand_load.shape[1]
    limit, most, spare, begin = state.value[X_FOUND], REFUSED, 0.0, 0
    state.counter[N_ACCEPTED] = 0
    timed, anywhere = lengths_kept(state), tables.uses[U_PRECEDENCE] == 0
    for c in range(routes):
        route = state.candidate[c]
        if not reload and state.place[route, 0] == p:
            continue
        likely = state.bound[c] - weights[W_MONEY] * reward
        if exact:
            if not ask(tables, state, work, weights, likely):
                break
            begin = state.counter[N_OPTIONS]
            limit, most = state.value[X_FOUND], REFUSED
        spare = spare_price(tables, state, weights, route)
        if likely - spare >= min(limit, most):
            continue
        spare = spare if exact else 0.0  # what is worked out here is no guess
        base, per_metre, per_second = slopes(tables, state, weights, route, reward)
        vehicle, length = state.meta[route, T_VEHICLE], state.meta[route, T_LENGTH]
        if length + 5 >= state.route.shape[1]:
            continue
        if is_barred(tables, vehicle, p) or is_barred(tables, vehicle, d):
            continue
        profile, extra = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_EXTRA]
        serve_p = tables.visit[first, V_SECS] + tables.extra[extra, up]
        serve_d = tables.visit[second, V_SECS] + tables.extra[extra, down]
        closes_p = min(tables.visit[first, V_TO], tables.vehicle[vehicle, F_WORK_TO]) - serve_p
        closes_d = min(tables.visit[second, V_TO], tables.vehicle[vehicle, F_WORK_TO]) - serve_d
        pd_m, pd_s = leg_metres(tables, profile, p, d), leg_seconds(tables, profile, p, d)
        least_m, least_s = least_added(tables, state, route, profile, d)
        for i in range(length + 1):
            tried += 1
            leave = state.leave[route, i]
            if leave > closes_p:
                break
            a, b = state.place[route, i], state.place[route, i + 1]
            if b == p and i < length and tables.visit[state.route[route, i + 1], V_SECS] == 0:
                continue  # as well after what is there already, and then what that unloads is gone
            if a == p and b == p and anywhere:
                continue  # as well at the beginning or the end of the stay
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
            spent, lead, trip = 0, 0, 0
            if timed:
                spent = state.busy[route, i + 1] - ab_s + ap_s
                lead = min(state.lead[route, i], closes_p - spent)
                spent += serve_p
            # the drop right after the pickup
            metres = ap_m + pd_m + leg_metres(tables, profile, d, b) - ab_m
            secs = ap_s + pd_s + leg_seconds(tables, profile, d, b) - ab_s + serve_p + serve_d
            price = REFUSED
            if at_least(base, per_metre, per_second, metres, secs) < min(limit, most - spare):
                price = least_price(tables, state, weights, route, metres, secs, reward)
            likely = likely_price(weights, price, spare, metres) if exact else price
            if price < limit and likely < most:
                start = next_start(tables, vehicle, second, loaded + pd_s, serve_d)
                then = start + serve_d + leg_seconds(tables, profile, d, b)
                if then <= state.latest[route, i + 1]:
                    if exact:
                        most = offer(state, begin, likely, price, route, TWO, -1, first, i, second, i)
                    else:
                        if timed:
                            until = min(lead, closes_d - spent - pd_s)
                            busy = spent + pd_s + serve_d + leg_seconds(tables, profile, d, b)
                            trip = length_with(tables, state, route, i + 1, then, busy, until)
                        price = plain_price(tables, state, weights, route, metres, trip, reward)
                        if price < min(limit, most):
                            most = price
                            note(state, price, route, TWO, -1, first, i, second, i)
            # the drop further on
            up_m = ap_m + leg_metres(tables, profile, p, b) - ab_m
            up_s = ap_s + leg_seconds(tables, profile, p, b) - ab_s + serve_p
            metres, secs = up_m + least_m, up_s + least_s + serve_d
            if at_least(base, per_metre, per_second, metres, secs) >= min(limit, most - spare):
                continue
            now = loaded + leg_seconds(tables, profile, p, b)
            spent += leg_seconds(tables, profile, p, b)
            for j in range(i + 1, length + 1):
                tried += 1
                if now > state.latest[route, j]:
                    break
                x = state.route[route, j]
                serve_x = tables.visit[x, V_SECS] + tables.extra[extra, tables.visit[x, V_DEMAND]]
                now = max(now + serve_x, state.leave[route, j])
                if tables.visit[x, V_WIN1] - tables.visit[x, V_WIN0] > 1:
                    now = next_start(tables, vehicle, x, now - serve_x, serve_x) + serve_x
                if timed:
                    closes_x = min(tables.visit[x, V_TO], tables.vehicle[vehicle, F_WORK_TO]) - serve_x
                    lead = min(lead, closes_x - spent)
                    spent += serve_x
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
                if at_least(base, per_metre, per_second, metres, secs) >= min(limit, most - spare):
                    now += leg_seconds(tables, profile, y, z)
                    spent += leg_seconds(tables, profile, y, z)
                    continue
                price = least_price(tables, state, weights, route, metres, secs, reward)
                likely = likely_price(weights, price, spare, metres) if exact else price
                if price < limit and likely < most:
                    start = next_start(tables, vehicle, second, now + yd_s, serve_d)
                    then = start + serve_d + dz_s
                    if then <= state.latest[route, j + 1]:
                        if exact:
                            most = offer(state, begin, likely, price, route, TWO, -1, first, i, second, j)
                        else:
                            if timed:
                                until = min(lead, closes_d - spent - yd_s)
                                busy = spent + yd_s + serve_d + dz_s
                                trip = length_with(tables, state, route, j + 1, then, busy, until)
                            price = plain_price(tables, state, weights, route, metres, trip, reward)
                            if price < min(limit, most):
                                most = price
                                note(state, price, route, TWO, -1, first, i, second, j)
                now += leg_seconds(tables, profile, y, z)
                spent += leg_seconds(tables, profile, y, z)
    state.counter[N_BLINK] = blink
    state.counter[N_TRIED] += tried
