"""Which orders of a fixed sequence stand in each other's way, by the one evaluator."""

from collections.abc import Iterable
from dataclasses import fields

import numpy as np

from solver.contract import Capacity, Order
from solver.problem import Problem
from solver.problem.arrays import F_BOX0, F_BOX1, F_MAX_BOXES, F_TRANSPORT, V_ORDER, Ints, Tables
from solver.problem.handle import share
from solver.schedule import Fault, evaluate
from solver.schedule.scratch import FAULT_RULE, FAULT_WHERE, R_END, Scratch, scratch

MEASURES = [item.name for item in fields(Capacity)]
AT_A_VISIT = (Fault.WINDOW, Fault.LIFETIME, Fault.CAPACITY, Fault.PRECEDENCE, Fault.NO_LEG, Fault.BREAKS)
"""Faults that name the visit where they show; what comes after it has no part in them."""


class Rooms:
    """Tables of a problem with less room where cargos of waiting orders lie in the boxes (L5).

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        sizes = np.array([measures(cargo.capacity) for cargo in problem.catalog.cargos]).reshape(-1, 5)
        self._columns = [m for m in range(len(MEASURES)) if sizes[:, m].any()] or [0]

    def beside(self, vehicle: int, waiting: Iterable[Order]) -> Tables:
        """Tables for one vehicle with cargos that lie in its boxes to the end."""
        held = self._held(vehicle, waiting)
        tables = self.problem.tables
        if not held:
            return tables
        box_room, room, limit = tables.box_room.copy(), tables.room.copy(), tables.max_load.copy()
        box_held = tables.box_held.copy()
        for box, load in held:
            box_room[box] -= load
            room[vehicle] -= load
            limit[vehicle] -= load
            box_held[box] = 1
        return share(tables._replace(box_room=box_room, room=room, max_load=limit, box_held=box_held))

    def is_overfull(self, vehicle: int, tables: Tables) -> bool:
        """Whether what lies in the boxes to the end is already too much for any trip."""
        row = tables.vehicle[vehicle]
        mine = slice(row[F_BOX0], row[F_BOX1])
        overfull = (tables.box_room[mine] < -1e-9).any() or (tables.max_load[vehicle] < -1e-9).any()
        return bool(overfull or tables.box_held[mine].sum() > row[F_MAX_BOXES])

    def _held(self, vehicle: int, waiting: Iterable[Order]) -> list[tuple[int, Ints]]:
        """Box rows, and what lies in them to the end."""
        row = self.problem.tables.vehicle[vehicle]
        shift = self.problem.transport_shifts[row[F_TRANSPORT]][0]
        boxes = {box.key: i for i, box in enumerate(self.problem.catalog.transport_shifts[shift][0].boxes)}
        return [
            (
                int(row[F_BOX0]) + boxes[cargo.target_box_key],
                np.array(measures(cargo.capacity))[self._columns],
            )
            for order in waiting
            for cargo in order.cargos
            if cargo.target_box_key in boxes
        ]


def measures(capacity: Capacity) -> list[float]:
    """The five measures."""
    return [getattr(capacity, name) for name in MEASURES]


class SequenceJudge:
    """Judges a fixed sequence of visits with some of its orders left out.

    Parameters
    ----------
    rooms : Rooms
    vehicle : int
    visits : int64 array
        The whole sequence.
    waiting : iterable of Order
        Orders that wait anyway; what they have on board takes room.
    """

    def __init__(self, rooms: Rooms, vehicle: int, visits: Ints, waiting: Iterable[Order]) -> None:
        self.problem, self.rooms = rooms.problem, rooms
        self.vehicle, self.visits = vehicle, visits
        self.order_of = self.problem.tables.visit[visits, V_ORDER]
        self.orders = sorted(set(self.order_of.tolist()))
        self.waiting = list(waiting)
        self._work: Scratch = scratch(self.problem.tables)
        self._tables: dict[frozenset[int], Tables] = {}
        self._laden = {
            order
            for order in self.orders
            if any(cargo.target_box_key for cargo in self.problem.catalog.orders[order].cargos)
        }

    def tables(self, out: frozenset[int]) -> Tables:
        """Tables with the room that is left beside the orders left out."""
        laden = out & self._laden
        if laden not in self._tables:
            waiting = [*self.waiting, *(self.problem.catalog.orders[order] for order in sorted(laden))]
            self._tables[laden] = self.rooms.beside(self.vehicle, waiting)
        return self._tables[laden]

    def left(self, out: frozenset[int]) -> Ints:
        """The visits without the orders left out."""
        return np.ascontiguousarray(self.visits[~np.isin(self.order_of, list(out))], dtype=np.int64)

    def conflict(self, out: frozenset[int]) -> set[int]:
        """Orders of which one more must be left out; none if the rest is valid."""
        route = self.left(out)
        if not len(route):
            return set()
        if self.rooms.is_overfull(self.vehicle, self.tables(out)):
            return set(self.orders) - out
        lowest = self.problem.lowest_cost
        if not evaluate(self.tables(out), self._work, self.vehicle, route, len(route), lowest):
            return set()
        first = self._first_broken(route)
        return set(self.problem.tables.visit[route[: first + 1], V_ORDER].tolist())

    def _first_broken(self, route: Ints) -> int:
        """Position of the visit where the fault shows, the last one where it shows nowhere."""
        where = int(self._work.fault[FAULT_WHERE])
        if Fault(int(self._work.fault[FAULT_RULE])) in AT_A_VISIT and where >= 0:
            found = np.nonzero(route == where)[0]
            if len(found):
                return int(found[0])
        return len(route) - 1

    def end(self) -> float:
        """When the trip ends that was judged last, and found valid."""
        return float(self._work.result[R_END])
