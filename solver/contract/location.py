"""Places."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.basics import Attribute, CapacityCost, CapacityLimit, Geopoint, TimeWindow
from solver.contract.entity import Entity
from solver.contract.scalars import Duration, Key, Name, Number, Size, Tag


@dataclass(slots=True, kw_only=True)
class LocationCompatibilities(Entity):
    """Features a transport needs to be served here (C1)."""

    transport_restrictions: Annotated[list[Tag], Size(0, 1_000)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class LocationCargosLimit(Entity):
    """Measures of cargo and the price of each unit under or over them (Y1)."""

    capacity: CapacityLimit
    penalty: CapacityCost


@dataclass(slots=True, kw_only=True)
class LocationTransportsLimit(Entity):
    """Number of transports and the price of each one under or over it (Y1)."""

    count: Annotated[float, Number(0, 15_001)]
    penalty: Annotated[float, Number(0, 1_000_000)]


@dataclass(slots=True, kw_only=True)
class LocationLimit(Entity):
    """How much may be moved in a window, and by how many transports at once (Y1)."""

    key: Key
    time_window: TimeWindow
    min_cargos: Annotated[list[LocationCargosLimit], Size(0, 5)] = field(default_factory=list)
    max_cargos: Annotated[list[LocationCargosLimit], Size(0, 5)] = field(default_factory=list)
    min_transports: Annotated[list[LocationTransportsLimit], Size(0, 5)] = field(default_factory=list)
    max_transports: Annotated[list[LocationTransportsLimit], Size(0, 5)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class LocationTimetableElement(Entity):
    """A window in which the location works (W2), with its limits (Y1)."""

    work_window: TimeWindow
    limits: Annotated[list[LocationLimit], Size(0, 48)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Location(Entity):
    """A place with its parking times, in seconds (W3), and opening times (W2)."""

    key: Key
    geopoint: Geopoint
    arrival_duration: Duration = 0
    departure_duration: Duration = 0
    timetable: Annotated[list[LocationTimetableElement], Size(0, 30)] = field(default_factory=list)
    compatibilities: LocationCompatibilities = field(default_factory=LocationCompatibilities)
    name: Name = ""
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)
