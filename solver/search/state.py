"""The search's memory: routes, where every demand is, what is absent.

A route keeps the visits that have a place in its order. A pickup at the start place that can be done with
the rest of the loading is *implicit*: its order's drop carries it, and it becomes a visit of its own when
the route is expanded for the evaluator. Routes of a delivery round are half as long that way.
"""

from typing import NamedTuple

import numpy as np

from solver.problem.arrays import Floats, Ints, Problem
from solver.problem.handle import share
from solver.search.shortcuts import keeps_lengths

# Columns of ``meta``. READY: earliest end of loading; BY: latest; LOADING: seconds of the implicit pickups.
# FINE: what violated soft windows cost, rounded up. The first SAVED ones change with the route.
(
    T_LENGTH, T_VEHICLE, T_FROM, T_BY, T_LOADING, T_IMPLICIT, T_BUSY, T_METRES, T_SECONDS, T_FINE,
    T_TOUCHED, T_MARK, T_DIRTY, T_BEST_LENGTH, T_BEST_VEHICLE,
) = range(15)  # fmt: skip
SAVED = 10

COUNTERS = 17
# Positions in ``counter``. TRIED: places of a route looked at for a visit, or pairs of places for a pickup
# and its drop; JUDGED: sequences given to the evaluator for them. OPTIONS: rows of ``option`` in use;
# ACCEPTED: places for the same visits that the evaluator accepted. RELOADED: orders taken out in this
# iteration that were loaded where their trip starts, but on the way.
(
    N_STAMP, N_MARK, N_ABSENT, N_SAVED_ABSENT, N_TOUCHED, N_TRIPS, N_BLINK, N_BEST_ABSENT, N_ITERATIONS,
    N_FREE, N_SEEDS, N_TRIED, N_JUDGED, N_OPTIONS, N_ACCEPTED, N_BEST_TRIPS, N_RELOADED,
) = range(COUNTERS)  # fmt: skip

# Positions in ``found``, the best insertion so far, and in rows of ``option``. FAULT: the evaluator's answer.
(
    I_ROUTE, I_KIND, I_FIRST, I_SECOND, I_AT, I_AT_SECOND, I_PICKUP, I_VEHICLE, I_LENGTH,
    I_FAULT,
) = range(10)  # fmt: skip
ONE, TWO, WHOLE, NOTHING = range(4)

# Positions in ``value``.
X_ROUTES, X_BEST, X_FOUND, X_CROWDED = range(4)


class State(NamedTuple):
    """Arrays of one search thread.

    Attributes
    ----------
    route : (routes, longest) int64
        Visits at positions 1..length.
    place : (routes, longest) int64
        Locations by position; 0 is the start place, length + 1 the end place.
    leave : (routes, longest) int64
        Earliest end of service by position; at 0: when loading is done.
    latest : (routes, longest) int64
        Latest start of service by position; at length + 1: latest arrival at the end place.
    busy : (routes, longest) int64
        Seconds of loading, driving and service from the start to a position; no columns where the lengths of
        trips are not kept (`solver.search.lengths`), as in the next two.
    lead : (routes, longest) int64
        Latest start of the trip by the windows up to a position.
    finish : (routes, longest) int64
        Earliest moment at the end place by the windows from a position on.
    load, peak_before, peak_after : (routes, longest, k) float64
        Load on board after a position; the largest up to it; the largest from it on.
    meta : (routes, 15) int64
    cost : (routes,) float64
    at_route, at_position : (visits,) int64
        Where a visit is; route -1 when it is nowhere.
    implicit : (orders,) int64
        The implicit pickup visit of a planned order, or -1.
    order_route : (orders,) int64
        Route of an order, -1 when absent.
    group_route, group_members : (groups,) int64
        Route that a hardlink's orders are in, and how many.
    used_performer, used_transport, used_group : int64
        Shifts in use by kind, and by max_work_shifts row.
    saved_route : (routes,) int64
        Routes that this iteration touches; what follows are copies of them.
    saved, saved_implicit, saved_meta, saved_cost
    saved_times : (routes, longest, 6) int64
        Place, leave, latest, busy, lead and finish.
    saved_loads : (routes, longest, 3 k) float64
        Load, peak_before and peak_after, by measure.
    best, best_implicit
        Routes of the best plan.
    absent, saved_absent, best_absent, candidate, sorted_absent : int64
        Lists of orders or routes.
    bound : (routes,) float64
        What an order adds at least to each candidate route.
    option : (options, 10) int64
    worth : (options, 2) float64
        Places that an order may take; see `solver.search.options`.
    key : (orders,) float64
        Sorting keys of absent orders.
    seeds : (visits,) int64
        Visits a ruin may start from; as many as the counter says.
    close : (locations,) int64
        The last iteration that began its ruin near the place.
    missed : (orders,) float64
        How often an order was left out (fleet reduction).
    counter, found : int64
    outcome : (12,) float64
        What the evaluator has found out about the best insertion so far.
    value : float64
    trial, trial_best, spare : int64
        Sequences under trial.
    moment : (4, longest) int64
        Times of a sequence under trial, and of the route it is made from.
    crowd_of, saved_crowd : (routes, limits, k + 1) float64
        What each route does at locations with limits (see `solver.schedule.limits`); copies of it.
    crowd, crowd_trial : (limits, k + 1) float64
        The sum over the routes; that of a plan under trial.
    random : (1,) uint64
    """

    route: Ints
    place: Ints
    leave: Ints
    latest: Ints
    busy: Ints
    lead: Ints
    finish: Ints
    load: Floats
    peak_before: Floats
    peak_after: Floats
    meta: Ints
    cost: Floats
    at_route: Ints
    at_position: Ints
    implicit: Ints
    order_route: Ints
    group_route: Ints
    group_members: Ints
    used_performer: Ints
    used_transport: Ints
    used_group: Ints
    saved_route: Ints
    saved: Ints
    saved_implicit: Ints
    saved_meta: Ints
    saved_cost: Floats
    saved_times: Ints
    saved_loads: Floats
    best: Ints
    best_implicit: Ints
    absent: Ints
    saved_absent: Ints
    best_absent: Ints
    candidate: Ints
    sorted_absent: Ints
    bound: Floats
    option: Ints
    worth: Floats
    key: Floats
    seeds: Ints
    close: Ints
    missed: Floats
    counter: Ints
    found: Ints
    outcome: Floats
    value: Floats
    trial: Ints
    trial_best: Ints
    spare: Ints
    moment: Ints
    crowd_of: Floats
    saved_crowd: Floats
    crowd: Floats
    crowd_trial: Floats
    random: np.ndarray[tuple[int, ...], np.dtype[np.uint64]]


