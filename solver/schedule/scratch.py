"""Working memory of the evaluator: made once for a thread, so that evaluating allocates nothing."""

from typing import NamedTuple

import numpy as np

from solver.problem.arrays import Floats, Ints, Tables
from solver.problem.handle import share

# Positions in ``Scratch.result``.
(
    R_METRES, R_SECONDS, R_COST, R_REWARD, R_SOFT, R_PENALTY, R_START, R_END, R_OWN_METRES,
    R_SOFT_REWARD, R_GROUPING, R_STOPS,
) = range(12)  # fmt: skip

# Positions in ``Scratch.fault``: the rule, the visit or other thing it names, how much is missing.
FAULT_RULE, FAULT_WHERE, FAULT_AMOUNT = range(3)


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
    judge: Ints
    result: Floats
    fault: Floats


def scratch(tables: Tables) -> Scratch:
    """Working memory for a problem's evaluator."""

    def ints(count: int) -> Ints:
        return np.zeros(max(1, count), dtype=np.int64)

    measures = tables.cargo_size.shape[1]
    visits, handlings = len(tables.visit) + 2, 2 * len(tables.cargo) + 2
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
            judge=ints(1),
            result=np.zeros(12),
            fault=np.zeros(3),
        )
    )
