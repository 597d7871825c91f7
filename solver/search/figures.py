"""The evaluator's figures of whole plans."""

from solver.problem.arrays import Floats, Problem
from solver.schedule.evaluate import evaluate
from solver.schedule.scratch import Scratch
from solver.search.engine import Route


def results_of(problem: Problem, work: Scratch, routes: list[Route]) -> list[Floats]:
    """The evaluator's result of each route, by the ``R_`` positions.

    Routes are timed by the task's strategy (W6), so that the figures are those of the plan.
    """
    out = []
    for route in routes:
        evaluate(problem.tables, work, route.vehicle, route.visits, len(route.visits), problem.lowest_cost)
        out.append(work.result.copy())
    return out
