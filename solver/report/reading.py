"""A contract trip as its states tell it: stops, legs, services, loads, roundtrips, cost.

Nothing here looks at anything but the states and the task, so figures of our own trips and of trips that
somebody edited come from the same reading. What makes no sense is read as far as it goes, never refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from solver.contract import TransportType, Trip, TripStateFlag
from solver.report.board import Board, BoardReader
from solver.report.lookup import Lookup
from solver.report.measures import NOTHING, Load
from solver.report.moments import Moment, Service, read_moments, same_service
from solver.report.stops import Item, Roundtrip, Stop, find_stops, own_legs, roundtrips
from solver.report.tariffs import Tariff

LegMetres = Callable[[TransportType, str, str], int]
"""Metres of a leg, for trips whose states carry no distance."""


@dataclass(slots=True)
class Leg:
    """The way between two stops.

    Attributes
    ----------
    moments : list of Moment
    start : int
        When it begins.
    metres : int
    own : bool
        Driven with the performer's own transport (T6).
    load : Load
        On board of the transport; nothing on an own leg.
    count : int
        Cargos on board.
    """

    moments: list[Moment]
    start: int
    metres: int
    own: bool
    load: Load
    count: int

    @property
    def driving(self) -> int:
        """Seconds of driving."""
        return sum(m.end - m.start for m in self.moments if m.action is TripStateFlag.RELOCATING)


@dataclass(slots=True)
class TripReading:
    """A trip as its states tell it.

    Parameters
    ----------
    lookup : Lookup
    separating : set of str
        Locations that end a roundtrip (R1).
    trip : Trip
    leg_metres : LegMetres or None
        Distances for a trip whose states carry none; 0 without it.
    """

    lookup: Lookup
    separating: set[str]
    trip: Trip
    leg_metres: LegMetres | None = None
    moments: list[Moment] = field(init=False)
    services: list[Service] = field(init=False)
    stops: list[Stop] = field(init=False)
    legs: list[Leg] = field(init=False)
    board: Board = field(init=False)
    rounds: list[Roundtrip] = field(init=False)
    tariff: Tariff | None = field(init=False)
    room: Load = field(init=False)

    def __post_init__(self) -> None:
        performer = self.lookup.performer_shifts.get(self.trip.performer.shift_key)
        transport = self.lookup.transport_shifts.get(self.trip.transport.shift_key)
        own_first, own_last = (
            own_legs(performer[1], transport[1]) if performer and transport else (False,) * 2
        )
        self.tariff = Tariff.of(performer[1], transport[1]) if performer and transport else None
        self.room = self.lookup.room(transport[0]) if transport else NOTHING
        self.moments = read_moments(self.trip.states)
        items = self._read_services()
        self.stops = find_stops(items)
        self.board = BoardReader(self.lookup, self.moments, self.services).read()
        self.rounds = roundtrips(self.stops, self.separating, own_last)
        kind = transport[0].transport_type if transport else None
        own_kind = performer[0].own_transport_type if performer else None
        self._read_legs(own_first, own_last, kind, own_kind)

    def _read_services(self) -> list[Item]:
        """Services in order; states of one service that a window's edge cut in two are one again."""
        self.services = []
        items: list[Item] = []
        before: Moment | None = None
        for moment in self.moments:
            number = -1
            if moment.action is TripStateFlag.ON_DEMAND and moment.place is not None:
                if before is None or not same_service(before, moment):
                    self._begin_service(moment)
                number = len(self.services) - 1
                self.services[-1].end = moment.end
                before = moment
            else:
                before = None
            items.append(Item(moment.place, moment.start, moment.end, number))
        return items

    def _begin_service(self, moment: Moment) -> None:
        asked = self.lookup.demands.get(moment.state.demand_key or "")
        event = asked.event(moment.state.event_key) if asked else None
        self.services.append(Service(moment, moment.start, moment.end, asked, event))

    def _read_legs(
        self, own_first: bool, own_last: bool, kind: TransportType | None, own_kind: TransportType | None
    ) -> None:
        self.legs = []
        last = len(self.stops) - 2
        silent = not any(moment.state.distance for moment in self.moments)
        for number, (a, b) in enumerate(zip(self.stops, self.stops[1:], strict=False)):
            moments = self.moments[a.last : b.first]
            own = (own_first and number == 0) or (own_last and number == last)
            begun = (moments[0] if moments else self.moments[a.last - 1]).state.distance
            metres = max(0, self.moments[b.first].state.distance - begun)
            driver = own_kind if own else kind
            if silent and self.leg_metres is not None and driver is not None:
                metres = self.leg_metres(driver, str(a.place), str(b.place))
            load, count = self.board.loads[a.service1], self.board.counts[a.service1]
            if own:
                load, count = NOTHING, 0
            self.legs.append(Leg(moments, a.departure, metres, own, load, count))

    @property
    def start(self) -> int:
        """Unix seconds of the first state; only of a trip that has one."""
        return self.moments[0].start

    @property
    def end(self) -> int:
        """Unix seconds of the last state; only of a trip that has one."""
        return self.moments[-1].end

    @property
    def orders(self) -> list[str]:
        """Orders served here, in order of their first service."""
        return list(dict.fromkeys(s.asked.order.key for s in self.services if s.asked is not None))

    @property
    def metres(self) -> int:
        """Metres of all legs."""
        return sum(leg.metres for leg in self.legs)

    def reward(self, services: Iterable[Service]) -> float:
        """Rewards of the events carried out (M3)."""
        return sum(service.event.reward for service in services if service.event is not None)

    def cost(self, until: int, legs: int) -> float:
        """Cost of the trip up to a moment, with so many legs driven (M1-M3)."""
        if self.tariff is None or not any(service.asked for service in self.services):
            return 0.0
        driven = [leg for leg in self.legs[:legs] if not leg.own]
        carried = sum(self.tariff.carry(leg.metres, leg.load) for leg in driven)
        return self.tariff.cost(until - self.start, sum(leg.metres for leg in driven), carried)
