"""A pool of routes seen in the search, recombined by set partitioning.

What the routes have in common are few orders each, so that the linear relaxation is close to the truth and
tells which routes can be in a better plan at all; of those SCIP (in OR-Tools) makes the best one.
"""

import time
from collections.abc import Callable

import numpy as np
from ortools.linear_solver.python import model_builder

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, O_GROUP, V_ORDER, Floats
from solver.search.budget import never
from solver.search.engine import Engine, Kin, Priced, Route, Setup
from solver.search.exact import solve_linear
from solver.search.objective import W_ORDER, W_TRIP

MOST_COLUMNS = 6_000  # more routes are not decided in time
MOST_POOLED = 12_000  # beyond that the pool forgets
MOST_NODES = 1_000  # of SCIP's tree: nearly always one is enough
LEAST = 0.05  # seconds that SCIP gets at least
DOMINANT = 10.0  # times as much as all of a route's lower levels counts for a higher one


class Pool:
    """Routes seen in good plans, with their prices.

    Parameters
    ----------
    setup : Setup
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._routes: dict[Kin, Priced] = {}

    def add(self, engine: Engine, routes: list[Route]) -> None:
        """Remember the routes of an engine's best plan."""
        for route in routes:
            if route.kin() not in self._routes:
                self._routes[route.kin()] = engine.price(route), route

    def merge(self, seen: dict[Kin, Priced]) -> None:
        """Remember routes with their prices; of those with the same visits the cheapest."""
        for price, route in seen.values():
            if route.kin() not in self._routes or price < self._routes[route.kin()][0]:
                self._routes[route.kin()] = price, route

    def recombine(
        self,
        engine: Engine,
        best: list[Route],
        seconds: float,
        counted: bool,
        halted: Callable[[], bool] = never,
    ) -> list[Route] | None:
        """The cheapest choice of pooled routes that serves each order at most once.

        Parameters
        ----------
        engine : Engine
            Prices the routes of that plan.
        best : list of Route
            The plan to beat.
        seconds : float
            Time limit.
        counted : bool
            Whether effort is counted instead, so that the outcome is always the same.
        halted : callable
            Ends it before.

        Returns
        -------
        list of Route or None
            None if nothing was found, or no more than what is known already.
        """
        self.add(engine, best)
        known = {route.kin() for route in best}
        if len(self._routes) <= len(known):
            return None
        columns = list(self._routes)
        everything = self._serves_all(best)
        prices = self._prices([self._routes[kin] for kin in columns], everything)
        began = time.monotonic()
        pooled = [self._routes[kin][1] for kin in columns]
        relaxed = _Model(self.setup, pooled, prices, everything, whole=False)
        worth = relaxed.reduced_costs(seconds, counted, halted)
        if worth is None:  # too many to be judged in time: the newer half is left
            self._routes = {kin: self._routes[kin] for kin in columns[len(columns) // 2 :]}
            return None
        mine = np.array([kin in known for kin in columns])
        room = float(prices[mine].sum()) - relaxed.value
        order = np.lexsort((worth, ~mine))
        self._forget([columns[i] for i in order])
        order = order[(mine | (worth < room))[order]][:MOST_COLUMNS]
        if len(order) <= len(known):
            return None
        routes = [self._routes[columns[i]][1] for i in order]
        whole = _Model(self.setup, routes, prices[order], everything, whole=True)
        left = began + seconds - time.monotonic()
        found = whole.chosen(mine[order], max(LEAST, left), counted, halted)
        return None if found is None or {route.kin() for route in found} == known else found

    def _forget(self, columns: list[Kin]) -> None:
        """Keep the first of the columns only, once there are too many."""
        if len(columns) > MOST_POOLED:
            self._routes = {kin: self._routes[kin] for kin in columns[:MOST_COLUMNS]}

    def _serves_all(self, routes: list[Route]) -> bool:
        """Whether a plan serves every order, and so must any that is better."""
        visit = self.setup.problem.tables.visit
        served = {order for route in routes for order in visit[route.visits, V_ORDER].tolist()}
        return bool(self.setup.weights[W_ORDER] > 0 and served >= set(self.setup.hopeful.tolist()))

    def _prices(self, priced: list[Priced], everything: bool) -> Floats:
        """Prices of the routes less what their orders would cost if absent.

        Trips and orders count as much as they must among these routes; as they do in the search they would
        leave no digits for what is below them.

        Parameters
        ----------
        everything : bool
            Whether no order may be absent, so that its price is of no account.
        """
        goal, visit = self.setup.weights, self.setup.problem.tables.visit
        prices = np.array([price for price, _ in priced]) - goal[W_TRIP]
        orders = np.array([len(np.unique(visit[route.visits, V_ORDER])) for _, route in priced])
        trip = min(float(goal[W_TRIP]), DOMINANT * len(prices) * float(np.abs(prices).max()))
        order = min(float(goal[W_ORDER]), DOMINANT * (trip + float(np.abs(prices).max())))
        out: Floats = prices + trip - (0.0 if everything else order) * orders
        return out


class _Model:
    """Which routes make a plan: each order once, each shift once (O1, O6), and O4, O5."""

    def __init__(
        self, setup: Setup, routes: list[Route], prices: Floats, everything: bool, *, whole: bool
    ) -> None:
        self.routes, self.value = routes, 0.0
        self.model = model_builder.Model()  # type: ignore[no-untyped-call]  # has no annotations
        count = len(routes)
        if whole:
            self.chosen_one = [self.model.new_bool_var(None) for _ in range(count)]
        else:
            self.chosen_one = [self.model.new_num_var(0.0, 1.0, None) for _ in range(count)]
        self.model.minimize(model_builder.LinearExpr.weighted_sum(self.chosen_one, prices.tolist()))
        for kind, users, limit in _uses(setup, routes):
            total = model_builder.LinearExpr.sum([self.chosen_one[i] for i in users])
            if everything and kind == "order":
                self.model.add(total == limit)
            elif len(users) > limit:
                self.model.add(total <= limit)

    def reduced_costs(self, seconds: float, counted: bool, halted: Callable[[], bool]) -> Floats | None:
        """What each route is dearer than the others' prices let it be."""
        solver = model_builder.Solver("glop")
        if not counted:
            solver.set_time_limit_in_seconds(seconds)
        if not solve_linear(self.model, solver, halted, to_the_end=True):
            return None
        self.value = float(solver.objective_value)
        return np.array([solver.reduced_cost(one) for one in self.chosen_one])

    def chosen(
        self, known: np.ndarray[tuple[int], np.dtype[np.bool_]], seconds: float, counted: bool,
        halted: Callable[[], bool],
    ) -> list[Route] | None:  # fmt: skip
        """The cheapest plan, found from the known one."""
        for variable, hint in zip(self.chosen_one, known.tolist(), strict=True):
            self.model.add_hint(variable, float(hint))
        solver = model_builder.Solver("scip")
        solver.set_solver_specific_parameters(f"limits/nodes = {MOST_NODES}")
        if not counted:
            solver.set_time_limit_in_seconds(seconds)
        if not solve_linear(self.model, solver, halted):
            return None
        return [r for r, one in zip(self.routes, self.chosen_one, strict=True) if solver.value(one) > 0.5]


def _uses(setup: Setup, routes: list[Route]) -> list[tuple[str, list[int], int]]:
    """What routes use together: what kind of thing, which of them do, and how many of those there may be."""
    tables = setup.problem.tables
    users: dict[tuple[str, int], list[int]] = {}
    for number, route in enumerate(routes):
        orders = np.unique(tables.visit[route.visits, V_ORDER])
        row = tables.vehicle[route.vehicle]
        performer = int(row[F_PERFORMER])
        used = [("order", order) for order in orders.tolist()]
        used += [("group", group) for group in np.unique(tables.order[orders, O_GROUP]).tolist()]
        used += [("performer", performer), ("transport", int(row[F_TRANSPORT]))]
        used += [("shifts", int(tables.performer_group[performer]))]
        for use in used:
            if use[1] >= 0:
                users.setdefault(use, []).append(number)
    limits = {
        "performer": tables.performer_count,
        "transport": tables.transport_count,
        "shifts": tables.group_limit,
    }
    return [
        (kind, numbers, int(limits[kind][item]) if kind in limits else 1)
        for (kind, item), numbers in users.items()
    ]
