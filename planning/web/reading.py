"""One reading of a result for every page: table, map, time axis and route sheet show these trips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from planning.web.catalog import Catalog, Place
from planning.web.results import PlanView, Segment, Service, StopView, TripView, UnplannedOrder
from solver.contract import (
    EntityPath,
    EntityWarning,
    PlanResult,
    PlanTask,
    PossibleEvent,
    StopDemand,
    StopStatistics,
    Trip,
    TripState,
    TripStatistics,
)
from solver.contract import UnplannedOrder as Why

ACTIONS = {
    "RELOCATING": "drive",
    "ARRIVAL": "park",
    "DEPARTURE": "park",
    "WAITING": "wait",
    "ON_DEMAND": "work",
    "BREAK": "break",
    "REST": "rest",
}
"""Action flag of a state (S2) -> kind of a segment on the time axis."""


def read_plan(task: PlanTask, result: PlanResult, reasons: Iterable[Why] = ()) -> PlanView:
    """Join a result with the names, places and windows of its task.

    Parameters
    ----------
    task : PlanTask
        The task the result answers.
    result : PlanResult
        Finished, or the best plan so far.
    reasons : iterable of UnplannedOrder
        Why orders are not planned, in full.
    """
    catalog = Catalog(task)
    statistics = {item.trip_key: item for item in result.statistics.trips_statistics}
    quality = result.statistics.quality
    early = frozenset(quality.soft_time_window_violations.before.demand_keys)
    late = frozenset(quality.soft_time_window_violations.after.demand_keys)
    reader = _TripReader(catalog, early, late)
    trips = sorted(result.trips, key=_trip_order)
    idle = result.unplanned_items
    return PlanView(
        trips=tuple(
            reader.trip(number, trip, statistics.get(trip.key)) for number, trip in enumerate(trips, 1)
        ),
        unplanned=tuple(_unplanned(catalog, result)),
        figures=result.statistics.total_statistics,
        quality=quality,
        warnings=tuple(result.warnings or ()),
        idle_performers=tuple(map(catalog.performer_name, idle.performer_keys or ())) if idle else (),
        idle_transports=tuple(map(catalog.transport_name, idle.transport_keys or ())) if idle else (),
        orders=len(task.orders),
        why={reason.order_key: reason for reason in reasons},
        catalog=catalog,
    )


class _TripReader:
    def __init__(self, catalog: Catalog, early: frozenset[str], late: frozenset[str]) -> None:
        self.catalog = catalog
        self.early = early
        self.late = late

    def trip(self, number: int, trip: Trip, statistics: TripStatistics | None) -> TripView:
        catalog = self.catalog
        stops = self._stops(trip, statistics.stop_statistics if statistics else ())
        return TripView(
            number=number,
            key=trip.key,
            name=trip.name or str(number),
            performer_key=trip.performer.performer_key,
            performer=catalog.performer_name(trip.performer.performer_key),
            transport_key=trip.transport.transport_key,
            transport=catalog.transport_name(trip.transport.transport_key),
            start=catalog.local(trip.performer.shift_time.start),
            end=catalog.local(trip.performer.shift_time.end),
            figures=statistics.general_statistics if statistics else None,
            stops=stops,
            segments=tuple(_segments(catalog, trip.states)),
            waitlist=tuple(map(catalog.order_name, trip.waitlist or ())),
        )

    def _stops(self, trip: Trip, statistics: Sequence[StopStatistics]) -> tuple[StopView, ...]:
        stops: list[StopView] = []
        slack = self._spare(trip)
        working_end = self._working_end(trip)
        number = sum(1 for item in statistics if item.stop_demands)
        for index in range(len(statistics) - 1, -1, -1):
            item = statistics[index]
            services = tuple(self._service(demand) for demand in item.stop_demands)
            slack = min(
                [slack, *(self._room(item.location_key, service, working_end) for service in services)]
            )
            stops.append(self._stop(index, number if services else None, item, services, slack))
            number -= bool(services)
            slack += item.measurements.waiting_time
        return tuple(reversed(stops))

    def _stop(
        self,
        index: int,
        number: int | None,
        item: StopStatistics,
        services: tuple[Service, ...],
        slack: float,
    ) -> StopView:
        local = self.catalog.local
        unknown = Place(item.location_key, item.location_key, 0.0, 0.0)
        return StopView(
            index=index,
            number=number,
            place=self.catalog.place(item.location_key) or unknown,
            arrival=local(item.stop_time_window.start),
            departure=local(item.stop_time_window.end),
            drive_seconds=item.measurements.driving_time,
            metres=item.measurements.distance,
            wait_seconds=item.measurements.waiting_time,
            pause_seconds=item.measurements.break_time + item.measurements.rest_time,
            services=services,
            upload=item.upload,
            download=item.download,
            load_after=item.departure_load,
            slack=max(0, int(slack)) if services and slack < float("inf") else None,
        )

    def _service(self, item: StopDemand) -> Service:
        catalog = self.catalog
        found = catalog.demand(item.demand_key)
        order_key = found[0].key if found else ""
        event = catalog.event(item.demand_key, item.event_key)
        start, end = item.demand_time_window.start, item.demand_time_window.end
        early = late = 0
        if event and event.soft_time_window:
            soft = event.soft_time_window
            if item.demand_key in self.early:
                early = max(0, int((soft.start - start).total_seconds()))
            if item.demand_key in self.late:
                late = max(0, int((end - soft.end).total_seconds()))
        return Service(
            demand_key=item.demand_key,
            order_key=order_key,
            order_name=catalog.order_name(order_key),
            kind=found[1].demand_type.value if found else "",
            start=catalog.local(start),
            end=catalog.local(end),
            window=_hard_window(catalog, event),
            soft_window=_soft_window(catalog, event),
            early=early,
            late=late,
        )

    def _spare(self, trip: Trip) -> float:
        """Seconds between the end of the trip and the end of the shorter of its two shifts (W1)."""
        spare = [float("inf")]
        performer = self.catalog.performer_shifts.get(trip.performer.shift_key)
        if performer:
            spare.append((performer.availability_time.end - trip.performer.shift_time.end).total_seconds())
        transport = self.catalog.transport_shifts.get(trip.transport.shift_key)
        if transport:
            spare.append((transport.availability_time.end - trip.transport.shift_time.end).total_seconds())
        return max(0.0, min(spare))

    def _working_end(self, trip: Trip) -> datetime | None:
        performer = self.catalog.performer_shifts.get(trip.performer.shift_key)
        return performer.working_time.end if performer else None

    def _room(self, location_key: str, service: Service, working_end: datetime | None) -> float:
        """Seconds a service may end later by itself: hard window, opening hours (W2), working time (W1)."""
        opening = self.catalog.opening(location_key, service.start)
        ends = [service.window and service.window[1], opening and opening[1], working_end]
        return min(((end - service.end).total_seconds() for end in ends if end), default=float("inf"))


def _hard_window(catalog: Catalog, event: PossibleEvent | None) -> tuple[datetime, datetime] | None:
    if event is None:
        return None
    return catalog.local(event.hard_time_window.start), catalog.local(event.hard_time_window.end)


def _soft_window(catalog: Catalog, event: PossibleEvent | None) -> tuple[datetime, datetime] | None:
    if event is None or event.soft_time_window is None:
        return None
    return catalog.local(event.soft_time_window.start), catalog.local(event.soft_time_window.end)


def _trip_order(trip: Trip) -> tuple[datetime, int, str]:
    """Trips by their start; the number that leads a trip's name (S6) and its key settle ties."""
    digits = (trip.name or "").split("-", 1)[0]
    return trip.performer.shift_time.start, int(digits) if digits.isdecimal() else 0, trip.key


