"""Statistics of a plan."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.basics import Attribute, TimeWindow
from solver.contract.entity import Entity
from solver.contract.location import LocationCargosLimit, LocationTransportsLimit
from solver.contract.measures import GeneralStatistics, LoadStatistics, Measurements, TransportLoad
from solver.contract.scalars import Key, Number, Size, Whole


@dataclass(slots=True, kw_only=True)
class StopDemand(Entity):
    """A demand served at a stop."""

    demand_key: Key
    event_key: Key
    demand_time_window: TimeWindow


@dataclass(slots=True, kw_only=True)
class StopStatistics(Entity):
    """A stop: its demands, times and loads."""

    location_key: Key
    stop_demands: Annotated[list[StopDemand], Size(0, 15_001)]
    stop_time_window: TimeWindow
    measurements: Measurements
    upload: TransportLoad
    download: TransportLoad
    max_load: TransportLoad
    arrival_load: TransportLoad
    departure_load: TransportLoad
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RoundtripStatistics(Entity):
    """Figures of a roundtrip (R2)."""

    roundtrip_key: Key
    general_statistics: GeneralStatistics


@dataclass(slots=True, kw_only=True)
class TripStatistics(Entity):
    """Figures of a trip, its stops and its roundtrips."""

    trip_key: Key
    general_statistics: GeneralStatistics
    load_statistics: LoadStatistics
    stop_statistics: Annotated[list[StopStatistics], Size(0, 15_001)]
    roundtrip_statistics: Annotated[list[RoundtripStatistics], Size(0, 15_001)]
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class LocationLimitStatistics(Entity):
    """What was moved in the window of a location limit, and its penalty (Y1)."""

    location_limit_key: Key
    cargos_statistics: LocationCargosLimit
    transports_statistics: LocationTransportsLimit
    location_limit_penalty: Annotated[float, Number(0, 1_000_000_000)]


@dataclass(slots=True, kw_only=True)
class LocationStatistics(Entity):
    """What was moved at a location, and its penalties (Y1)."""

    location_key: Key
    location_limits_penalty: Annotated[float, Number(0, 1_000_000_000)]
    total_cargos_statistics: LocationCargosLimit
    total_transports_statistics: LocationTransportsLimit
    limits_statistics: Annotated[list[LocationLimitStatistics], Size(0, 48)]


@dataclass(slots=True, kw_only=True)
class TimeWindowViolationDetail(Entity):
    """The demands that miss a border of their windows."""

    demand_keys: Annotated[list[Key], Size(0, 15_001)]
    count: Annotated[int, Whole(0, 15_001)]


@dataclass(slots=True, kw_only=True)
class TimeWindowViolations(Entity):
    """Demands that start before or end after their windows."""

    before: TimeWindowViolationDetail
    after: TimeWindowViolationDetail


@dataclass(slots=True, kw_only=True)
class Quality(Entity):
    """How far a plan keeps the wishes: location limits (Y1), soft and hard windows (W5, Q3)."""

    locations_limits_penalty: Annotated[float, Number(0, 1_000_000_000)]
    soft_time_window_violations: TimeWindowViolations
    hard_time_window_violations: TimeWindowViolations


@dataclass(slots=True, kw_only=True)
class TaskStatistics(Entity):
    """Figures of the task itself: the earliest and latest moment it names (X7)."""

    planning_horizon: TimeWindow


@dataclass(slots=True, kw_only=True)
class PlanStatistics(Entity):
    """All figures of a plan."""

    total_statistics: GeneralStatistics
    trips_statistics: Annotated[list[TripStatistics], Size(0, 15_001)]
    locations_statistics: Annotated[list[LocationStatistics], Size(0, 15_001)]
    task_statistics: TaskStatistics
    quality: Quality
