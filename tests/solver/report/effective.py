"""The assumptions A1 and A2 applied to a small task, for tests that have no pipeline."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from solver.contract import PlanTask, TimeWindow


def moments(value: Any) -> list[datetime]:
    """Every moment named anywhere below a value."""
    if isinstance(value, datetime):
        return [value]
    if isinstance(value, list):
        return [moment for item in value for moment in moments(item)]
    fields = getattr(value, "__dataclass_fields__", {})
    return [moment for name in fields for moment in moments(getattr(value, name))]


def horizon(task: PlanTask) -> TimeWindow:
    """Earliest to latest moment of a task (X7)."""
    named = moments([task.locations, task.orders, task.performers, task.transports])
    return TimeWindow(start=min(named), end=max(named))


def effective(task: PlanTask) -> PlanTask:
    """The task with A1 and A2 applied; changes it in place."""
    assumed = task.plan_settings.trips_settings.assumptions
    whole = horizon(task)
    if assumed.same_order_time_window:
        events = [e for o in task.orders for d in o.demands for e in d.possible_events]
        windows = [w for e in events for w in (e.hard_time_window, e.soft_time_window) if w]
        common = TimeWindow(start=min(w.start for w in windows), end=max(w.end for w in windows))
        for event in events:
            event.hard_time_window = common
            event.soft_time_window = common if event.soft_time_window else None
    if assumed.expand_shift_time_window:
        for owner in (*task.performers, *task.transports):
            widen(owner.shifts, whole)
    return task


def widen(shifts: list[Any], whole: TimeWindow) -> None:
    ordered = sorted(shifts, key=lambda shift: shift.availability_time.start)
    starts = [whole.start] + [shift.availability_time.start for shift in ordered[1:]]
    ends = [*starts[1:], whole.end]
    for number, (shift, start, end) in enumerate(zip(ordered, starts, ends, strict=True)):
        shift.availability_time = TimeWindow(start=start, end=end)
        if hasattr(shift, "working_time"):
            worked = shift.working_time
            first = start if number == 0 else min(worked.start, start)
            shift.working_time = replace(worked, start=first, end=end)
