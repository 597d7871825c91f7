"""What is known of a task before it is planned: its counts, and the result that plans nothing."""

from solver.checks.moments import horizon
from solver.contract import PlanTask, TimeWindow, write
from solver.report.statistics import statistics


def counts(task: PlanTask) -> dict[str, int]:
    """Return how many entities of each kind a task has."""
    return {
        "locations": len(task.locations),
        "orders": len(task.orders),
        "demands": sum(len(order.demands) for order in task.orders),
        "performers": len(task.performers),
        "transports": len(task.transports),
    }


def storable(text: str) -> str:
    """Return a text of a task without the character that databases refuse."""
    return text.replace("\x00", "")


def nothing_planned(task: PlanTask) -> bytes:
    """Return the stored result of a calculation that has no plan yet, or never will (table H)."""
    first, last = horizon(task)
    zeros = statistics(task, [], TimeWindow(start=first, end=last))
    return b'{"trips":[],"statistics":%s}' % write(zeros)
