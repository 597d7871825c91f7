"""What every page shows of a result: trips, stops, services, what stays unplanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from planning.web.catalog import Catalog, Place
from solver.contract import EntityWarning, GeneralStatistics, Quality, TransportLoad
from solver.contract import UnplannedOrder as Why

COLOURS = 12
"""How many colours trips share before they repeat with a dash."""


@dataclass(frozen=True, slots=True)
class Service:
    """A demand carried out. `early` and `late` are seconds outside the soft window (W5), 0 inside."""

    demand_key: str
    order_key: str
    order_name: str
    kind: str
    start: datetime
    end: datetime
    window: tuple[datetime, datetime] | None
    soft_window: tuple[datetime, datetime] | None
    early: int
    late: int


@dataclass(frozen=True, slots=True)
class StopView:
    """A stop of a trip. `number` counts stops with a service from 1, None at a plain start or finish.

    `drive_seconds` and `metres` are of the leg that led here, `pause_seconds` are breaks and rests on that
    leg and at the stop; `slack` is how many seconds later its last
    service may end before this stop or a later one misses a hard window, None where nothing is served.
    """

    index: int
    number: int | None
    place: Place
    arrival: datetime
    departure: datetime
    drive_seconds: int
    metres: int
    wait_seconds: int
    pause_seconds: int
    services: tuple[Service, ...]
    upload: TransportLoad
    download: TransportLoad
    load_after: TransportLoad
    slack: int | None

    @property
    def violated(self) -> bool:
        """Whether a service here is outside its soft window."""
        return any(service.early or service.late for service in self.services)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a trip's time of one kind: drive, park, wait, work, break, rest or idle."""

    kind: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class TripView:
    """A trip by its number in the plan, from 1; the number also gives its colour and its address."""

    number: int
    key: str
    name: str
    performer_key: str
    performer: str
    transport_key: str
    transport: str
    start: datetime
    end: datetime
    figures: GeneralStatistics | None
    stops: tuple[StopView, ...]
    segments: tuple[Segment, ...]
    waitlist: tuple[str, ...]

    @property
    def colour(self) -> int:
        """1..12, shared by map, time axis and tables."""
        return (self.number - 1) % COLOURS + 1

    @property
    def dash(self) -> int:
        """How often the colours were used up before: 0 solid, 1 dashed, 2 dotted, then dashed again."""
        turn = (self.number - 1) // COLOURS
        return 0 if turn == 0 else (turn - 1) % 2 + 1

    @property
    def days(self) -> int:
        """Midnights between start and end."""
        return (self.end.date() - self.start.date()).days

    @property
    def services(self) -> list[Service]:
        """Every demand carried out, in order of time."""
        return [service for stop in self.stops for service in stop.services]

    @property
    def violations(self) -> int:
        """Services outside their soft window."""
        return sum(1 for service in self.services if service.early or service.late)

    @property
    def numbered(self) -> int:
        """Stops with a service."""
        return sum(1 for stop in self.stops if stop.number is not None)


@dataclass(frozen=True, slots=True)
class UnplannedOrder:
    """An order without a place in the plan and why: the engine's sentences (U2), or what cut it out (V1)."""

    key: str
    name: str
    places: tuple[Place, ...]
    window: tuple[datetime, datetime] | None
    reasons: tuple[EntityWarning, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """A whole result, ready to be shown; `why` has the reasons in full (U2) by order, where they are kept."""

    trips: tuple[TripView, ...]
    unplanned: tuple[UnplannedOrder, ...]
    figures: GeneralStatistics
    quality: Quality
    warnings: tuple[EntityWarning, ...]
    idle_performers: tuple[str, ...]
    idle_transports: tuple[str, ...]
    orders: int
    why: Mapping[str, Why]
    catalog: Catalog = field(repr=False)

    @property
    def planned(self) -> int:
        """Orders served by trips."""
        return self.figures.plan_orders_count

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From the first trip's start to the last trip's finish."""
        if not self.trips:
            return None
        return min(trip.start for trip in self.trips), max(trip.end for trip in self.trips)

    @property
    def several_days(self) -> bool:
        """Whether trips start on different days."""
        return len({trip.start.date() for trip in self.trips}) > 1

    @property
    def soft_violations(self) -> int:
        """Services outside their soft window, before it or after it (X9)."""
        found = self.quality.soft_time_window_violations
        return found.before.count + found.after.count

    def trip(self, number: int) -> TripView | None:
        """The trip of a number counted from 1."""
        return self.trips[number - 1] if 1 <= number <= len(self.trips) else None
