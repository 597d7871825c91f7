"""From routes on kinds of vehicles to trips on shifts (O5, O6), with room for what waits in them (L5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from solver.contract import Order
from solver.problem import Problem
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, O_GROUP, V_ORDER
from solver.problem.catalog import Catalog
from solver.schedule import TripSchedule, TripTimer
from solver.search import Route
from solver.trim import Rooms, SequenceJudge, fewest_out


@dataclass(slots=True)
class Manned:
    """A route, catalog indices of its shifts, and the orders that wait in its trip."""

    route: Route
    performer_shift: int
    transport_shift: int
    waiting: list[int] = field(default_factory=list)

    def waiting_orders(self, catalog: Catalog) -> list[Order]:
        """The orders that wait."""
        return [catalog.orders[order] for order in self.waiting]

    def shifts(self, catalog: Catalog) -> set[str]:
        """Keys of its shifts."""
        return _keys(catalog, self.performer_shift, self.transport_shift)


class Timers:
    """Timers of trips; those with nothing in their boxes but their own share one.

    Parameters
    ----------
    rooms : Rooms
    """

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.plain = TripTimer(rooms.problem)

    def beside(self, vehicle: int, waiting: Iterable[Order]) -> TripTimer:
        """A timer for a vehicle in which cargos of waiting orders lie (L5)."""
        tables = self.rooms.beside(vehicle, waiting)
        if tables is self.rooms.problem.tables:
            return self.plain
        return TripTimer(replace(self.rooms.problem, tables=tables))


def crew(problem: Problem, routes: list[Route]) -> list[TripSchedule]:
    """Give each route its shifts and time it.

    Orders that a hardlink ties to a trip but that are not planned go on its waitlist; where a hardlink names
    a shift that has no trip, there is one for the waitlist alone.
    """
    timers, catalog, schedules = Timers(Rooms(problem)), problem.catalog, []
    trips = manned(problem, routes)
    for item in trips:
        route = item.route
        timer = timers.beside(route.vehicle, item.waiting_orders(catalog))
        trip = timer.trip(route.vehicle, route.visits, item.performer_shift, item.transport_shift)
        trip.waitlist.extend(item.waiting)
        schedules.append(trip)
    schedules += idle_trips(problem, trips)
    return sorted(
        schedules, key=lambda trip: (trip.steps[0].start if trip.steps else 0, trip.performer_shift)
    )


def with_room(problem: Problem, routes: list[Route]) -> list[Route]:
    """Leave out, as few as possible, orders that have no room beside what waits in a vehicle's boxes (L5).

    The search knows only what it plans; a linked order that it does not plan waits in its trip, and what such
    an order has in a box lies there to the end.
    """
    rooms, catalog, left = Rooms(problem), problem.catalog, []
    for item in manned(problem, routes):
        route, waiting = item.route, item.waiting_orders(catalog)
        if any(cargo.target_box_key for order in waiting for cargo in order.cargos):
            judge = SequenceJudge(rooms, route.vehicle, route.visits, waiting)
            route = Route(route.vehicle, judge.left(fewest_out(judge)))
        if len(route.visits):
            left.append(route)
    same = sum(len(route.visits) for route in left) == sum(len(route.visits) for route in routes)
    return routes if same else with_room(problem, left)


def manned(problem: Problem, routes: list[Route]) -> list[Manned]:
    """Every route with its shifts and its waitlist.

    Shifts of one kind are equal, so any of them will do; they are handed out in the order of the task.
    """
    performers = [iter(shifts) for shifts in problem.performer_shifts]
    transports = [iter(shifts) for shifts in problem.transport_shifts]
    found = []
    for route in sorted(routes, key=lambda route: (route.vehicle, route.visits.tolist())):
        row = problem.tables.vehicle[route.vehicle]
        found.append(Manned(route, next(performers[row[F_PERFORMER]]), next(transports[row[F_TRANSPORT]])))
    _fill_waitlists(problem, found)
    return found


def idle_trips(problem: Problem, trips: list[Manned]) -> list[TripSchedule]:
    """Trips for waitlists alone: of hardlinks that name a shift and have nothing in a trip (O5)."""
    found: list[TripSchedule] = []
    planned = planned_orders(problem, [trip.route for trip in trips])
    planned.update(order for trip in trips for order in trip.waiting)
    busy = {trip.performer_shift for trip in trips}, {trip.transport_shift for trip in trips}
    for number, link in enumerate(problem.catalog.task.hardlinks):
        waiting = np.nonzero(problem.tables.order[:, O_GROUP] == number)[0].tolist()
        keys = {item.entity_key for item in link.links}
        if not waiting or planned & set(waiting):
            continue
        for pair in _pairs(problem, number):
            free = pair[0] not in busy[0] and pair[1] not in busy[1]
            if free and keys & _keys(problem.catalog, *pair):
                found.append(TripSchedule(*pair, steps=[], waitlist=waiting))
                busy[0].add(pair[0])
                busy[1].add(pair[1])
                break
    return found


def _pairs(problem: Problem, group: int) -> Iterator[tuple[int, int]]:
    """Pairs of shifts that may have the trip of a hardlink."""
    for vehicle in np.nonzero(problem.tables.group_vehicle[group])[0]:
        row = problem.tables.vehicle[vehicle]
        yield from product(
            problem.performer_shifts[row[F_PERFORMER]], problem.transport_shifts[row[F_TRANSPORT]]
        )


def _keys(catalog: Catalog, performer_shift: int, transport_shift: int) -> set[str]:
    """Keys of two shifts."""
    return {
        catalog.performer_shifts[performer_shift][1].key,
        catalog.transport_shifts[transport_shift][1].key,
    }


def planned_orders(problem: Problem, routes: list[Route]) -> set[int]:
    """Indices of the orders the routes serve."""
    if not routes:
        return set()
    visits = np.concatenate([route.visits for route in routes])
    return set(problem.tables.visit[visits, V_ORDER].tolist())


def _fill_waitlists(problem: Problem, trips: list[Manned]) -> None:
    """Put unplanned linked orders on the waitlist of their hardlink's trip (O5)."""
    links = problem.catalog.task.hardlinks
    if not links:
        return
    group_of = problem.tables.order[:, O_GROUP]
    planned = planned_orders(problem, [trip.route for trip in trips])
    for number, link in enumerate(links):
        members = [int(order) for order in np.nonzero(group_of == number)[0]]
        keys = {item.entity_key for item in link.links}
        for trip in trips:
            mine = planned_orders(problem, [trip.route])
            if mine & set(members) or trip.shifts(problem.catalog) & keys:
                trip.waiting.extend(order for order in members if order not in planned)
                break
