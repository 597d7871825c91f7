"""From the contract to arrays: the only place that translates that way."""

from math import inf

import numpy as np

from solver.contract import HardlinkElementType, PlanTask, TransportType, TripStartTimeStrategy
from solver.geo import MatrixSource, StraightLine
from solver.problem.arrays import (
    BIG,
    BY_FLIGHT,
    BY_TRAVEL,
    D_IN_ORDER,
    D_IN_TRIP,
    F_BOX0,
    F_BOX1,
    F_OWNER,
    F_PERFORMER,
    F_TRANSPORT,
    NO_GROUPING,
    O_GROUP,
    O_TRANSPORT,
    V_SOFT_FROM,
    Floats,
    Ints,
    Legs,
    Problem,
    Tables,
)
from solver.problem.boxes import fits
from solver.problem.catalog import Catalog
from solver.problem.fines import fines, time_price
from solver.problem.handle import share
from solver.problem.lifetimes import Lives
from solver.problem.limits import beginning_later, limits
from solver.problem.places import Places
from solver.problem.requests import MEASURES, CargoKind, Requests, table
from solver.problem.shifts import BoxKind, Shifts
from solver.problem.tags import Prices, Tags, mutual, tags
from solver.problem.vehicles import FleetBuilder

MOST_VEHICLES, FEWEST_VEHICLES = 20_000, 1_000
MOST_PRICES = 60_000_000  # about half a gigabyte

GROUPS_BY_FLIGHT = {
    "optimize_locality_grouping",
    "visual_grouping",
    "optimize_cars_then_locality_grouping",
}
GROUPS_BY_TRAVEL = {"optimize_visual_grouping"}
COUNTS_STOPS = {"optimize_cars_then_single_location_grouping_sequenced"}


def build(task: PlanTask, epoch: int, roads: MatrixSource | None = None) -> Problem:
    """Arrays of a task.

    Parameters
    ----------
    task : PlanTask
        Refined and with the assumptions A1 and A2 applied: every key leads somewhere.
    epoch : int
        Unix seconds that become time zero.
    roads : MatrixSource, optional
        Geo provider for legs that the task does not bring itself.
    """
    return _Build(task, epoch, roads).problem()


