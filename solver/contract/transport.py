"""Transports, their boxes and shifts."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.basics import (
    Attribute,
    Capacity,
    CapacityCost,
    FeatureLifetime,
    MaxCapacity,
    TimeWindow,
    TransportType,
)
from solver.contract.entity import Entity
from solver.contract.scalars import Key, Name, Number, Size, Tag, Whole


@dataclass(slots=True, kw_only=True)
class BoxCompatibilities(Entity):
    """Size in metres (L3) and features (C1) of a box."""

    width: Annotated[float, Number(0, 1_000_000)] = 0.0
    height: Annotated[float, Number(0, 1_000_000)] = 0.0
    length: Annotated[float, Number(0, 1_000_000)] = 0.0
    box_features: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class BoxLimits(Entity):
    """The most a single cargo may weigh and fill (L2)."""

    max_one_cargo_capacity: MaxCapacity = field(default_factory=MaxCapacity)


@dataclass(slots=True, kw_only=True)
class Box(Entity):
    """A compartment of a transport (L2)."""

    key: Key
    capacity: Capacity = field(default_factory=Capacity)
    compatibilities: BoxCompatibilities = field(default_factory=BoxCompatibilities)
    limits: BoxLimits = field(default_factory=BoxLimits)


@dataclass(slots=True, kw_only=True)
class TransportTariffConstraint(Entity):
    """A stage of the metres driven: its length in metres and the cost of a metre (M2)."""

    stage_length: Annotated[int, Whole(1, 100_000_000)] = 100_000_000
    cost_per_unit: Annotated[float, Number(0.001, 10_000)] = 0.001


@dataclass(slots=True, kw_only=True)
class TransportTariff(Entity):
    """Cost of a transport shift, of its metres and of the load carried over them (M2)."""

    cost_per_shift: Annotated[float, Number(0.001, 1_000_000)] = 0.001
    constraints: Annotated[list[TransportTariffConstraint], Size(0, 100)] = field(default_factory=list)
    transportation_cost: CapacityCost | None = None


@dataclass(slots=True, kw_only=True)
class TransportShift(Entity):
    """A shift: when the transport is available (W1), where it is taken and left (T6)."""

    key: Key
    availability_time: TimeWindow
    start_location_key: Key | None = None
    finish_location_key: Key | None = None
    tariff: TransportTariff = field(default_factory=TransportTariff)
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class TransportCompatibilities(Entity):
    """What a transport offers, when (W7), and what it needs of a performer (C1)."""

    transport_features: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)
    transport_features_lifetimes: Annotated[list[FeatureLifetime], Size(0, 100)] = field(default_factory=list)
    performer_restrictions: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class TransportLimits(Entity):
    """How many boxes are used in a trip and how much is on board at most (L2)."""

    max_boxes: Annotated[int, Whole(0, 100)] | None = None
    max_capacity: MaxCapacity = field(default_factory=MaxCapacity)


@dataclass(slots=True, kw_only=True)
class Transport(Entity):
    """A vehicle with its boxes and shifts."""

    key: Key
    shifts: Annotated[list[TransportShift], Size(1, 15_001)]
    transport_type: TransportType = TransportType.CAR
    boxes: Annotated[list[Box], Size(0, 100)] = field(default_factory=list)
    compatibilities: TransportCompatibilities = field(default_factory=TransportCompatibilities)
    limits: TransportLimits = field(default_factory=TransportLimits)
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
