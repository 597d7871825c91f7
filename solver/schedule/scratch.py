"""Working memory of the evaluator: made once for a thread, so that evaluating allocates nothing."""

from typing import NamedTuple

import numpy as np

from solver.problem.arrays import U_BREAKS, U_SOFT, Floats, Ints, Tables
from solver.problem.handle import share

# Positions in ``Scratch.result``.
(
    R_METRES, R_SECONDS, R_COST, R_REWARD, R_SOFT, R_PENALTY, R_START, R_END, R_OWN_METRES,
    R_SOFT_REWARD, R_GROUPING, R_STOPS,
) = range(12)  # fmt: skip

# Positions in ``Scratch.fault``: the rule, the visit or other thing it names, how much is missing.
FAULT_RULE, FAULT_WHERE, FAULT_AMOUNT = range(3)

# Columns of ``Scratch.step``: a leg (visit -1) or a service of a trip with breaks. BEFORE and AFTER are
# leaving and parking, or the service; COUNTS: whether they are operating time; LEFT: sums from here on.
# FLOOR: before it a service must not start.
(
    S_VISIT, S_OWN, S_BEFORE, S_DRIVE, S_AFTER, S_COUNTS_BEFORE, S_COUNTS_AFTER, S_RESETS_BEFORE,
    S_RESETS_AFTER, S_DRIVING_LEFT, S_OPERATING_LEFT, S_CHOICE, S_START, S_WAIT, S_KEEP,
    S_FLOOR,
) = range(16)  # fmt: skip

# Positions in ``Scratch.now``: the moment, seconds driven and operated since the last break and the last
# rest, whether the first break is over; of the last service its start, the wait before it and how much of the
# wait counts as a pause; how many pauses are noted.
(
    N_TIME, N_DRIVE, N_OPERATE, N_REST_DRIVE, N_REST_OPERATE, N_LATER, N_START, N_WAIT, N_KEEP, N_PAUSES,
) = range(10)  # fmt: skip
N_COUNTERS = 6  # the moment and the counters are the first so many
MOST_LABELS = 8  # ways of pausing that are followed at a time
SPARE_PAUSES = 500  # that a trip may have beyond one before each step


LABELS = 16  # compromises between fines and time kept at a place; see `solver.schedule.soft`


class Scratch(NamedTuple):
    """Working arrays and the result of the last evaluation.

    Attributes
    ----------
    at : (visits,) int64
        Start of the services of the evaluated route, by position.
    trial : (visits,) int64
        Starts of timings that were only tried.
    box_of : (cargos,) int64
        Box row a cargo was put into.
    box_load : (boxes, k) float64
    load : (k,) float64
        Load on board.
    content : (cargos,) int64
        Cargos on board, for C2 between cargos.
    content_count : (1,) int64
    handling, chosen : (2 * cargos,) int64
        Cargos loaded and unloaded along the route, and the box rows chosen for loads.
    rank, price : (2 * cargos,) float64
        Rank and price of the chosen boxes.
    box_uses : (boxes,) int64
        Cargos put into a box so far in the route.
    seen_order, seen_place : int64
        Stamps: equal to ``stamp[0]`` when seen in this evaluation.
    stamp : (1,) int64
    orders : (orders,) int64
        Orders of the route.
    stops : (visits + 4,) int64
        Places of the route's stops, start and finish included.
    spans, spare_spans : (n, 2) int64
        Windows that the whole trip may lie in (W7).
    step : (steps, 16) int64
        Legs and services of a trip with breaks and rests; see the ``S_`` columns.
    now : (10,) int64
        Where such a trip has come to; see the ``N_`` positions.
    label, labels : int64
        Ways to come to each step: `MOST_LABELS` rows a step, and how many of them are in use.
    pause : (n, 4) int64
        Pauses on the way to ``now``: the step, BREAK or REST, seconds, seconds of the leg driven before (-1:
        taken at the stop before the step).
    least : (visits,) float64
        Lower bounds of the fines from a service on (Z12).
    back_key, back_fine, back_count, front_key, front_fine, front_count
        Labels of timings with soft windows; see `solver.schedule.soft`.
    best_timing, begin_finish
        Price and fines, begin and finish of the best timing so far.
    hasty : (1,) int64
        1: a route may be refused early; which rule it breaks is of no interest, and packings that take long
        to find are not looked for.
    judge : (1,) int64
        Address of the evaluator; see `solver.schedule.judging`.
    result : float64
        See the ``R_`` positions.
    fault : float64
        Rule (`solver.schedule.faults.Fault`), what it names, how much is missing.
    """

    at: Ints
    trial: Ints
    box_of: Ints
    box_load: Floats
    load: Floats
    content: Ints
    content_count: Ints
    handling: Ints
    chosen: Ints
    rank: Floats
    price: Floats
    box_uses: Ints
    seen_order: Ints
    seen_place: Ints
    stamp: Ints
    orders: Ints
    stops: Ints
    spans: Ints
    spare_spans: Ints
    step: Ints
    now: Ints
    label: Ints
    labels: Ints
    pause: Ints
    least: Floats
    back_key: Ints
    back_fine: Floats
    back_count: Ints
    front_key: Ints
    front_fine: Floats
    front_count: Ints
    best_timing: Floats
    begin_finish: Ints
    hasty: Ints
    judge: Ints
    result: Floats
    fault: Floats


def scratch(tables: Tables) -> Scratch:
    """Working memory for a problem's evaluator."""

    def ints(count: int, *columns: int) -> Ints:
        return np.zeros((max(1, count), *columns), dtype=np.int64)

    measures = tables.cargo_size.shape[1]
    rows = len(tables.demand) + 2 if tables.uses[U_SOFT] else 1
    visits, handlings = len(tables.visit) + 2, 2 * len(tables.cargo) + 2
    steps = 2 * visits + 4 if tables.uses[U_BREAKS] else 1
    return share(
        Scratch(
            at=ints(visits),
            trial=ints(visits),
            box_of=ints(len(tables.cargo)),
            box_load=np.zeros(tables.box_room.shape),
            load=np.zeros(measures),
            content=ints(len(tables.cargo)),
            content_count=ints(1),
            handling=ints(handlings),
            chosen=ints(handlings),
            rank=np.zeros(handlings),
            price=np.zeros(handlings),
            box_uses=ints(len(tables.box_room)),
            seen_order=ints(len(tables.order)),
            seen_place=ints(len(tables.place)),
            stamp=ints(1),
            orders=ints(len(tables.order)),
            stops=ints(visits + 4),
            spans=np.zeros((len(tables.life) + 1, 2), dtype=np.int64),
            spare_spans=np.zeros((len(tables.life) + 1, 2), dtype=np.int64),
            step=ints(steps, 16),
            now=ints(10),
            label=ints(steps * MOST_LABELS, N_COUNTERS + 2),
            labels=ints(steps),
            pause=ints(steps + SPARE_PAUSES if tables.uses[U_BREAKS] else 1, 4),
            least=np.zeros(rows),
            back_key=np.zeros((rows, LABELS), dtype=np.int64),
            back_fine=np.zeros((rows, LABELS)),
            back_count=ints(rows),
            front_key=np.zeros((2, LABELS), dtype=np.int64),
            front_fine=np.zeros((2, LABELS)),
            front_count=ints(2),
            best_timing=np.zeros(2),
            begin_finish=ints(2),
            hasty=ints(1),
            judge=ints(1),
            result=np.zeros(12),
            fault=np.zeros(3),
        )
    )
