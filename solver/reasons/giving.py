"""Everything that would have to give so that a route becomes valid, rule by rule, compiled.

The evaluator names the first broken rule. What it lacks is written down, the limit is widened by just that
in a private copy of the tables, and the evaluator is asked again, until it accepts the route. So the
obstacles of an attempt are together enough: with all of them out of the way the route is valid.
"""

from math import inf, isinf

from solver.problem.arrays import (
    B_LEAVE,
    B_TO,
    BIG,
    F_BOX0,
    F_BOX1,
    F_DUE,
    F_MAX_M,
    F_MAX_PLACES,
    F_MAX_SECS,
    F_MAX_STOPS,
    F_OWNER,
    F_PCLASS,
    F_PROFILE,
    F_READY,
    F_RULES,
    F_START,
    F_TCLASS,
    F_WORK_FROM,
    F_WORK_TO,
    M_MAX_PENALTY,
    O_CLASS,
    O_GROUP,
    O_MIX,
    O_TRANSPORT,
    U_BOXES,
    U_BREAKS,
    U_LIVES,
    U_PRECEDENCE,
    V_LOC,
    V_WIN0,
    V_WIN1,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import leg_seconds
from solver.reasons.book import (
    BOX_ROOM,
    EDITS,
    MONEY,
    MOST_OBSTACLES,
    OBSTACLES,
    ORDER,
    ORDER_MIX,
    ORDER_PERFORMER,
    PAUSES,
    PLACE_TRANSPORT,
    ROOM,
    USES,
    VEHICLE,
    WINDOWS,
    Book,
    note,
    take_back,
    widen,
)
from solver.reasons.boxes import give_box
from solver.reasons.codes import (
    BOX_FAULT,
    BREAKS,
    CAPACITY,
    DISTANCE,
    DURATION,
    GROUP,
    LIFETIME,
    OWNER,
    PENALTY,
    PERFORMER_TAGS,
    PLACE_TAGS,
    PLACES,
    PRECEDENCE,
    SHIFT,
    STOPS,
    WINDOW,
    WORKING,
)
from solver.reasons.codes import ORDER_MIX as MIX_FAULT
from solver.schedule.judge import judge
from solver.schedule.loads import start_load
from solver.schedule.scratch import FAULT_AMOUNT, FAULT_WHERE, R_COST, R_METRES, R_SECONDS, Scratch
from solver.schedule.timing import service_seconds

IMPOSSIBLE = 50.0  # what nothing here can widen
HOUR = 3600.0
STEP = 900  # seconds, where the evaluator finds a service late for more than the way and the windows
MOST_ROUNDS = 24


@compiled
def arrival(tables: Tables, work: Scratch, vehicle: int, route: Ints, position: int) -> float:
    """Earliest moment of being at a service, by the starts of those before it."""
    profile, place = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_START]
    moment = tables.vehicle[vehicle, F_READY]
    if position > 0:
        before = route[position - 1]
        place = tables.visit[before, V_LOC]
        moment = work.at[position - 1] + service_seconds(tables, vehicle, before)
    there = tables.visit[route[position], V_LOC]
    if place >= 0 and place != there:
        moment += leg_seconds(tables, profile, place, there)
    return float(moment)


@compiled
def give_window(
    tables: Tables, work: Scratch, book: Book, vehicle: int, route: Ints, count: int, visit: int
) -> float:
    """Let a service end later: past its window, or past the performer's working time."""
    position = 0
    while position < count - 1 and route[position] != visit:
        position += 1
    seconds = service_seconds(tables, vehicle, visit)
    come = max(arrival(tables, work, vehicle, route, position), tables.vehicle[vehicle, F_WORK_FROM])
    best, best_end, best_over = -1, 0.0, inf
    for row in range(tables.visit[visit, V_WIN0], tables.visit[visit, V_WIN1]):
        opens, closes = tables.windows[row, 0], tables.windows[row, 1]
        end = max(come, opens if opens < BIG else come) + seconds
        over = max(0.0, end - closes) + max(0.0, end - tables.vehicle[vehicle, F_WORK_TO])
        if over < best_over:
            best, best_end, best_over = row, end, over
    closes, works = tables.windows[best, 1], tables.vehicle[vehicle, F_WORK_TO]
    if best_end > closes:
        if tables.windows[best, 0] >= BIG:  # no window is as long as the service
            widen(tables, book, WINDOWS, best, 0, -BIG)
            widen(tables, book, WINDOWS, best, 1, BIG)
            return IMPOSSIBLE if not note(book, WINDOW, visit, -1.0, 0.0) else 4.0
        note(book, WINDOW, visit, best_end, best_end - closes)
        widen(tables, book, WINDOWS, best, 1, best_end)
        return float(1.0 + (best_end - closes) / HOUR)
    if best_end > works:
        note(book, WORKING, -1.0, best_end, best_end - works)
        widen(tables, book, VEHICLE, vehicle, F_WORK_TO, best_end)
        return float(1.0 + (best_end - works) / HOUR)
    note(book, WINDOW, visit, closes + STEP, STEP)
    widen(tables, book, WINDOWS, best, 1, closes + STEP)
    if works < closes + STEP:
        widen(tables, book, VEHICLE, vehicle, F_WORK_TO, works + STEP)
    return STEP / HOUR


