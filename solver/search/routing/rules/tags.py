"""Tags in the routing model beyond C1 of orders: orders together, and what missing tags cost (C1-C3)."""

import numpy as np

from solver.problem.arrays import (
    F_PCLASS,
    F_TCLASS,
    M_MAX_PENALTY,
    M_PAIR_PENALTY,
    O_CLASS,
    O_MIX,
    U_ORDER_MIX,
    U_PLACE,
    U_PRICES,
    Floats,
)
from solver.search.routing.frame import MOST, Frame

PARTS = 10_000  # of a unit of price


def add(frame: Frame) -> None:
    """Add what the task needs of these rules."""
    if frame.tables.uses[U_ORDER_MIX]:
        _apart(frame)
    if frame.tables.uses[U_PRICES] or frame.tables.uses[U_PLACE]:
        _allowance(frame)


def _apart(frame: Frame) -> None:
    """Orders that must not share a trip (C2), as types of visits that exclude each other."""
    bad = np.isinf(frame.tables.order_mix)
    types: dict[tuple[int, int], int] = {}
    for order, demands in frame.layout.orders.items():
        mix = int(frame.tables.order[order, O_MIX])
        kind = types.setdefault((mix, order if bad[mix, mix] else -1), len(types))
        for nodes in demands:
            for node in nodes:
                policy = frame.routing.TYPE_ON_VEHICLE_UP_TO_VISIT
                frame.routing.SetVisitType(frame.index[node], kind, policy)
    for (mix, _), kind in types.items():
        for (other, _), another in types.items():
            if kind < another and bad[mix, other]:
                frame.routing.AddHardTypeIncompatibility(kind, another)


def prices(frame: Frame, position: int) -> Floats:
    """Price of missing tags by the node that is left and the one that is driven to, (nodes, nodes).

    Stopping at a place is paid on the way there, an order at its first demand; infinite prices are left
    to the vehicles that a node allows.
    """
    row, tables, layout = frame.rows[position], frame.tables, frame.layout
    nowhere = len(tables.place)
    by_place = tables.place_transport[tables.visit_class, row[F_TCLASS]]
    stop = np.append(by_place, 0.0)[layout.place]
    out: Floats = frame.moves().astype(np.float64) * np.where(
        np.isfinite(stop) & (layout.place != nowhere), stop, 0.0
    )
    for order, demands in layout.orders.items():
        price = tables.order_performer[tables.order[order, O_CLASS], row[F_PCLASS]]
        if np.isfinite(price):
            out[demands[0]] += price
    return out


def _allowance(frame: Frame) -> None:
    """What missing tags of a trip may cost together (C3)."""
    transits, most = [], []
    for position, vehicle in enumerate(frame.layout.vehicles):
        money = frame.tables.vehicle_money[vehicle]
        spent = np.ceil(PARTS * prices(frame, position) - 1e-6)
        start = frame.tables.place_transport
        begin = frame.layout.place[frame.layout.starts[position]]
        paid = 0.0
        if begin < len(frame.tables.visit_class):
            paid = float(start[frame.tables.visit_class[begin], frame.rows[position, F_TCLASS]])
        left = money[M_MAX_PENALTY] - money[M_PAIR_PENALTY] - paid
        transits.append(frame.register(spent.astype(np.int64)))
        most.append(int(min(MOST, max(0.0, np.floor(PARTS * left + 1e-6)))))
    frame.dimension(transits, 0, most, "penalty")
