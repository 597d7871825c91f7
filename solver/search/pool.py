"""A pool of good routes, recombined by set partitioning (OR-Tools CP-SAT)."""

from ortools.sat.python import cp_model

from solver.problem.arrays import F_PERFORMER, F_TRANSPORT, O_GROUP, V_ORDER
from solver.search.engine import Engine, Route, Setup
from solver.search.objective import W_MONEY, W_ORDER

MOST_ROUTES = 3_000  # more columns are not decided in time
SCALE = 100.0  # prices are rounded to hundredths


class Pool:
    """Routes seen in good plans, with their prices.

    Parameters
    ----------
    setup : Setup
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._prices: dict[tuple[int, bytes], tuple[float, Route]] = {}

    def add(self, engine: Engine, routes: list[Route]) -> None:
        """Remember the routes of an engine's best plan."""
        for route in routes:
            key = route.key()
            if key not in self._prices:
                self._prices[key] = (engine.price(route), route)

    def recombine(
        self, best: list[Route], seconds: float, threads: int, deterministic: bool
    ) -> list[Route] | None:
        """The cheapest choice of pooled routes that serves each order at most once.

        Parameters
        ----------
        best : list of Route
            The plan to beat; the hint of the model.
        seconds : float
            Time limit; taken as deterministic time if told so.

        Returns
        -------
        list of Route or None
            None if nothing was found, or no more than what is known already.
        """
        known = {route.key() for route in best}
        columns = sorted(self._prices.values(), key=lambda item: item[0] / len(item[1].visits))
        columns = [c for c in columns if c[1].key() in known] + [
            c for c in columns if c[1].key() not in known
        ]
        columns = columns[:MOST_ROUTES]
        if len(columns) <= len(known):
            return None
        model = cp_model.CpModel()
        chosen = [model.new_bool_var("") for _ in columns]
        for variable, (_, route) in zip(chosen, columns, strict=True):
            model.add_hint(variable, route.key() in known)
        self._constrain(model, chosen, [route for _, route in columns])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1 if deterministic else threads
        if deterministic:
            solver.parameters.max_deterministic_time = seconds
        else:
            solver.parameters.max_time_in_seconds = seconds
        model.minimize(self._price(chosen, columns))
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        routes = [r for v, (_, r) in zip(chosen, columns, strict=True) if solver.boolean_value(v)]
        return None if {route.key() for route in routes} == known else routes

    def _price(
        self, chosen: list[cp_model.IntVar], columns: list[tuple[float, Route]]
    ) -> cp_model.LinearExprT:
        """Price of the chosen routes less what their orders would cost if absent."""
        order_price = float(self.setup.weights[W_ORDER])
        scale = SCALE if self.setup.weights[W_MONEY] > 0 or order_price < 1e13 else 1.0
        visit = self.setup.problem.tables.visit
        prices = [
            round(scale * (price - order_price * len(set(visit[route.visits, V_ORDER].tolist()))))
            for price, route in columns
        ]
        return cp_model.LinearExpr.weighted_sum(chosen, prices)

    def _constrain(self, model: cp_model.CpModel, chosen: list[cp_model.IntVar], routes: list[Route]) -> None:
        """Each order once, each shift once (O1, O6), max_work_shifts (O4), hardlinks together (O5)."""
        tables = self.setup.problem.tables
        orders: dict[int, list[cp_model.IntVar]] = {}
        groups: dict[int, list[cp_model.IntVar]] = {}
        used: dict[tuple[str, int], list[cp_model.IntVar]] = {}
        for variable, route in zip(chosen, routes, strict=True):
            mine = set(tables.visit[route.visits, V_ORDER].tolist())
            for order in mine:
                orders.setdefault(order, []).append(variable)
            for group in {int(tables.order[order, O_GROUP]) for order in mine} - {-1}:
                groups.setdefault(group, []).append(variable)
            row = tables.vehicle[route.vehicle]
            performer = int(row[F_PERFORMER])
            used.setdefault(("performer", performer), []).append(variable)
            used.setdefault(("transport", int(row[F_TRANSPORT])), []).append(variable)
            if tables.performer_group[performer] >= 0:
                used.setdefault(("group", int(tables.performer_group[performer])), []).append(variable)
        limits = {
            "performer": tables.performer_count,
            "transport": tables.transport_count,
            "group": tables.group_limit,
        }
        for one in (*orders.values(), *groups.values()):
            model.add_at_most_one(one)
        for (kind, number), several in used.items():
            model.add(sum(several) <= int(limits[kind][number]))
