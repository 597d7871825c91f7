"""Settings of a calculation."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.basics import Attribute, CapacityMultiplier, TransportType
from solver.contract.duration import HOUR, MINUTE
from solver.contract.entity import Entity
from solver.contract.scalars import AnyText, Duration, Moment, Number, Size, Tag, Text, Whole


class TripStartTimeStrategy(StrEnum):
    """How the times of a fixed sequence are chosen (W6)."""

    EARLIEST_FINISH = "EARLIEST_FINISH"
    LOWEST_COST = "LOWEST_COST"


@dataclass(slots=True, kw_only=True)
class TripExpectations(Entity):
    """What the trips should look like (W6, A3)."""

    trip_start_time_strategy: TripStartTimeStrategy = TripStartTimeStrategy.EARLIEST_FINISH
    problem_kind: Tag | None = None
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class TransportSpeedMultiplier(Entity):
    """Factor of a transport type's speed (T4)."""

    transport_type: TransportType
    speed: Annotated[float, Number(0.1, 100_000)]


@dataclass(slots=True, kw_only=True)
class TransportCapacityMultiplier(Entity):
    """Factors of a transport type's capacities (L6)."""

    transport_type: TransportType
    capacity: CapacityMultiplier


@dataclass(slots=True, kw_only=True)
class TripAssumptions(Entity):
    """Rules lifted or changed for a calculation (T4, L6, C4, Y, A1, A2)."""

    transport_speed_multipliers: Annotated[list[TransportSpeedMultiplier], Size(0, 16)] = field(
        default_factory=list
    )
    transport_capacity_multipliers: Annotated[list[TransportCapacityMultiplier], Size(0, 16)] = field(
        default_factory=list
    )
    disable_compatibility: bool = False
    disable_capacity: bool = False
    disable_location_limits: bool = True
    same_order_time_window: bool = False
    expand_shift_time_window: bool = False


@dataclass(slots=True, kw_only=True)
class CompatibilityPenalty(Entity):
    """The price of a missing tag (C3)."""

    tag: Tag
    penalty: Annotated[float, Number(0, 1_000_000)]


@dataclass(slots=True, kw_only=True)
class TripPenalties(Entity):
    """What may be violated for a price (C3, Y2)."""

    compatibilities: Annotated[list[CompatibilityPenalty], Size(0, 1_000_000)] = field(default_factory=list)
    max_locations_limits_penalty: Annotated[float, Number(0, 1_000_000_000)] = 0.0


@dataclass(slots=True, kw_only=True)
class TripsSettings(Entity):
    """What is optimised (Z) and under which assumptions."""

    configuration: Tag = "default"
    expectations: TripExpectations = field(default_factory=TripExpectations)
    assumptions: TripAssumptions = field(default_factory=TripAssumptions)
    penalties: TripPenalties = field(default_factory=TripPenalties)


@dataclass(slots=True, kw_only=True)
class GeoSettings(Entity):
    """Where distances and durations come from (T1)."""

    geo_provider: Annotated[str, Text(3, 256)] = "VRT"
    toll_roads: bool = True
    ferry_crossing: bool = True
    traffic_jams: bool = True
    flight_distance: bool = False
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class CalculationSettings(Entity):
    """Time limits and life time in seconds, time zone in hours, precision in decimals (M3)."""

    max_calculation_time: Duration = 20 * MINUTE
    max_waiting_time: Duration = 20 * MINUTE
    result_ttl: Duration = 20 * MINUTE
    result_timezone: Annotated[int, Whole(-12, 12)] = 0
    treat_warnings_as_errors: bool = False
    precision: Annotated[int, Whole(0, 6)] = 3


@dataclass(slots=True, kw_only=True)
class ExtensionSettings(Entity):
    """Extensions, which are not offered."""

    enable_extension: bool = False
    extension_url: AnyText | None = None


@dataclass(slots=True, kw_only=True)
class PlanSettings(Entity):
    """All settings of a plan."""

    trips_settings: TripsSettings = field(default_factory=TripsSettings)
    geo_settings: GeoSettings = field(default_factory=GeoSettings)
    calculation_settings: CalculationSettings = field(default_factory=CalculationSettings)
    extension_settings: ExtensionSettings = field(default_factory=ExtensionSettings)


@dataclass(slots=True, kw_only=True)
class ActualizeSettings(Entity):
    """The moment a replan starts from and the delay allowed, in seconds (Q3)."""

    current_time: Moment | None = None
    max_delay_duration: Duration = 3 * HOUR


@dataclass(slots=True, kw_only=True)
class ReplanStrategy(Entity):
    """What a replan may change (Q10)."""

    reorder: bool = False
    plan_new_orders: bool = False
    create_new_trips: bool = False


@dataclass(slots=True, kw_only=True)
class ReplanSettings(Entity):
    """Settings of a replan."""

    replan_strategy: ReplanStrategy = field(default_factory=ReplanStrategy)
