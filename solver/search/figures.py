"""The evaluator's figures of whole plans."""

import numpy as np

from solver.problem.arrays import V_ORDER, Floats, Problem
from solver.schedule import sequence
from solver.schedule.evaluate import evaluate
from solver.schedule.scratch import Scratch
from solver.search.engine import Route
from solver.search.objective import levels


def results_of(problem: Problem, work: Scratch, routes: list[Route]) -> list[Floats]:
    """The evaluator's result of each route, by the ``R_`` positions.

    Routes are timed by the task's strategy (W6), so that the figures are those of the plan.
    """
    out = []
    for route in routes:
        evaluate(problem.tables, work, route.vehicle, route.visits, len(route.visits), problem.lowest_cost)
        out.append(work.result.copy())
    return out


def repeated_stops(problem: Problem, work: Scratch, routes: list[Route]) -> int:
    """Stops at places that a trip has visited before, or that several trips visit (Z11)."""
    stops = []
    for route in routes:
        count = sequence.list_stops(problem.tables, work, route.vehicle, route.visits, len(route.visits))
        stops.append(work.stops[:count].tolist())
    trips_at: dict[int, int] = {}
    for places in stops:
        for place in set(places):
            trips_at[place] = trips_at.get(place, 0) + 1
    shared = sum(1 for places in stops for place in places if trips_at[place] > 1)
    again = sum(places.count(place) - 1 for places in stops for place in set(places) if trips_at[place] == 1)
    return shared + again


def objective(problem: Problem, work: Scratch, routes: list[Route]) -> tuple[float, ...]:
    """The objective tuple of a plan."""
    orders = [len(np.unique(problem.tables.visit[route.visits, V_ORDER])) for route in routes]
    return levels(problem, results_of(problem, work, routes), orders, repeated_stops(problem, work, routes))
