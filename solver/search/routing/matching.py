"""Which performer shift drives which transport shift, decided before the model is made (O4, O6; CP-SAT).

A vehicle of the routing model is a pair of shifts. The choice serves the orders first: as many as possible
must find a pair that reaches them, then as many pairs as possible are made, then the cheapest ones. A
plan that is there already keeps its routes; each may change to another pair if that is cheaper.
"""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from solver.problem.arrays import (
    F_PERFORMER,
    F_POST_M,
    F_POST_SECS,
    F_PRE_M,
    F_PRE_SECS,
    F_TRANSPORT,
    M_FIXED,
    V_ORDER,
    Floats,
    Problem,
)
from solver.schedule.evaluate import evaluate
from solver.schedule.scratch import Scratch
from solver.search.engine import Route
from solver.search.objective import W_METRE, W_MONEY, W_SECOND, weights
from solver.search.routes import price_of
from solver.search.routing.carriers import Bools, reach

MOST_TRIALS = 4_000  # pairs tried for routes; beyond that they keep theirs
EFFORT = 2.0  # CP-SAT's limit in its deterministic seconds; it is mostly done in a few milliseconds
SCALE = 100.0  # prices are rounded to hundredths
MOST_PRICE = 1e9
MOST_TASTE = 2.0


@dataclass(frozen=True, slots=True)
class Fleet:
    """The chosen pairs.

    Attributes
    ----------
    vehicles : tuple of int
        Rows of the vehicle table, ascending.
    routes : list of Route
        The plan's routes on their vehicles.
    """

    vehicles: tuple[int, ...]
    routes: list[Route]


