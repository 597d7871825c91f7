"""Our own planner, through the whole pipeline: task JSON in, result JSON out."""

import json
import time
from collections.abc import Callable
from itertools import groupby
from typing import Any

import solver
from planning.bench.engines import Effort, Outcome
from planning.bench.instance import Instance
from planning.bench.plane import Plane
from planning.bench.solution import Route
from planning.bench.task import task_of
from solver.contract import write

THREADED = True


def unfit(instance: Instance) -> str | None:
    """Every family is within the model."""
    return None


def run(plane: Plane, effort: Effort) -> Outcome:
    """Plan the instance's task and read the routes off the result."""
    seconds = max(1, round(effort.seconds))
    task = json.dumps(task_of(plane, seconds=seconds, as_published=True)).encode()
    started = time.perf_counter()
    trace: list[tuple[float, list[float]]] = []
    rewards = _rewards(task) if plane.instance.priced else 0.0
    exact = 0.0

    def note(progress: solver.Progress, best: Callable[[], solver.Plan]) -> None:
        nonlocal exact
        exact = sum(progress.exact_shares)
        value = _amounts(progress, rewards)
        if value and (not trace or value != trace[-1][1]):
            trace.append((time.perf_counter() - started, value))

    effort_of_ours = solver.Effort(seconds=effort.seconds, threads=effort.threads, seed=effort.seed)
    plan = solver.plan(solver.read_task(task), effort_of_ours, on_progress=note)
    trips = json.loads(write(plan.trips))
    return Outcome(routes_of(plane, trips), trace, exact)


def _amounts(progress: solver.Progress, rewards: float) -> list[float]:
    """Write an objective as the others tell theirs: without penalties, a profit as what it lacks."""
    levels = zip(progress.names, progress.objective, strict=True)
    return [value + (rewards if name == "profit" else 0.0) for name, value in levels if name != "penalties"]


def _rewards(task: bytes) -> float:
    """Sum up what serving every order would earn."""
    orders = json.loads(task)["orders"]
    events = [demand["possible_events"][0] for order in orders for demand in order["demands"]]
    return float(sum(event.get("reward", 0) for event in events))


def routes_of(plane: Plane, trips: list[dict[str, Any]]) -> list[Route]:
    """Read the routes off a result's trips: where they served something, in order."""
    node = {place["key"]: index for index, place in enumerate(task_of(plane)["locations"])}
    routes = []
    for trip in trips:
        served = [node[state["location_key"]] for state in trip["states"] if state.get("demand_key")]
        visits = [place for place, _ in groupby(served)]
        while visits and visits[0] in plane.instance.depots:
            visits.pop(0)
        while visits and visits[-1] in plane.instance.depots:
            visits.pop()
        driver = int(trip["performer"]["performer_key"].removeprefix("p"))
        transport = int(trip["transport"]["transport_key"].removeprefix("t"))
        # Who may visit whom is the performer's, costs and capacity are the transport's.
        vehicle = transport if plane.instance.vehicles[driver].allowed is None else driver
        routes.append(Route(vehicle, visits))
    return routes
