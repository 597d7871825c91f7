"""What the oracle judges: the parts of a result that a plan makes."""

from typing import Protocol

from solver.contract import EntityWarning, PlanStatistics, RemovedItems, Trip, UnplannedItems


class Judged(Protocol):
    """A PlanResult, or a plan that will become one."""

    trips: list[Trip]
    statistics: PlanStatistics
    warnings: list[EntityWarning]
    unplanned_items: UnplannedItems
    removed_items: RemovedItems
