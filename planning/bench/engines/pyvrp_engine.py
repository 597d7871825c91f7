"""PyVRP: iterated local search for many kinds of vehicle routing (one thread)."""

import importlib
import time
from typing import Any

import numpy as np

from planning.bench.engines import Effort, Outcome, enough_vehicles, fleet, objective, vehicle_weight
from planning.bench.instance import Instance
from planning.bench.plane import Matrix, Plane
from planning.bench.solution import Route

THREADED = False
FORBIDDEN = 10**9  # metres to a client that a vehicle must not visit
SHARE_FOR_FLEET = 0.5  # of the time of a run that first looks for fewer vehicles, at most


def unfit(instance: Instance) -> str | None:
    """PyVRP has everything that our families need."""
    return None


class _Clock:
    """PyVRP's stopping criterion: the wall time, and a note of each better cost."""

    def __init__(self, seconds: float, weight: int) -> None:
        self.started = time.perf_counter()
        self.ends = self.started + seconds
        self.weight = weight
        self.best = float("inf")
        self.trace: list[tuple[float, list[float]]] = []

    def __call__(self, best_cost: float) -> bool:
        now = time.perf_counter()
        if best_cost < self.best:
            self.best = best_cost
            self.trace.append((now - self.started, objective(self.weight, float(best_cost))))
        return now >= self.ends


def run(plane: Plane, effort: Effort) -> Outcome:
    """Plan with PyVRP's defaults; where fewer vehicles count, every second run first minimises the fleet."""
    pyvrp: Any = importlib.import_module("pyvrp")
    weight = vehicle_weight(plane)
    data = _data(pyvrp, plane, weight)
    seed = effort.seed + 1000 * effort.variant
    began, shift = time.perf_counter(), 0.0
    if weight and effort.variant % 2:
        stop: Any = importlib.import_module("pyvrp.stop")
        until = stop.MaxRuntime(effort.seconds * SHARE_FOR_FLEET)
        data = data.replace(vehicle_types=[pyvrp.minimise_fleet(data, until, seed)])
        shift = time.perf_counter() - began  # it ends early where no smaller fleet can do
    clock = _Clock(effort.seconds - shift, weight)
    found = pyvrp.solve(data, clock, seed=seed, collect_stats=False, display=False)
    if not found.is_feasible():
        return Outcome([])
    return Outcome(_routes(plane, data, found.best), [(shift + at, value) for at, value in clock.trace])


def _data(pyvrp: Any, plane: Plane, weight: int) -> Any:
    instance = plane.instance
    locations = [pyvrp.Location(float(node.x), float(node.y)) for node in instance.nodes]
    depots = [_depot(pyvrp, plane, index) for index in instance.depots]
    profiles = _profiles(plane)
    types = [
        _vehicle_type(pyvrp, plane, first, len(enough_vehicles(plane, numbers)), weight, profiles)
        for first, numbers in fleet(plane)
    ]
    matrices = [_allowed_metres(plane, allowed) for allowed in profiles]
    paired = instance.kind == "pdptw"
    clients = [] if paired else [_client(pyvrp, plane, index) for index in instance.clients]
    shipments = [_shipment(pyvrp, plane, index) for index in instance.clients] if paired else []
    return pyvrp.ProblemData(
        locations,
        clients,
        depots,
        types,
        matrices,
        matrices,
        [],
        [one for one in shipments if one is not None],
    )


def _depot(pyvrp: Any, plane: Plane, index: int) -> Any:
    opens, closes = plane.start_window(index)
    return pyvrp.Depot(index, opens, closes)


def _client(pyvrp: Any, plane: Plane, index: int) -> Any:
    node = plane.instance.nodes[index]
    early, late = plane.start_window(index)
    return pyvrp.Client(
        index,
        delivery=[int(node.demand)],
        service_duration=plane.service(index),
        tw_early=early,
        tw_late=late,
        release_time=plane.seconds(node.release),
        prize=plane.seconds(node.prize or 0),
        required=node.prize is None,
    )


def _shipment(pyvrp: Any, plane: Plane, index: int) -> Any:
    """Write the pair that ends at a node; None for a pickup, which is told by its delivery."""
    pickup = plane.instance.nodes[index].pickup
    if pickup is None:
        return None
    (from_early, from_late), (to_early, to_late) = plane.start_window(pickup), plane.start_window(index)
    amount = [int(plane.instance.nodes[pickup].demand)]
    return pyvrp.Shipment(
        pickup,
        index,
        from_early,
        from_late,
        plane.service(pickup),
        to_early,
        to_late,
        plane.service(index),
        amount,
    )


def _profiles(plane: Plane) -> list[frozenset[int] | None]:
    """Give the different sets of clients that vehicles may visit."""
    return list(dict.fromkeys(vehicle.allowed for vehicle in plane.instance.vehicles))


def _allowed_metres(plane: Plane, allowed: frozenset[int] | None) -> Matrix:
    if allowed is None:
        return plane.metres
    closed = [index for index in plane.instance.clients if index not in allowed]
    metres = plane.metres.copy()
    metres[closed, :] = FORBIDDEN
    metres[:, closed] = FORBIDDEN
    np.fill_diagonal(metres, 0)
    return metres


def _vehicle_type(
    pyvrp: Any, plane: Plane, first: int, count: int, weight: int, profiles: list[frozenset[int] | None]
) -> Any:
    vehicle = plane.instance.vehicles[first]
    depot = plane.instance.depots.index(vehicle.depot)
    opens, closes = plane.start_window(vehicle.depot)
    limits = {} if vehicle.max_duration is None else {"shift_duration": plane.seconds(vehicle.max_duration)}
    return pyvrp.VehicleType(
        count,
        [int(vehicle.capacity)],
        depot,
        depot,
        fixed_cost=weight or plane.seconds(vehicle.fixed or 0),
        tw_early=opens,
        tw_late=closes,
        unit_distance_cost=int(vehicle.unit or 1),
        profile=profiles.index(vehicle.allowed),
        reload_depots=[depot] if plane.instance.reloads else [],
        **limits,
    )


def _routes(plane: Plane, data: Any, solution: Any) -> list[Route]:
    """Read the routes; a depot inside one is a return for more goods."""
    free = [list(numbers) for _, numbers in fleet(plane)]
    clients, shipments, depots = data.clients(), data.shipments(), data.depots()

    def place(activity: Any) -> int:
        if activity.is_depot():
            return int(depots[activity.idx].location)
        if activity.is_client():
            return int(clients[activity.idx].location)
        shipment = shipments[activity.idx]
        return int(shipment.pickup.location if activity.is_pickup() else shipment.delivery.location)

    routes = []
    for route in solution.routes():
        visits = [place(activity) for activity in route]
        while visits and visits[0] in plane.instance.depots:
            visits.pop(0)
        while visits and visits[-1] in plane.instance.depots:
            visits.pop()
        routes.append(Route(free[route.vehicle_type()].pop(0), visits))
    return routes
