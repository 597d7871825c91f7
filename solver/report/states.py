"""From timed trips to the contract's trips (rules S1-S6).

The only place where indices become keys and steps become states.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from solver.contract import (
    AssignedPerformer,
    AssignedTransport,
    Attribute,
    CargoAction,
    CargoActionType,
    Location,
    TransportShift,
    Trip,
    TripState,
    TripStateFlag,
)
from solver.problem.catalog import Catalog, VisitName
from solver.report.clock import Clock, Span, span
from solver.report.measures import NOTHING, Load, load_of, minus, plus
from solver.report.stops import (
    Item,
    Roundtrip,
    Stop,
    find_stops,
    own_legs,
    roundtrips,
    separating_locations,
)
from solver.report.tariffs import Tariff
from solver.schedule.timeline import Action, Step, TripSchedule

PENALTY_ATTRIBUTE = "compatibility_penalty"  # rule C3

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
    return any(a <= start and end <= b for a, b in windows)


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
class Route:
    """A schedule with what the states need to know about it as a whole."""

    schedule: TripSchedule
    steps: list[Step]
    stops: list[Stop]
    rounds: list[Roundtrip]
    own_first: bool
    own_last: bool

    @property
    def taken(self) -> int:
        """When the transport is taken: the drive to it ends (W1)."""
        return self.stops[1 if self.own_first and len(self.stops) > 1 else 0].arrival

    @property
    def left(self) -> int:
        """When the transport is left: the drive away from it begins (W1)."""
        return self.stops[-2 if self.own_last and len(self.stops) > 1 else -1].departure

    def is_own(self, leg: int) -> bool:
        """Whether the leg to stop ``leg + 1`` is driven with the performer's own transport."""
        return (self.own_first and leg == 0) or (self.own_last and leg == len(self.stops) - 2)


