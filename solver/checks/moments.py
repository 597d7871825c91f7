"""The moments a task names, and the windows its shifts really have."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from math import inf

from solver.checks.view import Task, View
from solver.contract import (
    ActualizeTask,
    FeatureLifetime,
    Performer,
    PerformerShift,
    PlanTask,
    ReplanTask,
    TimeWindow,
    Transport,
    TransportShift,
    Trip,
)

Span = tuple[float, float]  # Unix seconds


def horizon(task: Task) -> tuple[datetime, datetime]:
    """Earliest and latest moment named in the task (X7).

    Raises
    ------
    ValueError
        If the task names none, which only a task with nothing left in it does.
    """
    moments = list(named_moments(task))
    return min(moments), max(moments)


def named_moments(task: Task) -> Iterator[datetime]:
    """Every moment a task names: windows, shifts, lifetimes; trips, facts and the current time too."""
    for window in task_windows(task):
        yield window.start
        yield window.end
    if isinstance(task, ActualizeTask | ReplanTask):
        yield from (fact.time for fact in task.facts)
        if task.actualize_settings.current_time is not None:
            yield task.actualize_settings.current_time
    if not isinstance(task, PlanTask):
        yield from (state.time for trip in task.trips for state in trip.states)


def task_windows(task: Task) -> Iterator[TimeWindow]:
    """Every window of a task."""
    for location in task.locations:
        for element in location.timetable:
            yield element.work_window
            yield from (limit.time_window for limit in element.limits)
    for order in task.orders:
        for demand in order.demands:
            for event in demand.possible_events:
                yield event.hard_time_window
                if event.soft_time_window is not None:
                    yield event.soft_time_window
    for performer in task.performers:
        for shift in performer.shifts:
            yield from (shift.availability_time, shift.working_time)
        yield from lifetime_windows(performer.compatibilities.performer_features_lifetimes)
    for transport in task.transports:
        yield from (shift.availability_time for shift in transport.shifts)
        yield from lifetime_windows(transport.compatibilities.transport_features_lifetimes)
    if not isinstance(task, PlanTask):
        yield from _trip_windows(task.trips)


def lifetime_windows(lifetimes: Iterable[FeatureLifetime]) -> Iterator[TimeWindow]:
    """All windows of some lifetimes."""
    return (window for lifetime in lifetimes for window in lifetime.time_windows)


def _trip_windows(trips: Iterable[Trip]) -> Iterator[TimeWindow]:
    for trip in trips:
        yield from (trip.performer.shift_time, trip.transport.shift_time)


def span(window: TimeWindow) -> Span:
    """A window in Unix seconds."""
    return window.start.timestamp(), window.end.timestamp()


def seconds(window: TimeWindow) -> float:
    """Length of a window in seconds; negative if it ends before it starts."""
    return (window.end - window.start).total_seconds()


def shift_spans(view: View, owner: Performer | Transport) -> dict[str, Span]:
    """When each shift of an entity that is not cut can be used, in Unix seconds.

    A performer shift is used while it is available and works (W1). With ``expand_shift_time_window`` (A2) the
    first shift has no start, every shift goes on to the next one, and the last has no end: the horizon that
    bounds them bounds everything else too.
    """
    shifts = [shift for shift in owner.shifts if not _is_cut(view, shift)]
    if not view.assumptions.expand_shift_time_window:
        return {shift.key: _usable(shift) for shift in shifts}
    rows = sorted((*span(shift.availability_time), shift.key) for shift in shifts)
    starts = [-inf, *(start for start, _, _ in rows[1:])]
    return {
        key: (start, end) for (_, _, key), start, end in zip(rows, starts, [*starts[1:], inf], strict=True)
    }


def _is_cut(view: View, shift: PerformerShift | TransportShift) -> bool:
    if isinstance(shift, PerformerShift):
        return shift.key in view.cuts.performer_shifts
    return shift.key in view.cuts.transport_shifts


def _usable(shift: PerformerShift | TransportShift) -> Span:
    start, end = span(shift.availability_time)
    if isinstance(shift, PerformerShift):
        working = span(shift.working_time)
        return max(start, working[0]), min(end, working[1])
    return start, end
