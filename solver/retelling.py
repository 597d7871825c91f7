"""Trips that go on: which shifts drive a route, under which name, who waits (rules O5, O6, S6, Q2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random

from solver.contract import (
    AssignedPerformer,
    AssignedTransport,
    Hardlink,
    HardlinkElementType,
    Trip,
    TripState,
)
from solver.crew import Timers, planned_orders
from solver.problem import Problem
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT
from solver.problem.catalog import Catalog, VisitName
from solver.replan import Continuation, GivenTrip
from solver.report.clock import Clock, unix
from solver.report.names import Namer
from solver.report.trips import TripWriter
from solver.search import Route
from solver.trim import Rooms

SHIFT_TYPES = (HardlinkElementType.PERFORMER_SHIFT, HardlinkElementType.TRANSPORT_SHIFT)

Shifts = tuple[str, str]  # keys of the performer shift and of the transport shift


@dataclass(frozen=True, slots=True)
class Assigned:
    """A route with catalog indices of the shifts that drive it."""

    route: Route
    performer_shift: int
    transport_shift: int

    def shifts(self, catalog: Catalog) -> Shifts:
        """Keys of its shifts."""
        return (
            catalog.performer_shifts[self.performer_shift][1].key,
            catalog.transport_shifts[self.transport_shift][1].key,
        )


def assign(problem: Problem, routes: Iterable[Route], trips: Sequence[GivenTrip]) -> list[Assigned]:
    """Give each route its shifts; of equal ones those of the input trip it shares most orders with."""
    catalog = problem.catalog
    performers = [{catalog.performer_shifts[i][1].key: i for i in kind} for kind in problem.performer_shifts]
    transports = [{catalog.transport_shifts[i][1].key: i for i in kind} for kind in problem.transport_shifts]
    ordered = sorted(routes, key=lambda route: (-len(route.visits), route.vehicle, route.visits.tolist()))
    found: list[Assigned] = []
    rest: list[Route] = []
    for route in ordered:
        row = problem.tables.vehicle[route.vehicle]
        mine, theirs = performers[row[F_PERFORMER]], transports[row[F_TRANSPORT]]
        orders = {catalog.orders[order].key for order in planned_orders(problem, [route])}
        able = [t for t in trips if t.performer_shift in mine and t.transport_shift in theirs]
        best = max(able, key=lambda given: len(orders & set(given.orders)), default=None)
        if best is None or not orders & set(best.orders):
            rest.append(route)
        else:
            pair = mine.pop(best.performer_shift), theirs.pop(best.transport_shift)
            found.append(Assigned(route, *pair))
    for route in rest:
        row = problem.tables.vehicle[route.vehicle]
        mine, theirs = performers[row[F_PERFORMER]], transports[row[F_TRANSPORT]]
        found.append(Assigned(route, mine.pop(next(iter(mine))), theirs.pop(next(iter(theirs)))))
    return found


class Retelling:
    """Tells routes as trips.

    Parameters
    ----------
    left : Continuation
    seed : int
        Of new keys and names.
    """

    def __init__(self, left: Continuation, seed: int) -> None:
        self.left = left
        self.namer = Namer(Random(seed))
        self.given = {(t.performer_shift, t.transport_shift): t for t in left.trips}
        self.orders = {order.key: order for order in left.task.orders}
        self.names = {given.trip.name for given in left.trips}

    def trips(self, rooms: Rooms | None, assigned: Sequence[Assigned]) -> list[Trip]:
        """All trips, those without a service but with a waitlist too, in order of their beginning."""
        served = self._served(rooms, assigned)
        waitlists = self._waitlists(rooms, assigned, served)
        told: list[Trip] = []
        if rooms is not None:
            writer, timers = self._writer(rooms.problem.catalog), Timers(rooms)
            told = [self._told(rooms, item, waitlists, writer, timers) for item in assigned]
        driven = {(trip.performer.shift_key, trip.transport.shift_key) for trip in told}
        told += [
            self._idle(self.given[key], orders) for key, orders in waitlists.items() if key not in driven
        ]
        return sorted(told, key=lambda trip: (trip.performer.shift_time.start, trip.performer.shift_key))

    def _served(self, rooms: Rooms | None, assigned: Sequence[Assigned]) -> set[str]:
        if rooms is None:
            return set()
        routes = [item.route for item in assigned]
        orders = rooms.problem.catalog.orders
        return {orders[order].key for order in planned_orders(rooms.problem, routes)}

    def _waitlists(
        self, rooms: Rooms | None, assigned: Sequence[Assigned], served: set[str]
    ) -> dict[Shifts, list[str]]:
        """Linked orders that are not planned, by the shifts of the trip their link names or has a part in."""
        home: dict[tuple[HardlinkElementType, str], Shifts] = {}
        for item in assigned if rooms else ():
            catalog = rooms.problem.catalog if rooms else None
            if catalog is None:
                continue
            shifts = item.shifts(catalog)
            home[HardlinkElementType.PERFORMER_SHIFT, shifts[0]] = shifts
            home[HardlinkElementType.TRANSPORT_SHIFT, shifts[1]] = shifts
            for order in planned_orders(rooms.problem, [item.route]) if rooms else ():
                home[HardlinkElementType.ORDER, catalog.orders[order].key] = shifts
        for shifts in self.given:
            performer, transport = zip(SHIFT_TYPES, shifts, strict=True)
            if performer not in home and transport not in home:
                home[performer] = home[transport] = shifts
        waitlists: dict[Shifts, list[str]] = {}
        for link in self.left.task.hardlinks:
            orders = [key for key in _orders(link) if key not in served]
            place = next(
                (home[x.type, x.entity_key] for x in link.links if (x.type, x.entity_key) in home), None
            )
            if orders and place is not None:
                waitlists[place] = orders
        self._add_stranded(waitlists)
        return waitlists

    def _add_stranded(self, waitlists: dict[Shifts, list[str]]) -> None:
        """Orders of a trip that nothing can serve any more were not planned at all; they still wait in it."""
        planned = {order.key for order in self.left.task.orders}
        for shifts, given in self.given.items():
            stranded = [key for key in self.left.bound[given.trip.key] if key not in planned]
            if stranded:
                waitlists[shifts] = [*waitlists.get(shifts, []), *stranded]

    def _told(
        self,
        rooms: Rooms,
        item: Assigned,
        waitlists: dict[Shifts, list[str]],
        writer: TripWriter,
        timers: Timers,
    ) -> Trip:
        """One route as a trip; cargos of who waits take room in its boxes (L5)."""
        shifts = item.shifts(rooms.problem.catalog)
        waitlist = waitlists.get(shifts, [])
        waiting = [self.orders[key] for key in waitlist if key in self.orders]
        timer = timers.beside(item.route.vehicle, waiting)
        schedule = timer.trip(
            item.route.vehicle, item.route.visits, item.performer_shift, item.transport_shift
        )
        trip = writer.trip(schedule, *self._name(shifts))
        trip.waitlist = waitlist
        trip.states = [self._with_old_boxes(state) for state in trip.states]
        return trip

    def _writer(self, catalog: Catalog) -> TripWriter:
        """Writes by what results are told with, not by what was planned with (Q3)."""
        told = self.left.told
        orders = {order.key: order for order in told.orders}
        demands = {demand.key: demand for order in told.orders for demand in order.demands}
        events = {(d.key, e.key): e for d in demands.values() for e in d.possible_events}
        performers = {shift.key: (item, shift) for item in told.performers for shift in item.shifts}
        transports = {shift.key: (item, shift) for item in told.transports for shift in item.shifts}
        return TripWriter(
            replace(
                catalog,
                task=told,
                visits=[
                    VisitName(orders[x.order.key], demands[x.demand.key], events[x.demand.key, x.event.key])
                    for x in catalog.visits
                ],
                performer_shifts=[performers[shift.key] for _, shift in catalog.performer_shifts],
                transport_shifts=[transports[shift.key] for _, shift in catalog.transport_shifts],
            )
        )

    def _with_old_boxes(self, state: TripState) -> TripState:
        for action in state.cargo_actions:
            action.box_key = self.left.boxes.get(action.box_key, action.box_key)
        return state

    def _name(self, shifts: Shifts) -> tuple[str, str]:
        """Key and name: the input trip's, where its shifts stay together."""
        given = self.given.get(shifts)
        name = given.trip.name if given else ""
        while not name:
            name = self.namer.name()
            name = "" if name in self.names else name
        return (given.trip.key if given else self.namer.key(shifts[0])), name

    def _idle(self, given: GivenTrip, waitlist: list[str]) -> Trip:
        """A trip that serves nothing more but keeps orders waiting."""
        zone = self.left.told.plan_settings.calculation_settings.result_timezone
        shift = next(
            shift
            for item in self.left.told.performers
            for shift in item.shifts
            if shift.key == given.performer_shift
        )
        begin = max(unix(shift.availability_time.start), unix(self.left.now))
        window = Clock(zone).window(begin, begin)
        key, name = self._name((given.performer_shift, given.transport_shift))
        performer, transport = given.trip.performer, given.trip.transport
        return Trip(
            key=key,
            name=name,
            performer=AssignedPerformer(
                performer_key=performer.performer_key, shift_key=performer.shift_key, shift_time=window
            ),
            transport=AssignedTransport(
                transport_key=transport.transport_key, shift_key=transport.shift_key, shift_time=window
            ),
            states=[],
            waitlist=waitlist,
        )


def _orders(link: Hardlink) -> list[str]:
    return [item.entity_key for item in link.links if item.type is HardlinkElementType.ORDER]
