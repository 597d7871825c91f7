"""One search thread: a plan under construction and improvement."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from solver.problem.arrays import (
    BIG,
    F_DUE,
    F_MAX_M,
    F_MAX_PLACES,
    F_MAX_SECS,
    F_MAX_STOPS,
    F_POST_SECS,
    F_PRE_SECS,
    F_READY,
    M_PAIR_PENALTY,
    U_LIMITS,
    V_FROM,
    V_ORDER,
    Floats,
    Ints,
    Problem,
    Tables,
)
from solver.problem.legs import fastest_leg
from solver.schedule.judging import judging_scratch
from solver.schedule.limits import excess
from solver.schedule.scratch import Scratch
from solver.search import anneal, change
from solver.search.candidates import repeated_price
from solver.search.near import Near, near
from solver.search.objective import W_GROUPING, W_MONEY, W_ORDER, W_SECOND, W_STOP, W_TRIP, weights
from solver.search.state import (
    N_ABSENT,
    N_BEST_ABSENT,
    N_ITERATIONS,
    N_JUDGED,
    N_SEEDS,
    N_TRIED,
    N_TRIPS,
    T_BEST_LENGTH,
    T_BEST_VEHICLE,
    T_LENGTH,
    T_METRES,
    X_BEST,
    X_ROUTES,
    State,
    empty_state,
)


@dataclass(frozen=True, slots=True)
class Route:
    """A vehicle and all visits of its trip in the order of service."""

    vehicle: int
    visits: Ints

    def key(self) -> tuple[int, bytes]:
        """What tells routes apart."""
        return self.vehicle, self.visits.tobytes()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a plan that an engine works on alone.

    Attributes
    ----------
    routes : list of Route
    orders : (n,) int64
        Orders on the routes, and absent ones that may be put on them.
    performers, transports, groups : int64
        Shifts that are not the part's to use, by kind, and by row of max_work_shifts (O4).
    """

    routes: list[Route]
    orders: Ints
    performers: Ints
    transports: Ints
    groups: Ints


@dataclass(frozen=True, slots=True)
class Setup:
    """What all threads share.

    Attributes
    ----------
    problem : Problem
    weights : (11,) float64
    near : Near
    exact : bool
        Whether insertions need the evaluator (the task has rarer rules).
    hopeful : (n,) int64
        Orders that some vehicle could serve alone.
    """

    problem: Problem
    weights: Floats
    near: Near
    exact: bool
    hopeful: Ints


def needs_evaluator(tables: Tables, goal: Floats) -> bool:
    """Whether the quick sieves of the insertion do not decide everything."""
    figures = goal[[W_SECOND, W_MONEY, W_GROUPING, W_STOP]]
    if tables.uses.any() or figures.any() or not len(tables.vehicle):
        return True
    rows = tables.vehicle
    limited = (rows[:, F_MAX_STOPS] < BIG) | (rows[:, F_MAX_PLACES] < BIG)
    span = rows[:, F_DUE] - rows[:, F_READY] + rows[:, F_PRE_SECS] + rows[:, F_POST_SECS]
    limited |= rows[:, F_MAX_SECS] < span
    limited |= (rows[:, F_MAX_M] < 100_000_000) & (rows[:, F_MAX_M] < fastest_leg(tables) * span)
    return bool(limited.any() or tables.vehicle_money[:, M_PAIR_PENALTY].any())


def set_up(problem: Problem) -> Setup:
    """Prepare a search."""
    tables = problem.tables
    goal = weights(problem)
    lists = near(tables)
    state, work = empty_state(problem, 0), judging_scratch(tables)
    hopeful = [
        order
        for order in range(len(tables.order))
        if change.can_be_alone(tables, state, work, goal, lists, order)
    ]
    return Setup(problem, goal, lists, needs_evaluator(tables, goal), np.array(hopeful, dtype=np.int64))


def prepare(setup: Setup) -> None:
    """Have everything compiled, or loaded from disk, before the clock starts."""
    engine = Engine(setup, 0)
    engine.load([])
    engine.state.counter[N_ABSENT] = 0
    engine.construct()
    engine.run(0, 1.0, 1.0, anneal.IMPROVE)
    engine.drop_trip()
    engine.mean_leg()
    if len(setup.hopeful):
        engine.price(Route(0, setup.near.seeds[:1]))


