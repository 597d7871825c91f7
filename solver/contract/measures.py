"""Figures that statistics are made of."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.basics import Attribute, TimeWindow
from solver.contract.entity import Entity
from solver.contract.scalars import Duration, Number, Size, Whole


@dataclass(slots=True, kw_only=True)
class Measurements(Entity):
    """Times in seconds and distance in metres of a trip, a stop or a whole plan."""

    time_window: TimeWindow
    driving_time: Duration
    waiting_time: Duration
    working_time: Duration
    break_time: Duration
    rest_time: Duration
    arriving_time: Duration
    departure_time: Duration
    total_time: Duration
    distance: Annotated[int, Whole(0, 4_000_000_000)]


@dataclass(slots=True, kw_only=True)
class CapacityStatisticsSum(Entity):
    """Sums of the five measures."""

    mass: Annotated[float, Number(0, 1_000_000_000)]
    volume: Annotated[float, Number(0, 1_000_000_000)]
    capacity_a: Annotated[float, Number(0, 1_000_000_000)]
    capacity_b: Annotated[float, Number(0, 1_000_000_000)]
    capacity_c: Annotated[float, Number(0, 1_000_000_000)]


@dataclass(slots=True, kw_only=True)
class CapacityStatisticsRatio(Entity):
    """Sums of the five measures as shares of a capacity."""

    mass: Annotated[float, Number(0, 1_000)]
    volume: Annotated[float, Number(0, 1_000)]
    capacity_a: Annotated[float, Number(0, 1_000)]
    capacity_b: Annotated[float, Number(0, 1_000)]
    capacity_c: Annotated[float, Number(0, 1_000)]


@dataclass(slots=True, kw_only=True)
class CapacityStatisticsLoad(Entity):
    """The five measures as shares of a capacity, 0 to 1."""

    mass: Annotated[float, Number(0, 1)]
    volume: Annotated[float, Number(0, 1)]
    capacity_a: Annotated[float, Number(0, 1)]
    capacity_b: Annotated[float, Number(0, 1)]
    capacity_c: Annotated[float, Number(0, 1)]


@dataclass(slots=True, kw_only=True)
class TransportLoad(Entity):
    """How many cargos, and their measures."""

    count: Annotated[int, Whole(0, 15_001)]
    capacity: CapacityStatisticsSum


@dataclass(slots=True, kw_only=True)
class LoadStatistics(Entity):
    """What a trip carries in all, at once and between two stops."""

    total_load: TransportLoad
    max_load: TransportLoad
    max_transfer_load: TransportLoad


@dataclass(slots=True, kw_only=True)
class GeneralStatistics(Entity):
    """Figures of a trip, a roundtrip or a whole plan; times in seconds, distances in metres."""

    cost: Annotated[float, Number(0, 1_000_000_000_000)]
    reward: Annotated[float, Number(0, 1_000_000_000_000)]
    profit: Annotated[float, Number(-1_000_000_000_000, 1_000_000_000_000)]
    measurements: Measurements
    trips_count: Annotated[int, Whole(0, 15_001)]
    performers_count: Annotated[int, Whole(0, 15_001)]
    orders_count: Annotated[int, Whole(0, 15_001)]
    plan_orders_count: Annotated[int, Whole(0, 15_001)]
    waitlist_orders_count: Annotated[int, Whole(0, 15_001)]
    stops_count: Annotated[int, Whole(0, 15_001_000)]
    locations_count: Annotated[int, Whole(0, 15_001_000)]
    cargo_capacity_sum: CapacityStatisticsSum
    cargo_capacity_ratio: CapacityStatisticsRatio
    max_transport_load: CapacityStatisticsLoad
    average_speed: Annotated[float, Number(0, 1_000_000_000_000)]
    round_trips_count: Annotated[int, Whole(0, 15_001)]
    average_roundtrip_distance: Annotated[float, Number(0, 1_000_000_000_000)]
    average_roundtrip_time: Duration
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
