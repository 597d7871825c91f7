"""The planners that are measured: ours and its open peers, each behind the same few lines.

An engine is a module with ``THREADED`` (False: it runs on one thread, so as many runs as there are threads
share the budget and the best counts), ``unfit(instance)`` (why it cannot take an instance, or None) and
``run(plane, effort)``. Peers are imported when they run, never by the service.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from planning.bench.instance import Instance
from planning.bench.plane import Plane
from planning.bench.solution import Route

OURS = "marshrut"
PEERS = ("pyvrp", "vroom", "ortools")
MODULES = {OURS: "marshrut", "pyvrp": "pyvrp_engine", "vroom": "vroom_engine", "ortools": "ortools_engine"}
DISTRIBUTIONS = {OURS: "marshrut", "pyvrp": "pyvrp", "vroom": "pyvroom", "ortools": "ortools"}


@dataclass(frozen=True, slots=True)
class Effort:
    """What a run may spend.

    Attributes
    ----------
    seconds
        Wall time of the search, s.
    threads
        Threads it may use.
    variant
        Number of this run among those that share a budget: another seed, another way to begin.
    """

    seconds: float
    threads: int
    seed: int
    variant: int = 0


@dataclass(slots=True)
class Outcome:
    """What a run gave.

    Attributes
    ----------
    routes
        The routes; empty when nothing was found.
    trace
        (seconds since the start, objective) of each better plan; objectives compare as lists, less is better.
    exact
        Share of the improvement that exact models (SCIP, CP-SAT) made; None where the planner does not tell.
    """

    routes: list[Route]
    trace: list[tuple[float, list[float]]] = field(default_factory=list)
    exact: float | None = None


class Engine(Protocol):
    """A planner to be measured."""

    THREADED: bool

    def unfit(self, instance: Instance) -> str | None:
        """Say why the planner cannot take an instance, None when it can."""

    def run(self, plane: Plane, effort: Effort) -> Outcome:
        """Plan an instance."""


def engine(name: str) -> Engine:
    """Load an engine by its name; a peer that is not installed is an ImportError only when it runs."""
    return cast(Engine, importlib.import_module(f"planning.bench.engines.{MODULES[name]}"))


def vehicle_weight(plane: Plane) -> int:
    """Give the price of a vehicle at which fewer always win: more than every client on a route of its own."""
    if not plane.instance.fleet_first:
        return 0
    depot = plane.instance.depots[0]
    star = sum(
        int(plane.metres[depot, index] + plane.metres[index, depot]) for index in plane.instance.clients
    )
    return int(10 ** len(str(star)))


def objective(weight: int, cost: float) -> list[float]:
    """Split a peer's single cost into vehicles and amount."""
    return [*divmod(cost, weight)] if weight else [cost]


def fleet(plane: Plane) -> list[tuple[int, list[int]]]:
    """Group equal vehicles: (first vehicle, all of its kind) in order of the first."""
    kinds: dict[object, list[int]] = {}
    for number, vehicle in enumerate(plane.instance.vehicles):
        kinds.setdefault(vehicle, []).append(number)
    return [(numbers[0], numbers) for numbers in kinds.values()]


def enough_vehicles(plane: Plane, numbers: Sequence[int]) -> list[int]:
    """Drop vehicles nobody needs: where each client could have its own, more are only a burden to build."""
    return list(numbers[: len(plane.instance.clients)])
