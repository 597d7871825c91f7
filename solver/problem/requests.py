"""Orders, demands, possible events and cargos as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from solver.contract import Cargo, CargoRotationType, Demand, DemandType, Order, PossibleEvent, TimeWindow
from solver.problem.arrays import BIG, DROP, FROM_BOX, MULTI, PAIR, PICKUP, SINGLE, TO_BOX, WORK, Floats, Ints
from solver.problem.boxes import Size
from solver.problem.catalog import VisitName
from solver.problem.places import Places, work_windows
from solver.problem.tags import Classes, Tags, tags

MEASURES = ("mass", "volume", "capacity_a", "capacity_b", "capacity_c")

TYPES = {
    DemandType.PICKUP: PICKUP,
    DemandType.DROP: DROP,
    DemandType.WORK: WORK,
    DemandType.PICKUP_TO_BOX: TO_BOX,
    DemandType.DROP_FROM_BOX: FROM_BOX,
}
SIGN = {PICKUP: 1.0, TO_BOX: 1.0, DROP: -1.0, FROM_BOX: -1.0, WORK: 0.0}

Mix = tuple[Tags, Tags]  # restrictions, features


@dataclass(frozen=True, slots=True)
class CargoKind:
    """What decides into which boxes a cargo may go (C1, L3, K2)."""

    size: Size
    turns: tuple[CargoRotationType, ...]
    restrictions: Tags
    target: str | None


@dataclass(slots=True)
class Requests:
    """The order side of the problem, filled order by order.

    Parameters
    ----------
    places : Places
    epoch : int
        Unix seconds of time zero.
    groups : dict
        Hardlink number by order key (O5).
    owners : dict
        Transport number by box key, for boxes that cargos name as their target (K2).
    """

    places: Places
    epoch: int
    groups: dict[str, int]
    owners: dict[str, int]
    cargos: list[Cargo] = field(default_factory=list)
    visits: list[VisitName] = field(default_factory=list)
    visit_rows: list[tuple[int, ...]] = field(default_factory=list)
    window_rows: list[tuple[int, int]] = field(default_factory=list)
    demand_rows: list[tuple[int, ...]] = field(default_factory=list)
    demand_cargos: list[int] = field(default_factory=list)
    order_rows: list[tuple[int, ...]] = field(default_factory=list)
    cargo_rows: list[tuple[int, ...]] = field(default_factory=list)
    demand_index: dict[str, int] = field(default_factory=dict)
    cargo_kinds: Classes[CargoKind] = field(default_factory=Classes)
    cargo_mixes: Classes[Mix] = field(default_factory=Classes)
    order_mixes: Classes[Mix] = field(default_factory=Classes)
    order_kinds: Classes[tuple[Tags, Tags]] = field(default_factory=Classes)  # restrictions, blacklist

    def add(self, order: Order) -> None:
        """Append one order with its demands and cargos."""
        number = len(self.order_rows)
        first_demand, first_cargo = len(self.demand_rows), len(self.cargos)
        cargo_index = {cargo.key: self._add_cargo(number, cargo) for cargo in order.cargos or []}
        for demand in order.demands:
            self._add_demand(number, order, demand, cargo_index)
        needs = order.compatibilities
        owner = {self.owners[c.target_box_key] for c in order.cargos or [] if c.target_box_key}
        self.order_rows.append(
            (
                first_demand,
                len(self.demand_rows),
                first_cargo,
                len(self.cargos),
                self._shape(order),
                self.order_kinds.number(
                    (tags(needs.performer_restrictions), tags(needs.performer_blacklist))
                ),
                self.order_mixes.number((tags(needs.order_restrictions), tags(needs.order_features))),
                self.groups.get(order.key, -1),
                min(owner) if owner else -1,
            )
        )

    @staticmethod
    def _shape(order: Order) -> int:
        """How the search inserts the order; a precedence that a pickup has anyway binds nothing (O2, O3)."""
        if any(demand.precedence_in_trip for demand in order.demands):
            return MULTI
        if len(order.demands) == 1:
            return SINGLE
        kinds = {demand.demand_type.value: demand for demand in order.demands}
        if len(order.demands) > 2 or set(kinds) != {"DROP", "PICKUP"} or len(order.cargos or []) != 1:
            return MULTI
        first, last = (kinds[kind].precedence_in_order or 0 for kind in ("PICKUP", "DROP"))
        return PAIR if not first or not last or first <= last else MULTI

    def _add_cargo(self, order: int, cargo: Cargo) -> int:
        needs = cargo.compatibilities
        kind = CargoKind(
            size=(needs.width or 0.0, needs.height or 0.0, needs.length or 0.0),
            turns=tuple(sorted(set(needs.rotation or []), key=str)),
            restrictions=tags(needs.box_restrictions),
            target=cargo.target_box_key,
        )
        mix = (tags(needs.cargo_restrictions), tags(needs.cargo_features))
        self.cargo_rows.append((order, self.cargo_kinds.number(kind), self.cargo_mixes.number(mix)))
        self.cargos.append(cargo)
        return len(self.cargos) - 1

    def _add_demand(self, number: int, order: Order, demand: Demand, cargo_index: dict[str, int]) -> None:
        index = len(self.demand_rows)
        self.demand_index[demand.key] = index
        first_visit, first_cargo = len(self.visits), len(self.demand_cargos)
        kind = TYPES[demand.demand_type]
        if kind != WORK:
            self.demand_cargos.extend(cargo_index[key] for key in dict.fromkeys(demand.target_cargos or []))
        for event in demand.possible_events:
            self._add_visit(index, number, event)
            self.visits.append(VisitName(order, demand, event))
        self.demand_rows.append(
            (
                kind,
                number,
                first_visit,
                len(self.visits),
                first_cargo,
                len(self.demand_cargos),
                demand.precedence_in_trip or 0,
                demand.precedence_in_order or 0,
            )
        )

    def _add_visit(self, demand: int, order: int, event: PossibleEvent) -> None:
        location = self.places.index[event.location_key]
        first = len(self.window_rows)
        hard = self.window(event.hard_time_window)
        seconds = event.duration or 0
        for opens, closes in self._service_windows(location, hard):
            if closes - opens >= seconds:
                self.window_rows.append((opens, closes))
        if len(self.window_rows) == first:  # nothing fits: a window that nothing can be served in
            self.window_rows.append((BIG, -BIG))
        soft = self.window(event.soft_time_window) if event.soft_time_window else (-BIG, BIG)
        span = (self.window_rows[first][0], self.window_rows[-1][1])
        windows = (first, len(self.window_rows))
        self.visit_rows.append((demand, order, location, *span, seconds, *windows, *soft))

    def _service_windows(self, location: int, hard: tuple[int, int]) -> list[tuple[int, int]]:
        work = work_windows(self.places.locations[location], self.epoch)
        if not len(work):
            return [hard]
        return [(max(hard[0], int(a)), min(hard[1], int(b))) for a, b in work]

    def window(self, window: TimeWindow) -> tuple[int, int]:
        """A time window in seconds since the epoch."""
        return (
            int(window.start.timestamp()) - self.epoch,
            int(window.end.timestamp()) - self.epoch,
        )

    def cargo_sizes(self) -> Floats:
        """Measures of cargos, (cargos, 5); absent measures are 0 (L1)."""
        rows = [[getattr(cargo.capacity, name) or 0.0 for name in MEASURES] for cargo in self.cargos]
        return np.array(rows, dtype=np.float64).reshape(-1, len(MEASURES))

    def demand_loads(self, sizes: Floats) -> Floats:
        """Change of the load on board by each demand, (demands, 5) (L5)."""
        out = np.zeros((len(self.demand_rows), sizes.shape[1]))
        for i, row in enumerate(self.demand_rows):
            chosen = self.demand_cargos[row[4] : row[5]]
            if chosen:
                out[i] = SIGN[row[0]] * sizes[chosen].sum(axis=0)
        return out


def table(rows: Sequence[tuple[int, ...]], columns: int) -> Ints:
    """Rows as an int64 array that keeps its columns when there are no rows."""
    return np.array(rows, dtype=np.int64).reshape(-1, columns)
