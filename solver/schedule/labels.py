"""Compromises between fines and time along a sequence with soft windows (rules W5, Z12), compiled.

A timing that keeps more soft windows may be later. Going through the sequence, the compromises are kept as
labels: the fines paid so far and the moment reached, none with both worse than another. A service starts as
early as it can, or, if that is before its soft window, as the window opens: no other start can be better.
So labels are exact as long as no more than `LABELS` of them are needed at a place; beyond that the ones with
the lowest fines and the quickest one stay.
"""

from solver.problem.arrays import (
    BIG,
    F_END,
    F_START,
    V_LOC,
    V_SOFT_FROM,
    V_SOFT_TO,
    Floats,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import drive_seconds
from solver.schedule import timing
from solver.schedule.scratch import LABELS, Scratch

EPS = 1e-9


@compiled
def broken(tables: Tables, visit: int, start: int, seconds: int) -> int:
    """Violations of a visit's soft window by a service (W5)."""
    early = start < tables.visit[visit, V_SOFT_FROM]
    late = start + seconds > tables.visit[visit, V_SOFT_TO]
    return int(early) + int(late)


@compiled
def place_at(tables: Tables, vehicle: int, route: Ints, count: int, position: int) -> int:
    """Place of a position; -1 is the start of the trip, ``count`` its end."""
    if position < 0:
        return tables.vehicle[vehicle, F_START]
    if position >= count:
        return tables.vehicle[vehicle, F_END]
    return tables.visit[route[position], V_LOC]


@compiled
def first_leg(tables: Tables, vehicle: int, route: Ints, count: int) -> int:
    """Seconds from the start place to the first service."""
    start = tables.vehicle[vehicle, F_START]
    return drive_seconds(tables, vehicle, start, place_at(tables, vehicle, route, count, 0))


@compiled
def add_label(keys: Ints, fines: Floats, count: int, key: int, fine: float) -> int:
    """Add a label unless one is as good in both; the lower fine and the lower key are better.

    Returns
    -------
    int
        How many labels there are; they are kept by rising fines and falling keys.
    """
    for k in range(count):
        if fines[k] <= fine + EPS and keys[k] <= key:
            return count
    kept = 0
    for k in range(count):
        if fines[k] < fine - EPS or keys[k] < key:
            keys[kept], fines[kept] = keys[k], fines[k]
            kept += 1
    if kept == LABELS:
        kept -= 1
        keys[kept - 1], fines[kept - 1] = keys[kept], fines[kept]
    at = kept
    while at > 0 and fines[at - 1] > fine:
        keys[at], fines[at] = keys[at - 1], fines[at - 1]
        at -= 1
    keys[at], fines[at] = key, fine
    return kept + 1


@compiled
def either_start(tables: Tables, vehicle: int, visit: int, arrival: int, way: int) -> int:
    """Start of a service: 0, as early as possible; 1, not before its soft window; BIG if there is none."""
    seconds = timing.service_seconds(tables, vehicle, visit)
    if way == 0:
        return timing.next_start(tables, vehicle, visit, arrival, seconds)
    opens = tables.visit[visit, V_SOFT_FROM]
    return timing.next_start(tables, vehicle, visit, opens, seconds) if arrival < opens else BIG


@compiled
def spread(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    first: int,
    count: int,
    moment: int,
    paid: float,
    most: float,
) -> int:
    """Labels of the finish, earliest first of all, into the row of ``work.front_key`` that is returned.

    Parameters
    ----------
    first : int
        Services from here on are to be timed.
    moment, paid : int, float
        When the one before ends, or the trip may begin, and the fines up to it.
    most : float
        Fines that are too much.

    Returns
    -------
    int
        The row; how many labels it has is in ``work.front_count``.
    """
    row = 0
    work.front_key[0, 0], work.front_fine[0, 0], work.front_count[0] = moment, paid, 1
    for i in range(first, count + 1):
        new = 1 - row
        leg = drive_seconds(
            tables,
            vehicle,
            place_at(tables, vehicle, route, count, i - 1),
            place_at(tables, vehicle, route, count, i),
        )
        found = 0
        for k in range(work.front_count[row]):
            arrival, fine = work.front_key[row, k] + leg, work.front_fine[row, k]
            if i == count:
                found = add_label(work.front_key[new], work.front_fine[new], found, arrival, fine)
                continue
            for way in range(2):
                start = either_start(tables, vehicle, route[i], arrival, way)
                if start >= BIG:
                    continue
                seconds = timing.service_seconds(tables, vehicle, route[i])
                price = fine + broken(tables, route[i], start, seconds) * tables.visit_fine[route[i]]
                if price + work.least[i + 1] <= most + EPS:
                    end = start + seconds
                    found = add_label(work.front_key[new], work.front_fine[new], found, end, price)
        row = new
        work.front_count[row] = found
    return row


@compiled
def spread_back(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, last: int, count: int, most: float
) -> None:
    """Labels of the starts of services ``last - 1..0``, latest first of all; row ``last`` is given.

    Keys are starts with the sign changed, so that lower is better. Rows are in ``work.back_key``; row
    ``count`` is the finish. ``work.trial`` has the earliest starts: what comes before them is left out.
    """
    for i in range(last - 1, -1, -1):
        visit = route[i]
        seconds = timing.service_seconds(tables, vehicle, visit)
        leg = drive_seconds(
            tables, vehicle, tables.visit[visit, V_LOC], place_at(tables, vehicle, route, count, i + 1)
        )
        found = 0
        for k in range(work.back_count[i + 1]):
            latest = -work.back_key[i + 1, k] - leg - seconds
            for way in range(2):
                limit = latest
                if way == 1:
                    limit = tables.visit[visit, V_SOFT_TO] - seconds
                    if limit >= latest:
                        continue
                start = timing.last_start(tables, vehicle, visit, limit, seconds)
                price = work.back_fine[i + 1, k]
                price += broken(tables, visit, start, seconds) * tables.visit_fine[visit]
                if start >= work.trial[i] and price <= most + EPS:
                    found = add_label(work.back_key[i], work.back_fine[i], found, -start, price)
        work.back_count[i] = found


@compiled
def back_from(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, finish: int, most: float
) -> None:
    """Labels of all services' starts for a finish and at most those fines."""
    work.back_key[count, 0], work.back_fine[count, 0], work.back_count[count] = -finish, 0.0, 1
    spread_back(tables, work, vehicle, route, count, count, most)


@compiled
def leads_on(work: Scratch, row: int, arrival: int, most: float) -> bool:
    """Whether a label of a row can be reached by then and pays no more than that."""
    for k in range(work.back_count[row]):
        if -work.back_key[row, k] >= arrival and work.back_fine[row, k] <= most + 2.0 * EPS:
            return True
    return False
