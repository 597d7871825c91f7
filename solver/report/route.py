"""A schedule as the report sees it: its steps, stops, roundtrips and own-transport legs."""

from collections.abc import Iterable
from dataclasses import dataclass

from solver.contract import TransportShift
from solver.problem.catalog import Catalog
from solver.report.clock import Clock, Span, span
from solver.report.measures import NOTHING, Load, load_of, plus
from solver.report.stops import (
    Item,
    Roundtrip,
    Stop,
    find_stops,
    own_legs,
    roundtrips,
    separating_locations,
)
from solver.schedule.timeline import Action, Step, TripSchedule


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


class Terms:
    """What all trips of a plan are told with.

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

    def route(self, schedule: TripSchedule) -> Route:
        """A schedule that has steps, split into stops and roundtrips."""
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
            place = self.catalog.locations[location]
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
