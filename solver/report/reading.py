"""A contract trip as its states tell it: stops, legs, services, loads, roundtrips, cost.

Nothing here looks at anything but the states and the task, so figures of our own trips and of trips that
somebody edited come from the same reading. What makes no sense is read as far as it goes, never refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from solver.contract import (
    CargoActionType,
    DemandType,
    PossibleEvent,
    TransportType,
    Trip,
    TripState,
    TripStateFlag,
)
from solver.report.clock import unix
from solver.report.lookup import Asked, Lookup
from solver.report.measures import NOTHING, Load, largest, minus, plus
from solver.report.stops import Item, Roundtrip, Stop, find_stops, own_legs, roundtrips
from solver.report.tariffs import Tariff

ACTIONS = (
    TripStateFlag.RELOCATING,
    TripStateFlag.WAITING,
    TripStateFlag.ON_DEMAND,
    TripStateFlag.BREAK,
    TripStateFlag.REST,
    TripStateFlag.ARRIVAL,
    TripStateFlag.DEPARTURE,
)
UNLOADING = (DemandType.DROP, DemandType.DROP_FROM_BOX)

LegMetres = Callable[[TransportType, str, str], int]
"""Metres of a leg, for trips whose states carry no distance."""


@dataclass(slots=True)
class Moment:
    """One state: from ``start`` to the next state's ``end``; ``action`` is None while nothing is done."""

    state: TripState
    start: int
    end: int
    action: TripStateFlag | None

    @property
    def place(self) -> str | None:
        """Where it is; None on the way."""
        return None if self.action is TripStateFlag.RELOCATING else self.state.location_key


@dataclass(slots=True)
class Service:
    """One demand served: its states, its moments, and what it asks for (None: unknown to the task)."""

    first: Moment
    start: int
    end: int
    asked: Asked | None
    event: PossibleEvent | None


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
class Board:
    """What lies in the transport before the first service and after each."""

    loads: list[Load]
    counts: list[int]
    added: list[list[str]]
    removed: list[list[str]]
    initial: list[str]
    carried: list[str]


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
        own_first, own_last = own_legs(performer[1], transport[1]) if performer and transport else (False,) * 2
        self.tariff = Tariff.of(performer[1], transport[1]) if performer and transport else None
        self.room = self.lookup.room(transport[0]) if transport else NOTHING
        self.moments = read_moments(self.trip.states)
        items = self._read_services()
        self.stops = find_stops(items)
        self.board = self._read_board()
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
                if before is None or not _same_service(before, moment):
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

    def _read_board(self) -> Board:
        return BoardReader(self.lookup, self).read()

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

    def peak(self, first: int, last: int) -> tuple[int, Load]:
        """Largest count and load, measure by measure, from before service ``first`` to before ``last + 1``."""
        load = NOTHING
        for there in self.board.loads[first : last + 1]:
            load = largest(load, there)
        return max(self.board.counts[first : last + 1], default=0), load


def read_moments(states: list[TripState]) -> list[Moment]:
    """States with their ends; a state that would end before it starts takes no time."""
    starts = [unix(state.time) for state in states]
    ends = starts[1:] + starts[-1:]
    return [
        Moment(state, start, max(start, end), _action(state))
        for state, start, end in zip(states, starts, ends, strict=True)
    ]


def _action(state: TripState) -> TripStateFlag | None:
    """The action flag (S2); of several the first."""
    return next((flag for flag in ACTIONS if flag in state.flags), None)


def _same_service(a: Moment, b: Moment) -> bool:
    x, y = a.state, b.state
    return (x.demand_key, x.event_key, x.location_key) == (y.demand_key, y.event_key, y.location_key)


class BoardReader:
    """Follows the cargos of one trip.

    A cargo is loaded by the first ADD of it and unloaded by a REMOVE; repeats are ignored, so trips that
    list their cargos again in every state read the same (Q1). Such trips may name no REMOVE at all: then a
    service that unloads takes its cargos off.
    """

    def __init__(self, lookup: Lookup, reading: TripReading) -> None:
        self.lookup = lookup
        self.reading = reading
        actions = [action for moment in reading.moments for action in moment.state.cargo_actions]
        self.silent = bool(actions) and all(a.cargo_action_type is CargoActionType.ADD for a in actions)

    def read(self) -> Board:
        """The board of the trip."""
        initial = [c for s in self.reading.services for c in self._unloads(s, DemandType.DROP_FROM_BOX)]
        initial = list(dict.fromkeys(initial))
        board = dict.fromkeys(initial)
        carried = dict.fromkeys(initial)
        load, out = self._load(initial), Board([], [], [], [], initial, [])
        out.loads.append(load)
        out.counts.append(len(board))
        for adds, removes in self._changes():
            added = [cargo for cargo in dict.fromkeys(adds) if cargo not in carried]
            board.update(dict.fromkeys(added))
            carried.update(dict.fromkeys(added))
            removed = [cargo for cargo in dict.fromkeys(removes) if cargo in board]
            for cargo in removed:
                del board[cargo]
            load = minus(plus(load, self._load(added)), self._load(removed)) if board else NOTHING
            out.loads.append(load)
            out.counts.append(len(board))
            out.added.append([cargo for cargo in added if cargo in board])
            out.removed.append(removed)
        out.carried = list(carried)
        return out

    def _changes(self) -> list[tuple[list[str], list[str]]]:
        """Cargos each service adds and removes: what is listed from its end to the next one's."""
        changes: list[tuple[list[str], list[str]]] = [([], []) for _ in self.reading.services]
        starts = {id(service.first): number for number, service in enumerate(self.reading.services)}
        current = -1
        for moment in self.reading.moments:
            current = starts.get(id(moment), current)
            inside = moment.action is TripStateFlag.ON_DEMAND
            if current < 0 or (inside and self.silent):
                continue
            for action in moment.state.cargo_actions:
                kind = 0 if action.cargo_action_type is CargoActionType.ADD else 1
                changes[current][kind].append(action.cargo_key)
        if self.silent:
            for number, service in enumerate(self.reading.services):
                changes[number][1].extend(self._unloads(service, *UNLOADING))
        return changes

    @staticmethod
    def _unloads(service: Service, *kinds: DemandType) -> list[str]:
        if service.asked is None or service.asked.demand.demand_type not in kinds:
            return []
        return service.asked.demand.target_cargos

    def _load(self, cargos: Iterable[str]) -> Load:
        load = NOTHING
        for cargo in cargos:
            load = plus(load, self.lookup.cargos.get(cargo, NOTHING))
        return load
