"""What planning takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from solver.contract import (
    EntityWarning,
    PlanStatistics,
    RemovedItems,
    Trip,
    UnplannedItems,
    UnplannedOrder,
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search.

    Attributes
    ----------
    seconds : float
        Wall time of the search; it ends earlier when nothing is gained any more.
    threads : int
    seed : int
        One thread, one seed and a number of iterations give one plan.
    iterations : int or None
        Iterations of a thread instead of waiting for the clock; ``seconds`` still cuts off.
    engine : str or None
        ``ruin``: ruin and recreate; ``routing``: OR-Tools' routing model; None: as the task asks.
    """

    seconds: float = 60
    threads: int = 1
    seed: int = 0
    iterations: int | None = None
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How a search stands.

    Attributes
    ----------
    percent : int
        0 to 100, never falling.
    phase : str
        ``construct``, ``improve`` or ``report``.
    planned : int
        Orders in the best plan so far.
    objective : tuple of float
        Levels of the best plan, best first; smaller is better.
    names : tuple of str
        Names of those levels.
    seconds_left : float or None
        Until the clock ends the search.
    exact_shares : (float, float)
        Shares of set partitioning and of the reassignment of shifts, which are OR-Tools', in what
        was gained since the construction.
    """

    percent: int
    phase: str
    planned: int
    objective: tuple[float, ...]
    names: tuple[str, ...]
    seconds_left: float | None
    exact_shares: tuple[float, float] = (0.0, 0.0)


class Finish(StrEnum):
    """Why planning ended."""

    CONVERGED = "CONVERGED"
    OUT_OF_TIME = "OUT_OF_TIME"
    STOPPED = "STOPPED"


@dataclass(slots=True)
class Timings:
    """Seconds spent on refining and reporting, on checks, on the arrays, on the search."""

    preparing: float = 0.0
    business_validation: float = 0.0
    math_validation: float = 0.0
    calculation: float = 0.0


@dataclass(slots=True)
class Plan:
    """A plan in the contract's words.

    Attributes
    ----------
    trips : list of Trip
    statistics : PlanStatistics
    warnings : list of EntityWarning
        What was cut or told before the search, and why orders are not planned.
    unplanned_items : UnplannedItems
    removed_items : RemovedItems
    finish : Finish
    timings : Timings
    objective : tuple of float
        Levels of the objective, best first; smaller is better.
    names : tuple of str
        Names of those levels.
    reasons : list of UnplannedOrder
        Why orders are not planned, place by place.
    """

    trips: list[Trip]
    statistics: PlanStatistics
    warnings: list[EntityWarning]
    unplanned_items: UnplannedItems
    removed_items: RemovedItems
    finish: Finish
    timings: Timings
    objective: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    reasons: list[UnplannedOrder] = field(default_factory=list)


OnProgress = Callable[[Progress, Callable[[], Plan]], None]
ShouldStop = Callable[[], bool]
