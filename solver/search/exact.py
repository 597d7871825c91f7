"""Solving a model of OR-Tools so that it can be stopped from outside."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from solver.search.budget import never

TICK = 0.1  # seconds between looks at the stop signal


@contextmanager
def stopping(stop: Callable[[], None], halted: Callable[[], bool]) -> Iterator[None]:
    """Call ``stop`` from a thread beside once ``halted`` says so."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(TICK):
            if halted():
                stop()
                return

    watcher = threading.Thread(target=watch, name="watch-model", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def solve(model: cp_model.CpModel, solver: cp_model.CpSolver, halted: Callable[[], bool] = never) -> bool:
    """Solve a model within the solver's own limits or until ``halted``; whether there is a solution."""
    with stopping(solver.stop_search, halted):
        return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def solve_linear(
    model: model_builder.Model,
    solver: model_builder.Solver,
    halted: Callable[[], bool] = never,
    *,
    to_the_end: bool = False,
) -> bool:
    """The same for a linear model, with whole numbers or without; ``to_the_end``: only the best will do."""
    with stopping(solver.stop_search, halted):
        status = solver.solve(model)
    feasible = status == model_builder.SolveStatus.FEASIBLE and not to_the_end
    return feasible or status == model_builder.SolveStatus.OPTIMAL
