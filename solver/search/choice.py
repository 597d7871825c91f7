"""Which engine searches."""

from collections.abc import Callable
from typing import Protocol

from solver.problem.arrays import Problem
from solver.search.budget import Budget
from solver.search.control import Ending, Listener, Search
from solver.search.engine import Route
from solver.search.routing import RoutingSearch


class Searching(Protocol):
    """Looks for a better plan until its budget is spent, nothing is gained, or somebody stops it."""

    def run(self, start: list[Route] | None = None) -> tuple[list[Route], Ending]:
        """Search, from given routes if there are any."""


def searching(
    engine: str,
    problem: Problem,
    budget: Budget,
    threads: int,
    seed: int,
    should_stop: Callable[[], bool],
    listener: Listener,
) -> Searching:
    """Return the search of an engine; the routing engine has one thread.

    Raises
    ------
    ValueError
        If there is no such engine.
    """
    if engine == "ruin":
        return Search(problem, budget, threads, seed, should_stop, listener)
    if engine == "routing":
        return RoutingSearch(problem, budget, seed, should_stop, listener)
    raise ValueError(f"no engine {engine!r}")
