"""The orders that are left as columns, for matching them with many performers and transports at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.checks.classes import Classes, Flags, Numbers
from solver.checks.measures import EPSILON, Measures, measures
from solver.checks.moments import Span, span
from solver.checks.sizes import Size, Turn, cargo_size, turns
from solver.checks.tags import Prices, Requirements, Tags
from solver.checks.view import View
from solver.contract import Cargo, DemandType, Order

Floats = NDArray[np.float64]

LOADING = (DemandType.PICKUP, DemandType.PICKUP_TO_BOX)


class Columns:
    """Rows of equal length as columns, also when there are none."""

    def __init__(self, rows: Sequence[tuple[float, ...]] | Floats, width: int) -> None:
        table = np.array(rows, dtype=np.float64).reshape(len(rows), width).T
        self.values: Floats = np.ascontiguousarray(table)
        self._largest: list[float] = self.values.max(axis=1, initial=0.0).tolist()

    def __len__(self) -> int:
        return int(self.values.shape[1])

    def within(self, limits: Sequence[float]) -> Flags:
        """Rows of which no value is over the limit of its column."""
        found: Flags | None = None
        for row, (largest, limit) in enumerate(zip(self._largest, limits, strict=True)):
            if largest > limit + EPSILON:
                fits = self.values[row] <= limit + EPSILON
                found = fits if found is None else found & fits
        return np.ones(len(self), dtype=np.bool_) if found is None else found


@dataclass(slots=True)
class Events:
    """Possible events that are not cut.

    Attributes
    ----------
    start, end : (events,) float64
        Hard windows in Unix seconds; unbounded where all orders get the same window (A1).
    demand : (events,) int
        Which demand each belongs to, ``order`` : (demands,) which order a demand belongs to.
    needs : Requirements
        What the event's location asks of a transport.
    """

    start: Floats
    end: Floats
    demand: Numbers
    order: Numbers
    needs: Requirements
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


def events_of(view: View, orders: list[Order], price: Prices) -> Events:
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
    start, end = Columns(spans, 2).values
    return Events(
        start,
        end,
        np.array(demand_of, dtype=np.intp),
        np.array(order_of, dtype=np.intp),
        Requirements(needs, price),
        len(orders),
    )


@dataclass(slots=True)
class Cargos:
    """Cargos of the orders.

    Attributes
    ----------
    load : Columns
        Their measures.
    turned : list of ((some,) int, Columns)
        For each way a cargo may lie: which of them may, and their sizes along the box's sides, in metres.
    needs : Requirements
        Features asked of a box.
    target : Classes
        Box a cargo lies in from the start (None: any).
    order : (cargos,) int
        Which order each belongs to.
    peak : Columns
        Measures on board after the order's largest loading.
    """

    load: Columns
    turned: list[tuple[Numbers, Columns]]
    needs: Requirements
    target: Classes[str | None]
    order: Numbers
    peak: Columns

    def fit_load(self, capacity: Measures) -> Flags:
        """Cargos that no measure of the capacity forbids."""
        return self.load.within(capacity)

    def fit_size(self, box: Size) -> Flags:
        """Cargos that go into an empty box of this size (L3)."""
        found = np.zeros(len(self.order), dtype=np.bool_)
        if not any(box):
            return ~found
        for rows, size in self.turned:
            found[rows] |= size.within(box)
        return found

    def fit_target(self, box_key: str) -> Flags:
        """Cargos that may be in this box: those that lie there, and those that lie nowhere yet."""
        return self.target.equal(None) | self.target.equal(box_key)


def cargos_of(orders: list[Order], price: Prices) -> Cargos:
    """Columns of the cargos of some orders."""
    rows: list[tuple[int, Cargo]] = [(i, cargo) for i, order in enumerate(orders) for cargo in order.cargos]
    cargos = [cargo for _, cargo in rows]
    return Cargos(
        Columns([measures(cargo.capacity) for cargo in cargos], 5),
        _turned(cargos),
        Requirements([frozenset(cargo.compatibilities.box_restrictions) for cargo in cargos], price),
        Classes(cargo.target_box_key for cargo in cargos),
        np.array([i for i, _ in rows], dtype=np.intp),
        Columns([_peak(order) for order in orders], 5),
    )


def _turned(cargos: list[Cargo]) -> list[tuple[Numbers, Columns]]:
    rows: dict[Turn, list[int]] = {}
    for row, cargo in enumerate(cargos):
        for turn in turns(frozenset(cargo.compatibilities.rotation)):
            rows.setdefault(turn, []).append(row)
    sizes = np.array([cargo_size(cargo) for cargo in cargos], dtype=np.float64).reshape(-1, 3)
    return [(np.array(some, dtype=np.intp), Columns(sizes[some][:, turn], 3)) for turn, some in rows.items()]


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
