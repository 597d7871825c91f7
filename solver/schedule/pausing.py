"""Where to pause, and when to start a trip with pauses (rules B2-B5, W6), compiled.

Before every step of a trip there is the choice to go on, to take a break, or to take a rest. Labels - the
moment reached and the counters - are carried forward through all choices that could matter, and a label goes
that is nowhere better than another. A step that is passed without waiting is not paused before: a pause after
it is at least as good. So pauses lie in waiting time where that helps, and else as late as the
rules allow.

Exact: whether a timing is valid (every one is the outcome of `breaks.pass_step`), and for a given start the
earliest finish over all choices at stops, as long as no more than `MOST_LABELS` labels are worth keeping and
arriving earlier is never worse. Heuristic: pauses on the way of a leg are taken at the last moment; waiting
that counts as the first break is never avoided (it could be where later breaks are asked for more often);
and the latest start for the earliest finish, or the start of the shortest trip, is the best of some starts
that are tried: that of the timing found moved on until a wait or a window stops it, and those that would be
best without pauses, with and without the time the pauses take.
"""

from solver.problem.arrays import (
    ALIKE,
    B_CONTINUOUS,
    B_FROM,
    B_LOOSER,
    B_REST,
    B_TAKE,
    B_TO,
    BIG,
    DRIVE,
    EITHER,
    F_DUE,
    F_POST_SECS,
    F_PRE_SECS,
    F_READY,
    F_RULES,
    FIRST_LOOSER,
    LATER_LOOSER,
    OPERATE,
    Ints,
    Tables,
)
from solver.problem.compiled import compiled
from solver.schedule.breaks import BREAK, NOTHING, REST, TRANSPORT, limit_of_breaks, pass_step
from solver.schedule.scratch import (
    MOST_LABELS,
    N_COUNTERS,
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
    S_CHOICE,
    S_DRIVING_LEFT,
    S_KEEP,
    S_OPERATING_LEFT,
    S_OWN,
    S_START,
    S_VISIT,
    S_WAIT,
    Scratch,
)
from solver.schedule.timing import backward, count_openings, last_start, opening

MOST_STARTS = 5  # that are tried after the first for a later start
L_PARENT, L_CHOICE = N_COUNTERS, N_COUNTERS + 1  # columns of a label after the moment and the counters


@compiled
def begin(work: Scratch, start: int) -> None:
    """Stand at the start of a trip with all counters at zero."""
    work.now[:] = 0
    work.now[N_TIME] = start


@compiled
def is_worth(tables: Tables, work: Scratch, rule: int, step: int, choice: int) -> bool:
    """Whether a pause at the stop before a step could matter: something is counted, and a limit is ahead."""
    now, row, rules = work.now, work.step[step], tables.pauses[rule]
    if choice == REST:
        return now[N_REST_OPERATE] > 0 and (
            now[N_REST_DRIVE] + row[S_DRIVING_LEFT] > rules[B_REST + DRIVE]
            or now[N_REST_OPERATE] + row[S_OPERATING_LEFT] > rules[B_REST + OPERATE]
        )
    limit = limit_of_breaks(tables, work, rule)
    if now[N_OPERATE] == 0:
        return False
    if now[N_OPERATE] + row[S_OPERATING_LEFT] > rules[limit + OPERATE]:
        return True
    return not rules[B_CONTINUOUS] and now[N_DRIVE] + row[S_DRIVING_LEFT] > rules[limit + DRIVE]


@compiled
def dominates(one: Ints, other: Ints, looser: int) -> bool:
    """Whether a label is nowhere worse than another."""
    for column in range(N_LATER):
        if one[column] > other[column]:
            return False
    if looser == EITHER:
        return one[N_LATER] == other[N_LATER]
    return (
        looser == ALIKE
        or (looser == LATER_LOOSER and one[N_LATER] >= other[N_LATER])
        or (looser == FIRST_LOOSER and one[N_LATER] <= other[N_LATER])
    )


@compiled
def copy_row(target: Ints, source: Ints) -> None:
    """Copy one row over another."""
    for column in range(len(target)):
        target[column] = source[column]


@compiled
def keep_label(work: Scratch, step: int, parent: int, choice: int, looser: int) -> None:
    """Keep ``work.now`` as a label before a step, unless another one is as good."""
    first, count = step * MOST_LABELS, work.labels[step]
    left = 0
    for k in range(count):
        if dominates(work.label[first + k], work.now, looser):
            return
    for k in range(count):
        if not dominates(work.now, work.label[first + k], looser):
            if left != k:
                copy_row(work.label[first + left], work.label[first + k])
            left += 1
    if left == MOST_LABELS:  # the one furthest behind makes room
        left = latest_label(work, first)
        if work.label[first + left, N_TIME] <= work.now[N_TIME]:
            return
        count = MOST_LABELS
    else:
        count = left + 1
    row = work.label[first + left]
    for column in range(N_COUNTERS):
        row[column] = work.now[column]
    row[L_PARENT], row[L_CHOICE] = parent, choice
    work.labels[step] = count


