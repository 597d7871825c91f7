"""Why orders are not planned, in full: the answer of an operation of our own (rule U2)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.calculation import CalculationInfo, Tracedata
from solver.contract.entity import Entity
from solver.contract.issues import EntityPath, EntityWarningType
from solver.contract.scalars import AnyText, Duration, Key, Name, Number, Size, Whole


class ObstacleType(StrEnum):
    """What stands in the way of an order in a trip or on a vehicle."""

    EVENT_WINDOW = "EVENT_WINDOW"
    LOCATION_WINDOW = "LOCATION_WINDOW"
    WINDOW_TOO_SHORT = "WINDOW_TOO_SHORT"
    WORKING_TIME = "WORKING_TIME"
    PERFORMER_SHIFT = "PERFORMER_SHIFT"
    TRANSPORT_SHIFT = "TRANSPORT_SHIFT"
    TRIP_DURATION = "TRIP_DURATION"
    TRIP_DISTANCE = "TRIP_DISTANCE"
    NO_ROUTE = "NO_ROUTE"
    MAX_STOPS = "MAX_STOPS"
    MAX_LOCATIONS = "MAX_LOCATIONS"
    PRECEDENCE = "PRECEDENCE"
    CAPACITY = "CAPACITY"
    MAX_CAPACITY = "MAX_CAPACITY"
    BOX_CAPACITY = "BOX_CAPACITY"
    BOX_ONE_CARGO = "BOX_ONE_CARGO"
    MAX_BOXES = "MAX_BOXES"
    CARGO_SIZE = "CARGO_SIZE"
    CARGO_MIX = "CARGO_MIX"
    BOX_FEATURES = "BOX_FEATURES"
    BOXES = "BOXES"
    TARGET_BOX = "TARGET_BOX"
    PERFORMER_FEATURES = "PERFORMER_FEATURES"
    PERFORMER_BLACKLIST = "PERFORMER_BLACKLIST"
    TRANSPORT_FEATURES = "TRANSPORT_FEATURES"
    ORDER_MIX = "ORDER_MIX"
    PENALTY = "PENALTY"
    HARDLINK = "HARDLINK"
    FEATURE_LIFETIME = "FEATURE_LIFETIME"
    BREAKS = "BREAKS"
    LOCATION_LIMITS = "LOCATION_LIMITS"
    OTHER = "OTHER"


@dataclass(slots=True, kw_only=True)
class Obstacle(Entity):
    """One obstacle: what it is of, how much is missing in which unit, which tags are missing or unwanted.

    Without an amount nothing less than the whole rule is in the way. Units: ``s``, ``m``, a measure's name,
    ``stops``, ``locations``, ``boxes``, ``cost``.
    """

    type: ObstacleType
    entity: EntityPath | None = None
    amount: Annotated[float, Number(0, 1_000_000_000_000)] | None = None
    unit: AnyText | None = None
    tags: Annotated[list[str], Size(0, 15_001)] = field(default_factory=list)
    info: AnyText


@dataclass(slots=True, kw_only=True)
class Added(Entity):
    """What an order adds to a trip, or what a trip with it alone comes to: metres, time, money."""

    distance: Annotated[int, Whole(-4_000_000_000, 4_000_000_000)]
    duration: Duration
    cost: Annotated[float, Number(-1_000_000_000_000, 1_000_000_000_000)]
    reward: Annotated[float, Number(0, 1_000_000_000_000)]


class PlacementKind(StrEnum):
    """A trip of the plan, a vehicle without a trip, or, where all have trips, one as if it were empty."""

    TRIP = "TRIP"
    UNUSED_VEHICLE = "UNUSED_VEHICLE"
    EMPTY_VEHICLE = "EMPTY_VEHICLE"


@dataclass(slots=True, kw_only=True)
class Placement(Entity):
    """Where an order would fit once the obstacles are gone, and what that would add; no obstacles: it fits.

    Without ``added`` there is no way to have it there, or the obstacles are too many to name them all.
    ``is_worth``: whether it brings more than it costs, where money decides; else absent.
    """

    kind: PlacementKind
    trip_key: AnyText | None = None
    trip_name: Name | None = None
    performer_key: Key
    performer_shift_key: Key
    transport_key: Key
    transport_shift_key: Key
    obstacles: Annotated[list[Obstacle], Size(0, 15_001)] = field(default_factory=list)
    added: Added | None = None
    is_worth: bool | None = None
    info: AnyText


@dataclass(slots=True, kw_only=True)
class UnplannedOrder(Entity):
    """Why an order is not planned: in a sentence, and place by place, the nearest first."""

    order_key: Key
    type: EntityWarningType
    info: AnyText
    trips: Annotated[list[Placement], Size(0, 100)] = field(default_factory=list)
    vehicle: Placement | None = None


@dataclass(slots=True, kw_only=True)
class PlanAnalytics(Entity):
    """Why orders of a calculation are not planned."""

    tracedata: Tracedata
    calculation_progress: Annotated[int, Whole(0, 100)]
    calculation_info: CalculationInfo
    unplanned_orders: Annotated[list[UnplannedOrder], Size(0, 15_001)] = field(default_factory=list)
