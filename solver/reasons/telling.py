"""From attempts to the contract: obstacles with keys, amounts and sentences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from math import inf, isnan

import numpy as np

from solver.contract import (
    Added,
    Capacity,
    EntityPath,
    EntityType,
    EntityWarningType,
    Obstacle,
    ObstacleType,
    Placement,
    PlacementKind,
    TimeWindow,
    Trip,
    UnplannedOrder,
)
from solver.problem.arrays import F_BOX0, F_POST_SECS, O_MIX, V_ORDER, Floats, Problem
from solver.problem.boxes import fits
from solver.problem.places import work_windows
from solver.problem.tags import tags
from solver.reasons import codes
from solver.reasons.texts import of_obstacle, of_order, of_placement
from solver.reasons.trials import Attempt

Kind, Warn = ObstacleType, EntityWarningType
MEASURES = [item.name for item in fields(Capacity)]

PLAIN = {
    codes.PRECEDENCE: Kind.PRECEDENCE,
    codes.NO_LEG: Kind.NO_ROUTE,
    codes.OWNER: Kind.TARGET_BOX,
    codes.GROUP: Kind.HARDLINK,
    codes.LIFETIME: Kind.FEATURE_LIFETIME,
    codes.BREAKS: Kind.BREAKS,
}
"""Codes that need no more than their name."""

OF_SHIFT = {
    codes.DURATION: (Kind.TRIP_DURATION, "s"),
    codes.DISTANCE: (Kind.TRIP_DISTANCE, "m"),
    codes.STOPS: (Kind.MAX_STOPS, "stops"),
    codes.PLACES: (Kind.MAX_LOCATIONS, "locations"),
    codes.PENALTY: (Kind.PENALTY, "cost"),
}
"""Codes of limits that a shift or its tariff sets, with their units."""

WARNINGS: dict[ObstacleType, EntityWarningType] = {
    **dict.fromkeys(
        (
            Kind.EVENT_WINDOW, Kind.LOCATION_WINDOW, Kind.WINDOW_TOO_SHORT, Kind.WORKING_TIME,
            Kind.PERFORMER_SHIFT,
            Kind.TRIP_DURATION, Kind.MAX_STOPS, Kind.MAX_LOCATIONS, Kind.PRECEDENCE, Kind.HARDLINK,
            Kind.BREAKS, Kind.OTHER,
        ),
        Warn.NO_AVAILABLE_PERFORMER,
    ),
    **dict.fromkeys(
        (Kind.TRANSPORT_SHIFT, Kind.TRIP_DISTANCE, Kind.NO_ROUTE, Kind.LOCATION_LIMITS),
        Warn.NO_AVAILABLE_TRANSPORT,
    ),
    **dict.fromkeys(
        (
            Kind.CAPACITY, Kind.MAX_CAPACITY, Kind.BOX_CAPACITY, Kind.BOX_ONE_CARGO,
            Kind.MAX_BOXES, Kind.CARGO_SIZE, Kind.CARGO_MIX, Kind.BOX_FEATURES, Kind.BOXES, Kind.TARGET_BOX,
            Kind.TRANSPORT_FEATURES,
        ),
        Warn.NO_COMPATIBLE_TRANSPORT,
    ),
    **dict.fromkeys(
        (
            Kind.PERFORMER_FEATURES, Kind.PERFORMER_BLACKLIST, Kind.FEATURE_LIFETIME, Kind.ORDER_MIX,
            Kind.PENALTY,
        ),
        Warn.NO_COMPATIBLE_PERFORMER,
    ),
}  # fmt: skip
"""The contract's warning for an obstacle: time, or load and tags; of the performer, or of the transport."""


@dataclass(frozen=True, slots=True)
class Place:
    """An attempt in a trip or on a vehicle, with catalog indices of the shifts."""

    attempt: Attempt
    performer_shift: int
    transport_shift: int
    trip: bool = False
    unused: bool = False


def path(*steps: tuple[EntityType, str]) -> EntityPath:
    """A path through entities, outermost first."""
    found: EntityPath | None = None
    for kind, key in reversed(steps):
        found = EntityPath(entity_type=kind, entity_key=key, child_entity=found)
    if found is None:
        raise ValueError("a path of no steps")
    return found