@compiled
def latest_label(work: Scratch, first: int) -> int:
    """Which label of a full list has come least far."""
    found = 0
    for k in range(MOST_LABELS):
        if work.label[first + k, N_TIME] > work.label[first + found, N_TIME]:
            found = k
    return found


@compiled
def go_on(
    tables: Tables, work: Scratch, vehicle: int, rule: int, step: int, label: int, choice: int, due: int
) -> bool:
    """Pass a step from a label with one choice, and keep what comes of it by ``due``.

    Returns
    -------
    bool
        Whether the step was passed without waiting and without a pause on its way: a pause after it then
        leaves every counter where a pause before it would, or lower, at the same moment or earlier.
    """
    row, pauses = work.step[step], work.now[N_PAUSES]
    if not pass_step(tables, work, vehicle, rule, step, choice):
        return False
    if work.now[N_TIME] <= due:
        keep_label(work, step + 1, label, choice, tables.pauses[rule, B_LOOSER])
    if row[S_VISIT] >= 0:
        return work.now[N_WAIT] == 0
    return work.now[N_PAUSES] == pauses and row[S_OWN] == TRANSPORT


@compiled
def choose(tables: Tables, work: Scratch, vehicle: int, steps: int, start: int, due: int) -> int:
    """Choose where to pause so that a trip from a start ends as early as possible.

    Returns
    -------
    int
        The end, with the choices in ``work.step``; ``BIG`` + the first step that nobody passes by ``due``.
    """
    rule = tables.vehicle[vehicle, F_RULES]
    looser = tables.pauses[rule, B_LOOSER]
    begin(work, start)
    work.labels[0] = 0
    keep_label(work, 0, -1, NOTHING, looser)
    for step in range(steps):
        work.labels[step + 1] = 0
        for k in range(work.labels[step]):
            restore_label(work, step, k)
            may_break = is_worth(tables, work, rule, step, BREAK)
            may_rest = is_worth(tables, work, rule, step, REST)
            if go_on(tables, work, vehicle, rule, step, k, NOTHING, due):
                continue
            if may_break:
                restore_label(work, step, k)
                go_on(tables, work, vehicle, rule, step, k, BREAK, due)
            if may_rest:
                restore_label(work, step, k)
                go_on(tables, work, vehicle, rule, step, k, REST, due)
        if work.labels[step + 1] == 0:
            return BIG + step
    return trace(work, steps)


@compiled
def restore_label(work: Scratch, step: int, number: int) -> None:
    """Stand where a label stands."""
    row = work.label[step * MOST_LABELS + number]
    for column in range(N_COUNTERS):
        work.now[column] = row[column]
    work.now[N_PAUSES] = 0


@compiled
def trace(work: Scratch, steps: int) -> int:
    """Write the choices that lead to the earliest end into ``work.step``; returns that end."""
    number, first = 0, steps * MOST_LABELS
    for k in range(work.labels[steps]):
        if work.label[first + k, N_TIME] < work.label[first + number, N_TIME]:
            number = k
    end = work.label[first + number, N_TIME]
    for step in range(steps, 0, -1):
        row = work.label[step * MOST_LABELS + number]
        work.step[step - 1, S_CHOICE] = row[L_CHOICE]
        number = row[L_PARENT]
    return end


@compiled
def replay(tables: Tables, work: Scratch, vehicle: int, steps: int, start: int) -> int:
    """Go through the trip with the choices made, noting services and pauses; returns the end, or ``BIG``."""
    rule, position = tables.vehicle[vehicle, F_RULES], 0
    begin(work, start)
    for step in range(steps):
        row = work.step[step]
        if not pass_step(tables, work, vehicle, rule, step, row[S_CHOICE]):
            return BIG
        if row[S_VISIT] >= 0:
            row[S_START], row[S_WAIT], row[S_KEEP] = work.now[N_START], work.now[N_WAIT], work.now[N_KEEP]
            work.at[position] = work.now[N_START]
            position += 1
    return work.now[N_TIME]


@compiled
def later_by(tables: Tables, work: Scratch, vehicle: int, steps: int) -> int:
    """How much later the trip just replayed may start with the same pauses and the same end.

    Waiting gives way, but not what counts as a pause, and no service leaves its windows.
    """
    delay = 0
    for step in range(steps - 1, -1, -1):
        row = work.step[step]
        if row[S_VISIT] < 0:
            continue
        if row[S_KEEP] > 0:
            delay = row[S_WAIT] - row[S_KEEP]
        else:
            if delay > 0:
                start = last_start(tables, vehicle, row[S_VISIT], row[S_START] + delay, row[S_AFTER])
                delay = start - row[S_START]
            delay += row[S_WAIT]
    return delay


