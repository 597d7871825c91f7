"""The second engine: OR-Tools' routing model, searched in rounds.

Each round chooses pairs of shifts for the plan there is, makes the model of these vehicles and lets guided
local search work on it until it gains nothing more; then some orders are taken out and put in elsewhere. What
leaves the engine was judged by the evaluator, route by route.
"""

import time
from collections.abc import Callable

import numpy as np

from solver.problem.arrays import Problem
from solver.schedule.evaluate import evaluate
from solver.schedule.scratch import scratch
from solver.search.budget import Budget
from solver.search.control import Ending, Listener, News
from solver.search.engine import Route
from solver.search.figures import objective
from solver.search.routing.matching import MOST_TASTE, Fleet, Matching
from solver.search.routing.model import Model

TELL = 0.5  # seconds between reports
PATIENCE = 1  # plans without gain that end a round
QUIET_ROUNDS = 60  # without gain that end a search
FLEET_SHARE = 0.2
SHAKES = 20
LONGEST_ROUND = 1.5  # seconds; inside, the solver does not always look up
SOLUTIONS = 50  # of a round, where iterations are counted


class RoutingSearch:
    """Plan with OR-Tools' routing model until the budget is spent, nothing is gained, or somebody stops it.

    Parameters
    ----------
    problem : Problem
    budget : Budget
        An iteration is a plan that the local search comes through.
    seed : int
    should_stop : callable
        Polled many times a second.
    listener : callable
        Told about twice a second how the search stands.
    """

    def __init__(
        self,
        problem: Problem,
        budget: Budget,
        seed: int,
        should_stop: Callable[[], bool],
        listener: Listener,
    ) -> None:
        self.problem, self.budget = problem, budget
        self.should_stop, self.listener = should_stop, listener
        self.work, self.random = scratch(problem.tables), np.random.default_rng(seed)
        self.matching = Matching(problem, self.work)
        self.best: list[Route] = []
        self.value: tuple[float, ...] = objective(problem, self.work, [])
        self.model: Model | None = None
        self.stopped = False
        self.told = 0.0
        self.plans = 0
        self.phase = "construct"
        budget.restart()

    def run(self, start: list[Route] | None = None) -> tuple[list[Route], Ending]:
        """Search, from given routes if there are any."""
        self._take(start or [])
        quiet = 0
        while not self._over():
            before = self.value
            self._round()
            self.phase = "improve"
            quiet = 0 if self.value < before else quiet + 1
            if quiet >= QUIET_ROUNDS:
                return self.best, Ending.CONVERGED
        if self.stopped:
            return self.best, Ending.STOPPED
        return self.best, Ending.OUT_OF_TIME if self.budget.left() <= 0 else Ending.CONVERGED

    def _round(self) -> None:
        """One search of the model from a plan, changed a little but in the first round."""
        model, plan = self._beginning()
        reached, idle = self._take(plan), 0

        def halted() -> bool:
            self._look()
            return self._over() or idle >= PATIENCE

        def found(routes: list[Route]) -> None:
            nonlocal reached, idle
            self.plans += 1
            value = self._take(routes)
            reached, idle = (value, 0) if value < reached else (reached, idle + 1)

        limit = None if self.budget.iterations is None else SOLUTIONS
        model.solve(plan, halted, found, min(LONGEST_ROUND, max(0.0, self.budget.left())), limit)

    def _beginning(self) -> tuple[Model, list[Route]]:
        """A model and where its search begins."""
        if self.phase == "construct":
            fleet = self.matching.choose(self.best)
            model = self._model(fleet)
            return model, model.shaker.fill(fleet.routes)
        if self.random.random() < FLEET_SHARE:
            taste = self.random.uniform(0.0, MOST_TASTE, len(self.problem.tables.vehicle))
            count = int(self.random.integers(0, 3))
            kept = self.random.permutation(len(self.best))[count:]
            fleet = self.matching.choose([self.best[i] for i in kept], taste)
            model = self._model(fleet)
            return model, model.shaker.fill(fleet.routes)
        fleet = self.matching.choose(self.best)
        self._take(fleet.routes)
        model = self._model(fleet)
        return model, self._shaken(model, fleet.routes)

    def _model(self, fleet: Fleet) -> Model:
        if self.model is None or self.model.layout.vehicles != fleet.vehicles:
            self.model = Model(self.problem, fleet.vehicles, self.work, self.random)
        return self.model

    def _shaken(self, model: Model, routes: list[Route]) -> list[Route]:
        out, best = [], None
        for _ in range(SHAKES):
            if self._over():
                break
            new = model.shaker.shake(routes)
            value = self._take(new)
            if best is None or value < best:
                out, best = new, value
            if value <= self.value:
                routes = new
            self._look()
        return out

    def _take(self, routes: list[Route]) -> tuple[float, ...]:
        """Keep a plan if it is the best so far, without what the evaluator refuses; its value."""
        tables = self.problem.tables
        valid = [
            route
            for route in routes
            if not evaluate(
                tables, self.work, route.vehicle, route.visits, len(route.visits), self.problem.lowest_cost
            )
        ]
        value = objective(self.problem, self.work, valid)
        if value < self.value:
            self.best, self.value = valid, value
        return value

    def _over(self) -> bool:
        limit = self.budget.iterations
        return self.stopped or self.budget.left() <= 0 or (limit is not None and self.plans >= limit)

    def _look(self) -> None:
        """Look at the stop signal and the time to report."""
        self.stopped = self.stopped or self.should_stop()
        now = time.monotonic()
        if now - self.told >= TELL:
            self.told = now
            share = self.budget.elapsed() / max(1e-6, self.budget.seconds)
            if self.budget.iterations is not None:
                share = self.plans / max(1, self.budget.iterations)
            self.listener(News(min(1.0, share), self.best, self.phase))