class _Build:
    """One translation; its parts share the indices they make."""

    def __init__(self, task: PlanTask, epoch: int, roads: MatrixSource | None) -> None:
        self.task, self.epoch = task, epoch
        self.assumptions = task.plan_settings.trips_settings.assumptions
        self.prices = Prices(
            task.plan_settings.trips_settings.penalties.compatibilities or [],
            bool(self.assumptions.disable_compatibility),
        )
        name = task.plan_settings.trips_settings.configuration
        self.configuration = "optimize_distance" if name == "default" else name
        self.places = Places(task, roads)
        order_groups, self.shift_groups = self._hardlinks()
        owners = self._target_boxes()
        self.requests = Requests(self.places, epoch, order_groups, owners)
        for order in task.orders:
            self.requests.add(order)
        self.shifts = Shifts(
            task, self.places, epoch, self.requests.demand_index, set(self.shift_groups), owners
        )
        self.shifts.read()
        self.legs = self.places.legs()
        sizes = self.requests.cargo_sizes()
        self.measures = [m for m in range(len(MEASURES)) if sizes[:, m].any()] or [0]
        self.sizes = np.ascontiguousarray(sizes[:, self.measures])

    def _hardlinks(self) -> tuple[dict[str, int], dict[str, int]]:
        """Hardlink numbers by order key and by shift key (O5)."""
        orders: dict[str, int] = {}
        shifts: dict[str, int] = {}
        for number, link in enumerate(self.task.hardlinks or []):
            for item in link.links:
                target = orders if item.type is HardlinkElementType.ORDER else shifts
                target[item.entity_key] = number
        return orders, shifts

    def _target_boxes(self) -> dict[str, int]:
        """Numbers of the transports whose boxes are targets, by box key (K2)."""
        wanted = {
            cargo.target_box_key
            for order in self.task.orders
            for cargo in order.cargos or []
            if cargo.target_box_key
        }
        return {
            box.key: number
            for number, transport in enumerate(self.task.transports)
            for box in transport.boxes or []
            if box.key in wanted
        }

    def problem(self) -> Problem:
        """Put the parts together."""
        fleet_builder = FleetBuilder(
            self.shifts, self.places, self.legs, self.prices, self.measures, self._multipliers(),
            bool(self.assumptions.disable_capacity), self.shift_groups, self._most_vehicles(),
        )  # fmt: skip
        found = limits(self.task, self.epoch, self.measures)
        fleet = beginning_later(fleet_builder.build(), found, fleet_builder.pauses)
        box_room, box_one = fleet_builder.box_tables()
        requests = self.requests
        performers = fleet_builder.performer_tags.values()
        transports = fleet_builder.transport_tags.values()
        place_class, place_needs = self._place_needs()
        order_needs = [needs for needs, _ in requests.order_kinds.values()]
        lived = fleet_builder.lived
        rewards = self._rewards()
        group_of, group_limit = self._groups()
        tables = Tables(
            metres=self.legs.metres,
            seconds=self.legs.seconds,
            place=self.legs.place,
            point=self.legs.point,
            pace=self.legs.pace,
            way=self.legs.way,
            flight=self._flight(),
            windows=table(requests.window_rows, 2),
            visit=table(requests.visit_rows, 10),
            visit_reward=rewards,
            visit_fine=fines(self.configuration, rewards),
            visit_class=place_class,
            demand=table(requests.demand_rows, 8),
            demand_load=np.ascontiguousarray(requests.demand_loads(self.sizes)),
            demand_cargo=np.array(requests.demand_cargos, dtype=np.int64),
            extra=self._extras(),
            order=table(requests.order_rows, 9),
            cargo=table(requests.cargo_rows, 3),
            cargo_size=self.sizes,
            box_room=box_room,
            box_one=box_one,
            box_held=np.zeros(len(box_room), dtype=np.int64),
            cargo_box=self._cargo_box(fleet_builder),
            cargo_mix=self._mix(requests.cargo_mixes.values()),
            order_performer=self._order_performer(performers),
            place_transport=self._place_transport(place_needs, transports),
            order_mix=self._mix(requests.order_mixes.values()),
            order_life=fleet_builder.spans.ranges(*lived(order_needs, performers)),
            place_life=fleet_builder.spans.ranges(*lived(place_needs, transports)),
            vehicle_life=fleet.life,
            life=fleet_builder.spans.table(),
            vehicle=fleet.vehicle,
            room=fleet.room,
            max_load=fleet.max_load,
            carry=fleet.carry,
            vehicle_money=fleet.money,
            stages=fleet.stages,
            performer_count=np.array([len(x) for x in self.shifts.of_performer], dtype=np.int64),
            transport_count=np.array([len(x) for x in self.shifts.of_transport], dtype=np.int64),
            performer_group=group_of,
            group_limit=group_limit,
            group_vehicle=self._group_vehicle(fleet.vehicle),
            pauses=fleet_builder.pauses.rows(),
            place_role=fleet_builder.pauses.roles(len(self.task.locations)),
            limit_first=found.first,
            limit_window=found.window,
            limit_step=found.step,
            limit_allowance=found.allowance,
            uses=np.zeros(15, dtype=np.int64),
        )
        strategy = self.task.plan_settings.trips_settings.expectations.trip_start_time_strategy
        lowest_cost = strategy is TripStartTimeStrategy.LOWEST_COST
        limited, stops = len(found.window) > 0, self.configuration in COUNTS_STOPS
        tables.uses[:] = [
            *_uses(tables), self._grouping(), stops, _lives(tables), len(tables.pauses) > 0, limited,
            limited and lowest_cost, time_price(self.configuration),
        ]  # fmt: skip
        return Problem(
            tables=share(tables),
            catalog=self._catalog(),
            configuration=self.configuration,
            lowest_cost=lowest_cost,
            performer_shifts=self.shifts.of_performer,
            transport_shifts=self.shifts.of_transport,
        )

    def _grouping(self) -> int:
        """Which measure of grouping the configuration wants (Z7-Z10)."""
        if self.configuration in GROUPS_BY_FLIGHT:
            return BY_FLIGHT
        return BY_TRAVEL if self.configuration in GROUPS_BY_TRAVEL else NO_GROUPING

    def _flight(self) -> Legs:
        """Straight-line metres between all places, where they are wanted."""
        if self._grouping() != BY_FLIGHT or len(self.legs.point):
            return np.zeros((1, 1), dtype=np.int32)
        return StraightLine(flight=True).matrix(TransportType.CAR, self.task.locations).metres

    def _most_vehicles(self) -> int:
        """Pairs of shift kinds to keep: prices of every order on every vehicle must fit the memory."""
        return min(MOST_VEHICLES, max(FEWEST_VEHICLES, MOST_PRICES // max(1, len(self.task.orders))))

    def _catalog(self) -> Catalog:
        return Catalog(
            task=self.task,
            epoch=self.epoch,
            locations=self.task.locations,
            orders=self.task.orders,
            cargos=self.requests.cargos,
            visits=self.requests.visits,
            performer_shifts=self.shifts.performer_shifts,
            transport_shifts=self.shifts.transport_shifts,
        )

    def _multipliers(self) -> Floats:
        """Capacity multipliers by transport kind, (kinds, 5) (L6)."""
        by_type = {
            item.transport_type: [getattr(item.capacity, name) for name in MEASURES]
            for item in self.assumptions.transport_capacity_multipliers or []
        }
        out = np.ones((len(self.shifts.of_transport), len(MEASURES)))
        for kind, shifts in enumerate(self.shifts.of_transport):
            transport, _ = self.shifts.transport_shifts[shifts[0]]
            if transport.transport_type in by_type:
                out[kind] = by_type[transport.transport_type]
        return out

    def _rewards(self) -> Floats:
        return np.array([visit.event.reward for visit in self.requests.visits], dtype=np.float64)

    def _extras(self) -> Ints:
        """Additional service seconds by extra class and demand (W4)."""
        classes = self.shifts.extras.values()
        out = np.zeros((len(classes), len(self.requests.demand_rows)), dtype=np.int64)
        for row, items in enumerate(classes):
            for demand, seconds in items:
                out[row, demand] = seconds
        return out

    def _cargo_box(self, fleet: FleetBuilder) -> Floats:
        """Prices of cargo classes in boxes: tags, size, target (C1, L3, K2)."""
        transports = self.shifts.transports.values()
        boxes = [transports[t].boxes[i] for t, i in fleet.box_rows]
        no_capacity = bool(self.assumptions.disable_capacity)

        def absent(kind: CargoKind, box: BoxKind) -> Tags:
            return kind.restrictions - box.features

        out = self.prices.table(self.requests.cargo_kinds.values(), boxes, absent)
        for i, kind in enumerate(self.requests.cargo_kinds.values()):
            for j, box in enumerate(boxes):
                wrong = kind.target is not None and kind.target != box.key
                if wrong or not (no_capacity or fits(kind.size, kind.turns, box.size)):
                    out[i, j] = inf
        return out

    def _mix(self, mixes: list[tuple[Tags, Tags]]) -> Floats:
        """Prices of two orders in one trip, or two cargos in one box (C2)."""
        return self.prices.table(mixes, mixes, mutual)

    def _order_performer(self, performers: list[tuple[Tags, Lives]]) -> Floats:
        def absent(order: tuple[Tags, Tags], performer: tuple[Tags, Lives]) -> Tags | None:
            restrictions, blacklist = order
            return None if blacklist & performer[0] else restrictions - performer[0]

        return self.prices.table(self.requests.order_kinds.values(), performers, absent)

    def _place_needs(self) -> tuple[Ints, list[Tags]]:
        """Classes of locations, and what each class requires of transports."""
        numbers: dict[Tags, int] = {}
        classes = [
            numbers.setdefault(tags(place.compatibilities.transport_restrictions), len(numbers))
            for place in self.task.locations
        ]
        return np.array(classes, dtype=np.int64), list(numbers)

    def _place_transport(self, needs: list[Tags], transports: list[tuple[Tags, Lives]]) -> Floats:
        """Prices of location classes by transport class."""
        return self.prices.table(needs, transports, lambda needed, having: needed - having[0])

    def _groups(self) -> tuple[Ints, Ints]:
        """Performer kinds bound by max_work_shifts, and the limits (O4)."""
        rows = {key: row for row, key in enumerate(self.shifts.limits)}
        kinds = self.shifts.performers.values()
        group_of = np.array([rows.get(kind.limited, -1) for kind in kinds], dtype=np.int64)
        return group_of, np.array(list(self.shifts.limits.values()), dtype=np.int64)

    def _group_vehicle(self, vehicle: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Which vehicles may carry the orders of each hardlink (O5)."""
        count = len(self.task.hardlinks or [])
        out = np.ones((max(1, count), max(1, len(vehicle))), dtype=np.bool_)
        performers, transports = (
            np.array([self.shift_groups.get(kind.single, -1) for kind in kinds], dtype=np.int64)
            for kinds in (self.shifts.performers.values(), self.shifts.transports.values())
        )
        for kinds, column in ((performers, F_PERFORMER), (transports, F_TRANSPORT)):
            for group in set(kinds.tolist()) - {-1}:
                out[group, : len(vehicle)] &= kinds[vehicle[:, column]] == group
        for row in self.requests.order_rows:  # what lies in a box from the start keeps all of them there (L5)
            if row[O_GROUP] >= 0 and row[O_TRANSPORT] >= 0:
                out[row[O_GROUP], : len(vehicle)] &= vehicle[:, F_OWNER] == row[O_TRANSPORT]
        return out


def _lives(tables: Tables) -> bool:
    """Whether lifetimes bind services, or trips beyond F_READY and F_DUE (W7)."""
    return any(bool(ranges.any()) for ranges in (tables.order_life, tables.place_life, tables.vehicle_life))


def _uses(tables: Tables) -> list[bool]:
    """Which rarer rules the task needs, in the order of the ``U_`` constants."""
    boxes = tables.vehicle[:, F_BOX1] - tables.vehicle[:, F_BOX0]
    return [
        bool(tables.cargo_mix.any()),
        bool(tables.order_mix.any()),
        bool(tables.place_transport.any()),
        bool(tables.carry.any()),
        bool((tables.visit[:, V_SOFT_FROM] > -BIG).any()),
        bool((tables.demand[:, D_IN_TRIP] > 0).any() or (tables.demand[:, D_IN_ORDER] > 0).any()),
        bool(
            (boxes > 1).any()
            or (len(tables.cargo) > 0 and (boxes < 1).any())
            or tables.cargo_box.any()
            or tables.cargo_mix.any()
            or np.isfinite(tables.box_one).any()
        ),
        bool((tables.order_performer[np.isfinite(tables.order_performer)] > 0).any()),
    ]
