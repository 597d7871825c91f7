"""Performers and their shifts."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.basics import Attribute, FeatureLifetime, TimeWindow, TransportType
from solver.contract.duration import DAY
from solver.contract.entity import Entity
from solver.contract.scalars import Duration, Key, Name, Number, Size, Tag, Whole
from solver.contract.work_rules import WorkAndRestRules


@dataclass(slots=True, kw_only=True)
class PerformerTariffConstraint(Entity):
    """A stage of a trip's duration: its length in seconds and the cost of a second (M1)."""

    stage_length: Duration = 30 * DAY
    cost_per_unit: Annotated[float, Number(0.001, 10_000)] = 0.001


@dataclass(slots=True, kw_only=True)
class PerformerTariff(Entity):
    """Cost of a performer shift; no `max_penalty_cost`: nothing may be violated for a price (C3)."""

    cost_per_shift: Annotated[float, Number(0.001, 1_000_000)] = 0.001
    constraints: Annotated[list[PerformerTariffConstraint], Size(0, 100)] = field(default_factory=list)
    max_penalty_cost: Annotated[float, Number(0, 1_000_000)] | None = None


@dataclass(slots=True, kw_only=True)
class PerformerShift(Entity):
    """A shift: availability and work (W1), start and end, and the limits of a trip in it (O4)."""

    key: Key
    availability_time: TimeWindow
    working_time: TimeWindow
    start_location_key: Key | None = None
    finish_location_key: Key | None = None
    max_locations: Annotated[int, Whole(1, 1_000)] | None = None
    max_stops: Annotated[int, Whole(1, 1_000)] | None = None
    tariff: PerformerTariff = field(default_factory=PerformerTariff)
    work_and_rest_rules: WorkAndRestRules = field(default_factory=WorkAndRestRules)
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PerformerCompatibilities(Entity):
    """What a performer can do, when (W7), and what he needs of a transport (C1)."""

    performer_features: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)
    performer_features_lifetimes: Annotated[list[FeatureLifetime], Size(0, 100)] = field(default_factory=list)
    transport_restrictions: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class DemandExtraDuration(Entity):
    """Seconds this performer needs for a demand on top of the event's duration (W4).

    Of several for one demand the last listed counts.
    """

    demand_key: Key
    additional_duration: Duration


@dataclass(slots=True, kw_only=True)
class PerformerLimits(Entity):
    """How many shifts a performer works at most (O4), and his extra durations (W4)."""

    max_work_shifts: Annotated[int, Whole(1, 31)] = 31
    demand_extra_durations: Annotated[list[DemandExtraDuration], Size(0, 15_001)] = field(
        default_factory=list
    )


@dataclass(slots=True, kw_only=True)
class Performer(Entity):
    """Somebody who drives and serves, with his shifts."""

    key: Key
    shifts: Annotated[list[PerformerShift], Size(1, 15_001)]
    own_transport_type: TransportType = TransportType.CAR
    compatibilities: PerformerCompatibilities = field(default_factory=PerformerCompatibilities)
    limits: PerformerLimits = field(default_factory=PerformerLimits)
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