class Engine:
    """A plan that one thread works on.

    Parameters
    ----------
    setup : Setup
    seed : int
        Same seed, same calls: same plan.
    """

    def __init__(self, setup: Setup, seed: int) -> None:
        self.setup = setup
        self.tables: Tables = setup.problem.tables
        self.state: State = empty_state(setup.problem, seed)
        self.work: Scratch = judging_scratch(self.tables)
        self.random = np.random.default_rng(seed)
        self.part: Part

    def load(self, routes: Iterable[Route]) -> None:
        """Take over a plan; routes that break a rule are left out, their orders are absent."""
        none = np.zeros(1, dtype=np.int64)
        self.part = Part(list(routes), self.setup.hopeful, none, none, none)
        self._seed(self.setup.near.seeds)
        self._restart(self.part.routes)

    def load_part(self, part: Part) -> None:
        """Take over a part of a plan: other orders and others' shifts do not exist for this engine."""
        mine = np.zeros(len(self.tables.order), dtype=np.bool_)
        mine[part.orders] = True
        self.part = part
        self._seed(self.setup.near.seeds[mine[self.tables.visit[self.setup.near.seeds, V_ORDER]]])
        self._restart(part.routes)

    def _seed(self, visits: Ints) -> None:
        """Let ruins start from these visits, or from any if there are none."""
        seeds = visits if len(visits) else self.setup.near.seeds
        self.state.seeds[: len(seeds)] = seeds
        self.state.counter[N_SEEDS] = len(seeds)

    def _restart(self, routes: Iterable[Route]) -> None:
        """Begin anew from routes; orders of the part that are not on them are absent."""
        state, part = self.state, self.part
        change.clear(self.tables, state)
        state.used_performer[:], state.used_transport[:] = part.performers, part.transports
        state.used_group[: len(part.groups)] = part.groups
        for route in routes:
            change.add_route(
                self.tables, state, self.work, self.setup.weights, route.vehicle, route.visits,
                len(route.visits), self.setup.exact,
            )  # fmt: skip
        missing = part.orders[state.order_route[part.orders] < 0]
        state.absent[: len(missing)] = missing
        state.counter[N_ABSENT] = len(missing)
        change.settle(self.tables, state, self.setup.weights)

    def construct(self) -> None:
        """Insert what is absent: the far and the tight first, with a little chance."""
        count = int(self.state.counter[N_ABSENT])
        orders = self.state.absent[:count].copy()
        keys = change.urgency(self.tables, orders) * self.random.uniform(0.8, 1.2, count)
        self.state.absent[:count] = orders[np.argsort(-keys, kind="stable")]
        args = (self.tables, self.state, self.work, self.setup.weights, self.setup.near, self.setup.exact)
        anneal.construct(*args, 1)

    def run(self, iterations: int, hot: float, cold: float, way: int, target: int = 0) -> int:
        """Anneal; see `solver.search.anneal.anneal`. Returns the iterations done."""
        args = (self.tables, self.state, self.work, self.setup.weights, self.setup.near, self.setup.exact)
        return int(anneal.anneal(*args, iterations, hot, cold, way, target))

    def drop_trip(self) -> None:
        """Give up one trip, mostly a short one, and let its orders be absent."""
        change.drop_trip(self.tables, self.state, self.setup.weights)

    def absent(self) -> int:
        """Orders that are absent now."""
        return int(self.state.counter[N_ABSENT])

    def trips(self) -> int:
        """Trips there are now."""
        return int(self.state.counter[N_TRIPS])

    def iterations(self) -> int:
        """Iterations done so far."""
        return int(self.state.counter[N_ITERATIONS])

    def tried(self) -> int:
        """Insertions tried so far: places for a visit, pairs of places for a pickup and its drop."""
        return int(self.state.counter[N_TRIED])

    def judged(self) -> int:
        """Sequences given to the evaluator for them so far."""
        return int(self.state.counter[N_JUDGED])

    def best_value(self) -> tuple[int, float]:
        """Absent orders of the best plan and the price of its routes."""
        return int(self.state.counter[N_BEST_ABSENT]), float(self.state.value[X_BEST])

    def total(self) -> float:
        """Price of the best plan, absent orders included."""
        absent, routes = self.best_value()
        return routes + float(self.setup.weights[W_ORDER]) * absent

    def price(self, route: Route, times: int = 1) -> float:
        """Price of a route by the evaluator, which is asked so many times."""
        return float(
            repeated_price(
                self.tables, self.state, self.work, self.setup.weights, route.vehicle, route.visits,
                len(route.visits), times,
            )
        )  # fmt: skip

    def excess(self, routes: list[Route]) -> float:
        """What the routes' broken location limits cost over what is allowed (Y2)."""
        if not self.tables.uses[U_LIMITS]:
            return 0.0
        self.load(routes)
        return float(excess(self.tables, self.state.crowd))

    def mean_leg(self) -> float:
        """Price of an average visit, what a trip costs by itself left out: the scale of temperatures."""
        goal = self.setup.weights
        trips = self.trips()
        visits = max(1, int(self.state.meta[:, T_LENGTH].sum()))
        price = float(self.state.cost.sum()) - trips * float(goal[W_TRIP])
        if goal[W_STOP] > 0:
            price = float(self.state.meta[:, T_METRES] @ (self.state.meta[:, T_LENGTH] > 0))
        if goal[W_MONEY] > 0:
            price = change.costs_only(self.tables, self.state, self.work)
        return max(1.0 if goal[W_MONEY] == 0 else 1e-3, abs(price) / visits)

    def back_to_best(self) -> None:
        """Continue from the best plan so far."""
        best = self.best()
        value, absent = self.state.value[X_BEST], self.state.counter[N_BEST_ABSENT]
        self._restart(best)
        if (self.state.counter[N_ABSENT], self.state.value[X_ROUTES]) != (absent, value):
            self.state.value[X_BEST] = self.state.value[X_ROUTES]

    def best(self) -> list[Route]:
        """The best plan so far."""
        out = []
        state, visit = self.state, self.tables.visit
        for row in np.nonzero(state.meta[:, T_BEST_LENGTH])[0]:
            length = int(state.meta[row, T_BEST_LENGTH])
            visits = state.best[row, 1 : length + 1].copy()
            orders = visit[visits, V_ORDER]
            hidden = state.best_implicit[row, 1 : length + 1]
            first = np.unique(orders, return_index=True)[1]
            hidden = hidden[np.sort(first)]
            hidden = hidden[hidden >= 0]
            hidden = hidden[np.argsort(visit[hidden, V_FROM], kind="stable")]
            out.append(Route(int(state.meta[row, T_BEST_VEHICLE]), np.concatenate((hidden, visits))))
        return out