@compiled
def give_room(tables: Tables, work: Scratch, book: Book, vehicle: int, route: Ints, count: int) -> float:
    """Give the vehicle room for the measure that is most over."""
    worst, worst_over, worst_share = 0, 0.0, -1.0
    for m in range(tables.cargo_size.shape[1]):
        start_load(tables, route, count, work.load)
        top = work.load[m]
        for i in range(count):
            top = max(top, work.load[m])
            demand = tables.visit[route[i], 0]
            work.load[m] += tables.demand_load[demand, m]
            top = max(top, work.load[m])
        over = top - tables.room[vehicle, m]
        share = over / max(1.0, tables.room[vehicle, m])
        if over > 0.0 and share > worst_share:
            worst, worst_over, worst_share = m, over, share
    note(book, CAPACITY, worst, tables.room[vehicle, worst], worst_over)
    widen(tables, book, ROOM, vehicle, worst, tables.room[vehicle, worst] + worst_over)
    if tables.uses[U_BOXES]:
        for box in range(tables.vehicle[vehicle, F_BOX0], tables.vehicle[vehicle, F_BOX1]):
            widen(tables, book, BOX_ROOM, box, worst, tables.box_room[box, worst] + worst_over)
    return 1.0 + worst_share


@compiled
def give_tags(tables: Tables, work: Scratch, book: Book, vehicle: int, fault: int, order: int) -> float:
    """Let a missing tag pass: of the performer, of the transport at a place, of orders with each other."""
    where = int(work.fault[FAULT_WHERE])
    if fault == PERFORMER_TAGS:
        note(book, fault, where, -1.0, 0.0)
        row, column = tables.order[where, O_CLASS], tables.vehicle[vehicle, F_PCLASS]
        widen(tables, book, ORDER_PERFORMER, row, column, 0.0)
        return 2.0
    if fault == PLACE_TAGS:
        note(book, fault, where, -1.0, 0.0)
        row, column = tables.visit_class[where], tables.vehicle[vehicle, F_TCLASS]
        widen(tables, book, PLACE_TRANSPORT, row, column, 0.0)
        return 2.0
    if fault == MIX_FAULT:
        note(book, fault, order, -1.0, 0.0)
        mine = tables.order[order, O_MIX]
        for other in range(tables.order_mix.shape[1]):
            if isinf(tables.order_mix[mine, other]):
                widen(tables, book, ORDER_MIX, mine, other, 0.0)
            if isinf(tables.order_mix[other, mine]):
                widen(tables, book, ORDER_MIX, other, mine, 0.0)
        return 2.5
    if fault == OWNER:
        note(book, fault, where, -1.0, 0.0)
        widen(tables, book, ORDER, where, O_TRANSPORT, tables.vehicle[vehicle, F_OWNER])
        return 6.0
    note(book, fault, where, -1.0, 0.0)
    widen(tables, book, ORDER, where, O_GROUP, -1.0)
    return 6.0