class Matching:
    """Chooses pairs of shifts for a problem.

    Parameters
    ----------
    problem : Problem
    work : Scratch
        Working memory of the evaluator.
    """

    def __init__(self, problem: Problem, work: Scratch) -> None:
        self.tables, self.work = problem.tables, work
        self.weights: Floats = weights(problem)
        self.reach: Bools = reach(self.tables)
        self.empty: Floats = self._prices_of_pairs()

    def choose(self, routes: list[Route], taste: Floats | None = None) -> Fleet:
        """Pairs for a plan's routes and for what it leaves out; at most one for each order.

        Parameters
        ----------
        routes : list of Route
        taste : (vehicles,) float64, optional
            Factors of the prices of pairs without a route: another taste, other pairs.
        """
        model = cp_model.CpModel()
        pairs = [model.new_int_var(0, self._most(row), "") for row in range(len(self.tables.vehicle))]
        self._limit(model, pairs)
        moves, price = self._moves(model, pairs, routes)
        served = self._served(model, pairs, routes)
        prices = self.empty if taste is None else self.empty * taste
        spare = cp_model.LinearExpr.weighted_sum(pairs, np.round(prices).astype(int).tolist())
        pair_worth = int(MOST_PRICE) * (len(routes) + 2)
        order_worth = pair_worth * (len(self.tables.order) + 1)
        worth = cp_model.LinearExpr.weighted_sum(
            [served, cp_model.LinearExpr.sum(pairs), price, spare], [order_worth, pair_worth, -1, -1]
        )
        model.maximize(worth)
        solver = cp_model.CpSolver()
        solver.parameters.max_deterministic_time = EFFORT
        solver.parameters.num_workers = 1
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Fleet(tuple(sorted(route.vehicle for route in routes)), routes)
        chosen = [row for row, count in enumerate(pairs) for _ in range(solver.value(count))]
        moved = [
            Route(next(row for row, move in options.items() if solver.boolean_value(move)), route.visits)
            for options, route in zip(moves, routes, strict=True)
        ]
        return Fleet(tuple(chosen), moved)

    def _most(self, row: int) -> int:
        performer, transport = self.tables.vehicle[row, [F_PERFORMER, F_TRANSPORT]]
        most = min(self.tables.performer_count[performer], self.tables.transport_count[transport])
        return int(min(most, len(self.tables.order)))

    def _limit(self, model: cp_model.CpModel, pairs: list[cp_model.IntVar]) -> None:
        """Each shift once (O6), max_work_shifts (O4), no more pairs than orders."""
        used: dict[tuple[str, int], list[cp_model.IntVar]] = {}
        for pair, row in zip(pairs, self.tables.vehicle, strict=True):
            performer, transport = int(row[F_PERFORMER]), int(row[F_TRANSPORT])
            used.setdefault(("performer", performer), []).append(pair)
            used.setdefault(("transport", transport), []).append(pair)
            if self.tables.performer_group[performer] >= 0:
                used.setdefault(("group", int(self.tables.performer_group[performer])), []).append(pair)
        limits = {
            "performer": self.tables.performer_count,
            "transport": self.tables.transport_count,
            "group": self.tables.group_limit,
        }
        for (kind, number), several in used.items():
            model.add(sum(several) <= int(limits[kind][number]))
        model.add(sum(pairs) <= len(self.tables.order))

    def _moves(
        self, model: cp_model.CpModel, pairs: list[cp_model.IntVar], routes: list[Route]
    ) -> tuple[list[dict[int, cp_model.IntVar]], cp_model.LinearExprT]:
        """Variables of routes on pairs, by row, and the price of the choice."""
        prices = [self._prices(route, len(routes)) for route in routes]
        moves = [{row: model.new_bool_var("") for row in options} for options in prices]
        on_row: dict[int, list[cp_model.IntVar]] = {}
        for options in moves:
            model.add_exactly_one(options.values())
            for row, move in options.items():
                on_row.setdefault(row, []).append(move)
        for row, several in on_row.items():
            model.add(sum(several) <= pairs[row])
        terms = [
            round(options[row]) * move
            for options, choice in zip(prices, moves, strict=True)
            for row, move in choice.items()
        ]
        return moves, cp_model.LinearExpr.sum(terms)

    def _prices(self, route: Route, routes: int) -> dict[int, float]:
        """What a route costs on each pair that may drive it, above its cheapest."""
        rows = range(len(self.tables.vehicle))
        if len(rows) * routes > MOST_TRIALS:
            return {route.vehicle: 0.0}
        visits = route.visits
        valid = {
            row: float(price_of(self.work.result, self.weights))
            for row in rows
            if not evaluate(self.tables, self.work, row, visits, len(visits), False)
        }
        best = min(valid.values())
        return {row: min(MOST_PRICE, SCALE * (price - best)) for row, price in valid.items()}

    def _served(
        self, model: cp_model.CpModel, pairs: list[cp_model.IntVar], routes: list[Route]
    ) -> cp_model.LinearExprT:
        """How many orders outside the plan some chosen pair reaches."""
        planned = {int(x) for route in routes for x in self.tables.visit[route.visits, V_ORDER]}
        counts: dict[tuple[int, ...], int] = {}
        for order in set(range(len(self.tables.order))) - planned:
            rows = tuple(np.nonzero(self.reach[order])[0].tolist())
            counts[rows] = counts.get(rows, 0) + 1
        served = {rows: model.new_bool_var("") for rows in counts}
        for rows, one in served.items():
            model.add(one <= sum(pairs[row] for row in rows))
        return cp_model.LinearExpr.weighted_sum(list(served.values()), list(counts.values()))

    def _prices_of_pairs(self) -> Floats:
        """What a pair costs by itself, less what it offers: orders within reach and room."""
        rows, goal = self.tables.vehicle, self.weights
        price = goal[W_METRE] * (rows[:, F_PRE_M] + rows[:, F_POST_M])
        price = price + goal[W_SECOND] * (rows[:, F_PRE_SECS] + rows[:, F_POST_SECS])
        price = price + goal[W_MONEY] * self.tables.vehicle_money[:, M_FIXED]
        offer = self.reach.mean(axis=0) + self._roominess()
        return np.minimum(
            MOST_PRICE / MOST_TASTE, SCALE * (price + (price.max(initial=1.0) + 1.0) * (2.0 - offer))
        )

    def _roominess(self) -> Floats:
        """Share of all cargo that a vehicle can take at once, by its scarcest measure."""
        total = self.tables.cargo_size.sum(axis=0)
        wanted = total > 0
        if not wanted.any():
            return np.ones(len(self.tables.vehicle))
        room = np.minimum(self.tables.room[:, wanted], total[wanted])
        return (room / total[wanted]).min(axis=1)
