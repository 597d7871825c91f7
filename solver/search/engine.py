"""One search thread: a plan under construction and improvement."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from solver.problem.arrays import (
    U_LIMITS,
    V_FROM,
    V_ORDER,
    Floats,
    Ints,
    Problem,
    Tables,
)
from solver.schedule.judging import judging_scratch
from solver.schedule.limits import excess
from solver.schedule.scratch import Scratch
from solver.search import anneal, change
from solver.search.budget import Halted, never
from solver.search.candidates import repeated_price
from solver.search.near import Near, near
from solver.search.objective import W_MONEY, W_ORDER, W_STOP, W_TRIP, weights
from solver.search.shortcuts import needs_evaluator
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
    T_VEHICLE,
    X_BEST,
    X_ROUTES,
    State,
    empty_state,
)

BATCH = 50  # orders between looks at the stop signal
SAME = 1e-6  # prices that differ by less are the same


@dataclass(frozen=True, slots=True)
class Route:
    """A vehicle and all visits of its trip in the order of service."""

    vehicle: int
    visits: Ints

    def key(self) -> tuple[int, bytes]:
        """What tells routes apart."""
        return self.vehicle, self.visits.tobytes()

    def kin(self) -> "Kin":
        """What routes have in common that make the same visits on the same vehicle."""
        return self.vehicle, np.sort(self.visits).tobytes()


Kin = tuple[int, bytes]
Priced = tuple[float, Route]


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


def set_up(problem: Problem, halted: Callable[[], bool] = never) -> Setup:
    """Prepare a search.

    Raises
    ------
    Halted
        If ``halted``, which is asked now and then, says so.
    """
    tables = problem.tables
    goal = weights(problem)
    lists = near(tables, halted)
    state, work = empty_state(problem, 0), judging_scratch(tables)
    hopeful = []
    for order in range(len(tables.order)):
        if order % BATCH == 0 and halted():
            raise Halted
        if change.can_be_alone(tables, state, work, goal, lists, order):
            hopeful.append(order)
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
        self.part = self.whole(routes)
        self._seed(self.setup.near.seeds)
        self._restart(self.part.routes)

    def whole(self, routes: Iterable[Route]) -> Part:
        """A plan as the part that is everything."""
        tables = self.tables
        performers, transports = np.zeros_like(tables.performer_count), np.zeros_like(tables.transport_count)
        groups = np.zeros_like(tables.group_limit)
        return Part(list(routes), self.setup.hopeful, performers, transports, groups)

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

    def is_whole(self) -> bool:
        """Whether the engine has the whole plan, and not a part of it."""
        return self.part.orders is self.setup.hopeful

    def change_to(self, routes: Iterable[Route]) -> None:
        """Go on from other routes; the best plan stays what it is."""
        self._place(routes)
        change.sum_plan(self.tables, self.state, self.setup.weights)

    def _restart(self, routes: Iterable[Route]) -> None:
        """Begin anew from routes; orders of the part that are not on them are absent."""
        self._place(routes)
        change.settle(self.tables, self.state, self.setup.weights)

    def _place(self, routes: Iterable[Route]) -> None:
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

    def construct(self, halted: Callable[[], bool] = never) -> None:
        """Insert what is absent: the far and the tight first, with a little chance.

        Once ``halted``, which is asked now and then, says so, the rest stays absent.
        """
        state, count = self.state, int(self.state.counter[N_ABSENT])
        orders = state.absent[:count].copy()
        keys = change.urgency(self.tables, orders) * self.random.uniform(0.8, 1.2, count)
        orders = orders[np.argsort(-keys, kind="stable")]
        args = (self.tables, state, self.work, self.setup.weights, self.setup.near, self.setup.exact)
        left, done = orders[:0], 0
        while done < count and not halted():
            batch = orders[done : done + BATCH]
            state.absent[: len(batch)], state.counter[N_ABSENT] = batch, len(batch)
            anneal.construct(*args, 1)
            left = np.concatenate((left, state.absent[: int(state.counter[N_ABSENT])]))
            done += len(batch)
        left = np.concatenate((left, orders[done:]))
        state.absent[: len(left)], state.counter[N_ABSENT] = left, len(left)
        change.settle(self.tables, state, self.setup.weights)

    def run(
        self, iterations: int, hot: float, cold: float, way: int, target: int = 0, lack: float = math.inf
    ) -> int:
        """Anneal; see `solver.search.anneal.anneal`. Returns the iterations done."""
        args = (self.tables, self.state, self.work, self.setup.weights, self.setup.near, self.setup.exact)
        return int(anneal.anneal(*args, iterations, hot, cold, way, target, lack))

    def drop_trip(self) -> None:
        """Give up one trip, mostly a short one, and let its orders be absent."""
        change.drop_trip(self.tables, self.state, self.setup.weights)

    def absent(self) -> int:
        """Orders that are absent now."""
        return int(self.state.counter[N_ABSENT])

    def trips(self) -> int:
        """Trips there are now."""
        return int(self.state.counter[N_TRIPS])

    def fewest_trips(self) -> int:
        """Trips that could hold what the trips there are leave their start places with."""
        begun = self.state.meta[:, T_LENGTH] > 0
        loads = self.state.load[begun, 0].sum(axis=0)
        room = self.tables.room.max(axis=0)
        return max(
            1, *(math.ceil(load / most - 1e-6) for load, most in zip(loads, room, strict=True) if most > 0)
        )

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
        out, state = [], self.state
        for row in np.nonzero(state.meta[:, T_BEST_LENGTH])[0]:
            part = slice(1, int(state.meta[row, T_BEST_LENGTH]) + 1)
            vehicle = int(state.meta[row, T_BEST_VEHICLE])
            out.append(self._route(vehicle, state.best[row, part], state.best_implicit[row, part]))
        return out

    def present(self) -> list[Route]:
        """The plan as it is now."""
        out, state = [], self.state
        for row in np.nonzero(state.meta[:, T_LENGTH])[0]:
            stops = state.route[row, 1 : int(state.meta[row, T_LENGTH]) + 1].copy()
            hidden = state.implicit[self.tables.visit[stops, V_ORDER]]
            out.append(self._route(int(state.meta[row, T_VEHICLE]), stops, hidden))
        return out

    def notice(self, seen: dict[Kin, Priced]) -> None:
        """Remember the trips there are now; of those with the same stops the cheapest."""
        state = self.state
        for row in np.nonzero(state.meta[:, T_LENGTH])[0]:
            stops = state.route[row, 1 : int(state.meta[row, T_LENGTH]) + 1]
            vehicle, price = int(state.meta[row, T_VEHICLE]), float(state.cost[row])
            kin = vehicle, np.sort(stops).tobytes()
            if kin not in seen or price < seen[kin][0] - SAME:
                hidden = state.implicit[self.tables.visit[stops, V_ORDER]]
                seen[kin] = price, self._route(vehicle, stops, hidden)

    def _route(self, vehicle: int, stops: Ints, hidden: Ints) -> Route:
        """A route of stops and of what is loaded at its start for them, listed beside them."""
        visit = self.tables.visit
        first = np.unique(visit[stops, V_ORDER], return_index=True)[1]
        hidden = hidden[np.sort(first)]
        hidden = hidden[hidden >= 0]
        hidden = hidden[np.argsort(visit[hidden, V_FROM], kind="stable")]
        return Route(vehicle, np.concatenate((hidden, stops)))
