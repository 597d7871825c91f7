"""Values that several entities share."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from solver.contract.entity import Entity
from solver.contract.scalars import Moment, Number, Size, Tag, Text


@dataclass(slots=True, kw_only=True)
class Attribute(Entity):
    """A free pair of texts that is kept through and changes nothing (A3)."""

    key: Annotated[str, Text(1, 100)]
    value: Annotated[str, Text(0, 7_000)]


@dataclass(slots=True, kw_only=True)
class TimeWindow(Entity):
    """Two moments, both included: `start` is the contract's ``from``, `end` its ``to``."""

    start: Annotated[Moment, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]


@dataclass(slots=True, kw_only=True)
class Geopoint(Entity):
    """Latitude and longitude in degrees (WGS 84)."""

    latitude: Annotated[float, Number(-90, 90)]
    longitude: Annotated[float, Number(-180, 180)]


@dataclass(slots=True, kw_only=True)
class Capacity(Entity):
    """Five additive measures; an absent one is 0 (L1)."""

    mass: Annotated[float, Number(0, 1_000_000)] = 0.0
    volume: Annotated[float, Number(0, 1_000_000)] = 0.0
    capacity_a: Annotated[float, Number(0, 1_000_000)] = 0.0
    capacity_b: Annotated[float, Number(0, 1_000_000)] = 0.0
    capacity_c: Annotated[float, Number(0, 1_000_000)] = 0.0


@dataclass(slots=True, kw_only=True)
class MaxCapacity(Entity):
    """The contract's ``Capacity`` where it is a limit: an absent measure (None) is not limited (L1)."""

    mass: Annotated[float, Number(0, 1_000_000)] | None = None
    volume: Annotated[float, Number(0, 1_000_000)] | None = None
    capacity_a: Annotated[float, Number(0, 1_000_000)] | None = None
    capacity_b: Annotated[float, Number(0, 1_000_000)] | None = None
    capacity_c: Annotated[float, Number(0, 1_000_000)] | None = None


@dataclass(slots=True, kw_only=True)
class CapacityMultiplier(Entity):
    """Factors for the five measures (L6)."""

    mass: Annotated[float, Number(0, 1_000)] = 1.0
    volume: Annotated[float, Number(0, 1_000)] = 1.0
    capacity_a: Annotated[float, Number(0, 1_000)] = 1.0
    capacity_b: Annotated[float, Number(0, 1_000)] = 1.0
    capacity_c: Annotated[float, Number(0, 1_000)] = 1.0


@dataclass(slots=True, kw_only=True)
class CapacityCost(Entity):
    """Cost per unit of each measure: of carrying a metre (M2), or of missing a location limit (Y1)."""

    mass: Annotated[float, Number(0, 1_000_000)]
    volume: Annotated[float, Number(0, 1_000_000)]
    capacity_a: Annotated[float, Number(0, 1_000_000)]
    capacity_b: Annotated[float, Number(0, 1_000_000)]
    capacity_c: Annotated[float, Number(0, 1_000_000)]


@dataclass(slots=True, kw_only=True)
class CapacityLimit(Entity):
    """Measures of one step of a location limit (Y1)."""

    mass: Annotated[float, Number(0, 1_000_000_000)]
    volume: Annotated[float, Number(0, 1_000_000_000)]
    capacity_a: Annotated[float, Number(0, 1_000_000_000)]
    capacity_b: Annotated[float, Number(0, 1_000_000_000)]
    capacity_c: Annotated[float, Number(0, 1_000_000_000)]


@dataclass(slots=True, kw_only=True)
class FeatureLifetime(Entity):
    """When a feature exists (W7); without an entry it always does."""

    feature: Tag
    time_windows: Annotated[list[TimeWindow], Size(1, 4)]


class TransportType(StrEnum):
    """Kinds of transport; TELEPORT moves in no time over no distance (T3)."""

    CAR = "CAR"
    TRUCK_1500 = "TRUCK_1500"
    TRUCK_3000 = "TRUCK_3000"
    TRUCK_5000 = "TRUCK_5000"
    TRUCK_10000 = "TRUCK_10000"
    TRUCK_20000 = "TRUCK_20000"
    TRUCK_10000_L75_H35_W24_6000 = "TRUCK_10000_L75_H35_W24_6000"
    TRUCK_18000_L95_H40_W26_11000 = "TRUCK_18000_L95_H40_W26_11000"
    TRUCK_26000_L120_H40_W26_8000 = "TRUCK_26000_L120_H40_W26_8000"
    TRUCK_GARBAGE_1 = "TRUCK_GARBAGE_1"
    TRUCK_GARBAGE_2 = "TRUCK_GARBAGE_2"
    TUK_TUK = "TUK_TUK"
    BICYCLE = "BICYCLE"
    PEDESTRIAN = "PEDESTRIAN"
    PUBLIC_TRANSPORT = "PUBLIC_TRANSPORT"
    TELEPORT = "TELEPORT"
