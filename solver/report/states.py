"""The states of one trip (rules S1-S5)."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from solver.contract import CargoAction, CargoActionType, TripState, TripStateFlag
from solver.problem.catalog import VisitName
from solver.report.clock import Span, span
from solver.report.measures import Load, minus, plus
from solver.report.route import Route, Terms
from solver.report.stops import Stop
from solver.report.tariffs import Tariff
from solver.schedule.timeline import Action, Step

FLAG = {
    Action.ARRIVAL: TripStateFlag.ARRIVAL,
    Action.WAITING: TripStateFlag.WAITING,
    Action.SERVICE: TripStateFlag.ON_DEMAND,
    Action.DEPARTURE: TripStateFlag.DEPARTURE,
    Action.DRIVE: TripStateFlag.RELOCATING,
    Action.BREAK: TripStateFlag.BREAK,
    Action.REST: TripStateFlag.REST,
}
ACTION_FLAGS = frozenset(FLAG.values())
OUTSIDE = (Action.ARRIVAL, Action.DEPARTURE)  # at a place, but not inside it (S1)


def opens(windows: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the windows is open from start to end; no edge lies between the two."""
    for a, b in windows:  # noqa: SIM110 - a plain loop is twice as fast, and it runs three times a state
        if a <= start and end <= b:
            return True
    return False


@dataclass(slots=True)
class Meter:
    """Running figures of one trip (S5): everything up to the step being told.

    Attributes
    ----------
    tariff : Tariff
    started : int
        Unix seconds of the first state.
    idle : bool
        The trip serves nothing, so it costs nothing (M3).
    metres, driven : int
        Metres so far; those of them in the transport.
    carried, reward : float
        Price of carriage so far (M2); rewards so far.
    load : Load
        On board now.
    """

    tariff: Tariff
    started: int
    idle: bool
    load: Load
    metres: int = 0
    driven: int = 0
    carried: float = 0.0
    reward: float = 0.0

    def cost(self, moment: int, metres: int = 0) -> float:
        """Cost at a moment, so many metres further on a leg of the transport."""
        if self.idle:
            return 0.0
        carried = self.carried + self.tariff.carry(metres, self.load)
        return self.tariff.cost(moment - self.started, self.driven + metres, carried)

    def drive(self, metres: int, own: bool) -> None:
        """Add metres; ``own``: with the performer's own transport (T6)."""
        self.metres += metres
        if not own:
            self.driven += metres
            self.carried += self.tariff.carry(metres, self.load)


@dataclass(slots=True)
class Piece:
    """What is the same for all states of one step: its windows and keys."""

    action: Action
    location: int
    place: str | None = None
    visit: VisitName | None = None
    hard: list[Span] = field(default_factory=list)
    soft: list[Span] = field(default_factory=list)


