"""When things happen in a trip (rules W1-W7), compiled.

A sequence of visits is timed for one vehicle. Legs carry their parking (W3), so a stop is a change of
location. Moments are seconds since the epoch; ``BIG`` as an earliest and ``-BIG`` as a latest moment mean
that there is none.
"""

from solver.problem.arrays import (
    BIG,
    F_END,
    F_EXTRA,
    F_POST_SECS,
    F_PRE_SECS,
    F_PROFILE,
    F_START,
    F_WORK_FROM,
    F_WORK_TO,
    NO_LEG,
    U_LIVES,
    V_DEMAND,
    V_LOC,
    V_SECS,
    V_WIN0,
    V_WIN1,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import leg_metres, leg_seconds
from solver.schedule.lifetimes import living_last, living_start, service_rows

LONG_AGO = -BIG


@compiled
def service_seconds(tables: Tables, vehicle: int, visit: int) -> int:
    """Length of a service on a vehicle (W4)."""
    extra = tables.extra[tables.vehicle[vehicle, F_EXTRA], tables.visit[visit, V_DEMAND]]
    return tables.visit[visit, V_SECS] + extra


@compiled
def next_start(tables: Tables, vehicle: int, visit: int, moment: int, seconds: int) -> int:
    """Earliest start of a service at or after a moment (W1, W2, W7); BIG if there is none."""
    opens, closes = tables.vehicle[vehicle, F_WORK_FROM], tables.vehicle[vehicle, F_WORK_TO]
    for row in range(tables.visit[visit, V_WIN0], tables.visit[visit, V_WIN1]):
        start = max(moment, opens, tables.windows[row, 0])
        end = min(closes, tables.windows[row, 1])
        if start + seconds <= end:
            if tables.uses[U_LIVES]:
                start = living_start(tables, vehicle, visit, start, seconds, end)
            if start < BIG:
                return start
    return BIG


@compiled
def last_start(tables: Tables, vehicle: int, visit: int, moment: int, seconds: int) -> int:
    """Latest start of a service at or before a moment (W1, W2, W7); -BIG if there is none."""
    opens, closes = tables.vehicle[vehicle, F_WORK_FROM], tables.vehicle[vehicle, F_WORK_TO]
    for row in range(tables.visit[visit, V_WIN1] - 1, tables.visit[visit, V_WIN0] - 1, -1):
        start = min(moment, min(closes, tables.windows[row, 1]) - seconds)
        begin = max(opens, tables.windows[row, 0])
        if start >= begin:
            if tables.uses[U_LIVES]:
                start = living_last(tables, vehicle, visit, start, seconds, begin)
            if start > -BIG:
                return start
    return -BIG


@compiled
def windows_allow(tables: Tables, vehicle: int, visit: int, moment: int) -> bool:
    """Whether a service could start at or after a moment if it were not for lifetimes (W1, W2)."""
    opens, closes = tables.vehicle[vehicle, F_WORK_FROM], tables.vehicle[vehicle, F_WORK_TO]
    seconds = service_seconds(tables, vehicle, visit)
    for row in range(tables.visit[visit, V_WIN0], tables.visit[visit, V_WIN1]):
        if max(moment, opens, tables.windows[row, 0]) + seconds <= min(closes, tables.windows[row, 1]):
            return True
    return False


@compiled
def forward(tables: Tables, vehicle: int, route: Ints, first: int, count: int, moment: int, at: Ints) -> int:
    """Serve visits ``first..count-1`` as early as possible.

    Parameters
    ----------
    moment : int
        For ``first`` = 0: ready at the start place. Else: the start of service ``first - 1``'s end.
    at : array, out
        Start of each service.

    Returns
    -------
    int
        Moment of being ready at the end place; if some service cannot be in time: ``BIG`` + its position.
    """
    profile, place = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_START]
    if first > 0:
        place = tables.visit[route[first - 1], V_LOC]
    for i in range(first, count):
        there = tables.visit[route[i], V_LOC]
        if place >= 0 and place != there:
            moment += leg_seconds(tables, profile, place, there)
        place = there
        seconds = service_seconds(tables, vehicle, route[i])
        at[i] = next_start(tables, vehicle, route[i], moment, seconds)
        if at[i] >= BIG:
            return BIG + i
        moment = at[i] + seconds
    end = tables.vehicle[vehicle, F_END]
    if end >= 0 and place >= 0 and end != place:
        moment += leg_seconds(tables, profile, place, end)
    return moment


