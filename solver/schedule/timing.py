"""When things happen in a trip (rules W1-W6), compiled.

A sequence of visits is timed for one vehicle. Legs carry their parking (W3), so a stop is a change of
location. Moments are seconds since the epoch; ``BIG`` as an earliest and ``-BIG`` as a latest moment mean
that there is none.
"""

from solver.problem.arrays import (
    BIG,
    F_DUE,
    F_END,
    F_EXTRA,
    F_POST_SECS,
    F_PRE_SECS,
    F_PROFILE,
    F_READY,
    F_START,
    F_WORK_FROM,
    F_WORK_TO,
    NO_LEG,
    V_DEMAND,
    V_LOC,
    V_SECS,
    V_WIN0,
    V_WIN1,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled

LONG_AGO = -BIG


@compiled
def service_seconds(tables: Tables, vehicle: int, visit: int) -> int:
    """Length of a service on a vehicle (W4)."""
    extra = tables.extra[tables.vehicle[vehicle, F_EXTRA], tables.visit[visit, V_DEMAND]]
    return tables.visit[visit, V_SECS] + extra


@compiled
def next_start(tables: Tables, vehicle: int, visit: int, moment: int, seconds: int) -> int:
    """Earliest start of a service at or after a moment (W1, W2); BIG if there is none."""
    opens, closes = tables.vehicle[vehicle, F_WORK_FROM], tables.vehicle[vehicle, F_WORK_TO]
    for row in range(tables.visit[visit, V_WIN0], tables.visit[visit, V_WIN1]):
        start = max(moment, opens, tables.windows[row, 0])
        if start + seconds <= min(closes, tables.windows[row, 1]):
            return start
    return BIG


@compiled
def last_start(tables: Tables, vehicle: int, visit: int, moment: int, seconds: int) -> int:
    """Latest start of a service at or before a moment (W1, W2); -BIG if there is none."""
    opens, closes = tables.vehicle[vehicle, F_WORK_FROM], tables.vehicle[vehicle, F_WORK_TO]
    for row in range(tables.visit[visit, V_WIN1] - 1, tables.visit[visit, V_WIN0] - 1, -1):
        start = min(moment, min(closes, tables.windows[row, 1]) - seconds)
        if start >= max(opens, tables.windows[row, 0]):
            return start
    return -BIG


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
            moment += tables.seconds[profile, place, there]
        place = there
        seconds = service_seconds(tables, vehicle, route[i])
        at[i] = next_start(tables, vehicle, route[i], moment, seconds)
        if at[i] >= BIG:
            return BIG + i
        moment = at[i] + seconds
    end = tables.vehicle[vehicle, F_END]
    if end >= 0 and place >= 0 and end != place:
        moment += tables.seconds[profile, place, end]
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
            moment -= tables.seconds[profile, there, place]
        place = there
        seconds = service_seconds(tables, vehicle, route[i])
        moment = last_start(tables, vehicle, route[i], moment - seconds, seconds)
        if moment <= -BIG:
            return -BIG
    start = tables.vehicle[vehicle, F_START]
    if start >= 0 and place >= 0 and start != place:
        moment -= tables.seconds[profile, start, place]
    return moment


@compiled
def shortest_start(
    tables: Tables, vehicle: int, route: Ints, count: int, begin: int, end: int, at: Ints
) -> int:
    """Start of the shortest timing of the sequence (W6, LOWEST_COST).

    A shortest timing can be moved until some service starts as its window opens; each such moment is
    tried. Costs rise with the length of a trip (M1), so the shortest is the cheapest.

    Parameters
    ----------
    begin : int
        The start of the EARLIEST_FINISH timing, which ends at ``end``.

    Returns
    -------
    int
        When to be ready at the start place.
    """
    best, due = begin, tables.vehicle[vehicle, F_DUE]
    shortest = end - begin
    for i in range(count):
        seconds = service_seconds(tables, vehicle, route[i])
        for row in range(tables.visit[route[i], V_WIN0], tables.visit[route[i], V_WIN1]):
            opens = max(tables.windows[row, 0], tables.vehicle[vehicle, F_WORK_FROM])
            if next_start(tables, vehicle, route[i], opens, seconds) != opens:
                continue
            start = backward(tables, vehicle, route, i + 1, opens + seconds, False)
            if start < tables.vehicle[vehicle, F_READY]:
                continue
            finish = forward(tables, vehicle, route, 0, count, start, at)
            if finish <= due and finish - start < shortest:
                shortest, best = finish - start, start
    return best


@compiled
def has_legs(tables: Tables, vehicle: int, route: Ints, count: int) -> bool:
    """Whether every leg of the route exists (T2)."""
    profile, place = tables.vehicle[vehicle, F_PROFILE], tables.vehicle[vehicle, F_START]
    for i in range(count):
        there = tables.visit[route[i], V_LOC]
        if place >= 0 and tables.metres[profile, place, there] >= NO_LEG:
            return False
        place = there
    end = tables.vehicle[vehicle, F_END]
    return not (end >= 0 and place >= 0 and tables.metres[profile, place, end] >= NO_LEG)


@compiled
def own_seconds(tables: Tables, vehicle: int) -> int:
    """Seconds of the legs with the performer's own transport (T6)."""
    return tables.vehicle[vehicle, F_PRE_SECS] + tables.vehicle[vehicle, F_POST_SECS]