class StateWriter:
    """Writes the states of one trip, step by step.

    Parameters
    ----------
    terms : Terms
    route : Route
    """

    def __init__(self, terms: Terms, route: Route) -> None:
        catalog, schedule = terms.catalog, route.schedule
        performer_shift = catalog.performer_shifts[schedule.performer_shift][1]
        transport_shift = catalog.transport_shifts[schedule.transport_shift][1]
        available, working = span(performer_shift.availability_time), span(performer_shift.working_time)
        self.terms = terms
        self.route = route
        self.boxes = catalog.transport_shifts[schedule.transport_shift][0].boxes
        self.working = [(max(available[0], working[0]), min(available[1], working[1]))]
        self.meter = Meter(
            tariff=Tariff.of(performer_shift, transport_shift),
            started=catalog.epoch + schedule.steps[0].start,
            idle=all(step.action is not Action.SERVICE for step in schedule.steps),
            load=terms.initial_load(schedule.steps),
        )
        self.round_ends = [trip.end for trip in route.rounds]
        self.served = 0
        self.written: list[TripState] = []

    def states(self) -> list[TripState]:
        """All states of the trip."""
        steps, stops = self.route.steps, self.route.stops
        arrived = 0  # stops reached so far
        for number, step in enumerate(steps):
            if arrived < len(stops) and number >= stops[arrived].first:
                arrived += 1
            if step.location < 0:
                self._on_the_way(step, self.route.is_own(arrived - 1))
            elif step.action is Action.STAND:
                self._stand(step)
            else:
                self._at_stop(step, self._waited_for(number, stops[arrived - 1]))
        return self.written

    def _waited_for(self, number: int, stop: Stop) -> VisitName | None:
        """The visit served by a step, or waited for: the next one at the same stop (S3)."""
        steps = self.route.steps
        if steps[number].action not in (Action.SERVICE, Action.WAITING):
            return None
        for step in steps[number : stop.last]:
            if step.action is Action.SERVICE:
                return self.terms.catalog.visits[step.visit]
        return None

    def _stand(self, step: Step) -> None:
        """A moment at a place; told once where the trip ends with a service (S4)."""
        moment = self.terms.catalog.epoch + step.start
        place = self.terms.catalog.locations[step.location].key
        last = self.written[-1] if self.written else None
        told = last is not None and ACTION_FLAGS.isdisjoint(last.flags)
        if last and told and last.location_key == place and last.time == self.terms.clock.time(moment):
            return
        self._put(Piece(step.action, step.location, place), moment, moment)

    def _on_the_way(self, step: Step, own: bool) -> None:
        """A drive or a pause during one; where a window opens or closes, a state of its own (S3)."""
        start, end = self.terms.catalog.epoch + step.start, self.terms.catalog.epoch + step.end
        piece = Piece(step.action, -1)
        for a, b in pairs(start, end, edges(self.working)) if end > start else ():
            done = step.metres * (a - start) // (end - start)
            self._put(piece, a, b, done, own)
        self.meter.drive(step.metres, own)

    def _at_stop(self, step: Step, visit: VisitName | None) -> None:
        """An action at a place, and after a service the state with its cargo actions (S4)."""
        catalog = self.terms.catalog
        start, end = catalog.epoch + step.start, catalog.epoch + step.end
        piece = Piece(step.action, step.location, catalog.locations[step.location].key, visit)
        if visit is not None:
            piece.hard = [span(visit.event.hard_time_window)]
            soft = visit.event.soft_time_window
            piece.soft = [span(soft)] if soft is not None else []
        cuts = edges(self.working, self.terms.work_windows(step.location), piece.hard, piece.soft)
        for a, b in pairs(start, end, cuts):
            self._put(piece, a, b)
        if step.action is Action.SERVICE and visit is not None:
            self._after_service(step, visit, end)

    def _after_service(self, step: Step, visit: VisitName, moment: int) -> None:
        self.served += 1
        self.meter.reward += visit.event.reward
        actions: list[CargoAction] = []
        for handling in step.handlings:
            change = plus if handling.loads else minus
            self.meter.load = change(self.meter.load, self.terms.load(handling.cargo))
            actions.append(
                CargoAction(
                    box_key=self.boxes[handling.box].key,
                    cargo_key=self.terms.catalog.cargos[handling.cargo].key,
                    cargo_action_type=CargoActionType.ADD if handling.loads else CargoActionType.REMOVE,
                )
            )
        place = self.terms.catalog.locations[step.location].key
        self._put(Piece(Action.STAND, step.location, place), moment, moment, actions=actions)

    def _put(
        self,
        piece: Piece,
        start: int,
        end: int,
        metres: int = 0,
        own: bool = False,
        actions: list[CargoAction] | None = None,
    ) -> None:
        """One state; ``metres``: already driven on the leg."""
        meter, digits = self.meter, self.terms.precision
        state = TripState(
            time=self.terms.clock.time(start),
            flags=self._flags(piece, start, end),
            location_key=piece.place,
            cargo_actions=actions or [],
            distance=meter.metres + metres,
            cost=round(meter.cost(start, 0 if own else metres), digits),
            reward=round(meter.reward, digits),
        )
        if piece.action is Action.SERVICE and piece.visit is not None:
            state.order_key = piece.visit.order.key
            state.demand_key = piece.visit.demand.key
            state.event_key = piece.visit.event.key
        self.written.append(state)

    def _flags(self, piece: Piece, start: int, end: int) -> list[TripStateFlag]:
        flags: list[TripStateFlag] = []
        if piece.place is not None:
            flags.append(TripStateFlag.AROUND_LOCATION)
            if piece.action not in OUTSIDE:
                flags.append(TripStateFlag.INSIDE_LOCATION)
            work = self.terms.work_windows(piece.location)
            if not work or opens(work, start, end):
                flags.append(TripStateFlag.INSIDE_LOCATION_WINDOW)
        if opens(self.working, start, end):
            flags.append(TripStateFlag.INSIDE_WORKING_WINDOW)
        if opens(piece.hard, start, end):
            flags.append(TripStateFlag.INSIDE_EVENT_HARD_WINDOW)
        if opens(piece.soft, start, end):
            flags.append(TripStateFlag.INSIDE_EVENT_SOFT_WINDOW)
        if piece.action is not Action.STAND:
            flags.append(FLAG[piece.action])
        if piece.action is Action.SERVICE or self._on_roundtrip(start):
            flags.append(TripStateFlag.DURING_ROUNDTRIP)
        return flags

    def _on_roundtrip(self, moment: int) -> bool:
        """Whether a roundtrip is under way (R2); every border of one is a border of states, too."""
        number = bisect_right(self.round_ends, moment)
        return number < len(self.round_ends) and self.served > self.route.rounds[number].service0


def edges(*windows: Sequence[Span]) -> list[int]:
    """Moments at which one of the windows opens or closes, in order."""
    return sorted({moment for some in windows for window in some for moment in window})


def pairs(start: int, end: int, cuts: Iterable[int]) -> list[Span]:
    """The stretch cut at the moments strictly inside it; one pair for a stretch of no length."""
    borders = [start, *(cut for cut in cuts if start < cut < end), end]
    return list(pairwise(borders))
