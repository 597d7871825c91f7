"""OR-Tools routing: constraint programming with guided local search (one thread)."""

import time
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from planning.bench.engines import Effort, Outcome, enough_vehicles, fleet, objective, vehicle_weight
from planning.bench.instance import Instance
from planning.bench.plane import Plane
from planning.bench.solution import Route

THREADED = False
# Its guided local search draws no lots, so runs that share a budget differ in how they begin.
BEGINNINGS = ("PARALLEL_CHEAPEST_INSERTION", "SAVINGS", "PATH_CHEAPEST_ARC", "LOCAL_CHEAPEST_INSERTION")


def unfit(instance: Instance) -> str | None:
    """Name what has no direct form in its model."""
    return "no return for more goods" if instance.reloads else None


def run(plane: Plane, effort: Effort) -> Outcome:
    """Plan with guided local search; where no first plan is found, again with clients it may leave out."""
    started = time.perf_counter()
    trace: list[tuple[float, list[float]]] = []
    model = _Model(plane)
    solution = _search(model, effort, effort.seconds, started, trace)
    left = effort.seconds - (time.perf_counter() - started)
    if solution is None and left > 0:
        model = _Model(plane, leave_out=int(plane.metres.sum()))
        solution = _search(model, effort, left, started, trace)
    return Outcome(model.routes(solution) if solution else [], trace)


def _search(
    model: "_Model", effort: Effort, seconds: float, started: float, trace: list[tuple[float, list[float]]]
) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    beginning = BEGINNINGS[effort.variant % len(BEGINNINGS)]
    parameters.first_solution_strategy = getattr(routing_enums_pb2.FirstSolutionStrategy, beginning)
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    parameters.time_limit.FromMilliseconds(int(1000 * seconds))

    def note() -> None:
        value = objective(model.weight, float(model.routing.CostVar().Value()))
        if not trace or value < trace[-1][1]:
            trace.append((time.perf_counter() - started, value))

    model.routing.AddAtSolutionCallback(note)
    return model.routing.SolveWithParameters(parameters)


class _Model:
    """The routing model of an instance."""

    def __init__(self, plane: Plane, *, leave_out: int = 0) -> None:
        """Build the model; with ``leave_out`` every client may be left out at that price."""
        self.plane = plane
        self.leave_out = leave_out
        self.weight = vehicle_weight(plane)
        self.numbers = sorted(one for _, numbers in fleet(plane) for one in enough_vehicles(plane, numbers))
        self.vehicles = [plane.instance.vehicles[number] for number in self.numbers]
        depots = [vehicle.depot for vehicle in self.vehicles]
        self.manager = pywrapcp.RoutingIndexManager(len(plane.instance.nodes), len(depots), depots, depots)
        self.routing: Any = pywrapcp.RoutingModel(self.manager)
        self._price()
        self._load()
        if plane.instance.timed:
            self._time()
        self._clients()

    def _price(self) -> None:
        arcs: dict[int, int] = {}
        for position, vehicle in enumerate(self.vehicles):
            unit = int(vehicle.unit or 1)
            if unit not in arcs:
                arcs[unit] = self.routing.RegisterTransitMatrix((self.plane.metres * unit).tolist())
            self.routing.SetArcCostEvaluatorOfVehicle(arcs[unit], position)
            fixed = self.weight or self.plane.seconds(vehicle.fixed or 0)
            self.routing.SetFixedCostOfVehicle(fixed, position)

    def _load(self) -> None:
        demands = [int(node.demand) for node in self.plane.instance.nodes]
        evaluator = self.routing.RegisterUnaryTransitVector(demands)
        capacities = [int(vehicle.capacity) for vehicle in self.vehicles]
        self.routing.AddDimensionWithVehicleCapacity(evaluator, 0, capacities, True, "load")

    def _time(self) -> None:
        plane, horizon = self.plane, self.plane.horizon
        transit = plane.metres.copy()
        for index in range(len(transit)):
            transit[index, :] += plane.service(index)
        evaluator = self.routing.RegisterTransitMatrix(transit.tolist())
        self.routing.AddDimension(evaluator, horizon, horizon, False, "time")
        time_of = self.routing.GetDimensionOrDie("time")
        for index in plane.instance.clients:
            time_of.CumulVar(self.manager.NodeToIndex(index)).SetRange(*plane.start_window(index))
        for position, vehicle in enumerate(self.vehicles):
            window = plane.start_window(vehicle.depot)
            time_of.CumulVar(self.routing.Start(position)).SetRange(*window)
            time_of.CumulVar(self.routing.End(position)).SetRange(*window)
            if vehicle.max_duration is not None:
                time_of.SetSpanUpperBoundForVehicle(plane.seconds(vehicle.max_duration), position)

    def _clients(self) -> None:
        nodes = self.plane.instance.nodes
        for index in self.plane.instance.clients:
            here = self.manager.NodeToIndex(index)
            pickup, prize = nodes[index].pickup, nodes[index].prize
            if pickup is not None:
                self._pair(self.manager.NodeToIndex(pickup), here)
            if prize is not None or self.leave_out:
                lost = self.leave_out if prize is None else self.plane.seconds(prize)
                self.routing.AddDisjunction([here], lost)
            may = [
                place
                for place, one in enumerate(self.vehicles)
                if one.allowed is None or index in one.allowed
            ]
            if len(may) < len(self.vehicles):
                self.routing.VehicleVar(here).SetValues([-1, *may])

    def _pair(self, pickup: int, drop: int) -> None:
        solver = self.routing.solver()
        time_of = self.routing.GetDimensionOrDie("time")
        self.routing.AddPickupAndDelivery(pickup, drop)
        solver.Add(self.routing.VehicleVar(pickup) == self.routing.VehicleVar(drop))
        solver.Add(time_of.CumulVar(pickup) <= time_of.CumulVar(drop))

    def routes(self, solution: Any) -> list[Route]:
        """Read the routes that visit somebody."""
        found = []
        for position, number in enumerate(self.numbers):
            here, visits = solution.Value(self.routing.NextVar(self.routing.Start(position))), []
            while not self.routing.IsEnd(here):
                visits.append(self.manager.IndexToNode(here))
                here = solution.Value(self.routing.NextVar(here))
            if visits:
                found.append(Route(number, visits))
        return found