SPREAD, SHIFT = 0x9E3779B97F4A7C15, 0x2545F4914F6CDD1D  # make neighbouring seeds far apart
OPTIONS_A_ROUTE = 20  # rows of ``option`` for each route there may be
MOST_CELLS = 8_000_000  # bound on routes x longest: about 0.7 GB of state


def longest_route(problem: Problem, routes: int) -> int:
    """Positions kept for each route, start and end included."""
    demands = len(problem.tables.demand)
    return min(demands + 4, max(400, MOST_CELLS // max(1, routes)))


def empty_state(problem: Problem, seed: int) -> State:
    """Memory for a search that has planned nothing yet."""
    tables = problem.tables
    routes = int(min(tables.performer_count.sum(), tables.transport_count.sum()))
    longest, orders = longest_route(problem, routes), len(tables.order)
    k = tables.cargo_size.shape[1]

    def ints(*shape: int, fill: int = 0) -> Ints:
        return np.full(shape, fill, dtype=np.int64)

    def floats(*shape: int) -> Floats:
        return np.zeros(shape)

    rows = max(1, routes)
    sequence = len(tables.demand) + 4
    limits = len(tables.limit_window)
    crowds = rows if limits else 1
    timed = longest if keeps_lengths(problem) else 0
    return share(State(
        route=ints(rows, longest), place=ints(rows, longest), leave=ints(rows, longest),
        latest=ints(rows, longest), busy=ints(rows, timed), lead=ints(rows, timed),
        finish=ints(rows, timed), load=floats(rows, longest, k), peak_before=floats(rows, longest, k),
        peak_after=floats(rows, longest, k), meta=ints(rows, 15), cost=floats(rows),
        at_route=ints(len(tables.visit), fill=-1), at_position=ints(len(tables.visit)),
        implicit=ints(orders, fill=-1), order_route=ints(orders, fill=-1),
        group_route=ints(max(1, len(tables.group_vehicle)), fill=-1),
        group_members=ints(max(1, len(tables.group_vehicle))),
        used_performer=ints(len(tables.performer_count)), used_transport=ints(len(tables.transport_count)),
        used_group=ints(max(1, len(tables.group_limit))), saved_route=ints(rows), saved=ints(rows, longest),
        saved_implicit=ints(rows, longest), saved_meta=ints(rows, SAVED), saved_cost=floats(rows),
        saved_times=np.zeros((rows, longest, 6), dtype=np.int64), saved_loads=floats(rows, longest, 3 * k),
        best=ints(rows, longest), best_implicit=ints(rows, longest), absent=ints(orders + 1),
        saved_absent=ints(orders + 1), best_absent=ints(orders + 1), candidate=ints(rows + 1),
        sorted_absent=ints(orders + 1), bound=floats(rows + 1), option=ints(OPTIONS_A_ROUTE * (rows + 1), 10),
        worth=floats(OPTIONS_A_ROUTE * (rows + 1), 2), key=floats(orders + 1),
        seeds=ints(len(tables.visit)), close=ints(len(tables.place), fill=-1), missed=floats(orders),
        counter=ints(COUNTERS),
        found=ints(10), outcome=floats(12), value=floats(4), trial=ints(sequence), trial_best=ints(sequence),
        spare=ints(sequence), moment=ints(4, sequence),
        crowd_of=floats(crowds, limits, k + 1), saved_crowd=floats(crowds, limits, k + 1),
        crowd=floats(limits, k + 1), crowd_trial=floats(limits, k + 1),
        random=np.array([(seed * SPREAD + SHIFT) % 2**64 or 1], dtype=np.uint64),
    ))  # fmt: skip
