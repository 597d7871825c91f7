"""When features exist that services and trips need (rule W7), compiled."""

from solver.problem.arrays import (
    BIG,
    F_PCLASS,
    F_TCLASS,
    O_CLASS,
    V_LOC,
    V_ORDER,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.scratch import Scratch


@compiled
def service_rows(tables: Tables, vehicle: int, visit: int) -> tuple[int, int]:
    """Rows of ``life`` of which one must hold the service; none: no lifetime binds it."""
    kind = tables.order[tables.visit[visit, V_ORDER], O_CLASS]
    rows = tables.order_life[kind, tables.vehicle[vehicle, F_PCLASS]]
    return rows[0], rows[1]


@compiled
def living_start(tables: Tables, vehicle: int, visit: int, start: int, seconds: int, closes: int) -> int:
    """Earliest start from a moment on with the service in a lifetime and over in time; BIG if none."""
    first, last = service_rows(tables, vehicle, visit)
    for row in range(first, last):
        moment = max(start, tables.life[row, 0])
        if moment + seconds <= min(closes, tables.life[row, 1]):
            return moment
    return start if first == last else BIG


@compiled
def living_last(tables: Tables, vehicle: int, visit: int, start: int, seconds: int, opens: int) -> int:
    """Latest start up to a moment with the service in a lifetime; -BIG if none."""
    first, last = service_rows(tables, vehicle, visit)
    for row in range(last - 1, first - 1, -1):
        moment = min(start, tables.life[row, 1] - seconds)
        if moment >= max(opens, tables.life[row, 0]):
            return moment
    return start if first == last else -BIG


@compiled
def trip_spans(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """Write the windows of which one must hold the whole trip into ``work.spans``; how many there are."""
    work.spans[0, 0], work.spans[0, 1] = -BIG, BIG
    found = narrow(tables, work, 1, tables.vehicle_life[vehicle])
    before = -1
    for i in range(count):
        kind = tables.visit_class[tables.visit[route[i], V_LOC]]
        if kind != before:
            found = narrow(tables, work, found, tables.place_life[kind, tables.vehicle[vehicle, F_TCLASS]])
        before = kind
    return found


@compiled
def narrow(tables: Tables, work: Scratch, count: int, rows: Ints) -> int:
    """Cut the first ``count`` windows of ``work.spans`` with some of ``life``; how many are left."""
    if rows[0] == rows[1]:
        return count
    for i in range(count):
        work.spare_spans[i, 0], work.spare_spans[i, 1] = work.spans[i, 0], work.spans[i, 1]
    found, row = 0, rows[0]
    for i in range(count):
        opens, closes = work.spare_spans[i, 0], work.spare_spans[i, 1]
        while row < rows[1] and tables.life[row, 1] < opens:
            row += 1
        other = row
        while other < rows[1] and tables.life[other, 0] <= closes:
            work.spans[found, 0] = max(opens, tables.life[other, 0])
            work.spans[found, 1] = min(closes, tables.life[other, 1])
            found += 1
            other += 1
    return found
