"""What an order would cost at locations with limits, where these count (rule Y2)."""

from collections.abc import Sequence

import numpy as np

from solver.problem.arrays import U_LIMITS, Floats, Ints, Problem
from solver.reasons.trials import Attempt
from solver.schedule.evaluate import evaluate
from solver.schedule.limits import excess, gather
from solver.schedule.scratch import scratch


class Crowd:
    """What all trips do at locations with limits, with and without one more order.

    Parameters
    ----------
    problem : Problem
    trips : sequence of (int, int64 array)
        Vehicles and visits.
    """

    def __init__(self, problem: Problem, trips: Sequence[tuple[int, Ints]]) -> None:
        self.problem, self.tables, self.trips = problem, problem.tables, trips
        self.counts = bool(self.tables.uses[U_LIMITS])
        self.work = scratch(problem.tables)
        shape = (len(self.tables.limit_window), self.tables.demand_load.shape[1] + 1)
        self.amount = np.zeros(shape)
        if self.counts:
            for vehicle, visits in trips:
                self._add(self.amount, vehicle, visits, 1.0)

    def _add(self, amount: Floats, vehicle: int, visits: Ints, share: float) -> bool:
        """Add a trip's amount, if the evaluator accepts it."""
        count, lowest = len(visits), self.problem.lowest_cost
        if not count or evaluate(self.tables, self.work, vehicle, visits, count, lowest):
            return False
        gather(self.tables, vehicle, visits, count, self.work.at, amount, share)
        return True

    def over(self, attempt: Attempt, trip: int | None) -> float:
        """By how much the limits would cost too much with an attempt instead of a trip, or beside all."""
        if not self.counts or len(attempt.obstacles):
            return 0.0
        amount = self.amount.copy()
        if trip is not None:
            self._add(amount, *self.trips[trip], -1.0)
        if not self._add(amount, attempt.vehicle, attempt.route, 1.0):
            return 0.0
        over = float(excess(self.tables, amount))
        return over if over > float(excess(self.tables, self.amount)) else 0.0
