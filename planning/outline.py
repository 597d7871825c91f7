"""What is known of a task before it is planned: its counts, and the result that plans nothing."""

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


def nothing_planned(task: PlanTask) -> bytes:
    """Return the stored result of a calculation that has no plan yet, or never will (table H)."""
    zeros = statistics(task, [], horizon(task))
    return b'{"trips":[],"statistics":%s}' % write(zeros)


def horizon(task: PlanTask) -> TimeWindow:
    """Return the earliest and the latest moment a task names (X7)."""
    events = [event for order in task.orders for demand in order.demands for event in demand.possible_events]
    windows = [event.hard_time_window for event in events]
    windows += [event.soft_time_window for event in events if event.soft_time_window]
    for performer in task.performers:
        windows += [
            window for shift in performer.shifts for window in (shift.availability_time, shift.working_time)
        ]
    windows += [shift.availability_time for transport in task.transports for shift in transport.shifts]
    windows += [part.work_window for location in task.locations for part in location.timetable]
    return TimeWindow(
        start=min(window.start for window in windows), end=max(window.end for window in windows)
    )
