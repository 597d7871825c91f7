"""Breaks and rests while a trip goes on (rules B1-B5), compiled.

A trip is laid out as steps: legs and services. `pass_step` carries a performer over one step, from the
counters and the moment before it to those after it, in ``work.now``. Where to pause at a stop is decided
outside and handed in; a pause on the way of a leg that is too long by itself is taken here, at the last
moment. Every pause is noted in ``work.pause``, so the same pass that decides whether a trip is possible also
tells the report where its pauses are.
"""

from solver.problem.arrays import (
    ALIKE,
    B_CONTINUOUS,
    B_FIRST,
    B_LATER,
    B_LEAVE,
    B_LOOSER,
    B_PLACES,
    B_REST,
    B_TAKE,
    BIG,
    DRIVE,
    F_END,
    F_OWN_END,
    F_OWN_START,
    F_POST_SECS,
    F_PRE_SECS,
    F_PROFILE,
    F_RULES,
    F_START,
    OPERATE,
    PAUSE,
    RESETS,
    UNCOUNTED,
    V_LOC,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.problem.legs import leg_seconds
from solver.schedule.scratch import (
    N_DRIVE,
    N_KEEP,
    N_LATER,
    N_OPERATE,
    N_PAUSES,
    N_REST_DRIVE,
    N_REST_OPERATE,
    N_START,
    N_TIME,
    N_WAIT,
    S_AFTER,
    S_BEFORE,
    S_COUNTS_AFTER,
    S_COUNTS_BEFORE,
    S_DRIVE,
    S_DRIVING_LEFT,
    S_FLOOR,
    S_OPERATING_LEFT,
    S_OWN,
    S_RESETS_AFTER,
    S_RESETS_BEFORE,
    S_VISIT,
    Scratch,
)
from solver.schedule.timing import next_start, service_seconds

NOTHING, BREAK, REST = range(3)  # what is done before a step
TRANSPORT, OWN_FIRST, OWN_LAST = range(3)  # what a leg is driven with (T6)
MOST_ON_A_LEG = 200  # pauses; a leg that needs more is not driven


@compiled
def add_leg(
    tables: Tables, work: Scratch, rule: int, step: int, start: int, finish: int, seconds: int, own: int
) -> None:
    """Lay out leaving a place, driving and parking (W3); ``seconds``: all three together."""
    row, roles = work.step[step], tables.place_role[tables.pauses[rule, B_PLACES]]
    row[S_VISIT], row[S_OWN] = -1, own
    row[S_BEFORE], row[S_AFTER] = tables.place[start, 1], tables.place[finish, 0]
    row[S_DRIVE] = seconds - row[S_BEFORE] - row[S_AFTER]
    row[S_COUNTS_BEFORE] = row[S_BEFORE] > 0 and not roles[start] & UNCOUNTED
    row[S_COUNTS_AFTER] = row[S_AFTER] > 0 and not roles[finish] & UNCOUNTED
    row[S_RESETS_BEFORE] = roles[start] & RESETS
    row[S_RESETS_AFTER] = roles[finish] & RESETS


@compiled
def add_service(tables: Tables, work: Scratch, vehicle: int, rule: int, step: int, visit: int) -> None:
    """Lay out a service."""
    row, roles = work.step[step], tables.place_role[tables.pauses[rule, B_PLACES]]
    row[S_VISIT], row[S_OWN], row[S_FLOOR] = visit, TRANSPORT, -BIG
    row[S_BEFORE] = row[S_DRIVE] = row[S_COUNTS_BEFORE] = row[S_RESETS_BEFORE] = row[S_RESETS_AFTER] = 0
    row[S_AFTER] = service_seconds(tables, vehicle, visit)
    row[S_COUNTS_AFTER] = not roles[tables.visit[visit, V_LOC]] & UNCOUNTED


@compiled
def lay_out(tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int) -> int:
    """Write the steps of a trip into ``work.step``; how many there are."""
    rule, profile = tables.vehicle[vehicle, F_RULES], tables.vehicle[vehicle, F_PROFILE]
    place, end = tables.vehicle[vehicle, F_START], tables.vehicle[vehicle, F_END]
    own_start, own_end = tables.vehicle[vehicle, F_OWN_START], tables.vehicle[vehicle, F_OWN_END]
    steps = 0
    if own_start >= 0:
        seconds = tables.vehicle[vehicle, F_PRE_SECS]
        add_leg(tables, work, rule, steps, own_start, place, seconds, OWN_FIRST)
        steps += 1
    for i in range(count + 1):
        there = tables.visit[route[i], V_LOC] if i < count else end
        if place >= 0 and there >= 0 and place != there:
            seconds = leg_seconds(tables, profile, place, there)
            add_leg(tables, work, rule, steps, place, there, seconds, TRANSPORT)
            steps += 1
        if there >= 0:
            place = there
        if i < count:
            add_service(tables, work, vehicle, rule, steps, route[i])
            steps += 1
    if own_end >= 0:
        add_leg(tables, work, rule, steps, place, own_end, tables.vehicle[vehicle, F_POST_SECS], OWN_LAST)
        steps += 1
    sum_up(tables, work, rule, steps)
    return steps


@compiled
def sum_up(tables: Tables, work: Scratch, rule: int, steps: int) -> None:
    """Note what is left to drive and to operate from each step on, without any pause or reset."""
    driving = operating = 0
    for k in range(steps - 1, -1, -1):
        row = work.step[k]
        driving += row[S_DRIVE]
        operating += row[S_DRIVE] + row[S_BEFORE] * row[S_COUNTS_BEFORE] + row[S_AFTER] * row[S_COUNTS_AFTER]
        row[S_DRIVING_LEFT], row[S_OPERATING_LEFT] = driving, operating


@compiled
def may_need_pauses(tables: Tables, work: Scratch, rule: int) -> bool:
    """Whether all driving or operating of the laid out trip together passes a limit."""
    rules = tables.pauses[rule]
    driving, operating = work.step[0, S_DRIVING_LEFT], work.step[0, S_OPERATING_LEFT]
    for limit in (B_FIRST, B_LATER, B_REST):
        if driving > rules[limit + DRIVE] or operating > rules[limit + OPERATE]:
            return True
    return False


@compiled
def limit_of_breaks(tables: Tables, work: Scratch, rule: int) -> int:
    """Columns of the limit that holds until the next break (B2)."""
    return B_LATER if work.now[N_LATER] else B_FIRST


@compiled
def end_break(tables: Tables, work: Scratch, rule: int) -> None:
    """Counters after a break, or after waiting that counts as one (B2, B5)."""
    work.now[N_DRIVE] = work.now[N_OPERATE] = 0
    if tables.pauses[rule, B_LOOSER] != ALIKE:
        work.now[N_LATER] = 1


@compiled
def zero_all(work: Scratch) -> None:
    """Counters after a rest, or at a place that resets them (B3, B4)."""
    work.now[N_DRIVE] = work.now[N_OPERATE] = work.now[N_REST_DRIVE] = work.now[N_REST_OPERATE] = 0


@compiled
def take_pause(tables: Tables, work: Scratch, rule: int, step: int, kind: int, driven: int) -> bool:
    """Break or rest; ``driven``: seconds of the leg done before it, -1 for a pause at a stop.

    Returns
    -------
    bool
        False if there is no such pause.
    """
    limit = B_REST if kind == REST else limit_of_breaks(tables, work, rule)
    seconds, number = tables.pauses[rule, limit + PAUSE], work.now[N_PAUSES]
    if seconds <= 0 or seconds >= BIG or number >= len(work.pause):
        return False
    work.pause[number, 0], work.pause[number, 1] = step, kind
    work.pause[number, 2], work.pause[number, 3] = seconds, driven
    work.now[N_PAUSES] = number + 1
    work.now[N_TIME] += seconds
    if kind == REST:
        zero_all(work)
    else:
        end_break(tables, work, rule)
    return True


@compiled
def pause_before(tables: Tables, work: Scratch, rule: int, seconds: int) -> int:
    """What has to be taken before an action that cannot be split (B2, B3)."""
    rules, now = tables.pauses[rule], work.now
    limit = limit_of_breaks(tables, work, rule)
    if now[N_REST_OPERATE] > 0 and (
        now[N_REST_DRIVE] > rules[B_REST + DRIVE] or now[N_REST_OPERATE] + seconds > rules[B_REST + OPERATE]
    ):
        return REST
    if now[N_OPERATE] > 0 and (
        now[N_DRIVE] > rules[limit + DRIVE] or now[N_OPERATE] + seconds > rules[limit + OPERATE]
    ):
        return BREAK
    return NOTHING


@compiled
def is_too_long(tables: Tables, work: Scratch, rule: int, step: int, limit: int) -> bool:
    """Whether a leg, with the parking around it, passes a limit on its own (B2)."""
    row, rules = work.step[step], tables.pauses[rule]
    parking = row[S_BEFORE] * row[S_COUNTS_BEFORE] + row[S_AFTER] * row[S_COUNTS_AFTER]
    return row[S_DRIVE] > rules[limit + DRIVE] or row[S_DRIVE] + parking > rules[limit + OPERATE]


@compiled
def pause_on_the_way(tables: Tables, work: Scratch, rule: int, step: int, kind: int, driven: int) -> bool:
    """Take a pause on a leg, if the leg is too long; a rest where a break alone is not allowed."""
    limit = limit_of_breaks(tables, work, rule)
    if kind == BREAK and (
        is_too_long(tables, work, rule, step, limit) or is_too_long(tables, work, rule, step, B_LATER)
    ):
        return take_pause(tables, work, rule, step, BREAK, driven)
    return is_too_long(tables, work, rule, step, B_REST) and take_pause(
        tables, work, rule, step, REST, driven
    )


@compiled
def act(work: Scratch, seconds: int, driving: int) -> None:
    """Count operating seconds, and those of them that are driving (B1)."""
    work.now[N_OPERATE] += seconds
    work.now[N_REST_OPERATE] += seconds
    work.now[N_DRIVE] += driving
    work.now[N_REST_DRIVE] += driving


@compiled
def drive(tables: Tables, work: Scratch, rule: int, step: int) -> bool:
    """Drive a leg, with pauses on the way where it is too long; False if a limit would be passed."""
    rules, now = tables.pauses[rule], work.now
    left, pauses = work.step[step, S_DRIVE], 0
    while True:
        limit = limit_of_breaks(tables, work, rule)
        to_rest = min(
            rules[B_REST + DRIVE] - now[N_REST_DRIVE], rules[B_REST + OPERATE] - now[N_REST_OPERATE]
        )
        to_break = min(rules[limit + DRIVE] - now[N_DRIVE], rules[limit + OPERATE] - now[N_OPERATE])
        room = min(to_rest, to_break)
        part = min(left, max(room, 0))
        now[N_TIME] += part
        act(work, part, part)
        left -= part
        if left == 0 and room >= 0:
            return True
        driven = work.step[step, S_DRIVE] - left
        if driven == 0 and (work.step[step, S_BEFORE] == 0 or pauses > 0):
            return False  # at the stop before, or never
        pauses += 1
        kind = REST if to_rest <= to_break else BREAK
        if pauses > MOST_ON_A_LEG or not pause_on_the_way(tables, work, rule, step, kind, driven):
            return False


@compiled
def pass_leg(tables: Tables, work: Scratch, rule: int, step: int) -> bool:
    """Leave, drive, park; False if the leg cannot be driven like that."""
    row, now = work.step[step], work.now
    if row[S_COUNTS_BEFORE]:
        if pause_before(tables, work, rule, row[S_BEFORE]) != NOTHING:
            return False
        act(work, row[S_BEFORE], 0)
    now[N_TIME] += row[S_BEFORE]
    if row[S_RESETS_BEFORE]:
        zero_all(work)
    if row[S_OWN] == OWN_LAST and now[N_TIME] > tables.pauses[rule, B_LEAVE]:
        return False
    if not drive(tables, work, rule, step):
        return False
    kind = pause_before(tables, work, rule, row[S_AFTER]) if row[S_COUNTS_AFTER] else NOTHING
    if kind != NOTHING and not pause_on_the_way(tables, work, rule, step, kind, row[S_DRIVE]):
        return False
    if row[S_OWN] == OWN_FIRST and now[N_TIME] < tables.pauses[rule, B_TAKE]:
        return False
    if tables.pauses[rule, B_CONTINUOUS]:
        now[N_DRIVE] = 0
    if row[S_RESETS_AFTER]:
        zero_all(work)
    if row[S_COUNTS_AFTER]:
        if pause_before(tables, work, rule, row[S_AFTER]) != NOTHING:
            return False
        act(work, row[S_AFTER], 0)
    now[N_TIME] += row[S_AFTER]
    return True


@compiled
def pass_service(tables: Tables, work: Scratch, vehicle: int, rule: int, step: int) -> bool:
    """Wait, which may count as a pause (B5), and serve; False if that is not possible."""
    row, now, rules = work.step[step], work.now, tables.pauses[rule]
    moment = max(now[N_TIME], row[S_FLOOR])
    start = next_start(tables, vehicle, row[S_VISIT], moment, row[S_AFTER])
    if start >= BIG:
        return False
    now[N_START], now[N_WAIT], now[N_KEEP] = start, start - now[N_TIME], 0
    if now[N_WAIT] > 0:
        length = rules[limit_of_breaks(tables, work, rule) + PAUSE]
        if now[N_WAIT] >= length:
            now[N_KEEP] = max(1, length)
            end_break(tables, work, rule)
        if now[N_WAIT] >= rules[B_REST + PAUSE]:
            now[N_KEEP] = max(1, now[N_KEEP], rules[B_REST + PAUSE])
            zero_all(work)
    if row[S_COUNTS_AFTER]:
        if pause_before(tables, work, rule, row[S_AFTER]) != NOTHING:
            return False
        act(work, row[S_AFTER], 0)
    now[N_TIME] = start + row[S_AFTER]
    return True


@compiled
def pass_step(tables: Tables, work: Scratch, vehicle: int, rule: int, step: int, before: int) -> bool:
    """Pause before a step if told so, and do the step; False if that breaks a rule.

    Parameters
    ----------
    rule : int
        Row of ``tables.pauses``.
    before : int
        ``NOTHING``, ``BREAK`` or ``REST``, taken at the stop.
    """
    if before != NOTHING and not take_pause(tables, work, rule, step, before, -1):
        return False
    if work.step[step, S_VISIT] < 0:
        return pass_leg(tables, work, rule, step)
    return pass_service(tables, work, vehicle, rule, step)
