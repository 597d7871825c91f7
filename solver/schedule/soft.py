"""Timing a sequence that has soft windows (rules W5, W6, Z12), compiled.

EARLIEST_FINISH takes, for each sum of fines, the earliest finish and then the latest start; LOWEST_COST the
shortest trip. Among these the configuration chooses: fewest fines where time has no price, else the lowest
sum of fines and time. See `solver.schedule.labels` for what is exact.
"""

from solver.problem.arrays import (
    BIG,
    F_END,
    F_MAX_SECS,
    F_PSTAGE0,
    F_PSTAGE1,
    F_START,
    FREE_TIME,
    TIME_BY_SECOND,
    TIME_BY_TARIFF,
    U_TIME,
    V_LOC,
    V_SOFT_FROM,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import drive_seconds
from solver.schedule import timing
from solver.schedule.labels import (
    EPS,
    back_from,
    broken,
    either_start,
    first_leg,
    leads_on,
    place_at,
    spread,
    spread_back,
)
from solver.schedule.money import stage_cost
from solver.schedule.scratch import Scratch

FINES_FIRST = 1e5  # makes any fine outweigh the seconds of any trip, where time has no price


@compiled
def least_broken(tables: Tables, vehicle: int, visit: int, earliest: int, latest: int) -> int:
    """Fewest violations of a service that starts between two moments, the first of them a possible start."""
    seconds = timing.service_seconds(tables, vehicle, visit)
    least = broken(tables, visit, earliest, seconds)
    if earliest < tables.visit[visit, V_SOFT_FROM]:
        later = timing.next_start(tables, vehicle, visit, tables.visit[visit, V_SOFT_FROM], seconds)
        if later <= latest:
            least = min(least, broken(tables, visit, later, seconds))
    return least


@compiled
def fines_of(tables: Tables, vehicle: int, route: Ints, count: int, at: Ints) -> float:
    """Fines of a timing."""
    total = 0.0
    for i in range(count):
        seconds = timing.service_seconds(tables, vehicle, route[i])
        total += broken(tables, route[i], at[i], seconds) * tables.visit_fine[route[i]]
    return total


@compiled
def least_fines(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, due: int) -> float:
    """Lower bound of the fines of any timing: each service for itself, between its earliest and latest start.

    ``work.trial`` has the earliest starts; ``work.least`` gets the bound for the services from each on.
    """
    place, moment = tables.vehicle[vehicle, F_END], due
    work.least[count] = 0.0
    for i in range(count - 1, -1, -1):
        visit = route[i]
        seconds = timing.service_seconds(tables, vehicle, visit)
        moment -= drive_seconds(tables, vehicle, tables.visit[visit, V_LOC], place) + seconds
        moment = timing.last_start(tables, vehicle, visit, moment, seconds)
        place = tables.visit[visit, V_LOC]
        fewest = least_broken(tables, vehicle, visit, work.trial[i], moment)
        work.least[i] = work.least[i + 1] + fewest * tables.visit_fine[visit]
    return work.least[0]


@compiled
def timing_price(tables: Tables, vehicle: int, fine: float, seconds: int, lowest_cost: bool) -> float:
    """What a timing is worth: fines and time together; time alone never makes it infinite.

    Parameters
    ----------
    seconds : int
        From the start to the end of the trip, own legs included.
    """
    unit = tables.uses[U_TIME]
    if unit == TIME_BY_SECOND:
        return fine + seconds
    if unit == TIME_BY_TARIFF:
        first, last = tables.vehicle[vehicle, F_PSTAGE0], tables.vehicle[vehicle, F_PSTAGE1]
        return fine + stage_cost(tables.stages, first, last, seconds)
    return FINES_FIRST * fine + (seconds if lowest_cost else 0)


@compiled
def fine_limit(tables: Tables, work: Scratch, vehicle: int, seconds: int, lowest_cost: bool) -> float:
    """Fines below which a timing of at least so many seconds can beat the best so far."""
    left = work.best_timing[0] - timing_price(tables, vehicle, 0.0, seconds, lowest_cost)
    return (left / FINES_FIRST if tables.uses[U_TIME] == FREE_TIME else left) - 2.0 * EPS


@compiled
def consider(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    begin: int,
    finish: int,
    fine: float,
    lowest_cost: bool,
) -> None:
    """Remember a timing in ``work.chosen_timing`` if it is the best so far."""
    seconds = finish - begin + timing.own_seconds(tables, vehicle)
    price = timing_price(tables, vehicle, fine, seconds, lowest_cost)
    if seconds <= tables.vehicle[vehicle, F_MAX_SECS] and price < work.best_timing[0] - EPS:
        work.best_timing[0], work.best_timing[1] = price, fine
        work.begin_finish[0], work.begin_finish[1] = begin, finish


@compiled
def consider_finishes(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    count: int,
    ready: int,
    due: int,
    most: float,
    lowest_cost: bool,
) -> None:
    """Look at the earliest finish for each sum of fines, with the latest begin for both."""
    row = spread(tables, work, vehicle, route, 0, count, ready, 0.0, most)
    leg, own = first_leg(tables, vehicle, route, count), timing.own_seconds(tables, vehicle)
    found = work.front_count[row]
    for i in range(found):
        k = i if tables.uses[U_TIME] == FREE_TIME else found - 1 - i  # of equals, the earliest finish
        finish = work.front_key[row, k]
        seconds = finish - timing.backward(tables, vehicle, route, count, finish, True) + own
        limit = fine_limit(tables, work, vehicle, seconds, lowest_cost)
        if k + 1 < found:  # who pays as much as the next could finish as early
            limit = min(limit, work.front_fine[row, k + 1] - 2.0 * EPS)
        if finish > due or work.front_fine[row, k] > limit:
            continue
        back_from(tables, work, vehicle, route, count, finish, limit)
        for j in range(work.back_count[0]):
            begin = -work.back_key[0, j] - leg
            if begin >= ready:
                consider(tables, work, vehicle, begin, finish, work.back_fine[0, j], lowest_cost)


@compiled
def consider_openings(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    count: int,
    ready: int,
    due: int,
    most: float,
) -> None:
    """Look at the trips in which some service starts as its window, a lifetime or its soft window opens.

    The cheapest timing with waiting is one of these: what comes before the last wait begins as late, what
    comes after it goes as early as it can.
    """
    for i in range(count):
        visit = route[i]
        seconds = timing.service_seconds(tables, vehicle, visit)
        openings = timing.count_openings(tables, vehicle, visit)
        for number in range(openings + 1):
            start = tables.visit[visit, V_SOFT_FROM]
            if number < openings:
                start = timing.opening(tables, vehicle, visit, number)
            possible = timing.next_start(tables, vehicle, visit, start, seconds) == start
            if not possible or start < work.trial[i]:
                continue
            fine = broken(tables, visit, start, seconds) * tables.visit_fine[visit]
            work.back_key[i, 0], work.back_fine[i, 0], work.back_count[i] = -start, fine, 1
            spread_back(tables, work, vehicle, route, i, count, most)
            row = spread(tables, work, vehicle, route, i + 1, count, start + seconds, 0.0, most)
            join(tables, work, vehicle, route, count, row, ready, due)


@compiled
def join(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, row: int, ready: int, due: int
) -> None:
    """Consider every begin with every finish of the labels on both sides of a fixed service."""
    leg = first_leg(tables, vehicle, route, count)
    for j in range(work.back_count[0]):
        begin = -work.back_key[0, j] - leg
        for k in range(work.front_count[row]):
            finish = work.front_key[row, k]
            if begin >= ready and finish <= due:
                fine = work.back_fine[0, j] + work.front_fine[row, k]
                consider(tables, work, vehicle, begin, finish, fine, True)


@compiled
def busy_seconds(tables: Tables, vehicle: int, route: Ints, count: int) -> int:
    """Seconds of a trip without any waiting, own legs included."""
    total, place = timing.own_seconds(tables, vehicle), tables.vehicle[vehicle, F_START]
    for i in range(count + 1):
        there = place_at(tables, vehicle, route, count, i)
        total += drive_seconds(tables, vehicle, place, there)
        if i < count:
            total += timing.service_seconds(tables, vehicle, route[i])
            place = there
    return total


@compiled
def settle_services(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    count: int,
    begin: int,
    finish: int,
    most: float,
) -> bool:
    """Write starts of services between a begin and a finish, with at most those fines, into ``work.at``."""
    back_from(tables, work, vehicle, route, count, finish, most)
    moment, paid = begin, 0.0
    for i in range(count):
        seconds = timing.service_seconds(tables, vehicle, route[i])
        here = place_at(tables, vehicle, route, count, i)
        before = place_at(tables, vehicle, route, count, i - 1)
        arrival = moment + drive_seconds(tables, vehicle, before, here)
        onward = drive_seconds(tables, vehicle, here, place_at(tables, vehicle, route, count, i + 1))
        done = False
        for way in range(2):
            start = either_start(tables, vehicle, route[i], arrival, way)
            if done or start >= BIG:
                continue
            fine = paid + broken(tables, route[i], start, seconds) * tables.visit_fine[route[i]]
            if leads_on(work, i + 1, start + seconds + onward, most - fine):
                work.at[i], moment, paid, done = start, start + seconds, fine, True
        if not done:
            return False
    return True


@compiled
def arrange(
    tables: Tables,
    work: Scratch,
    vehicle: int,
    route: Ints,
    count: int,
    ready: int,
    due: int,
    begin: int,
    finish: int,
    lowest_cost: bool,
) -> tuple[int, int]:
    """Time a sequence again so that soft windows are kept where that is worth it.

    Parameters
    ----------
    ready, due : int
        Between them the trip must be, at its start place and at its end place.
    begin, finish : int
        Of the timing in ``work.at``, made without a look at soft windows by the same strategy.

    Returns
    -------
    (int, int)
        Begin and finish of the timing that is now in ``work.at``.
    """
    plain = fines_of(tables, vehicle, route, count, work.at)
    if plain <= EPS:
        return begin, finish
    timing.forward(tables, vehicle, route, 0, count, ready, work.trial)
    if least_fines(tables, work, vehicle, route, count, due) >= plain - EPS:
        return begin, finish
    work.best_timing[0] = 1e300
    consider(tables, work, vehicle, begin, finish, plain, lowest_cost)
    busy = busy_seconds(tables, vehicle, route, count)
    most = min(plain, fine_limit(tables, work, vehicle, busy, lowest_cost))
    if most < work.least[0] - EPS:
        return begin, finish
    consider_finishes(tables, work, vehicle, route, count, ready, due, most, lowest_cost)
    if lowest_cost:
        consider_openings(tables, work, vehicle, route, count, ready, due, most)
    chosen, last, fine = work.begin_finish[0], work.begin_finish[1], work.best_timing[1]
    if work.best_timing[0] < 1e299 and settle_services(
        tables, work, vehicle, route, count, chosen, last, fine
    ):
        return chosen, last
    timing.forward(tables, vehicle, route, 0, count, begin, work.at)
    return begin, finish
