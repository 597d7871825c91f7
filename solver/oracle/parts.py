"""What a trip is made of: stretches of time, visits, drives, services, roundtrips."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from solver.contract import CargoAction, TripState, TripStateFlag
from solver.oracle.world import SLACK, Offer

DOING = {
    TripStateFlag.ARRIVAL,
    TripStateFlag.WAITING,
    TripStateFlag.ON_DEMAND,
    TripStateFlag.DEPARTURE,
    TripStateFlag.RELOCATING,
    TripStateFlag.BREAK,
    TripStateFlag.REST,
}
HERE = {TripStateFlag.AROUND_LOCATION, TripStateFlag.INSIDE_LOCATION}


@dataclass(slots=True, eq=False)
class Stretch:
    """What lasts from one state to the next.

    Attributes
    ----------
    doing : TripStateFlag or None
        The action; the first one where there are several (S2).
    """

    number: int
    state: TripState
    start: float
    end: float
    doing: TripStateFlag | None
    visit: "Visit | None" = None
    drive: "Drive | None" = None
    service: "Service | None" = None

    @property
    def length(self) -> float:
        """Seconds."""
        return self.end - self.start

    @property
    def on_the_way(self) -> bool:
        """Between two places."""
        if TripStateFlag.RELOCATING in self.state.flags:
            return True
        return self.state.location_key is None and HERE.isdisjoint(self.state.flags)


@dataclass(slots=True, eq=False)
class Service:
    """One demand carried out, from its first ON_DEMAND state to the state after its last."""

    number: int
    visit: "Visit"
    stretches: list[Stretch]
    offer: Offer | None
    moves: list[CargoAction] = field(default_factory=list)

    @property
    def start(self) -> float:
        """When it starts."""
        return self.stretches[0].start

    @property
    def end(self) -> float:
        """When it ends."""
        return self.stretches[-1].end

    @property
    def demand(self) -> str:
        """Its demand's key as the state gives it."""
        return self.stretches[0].state.demand_key or "?"


@dataclass(slots=True, eq=False)
class Visit:
    """A stop at a place."""

    number: int
    place: str
    stretches: list[Stretch] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)

    @property
    def start(self) -> float:
        """When the drive that led here ended."""
        return self.stretches[0].start

    @property
    def end(self) -> float:
        """When the next drive begins."""
        return self.stretches[-1].end


@dataclass(slots=True, eq=False)
class Drive:
    """The way from one visit to the next."""

    start: Visit
    finish: Visit
    stretches: list[Stretch]
    own: bool = False

    @property
    def begun(self) -> float:
        """When it begins."""
        return self.start.end

    @property
    def metres(self) -> int:
        """By the distances of the states at both ends."""
        before = (self.stretches or self.start.stretches[-1:])[0]
        return self.finish.stretches[0].state.distance - before.state.distance

    def seconds(self, doing: TripStateFlag = TripStateFlag.RELOCATING) -> float:
        """Seconds spent on an action on the way."""
        return sum(part.length for part in self.stretches if part.doing == doing)


@dataclass(slots=True)
class Round:
    """A roundtrip (R2): its moments, its visits (both included), its services (the end not included)."""

    start: float
    end: float
    first_visit: int
    last_visit: int
    first_service: int
    end_service: int


def same_service(a: Stretch, b: Stretch) -> bool:
    """Whether two states in a row tell of the same service."""
    x, y = a.state, b.state
    return (
        b.number == a.number + 1
        and a.visit is b.visit
        and (x.demand_key, x.event_key) == (y.demand_key, y.event_key)
    )


def close(a: float, b: float, slack: float = SLACK) -> bool:
    """Whether two figures are equal but for rounding."""
    return abs(a - b) <= slack


def spent(stretches: Iterable[Stretch], doing: TripStateFlag) -> float:
    """Seconds spent on an action."""
    return sum(part.length for part in stretches if part.doing == doing)
