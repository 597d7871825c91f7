"""From routes on kinds of vehicles to trips on shifts (O5, O6), with room for what waits in them (L5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

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
        return {
            catalog.performer_shifts[self.performer_shift][1].key,
            catalog.transport_shifts[self.transport_shift][1].key,
        }


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

    Orders that a hardlink ties to a trip but that are not planned go on its waitlist.
    """
    timers, catalog, schedules = Timers(Rooms(problem)), problem.catalog, []
    for item in manned(problem, routes):
        route = item.route
        timer = timers.beside(route.vehicle, item.waiting_orders(catalog))
        trip = timer.trip(route.vehicle, route.visits, item.performer_shift, item.transport_shift)
        trip.waitlist.extend(item.waiting)
        schedules.append(trip)
    return sorted(schedules, key=lambda trip: (trip.steps[0].start, trip.performer_shift))


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