@compiled
def give_amount(tables: Tables, work: Scratch, book: Book, vehicle: int, fault: int) -> float:
    """Raise a limit of the whole trip by what is over it."""
    over = float(work.fault[FAULT_AMOUNT])
    if fault == SHIFT:
        note(book, fault, -1.0, tables.vehicle[vehicle, F_DUE] + over, over)
        widen(tables, book, VEHICLE, vehicle, F_DUE, tables.vehicle[vehicle, F_DUE] + over)
        rules = tables.vehicle[vehicle, F_RULES]
        if rules >= 0:
            widen(tables, book, PAUSES, rules, B_TO, tables.pauses[rules, B_TO] + over)
            widen(tables, book, PAUSES, rules, B_LEAVE, tables.pauses[rules, B_LEAVE] + over)
        return 1.0 + over / HOUR
    note(book, fault, -1.0, -1.0, over)
    if fault == DURATION:
        widen(tables, book, VEHICLE, vehicle, F_MAX_SECS, tables.vehicle[vehicle, F_MAX_SECS] + over)
        return 1.0 + over / HOUR
    if fault == DISTANCE:
        widen(tables, book, VEHICLE, vehicle, F_MAX_M, tables.vehicle[vehicle, F_MAX_M] + over)
        return 1.0 + over / 30_000.0
    if fault == STOPS:
        widen(tables, book, VEHICLE, vehicle, F_MAX_STOPS, tables.vehicle[vehicle, F_MAX_STOPS] + over)
        return 1.0 + 0.3 * over
    if fault == PLACES:
        widen(tables, book, VEHICLE, vehicle, F_MAX_PLACES, tables.vehicle[vehicle, F_MAX_PLACES] + over)
        return 1.0 + 0.3 * over
    widen(tables, book, MONEY, vehicle, M_MAX_PENALTY, tables.vehicle_money[vehicle, M_MAX_PENALTY] + over)
    return 1.5


@compiled
def give_way(
    tables: Tables,
    work: Scratch,
    book: Book,
    vehicle: int,
    route: Ints,
    count: int,
    order: int,
    lowest_cost: bool,
    fault: int,
) -> float:
    """Write down what a fault lacks and widen it; returns how grave it is, ``IMPOSSIBLE`` for what stays."""
    where = int(work.fault[FAULT_WHERE])
    if fault in (PERFORMER_TAGS, PLACE_TAGS, MIX_FAULT, OWNER, GROUP):
        return give_tags(tables, work, book, vehicle, fault, order)
    if fault == WINDOW:
        return give_window(tables, work, book, vehicle, route, count, where)
    if fault in (SHIFT, DURATION, DISTANCE, STOPS, PLACES, PENALTY) and work.fault[FAULT_AMOUNT] > 0.0:
        return give_amount(tables, work, book, vehicle, fault)
    if fault == CAPACITY:
        return give_room(tables, work, book, vehicle, route, count)
    if fault == BOX_FAULT and tables.uses[U_BOXES]:
        return give_box(tables, work, book, vehicle, route, count, where, lowest_cost)
    note(book, fault, where, -1.0, work.fault[FAULT_AMOUNT])
    for rule, use in ((PRECEDENCE, U_PRECEDENCE), (LIFETIME, U_LIVES), (BREAKS, U_BREAKS)):
        if fault == rule and tables.uses[use]:
            widen(tables, book, USES, use, 0, 0.0)
            return 3.0
    return IMPOSSIBLE


@compiled
def obstacles(
    tables: Tables,
    work: Scratch,
    book: Book,
    vehicle: int,
    route: Ints,
    count: int,
    order: int,
    lowest_cost: bool,
    by_money: bool,
    limit: float,
) -> float:
    """Write down all that stands in a route's way.

    Parameters
    ----------
    order : int
        The order that was put into the route.
    by_money : bool
        Of equal obstacles the cheapest route counts, else the shortest.
    limit : float
        Graver attempts need not be finished.

    Returns
    -------
    float
        How grave the obstacles are together, with a little for the way; the obstacles are in the book, the
        figures of the route in ``work.result`` unless something stays impossible.
    """
    book.counts[EDITS] = book.counts[OBSTACLES] = 0
    total, rounds = 0.0, 0
    fault = judge(tables, work, vehicle, route, count, lowest_cost, work.judge[0])
    while fault != 0 and total < limit and total < IMPOSSIBLE:
        rounds += 1
        if rounds > MOST_ROUNDS:
            total += IMPOSSIBLE
            break
        total += give_way(tables, work, book, vehicle, route, count, order, lowest_cost, fault)
        if book.counts[OBSTACLES] == MOST_OBSTACLES:
            total += IMPOSSIBLE  # too many to tell them all
        if total < IMPOSSIBLE:
            fault = judge(tables, work, vehicle, route, count, lowest_cost, work.judge[0])
    take_back(tables, book, 0)
    if fault == 0:
        way = work.result[R_COST] if by_money else work.result[R_METRES] + work.result[R_SECONDS]
        total += 1e-8 * way
    return total
