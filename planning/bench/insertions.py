"""What an insertion tried costs with every rule of the model, beside plain pickup and delivery.

Two tasks of the same places, orders and hours (`planning.samples.city`) are searched by one thread with the
same seed for the same number of iterations. An insertion tried is one place in a route looked at for a visit,
or one pair of places for a pickup and its drop. Most are refused by a sieve; the rest go to the evaluator.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import solver
from planning.samples.city import plain_city, rich_city
from solver.problem import Problem, build
from solver.refine import assume, horizon, refine
from solver.search.anneal import IMPROVE
from solver.search.engine import Engine, Route, prepare, set_up
from solver.search.phases import COLD, HOT

AIM = 3.0
"""The most that an insertion may cost in times of the plain one."""

REPEATS = 2_000  # evaluations of each route of the plan: milliseconds for all
HEADER = [
    "task", "orders planned", "trips", "insertions", "evaluations", "CPU s", "iterations/s", "us/insertion",
    "us/evaluation", "us, evaluator alone",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """A measured search.

    Attributes
    ----------
    tried, judged
        Insertions tried, and sequences given to the evaluator for them.
    seconds
        CPU time of construction and iterations.
    alone
        CPU seconds of one evaluation of a route of the plan, mean over its routes.
    """

    name: str
    planned: int
    trips: int
    tried: int
    judged: int
    seconds: float
    iterations: int
    alone: float

    @property
    def by_insertion(self) -> float:
        """Give the CPU microseconds of the whole search by insertions tried."""
        return 1e6 * self.seconds / max(1, self.tried)

    @property
    def by_evaluation(self) -> float:
        """Give the CPU microseconds of the whole search by calls of the evaluator."""
        return 1e6 * self.seconds / max(1, self.judged)

    def cells(self) -> list[str]:
        """Write the row of the table."""
        return [
            self.name, str(self.planned), str(self.trips), str(self.tried), str(self.judged),
            f"{self.seconds:.2f}", f"{self.iterations / self.seconds:.0f}", f"{self.by_insertion:.4f}",
            f"{self.by_evaluation:.2f}", f"{1e6 * self.alone:.2f}",
        ]  # fmt: skip


def measure(orders: int, iterations: int, seed: int = 1) -> tuple[Cost, Cost]:
    """Search the plain and the rich task; both costs."""
    plain = _search("plain", _problem(plain_city(orders, seed)), iterations, seed)
    return plain, _search("rich", _problem(rich_city(orders, seed)), iterations, seed)


def verdict(plain: Cost, rich: Cost) -> str:
    """Say what the rich task costs in times of the plain one."""
    ratio = rich.by_insertion / plain.by_insertion
    evaluator = rich.alone / plain.alone
    kept = "kept" if ratio <= AIM else "missed"
    return (
        f"rich / plain: {ratio:.2f} by insertion tried (aim: at most {AIM:g}, {kept}), "
        f"{rich.by_evaluation / plain.by_evaluation:.2f} by evaluation, "
        f"{evaluator:.2f} of the evaluator alone"
    )


def _problem(task: dict[str, Any]) -> Problem:
    read = solver.read_task(json.dumps(task).encode())
    return build(assume(refine(read).task), int(horizon(read)[0].timestamp()))


def _search(name: str, problem: Problem, iterations: int, seed: int) -> Cost:
    setup = set_up(problem)
    prepare(setup)  # compiles: no figure shall hold that
    engine = Engine(setup, seed)
    engine.load([])

    def work() -> None:
        engine.construct()
        hot = engine.mean_leg() * HOT
        engine.run(iterations, hot, hot * COLD, IMPROVE)

    seconds = _cpu_seconds(work)
    tried, judged = engine.tried(), engine.judged()
    routes = engine.best()
    alone = _cpu_seconds(lambda: _judge_often(engine, routes)) / (REPEATS * max(1, len(routes)))
    planned = len(setup.hopeful) - engine.best_value()[0]
    return Cost(name, planned, len(routes), tried, judged, seconds, iterations, alone)


def _judge_often(engine: Engine, routes: Sequence[Route]) -> None:
    for route in routes:
        engine.price(route, REPEATS)


def _cpu_seconds(work: Callable[[], None]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began
