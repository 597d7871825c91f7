"""VROOM: fast heuristics and local search; it ends by itself, often long before the budget does."""

import importlib
import time
from datetime import timedelta
from typing import Any

import numpy as np

from planning.bench.engines import Effort, Outcome, enough_vehicles, fleet, objective, vehicle_weight
from planning.bench.instance import Instance
from planning.bench.plane import Plane
from planning.bench.solution import Route, measure

THREADED = True
HIGHEST_LEVEL = 5  # its most thorough exploration
HOUR = 3600


def unfit(instance: Instance) -> str | None:
    """Name what its model has not."""
    if any(vehicle.max_duration is not None for vehicle in instance.vehicles):
        return "no longest duration of a route"
    if any(node.prize is not None for node in instance.nodes):
        return "no prizes"
    return "no return for more goods" if instance.reloads else None


def run(plane: Plane, effort: Effort) -> Outcome:
    """Plan at the highest exploration level within the budget."""
    vroom: Any = importlib.import_module("vroom")
    started = time.perf_counter()
    weight = vehicle_weight(plane)
    problem = vroom.Input()
    problem.set_durations_matrix("car", plane.metres.astype(np.uint32))
    for _, numbers in fleet(plane):
        for number in enough_vehicles(plane, numbers):
            problem.add_vehicle(_vehicle(vroom, plane, number, weight))
    _add_clients(vroom, problem, plane)
    solution = problem.solve(
        exploration_level=HIGHEST_LEVEL, nb_threads=effort.threads, timeout=timedelta(seconds=effort.seconds)
    )
    if solution.unassigned:
        return Outcome([])
    routes = _routes(solution.routes)
    figures = measure(plane, routes)
    value = objective(weight, figures.vehicles * weight + figures.cost)
    return Outcome(routes, [(time.perf_counter() - started, value)])


def _vehicle(vroom: Any, plane: Plane, number: int, weight: int) -> Any:
    vehicle = plane.instance.vehicles[number]
    fixed = weight or plane.seconds(vehicle.fixed or 0)
    return vroom.Vehicle(
        number,
        start=vehicle.depot,
        end=vehicle.depot,
        capacity=[int(vehicle.capacity)],
        costs=vroom.VehicleCosts(fixed=fixed, per_hour=int(HOUR * (vehicle.unit or 1))),
        time_window=vroom.TimeWindow(*plane.start_window(vehicle.depot)) if plane.instance.timed else None,
    )


def _add_clients(vroom: Any, problem: Any, plane: Plane) -> None:
    def times(index: int) -> dict[str, Any]:
        if not plane.instance.timed:
            return {}
        windows = [vroom.TimeWindow(*plane.start_window(index))]
        return {"default_service": plane.service(index), "time_windows": windows}

    nodes = plane.instance.nodes
    for index in plane.instance.clients:
        pickup = nodes[index].pickup
        if pickup is not None:
            steps = [vroom.ShipmentStep(one, one, **times(one)) for one in (pickup, index)]
            problem.add_shipment(*steps, amount=vroom.Amount([int(nodes[pickup].demand)]))
        elif plane.instance.kind != "pdptw":
            amount = vroom.Amount([int(nodes[index].demand)])
            problem.add_job(vroom.Job(index, index, delivery=amount, **times(index)))


def _routes(table: Any) -> list[Route]:
    """Read the routes off VROOM's table of steps."""
    routes = []
    for vehicle, steps in table.groupby("vehicle_id", sort=False):
        clients = steps[~steps["type"].isin(["start", "end"])]
        routes.append(Route(int(vehicle), [int(step) for step in clients["id"]]))
    return routes
