"""Waiting for soft windows in trips with breaks and rests (rules W5, Z12, B1-B5), compiled.

Heuristic: the timing without pauses says which services are worth waiting for; with pauses they do not start
before their soft windows either, and the better of both timings counts. What is valid stays exact.
"""

from solver.problem.arrays import BIG, V_SOFT_FROM, Ints, Tables
from solver.problem.compiled import compiled
from solver.schedule import pausing, soft, timing
from solver.schedule.labels import EPS
from solver.schedule.scratch import N_TIME, S_FLOOR, S_START, S_VISIT, Scratch


@compiled
def set_floors(tables: Tables, work: Scratch, steps: int, wait: bool) -> None:
    """Let services that ``work.at`` has after the opening of their soft windows wait for it; or none."""
    position = 0
    for step in range(steps):
        visit = work.step[step, S_VISIT]
        if visit >= 0:
            opens = tables.visit[visit, V_SOFT_FROM]
            kept = wait and work.at[position] >= opens
            work.step[step, S_FLOOR] = opens if kept else -BIG
            position += 1


@compiled
def is_early(tables: Tables, work: Scratch, route: Ints, count: int) -> bool:
    """Whether a service of the timing in ``work.at`` starts before its soft window."""
    position = 0
    while position < count and work.at[position] >= tables.visit[route[position], V_SOFT_FROM]:
        position += 1
    return position < count


@compiled
def put_back(work: Scratch, steps: int) -> None:
    """Write the starts of services of the last timing with pauses into ``work.at`` again."""
    position = 0
    for step in range(steps):
        if work.step[step, S_VISIT] >= 0:
            work.at[position] = work.step[step, S_START]
            position += 1


@compiled
def price_of_timing(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, start: int, lowest_cost: bool
) -> float:
    """Price of the timing with pauses in ``work.at`` and ``work.now``."""
    fine = soft.fines_of(tables, vehicle, route, count, work.at)
    return soft.timing_price(tables, vehicle, fine, work.now[N_TIME] - start, lowest_cost)


@compiled
def time_softly(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    count: int,
    steps: int,
    ready: int,
    due: int,
    start: int,
    lowest_cost: bool,
) -> int:
    """Time a trip with pauses again, so that soft windows are kept where that is worth it.

    Parameters
    ----------
    ready, due : int
        As for `pausing.time_with_pauses`.
    start : int
        Of the timing made without a look at soft windows.

    Returns
    -------
    int
        The start; everything else is where `pausing.time_with_pauses` leaves it.
    """
    if not is_early(tables, work, route, count):
        return start  # waiting makes no service less late
    price = price_of_timing(tables, work, vehicle, route, count, start, lowest_cost)
    end = timing.forward(tables, vehicle, route, 0, count, ready, work.at)
    begin = timing.backward(tables, vehicle, route, count, end, True)
    timing.forward(tables, vehicle, route, 0, count, begin, work.at)
    begin, end = soft.arrange(tables, work, vehicle, route, count, ready, due, begin, end, lowest_cost)
    seconds = end - begin + timing.own_seconds(tables, vehicle)
    fine = soft.fines_of(tables, vehicle, route, count, work.at)
    if soft.timing_price(tables, vehicle, fine, seconds, lowest_cost) >= price - EPS:
        put_back(work, steps)  # not even without pauses
        return start
    set_floors(tables, work, steps, True)
    args = (vehicle, route, count, steps, ready, due, lowest_cost)
    found = pausing.time_with_pauses(tables, work, *args)
    if found < BIG:
        other = price_of_timing(tables, work, vehicle, route, count, found, lowest_cost)
        if other < price - EPS:
            return found
    set_floors(tables, work, steps, False)
    return pausing.time_with_pauses(tables, work, *args)
