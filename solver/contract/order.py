"""Orders: what is to be carried and done."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.basics import Attribute, Capacity, TimeWindow
from solver.contract.entity import Entity
from solver.contract.scalars import Duration, Key, Name, Number, Size, Tag, Whole


class CargoRotationType(StrEnum):
    """A turn a cargo may be given to fit a box (L3)."""

    ALL = "ALL"
    YAW = "YAW"
    PITCH = "PITCH"
    ROLL = "ROLL"


@dataclass(slots=True, kw_only=True)
class CargoCompatibilities(Entity):
    """Size in metres, allowed turns (L3), and tags for boxes and other cargos (C1, C2)."""

    width: Annotated[float, Number(0, 1_000_000)] = 0.0
    height: Annotated[float, Number(0, 1_000_000)] = 0.0
    length: Annotated[float, Number(0, 1_000_000)] = 0.0
    rotation: Annotated[list[CargoRotationType], Size(0, 4)] = field(default_factory=list)
    box_restrictions: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)
    cargo_features: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)
    cargo_restrictions: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Cargo(Entity):
    """Something to carry, loaded and unloaded whole (L4)."""

    key: Key
    capacity: Capacity = field(default_factory=Capacity)
    compatibilities: CargoCompatibilities = field(default_factory=CargoCompatibilities)
    target_box_key: Key | None = None


class DemandType(StrEnum):
    """What a demand does with its cargos (L5)."""

    PICKUP = "PICKUP"
    DROP = "DROP"
    WORK = "WORK"
    PICKUP_TO_BOX = "PICKUP_TO_BOX"
    DROP_FROM_BOX = "DROP_FROM_BOX"


@dataclass(slots=True, kw_only=True)
class PossibleEvent(Entity):
    """One way to carry out a demand: where, when, for how long (seconds) and for which reward."""

    key: Key
    location_key: Key
    duration: Duration = 0
    reward: Annotated[float, Number(0, 2_000_000_000)] = 1000.1
    hard_time_window: TimeWindow
    soft_time_window: TimeWindow | None = None


@dataclass(slots=True, kw_only=True)
class Demand(Entity):
    """A part of an order; exactly one of its possible events is carried out."""

    key: Key
    demand_type: DemandType
    target_cargos: Annotated[list[Key], Size(0, 1_000)] = field(default_factory=list)
    precedence_in_trip: Annotated[int, Whole(0, 15_001)] = 0
    precedence_in_order: Annotated[int, Whole(0, 15_001)] = 0
    possible_events: Annotated[list[PossibleEvent], Size(1, 25)]
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class OrderCompatibilities(Entity):
    """Tags for other orders of the trip (C2) and for performers (C1)."""

    order_features: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)
    order_restrictions: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)
    performer_restrictions: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)
    performer_blacklist: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Order(Entity):
    """Demands and cargos that are planned together in one trip or not at all (O1)."""

    key: Key
    demands: Annotated[list[Demand], Size(1, 1_000)]
    cargos: Annotated[list[Cargo], Size(0, 1_000)] = field(default_factory=list)
    compatibilities: OrderCompatibilities = field(default_factory=OrderCompatibilities)
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
