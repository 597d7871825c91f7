"""The routing model of a problem for a choice of vehicles, and its local search.

The model's own moves take one service or one pair of services at a time. Orders of more services come into
the plan and change their vehicle between two searches (`shaking`). Boxes and prices of orders together are no
part of the model: a plan that the evaluator refuses loses the trips it refuses.
"""

from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from solver.problem.arrays import Problem
from solver.schedule.scratch import Scratch
from solver.search.engine import Route
from solver.search.routing.frame import Frame
from solver.search.routing.insertion import Insertion
from solver.search.routing.layout import Layout
from solver.search.routing.paths import Paths
from solver.search.routing.rules import costs, limits, loads, orders, tags, times
from solver.search.routing.shaking import Shaker

LOOKS = 200  # of the solver at its limit, for each time the clock is asked
RULES = (times, orders, loads, limits, tags, costs)


class Model:
    """A routing model that can be solved again and again, from a plan or from nothing.

    Parameters
    ----------
    problem : Problem
    vehicles : tuple of int
        Rows of the vehicle table, one for each pair of shifts that may make a trip.
    work : Scratch
        Working memory of the evaluator.
    random : numpy Generator

    Attributes
    ----------
    shaker : Shaker
        Changes plans between two searches.
    """

    def __init__(
        self, problem: Problem, vehicles: tuple[int, ...], work: Scratch, random: np.random.Generator
    ) -> None:
        self.layout = Layout(problem.tables, vehicles)
        self.frame = Frame(problem, self.layout)
        for rule in RULES:
            rule.add(self.frame)
        self.paths = Paths(problem, self.layout, work)
        insertion = Insertion(self.frame)
        self.shaker = Shaker(self.frame, insertion, self.paths, random)
        self._halted: Callable[[], bool] = _never
        self._found: Callable[[list[Route]], None] = _ignore
        self._failure: BaseException | None = None
        self.routing: Any = self.frame.routing
        self.routing.AddSearchMonitor(self.frame.solver.CustomLimit(self._looks().__next__))
        self.routing.AddAtSolutionCallback(self._note)
        self.parameters = parameters()
        self.routing.CloseModelWithParameters(self.parameters)
        self._start: Any = self.frame.solver.Assignment()

    def solve(
        self,
        routes: list[Route],
        halted: Callable[[], bool],
        found: Callable[[list[Route]], None],
        seconds: float,
        solutions: int | None = None,
    ) -> None:
        """Search from given routes.

        Parameters
        ----------
        routes : list of Route
            On vehicles of the model.
        halted : callable
            Asked many times a second; once it is true the search ends.
        found : callable
            Told every plan the search comes through; they keep the model's rules.
        seconds : float
            Wall time at most.
        solutions : int, optional
            Plans at most.
        """
        self._halted, self._found, self._failure = halted, found, None
        self.parameters.time_limit.FromMilliseconds(max(1, int(1000 * seconds)))
        self.parameters.solution_limit = solutions if solutions is not None else (1 << 62)
        self._write(routes)
        self.routing.SolveFromAssignmentWithParameters(self._start, self.parameters)
        if self._failure is not None:
            raise self._failure

    def _write(self, routes: list[Route]) -> None:
        """Make given routes the plan to start from."""
        indices = [[self.frame.index[node] for node in path] for path in self.paths.of(routes)]
        self._start.Clear()
        if not self.routing.RoutesToAssignment(indices, True, True, self._start):
            raise ValueError("the model does not have the nodes of these routes")

    def _looks(self) -> Iterator[bool]:
        """What the solver gets when it looks at its limit: mostly nothing, now and then a real answer."""
        while True:
            yield self._ask()
            yield from repeat(False, LOOKS)

    def _ask(self) -> bool:
        """Whether to end; an error in what is called back ends the search and is raised after it."""
        if self._failure is None:
            try:
                return self._halted()
            except BaseException as failure:  # noqa: BLE001 - it cannot pass through the solver's own code
                self._failure = failure
        return True

    def _note(self) -> None:
        if self._failure is None:
            try:
                self._found(self._routes())
            except BaseException as failure:  # noqa: BLE001 - it cannot pass through the solver's own code
                self._failure = failure

    def _routes(self) -> list[Route]:
        """The plan the solver is at."""
        paths = []
        for position in self.frame.vehicles:
            path = []
            index = self.routing.NextVar(self.routing.Start(position)).Value()
            while not self.routing.IsEnd(index):
                path.append(self.frame.manager.IndexToNode(index))
                index = self.routing.NextVar(index).Value()
            paths.append(path)
        return self.paths.routes(paths)


def parameters() -> Any:
    """Guided local search."""
    out = pywrapcp.DefaultRoutingSearchParameters()
    out.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    return out


def _never() -> bool:
    return False


def _ignore(_routes: list[Route]) -> None:
    return None
