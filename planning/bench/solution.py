"""Routes of any planner for an instance: what they cost, and whether they keep the instance's own rules."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np

from planning.bench.instance import Number
from planning.bench.plane import Plane


@dataclass(frozen=True, slots=True)
class Route:
    """What one vehicle does: node indices in order; a depot among them is a return for more goods."""

    vehicle: int
    visits: list[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a solution costs, in the instance's own units.

    Attributes
    ----------
    vehicles
        Routes with a client.
    served, clients
        Clients served, clients of the instance.
    distance
        Straight lines in double precision.
    cost
        What the family's best-known values count: distance rounded to whole units a leg (CVRP), truncated to
        tenths (MTVRPTWR, PCVRPTW, with the prizes left behind), a hundredth of the fleet's costs (HFVRP), or
        ``distance``.
    broken
        The rules broken, at most a few.
    """

    vehicles: int
    served: int
    clients: int
    distance: float
    cost: float
    broken: list[str]

    def as_json(self) -> dict[str, object]:
        """Give the figures as a JSON object."""
        return asdict(self)


MOST_BROKEN_TOLD = 5


def measure(plane: Plane, routes: list[Route]) -> Figures:
    """Cost and check the routes of a solution."""
    used = [route for route in routes if any(index not in plane.instance.depots for index in route.visits)]
    legs = [list(_legs(plane, route)) for route in used]
    exact = sum(float(plane.exact[a, b]) for route in legs for a, b in route)
    served = {index for route in used for index in route.visits} - set(plane.instance.depots)
    return Figures(
        vehicles=len(used),
        served=len(served),
        clients=len(plane.instance.clients),
        distance=round(exact, 3),
        cost=round(_cost(plane, used, legs, served), 3),
        broken=list(_broken(plane, used))[:MOST_BROKEN_TOLD],
    )


def _legs(plane: Plane, route: Route) -> Iterator[tuple[int, int]]:
    depot = plane.instance.vehicles[route.vehicle].depot
    stops = [depot, *route.visits, depot]
    return pairwise(stops)


def _cost(plane: Plane, routes: list[Route], legs: list[list[tuple[int, int]]], served: set[int]) -> float:
    instance = plane.instance
    lengths = [plane.exact[tuple(np.array(route).T)] for route in legs]
    if instance.kind == "cvrp":
        return sum(float(np.floor(route + 0.5).sum()) for route in lengths)
    if instance.kind in ("mtvrptwr", "pcvrptw"):
        left = sum(instance.nodes[index].prize or 0 for index in instance.clients if index not in served)
        return left + sum(float(np.floor(route * 10 + 1e-9).sum()) for route in lengths) / 10
    if instance.kind == "hfvrp":
        fleet = [instance.vehicles[route.vehicle] for route in routes]
        costs = [
            (one.fixed or 0) + (one.unit or 1) * float(a.sum()) for one, a in zip(fleet, lengths, strict=True)
        ]
        return sum(costs) / 100
    return sum(float(route.sum()) for route in lengths)


def _broken(plane: Plane, routes: list[Route]) -> Iterator[str]:
    instance = plane.instance
    visits = Counter(index for route in routes for index in route.visits if index not in instance.depots)
    for index in instance.clients:
        if visits[index] > 1 or (visits[index] == 0 and instance.nodes[index].prize is None):
            yield f"client {instance.nodes[index].name} is served {visits[index]} times"
    for vehicle, times in Counter(route.vehicle for route in routes).items():
        if times > 1:
            yield f"vehicle {vehicle} drives {times} routes"
    for route in routes:
        for text in _broken_in_route(plane, route):
            yield f"route of vehicle {route.vehicle}: {text}"


def _broken_in_route(plane: Plane, route: Route) -> Iterator[str]:
    instance = plane.instance
    vehicle = instance.vehicles[route.vehicle]
    if vehicle.allowed is not None and not set(route.visits) <= vehicle.allowed | {vehicle.depot}:
        yield "a client it must not visit"
    if not instance.reloads and set(route.visits) & set(instance.depots):
        yield "a depot on its way"
    yield from _broken_loads(plane, route)
    yield from _broken_times(plane, route)


def _tours(plane: Plane, route: Route) -> list[list[int]]:
    """Cut a route at its depots."""
    tours: list[list[int]] = [[]]
    for index in route.visits:
        if index in plane.instance.depots:
            tours.append([])
        else:
            tours[-1].append(index)
    return tours


def _broken_loads(plane: Plane, route: Route) -> Iterator[str]:
    nodes = plane.instance.nodes
    capacity = plane.instance.vehicles[route.vehicle].capacity
    for tour in _tours(plane, route):
        paired = plane.instance.kind == "pdptw"
        load: Number = 0 if paired else sum(nodes[index].demand for index in tour)
        if load > capacity:
            yield f"{load} loaded into {capacity}"
        for place, index in enumerate(tour):
            pickup = nodes[index].pickup
            if pickup is not None and pickup not in tour[:place]:
                yield f"client {nodes[index].name} comes before its pickup"
            load += nodes[index].demand if paired else 0
            if paired and load > capacity:
                yield f"{load} on board of {capacity}"


def _broken_times(plane: Plane, route: Route) -> Iterator[str]:
    """Run the route on the scaled whole times, leaving each depot as early as the goods allow."""
    instance = plane.instance
    vehicle = instance.vehicles[route.vehicle]
    opens, closes = plane.start_window(vehicle.depot)
    tours = iter(_tours(plane, route))
    stops = [vehicle.depot, *route.visits, vehicle.depot]
    clock = opens
    for here, there in pairwise(stops):
        if here in instance.depots and there not in instance.depots:
            tour = next(tours, [])
            clock = max([clock, *(plane.seconds(instance.nodes[index].release) for index in tour)])
        elif here in instance.depots:
            next(tours, None)
        clock += plane.service(here) + int(plane.metres[here, there])
        ready, due = plane.start_window(there)
        if clock > due:
            yield f"late by {clock - due} s at {instance.nodes[there].name}"
        clock = max(clock, ready)
    if clock > closes:
        yield "back after its depot has closed"
    if vehicle.max_duration is not None:
        lasts = _shortest_duration(plane, stops)
        if lasts > plane.seconds(vehicle.max_duration):
            yield f"lasts {lasts} s"


def _shortest_duration(plane: Plane, stops: list[int]) -> int:
    """Shortest time a sequence can take, when it starts at the moment that leaves the least waiting."""
    elapsed, wait, latest_start = 0, 0, plane.start_window(stops[0])[1]
    for here, there in pairwise(stops):
        elapsed += plane.service(here) + int(plane.metres[here, there])
        ready, due = plane.start_window(there)
        wait = max(wait, ready - latest_start - elapsed)
        latest_start = min(latest_start, due - elapsed - wait)
    return elapsed + wait
