"""Trying an order in trips and on empty vehicles; the one evaluator judges every attempt."""

from collections.abc import Iterator, Sequence
from itertools import islice, permutations, product
from math import inf
from typing import NamedTuple

import numpy as np

from solver.problem.arrays import (
    D_C0,
    D_C1,
    D_IN_ORDER,
    D_TYPE,
    D_V0,
    D_V1,
    DROP,
    MULTI,
    O_D0,
    O_D1,
    O_SHAPE,
    PAIR,
    PICKUP,
    Floats,
    Ints,
    Problem,
)
from solver.reasons.book import BEST_OBSTACLES, MOST_SLOTS, book, own_copy
from solver.reasons.insertion import slots, try_route, try_slots
from solver.schedule.judging import judging_scratch
from solver.schedule.scratch import R_COST, R_METRES, R_REWARD, R_SECONDS

MOST_SEQUENCES = 240  # of one order's own services that are tried on an empty vehicle
FEW_ORDERS = 200
PLACES = {True: (5, 8), False: (2, 4)}  # of a pickup and a drop that are tried: for few orders, for many
EMPTY = np.zeros(0, dtype=np.int64)


class Attempt(NamedTuple):
    """An order put where it fits best in one sequence.

    Attributes
    ----------
    vehicle : int
    score : float
        How grave its obstacles are together; an order of attempts, nothing more.
    obstacles : (n, 4) float64
        See `solver.reasons.book`; empty where it fits.
    added : (4,) float64
        Metres, seconds, cost and reward that it adds; NaN where there is no way at all.
    route : int64 array
        The whole sequence.
    """

    vehicle: int
    score: float
    obstacles: Floats
    added: Floats
    route: Ints


class Trials:
    """Tries orders in sequences.

    Parameters
    ----------
    problem : Problem
    orders : int
        How many will be tried: for many, fewer places of each trip.
    """

    def __init__(self, problem: Problem, orders: int = 1) -> None:
        self.problem = problem
        self.places = PLACES[orders <= FEW_ORDERS]
        self.tables = own_copy(problem.tables)
        self.work = judging_scratch(self.tables)
        self.book = book(self.tables)
        self.ways = (problem.lowest_cost, problem.configuration == "optimize_money")

    def figures(self, vehicle: int, route: Ints) -> Floats:
        """Metres, seconds, cost and reward of a sequence as it is."""
        if not len(route):
            return np.zeros(4)
        self._whole(vehicle, route, -1, inf)
        return np.asarray(self.work.result)[[R_METRES, R_SECONDS, R_COST, R_REWARD]]

    def in_trip(self, vehicle: int, route: Ints, before: Floats, order: int) -> Attempt:
        """Where an order fits best into a trip, all its demands one after the other.

        Parameters
        ----------
        before : (4,) float64
            Of the trip without it.
        """
        demands = self._demands(order)
        if self.tables.order[order, O_SHAPE] == PAIR:
            return self._pair(vehicle, route, before, order, demands)
        score = inf
        for demand in demands:
            score = self._one(vehicle, route, order, demand, 0, self.places[1], inf)
            route = np.array(self.book.best_route[: len(route) + 1])
        return self._kept(vehicle, score, before, len(route))

    def alone(self, vehicle: int, order: int) -> Attempt:
        """An order alone on an empty vehicle, in every sequence of its services (the first, of very many)."""
        nothing = np.zeros(4)
        if self.tables.order[order, O_SHAPE] != MULTI:
            return self.in_trip(vehicle, EMPTY, nothing, order)
        best = inf
        for route in islice(self._sequences(order), MOST_SEQUENCES):
            best = min(best, self._whole(vehicle, route, order, best))
        if best == inf:
            return self.in_trip(vehicle, EMPTY, nothing, order)
        return self._kept(
            vehicle, best, nothing, self.tables.order[order, O_D1] - self.tables.order[order, O_D0]
        )

    # --- attempts ---

    def _pair(self, vehicle: int, route: Ints, before: Floats, order: int, demands: Sequence[int]) -> Attempt:
        up, down = demands
        alone = not len(route)
        best, most = inf, MOST_SLOTS if alone else self.places[0]
        found = slots(self.tables, self.book, vehicle, route, len(route), up, 0, most)
        for visit, position in self.book.slots[:found].tolist():
            part = np.insert(route, position, visit)
            more = MOST_SLOTS if alone else self.places[1]
            best = self._one(vehicle, part, order, down, position + 1, more, best)
        return self._kept(vehicle, best, before, len(route) + 2)

    def _one(
        self, vehicle: int, route: Ints, order: int, demand: int, first: int, most: int, limit: float
    ) -> float:  # fmt: skip
        return float(
            try_slots(
                self.tables, self.work, self.book, vehicle, route, len(route), demand, order, first, most,
                *self.ways, limit,
            )
        )  # fmt: skip

    def _whole(self, vehicle: int, route: Ints, order: int, limit: float) -> float:
        return float(
            try_route(self.tables, self.work, self.book, vehicle, route, len(route), order, *self.ways, limit)
        )

    def _kept(self, vehicle: int, score: float, before: Floats, length: int) -> Attempt:
        kept = self.book
        return Attempt(
            vehicle=vehicle,
            score=score,
            obstacles=kept.best[: kept.counts[BEST_OBSTACLES]].copy(),
            added=kept.figures - before,
            route=np.array(kept.best_route[:length]),
        )

    # --- sequences of one order ---

    def _demands(self, order: int) -> list[int]:
        """An order's demands as they may follow each other: by precedence, loading before unloading."""
        row, table = self.tables.order[order], self.tables.demand
        demands = range(row[O_D0], row[O_D1])
        wanted = sorted(demands, key=lambda d: (table[d, D_IN_ORDER], table[d, D_TYPE] == DROP))
        if self._loads_before_drops(wanted):
            return wanted
        return sorted(demands, key=lambda d: table[d, D_TYPE] == DROP)

    def _sequences(self, order: int) -> Iterator[Ints]:
        """Sequences of the order's services, each demand by one of its possible events."""
        table = self.tables.demand
        for sequence in permutations(self._demands(order)):
            if not self._loads_before_drops(sequence):
                continue
            for visits in product(*(range(table[d, D_V0], table[d, D_V1]) for d in sequence)):
                yield np.array(visits, dtype=np.int64)

    def _loads_before_drops(self, sequence: Sequence[int]) -> bool:
        """O2; precedences are left to the evaluator, so that they can be an obstacle."""
        table, cargos = self.tables.demand, self.tables.demand_cargo
        dropped: set[int] = set()
        for demand in sequence:
            moved = set(cargos[table[demand, D_C0] : table[demand, D_C1]].tolist())
            if table[demand, D_TYPE] == PICKUP and moved & dropped:
                return False
            if table[demand, D_TYPE] == DROP:
                dropped |= moved
        return True
