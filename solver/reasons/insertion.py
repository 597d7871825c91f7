"""Where an order would fit into a sequence best, compiled.

Places are sifted by a rough guess (way, lateness, what is pushed back); the best of them are tried with the
evaluator. A short sequence is tried at every place, a long one at those that look best.
"""

from math import inf, isinf, nan

from solver.problem.arrays import (
    BIG,
    D_V0,
    D_V1,
    F_DUE,
    F_END,
    F_PCLASS,
    F_READY,
    F_START,
    NO_LEG,
    O_CLASS,
    V_FROM,
    V_LOC,
    V_TO,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import drive_seconds
from solver.reasons.book import BEST_OBSTACLES, MOST_SLOTS, OBSTACLES, SLOTS, Book
from solver.reasons.giving import IMPOSSIBLE, obstacles
from solver.schedule.scratch import R_COST, R_METRES, R_REWARD, R_SECONDS, Scratch
from solver.schedule.timing import next_start, service_seconds

LONG = 12  # visits of a trip up to which every place counts
UNSUITED = 1e6  # seconds that a trip is "farther" when its shift may not serve the order at all


@compiled
def time_roughly(tables: Tables, vehicle: int, route: Ints, count: int, at: Ints) -> None:
    """Starts of services as early as possible; one that comes too late starts when it comes."""
    moment, place = tables.vehicle[vehicle, F_READY], tables.vehicle[vehicle, F_START]
    for i in range(count):
        there, seconds = tables.visit[route[i], V_LOC], service_seconds(tables, vehicle, route[i])
        moment += drive_seconds(tables, vehicle, place, there)
        start = next_start(tables, vehicle, route[i], moment, seconds)
        at[i] = start if start < BIG else moment
        moment, place = at[i] + seconds, there


@compiled
def guess(
    tables: Tables, vehicle: int, route: Ints, count: int, at: Ints, position: int, visit: int
) -> float:
    """Seconds that a visit before a position costs: its way, its lateness, what it pushes back."""
    there, service = tables.visit[visit, V_LOC], service_seconds(tables, vehicle, visit)
    before, leave = tables.vehicle[vehicle, F_START], tables.vehicle[vehicle, F_READY]
    if position > 0:
        before = tables.visit[route[position - 1], V_LOC]
        leave = at[position - 1] + service_seconds(tables, vehicle, route[position - 1])
    after, due = tables.vehicle[vehicle, F_END], tables.vehicle[vehicle, F_DUE]
    if position < count:
        after, due = tables.visit[route[position], V_LOC], at[position]
    to, on = drive_seconds(tables, vehicle, before, there), drive_seconds(tables, vehicle, there, after)
    opens = tables.visit[visit, V_FROM]
    end = max(leave + to, opens if opens < BIG else 0) + service
    late = max(0, end - tables.visit[visit, V_TO]) if opens < BIG else 0
    way = to + on - drive_seconds(tables, vehicle, before, after)
    return float(way + late + max(0, end + on - due))


@compiled
def list_slots(
    tables: Tables, book: Book, vehicle: int, route: Ints, count: int, demand: int, first: int, most: int
) -> int:
    """List the best places of a demand, from position ``first`` on, in ``book.slots``; returns how many."""
    found, most = 0, min(most, MOST_SLOTS)
    for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
        there = tables.visit[visit, V_LOC]
        for position in range(first, count + 1):
            if count > LONG and position < count and tables.visit[route[position], V_LOC] == there:
                continue  # after the services at this place is as good
            price = guess(tables, vehicle, route, count, book.at, position, visit)
            if found == most and price >= book.slot_price[found - 1]:
                continue
            row = found if found < most else most - 1
            while row > 0 and book.slot_price[row - 1] > price:
                book.slot_price[row] = book.slot_price[row - 1]
                book.slots[row, 0], book.slots[row, 1] = book.slots[row - 1, 0], book.slots[row - 1, 1]
                row -= 1
            book.slot_price[row] = price
            book.slots[row, 0], book.slots[row, 1] = visit, position
            found = min(found + 1, most)
    book.counts[SLOTS] = found
    return found


@compiled
def slots(
    tables: Tables, book: Book, vehicle: int, route: Ints, count: int, demand: int, first: int, most: int
) -> int:
    """Time a sequence and list the best places of a demand in it."""
    time_roughly(tables, vehicle, route, count, book.at)
    return list_slots(tables, book, vehicle, route, count, demand, first, most)


@compiled
def keep(work: Scratch, book: Book, count: int, score: float) -> None:
    """Keep the attempt at hand as the best one."""
    for row in range(book.counts[OBSTACLES]):
        for column in range(book.best.shape[1]):
            book.best[row, column] = book.obstacles[row, column]
    book.counts[BEST_OBSTACLES] = book.counts[OBSTACLES]
    for i in range(count):
        book.best_route[i] = book.trial[i]
    book.figures[0], book.figures[1] = work.result[R_METRES], work.result[R_SECONDS]
    book.figures[2], book.figures[3] = work.result[R_COST], work.result[R_REWARD]
    if score >= IMPOSSIBLE:
        book.figures[:] = nan


@compiled
def try_route(
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
    """Try a whole sequence; it is kept if it is less grave than ``limit``. Returns how grave it is."""
    for i in range(count):
        book.trial[i] = route[i]
    score = obstacles(tables, work, book, vehicle, book.trial, count, order, lowest_cost, by_money, limit)
    if score < limit:
        keep(work, book, count, score)
    return score


@compiled
def try_slots(
    tables: Tables,
    work: Scratch,
    book: Book,
    vehicle: int,
    route: Ints,
    count: int,
    demand: int,
    order: int,
    first: int,
    most: int,
    lowest_cost: bool,
    by_money: bool,
    limit: float,
) -> float:
    """Try a demand at its best places; the best attempt is kept. Returns how grave it is, or ``limit``."""
    found = slots(tables, book, vehicle, route, count, demand, first, most)
    for row in range(found):
        visit, position = book.slots[row, 0], book.slots[row, 1]
        for i in range(count + 1):
            book.trial[i] = visit if i == position else route[i - (1 if i > position else 0)]
        score = obstacles(
            tables, work, book, vehicle, book.trial, count + 1, order, lowest_cost, by_money, limit
        )
        if score < limit:
            limit = score
            keep(work, book, count + 1, score)
    return limit


@compiled
def nearness(
    tables: Tables, vehicles: Ints, first: Ints, visits: Ints, at: Ints, order: int, demand: int, out: Floats
) -> None:
    """How near trips pass to a demand, in seconds by the rough guess.

    Parameters
    ----------
    vehicles : (trips,) int64
    first : (trips + 1,) int64
        Trip ``t`` serves ``visits[first[t]:first[t + 1]]``, at ``at`` likewise.
    out : (trips,) float64, out
    """
    kind = tables.order[order, O_CLASS]
    for trip in range(len(vehicles)):
        vehicle, begin, count = vehicles[trip], first[trip], first[trip + 1] - first[trip]
        best = inf
        for visit in range(tables.demand[demand, D_V0], tables.demand[demand, D_V1]):
            for position in range(count + 1):
                route, starts = visits[begin : begin + count], at[begin : begin + count]
                best = min(best, guess(tables, vehicle, route, count, starts, position, visit))
        if isinf(tables.order_performer[kind, tables.vehicle[vehicle, F_PCLASS]]):
            best += UNSUITED
        out[trip] = min(best, 4.0 * NO_LEG)