class Teller:
    """Tells attempts in the contract's words.

    Parameters
    ----------
    problem : Problem
    trips : sequence of Trip
        They give keys and names.
    language : str
    """

    def __init__(self, problem: Problem, trips: Sequence[Trip], language: str) -> None:
        self.problem, self.tables, self.catalog = problem, problem.tables, problem.catalog
        self.trips = {(trip.performer.shift_key, trip.transport.shift_key): trip for trip in trips}
        self.language = language
        self.by_money = problem.configuration == "optimize_money"
        sizes = np.array(
            [[getattr(c.capacity, m) for m in MEASURES] for c in self.catalog.cargos], dtype=np.float64
        ).reshape(-1, len(MEASURES))
        self.measures = [name for m, name in enumerate(MEASURES) if sizes[:, m].any()] or MEASURES[:1]

    def order(self, order: int, trips: Sequence[Place], vehicle: Place | None) -> UnplannedOrder:
        """The whole answer for one order."""
        told = [self.placement(order, place) for place in trips]
        alone = None if vehicle is None else self.placement(order, vehicle)
        hopeless = alone is not None and alone.kind is PlacementKind.EMPTY_VEHICLE and bool(alone.obstacles)
        leading = alone if alone is not None and (hopeless or not told) else next(iter(told), None)
        first = next(iter(leading.obstacles), None) if leading is not None else None
        found = UnplannedOrder(
            order_key=self.catalog.orders[order].key,
            type=WARNINGS[first.type] if first is not None else Warn.NO_AVAILABLE_TRANSPORT,
            info="",
            trips=told,
            vehicle=alone,
        )
        return replace(found, info=of_order(found, self.language))

    def placement(self, order: int, place: Place) -> Placement:
        """One trip or vehicle with what is in the way there."""
        performer, performer_shift = self.catalog.performer_shifts[place.performer_shift]
        transport, transport_shift = self.catalog.transport_shifts[place.transport_shift]
        trip = self.trips.get((performer_shift.key, transport_shift.key)) if place.trip else None
        kind = PlacementKind.UNUSED_VEHICLE if place.unused else PlacementKind.EMPTY_VEHICLE
        added = self._added(place.attempt.added)
        fits_now = not len(place.attempt.obstacles)
        found = Placement(
            kind=PlacementKind.TRIP if place.trip else kind,
            trip_key=trip.key if trip else None,
            trip_name=trip.name if trip else None,
            performer_key=performer.key,
            performer_shift_key=performer_shift.key,
            transport_key=transport.key,
            transport_shift_key=transport_shift.key,
            obstacles=self._obstacles(order, place),
            added=added,
            is_worth=added.reward > added.cost if self.by_money and fits_now and added else None,
            info="",
        )
        return replace(found, info=of_placement(found, self.language))

    def _added(self, figures: Floats) -> Added | None:
        if isnan(figures[0]):
            return None
        metres, seconds, cost, reward = (float(x) for x in figures)
        places = self.catalog.task.plan_settings.calculation_settings.precision
        return Added(
            distance=round(metres),
            duration=max(0, round(seconds)),
            cost=round(cost, places),
            reward=max(0.0, round(reward, places)),
        )

    def _obstacles(self, order: int, place: Place) -> list[Obstacle]:
        found = []
        for code, where, other, amount in place.attempt.obstacles.tolist():
            for item in _Obstacles(self, order, place).told(int(code), int(where), other, amount):
                found.append(replace(item, info=of_obstacle(item, self.language)))
        return found


