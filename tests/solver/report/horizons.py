"""A task's horizon as the contract writes it."""

from solver.checks.moments import horizon as earliest_and_latest
from solver.contract import PlanTask, TimeWindow


def horizon(task: PlanTask) -> TimeWindow:
    """Earliest to latest moment of a task (X7)."""
    start, end = earliest_and_latest(task)
    return TimeWindow(start=start, end=end)
