"""From routes on kinds of vehicles to trips on shifts (rules O5, O6)."""

import numpy as np

from solver.problem import Problem
from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, O_GROUP, V_ORDER
from solver.schedule import TripSchedule, TripTimer
from solver.search import Route


def crew(problem: Problem, routes: list[Route]) -> list[TripSchedule]:
    """Give each route its shifts and time it.

    Shifts of one kind are equal, so any of them will do; they are handed out in the order of the task. Orders
    that a hardlink ties to a trip but that are not planned go on its waitlist.
    """
    timer = TripTimer(problem)
    performers = [iter(shifts) for shifts in problem.performer_shifts]
    transports = [iter(shifts) for shifts in problem.transport_shifts]
    ordered = sorted(routes, key=lambda route: (route.vehicle, route.visits.tolist()))
    trips = []
    for route in ordered:
        row = problem.tables.vehicle[route.vehicle]
        performer, transport = next(performers[row[F_PERFORMER]]), next(transports[row[F_TRANSPORT]])
        trips.append((route, timer.trip(route.vehicle, route.visits, performer, transport)))
    _fill_waitlists(problem, trips)
    schedules = [trip for _, trip in trips]
    return sorted(schedules, key=lambda trip: (trip.steps[0].start, trip.performer_shift))


def planned_orders(problem: Problem, routes: list[Route]) -> set[int]:
    """Indices of the orders the routes serve."""
    if not routes:
        return set()
    visits = np.concatenate([route.visits for route in routes])
    return set(problem.tables.visit[visits, V_ORDER].tolist())


def _fill_waitlists(problem: Problem, trips: list[tuple[Route, TripSchedule]]) -> None:
    """Put unplanned linked orders on the waitlist of their hardlink's trip (O5)."""
    links = problem.catalog.task.hardlinks
    if not links:
        return
    catalog = problem.catalog
    group_of = problem.tables.order[:, O_GROUP]
    planned = planned_orders(problem, [route for route, _ in trips])
    for number, link in enumerate(links):
        members = [int(order) for order in np.nonzero(group_of == number)[0]]
        keys = {item.entity_key for item in link.links}
        for route, trip in trips:
            mine = planned_orders(problem, [route])
            shifts = {
                catalog.performer_shifts[trip.performer_shift][1].key,
                catalog.transport_shifts[trip.transport_shift][1].key,
            }
            if mine & set(members) or shifts & keys:
                trip.waitlist.extend(order for order in members if order not in planned)
                break
