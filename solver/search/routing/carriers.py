"""Which vehicle may carry which order, and when it may start a service: what holds whatever else it does."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.problem.arrays import (
    BIG,
    C_CLASS,
    C_ORDER,
    F_BOX0,
    F_BOX1,
    F_DUE,
    F_END,
    F_EXTRA,
    F_MAX_BOXES,
    F_OWNER,
    F_PCLASS,
    F_PROFILE,
    F_READY,
    F_START,
    F_TCLASS,
    F_WORK_FROM,
    F_WORK_TO,
    O_CLASS,
    O_GROUP,
    O_TRANSPORT,
    U_BOXES,
    V_DEMAND,
    V_LOC,
    V_ORDER,
    V_SECS,
    V_WIN0,
    V_WIN1,
    Tables,
)
from solver.problem.legs import between
from solver.schedule.loads import EPS

Bools = npt.NDArray[np.bool_]
Interval = tuple[int, int]


class Wish(NamedTuple):
    """When a service should be: from its earliest start to its latest end (W5)."""

    opens: int = -BIG
    closes: int = BIG


ANY_TIME = Wish()


def carriers(tables: Tables) -> Bools:
    """Whether a vehicle may carry an order by tags, boxes, targets and hardlinks, (orders, vehicles).

    C1 order - performer, L2 and L3 of one cargo, L5, O5.
    """
    rows, orders = tables.vehicle, tables.order
    allowed = np.isfinite(tables.order_performer)[orders[:, O_CLASS]][:, rows[:, F_PCLASS]]
    owner = orders[:, O_TRANSPORT][:, None]
    allowed &= (owner < 0) | (owner == rows[:, F_OWNER])
    linked = orders[:, O_GROUP] >= 0
    allowed[linked] &= tables.group_vehicle[orders[linked, O_GROUP]]
    if tables.uses[U_BOXES]:
        fit = _fits(tables)
        for cargo, row in enumerate(tables.cargo):
            allowed[row[C_ORDER]] &= fit[cargo]
    return allowed


def _fits(tables: Tables) -> Bools:
    """Whether a cargo goes into some box of a vehicle when it is empty, (cargos, vehicles)."""
    size = tables.cargo_size[:, None, :]
    fit = np.isfinite(tables.cargo_box)[tables.cargo[:, C_CLASS]]
    fit &= (size <= tables.box_room + EPS).all(axis=2) & (size <= tables.box_one + EPS).all(axis=2)
    out = np.zeros((len(tables.cargo), len(tables.vehicle)), dtype=np.bool_)
    for number, row in enumerate(tables.vehicle):
        if row[F_MAX_BOXES] > 0:
            out[:, number] = fit[:, row[F_BOX0] : row[F_BOX1]].any(axis=1)
    return out


class Openings:
    """When vehicles may start services, and where they may stop (W1, W2, W4, C1).

    Parameters
    ----------
    tables : Tables
    """

    def __init__(self, tables: Tables) -> None:
        self._rows = tables.vehicle.tolist()
        self._visits = tables.visit.tolist()
        self._windows = tables.windows.tolist()
        self._extra = tables.extra.tolist()
        self._stops = np.isfinite(tables.place_transport)[tables.visit_class].tolist()

    def seconds(self, vehicle: int, visit: int) -> int:
        """Length of a service (W4)."""
        row = self._visits[visit]
        return int(row[V_SECS] + self._extra[self._rows[vehicle][F_EXTRA]][row[V_DEMAND]])

    def starts(self, vehicle: int, visit: int, wish: Wish = ANY_TIME) -> tuple[Interval, ...]:
        """Intervals in which a service may start, in time order; none where the transport may not stop."""
        row, place = self._rows[vehicle], self._visits[visit][V_LOC]
        if not self._stops[place][row[F_TCLASS]]:
            return ()
        seconds = self.seconds(vehicle, visit)
        opens = max(row[F_WORK_FROM], row[F_READY], wish.opens)
        closes = min(row[F_WORK_TO], row[F_DUE], wish.closes)
        windows = self._windows[self._visits[visit][V_WIN0] : self._visits[visit][V_WIN1]]
        cut = ((max(opens, first), min(closes, last) - seconds) for first, last in windows)
        return tuple((first, last) for first, last in cut if first <= last)


def reach(tables: Tables) -> Bools:
    """Whether a vehicle could serve each service of an order on a trip of its own, (orders, vehicles).

    An estimate for the choice of vehicles: it looks at direct drives and the outer windows only.
    """
    rows, visits = tables.vehicle, tables.visit
    inside = np.zeros((len(visits), len(rows)), dtype=np.bool_)
    for number, row in enumerate(rows):
        there = visits[:, V_LOC]
        come = between(tables, int(row[F_PROFILE]), int(row[F_START]), there, metres=False)
        back = between(tables, int(row[F_PROFILE]), there, int(row[F_END]), metres=False)
        opens = tables.windows[visits[:, V_WIN0], 0]
        closes = tables.windows[visits[:, V_WIN1] - 1, 1]
        start = np.maximum(np.maximum(opens, row[F_WORK_FROM]), row[F_READY] + come)
        end = start + visits[:, V_SECS]
        inside[:, number] = (end <= np.minimum(closes, row[F_WORK_TO])) & (end + back <= row[F_DUE])
    out = carriers(tables)
    demand = visits[:, 0]
    served = np.zeros((len(tables.demand), len(rows)), dtype=np.bool_)
    np.logical_or.at(served, demand, inside)
    np.logical_and.at(out, visits[:, V_ORDER], served[demand])
    return out