class _Obstacles:
    """One obstacle of an attempt, as one or several of the contract's."""

    def __init__(self, teller: Teller, order: int, place: Place) -> None:
        self.problem, self.tables, self.catalog = teller.problem, teller.tables, teller.catalog
        self.measures = teller.measures
        self.order, self.place = order, place
        self.row = self.tables.vehicle[place.attempt.vehicle]
        self.performer, self.performer_shift = self.catalog.performer_shifts[place.performer_shift]
        self.transport, self.transport_shift = self.catalog.transport_shifts[place.transport_shift]

    def told(self, code: int, where: int, other: float, amount: float) -> Iterator[Obstacle]:
        """The contract's obstacles for a code and its numbers; see `solver.reasons.giving`."""
        if code in RULES:
            yield from RULES[code](self, where, other, amount)
        elif code in OF_SHIFT:
            yield from self._of_shift(code, amount)
        else:
            yield self._one(PLAIN.get(code, Kind.OTHER), self._order_path())

    def _one(
        self, kind: ObstacleType, entity: EntityPath, amount: float | None = None, unit: str | None = None,
        missing: Sequence[str] = (),
    ) -> Obstacle:  # fmt: skip
        value = None if amount is None or amount <= 0 else amount
        return Obstacle(
            type=kind,
            entity=entity,
            amount=value,
            unit=unit if value else None,
            tags=sorted(missing),
            info="",
        )

    def _order_path(self) -> EntityPath:
        return path((EntityType.ORDER, self.catalog.orders[self.order].key))

    def _performer_path(self) -> EntityPath:
        key, shift = self.performer.key, self.performer_shift.key
        return path((EntityType.PERFORMER, key), (EntityType.PERFORMER_SHIFT, shift))

    def _transport_path(self) -> EntityPath:
        key, shift = self.transport.key, self.transport_shift.key
        return path((EntityType.TRANSPORT, key), (EntityType.TRANSPORT_SHIFT, shift))

    # --- time ---

    def _seconds(self, window: TimeWindow) -> tuple[int, int]:
        return (
            int(window.start.timestamp()) - self.catalog.epoch,
            int(window.end.timestamp()) - self.catalog.epoch,
        )

    def window(self, visit: int, end: float, amount: float) -> Iterator[Obstacle]:
        """The event's own window, the opening hours of its place, or both (W2)."""
        name = self.catalog.visits[visit]
        here = path((EntityType.ORDER, name.order.key), (EntityType.DEMAND, name.demand.key))
        if amount <= 0:
            yield self._one(Kind.WINDOW_TOO_SHORT, here)
            return
        hard = self._seconds(name.event.hard_time_window)[1]
        if end > hard:
            yield self._one(Kind.EVENT_WINDOW, here, end - hard, "s")
        place = next(x for x in self.catalog.locations if x.key == name.event.location_key)
        hours = work_windows(place, self.catalog.epoch)
        open_by = [int(closes) for opens, closes in hours if opens < end]
        if open_by and end > max(open_by):
            yield self._one(
                Kind.LOCATION_WINDOW, path((EntityType.LOCATION, place.key)), end - max(open_by), "s"
            )
        elif end <= hard:
            yield self._one(Kind.EVENT_WINDOW, here, amount, "s")

    def working(self, _where: int, _other: float, amount: float) -> Iterator[Obstacle]:
        yield self._one(Kind.WORKING_TIME, self._performer_path(), amount, "s")

    def shift(self, _where: int, end: float, amount: float) -> Iterator[Obstacle]:
        """The performer's shift, the transport's, or both (W1)."""
        home = end + int(self.row[F_POST_SECS])
        late = home - self._seconds(self.performer_shift.availability_time)[1]
        if late > 0:
            yield self._one(Kind.PERFORMER_SHIFT, self._performer_path(), late, "s")
        parked = end - self._seconds(self.transport_shift.availability_time)[1]
        if parked > 0:
            yield self._one(Kind.TRANSPORT_SHIFT, self._transport_path(), parked, "s")
        if late <= 0 and parked <= 0:
            yield self._one(Kind.FEATURE_LIFETIME, self._order_path(), amount, "s")

    def _of_shift(self, code: int, amount: float) -> Iterator[Obstacle]:
        kind, unit = OF_SHIFT[code]
        entity = self._transport_path() if code == codes.DISTANCE else self._performer_path()
        yield self._one(kind, entity, amount, unit)

    def limits(self, _where: int, _other: float, amount: float) -> Iterator[Obstacle]:
        yield self._one(Kind.LOCATION_LIMITS, self._order_path(), amount, "cost")

    # --- load ---

    def capacity(self, measure: int, room: float, amount: float) -> Iterator[Obstacle]:
        limit = float(self.tables.max_load[self.place.attempt.vehicle, measure])
        kind = Kind.MAX_CAPACITY if limit < inf and limit <= room else Kind.CAPACITY
        entity = path((EntityType.TRANSPORT, self.transport.key))
        yield self._one(kind, entity, amount, self.measures[measure])

    def _box_path(self, row: int) -> EntityPath:
        box = self.transport.boxes[row - int(self.row[F_BOX0])]
        return path((EntityType.TRANSPORT, self.transport.key), (EntityType.BOX, box.key))

    def box_room(self, where: int, _other: float, amount: float) -> Iterator[Obstacle]:
        path_of_box, measure = self._box_path(where // 8), self.measures[where % 8]
        yield self._one(Kind.BOX_CAPACITY, path_of_box, amount, measure)

    def box_one(self, where: int, _other: float, amount: float) -> Iterator[Obstacle]:
        path_of_box, measure = self._box_path(where // 8), self.measures[where % 8]
        yield self._one(Kind.BOX_ONE_CARGO, path_of_box, amount, measure)

    def box_count(self, _where: int, _other: float, _amount: float) -> Iterator[Obstacle]:
        yield self._one(Kind.MAX_BOXES, path((EntityType.TRANSPORT, self.transport.key)), 1.0, "boxes")

    def cargo_mix(self, cargo: int, _other: float, _amount: float) -> Iterator[Obstacle]:
        yield self._one(Kind.CARGO_MIX, path((EntityType.CARGO, self.catalog.cargos[cargo].key)))

    def boxes(self, cargo: int, _other: float, _amount: float) -> Iterator[Obstacle]:
        yield self._one(Kind.BOXES, path((EntityType.CARGO, self.catalog.cargos[cargo].key)))

    def box_tags(self, number: int, row: float, _amount: float) -> Iterator[Obstacle]:
        """What keeps a cargo out of a box: tags, its size, or that it names another one (C1, L3, K2)."""
        cargo = self.catalog.cargos[number]
        box = self.transport.boxes[int(row) - int(self.row[F_BOX0])]
        if cargo.target_box_key and cargo.target_box_key != box.key:
            yield self._one(Kind.TARGET_BOX, path((EntityType.CARGO, cargo.key)))
            return
        missing = tags(cargo.compatibilities.box_restrictions) - tags(box.compatibilities.box_features)
        if missing:
            yield self._one(Kind.BOX_FEATURES, self._box_path(int(row)), missing=sorted(missing))
        mine, its = cargo.compatibilities, box.compatibilities
        size, room = (mine.width, mine.height, mine.length), (its.width, its.height, its.length)
        if not fits(size, mine.rotation, room):
            entity = path((EntityType.CARGO, cargo.key), (EntityType.BOX, box.key))
            yield self._one(Kind.CARGO_SIZE, entity)
        elif not missing:
            yield self._one(Kind.BOXES, path((EntityType.CARGO, cargo.key)))

    # --- tags ---

    def performer_tags(self, order: int, _other: float, _amount: float) -> Iterator[Obstacle]:
        wanted = self.catalog.orders[order].compatibilities
        has = tags(self.performer.compatibilities.performer_features)
        entity = path((EntityType.PERFORMER, self.performer.key))
        unwanted = tags(wanted.performer_blacklist) & has
        if unwanted:
            yield self._one(Kind.PERFORMER_BLACKLIST, entity, missing=sorted(unwanted))
        missing = tags(wanted.performer_restrictions) - has
        if missing or not unwanted:
            yield self._one(Kind.PERFORMER_FEATURES, entity, missing=sorted(missing))

    def place_tags(self, place: int, _other: float, _amount: float) -> Iterator[Obstacle]:
        location = self.catalog.locations[place]
        missing = tags(location.compatibilities.transport_restrictions) - tags(
            self.transport.compatibilities.transport_features
        )
        entity = path((EntityType.LOCATION, location.key))
        yield self._one(Kind.TRANSPORT_FEATURES, entity, missing=sorted(missing))

    def order_mix(self, _where: int, _other: float, _amount: float) -> Iterator[Obstacle]:
        """Every order of the trip that this one may not ride with (C2)."""
        mix, mine = self.tables.order_mix, self.tables.order[self.order, O_MIX]
        wants = self.catalog.orders[self.order].compatibilities
        for other in dict.fromkeys(self.tables.visit[self.place.attempt.route, V_ORDER].tolist()):
            its = self.tables.order[other, O_MIX]
            if other == self.order or max(mix[mine, its], mix[its, mine]) != inf:
                continue
            order = self.catalog.orders[other]
            has = order.compatibilities
            missing = (tags(wants.order_restrictions) - tags(has.order_features)) | (
                tags(has.order_restrictions) - tags(wants.order_features)
            )
            yield self._one(Kind.ORDER_MIX, path((EntityType.ORDER, order.key)), missing=sorted(missing))


RULES: dict[int, Callable[[_Obstacles, int, float, float], Iterator[Obstacle]]] = {
    codes.WINDOW: _Obstacles.window,
    codes.WORKING: _Obstacles.working,
    codes.SHIFT: _Obstacles.shift,
    codes.CAPACITY: _Obstacles.capacity,
    codes.BOX_ROOMS: _Obstacles.box_room,
    codes.BOX_ONE_CARGO: _Obstacles.box_one,
    codes.BOX_COUNT: _Obstacles.box_count,
    codes.BOX_MIX: _Obstacles.cargo_mix,
    codes.BOX_FAULT: _Obstacles.boxes,
    codes.BOX_TAGS: _Obstacles.box_tags,
    codes.PERFORMER_TAGS: _Obstacles.performer_tags,
    codes.PLACE_TAGS: _Obstacles.place_tags,
    codes.ORDER_MIX: _Obstacles.order_mix,
    codes.LIMITS: _Obstacles.limits,
}
"""How a code is told: by what it names (two numbers) and the amount, as `giving` notes them."""