def _segments(catalog: Catalog, states: Sequence[TripState]) -> list[Segment]:
    segments: list[Segment] = []
    for state, following in pairwise(states):
        if following.time <= state.time:
            continue
        kind = next((ACTIONS[flag] for flag in state.flags if flag in ACTIONS), "idle")
        start, end = catalog.local(state.time), catalog.local(following.time)
        if segments and segments[-1].kind == kind and kind != "work":
            segments[-1] = Segment(kind, segments[-1].start, end)
        else:
            segments.append(Segment(kind, start, end))
    return segments


def _unplanned(catalog: Catalog, result: PlanResult) -> Iterable[UnplannedOrder]:
    reasons: dict[str, list[EntityWarning]] = defaultdict(list)
    for warning in result.warnings or ():
        for key in {path.entity_key for path in warning.entities if _names_order(path)}:
            reasons[key or ""].append(warning)
    removed = result.removed_items.order_keys if result.removed_items else None
    unplanned = result.unplanned_items.order_keys if result.unplanned_items else None
    for keys, cut in ((unplanned or (), False), (removed or (), True)):
        for key in keys:
            yield _unplanned_order(catalog, key, tuple(reasons[key]), cut=cut)


def _names_order(path: EntityPath) -> bool:
    return path.entity_type == "ORDER"


def _unplanned_order(
    catalog: Catalog, key: str, reasons: tuple[EntityWarning, ...], *, cut: bool
) -> UnplannedOrder:
    order = catalog.orders.get(key)
    events = list(catalog.events(order)) if order else []
    places = {event.location_key: catalog.place(event.location_key) for event in events}
    windows = [event.hard_time_window for event in events]
    window = None
    if windows:
        window = catalog.local(min(w.start for w in windows)), catalog.local(max(w.end for w in windows))
    return UnplannedOrder(
        key=key,
        name=catalog.order_name(key),
        places=tuple(place for place in places.values() if place),
        window=window,
        reasons=reasons,
        cut=cut,
    )
