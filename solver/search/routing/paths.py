"""Plans as routes of visits and as paths of the model's nodes."""

import numpy as np

from solver.problem.arrays import V_SECS, V_SOFT_FROM, V_SOFT_TO, Problem
from solver.schedule.evaluate import evaluate
from solver.schedule.scratch import Scratch
from solver.search.engine import Route
from solver.search.routing.layout import Layout

Path = list[int]  # nodes of a trip in the order of service, without the places where it starts and ends


class Paths:
    """Turns routes into paths and back.

    Parameters
    ----------
    problem : Problem
    layout : Layout
    work : Scratch
        Working memory of the evaluator.
    """

    def __init__(self, problem: Problem, layout: Layout, work: Scratch) -> None:
        self.problem, self.layout, self.work = problem, layout, work
        self.nodes: dict[int, list[int]] = {}
        for number, node in enumerate(layout.nodes):
            self.nodes.setdefault(node.visit, []).append(number)

    def of(self, routes: list[Route]) -> list[Path]:
        """Paths by position of the vehicle; empty for vehicles without a route.

        Raises
        ------
        ValueError
            If there is a route on a vehicle that the layout does not have.
        """
        waiting: dict[int, list[Route]] = {}
        for route in routes:
            waiting.setdefault(route.vehicle, []).append(route)
        paths = [
            self._of_route(waiting[row].pop()) if waiting.get(row) else [] for row in self.layout.vehicles
        ]
        if any(waiting.values()):
            raise ValueError("a route is on a vehicle that the model does not have")
        return paths

    def routes(self, paths: list[Path]) -> list[Route]:
        """Routes of the paths that serve somebody."""
        return [self.route(position, path) for position, path in enumerate(paths) if path]

    def route(self, position: int, path: Path) -> Route:
        """One path as a route."""
        visits = np.array([self.layout.nodes[node].visit for node in path], dtype=np.int64)
        return Route(self.layout.vehicles[position], visits)

    def valid(self, route: Route) -> bool:
        """Whether the evaluator accepts a route."""
        return not evaluate(
            self.problem.tables,
            self.work,
            route.vehicle,
            route.visits,
            len(route.visits),
            self.problem.lowest_cost,
        )

    def _of_route(self, route: Route) -> Path:
        """Nodes of a route; of a visit with two, the one that says the truth about its soft window (W5)."""
        self.valid(route)
        starts = self.work.at[: len(route.visits)].tolist()
        return [self._node(visit, start) for visit, start in zip(route.visits.tolist(), starts, strict=True)]

    def _node(self, visit: int, start: int) -> int:
        row = self.problem.tables.visit[visit]
        broken = not row[V_SOFT_FROM] <= start <= row[V_SOFT_TO] - row[V_SECS]
        return next(
            (n for n in self.nodes[visit] if self.layout.nodes[n].late_or_early == broken),
            self.nodes[visit][0],
        )