class TripWriter:
    """Tells schedules as contract trips.

    Parameters
    ----------
    catalog : Catalog
    """

    def __init__(self, catalog: Catalog) -> None:
        settings = catalog.task.plan_settings.calculation_settings
        self.catalog = catalog
        self.precision = settings.precision
        self.clock = Clock(settings.result_timezone)
        self.separating = separating_locations(catalog.task)
        self._places = {place.key: number for number, place in enumerate(catalog.locations)}
        self._windows: dict[int, list[Span]] = {}
        self._loads: dict[int, Load] = {}

    def trip(self, schedule: TripSchedule, key: str, name: str) -> Trip:
        """One trip with its states.

        Parameters
        ----------
        schedule : TripSchedule
            Its steps may be empty: a trip with nothing but a waitlist (O5).
        key, name : str
            See `solver.report.names`.
        """
        performer, performer_shift = self.catalog.performer_shifts[schedule.performer_shift]
        transport, transport_shift = self.catalog.transport_shifts[schedule.transport_shift]
        states: list[TripState] = []
        if schedule.steps:
            route = self._route(schedule)
            states = StateWriter(self, route).states()
            whole = (route.stops[0].arrival, route.stops[-1].departure)
            used = (route.taken, route.left)
        else:
            whole = (span(performer_shift.availability_time)[0],) * 2
            used = (span(transport_shift.availability_time)[0],) * 2
        return Trip(
            key=key,
            name=name,
            performer=AssignedPerformer(
                performer_key=performer.key,
                shift_key=performer_shift.key,
                shift_time=self.clock.window(*whole),
            ),
            transport=AssignedTransport(
                transport_key=transport.key,
                shift_key=transport_shift.key,
                shift_time=self.clock.window(*used),
            ),
            states=states,
            waitlist=[self.catalog.orders[order].key for order in schedule.waitlist],
            attributes=self._attributes(schedule),
        )

    def _attributes(self, schedule: TripSchedule) -> list[Attribute]:
        """What the trip pays for missing tags (C3)."""
        if schedule.penalty <= 0:
            return []
        value = f"{round(schedule.penalty, 6):.6f}".rstrip("0").rstrip(".")
        return [Attribute(key=PENALTY_ATTRIBUTE, value=value)]

    def _route(self, schedule: TripSchedule) -> Route:
        performer_shift = self.catalog.performer_shifts[schedule.performer_shift][1]
        transport_shift = self.catalog.transport_shifts[schedule.transport_shift][1]
        own_first, own_last = own_legs(performer_shift, transport_shift)
        steps = self._with_silent_stops(schedule.steps, transport_shift)
        stops = find_stops(self._items(steps))
        rounds = roundtrips(stops, self.separating, own_last)
        return Route(schedule, steps, stops, rounds, own_first, own_last)

    def _with_silent_stops(self, steps: list[Step], shift: TransportShift) -> list[Step]:
        """Steps with a moment at places where the transport is taken or left and nothing takes time.

        Such a place is seen only by two drives that follow each other, one of them with the performer's own
        transport (T6).
        """
        full: list[Step] = []
        for step in steps:
            before = full[-1] if full else None
            if before and before.action is Action.DRIVE and step.action is Action.DRIVE:
                key = shift.start_location_key if before.own else shift.finish_location_key
                full.append(Step(Action.STAND, step.start, step.start, self._places[key or ""]))
            full.append(step)
        return full

    def _items(self, steps: Iterable[Step]) -> Iterable[Item]:
        service = -1
        epoch = self.catalog.epoch
        for step in steps:
            if step.action is Action.SERVICE:
                service += 1
            yield Item(
                self.catalog.locations[step.location].key if step.location >= 0 else None,
                epoch + step.start,
                epoch + step.end,
                service if step.action is Action.SERVICE else -1,
            )

    def work_windows(self, location: int) -> list[Span]:
        """Work windows of a place; none at all means always open (W2)."""
        if location not in self._windows:
            place: Location = self.catalog.locations[location]
            self._windows[location] = [span(item.work_window) for item in place.timetable]
        return self._windows[location]

    def load(self, cargo: int) -> Load:
        """Measures of a cargo."""
        if cargo not in self._loads:
            self._loads[cargo] = load_of(self.catalog.cargos[cargo].capacity)
        return self._loads[cargo]

    def initial_load(self, steps: Iterable[Step]) -> Load:
        """What lies on board as the trip starts: cargos taken out that were never put in (L5)."""
        loaded: set[int] = set()
        load = NOTHING
        for step in steps:
            for handling in step.handlings:
                if handling.loads:
                    loaded.add(handling.cargo)
                elif handling.cargo not in loaded:
                    load = plus(load, self.load(handling.cargo))
        return load


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
    plan : TripWriter
    route : Route
    """

    def __init__(self, plan: TripWriter, route: Route) -> None:
        catalog, schedule = plan.catalog, route.schedule
        performer_shift = catalog.performer_shifts[schedule.performer_shift][1]
        transport_shift = catalog.transport_shifts[schedule.transport_shift][1]
        available, working = span(performer_shift.availability_time), span(performer_shift.working_time)
        self.plan = plan
        self.route = route
        self.boxes = catalog.transport_shifts[schedule.transport_shift][0].boxes
        self.working = [(max(available[0], working[0]), min(available[1], working[1]))]
        self.meter = Meter(
            tariff=Tariff.of(performer_shift, transport_shift),
            started=catalog.epoch + schedule.steps[0].start,
            idle=all(step.action is not Action.SERVICE for step in schedule.steps),
            load=plan.initial_load(schedule.steps),
        )
        self.round_ends = [trip.end for trip in route.rounds]
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
                return self.plan.catalog.visits[step.visit]
        return None

    def _stand(self, step: Step) -> None:
        """A moment at a place; told once where the trip ends with a service (S4)."""
        moment = self.plan.catalog.epoch + step.start
        place = self.plan.catalog.locations[step.location].key
        last = self.written[-1] if self.written else None
        if last and last.location_key == place and last.time == self.plan.clock.time(moment):
            if ACTION_FLAGS.isdisjoint(last.flags):
                return
        self._put(Piece(step.action, step.location, place), moment, moment)

    def _on_the_way(self, step: Step, own: bool) -> None:
        """A drive or a pause during one; where a window opens or closes, a state of its own (S3)."""
        start, end = self.plan.catalog.epoch + step.start, self.plan.catalog.epoch + step.end
        piece = Piece(step.action, -1)
        for a, b in pairs(start, end, edges(self.working)) if end > start else ():
            done = step.metres * (a - start) // (end - start)
            self._put(piece, a, b, done, own)
        self.meter.drive(step.metres, own)

    def _at_stop(self, step: Step, visit: VisitName | None) -> None:
        """An action at a place, and after a service the state with its cargo actions (S4)."""
        catalog = self.plan.catalog
        start, end = catalog.epoch + step.start, catalog.epoch + step.end
        piece = Piece(step.action, step.location, catalog.locations[step.location].key, visit)
        if visit is not None:
            piece.hard = [span(visit.event.hard_time_window)]
            soft = visit.event.soft_time_window
            piece.soft = [span(soft)] if soft is not None else []
        cuts = edges(self.working, self.plan.work_windows(step.location), piece.hard, piece.soft)
        for a, b in pairs(start, end, cuts):
            self._put(piece, a, b)
        if step.action is Action.SERVICE and visit is not None:
            self._after_service(step, visit, end)

    def _after_service(self, step: Step, visit: VisitName, moment: int) -> None:
        self.meter.reward += visit.event.reward
        actions: list[CargoAction] = []
        for handling in step.handlings:
            change = plus if handling.loads else minus
            self.meter.load = change(self.meter.load, self.plan.load(handling.cargo))
            actions.append(
                CargoAction(
                    box_key=self.boxes[handling.box].key,
                    cargo_key=self.plan.catalog.cargos[handling.cargo].key,
                    cargo_action_type=CargoActionType.ADD if handling.loads else CargoActionType.REMOVE,
                )
            )
        place = self.plan.catalog.locations[step.location].key
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
        meter, digits = self.meter, self.plan.precision
        state = TripState(
            time=self.plan.clock.time(start),
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
            work = self.plan.work_windows(piece.location)
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
        return number < len(self.round_ends) and self.route.rounds[number].start <= moment


def edges(*windows: Sequence[Span]) -> list[int]:
    """Moments at which one of the windows opens or closes, in order."""
    return sorted({moment for some in windows for window in some for moment in window})


def pairs(start: int, end: int, cuts: Iterable[int]) -> list[Span]:
    """The stretch cut at the moments strictly inside it; one pair for a stretch of no length."""
    borders = [start, *(cut for cut in cuts if start < cut < end), end]
    return list(zip(borders, borders[1:], strict=False))