@compiled
def fit(tables: Tables, work: Scratch, vehicle: int, steps: int, start: int, due: int) -> int:
    """Time the trip from a start on, and start later if that changes nothing about its end.

    Returns
    -------
    int
        The start, with the end in ``work.now``; ``BIG`` + the first step that nobody passes by ``due``.
    """
    end = choose(tables, work, vehicle, steps, start, due)
    if end >= BIG:
        return end
    replay(tables, work, vehicle, steps, start)
    delay = later_by(tables, work, vehicle, steps)
    if delay > 0 and replay(tables, work, vehicle, steps, start + delay) != end:
        delay = 0
        replay(tables, work, vehicle, steps, start)
    return start + delay


@compiled
def paused_before(work: Scratch, step: int) -> int:
    """Seconds of the pauses noted before a step."""
    seconds = 0
    for k in range(work.now[N_PAUSES]):
        if work.pause[k, 0] < step:
            seconds += work.pause[k, 2]
    return seconds


@compiled
def first_start(tables: Tables, work: Scratch, vehicle: int) -> int:
    """Earliest start, such that the transport is taken when it may be (W1).

    With the counters at zero, the own leg to it takes as long whenever it starts.
    """
    rule = tables.vehicle[vehicle, F_RULES]
    earliest, taking = tables.pauses[rule, B_FROM], tables.pauses[rule, B_TAKE]
    if taking <= earliest:
        return earliest
    begin(work, taking)
    if not pass_step(tables, work, vehicle, rule, 0, NOTHING):
        return earliest
    return max(earliest, 2 * taking - (work.now[N_TIME] - work.step[0, S_AFTER]))


@compiled
def note_pauses(work: Scratch, steps: int) -> None:
    """Write the seconds of all pauses before each service into ``work.trial``."""
    position = 0
    for step in range(steps):
        if work.step[step, S_VISIT] >= 0:
            work.trial[position] = paused_before(work, step + 1)
            position += 1


@compiled
def finish_early(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, steps: int, first: int, due: int
) -> int:
    """EARLIEST_FINISH: the earliest end, then a late start (W6); returns as `fit`."""
    origin, start = first, fit(tables, work, vehicle, steps, first, due)
    if start >= BIG:
        return start
    end, pauses = work.now[N_TIME], paused_before(work, steps)
    bound = backward(tables, vehicle, route, count, end - tables.vehicle[vehicle, F_POST_SECS], True)
    bound -= tables.vehicle[vehicle, F_PRE_SECS]
    lost = False
    for attempt in range(MOST_STARTS):
        candidate = bound - pauses if attempt == 0 else start + attempt - 1
        if start + pauses >= bound or (attempt > 1 and lost):
            break
        if candidate < start:
            continue
        found = fit(tables, work, vehicle, steps, candidate, end)
        lost = found >= BIG
        if not lost:
            origin, start, end = candidate, found, work.now[N_TIME]
    return fit(tables, work, vehicle, steps, origin, due) if lost else start


@compiled
def cost_least(
    tables: Tables, work: Scratch, vehicle: int, route: Ints, count: int, steps: int, first: int, due: int
) -> int:
    """LOWEST_COST: the shortest of the timings tried (W6); returns as `fit`."""
    origin, start = first, finish_early(tables, work, vehicle, route, count, steps, first, due)
    if start >= BIG:
        return start
    origin, shortest, position = start, work.now[N_TIME] - start, 0
    note_pauses(work, steps)
    for step in range(steps):
        visit = work.step[step, S_VISIT]
        if visit < 0:
            continue
        position += 1
        for number in range(count_openings(tables, vehicle, visit)):
            ends = opening(tables, vehicle, visit, number) + work.step[step, S_AFTER]
            latest = backward(tables, vehicle, route, position, ends, False)
            latest -= tables.vehicle[vehicle, F_PRE_SECS]
            for candidate in (latest, latest - work.trial[position - 1]):
                if candidate < first:
                    continue
                found = fit(tables, work, vehicle, steps, candidate, due)
                if found < BIG and work.now[N_TIME] - found < shortest:
                    origin, shortest = candidate, work.now[N_TIME] - found
    return fit(tables, work, vehicle, steps, origin, due)


@compiled
def time_with_pauses(
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
    """Time a trip that was laid out, with its breaks and rests.

    Parameters
    ----------
    ready, due : int
        When it may be at its start place and has to be at its end place, own legs (T6) without pauses.

    Returns
    -------
    int
        The start of the trip, own legs included, with its end in ``work.now`` and the starts of its services
        in ``work.at``; if there is no such timing: ``BIG`` + the first step that nobody passes.
    """
    rules = tables.pauses[tables.vehicle[vehicle, F_RULES]]
    first, last = first_start(tables, work, vehicle), rules[B_TO]
    if ready > tables.vehicle[vehicle, F_READY]:  # a window for the whole trip (W7)
        first = max(first, ready - tables.vehicle[vehicle, F_PRE_SECS])
    if due < tables.vehicle[vehicle, F_DUE]:
        last = min(last, due + tables.vehicle[vehicle, F_POST_SECS])
    if lowest_cost:
        return cost_least(tables, work, vehicle, route, count, steps, first, last)
    return finish_early(tables, work, vehicle, route, count, steps, first, last)
