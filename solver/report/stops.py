"""Stops, own-transport legs and roundtrips of a trip (rules T6, R1, R2).

The same functions serve a schedule that is being told and a trip that is being read: both are a list of
`Span` items, one for each step or state.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from solver.contract import DemandType, PerformerShift, PlanTask, TransportShift


class Item(NamedTuple):
    """One step or state: where it is (None: on the way), when, and which service of the trip (-1: none)."""

    place: Hashable
    start: int
    end: int
    service: int


@dataclass(slots=True)
class Stop:
    """A visit to one place.

    Attributes
    ----------
    place : hashable
    first, last : int
        Items ``first..last - 1`` happen here.
    arrival, departure : int
        End of the drive that led here, start of the drive away.
    service0, service1 : int
        Services ``service0..service1 - 1`` of the trip are done here.
    serving : int or None
        When the first of them starts.
    """

    place: Hashable
    first: int
    last: int
    arrival: int
    departure: int
    service0: int
    service1: int
    serving: int | None = None


@dataclass(slots=True, frozen=True)
class Roundtrip:
    """Part of a trip: stops ``stop0..stop1``, services ``service0..service1 - 1``, its two moments."""

    start: int
    end: int
    stop0: int
    stop1: int
    service0: int
    service1: int


def find_stops(items: Iterable[Item]) -> list[Stop]:
    """Stops of a trip in order; a change of place without a drive is a new stop, too (T5)."""
    stops: list[Stop] = []
    current: Stop | None = None
    done = 0
    for number, item in enumerate(items):
        if item.place is None:
            current = None
            continue
        if current is None or current.place != item.place:
            current = Stop(item.place, number, number, item.start, item.end, done, done)
            stops.append(current)
        current.last, current.departure = number + 1, item.end
        if item.service >= 0:
            if current.serving is None:
                current.serving = item.start
            done = current.service1 = item.service + 1
    return stops


def own_legs(performer: PerformerShift, transport: TransportShift) -> tuple[bool, bool]:
    """Whether the first and the last leg are driven with the performer's own transport (T6)."""
    return (
        _apart(performer.start_location_key, transport.start_location_key),
        _apart(performer.finish_location_key, transport.finish_location_key),
    )


def _apart(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def separating_locations(task: PlanTask) -> set[str]:
    """Locations that end a roundtrip (R1); ``task`` with its assumptions applied."""
    shifts: list[PerformerShift | TransportShift] = []
    for performer in task.performers:
        shifts.extend(performer.shifts)
    for transport in task.transports:
        shifts.extend(transport.shifts)
    ends = {key for shift in shifts for key in (shift.start_location_key, shift.finish_location_key)}
    pickups = {
        event.location_key
        for order in task.orders
        for demand in order.demands
        if demand.demand_type is DemandType.PICKUP
        for event in demand.possible_events
    }
    depots = {key for key in ends if key is not None}
    if len(ends) == 1 and depots and pickups <= depots:
        return depots
    if task.plan_settings.trips_settings.assumptions.disable_location_limits:
        return set()
    return {place.key for place in task.locations if any(item.limits for item in place.timetable)}


def roundtrips(stops: list[Stop], separating: Iterable[Hashable], own_last: bool) -> list[Roundtrip]:
    """Roundtrips of a trip (R2); ``own_last``: the transport is left one stop before the end."""
    found: list[Roundtrip] = []
    left_at = len(stops) - 2 if own_last and len(stops) > 1 else len(stops) - 1
    separating = set(separating)
    since: tuple[int, int, int] | None = None  # start, stop, service
    for number, stop in enumerate(stops):
        ends_here = stop.place in separating or (number == left_at and stop.serving is None)
        if since is not None and ends_here:
            found.append(Roundtrip(since[0], stop.arrival, since[1], number, since[2], stop.service0))
            since = None
        if since is None and stop.serving is not None:
            since = (stop.serving, number, stop.service0)
        if since is not None and number == left_at:
            found.append(Roundtrip(since[0], stop.departure, since[1], number, since[2], stop.service1))
            since = None
    if since is not None and stops:  # served after the transport was left: only in edited trips
        last = stops[-1]
        found.append(Roundtrip(since[0], last.departure, since[1], len(stops) - 1, since[2], last.service1))
    return found
