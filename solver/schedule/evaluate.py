"""The one evaluator: whether a route is valid, when everything happens, what it costs.

Search, final schedule, statistics of what-ifs and explanations all call `evaluate`. A route is a sequence of
visits (whole orders) on one vehicle. The checks run from cheap to dear and stop at the first broken rule.
"""

from solver.problem.arrays import (
    BIG,
    F_DUE,
    F_MAX_M,
    F_MAX_PLACES,
    F_MAX_SECS,
    F_MAX_STOPS,
    F_POST_M,
    F_POST_SECS,
    F_PRE_M,
    F_PRE_SECS,
    F_READY,
    F_RULES,
    M_MAX_PENALTY,
    M_PAIR_PENALTY,
    U_BOXES,
    U_BREAKS,
    U_GROUPING,
    U_LIVES,
    U_SOFT,
    U_STOPS,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule import (
    breaks,
    grouping,
    labels,
    lifetimes,
    loads,
    money,
    packing,
    pausing,
    sequence,
    soft,
    tags,
    timing,
    waiting,
)
from solver.schedule.faults import Fault
from solver.schedule.scratch import (
    FAULT_AMOUNT,
    FAULT_RULE,
    FAULT_WHERE,
    N_PAUSES,
    N_TIME,
    R_COST,
    R_END,
    R_GROUPING,
    R_METRES,
    R_OWN_METRES,
    R_PENALTY,
    R_REWARD,
    R_SECONDS,
    R_SOFT,
    R_SOFT_REWARD,
    R_START,
    R_STOPS,
    S_VISIT,
    Scratch,
)

NONE = int(Fault.NONE)
PLACE_TAGS = int(Fault.PLACE_TAGS)
PENALTY = int(Fault.PENALTY)
PRECEDENCE = int(Fault.PRECEDENCE)
CAPACITY = int(Fault.CAPACITY)
BOX = int(Fault.BOX)
STOPS = int(Fault.STOPS)
PLACES = int(Fault.PLACES)
NO_LEG_FAULT = int(Fault.NO_LEG)
WINDOW = int(Fault.WINDOW)
SHIFT = int(Fault.SHIFT)
DURATION = int(Fault.DURATION)
DISTANCE = int(Fault.DISTANCE)
LIFETIME = int(Fault.LIFETIME)
BREAKS = int(Fault.BREAKS)


@compiled
def fail(work: Scratch, rule: int, where: int, amount: float) -> int:
    """Note why a route is refused; returns the rule."""
    work.fault[FAULT_RULE], work.fault[FAULT_WHERE], work.fault[FAULT_AMOUNT] = rule, where, amount
    return rule


@compiled
def check_tags(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """C1-C3 without cargos; leaves the price in the result."""
    found = tags.gather_orders(tables, work, route, count)
    price, fault, order = tags.orders_price(tables, work, vehicle, found)
    if fault != NONE:
        return fail(work, fault, order, 0.0)
    more, place = tags.places_price(tables, vehicle, route, count)
    if place >= 0:
        return fail(work, PLACE_TAGS, place, 0.0)
    work.result[R_PENALTY] = price + more + tables.vehicle_money[vehicle, M_PAIR_PENALTY]
    return NONE


@compiled
def check_loads(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """L2-L6 and C1, C2 of cargos; adds their price and holds C3's limit."""
    full = loads.overload(tables, work, vehicle, route, count)
    if full < count:
        return fail(work, CAPACITY, route[max(full, 0)], 0.0)
    allowance = tables.vehicle_money[vehicle, M_MAX_PENALTY] - work.result[R_PENALTY]
    if allowance < -1e-9:
        return fail(work, PENALTY, -1, -allowance)
    if not tables.uses[U_BOXES]:  # one box with nothing special: all boxes together was all there is
        return NONE
    cargo, price = packing.pack(tables, work, vehicle, route, count, allowance)
    if cargo >= 0:
        return fail(work, BOX, cargo, 0.0)
    work.result[R_PENALTY] += price
    return NONE


@compiled
def check_sequence(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """O2-O4."""
    wrong = sequence.misplaced(tables, work, route, count)
    if wrong >= 0:
        return fail(work, PRECEDENCE, route[wrong], 0.0)
    if tables.vehicle[vehicle, F_MAX_STOPS] < BIG or tables.vehicle[vehicle, F_MAX_PLACES] < BIG:
        stops = sequence.list_stops(tables, work, vehicle, route, count)
        places = sequence.count_places(work, stops)
        if stops > tables.vehicle[vehicle, F_MAX_STOPS]:
            return fail(work, STOPS, -1, stops - tables.vehicle[vehicle, F_MAX_STOPS])
        if places > tables.vehicle[vehicle, F_MAX_PLACES]:
            return fail(work, PLACES, -1, places - tables.vehicle[vehicle, F_MAX_PLACES])
    return NONE


@compiled
def check_times(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, lowest_cost: bool
) -> int:
    """W1-W7, B1-B5; leaves the services' starts in ``work.at``, start and end of the trip in the result."""
    spans = -1  # no lifetime binds the trip
    if tables.uses[U_LIVES]:
        spans = lifetimes.trip_spans(tables, work, vehicle, route, count)
        if spans == 1 and work.spans[0, 0] <= -BIG:
            spans = -1
        elif time_in_spans(tables, work, vehicle, route, count, spans, lowest_cost):
            return NONE
        elif work.hasty[0]:
            return fail(work, LIFETIME, -1, 0.0)
    ready, due = tables.vehicle[vehicle, F_READY], tables.vehicle[vehicle, F_DUE]
    fault = time_between(tables, work, vehicle, route, count, ready, due, lowest_cost)
    if spans >= 0 and fault in (NONE, DURATION):
        return fail(work, LIFETIME, -1, 0.0)
    return fault


@compiled
def time_in_span(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, span: int, lowest_cost: bool
) -> int:
    """Time a trip inside a row of ``work.spans``."""
    before, after = tables.vehicle[vehicle, F_PRE_SECS], tables.vehicle[vehicle, F_POST_SECS]
    ready = max(tables.vehicle[vehicle, F_READY], work.spans[span, 0] + before)
    due = min(tables.vehicle[vehicle, F_DUE], work.spans[span, 1] - after)
    return time_between(tables, work, vehicle, route, count, ready, due, lowest_cost)


@compiled
def time_in_spans(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, spans: int, lowest_cost: bool
) -> bool:
    """Time a trip inside one of the first ``work.spans`` (W7): the first, or the one of the best timing."""
    chosen, timed, best = -1, -1, 1e300
    for k in range(spans):
        timed = k
        if time_in_span(tables, work, vehicle, route, count, k, lowest_cost) != NONE:
            continue
        if not (lowest_cost or tables.uses[U_SOFT]):
            return True
        fine = soft.fines_of(tables, vehicle, route, count, work.at) if tables.uses[U_SOFT] else 0.0
        price = soft.timing_price(tables, vehicle, fine, work.result[R_SECONDS], lowest_cost)
        if price < best:
            chosen, best = k, price
    if chosen >= 0 and timed != chosen:  # the last one timed is another
        time_in_span(tables, work, vehicle, route, count, chosen, lowest_cost)
    return chosen >= 0


@compiled
def time_between(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    count: int,
    ready: int,
    due: int,
    lowest_cost: bool,
) -> int:
    """Time a trip that is at its start place from ``ready`` on and at its end place by ``due`` (W1-W6)."""
    end = timing.forward(tables, vehicle, route, 0, count, ready, work.at)
    if end >= BIG // 2:
        if not timing.has_legs(tables, vehicle, route, count):
            return fail(work, NO_LEG_FAULT, route[min(end - BIG, count - 1)] if end >= BIG else -1, 0.0)
        return fail(work, too_late(tables, work, vehicle, route, end - BIG, ready), route[end - BIG], 0.0)
    if end > due:
        if not timing.has_legs(tables, vehicle, route, count):
            return fail(work, NO_LEG_FAULT, -1, 0.0)
        return fail(work, SHIFT, -1, end - due)
    if tables.uses[U_BREAKS]:
        work.now[N_PAUSES] = 0
        if tables.vehicle[vehicle, F_RULES] >= 0:
            steps = breaks.lay_out(tables, work, vehicle, route, count)
            if breaks.may_need_pauses(tables, work, tables.vehicle[vehicle, F_RULES]):
                return check_pauses(tables, work, vehicle, route, count, steps, ready, due, lowest_cost)
    start = timing.backward(tables, vehicle, route, count, end, True)
    if lowest_cost:
        start = timing.shortest_start(tables, vehicle, route, count, ready, due, start, end, work.trial)
    end = timing.forward(tables, vehicle, route, 0, count, start, work.at)
    if tables.uses[U_SOFT]:
        start, end = soft.arrange(tables, work, vehicle, route, count, ready, due, start, end, lowest_cost)
    start -= tables.vehicle[vehicle, F_PRE_SECS]
    return note_times(tables, work, vehicle, start, end + tables.vehicle[vehicle, F_POST_SECS])


@compiled
def check_pauses(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    count: int,
    steps: int,
    ready: int,
    due: int,
    lowest_cost: bool,
) -> int:
    """B1-B5 for a trip that would be in time without them."""
    args = (ready, due, lowest_cost)
    start = pausing.time_with_pauses(tables, work, vehicle, route, count, steps, *args)
    if start >= BIG:
        return fail(work, BREAKS, work.step[start - BIG, S_VISIT], 0.0)
    if tables.uses[U_SOFT]:
        found = (ready, due, start, lowest_cost)
        start = waiting.time_softly(tables, work, vehicle, route, count, steps, *found)
    return note_times(tables, work, vehicle, start, work.now[N_TIME])


@compiled
def note_times(tables: Tables, work: Scratch, vehicle: int, start: int, end: int) -> int:
    """Leave start and end of the trip in the result, unless it takes too long (M1)."""
    work.result[R_START], work.result[R_END] = start, end
    work.result[R_SECONDS] = end - start
    over = work.result[R_SECONDS] - tables.vehicle[vehicle, F_MAX_SECS]
    return fail(work, DURATION, -1, over) if over > 0 else NONE


@compiled
def too_late(tables: Tables, work: Scratch, vehicle: int, route: Ints, position: int, ready: int) -> int:
    """Rule to blame for a service that cannot be in time: W7 where without lifetimes it could."""
    if not tables.uses[U_LIVES]:
        return WINDOW
    moment = timing.reached(tables, vehicle, route, position, ready, work.at)
    return LIFETIME if timing.windows_allow(tables, vehicle, route[position], moment) else WINDOW


@compiled
def count_soft(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> None:
    """Count the violations of soft windows, and the rewards they spoil (W5, Z12)."""
    for i in range(count):
        seconds = timing.service_seconds(tables, vehicle, route[i])
        broken = labels.broken(tables, route[i], work.at[i], seconds)
        work.result[R_SOFT] += broken
        work.result[R_SOFT_REWARD] += broken * tables.visit_reward[route[i]]


@compiled
def settle(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """Metres, cost and reward of a route that is in time (M1-M3)."""
    metres, carried = money.drive(tables, work, vehicle, route, count)
    over = metres - tables.vehicle[vehicle, F_MAX_M]
    if over > 0:
        return fail(work, DISTANCE, -1, over)
    reward = 0.0
    for i in range(count):
        reward += tables.visit_reward[route[i]]
    own = tables.vehicle[vehicle, F_PRE_M] + tables.vehicle[vehicle, F_POST_M]
    work.result[R_METRES] = metres + own
    work.result[R_OWN_METRES] = own
    work.result[R_REWARD] = reward
    work.result[R_COST] = carried + money.trip_cost(tables, vehicle, work.result[R_SECONDS], metres)
    work.result[R_SOFT] = work.result[R_SOFT_REWARD] = 0.0
    if tables.uses[U_SOFT]:
        count_soft(tables, work, vehicle, route, count)
    if tables.uses[U_GROUPING] or tables.uses[U_STOPS]:
        stops = sequence.list_stops(tables, work, vehicle, route, count)
        work.result[R_STOPS] = stops
        work.result[R_GROUPING] = grouping.spread(tables, work, vehicle, stops)
    return NONE


@compiled
def evaluate(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, lowest_cost: bool) -> int:
    """Judge a route.

    Parameters
    ----------
    tables : Tables
    work : Scratch
        Holds the outcome: ``result`` and ``at``, ``box_of`` for a valid route, ``fault`` for another.
    vehicle : int
    route : int64 array
        Visits in the order of service; only the first ``count`` count.
    count : int
        At least 1.
    lowest_cost : bool
        Strategy LOWEST_COST instead of EARLIEST_FINISH (W6).

    Returns
    -------
    int
        `Fault` code; 0 for a valid route.
    """
    fault = check_tags(tables, work, vehicle, route, count)
    if fault == NONE:
        fault = check_sequence(tables, work, vehicle, route, count)
    if fault == NONE:
        fault = check_loads(tables, work, vehicle, route, count)
    if fault == NONE:
        fault = check_times(tables, work, vehicle, route, count, lowest_cost)
    if fault == NONE:
        fault = settle(tables, work, vehicle, route, count)
    work.fault[FAULT_RULE] = fault
    return fault
