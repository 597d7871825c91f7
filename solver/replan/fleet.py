"""Performers and transports of a continuation: places, times, boxes (rules Q3, Q5, Q8-Q10)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from solver.contract import (
    Box,
    MaxCapacity,
    Order,
    Performer,
    PerformerShift,
    TimeWindow,
    Transport,
    TransportShift,
)
from solver.replan.freedom import Freedom
from solver.replan.remainder import MEASURES, Remainder, shrunk
from solver.replan.trips import GivenTrip
from solver.replan.windows import later, not_before

Shift = TypeVar("Shift", PerformerShift, TransportShift)


class Fleet:
    """Makes the performers and transports of a continuation; parameters as `solver.replan.orders.Orders`."""

    def __init__(
        self, freedom: Freedom, trips: list[GivenTrip], left: Remainder, now: datetime, delay: int
    ) -> None:
        self.freedom, self.left, self.now, self.delay = freedom, left, now, delay
        self.trips = trips
        self.trip_of = {given.performer_shift: given for given in trips}
        self.trip_of.update({given.transport_shift: given for given in trips})

    def performers(
        self, performers: Iterable[Performer], orders: Iterable[Order], *, narrowed: bool
    ) -> list[Performer]:
        """Performers as they are now.

        Parameters
        ----------
        orders : iterable of Order
            What is left to do; extra durations of other demands are left out.
        narrowed : bool
            Whether nobody works before ``now`` (Q3), and only shifts are left that are used or may be;
            results are told without that.
        """
        demands = {demand.key for order in orders for demand in order.demands}
        found = []
        for performer in performers:
            shifts = [
                replace(shift, working_time=self._working_time(shift, narrowed))
                for shift in self._shifts(performer.shifts, narrowed)
            ]
            if shifts:
                found.append(without_extras(replace(performer, shifts=shifts), demands))
        return found

    def transports(self, transports: Iterable[Transport], *, narrowed: bool) -> list[Transport]:
        """Transports with the boxes as they are now; ``narrowed`` as for performers."""
        found = []
        for transport in transports:
            shifts = self._shifts(transport.shifts, narrowed)
            if shifts:
                found.append(self._with_room(replace(transport, shifts=shifts)))
        return found

    def _shifts(self, shifts: Sequence[Shift], narrowed: bool) -> list[Shift]:
        ordered = sorted(shifts, key=lambda shift: shift.availability_time.start)
        following = {
            shift.key: after.availability_time.start - timedelta(seconds=1)
            for shift, after in pairwise(ordered)
        }
        changed = (self._shift(shift, following.get(shift.key), narrowed) for shift in shifts)
        return [shift for shift in changed if shift is not None]

    def _shift(self, shift: Shift, limit: datetime | None, narrowed: bool) -> Shift | None:
        """A shift from where its trip stands; None for one that is not used and may not be, or is over."""
        given, window = self.trip_of.get(shift.key), shift.availability_time
        if given is None:
            if not narrowed:
                return shift
            if not self.freedom.new_trips or self._is_over(shift):
                return None
            return replace(shift, availability_time=not_before(window, self.now))
        at = self.left.positions.get(given.trip.key)
        moved = replace(shift, availability_time=later(window, self.delay, limit))
        if isinstance(moved, PerformerShift):
            moved.working_time = later(moved.working_time, self.delay, limit)
        if at is not None:
            moved.start_location_key = at.location
        since = self.now if at is None else at.since
        if narrowed and self._is_over(moved):
            return None
        moved.availability_time = not_before(moved.availability_time, since)
        return moved

    def _is_over(self, shift: PerformerShift | TransportShift) -> bool:
        """Whether nothing can be served in a shift any more."""
        end = shift.availability_time.end
        if isinstance(shift, PerformerShift):
            end = min(end, shift.working_time.end)
        return end < self.now

    def _working_time(self, shift: PerformerShift, narrowed: bool) -> TimeWindow:
        """What of the working time lies in the availability, and after now where asked."""
        available = shift.availability_time
        working = not_before(shift.working_time, available.start)
        if narrowed:
            working = not_before(working, self.now)
        end = max(min(working.end, available.end), available.start)
        return replace(working, start=max(min(working.start, end), available.start), end=end)

    def _with_room(self, transport: Transport) -> Transport:
        """Q8: boxes are smaller by what was put into them to stay."""
        for taken in self.left.taken_in(transport.key):
            before = transport.boxes
            boxes = [
                replace(box, capacity=shrunk(box.capacity, taken.by_box[box.key]))
                if box.key in taken.by_box
                else box
                for box in before
            ]
            limit = _limit_left(transport.limits.max_capacity, before, boxes)
            transport = replace(transport, boxes=boxes, limits=replace(transport.limits, max_capacity=limit))
        return transport

    def name_boxes(
        self, orders: list[Order], transports: list[Transport], told: list[Transport]
    ) -> dict[str, str]:
        """Give each box in which something lies a key that no other transport's box has (K2).

        Parameters
        ----------
        orders : list of Order
            Cargos that lie in a renamed box name its new key.
        transports, told : list of Transport
            The narrowed ones, among which keys are told apart, and the others.

        Returns
        -------
        dict of str to str
            The key it had, by its new key.
        """
        owner = {given.trip.key: given.trip.transport.transport_key for given in self.trips}
        by_key = {transport.key: transport for transport in transports}
        taken = [box.key for transport in transports for box in transport.boxes]
        names: dict[tuple[str, str], str] = {}
        for order in orders:
            for cargo in order.cargos:
                trip = self.left.aboard.get(cargo.key)
                transport = by_key.get(owner.get(trip or "", ""))
                if transport is None or not transport.boxes:
                    continue
                known = [box.key for box in transport.boxes]
                key = cargo.target_box_key if cargo.target_box_key in known else known[0]
                if taken.count(key) > 1:
                    key = names.setdefault((transport.key, key), f"{key} {transport.key}")
                cargo.target_box_key = key
        for transport in [*transports, *told]:
            transport.boxes = [
                replace(box, key=names.get((transport.key, box.key), box.key)) for box in transport.boxes
            ]
        return {name: key for (_, key), name in names.items()}


def without_extras(performer: Performer, demands: Collection[str]) -> Performer:
    """A performer without extra durations of demands that are not there."""
    extras = [item for item in performer.limits.demand_extra_durations if item.demand_key in demands]
    return replace(performer, limits=replace(performer.limits, demand_extra_durations=extras))


def _limit_left(limit: MaxCapacity, before: list[Box], after: list[Box]) -> MaxCapacity:
    """What may still be loaded, but never less than the largest box holds."""

    def left(name: str) -> float | None:
        most: float | None = getattr(limit, name)
        if most is None:
            return None
        gone: float = sum(getattr(box.capacity, name) for box in before)
        gone -= sum(getattr(box.capacity, name) for box in after)
        largest: float = max(getattr(box.capacity, name) for box in after)
        return max(most - gone, largest)

    return MaxCapacity(**{name: left(name) for name in MEASURES})
