"""The orders that are left as columns, for matching them with many performers and transports at once."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from solver.checks.measures import EPSILON, Measures, measures
from solver.checks.moments import Span, span
from solver.checks.sizes import Size, cargo_size, turns
from solver.checks.tags import Tags
from solver.checks.view import View
from solver.contract import Cargo, CargoRotationType, DemandType, Order

K = TypeVar("K", bound=Hashable)
Flags = NDArray[np.bool_]
Numbers = NDArray[np.intp]
Floats = NDArray[np.float64]

LOADING = (DemandType.PICKUP, DemandType.PICKUP_TO_BOX)


class Classes(Generic[K]):
    """Distinct values, and which of them each row has."""

    def __init__(self, rows: Iterable[K]) -> None:
        numbers: dict[K, int] = {}
        self.of_row: Numbers = np.array(
            [numbers.setdefault(row, len(numbers)) for row in rows], dtype=np.intp
        )
        self.values = list(numbers)

    def spread(self, flags: Iterable[bool]) -> Flags:
        """A flag for each distinct value as a flag for each row."""
        return np.asarray(np.fromiter(flags, np.bool_, len(self.values))[self.of_row], dtype=np.bool_)


def matrix(rows: list[tuple[float, ...]], width: int) -> Floats:
    """Rows of equal length as an array, also when there are none."""
    return np.array(rows, dtype=np.float64).reshape(len(rows), width)


@dataclass(slots=True)
class Events:
    """Possible events that are not cut.

    Attributes
    ----------
    start, end : (events,) float64
        Hard windows in Unix seconds; unbounded where all orders get the same window (A1).
    demand : (events,) int
        Which demand each belongs to, ``order`` : (demands,) which order a demand belongs to.
    needs : Classes of Tags
        What the event's location asks of a transport.
    """

    start: Floats
    end: Floats
    demand: Numbers
    order: Numbers
    needs: Classes[Tags]
    orders: int

    def serve(self, possible: Flags) -> Flags:
        """Orders of which every demand has a possible event among those flagged."""
        served = np.bincount(self.demand[possible], minlength=len(self.order)) > 0
        return np.asarray(np.bincount(self.order[~served], minlength=self.orders) == 0)

    def during(self, shift: Span) -> Flags:
        """Orders of which every demand has a window that a shift meets."""
        start, end = shift
        if start > end:
            return np.zeros(self.orders, dtype=np.bool_)
        return self.serve((self.start <= end) & (self.end >= start))


def events_of(view: View, orders: list[Order]) -> Events:
    """Columns of the events of some orders."""
    same_window = view.assumptions.same_order_time_window
    spans: list[Span] = []
    needs: list[Tags] = []
    demand_of: list[int] = []
    order_of: list[int] = []
    tags = {
        key: frozenset(item.compatibilities.transport_restrictions) for key, item in view.locations.items()
    }
    for number, order in enumerate(orders):
        for demand in order.demands:
            for event in demand.possible_events:
                if (demand.key, event.key) not in view.cuts.events:
                    spans.append((-np.inf, np.inf) if same_window else span(event.hard_time_window))
                    needs.append(tags[event.location_key])
                    demand_of.append(len(order_of))
            order_of.append(number)
    windows = matrix([*spans], 2)
    return Events(
        windows[:, 0],
        windows[:, 1],
        np.array(demand_of, dtype=np.intp),
        np.array(order_of, dtype=np.intp),
        Classes(needs),
        len(orders),
    )


@dataclass(slots=True)
class Cargos:
    """Cargos of the orders.

    Attributes
    ----------
    load : (cargos, 5) float64
        Their measures.
    size : (cargos, 3) float64
        Width, height, length in metres.
    rotation, needs, target : Classes
        Allowed rotations, features asked of a box, box a cargo lies in from the start (None: any).
    order : (cargos,) int
        Which order each belongs to.
    peak : (orders, 5) float64
        Measures on board after the order's largest loading.
    """

    load: Floats
    size: Floats
    rotation: Classes[frozenset[CargoRotationType]]
    needs: Classes[Tags]
    target: Classes[str | None]
    order: Numbers
    peak: Floats

    def fit_load(self, capacity: Measures) -> Flags:
        """Cargos that no measure of the capacity forbids."""
        return np.asarray((self.load <= np.array(capacity) + EPSILON).all(axis=1))

    def fit_size(self, box: Size) -> Flags:
        """Cargos that go into an empty box of this size (L3)."""
        found = np.zeros(len(self.size), dtype=np.bool_)
        if not any(box):
            return ~found
        for number, rotation in enumerate(self.rotation.values):
            rows = np.flatnonzero(self.rotation.of_row == number)
            for turn in turns(rotation):
                found[rows] |= (self.size[rows][:, list(turn)] <= np.array(box) + EPSILON).all(axis=1)
        return found

    def fit_target(self, box_key: str) -> Flags:
        """Cargos that may be in this box: those that lie there, and those that lie nowhere yet."""
        return self.target.spread(key is None or key == box_key for key in self.target.values)


def cargos_of(orders: list[Order]) -> Cargos:
    """Columns of the cargos of some orders."""
    rows: list[tuple[int, Cargo]] = [(i, cargo) for i, order in enumerate(orders) for cargo in order.cargos]
    cargos = [cargo for _, cargo in rows]
    return Cargos(
        matrix([measures(cargo.capacity) for cargo in cargos], 5),
        matrix([cargo_size(cargo) for cargo in cargos], 3),
        Classes(frozenset(cargo.compatibilities.rotation) for cargo in cargos),
        Classes(frozenset(cargo.compatibilities.box_restrictions) for cargo in cargos),
        Classes(cargo.target_box_key for cargo in cargos),
        np.array([i for i, _ in rows], dtype=np.intp),
        matrix([_peak(order) for order in orders], 5),
    )


def _peak(order: Order) -> Measures:
    """What is on board, measure by measure, after the loading that brings the most of it."""
    loads = {cargo.key: measures(cargo.capacity) for cargo in order.cargos}
    sums = [
        [sum(column) for column in zip(*(loads[key] for key in set(demand.target_cargos)), strict=True)]
        for demand in order.demands
        if demand.demand_type in LOADING
    ]
    a, b, c, d, e = (max(column) for column in zip(*sums, strict=True)) if sums else (0.0,) * 5
    return a, b, c, d, e