@compiled
def reached(tables: Tables, vehicle: int, route: Ints, position: int, ready: int, at: Ints) -> int:
    """Moment of coming to the place of a service; ``at`` has the starts of those before it."""
    place, moment = tables.vehicle[vehicle, F_START], ready
    if position > 0:
        before = route[position - 1]
        place = tables.visit[before, V_LOC]
        moment = at[position - 1] + service_seconds(tables, vehicle, before)
    there = tables.visit[route[position], V_LOC]
    if place >= 0 and place != there:
        moment += leg_seconds(tables, tables.vehicle[vehicle, F_PROFILE], place, there)
    return moment


@compiled
def backward(tables: Tables, vehicle: int, route: Ints, count: int, moment: int, whole: bool) -> int:
    """Latest moment of being ready at the start place.

    Parameters
    ----------
    count : int
        Visits 0..count-1 are served before the moment.
    whole : bool
        True: ``moment`` is being ready at the end place; False: it is the end of the last service.

    Returns
    -------
    int
        -BIG if the visits cannot all be served before the moment.
    """
    profile, place = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_END]
    if not whole:
        place = -1
    for i in range(count - 1, -1, -1):
        there = tables.visit[route[i], V_LOC]
        if place >= 0 and place != there:
            moment -= leg_seconds(tables, profile, there, place)
        place = there
        seconds = service_seconds(tables, vehicle, route[i])
        moment = last_start(tables, vehicle, route[i], moment - seconds, seconds)
        if moment <= -BIG:
            return -BIG
    start = tables.vehicle[vehicle, F_START]
    if start >= 0 and place >= 0 and start != place:
        moment -= leg_seconds(tables, profile, start, place)
    return moment


@compiled
def shortest_start(
    tables: Tables,
    vehicle: int,
    route: Ints,
    count: int,
    ready: int,
    due: int,
    begin: int,
    end: int,
    at: Ints,
) -> int:
    """Start of the shortest timing of the sequence (W6, LOWEST_COST).

    A shortest timing can be moved until some service starts as its window or a lifetime opens; each such
    moment is tried. Costs rise with the length of a trip (M1), so the shortest is the cheapest.

    Parameters
    ----------
    ready, due : int
        Between them the trip must be, at its start place and at its end place.
    begin : int
        The start of the EARLIEST_FINISH timing, which ends at ``end``.

    Returns
    -------
    int
        When to be ready at the start place.
    """
    best, shortest = begin, end - begin
    for i in range(count):
        seconds = service_seconds(tables, vehicle, route[i])
        for number in range(count_openings(tables, vehicle, route[i])):
            opens = opening(tables, vehicle, route[i], number)
            if next_start(tables, vehicle, route[i], opens, seconds) != opens:
                continue
            start = backward(tables, vehicle, route, i + 1, opens + seconds, False)
            if start < ready:
                continue
            finish = forward(tables, vehicle, route, 0, count, start, at)
            if finish <= due and finish - start < shortest:
                shortest, best = finish - start, start
    return best


@compiled
def count_openings(tables: Tables, vehicle: int, visit: int) -> int:
    """How many moments a service may become possible at: windows, times lifetimes where some bind."""
    windows = tables.visit[visit, V_WIN1] - tables.visit[visit, V_WIN0]
    if not tables.uses[U_LIVES]:
        return windows
    first, last = service_rows(tables, vehicle, visit)
    return windows * max(1, last - first)


@compiled
def opening(tables: Tables, vehicle: int, visit: int, number: int) -> int:
    """One of these moments: a window and a lifetime are open, and it is working time."""
    windows = tables.visit[visit, V_WIN1] - tables.visit[visit, V_WIN0]
    row = tables.visit[visit, V_WIN0] + number % windows
    opens = max(tables.windows[row, 0], tables.vehicle[vehicle, F_WORK_FROM])
    if tables.uses[U_LIVES]:
        first, last = service_rows(tables, vehicle, visit)
        if last > first:
            opens = max(opens, tables.life[first + number // windows, 0])
    return opens


@compiled
def has_legs(tables: Tables, vehicle: int, route: Ints, count: int) -> bool:
    """Whether every leg of the route exists (T2)."""
    profile, place = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_START]
    for i in range(count):
        there = tables.visit[route[i], V_LOC]
        if place >= 0 and leg_metres(tables, profile, place, there) >= NO_LEG:
            return False
        place = there
    end = tables.vehicle[vehicle, F_END]
    return not (end >= 0 and place >= 0 and leg_metres(tables, profile, place, end) >= NO_LEG)


@compiled
def own_seconds(tables: Tables, vehicle: int) -> int:
    """Seconds of the legs with the performer's own transport (T6)."""
    return tables.vehicle[vehicle, F_PRE_SECS] + tables.vehicle[vehicle, F_POST_SECS]
